/** The form of a rule by which one explanation follows from another. */
import type { Found } from './ranking.ts'

export interface Rule {
  readonly first: (found: Found) => boolean
  readonly later: (found: Found) => boolean
  /** The consequence may stand above: a client and the program that it asked write to different places. */
  readonly anyOrder?: true
}

/** @returns whether an explanation is one of these causes */
export const isCause =
  (...ids: readonly string[]) =>
  ({ diagnosis }: Found): boolean =>
    ids.includes(diagnosis.cause)

export const isError = ({ diagnosis }: Found): boolean => diagnosis.severity === 'error'
