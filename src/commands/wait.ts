/** `check --wait`: checks again while a host comes up. */
import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../contract/report.ts'
import { exit, Interrupted, UsageError } from '../util/errors.ts'
import type { Context } from './context.ts'
import type { Examination, Look } from './examine.ts'

/** A day: for longer there are timers. */
const maxSeconds = 86_400

/** @throws UsageError for anything but a number of seconds */
export const secondsOf = (text: string | null): number => {
  const seconds = text === null ? 0 : /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (seconds >= 0 && seconds <= maxSeconds) return seconds
  throw new UsageError(`--wait is "${text}"; give a number of seconds from 0 to ${maxSeconds}.`)
}

const maxNamed = 5

/** @returns "tap-device/missing, nat/not-readable and 3 more" */
const openIn = ({ results }: Report, strict: boolean): string => {
  const names = results
    .filter(({ status }) => status === 'fail' || status === 'unknown' || (strict && status === 'warn'))
    .map(({ id, code }) => code ?? id)
  const more = names.length - maxNamed
  return more > 0 ? `${names.slice(0, maxNamed).join(', ')} and ${more} more` : names.join(', ')
}

/** Between two looks, so that looking keeps the host busy for no more than a fifth of the time. */
const pauseAfter = (lookMs: number): number => Math.min(15_000, Math.max(1000, 4 * lookMs))

/** A last look should end before the time is over: looks differ in length. */
const reserve = 1.5

/** @returns null when the time was over first; the look is abandoned then */
const lookBefore = async (look: Look, ms: number, signal: AbortSignal): Promise<Examination | null> => {
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  setMaxListeners(0, either)
  const timeUp = sleep(ms, null, { signal: either })
  const looking = look({ isRepeated: true, signal: either })
  try {
    return await Promise.race([looking, timeUp])
  } finally {
    over.abort()
    // Whichever lost the race ends with an error that says no more.
    timeUp.catch(() => {})
    looking.catch(() => {})
  }
}

/**
 * Looks, and looks again until the exit code would be 0 or the time is over. A first look is taken in any case
 * and to its end; no later one outlasts the time.
 * @param seconds since the start; 0: one look
 * @returns the last whole look
 * @throws Interrupted after a signal
 */
export const examineUntilHealthy = async (
  context: Context,
  seconds: number,
  look: Look,
): Promise<Examination> => {
  const { signal, call, out } = context
  const start = performance.now()
  const left = () => seconds * 1000 - (performance.now() - start)
  let last = await look({ isRepeated: false, signal })
  let named = ''
  while (last.report.exitCode !== exit.healthy && left() > 0) {
    const open = openIn(last.report, call.has('strict'))
    if (open !== named) out.say(`Waiting for ${open} (${Math.ceil(left() / 1000)} s left).`)
    named = open
    const took = last.report.durationMs
    const pause = Math.min(pauseAfter(took), Math.max(100, left() - reserve * took))
    try {
      await sleep(Math.max(0, Math.min(pause, left())), null, { signal })
    } catch {
      throw new Interrupted()
    }
    if (left() <= 0) break
    last = (await lookBefore(look, left(), signal)) ?? last
  }
  return last
}
