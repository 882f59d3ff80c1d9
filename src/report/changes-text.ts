/** What `undo` would do, newest change first. */
import type { Change } from '../contract/undo.ts'
import { visibleLine } from '../util/printable.ts'
import { beside, type Look, type Page, pageFor } from './layout.ts'
import { commandLines } from './plan-text.ts'

const indent = 6

const undoLines = ({ undo }: Change, sudo: boolean, page: Page): string[] => {
  if (undo.kind === 'run')
    return undo.argvs.flatMap((argv) => commandLines(argv, undo.root === true && sudo, page))
  const what = undo.kept ? `put ${undo.kept} back to` : 'remove'
  const texts = [
    `${what} ${undo.path}${undo.root ? ' (as root)' : ''}`,
    ...(undo.directories ?? []).map((directory) => `remove ${directory} if it is empty`),
  ]
  const none = { text: '', columns: 0 }
  return [
    ...texts.flatMap((text) => beside(none, indent, page.lines(text, page.width - indent), page)),
    ...(undo.after ? commandLines(undo.after, sudo, page) : []),
  ]
}

/** @param options with `sudo`: whether root steps go through sudo here */
export const renderChanges = (
  changes: readonly Change[],
  { sudo, ...look }: Look & { readonly sudo: boolean },
): string => {
  const page = pageFor(look)
  const out = changes.flatMap((change) => [
    `${page.paint('strong', change.fix)}: ${visibleLine(change.why)}`,
    `  ${page.paint('quiet', `done ${change.at.slice(0, 16).replace('T', ' ')} UTC`)}`,
    ...undoLines(change, sudo, page),
  ])
  return `${out.join('\n')}\n`
}
