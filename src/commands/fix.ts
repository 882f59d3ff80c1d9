/** `chv-doctor fix`, and the second half of the bare command: plan, show, ask, apply, check again. */
import type { Failure } from '../apply/apply.ts'
import { openJournal } from '../engine/journal.ts'
import { downloadOf, isAutomatic, makePlan, needsRoot, type PlannedFix } from '../engine/plan.ts'
import { loadRegistry, type Registry } from '../engine/registry.ts'
import { type AnyCheck, observeHost } from '../engine/run-checks.ts'
import { DoctorError, exit, UsageError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import { painter, wrap } from '../report/layout.ts'
import { renderPlan, summaryOf } from '../report/plan-text.ts'
import type { Report, Result } from '../report/report.ts'
import { renderBootCommand, renderText } from '../report/text.ts'
import { type Context, withHost } from './context.ts'
import { type Examination, examine } from './examine.ts'
import { withHands } from './hands.ts'

/** One round is a plan; what was blocked before may need another. */
const mostRounds = 4

const previewFlags = ['dry-run', 'script', 'json']

const onlyOnePreview = ({ call }: Context) => {
  const given = ['yes', ...previewFlags].filter((flag) => call.has(flag))
  if (given.length > 1)
    throw new UsageError(`--${given[0]} and --${given[1]} exclude each other: give one of them.`)
}

/** Which of the ids (of checks or fixes) a result belongs to; without ids, everything that failed. */
const chosen = (results: readonly Result[], ids: readonly string[], warnings: boolean): readonly Result[] =>
  results.filter((result) =>
    ids.length > 0
      ? ids.includes(result.id) || (result.fix && ids.includes(result.fix.id))
      : result.status === 'fail' || (warnings && result.status === 'warn'),
  )

const knownIds = async (ids: readonly string[], registry: Registry) => {
  if (ids.length === 0) return
  const { fixes } = await import('../../fixes/registry.ts')
  const known = [
    ...registry.checks.map((check) => check.id),
    ...Object.keys(fixes),
    ...Object.keys(registry.ownFixes),
  ]
  for (const id of ids) {
    if (!known.includes(id)) {
      throw new UsageError(
        `There is no check or fix "${id}"${didYouMean(id, known) || '; see `chv-doctor list`.'}`,
      )
    }
  }
}

const look = (context: Context, checks: readonly AnyCheck[], all: boolean): Promise<Examination> =>
  withHost(context, (host) =>
    examine(context, checks, observeHost(host, context.config), { config: context.config, host, all }),
  )

const planFor = (context: Context, registry: Registry, results: readonly Result[]) =>
  withHost(context, async (host) => {
    const plan = await makePlan(results, host, context.config, registry.ownFixes)
    if (context.config.offline || !plan.some((fix) => downloadOf(fix).unknown)) return plan
    const { withSizes } = await import('../engine/download-sizes.ts')
    return withSizes(plan, context.signal)
  })

const usesSudo = (context: Context) => context.user.uid !== 0

const showPlan = (context: Context, plan: readonly PlannedFix[]) => {
  const { color, columns } = context.terminal
  return renderPlan(plan, { color, columns, sudo: usesSudo(context) })
}

/** Asks which fixes to carry out; nobody is asked under `--yes`. */
const agreeOn = async (context: Context, plan: readonly PlannedFix[]): Promise<readonly PlannedFix[]> => {
  if (context.call.has('yes')) return plan
  const { pick } = await import('../ask.ts')
  const picked = await pick(
    'Which of these shall I do?',
    plan.filter(isAutomatic).map((fix) => ({
      value: fix.id,
      name: `${fix.id.padEnd(24)} ${summaryOf(fix)}`,
      short: fix.id,
      description: fix.title,
      checked: fix.needed,
    })),
  )
  return plan.filter((fix) => picked.includes(fix.id))
}

const apply = async (context: Context, plan: readonly PlannedFix[]): Promise<readonly Failure[]> => {
  const { applyPlan } = await import('../apply/apply.ts')
  const root = plan.some((fix) => fix.steps.some(needsRoot))
  return withHands(context, root, (hands) =>
    applyPlan(plan, {
      hands,
      journal: openJournal(context.stateDir),
      live: context.terminal.live,
      say: context.out.say,
    }),
  )
}

/** The checks to look at again: those that were repaired, and all that their outcome decides. */
const touched = (checks: readonly AnyCheck[], ids: ReadonlySet<string>): readonly AnyCheck[] => {
  const again = new Set(ids)
  // The registry is in the order of needs, so one pass down finds the dependents and one up the needed.
  for (const check of checks) if (check.needs?.some((need) => again.has(need))) again.add(check.id)
  for (const check of [...checks].reverse()) {
    if (again.has(check.id)) for (const need of check.needs ?? []) again.add(need)
  }
  return checks.filter((check) => again.has(check.id))
}

const merged = (before: readonly Result[], after: readonly Result[]): readonly Result[] => {
  const news = new Map(after.map((result) => [result.id, result]))
  return before.map((result) => news.get(result.id) ?? result)
}

const preview = (
  context: Context,
  plan: readonly PlannedFix[],
  render: (plan: readonly PlannedFix[]) => string,
): number => {
  context.out.result(render(plan))
  return exit.healthy
}

const refuseSilence = (context: Context) => {
  if (context.terminal.interactive || context.call.has('yes')) return
  throw new DoctorError(
    exit.fixFailed,
    'There is nobody to ask here (no terminal, or CI is set): give --yes to agree, or --dry-run to see the plan.',
  )
}

interface Ended {
  readonly failures: readonly Failure[]
  /** What is left to the user. */
  readonly manual: readonly string[]
}

/** What a fix would do, without sizes: what failed or did not help is not tried again in the same way. */
const identity = (fix: PlannedFix): string =>
  JSON.stringify(fix.steps, (key, value) => (key === 'bytes' ? undefined : value))

/** Rounds of plan, consent, work and re-check, until nothing new can be repaired. */
const repair = async (
  context: Context,
  registry: Registry,
  first: Report,
  ids: readonly string[],
): Promise<Ended> => {
  let results = first.results
  const failures: Failure[] = []
  const tried = new Set<string>()
  const manual = new Set<string>()
  for (let round = 0; round < mostRounds; round++) {
    const wanted = chosen(results, ids, context.terminal.interactive && !context.call.has('yes'))
    const plan = (await planFor(context, registry, wanted)).filter((fix) => !tried.has(identity(fix)))
    if (plan.length === 0) break
    context.out.result(`${round > 0 ? '\n' : ''}${showPlan(context, plan)}`)
    if (!plan.some(isAutomatic)) break
    const agreed = await agreeOn(context, plan)
    if (agreed.length === 0) break
    for (const fix of plan) tried.add(identity(fix))
    failures.push(...(await apply(context, agreed)))
    for (const fix of agreed) {
      for (const step of fix.steps) if (step.kind === 'manual') manual.add(step.text)
    }
    const repaired = new Set(agreed.flatMap((fix) => fix.checks))
    const blocked = results.filter((result) => result.blockedBy).map((result) => result.id)
    const again = touched(registry.checks, new Set([...repaired, ...blocked]))
    const { run } = await look(context, again, false)
    results = merged(results, run.results)
  }
  return { failures, manual: [...manual] }
}

const conclude = async (
  context: Context,
  registry: Registry,
  ids: readonly string[],
  ended: Ended,
): Promise<number> => {
  const { color, columns } = context.terminal
  const paint = painter(color)
  for (const { fix, message } of ended.failures)
    context.out.say(`${paint('bad', 'failed')} ${fix}: ${message}`)
  const whole = await look(context, registry.checks, true)
  context.out.result(`\n${renderText(whole.report, { color, columns, advice: false })}`)
  if (whole.report.bootCommand) {
    context.out.result(`\n${renderBootCommand(whole.report.bootCommand, columns, paint).join('\n')}\n`)
  }
  for (const text of ended.manual) {
    context.out.result(`\n${wrap(`Still to do: ${text}`, columns).join('\n')}\n`)
  }
  if (ended.failures.length > 0) return exit.fixFailed
  const wanted = ids.length > 0 ? chosen(whole.report.results, ids, false) : whole.report.results
  if (wanted.some((result) => result.status === 'fail' && result.fix)) return exit.fixFailed
  return ids.length > 0 && wanted.every((result) => result.status !== 'fail')
    ? exit.healthy
    : whole.report.exitCode
}

/** @param report a report that was just made and shown, when the bare command leads here */
export const fixFrom = async (
  context: Context,
  registry: Registry,
  report: Report,
  ids: readonly string[],
): Promise<number> => {
  const wanted = chosen(report.results, ids, context.terminal.interactive)
  const plan = await planFor(context, registry, wanted)
  const { call } = context
  if (call.has('json')) {
    return preview(
      context,
      plan,
      () =>
        `${JSON.stringify({ schema: 'chv-doctor/plan/1', version: context.version, fixes: plan }, null, 2)}\n`,
    )
  }
  if (call.has('script')) {
    const { renderScript } = await import('../report/script.ts')
    return preview(context, plan, renderScript)
  }
  if (plan.length === 0) {
    const broken = wanted.filter((result) => result.status === 'fail')
    context.out.result(
      broken.length > 0
        ? `No fix can repair ${broken.map((result) => result.id).join(', ')}; see \`chv-doctor explain ${broken[0]?.id}\`.\n`
        : 'Nothing to repair.\n',
    )
    return broken.length > 0 ? exit.failed : exit.healthy
  }
  if (call.has('dry-run')) return preview(context, plan, () => showPlan(context, plan))
  refuseSilence(context)
  return conclude(context, registry, ids, await repair(context, registry, report, ids))
}

/** @returns the exit code */
export const fix = async (context: Context): Promise<number> => {
  onlyOnePreview(context)
  const registry = await loadRegistry(context.config, context.user.uid)
  const ids = context.call.operands
  await knownIds(ids, registry)
  const { report } = await look(context, registry.checks, false)
  return fixFrom(context, registry, report, ids)
}
