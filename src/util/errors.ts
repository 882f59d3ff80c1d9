/** Exit codes, as documented in docs/exit-codes.md. */
export const exit = {
  healthy: 0,
  failed: 1,
  usage: 2,
  undetermined: 3,
  warnings: 4,
  fixFailed: 5,
  defect: 70,
  interrupted: 130,
  /** As ssh(1) reports an error of its own. */
  noLogin: 255,
} as const

/** An expected end: one sentence for the user and an exit code, never a stack trace. */
export class DoctorError extends Error {
  readonly exitCode: number
  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DoctorError'
    this.exitCode = exitCode
  }
}

export class UsageError extends DoctorError {
  constructor(message: string, options?: ErrorOptions) {
    super(exit.usage, message, options)
  }
}

export class Interrupted extends DoctorError {
  constructor() {
    super(exit.interrupted, 'Interrupted.')
  }
}

/** Thrown by a probe that was not able or not permitted to look; becomes the status `unknown`. */
export class Undetermined extends Error {}

/** A probe did not get its answer in time. */
export class TimedOut extends Undetermined {}

/** The errno name of a Node system error ("ENOENT"), or null. */
export const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null

/** One line for a caught value. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
