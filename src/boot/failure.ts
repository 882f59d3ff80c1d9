/** Explains how a run of Cloud Hypervisor ended, from its output and the signal. */
import type { Diagnosis } from '../explain/diagnosis.ts'
import type { ProcessEnd } from '../hypervisor/start.ts'
import type { BootCause } from './outcome.ts'

/** What a shell prints about a process that a signal ended: the explanation reads it like output. */
const signalMessages: Readonly<Record<string, string>> = {
  SIGBUS: 'Bus error (core dumped)',
  SIGSYS: 'Bad system call (core dumped)',
  SIGABRT: 'Aborted (core dumped)',
  SIGSEGV: 'Segmentation fault (core dumped)',
  SIGKILL: 'Killed',
}

/**
 * Loads the table of causes on the first call only.
 * @returns the errors that the process reported, the most important first
 */
export const errorsIn = async ({ stderr, signal }: ProcessEnd): Promise<readonly Diagnosis[]> => {
  const { diagnose } = await import('../explain/diagnose.ts')
  const message = signal === null ? '' : (signalMessages[signal] ?? `Terminated by ${signal}`)
  return diagnose(`${stderr}\n${message}\n`).filter(({ severity }) => severity === 'error')
}

/** @returns the diagnosis in the form of a boot's cause */
export const causeFrom = ({ cause, what, why, hint, check, fix }: Diagnosis): BootCause => ({
  id: cause,
  what,
  why,
  hint,
  ...(check ? { check } : {}),
  ...(fix ? { fix } : {}),
})

/** @returns "exit code 1" or "ended by SIGBUS" */
export const describeEnd = ({ code, signal }: ProcessEnd): string =>
  signal === null ? `exit code ${code}` : `ended by ${signal}`
