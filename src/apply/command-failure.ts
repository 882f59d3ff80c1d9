/** What is said about a command that failed: how it ended, and the end of its output. */
import { DoctorError, exit } from '../util/errors.ts'

// Messages of package managers and tools that say what went wrong come last, but not alone.
export const tail = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(-2)
    .join(' · ')

/** Lines of a long output that are shown when it ends badly. */
const shownLines = 6

/**
 * The end of the output of a build. With many jobs the reason may stand far above it, while the others
 * end their work: then the first line that names an error comes before it.
 */
export const endOfBuild = (text: string): string => {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const end = lines.slice(-shownLines)
  // "  CC      lib/fatal.o" is no error.
  const first = lines.find(
    (line) => !/^ {2}[A-Z]/.test(line) && /\berror\b:|\bfatal\b|not found|No such file/i.test(line),
  )
  const shown = first === undefined || end.includes(first) ? end : [first, '…', ...end]
  return ['', ...shown].join('\n    ')
}

/** @returns the name of the program that a command starts, behind `env` and its variables */
export const programOf = (argv: readonly string[]): string =>
  argv.find((word) => !/^env$|=/.test(word)) ?? argv[0] ?? ''

/**
 * @param argv the command
 * @param text the end of its output, as `tail` or `endOfBuild` return it
 * @param log where all of its output is, or null
 */
export const commandFailure = (
  argv: readonly string[],
  code: number | null,
  signal: string | null,
  text: string,
  log: string | null,
): DoctorError => {
  const name = programOf(argv)
  // What the shell says about it would not help anybody.
  if (code === 127)
    return new DoctorError(exit.fixFailed, `${name} was not found; it has to be installed first`)
  const how = code !== null ? `ended with code ${code}` : `was ended by ${signal}`
  const where = log ? ` (log: ${log})` : ''
  // Several lines come last, each on its own.
  const message = text.startsWith('\n')
    ? `${how}${where}:${text}`
    : `${how}${text ? `: ${text}` : ''}${where}`
  return new DoctorError(exit.fixFailed, `${name} ${message}`)
}
