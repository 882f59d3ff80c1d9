/** Writes HTML: every text that comes from a report passes through `escaped`. */
import { visibleLine } from '../../util/printable.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as content of an element or as the value of an attribute in double quotes. */
export const escaped = (text: string): string =>
  visibleLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')

const { format } = new Intl.NumberFormat('en')

/** "1,000" */
export const number = (value: number): string => format(value)

/** A part of a bar, by the class of its colour. */
export interface BarPart {
  readonly tone: string
  readonly value: number
}

/**
 * A bar of parts, as SVG: widths in a style attribute are what the policy of the page forbids.
 * @param total what the whole width stands for
 */
export const bar = (parts: readonly BarPart[], total: number, name = ''): string => {
  let x = 0
  const rects = parts.map(({ tone, value }) => {
    const width = total === 0 ? 0 : (value / total) * 100
    const rect = `<rect class="${tone}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="1"/>`
    x += width
    return value === 0 ? '' : rect
  })
  return `<svg class="bar ${name}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${rects.join('')}</svg>`
}

/** The code of a finding; a click filters the hosts by it. */
export const chip = (code: string, tone: string, text = code): string =>
  `<button type="button" class="chip ${tone}" data-query="${escaped(code)}">${escaped(text)}</button>`
