/** How many columns of a terminal a text takes: a CJK character or an emoji takes two, a combining mark none. */
import stringWidth from 'string-width'

/** ASCII and the marks of our own pages: a column each, which needs none of the tables of Unicode to tell. */
export const isPlain = (text: string): boolean => /^[ -~✓✗–·→…]*$/.test(text)

/** @returns the columns of text without escape sequences */
export const columnsOf = (text: string): number => (isPlain(text) ? text.length : stringWidth(text))

/** @returns the text, with blanks up to that many columns */
export const padTo = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)))

/** @returns as much of the beginning as fits into that many columns */
export const cutTo = (text: string, columns: number): string => {
  if (isPlain(text)) return text.slice(0, columns)
  let kept = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += columnsOf(segment)
    if (used > columns) break
    kept += segment
  }
  return kept
}
