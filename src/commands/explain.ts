/** `chv-doctor explain ID`: the page of a check or a fix, from the documentation beside the program. */
import { readFile } from 'node:fs/promises'
import { loadRegistry } from '../engine/registry.ts'
import { exit, UsageError } from '../errors.ts'
import { painter } from '../report/layout.ts'
import type { Context } from './context.ts'
import { requireKnown } from './known-ids.ts'

/** @returns the exit code */
export const explain = async (context: Context): Promise<number> => {
  const id = context.call.operands[0]
  if (id === undefined)
    throw new UsageError('explain needs the id of a check or a fix, or network; see `chv-doctor list`.')
  if (id === 'network') return (await import('./explain-network.ts')).explainNetwork(context)
  const registry = await loadRegistry(context.config, context.user.uid)
  const checkIds = registry.checks.map((check) => check.id)
  requireKnown([id], registry)
  const page = new URL(`../docs/${checkIds.includes(id) ? 'checks' : 'fixes'}/${id}.md`, import.meta.url)
  const text = await readFile(page, 'utf8').catch(() => null)
  if (text === null) {
    const own = registry.checks.find((check) => check.id === id)
    context.out.result(
      `${id}: ${own?.title ?? registry.ownFixes[id]?.title ?? ''}\nIt has no page of its own.\n`,
    )
    return exit.healthy
  }
  const paint = painter(context.terminal.color)
  context.out.result(text.replace(/^#+ .*$/gm, (line) => paint('strong', line.replace(/^#+ /, ''))))
  return exit.healthy
}
