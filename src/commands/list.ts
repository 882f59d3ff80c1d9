/** `chv-doctor list`: lists checks, fixes, artifacts and causes. */
import { fixes } from '../../fixes/registry.ts'
import { loadRegistry } from '../engine/registry.ts'
import { pageFor, tableRow } from '../report/layout.ts'
import { listJson } from '../report/list-json.ts'
import { exit, UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'
import type { Context } from './context.ts'

const kinds = ['checks', 'fixes', 'artifacts', 'causes']

/** @returns the exit code */
export const list = async (context: Context): Promise<number> => {
  const wanted = context.call.operands[0]
  if (wanted !== undefined && !kinds.includes(wanted)) {
    throw new UsageError(
      `There is no list "${wanted}"${suggestion(wanted, kinds) || '; give checks, fixes, artifacts or causes.'}`,
    )
  }
  if (wanted === 'artifacts') {
    const { listArtifacts } = await import('./list-artifacts.ts')
    return listArtifacts(context)
  }
  if (context.call.has('urls')) throw new UsageError('--urls goes with `chv-doctor list artifacts`.')
  if (wanted === 'causes') return (await import('./explain-cause.ts')).listCausesByLayer(context)
  const registry = await loadRegistry(context.config, context.user.uid)
  const checks = registry.checks.map(({ id, title, group, needs = [] }) => ({
    id,
    title,
    group,
    needs: needs.map((need) => need.id),
  }))
  const allFixes = [...Object.values(fixes), ...Object.values(registry.ownFixes)].map(({ id, title }) => ({
    id,
    title,
  }))
  const shown = {
    ...(wanted === 'fixes' ? {} : { checks }),
    ...(wanted === 'checks' ? {} : { fixes: allFixes }),
  }
  if (context.call.json) {
    context.out.result(listJson(context.version, shown))
    return exit.healthy
  }
  const page = pageFor(context.look)
  const out: string[] = []
  for (const group of new Set((shown.checks ?? []).map((check) => check.group))) {
    out.push(page.paint('strong', group))
    for (const check of checks)
      if (check.group === group) out.push(...tableRow(check.id, 25, check.title, page))
    out.push('')
  }
  if (shown.fixes)
    out.push(
      page.paint('strong', 'fixes'),
      ...shown.fixes.flatMap((fix) => tableRow(fix.id, 25, fix.title, page)),
      '',
    )
  context.out.text(`${out.join('\n').trimEnd()}\n`)
  return exit.healthy
}
