/** One thing that the output says went wrong, before it is explained. */
import type { Line } from '../diagnosis.ts'

export type Form = 'chain' | 'debug' | 'answer' | 'panic' | 'usage' | 'error-record' | 'warning' | 'line'

export interface Failure {
  readonly form: Form
  /** What it says, in one string for each way it is said (the chain joined by " › ", and the Debug text). */
  readonly texts: readonly string[]
  readonly lines: readonly Line[]
  /** Levels of another program's chain, which writes "Caused by:" above them: its words are not ours. */
  readonly isForeign?: boolean
}
