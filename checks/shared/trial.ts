import { parseElfHeader } from '../../src/formats/elf.ts'
import type { Host } from '../../src/host/host.ts'
import { describeRunFailure } from '../../src/host/run-failure.ts'
import type { Argv } from '../../src/util/argv.ts'
import { TimedOut, Undetermined } from '../../src/util/errors.ts'

export interface ProgramTest {
  readonly stdout: string
  readonly stderr: string
  /** Why it does not work, in a few words; null when it does. */
  readonly broken: string | null
}

/**
 * What is wrong with a file as a program, or null. The C library hands what the kernel refuses to a shell, whose
 * messages about the bytes of another architecture say nothing.
 */
const fileFault = async (host: Host, path: string): Promise<string | null> => {
  // A program may be executable and not readable.
  const bytes = await host.readBytes(path, 0, 64).catch((error) => {
    if (error instanceof Undetermined) return null
    throw error
  })
  if (!bytes) return null
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, 4))
  if (magic.startsWith('#!')) return null
  if (magic !== '\x7fELF') return 'it is neither a program nor a script'
  const machine = parseElfHeader(bytes)?.machine ?? host.arch
  return machine === host.arch ? null : `it is a program for ${machine}, and this host is ${host.arch}`
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
  if (code === 0) return { stdout, stderr, broken: null }
  const fault = argv[0].startsWith('/') ? await fileFault(host, argv[0]) : null
  const broken =
    fault ??
    (failure?.kind === 'foreign' ? `it ${ended}` : ended) ??
    (stderr.trim().split('\n')[0] || `it ended with code ${code}`)
  return { stdout, stderr, broken }
}
