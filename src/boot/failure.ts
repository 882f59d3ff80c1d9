/** Explains how a run of Cloud Hypervisor ended, from its output and the signal. */
import type { Diagnosis } from '../explain/diagnosis.ts'
import type { ProcessEnd } from '../hypervisor/start.ts'
import type { BootCause } from './outcome.ts'

/**
 * Loads the table of causes on the first call only.
 * @returns the errors that the process reported, the most important first
 */
export const errorsIn = async ({ stderr, code, signal }: ProcessEnd): Promise<readonly Diagnosis[]> => {
  const { diagnose } = await import('../explain/diagnose.ts')
  return diagnose(stderr, { code, signal }).filter(({ severity }) => severity === 'error')
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
