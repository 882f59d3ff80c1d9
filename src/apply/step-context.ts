import type { Journal } from './journal.ts'
import type { Executor } from './run-step.ts'

/** What the steps of one run share. */
export interface StepContext {
  readonly executor: Executor
  readonly journal: Journal
  /** Temporary files that were finished before the step that makes them; it takes its own out. */
  readonly made: Set<string>
}
