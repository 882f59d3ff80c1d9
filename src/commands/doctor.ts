/** The bare command: checks and repairs on a terminal; elsewhere the same as `check`. */

import { observeHost } from '../engine/observe.ts'
import { loadRegistry } from '../engine/registry.ts'
import { renderJson } from '../report/json.ts'
import { renderText } from '../report/text.ts'
import { type Context, withHost } from './context.ts'
import { detailOf } from './detail.ts'
import { examine } from './examine.ts'

/** @returns the exit code */
export const doctor = async (context: Context): Promise<number> => {
  const { config, terminal, look, out } = context
  const detail = detailOf(context.call)
  const registry = await loadRegistry(config, context.user.uid)
  const { report } = await withHost(context, (host) =>
    examine(context, registry.checks, observeHost(host, config), { config, host, all: true }),
  )
  if (context.call.json) {
    out.result(renderJson(report))
    return report.exitCode
  }
  const repairable = report.results.some((result) => result.fix)
  const goOn = terminal.interactive && repairable
  out.text(renderText(report, { ...look, detail, advice: !goOn }))
  if (!goOn) return report.exitCode
  const { fixFrom } = await import('./fix.ts')
  out.text('\n')
  return fixFrom(context, registry, report, [])
}
