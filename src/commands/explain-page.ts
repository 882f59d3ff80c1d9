/** `chv-doctor explain ID`: prints the page of a check or a fix. */
import type { Registry } from '../engine/registry.ts'
import { readPage } from '../host/package-docs.ts'
import { painter } from '../report/layout.ts'
import { exit } from '../util/errors.ts'
import type { Context } from './context.ts'
import { requireKnown } from './known-ids.ts'

/** @returns the exit code */
export const explainPage = async (context: Context, registry: Registry, id: string): Promise<number> => {
  const checkIds = registry.checks.map((check) => check.id)
  requireKnown([id], registry)
  const text = await readPage(`${checkIds.includes(id) ? 'checks' : 'fixes'}/${id}.md`)
  if (text === null) {
    const own = registry.checks.find((check) => check.id === id)
    context.out.result(
      `${id}: ${own?.title ?? registry.ownFixes[id]?.title ?? ''}\nThere is no page for it.\n`,
    )
    return exit.healthy
  }
  const paint = painter(context.terminal.color)
  context.out.result(text.replace(/^#+ .*$/gm, (line) => paint('strong', line.replace(/^#+ /, ''))))
  return exit.healthy
}
