/** The repair loop of all commands: rounds of plan, consent, execution and re-check. */
import type { Failure } from '../apply/apply.ts'
import { openJournal } from '../apply/journal.ts'
import { guardedInForce, guardedText } from '../config/guarded.ts'
import type { AnyCheck } from '../contract/check.ts'
import type { Result } from '../contract/report.ts'
import type { ExtraPrograms } from '../engine/needed-packages.ts'
import { observeHost } from '../engine/observe.ts'
import { downloadOf, isAutomatic, makePlan, needsRoot, type PlannedFix } from '../engine/plan.ts'
import type { Registry } from '../engine/registry.ts'
import { choiceTexts, questionText } from '../report/choice-text.ts'
import { pageFor } from '../report/layout.ts'
import { fixLines, originLines, type PlanOrigin, renderPlan } from '../report/plan-text.ts'
import { type Context, withHost } from './context.ts'
import { detailOf } from './detail.ts'
import { type Examination, examine } from './examine.ts'
import { withExecutor } from './executor.ts'

/** A check that was blocked may need a round of its own. */
const maxRounds = 4

/**
 * Selects the results to repair: those of the ids (of checks or fixes); without ids all failures, with
 * `--yes` also unknown results that have a fix, and warnings where each fix is confirmed on a terminal.
 */
export const selectResults = (
  results: readonly Result[],
  ids: readonly string[],
  { terminal, call }: Pick<Context, 'terminal' | 'call'>,
): readonly Result[] => {
  const warnings = terminal.interactive && !call.has('yes')
  return results.filter((result) =>
    ids.length > 0
      ? ids.includes(result.id) || (result.fix && ids.includes(result.fix.id))
      : result.status === 'fail' ||
        (call.has('yes') && result.status === 'unknown' && result.fix !== undefined) ||
        (warnings && result.status === 'warn'),
  )
}

/** Runs checks on this host. @param all whether these are all checks there are */
export const examineHost = (
  context: Context,
  checks: readonly AnyCheck[],
  all: boolean,
): Promise<Examination> =>
  withHost(context, (host) =>
    examine(context, checks, observeHost(host, context.config), { config: context.config, host, all }),
  )

/** @returns the fixes for these results, with the sizes of their downloads */
export const planFor = (
  context: Context,
  registry: Registry,
  results: readonly Result[],
  further?: ExtraPrograms,
) =>
  withHost(context, async (host) => {
    const catalogue = await context.catalogue()
    const plan = await makePlan(results, host, context.config, registry.ownFixes, further, catalogue)
    if (context.config.offline || !plan.some((fix) => downloadOf(fix).unknown)) return plan
    const { withSizes } = await import('../download/sizes.ts')
    return withSizes(plan, context.signal)
  })

const usesSudo = (context: Context) => context.user.uid !== 0

const originOf = (context: Context): PlanOrigin => ({
  file: context.file,
  guarded: guardedInForce(context.config, context.user.home).map(guardedText),
})

/** @returns the plan as text */
export const showPlan = (context: Context, plan: readonly PlannedFix[]) =>
  renderPlan(plan, { ...context.look, sudo: usesSudo(context), origin: originOf(context) })

