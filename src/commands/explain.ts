/** `chv-doctor explain`: prints the page of a check or fix, or a cause, or explains output of Cloud Hypervisor. */
import { fixes } from '../../fixes/registry.ts'
import { loadRegistry } from '../engine/registry.ts'
import { exists } from '../host/input.ts'
import { UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'
import type { Context } from './context.ts'

/** @returns the exit code */
export const explain = async (context: Context): Promise<number> => {
  const operand = context.call.operands[0]
  if (operand === 'network') return (await import('./explain-network.ts')).explainNetwork(context)
  const registry = await loadRegistry(context.config, context.user.uid)
  const known = [
    ...registry.checks.map((check) => check.id),
    ...Object.keys(fixes),
    ...Object.keys(registry.ownFixes),
  ]
  if (operand !== undefined && known.includes(operand)) {
    const { explainPage } = await import('./explain-page.ts')
    return explainPage(context, registry, operand)
  }
  if (operand !== undefined && operand !== '-' && !exists(operand)) {
    const { causeIds, explainCause } = await import('./explain-cause.ts')
    const code = explainCause(context, operand)
    if (code !== null) return code
    throw new UsageError(
      `There is no file, check, fix or cause "${operand}"${suggestion(operand, [...known, ...causeIds()]) || '; give a file, - for standard input, or an id of `chv-doctor list`.'}`,
    )
  }
  const { explainOutput } = await import('./explain-output.ts')
  return explainOutput(context, registry, operand ?? '-')
}
