/** `chv-doctor explain ID` and `chv-doctor list causes`: the causes by their stable ids. */
import { type ListedCause, listCauses } from '../explain/catalogue.ts'
import { layers } from '../explain/diagnosis.ts'
import { beside, pageFor, tableRow } from '../report/layout.ts'
import { listJson } from '../report/list-json.ts'
import { exit } from '../util/errors.ts'
import type { Context } from './context.ts'

/** @returns the ids of all causes */
export const causeIds = (): readonly string[] => listCauses().map(({ id }) => id)

const labelWidth = 7

/**
 * Prints one cause.
 * @returns the exit code, or null where there is no cause with this id
 */
export const explainCause = (context: Context, id: string): number | null => {
  const cause = listCauses().find((one) => one.id === id)
  if (!cause) return null
  if (context.call.json) {
    context.out.result(listJson(context.version, { causes: [cause] }))
    return exit.healthy
  }
  const page = pageFor(context.look)
  const column = labelWidth + 2
  const field = (label: string, text: string | null): readonly string[] => {
    const head = { text: `  ${label.padEnd(labelWidth)}`, columns: column }
    return text === null ? [] : beside(head, column, page.lines(text, page.width - column), page)
  }
  context.out.text(
    `${[
      ...page.lines(cause.what).map((line) => page.paint('strong', line)),
      ...field('why', cause.why),
      ...field('do', cause.hint),
      ...field('check', cause.check),
      ...field('fix', cause.fix),
      ...field('see', cause.reference),
      ...field('id', `${cause.id} (${cause.layer}, ${cause.severity})`),
    ].join('\n')}\n`,
  )
  return exit.healthy
}

const byLayer = (causes: readonly ListedCause[]) =>
  layers.map((layer) => [layer, causes.filter((cause) => cause.layer === layer)] as const)

/** @returns the exit code */
export const listCausesByLayer = (context: Context): number => {
  const causes = listCauses()
  if (context.call.json) {
    context.out.result(listJson(context.version, { causes }))
    return exit.healthy
  }
  const page = pageFor(context.look)
  const out = byLayer(causes).flatMap(([layer, list]) => [
    page.paint('strong', layer),
    ...list.flatMap(({ id, what }) => tableRow(id, 32, what, page)),
    '',
  ])
  context.out.text(`${out.join('\n').trimEnd()}\n`)
  return exit.healthy
}
