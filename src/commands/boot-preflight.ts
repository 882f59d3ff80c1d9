/** Checks the host before a guest is started. */
import { type Report, type Result, summarize } from '../contract/report.ts'
import { loadRegistry, type Registry } from '../engine/registry.ts'
import { selectChecks } from '../engine/select.ts'
import { heldByVm } from '../hypervisor/in-use.ts'
import { pageFor } from '../report/layout.ts'
import { renderText } from '../report/text.ts'
import { DoctorError, exit } from '../util/errors.ts'
import { type Context, withHost } from './context.ts'
import { examineHost, planFor, repair } from './repair.ts'

const runBootChecks = async (context: Context, registry: Registry): Promise<Report> => {
  const checks = selectChecks(registry.checks, {
    only: registry.checks.filter(({ beforeBoot }) => beforeBoot !== undefined).map(({ id }) => id),
    skip: context.call.list('skip'),
    tags: [],
  })
  return (await examineHost(context, checks, false)).report
}

const show = (context: Context, report: Report, results: readonly Result[]) => {
  const { look } = context
  const shown = { ...report, results, summary: summarize(results), bootCommand: null }
  context.out.say(renderText(shown, { ...look, detail: 'all', advice: false }).trimEnd())
}

const failures = (report: Report): readonly Result[] =>
  report.results.filter((result) => result.status === 'fail')

/**
 * Shows the failures and offers their fixes on a terminal.
 * @returns the report after the fixes
 */
const offer = async (context: Context, registry: Registry, report: Report): Promise<Report> => {
  const broken = failures(report)
  show(context, report, broken)
  const plan = context.terminal.interactive ? await planFor(context, registry, broken) : []
  if (plan.length === 0) return report
  context.out.say('')
  await repair(
    context,
    registry,
    broken.map(({ id }) => id),
    report.results,
    plan,
  )
  return runBootChecks(context, registry)
}

/**
 * Runs the checks that declare `beforeBoot`, and offers the fixes of their failures on a terminal.
 * @throws DoctorError (exit 1) when the guest cannot start, or a VM uses its TAP or disk
 */
export const preflight = async (context: Context): Promise<void> => {
  const registry = await loadRegistry(context.config, context.user.uid)
  const first = await runBootChecks(context, registry)
  const report = failures(first).length > 0 ? await offer(context, registry, first) : first
  const required = new Set(registry.checks.filter((c) => c.beforeBoot === 'required').map(({ id }) => id))
  const decisive = failures(report).filter(({ id }) => required.has(id))
  if (decisive.length > 0) {
    const names = decisive.map(({ id }) => id).join(', ')
    throw new DoctorError(
      exit.failed,
      `Not started: ${names} failed. \`chv-doctor fix\` repairs what can be repaired; --skip ID starts all the same.`,
    )
  }
  if (report !== first && failures(report).length > 0) show(context, report, failures(report))
  const held = await withHost(context, (host) => heldByVm(host, context.config).catch(() => null))
  if (held !== null)
    throw new DoctorError(
      exit.failed,
      `Not started: ${held}. Stop that VM, or give this guest a TAP and a disk of its own (\`tap\`, \`disk\`).`,
    )
  for (const { id, found, expected } of report.results.filter(({ status }) => status === 'warn'))
    context.out.say(
      pageFor(context.look).lines(`Warning, ${id}: ${found}; expected: ${expected}.`).join('\n'),
    )
}
