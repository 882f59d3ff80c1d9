/** Capabilities of the output streams, determined once per run. */
import { isatty } from 'node:tty'

export interface Terminal {
  /** Whether questions are possible: input and output are a terminal, no CI, not a dumb terminal. */
  readonly interactive: boolean
  /** Standard error can draw a live list. */
  readonly live: boolean
  readonly color: boolean
  /** The columns that text is laid out in: those of the terminal, at least 40 and at most 100. */
  readonly width: number
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

export const describeTerminal = (env: Env): Terminal => {
  const { stdout } = process
  const capable = env.TERM !== 'dumb' && !inCi(env)
  return {
    // By number: this creates no stream object for an unused stream.
    interactive: isatty(0) && !!stdout.isTTY && capable,
    live: isatty(2) && capable,
    color: wantsColor(env, !!stdout.isTTY),
    width: Math.min(maxWidth, Math.max(minWidth, stdout.columns ?? 80)),
  }
}
