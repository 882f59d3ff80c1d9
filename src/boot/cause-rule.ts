import type { Evidence } from './evidence.ts'
import type { BootCause } from './outcome.ts'

/** A cause and the condition under which it applies. */
export interface CauseRule {
  readonly id: string
  /** The guest cannot get any further: waiting longer is useless. */
  readonly final?: true | undefined
  readonly matches: (evidence: Evidence) => boolean
  readonly describe: (evidence: Evidence) => Omit<BootCause, 'id'>
}
