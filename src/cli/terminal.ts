/** Capabilities of the output streams, determined once per run. */
import { isatty } from 'node:tty'

export interface Live {
  readonly color: boolean
  readonly ascii: boolean
}

export interface Terminal {
  /** Whether questions are possible: input and output are a terminal, no CI, not a dumb terminal. */
  readonly interactive: boolean
  /** How standard error draws a live list, if it can. */
  readonly live: Live | false
  readonly color: boolean
  /** The columns that text is laid out in: those of the terminal, at least 40 and at most 100. */
  readonly width: number
  /** Whether the locale has no other characters than those of ASCII. */
  readonly ascii: boolean
}

/** What flags say about it. */
export interface TerminalFlags {
  readonly noColor: boolean
  readonly noInput: boolean
}

type Env = Readonly<Record<string, string | undefined>>

/** `CI=false` and `CI=0` count as unset. */
const inCi = (env: Env): boolean => !!env.CI && env.CI !== 'false' && env.CI !== '0'

/** NO_COLOR (no-color.org: any non-empty value) wins over FORCE_COLOR, which wins over the kind of output. */
const wantsColor = (env: Env, isTty: boolean): boolean => {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return isTty && env.TERM !== 'dumb'
}

/** Narrower, a report is no table any more; wider, its lines are hard to read. */
const minWidth = 40
const maxWidth = 100

/** COLUMNS wins over the terminal, as with GNU programs; a value that is no number is none. */
export const columnsFrom = (env: Env, columns: number | undefined): number => {
  const wanted = /^\d{1,4}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0
  return Math.min(maxWidth, Math.max(minWidth, wanted || (columns ?? 80)))
}

/** The locale of characters (POSIX XBD 8.2): without one it is C, which has ASCII only. */
export const isAscii = ({ LC_ALL, LC_CTYPE, LANG }: Env): boolean =>
  !/utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || 'C')

export const describeTerminal = (env: Env, { noColor, noInput }: TerminalFlags): Terminal => {
  const { stdout } = process
  const capable = env.TERM !== 'dumb' && !inCi(env)
  return {
    // By number: this creates no stream object for an unused stream.
    interactive: isatty(0) && !!stdout.isTTY && capable && !noInput,
    live: isatty(2) && capable && { color: !noColor && wantsColor(env, true), ascii: isAscii(env) },
    color: !noColor && wantsColor(env, !!stdout.isTTY),
    width: columnsFrom(env, stdout.columns),
    ascii: isAscii(env),
  }
}