/** What only the user can do, and what a plan comes from: all that is said before the question. */
const showBeforeQuestion = (context: Context, plan: readonly PlannedFix[]) => {
  const manual = plan.filter((fix) => !isAutomatic(fix))
  if (manual.length > 0) return `${showPlan(context, manual)}${manual.length < plan.length ? '\n' : ''}`
  const lines = originLines(originOf(context), pageFor(context.look))
  return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`
}

/** Asks which fixes to apply; with `--yes` all of them without a question. */
const askWhichFixes = async (
  context: Context,
  plan: readonly PlannedFix[],
): Promise<readonly PlannedFix[]> => {
  if (context.call.has('yes')) return plan
  const { pick } = await import('../cli/prompt.ts')
  const page = pageFor(context.look)
  const lines = pageFor({ ...context.look, color: false })
  const automatic = plan.filter(isAutomatic)
  const picked = await pick(
    questionText(automatic),
    automatic.map((fix, index) => ({
      value: String(index),
      ...choiceTexts(fix, page),
      details: fixLines(fix, usesSudo(context), lines),
      checked: fix.needed,
    })),
    { color: context.terminal.color, ascii: context.terminal.ascii },
    context.signal,
  )
  return automatic.filter((_, index) => picked.includes(String(index)))
}

const apply = async (context: Context, plan: readonly PlannedFix[]): Promise<readonly Failure[]> => {
  const { applyPlan } = await import('../apply/apply.ts')
  const root = plan.some((fix) => fix.steps.some(needsRoot))
  return withExecutor(context, root, (executor) =>
    applyPlan(plan, {
      executor,
      journal: openJournal(context.stateDir),
      live: context.terminal.live,
      quiet: detailOf(context.call) === 'failures',
      say: context.out.say,
    }),
  )
}

/** @returns the checks with these ids, and those that they need */
const withNeeds = (checks: readonly AnyCheck[], ids: Iterable<string>): readonly AnyCheck[] => {
  const wanted = new Set(ids)
  // The registry is in the order of needs, so one pass up finds the needed.
  for (const check of [...checks].reverse())
    if (wanted.has(check.id)) for (const { id } of check.needs ?? []) wanted.add(id)
  return checks.filter((check) => wanted.has(check.id))
}

const merged = (before: readonly Result[], after: readonly Result[]): readonly Result[] => {
  const updated = new Map(after.map((result) => [result.id, result]))
  return before.map((result) => updated.get(result.id) ?? result)
}

export interface RepairOutcome {
  readonly failures: readonly Failure[]
  /** The steps that are left to the user. */
  readonly manual: readonly string[]
  /** The checks that were to be repaired. */
  readonly checks: ReadonlySet<string>
  /** All checks, run after the last change; null where nothing was carried out, or not all were run before. */
  readonly after: Examination | null
}

/** Identifies a plan, without sizes: one that failed or did not help is not tried again. */
const planKey = (fix: PlannedFix): string =>
  JSON.stringify(fix.steps, (key, value) => (key === 'bytes' ? undefined : value))

const fixKey = (fix: PlannedFix): string => JSON.stringify([fix.id, ...fix.checks])

/**
 * Repeats consent, execution, re-check and the next plan until there is nothing new to repair.
 * @param before the results that the first plan was made from
 */
export const repair = async (
  context: Context,
  registry: Registry,
  ids: readonly string[],
  before: readonly Result[],
  firstPlan: readonly PlannedFix[],
): Promise<RepairOutcome> => {
  let results = before
  let plan = firstPlan
  const failures: Failure[] = []
  const tried = new Set<string>()
  /** A fix that failed midway has fewer steps left, but would fail at the same one. */
  const failedFixes = new Set<string>()
  const manual = new Set<string>()
  const checks = new Set<string>()
  let after: Examination | null = null
  for (let round = 0; round < maxRounds; round++) {
    const isWhole = context.call.has('yes') || context.call.has('verbose')
    const shown = isWhole ? showPlan(context, plan) : showBeforeQuestion(context, plan)
    if (shown) context.out.text(`${round > 0 ? '\n' : ''}${shown}`)
    for (const id of plan.flatMap((fix) => fix.checks)) checks.add(id)
    if (!plan.some(isAutomatic)) break
    const agreed = await askWhichFixes(context, plan)
    if (agreed.length === 0) break
    for (const fix of plan) tried.add(planKey(fix))
    const failed = await apply(context, agreed)
    failures.push(...failed)
    for (const fix of agreed) {
      if (failed.some((failure) => failure.fix === fix.id)) failedFixes.add(fixKey(fix))
    }
    for (const fix of agreed) {
      for (const step of fix.steps) if (step.kind === 'manual') manual.add(step.text)
    }
    // All that were looked at before, once: blocked ones may be free now, and a report of them follows.
    const again = withNeeds(
      registry.checks,
      before.map(({ id }) => id),
    )
    const isAll = again.length === registry.checks.length
    const examined = await examineHost(context, again, isAll)
    after = isAll ? examined : null
    results = merged(results, examined.report.results)
    const next = await planFor(context, registry, selectResults(results, ids, context))
    plan = next.filter((fix) => !tried.has(planKey(fix)) && !failedFixes.has(fixKey(fix)))
    if (plan.length === 0) break
  }
  return { failures, manual: [...manual], checks, after }
}
