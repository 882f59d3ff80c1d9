/** `chv-doctor explain ID`: prints the page of a check or a fix. */
import { fixes } from '../../fixes/registry.ts'
import type { Registry } from '../engine/registry.ts'
import { readPage } from '../host/package-docs.ts'
import { pageFor } from '../report/layout.ts'
import { renderPage } from '../report/page-text.ts'
import { exit } from '../util/errors.ts'
import { jsonText } from '../util/printable.ts'
import type { Context } from './context.ts'
import { requireKnown } from './known-ids.ts'

/** @returns the exit code */
export const explainPage = async (context: Context, registry: Registry, id: string): Promise<number> => {
  requireKnown([id], registry)
  const { call, out, version, look } = context
  const check = registry.checks.find((one) => one.id === id)
  const fix = [...Object.values(fixes), ...Object.values(registry.ownFixes)].find((one) => one.id === id)
  const title = check?.title ?? fix?.title ?? ''
  const text = await readPage(`${check ? 'checks' : 'fixes'}/${id}.md`)
  if (call.json) {
    const kind = check ? 'check' : 'fix'
    out.result(jsonText({ schema: 'chv-doctor/page/1', version, id, kind, title, text }))
  } else if (text === null) {
    out.text(`${id}: ${title}\nThere is no page for it.\n`)
  } else {
    out.text(`${renderPage(text, pageFor(look)).join('\n')}\n`)
  }
  return exit.healthy
}
