/**
 * Probes and judges: all checks at once, each with a time limit, shown in the order of the registry.
 * A check whose needs failed is blocked by the first cause and not judged: one cause, one fix.
 */

import type { Live } from '../cli/terminal.ts'
import type { Config } from '../config/keys.ts'
import type { AnyCheck } from '../contract/check.ts'
import type { Result } from '../contract/report.ts'
import type { Confinement } from '../host/confinement.ts'
import { clock } from '../util/clock.ts'
import { type Conclusion, conclude, skipReasonOf } from './conclude.ts'
import { dependsOnConfinement, underConfinement } from './confine.ts'
import type { Observation, Observer } from './observe.ts'

/**
 * Not read, as opposed to blocked by another check. An ignored finding was read: it is a skip with a code.
 * Checks that the configuration leaves out are not asked.
 */
const isUnread = ({ status, code, blockedBy }: Result): boolean =>
  status === 'unknown' || (status === 'skip' && code === undefined && blockedBy === undefined)

/** A warning that counts as a failure is in the way of nothing, and neither is a failure that counts as a warning. */
const isInTheWay = ({ status, ownStatus }: Result): boolean => status === 'fail' && ownStatus !== 'warn'

const once = <T>(known: Map<string, Promise<T>>, check: AnyCheck, make: (check: AnyCheck) => Promise<T>) => {
  const made = known.get(check.id) ?? make(check)
  known.set(check.id, made)
  return made
}

export interface CheckRun {
  readonly results: readonly Result[]
  /** By check id, for `--facts-out`. */
  readonly observations: Readonly<Record<string, Observation>>
  /** Absent where no result depended on it. */
  readonly confinement?: Confinement | null
}

/** @param live whether to draw the running list on standard error */
export const runChecks = async (
  checks: readonly AnyCheck[],
  observer: Observer,
  config: Config,
  live: Live | false,
): Promise<CheckRun> => {
  const observations: Record<string, Observation> = {}
  const results = new Map<string, Promise<Result>>()
  const ownResults = new Map<string, Promise<Result>>()
  const byId = new Map(checks.map((check) => [check.id, check]))

  const probe = async (check: AnyCheck) => {
    const start = clock()
    const observation = await observer.observe(check)
    observations[check.id] = observation
    return { observation, durationMs: clock() - start }
  }

  let confinement: Promise<Confinement | null> | undefined
  /** In a container not every fix can work. */
  const confined = async (check: AnyCheck, own: Conclusion): Promise<Conclusion> => {
    if (!dependsOnConfinement(check, own)) return own
    confinement ??= observer.confinement()
    return underConfinement(check, own, await confinement)
  }

  const applying = checks.filter((check) => skipReasonOf(check, config) === null)
  const early = new Map(applying.filter((check) => !check.runsLast).map((check) => [check, probe(check)]))

  const judgeInOrder = async (check: AnyCheck): Promise<Result> => {
    const base = { id: check.id, title: check.title, group: check.group }
    const leftOut = skipReasonOf(check, config)
    if (leftOut) return { ...base, status: 'skip', ...leftOut, durationMs: 0 }
    const needed = await Promise.all(
      (check.needs ?? []).flatMap(({ id }) => byId.get(id) ?? []).map(ownResultOf),
    )
    // What tries something would only run into what could not be looked at, unless it is there to prove that.
    const mustBeKnown = ({ id }: Result) =>
      check.runsLast === true && !check.proves?.some((proved) => proved.id === id)
    const cause = needed
      .map((need) => {
        if (need.blockedBy !== undefined) return need.blockedBy
        return isInTheWay(need) || (need.status === 'unknown' && mustBeKnown(need)) ? need.id : null
      })
      .find((id) => id !== null)
    const blocked = (durationMs: number): Result => ({
      ...base,
      status: 'skip',
      reason: `blocked by ${cause}`,
      blockedBy: cause ?? '',
      durationMs,
    })
    if (check.runsLast) {
      // All other probes have ended; their verdicts matter only to the checks that need them.
      await Promise.all(early.values())
      // One after the other: both guest-reach and boot-probe attach to the TAP.
      await Promise.all(
        applying
          .slice(0, applying.indexOf(check))
          .filter((one) => one.runsLast)
          .map(ownResultOf),
      )
      if (cause) return blocked(0)
    }
    const { observation, durationMs } = await (early.get(check) ?? probe(check))
    if (cause) return blocked(durationMs)
    return { ...base, ...(await confined(check, conclude(check, observation, config))), durationMs }
  }

  /** What the check itself says. Needs look at it: a proof never makes a failure of anything. */
  const ownResultOf = (check: AnyCheck): Promise<Result> => once(ownResults, check, judgeInOrder)

  /** @returns the line that proves the check with this id; undefined: it is not proved */
  const proofBy = ({ id, shows }: AnyCheck, { status, found, blockedBy }: Result, proved: string) => {
    if (!shows) return status === 'ok' ? found : undefined
    const observation = observations[id]
    return observation && 'facts' in observation && blockedBy === undefined
      ? shows(observation.facts, config)[proved]
      : undefined
  }

  /** What the check cannot read may be proved by another that tries it. */
  const resultOf = (check: AnyCheck): Promise<Result> =>
    once(results, check, async () => {
      const own = await ownResultOf(check)
      const prover = checks.find(({ proves = [] }) => proves.some(({ id }) => id === check.id))
      if (!prover || !applying.includes(check) || !isUnread(own)) return own
      const proof = proofBy(prover, await ownResultOf(prover), check.id)
      const { id, title, group, durationMs } = own
      return proof === undefined
        ? own
        : { id, title, group, status: 'ok', found: `${prover.id}: ${proof}`, durationMs }
    })

  const all = checks.map(resultOf)
  const ended = Promise.allSettled(all)
  if (live) {
    // What draws is loaded only where there is a terminal to draw on.
    const { showChecks } = await import('./live-checks.ts')
    await showChecks(checks, resultOf, live)
  }
  // Where one of them throws, too: no probe goes on behind the back of the caller.
  await ended
  return {
    results: await Promise.all(all),
    observations,
    ...(confinement ? { confinement: await confinement } : {}),
  }
}
