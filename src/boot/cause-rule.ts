import type { Evidence } from './evidence.ts'
import type { BootCause } from './outcome.ts'

/** A cause with the sign that it goes by. */
export interface CauseRule {
  readonly id: string
  /** The guest will not get further: there is no use in waiting for it. */
  readonly final?: true | undefined
  readonly fits: (seen: Evidence) => boolean
  readonly say: (seen: Evidence) => Omit<BootCause, 'id'>
}
