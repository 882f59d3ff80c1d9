/** `chv-doctor fix`, and the second half of the bare command: plan, show, ask, apply, run the checks again. */

import { type Report, summarize } from '../contract/report.ts'
import type { PlannedFix } from '../engine/plan.ts'
import { loadRegistry, type Registry } from '../engine/registry.ts'
import { stepGraph } from '../engine/step-graph.ts'
import { renderBootCommand } from '../report/boot-command-text.ts'
import { pageFor } from '../report/layout.ts'
import { renderText } from '../report/text.ts'
import { DoctorError, exit } from '../util/errors.ts'
import { jsonText } from '../util/printable.ts'
import { exclusiveFlags, requireConsent } from './consent.ts'
import type { Context } from './context.ts'
import { detailOf } from './detail.ts'
import { readAsRootIfConsented } from './executor.ts'
import { requireKnown } from './known-ids.ts'
import { examineHost, planFor, type RepairOutcome, repair, selectResults, showPlan } from './repair.ts'
import { sayFailure } from './say-failure.ts'

const preview = (
  context: Context,
  plan: readonly PlannedFix[],
  render: (plan: readonly PlannedFix[]) => string,
): number => {
  context.out.result(render(plan))
  return exit.healthy
}

const conclude = async (
  context: Context,
  registry: Registry,
  ids: readonly string[],
  ended: RepairOutcome,
): Promise<number> => {
  const { look, out } = context
  const detail = detailOf(context.call)
  const page = pageFor(look)
  for (const { fix, message } of ended.failures) sayFailure(context, fix, message)
  const whole = ended.after ?? (await examineHost(context, registry.checks, true))
  // With ids only their results are shown.
  const results = whole.report.results.filter(({ id }) => ids.length === 0 || ended.checks.has(id))
  const shown = { ...whole.report, results, summary: summarize(results) }
  const text = renderText(shown, { ...look, detail, advice: false })
  if (text) out.text(`\n${text}`)
  if (whole.report.bootCommand && detail !== 'failures')
    out.text(`\n${renderBootCommand(whole.report.bootCommand, page).join('\n')}\n`)
  for (const manual of ended.manual) out.text(`\n${page.lines(`Still to do: ${manual}`).join('\n')}\n`)
  if (ended.failures.length > 0) return exit.fixFailed
  const wanted = ids.length > 0 ? selectResults(whole.report.results, ids, context) : whole.report.results
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
  const wanted = selectResults(report.results, ids, context)
  const { call } = context
  if (call.has('script')) {
    const { renderScript, scriptPrograms } = await import('../report/script.ts')
    return preview(context, await planFor(context, registry, wanted, scriptPrograms), renderScript)
  }
  const plan = await planFor(context, registry, wanted)
  if (call.json) {
    return preview(context, plan, () =>
      jsonText({
        schema: 'chv-doctor/plan/1',
        version: context.version,
        fixes: plan,
        order: stepGraph(plan),
      }),
    )
  }
  if (plan.length === 0) {
    const blocked = ids.length > 0 ? wanted.find((result) => result.blockedBy !== undefined) : undefined
    if (blocked) {
      throw new DoctorError(
        exit.fixFailed,
        `${blocked.id} is blocked by ${blocked.blockedBy}: repair that first, with \`chv-doctor fix ${blocked.blockedBy}\`.`,
      )
    }
    const broken = wanted.filter((result) => result.status === 'fail')
    context.out.text(
      broken.length > 0
        ? `${pageFor(context.look)
            .lines(
              `No fix can repair ${broken.map((result) => result.id).join(', ')}; see \`chv-doctor explain ${broken[0]?.id}\`.`,
            )
            .join('\n')}\n`
        : detailOf(context.call) === 'failures'
          ? ''
          : 'Nothing to repair.\n',
    )
    return broken.length > 0 ? exit.failed : exit.healthy
  }
  if (call.has('dry-run')) {
    const { orderLines } = await import('../report/order-text.ts')
    const order = orderLines(plan, pageFor(context.look))
    context.out.text(showPlan(context, plan) + order.map((line) => `${line}\n`).join(''))
    return exit.healthy
  }
  requireConsent(context, 'the plan')
  return conclude(context, registry, ids, await repair(context, registry, ids, report.results, plan))
}

/** @returns the exit code */
export const fix = async (context: Context): Promise<number> => {
  exclusiveFlags(context)
  const registry = await loadRegistry(context.config, context.user.uid)
  const ids = context.call.operands
  requireKnown(ids, registry)
  await readAsRootIfConsented(context)
  const { report } = await examineHost(context, registry.checks, false)
  return fixFrom(context, registry, report, ids)
}
