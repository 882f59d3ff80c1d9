/** `chv-doctor check`: runs the checks and reports; writes only the files that its flags name. */
import { reportFormats } from '../cli/flags.ts'
import { recordedHome } from '../config/recorded.ts'
import type { AnyCheck } from '../contract/check.ts'
import type { Report } from '../contract/report.ts'
import { observeRecord, readFacts, recordFacts } from '../engine/facts-file.ts'
import { observeHost } from '../engine/observe.ts'
import { loadRegistry } from '../engine/registry.ts'
import { selectChecks } from '../engine/select.ts'
import { type Format, renderAs } from '../report/formats/render.ts'
import { type Context, withHost } from './context.ts'
import { detailOf } from './detail.ts'
import { type Examination, examine, type Look } from './examine.ts'
import { exclude } from './exclude.ts'
import { type Target, targetsOf, writeTargets } from './targets.ts'
import { writeTo } from './write-to.ts'

/** How one look is taken: at this host, or at recorded facts, which are the same at every look. */
const lookFor = async (context: Context, checks: readonly AnyCheck[], all: boolean): Promise<Look> => {
  const { call, config } = context
  const recorded = call.text('facts-in')
  if (recorded === null)
    return ({ isRepeated, signal }) => {
      // Between the lines that say what is waited for, a list would flicker.
      const terminal = { ...context.terminal, live: !isRepeated && context.terminal.live }
      return withHost(
        context,
        (host) => examine({ ...context, terminal }, checks, observeHost(host, config), { config, host, all }),
        signal,
      )
    }
  exclude(call, 'facts-in', 'facts-out')
  exclude(call, 'facts-in', 'wait')
  const file = await readFacts(recorded)
  // Of all keys the one that is about who judges, not about the host that was recorded.
  const judged = call.has('profile') ? { ...file.config, profile: config.profile } : file.config
  return () => examine(context, checks, observeRecord(file), { config: judged, host: null, all: false })
}

const examineSelected = async (context: Context): Promise<Examination> => {
  const { call, config } = context
  const registry = await loadRegistry(config, context.user.uid)
  const checks = selectChecks(registry.checks, {
    only: [...call.list('only'), ...call.operands],
    skip: call.list('skip'),
    tags: call.list('group'),
  })
  const look = await lookFor(context, checks, checks.length === registry.checks.length)
  if (!['require', 'baseline', 'update-baseline', 'wait'].some(call.has))
    return look({ isRepeated: false, signal: context.signal })
  const { examineUnderPolicy } = await import('./check-policy.ts')
  return examineUnderPolicy(context, registry.checks, checks, look)
}

/** Nagios and its successors read their own exit codes, and nothing else. */
const exitCodeFor = async (targets: readonly Target<Format>[], report: Report): Promise<number> => {
  if (!targets.some(({ format, path }) => format === 'nagios' && path === null)) return report.exitCode
  const { nagiosExitCode } = await import('../report/formats/nagios.ts')
  return nagiosExitCode(report)
}

/** @returns the exit code */
export const check = async (context: Context): Promise<number> => {
  const targets = targetsOf(context.call, reportFormats)
  const detail = detailOf(context.call)
  const { run, report } = await examineSelected(context)
  // In recorded facts every home has the same name.
  const look = context.call.has('facts-in') ? { ...context.look, home: recordedHome } : context.look
  const facts = context.call.text('facts-out')
  if (facts !== null) {
    await writeTo('--facts-out', facts, recordFacts(context.version, context.config, run, context.user))
  }
  await writeTargets(targets, context.out, (format, isFile) =>
    renderAs(format, report, { ...(isFile ? { color: false, width: 80 } : look), detail, advice: true }),
  )
  return exitCodeFor(targets, report)
}
