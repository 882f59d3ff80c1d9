/** Explains how a run of Cloud Hypervisor ended, from its output and the signal. */
import type { Diagnosis } from '../explain/diagnosis.ts'
import type { ProcessEnd } from '../hypervisor/start.ts'
import type { BootCause } from './outcome.ts'

/** What the shell would have said about a process that a signal ended: part of what is to be explained. */
const signalWords: Readonly<Record<string, string>> = {
  SIGBUS: 'Bus error (core dumped)',
  SIGSYS: 'Bad system call (core dumped)',
  SIGABRT: 'Aborted (core dumped)',
  SIGSEGV: 'Segmentation fault (core dumped)',
  SIGKILL: 'Killed',
}

/** The errors that it reported, the most important first; the knowledge is loaded only now. */
export const errorsIn = async ({ stderr, signal }: ProcessEnd): Promise<readonly Diagnosis[]> => {
  const { diagnose } = await import('../explain/diagnose.ts')
  const words = signal === null ? '' : (signalWords[signal] ?? `Terminated by ${signal}`)
  return diagnose(`${stderr}\n${words}\n`).filter(({ severity }) => severity === 'error')
}

/** An explanation in the words of a verified boot. */
export const causeFrom = ({ cause, what, why, hint, check, fix }: Diagnosis): BootCause => ({
  ...{ id: cause, what, why, hint },
  ...(check ? { check } : {}),
  ...(fix ? { fix } : {}),
})

/** "exit code 1", "ended by SIGBUS". */
export const howItEnded = ({ code, signal }: ProcessEnd): string =>
  signal === null ? `exit code ${code}` : `ended by ${signal}`
