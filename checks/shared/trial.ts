import type { Host } from '../../src/host/host.ts'
import { describeRunFailure } from '../../src/host/run-failure.ts'
import type { Argv } from '../../src/util/argv.ts'
import { TimedOut } from '../../src/util/errors.ts'

export interface ProgramTest {
  readonly stdout: string
  readonly stderr: string
  /** Why it does not work, in a few words; null when it does. */
  readonly broken: string | null
}

/**
 * Runs a harmless call of a program to see that it works.
 * @param shown how the call is written in a sentence
 * @throws TimedOut when it does not end: that says nothing about whether it would work
 */
export const testProgram = async (host: Host, argv: Argv, shown: string): Promise<ProgramTest> => {
  const { code, stdout, stderr, failure } = await host.run(argv)
  const ended = failure && describeRunFailure(failure)
  if (failure?.kind === 'timed-out') throw new TimedOut(`${shown} ${ended}`)
  const broken = code === 0 ? null : (ended ?? (stderr.trim().split('\n')[0] || `it ended with code ${code}`))
  return { stdout, stderr, broken }
}
