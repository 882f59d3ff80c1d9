/**
 * Probes and judges: all checks at once, each with a time limit, shown in the order of the registry.
 * A check whose needs failed is blocked by the first cause and not judged: one cause, one fix.
 */

import type { Config } from '../config/keys.ts'
import type { Check } from '../contract/check.ts'
import type { FixCall } from '../contract/fix-args.ts'
import { FixableUnknown } from '../contract/fixable.ts'
import type { Result } from '../contract/report.ts'
import type { Host } from '../host/host.ts'
import { messageOf, Undetermined } from '../util/errors.ts'
import type { Json } from '../util/json.ts'
import { runTasks, type Task } from './tasks.ts'

// biome-ignore lint/suspicious/noExplicitAny: each check has facts of its own type
export type AnyCheck = Check<string, any>

/** What one probe saw, or why it saw nothing. */
export type Observation = { readonly facts: Json } | { readonly error: string; readonly fix?: FixCall }

export type Observe = (check: AnyCheck) => Promise<Observation>

/** Looks at a real host; what a probe throws and a missed deadline become observations too. */
export const observeHost =
  (host: Host, config: Config): Observe =>
  async (check) => {
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Undetermined(`no answer within ${config.timeout} s`)),
        config.timeout * 1000,
      )
    })
    try {
      return { facts: (await Promise.race([check.probe(host, config), deadline])) as Json }
    } catch (error) {
      if (!(error instanceof Undetermined)) return { error: `the check itself failed: ${messageOf(error)}` }
      return { error: error.message, ...(error instanceof FixableUnknown ? { fix: error.fix } : {}) }
    } finally {
      clearTimeout(timer)
    }
  }

type Judged = Partial<Result> & Pick<Result, 'status'>

const judged = (check: AnyCheck, observation: Observation, config: Config): Judged => {
  if ('error' in observation) {
    const { error, fix } = observation
    return { status: 'unknown', reason: error, ...(fix ? { fix } : {}) }
  }
  try {
    return check.judge(observation.facts, config)
  } catch (error) {
    return { status: 'unknown', reason: `the check itself failed: ${messageOf(error)}` }
  }
}

/** Why a check is left out by the configuration, or null. */
export const skipReasonOf = (check: AnyCheck, config: Config): string | null => {
  const ignored = config.ignore[check.id]
  return ignored === undefined ? (check.skipReason?.(config) ?? null) : `ignored: ${ignored}`
}

const marks: Record<Result['status'], string> = {
  ok: '',
  warn: ' (warning)',
  fail: '',
  skip: ' (skipped)',
  unknown: ' (unknown)',
}

export interface CheckRun {
  readonly results: readonly Result[]
  /** By check id, for `--facts-out`. */
  readonly observations: Readonly<Record<string, Observation>>
}

/** @param live whether to draw the running list on standard error */
export const runChecks = async (
  checks: readonly AnyCheck[],
  observe: Observe,
  config: Config,
  live: boolean,
): Promise<CheckRun> => {
  const observations: Record<string, Observation> = {}
  const results = new Map<string, Promise<Result>>()
  const byId = new Map(checks.map((check) => [check.id, check]))

  const look = async (check: AnyCheck): Promise<number> => {
    const start = performance.now()
    observations[check.id] = await observe(check)
    return performance.now() - start
  }

  const applying = checks.filter((check) => skipReasonOf(check, config) === null)
  const early = new Map(applying.filter((check) => !check.runsLast).map((check) => [check, look(check)]))

  const conclude = async (check: AnyCheck): Promise<Result> => {
    const base = { id: check.id, title: check.title, group: check.group }
    const reason = skipReasonOf(check, config)
    if (reason !== null) return { ...base, status: 'skip', reason, durationMs: 0 }
    const needed = await Promise.all((check.needs ?? []).flatMap((id) => byId.get(id) ?? []).map(resultOf))
    const cause = needed
      .map((need) => need.blockedBy ?? (need.status === 'fail' ? need.id : null))
      .find((id) => id !== null)
    const blocked = (durationMs: number): Result => ({
      ...base,
      status: 'skip',
      reason: `blocked by ${cause}`,
      blockedBy: cause ?? '',
      durationMs,
    })
    if (check.runsLast) {
      // All have ended their looking; nobody waits for their verdicts but those that need them.
      await Promise.all(early.values())
      if (cause) return blocked(0)
    }
    const durationMs = await (early.get(check) ?? look(check))
    if (cause) return blocked(durationMs)
    const observation = observations[check.id] ?? { error: 'it was not looked at' }
    return { ...base, ...judged(check, observation, config), durationMs }
  }

  const resultOf = (check: AnyCheck): Promise<Result> => {
    let result = results.get(check.id)
    if (!result) {
      result = conclude(check)
      results.set(check.id, result)
    }
    return result
  }

  const task = (check: AnyCheck): Task => ({
    title: check.id,
    run: async (view) => {
      const result = await resultOf(check)
      view.title(check.id + marks[result.status])
      if (result.status === 'fail') throw new Error(result.found)
    },
  })
  const groups = [...new Set(checks.map((check) => check.group))]
  await runTasks({
    tasks: groups.map((group) => ({
      title: group,
      tasks: checks.filter((check) => check.group === group).map(task),
      concurrent: true,
    })),
    concurrent: true,
    live,
    transient: true,
  })
  return { results: await Promise.all(checks.map(resultOf)), observations }
}
