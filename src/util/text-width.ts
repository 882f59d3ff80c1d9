/** How many columns of a terminal a text takes: a CJK character or an emoji takes two, a combining mark none. */
import stringWidth from 'string-width'

/** @returns the columns of text without escape sequences */
export const columnsOf = (text: string): number => stringWidth(text)

/** @returns the text, with blanks up to that many columns */
export const padTo = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)))

const graphemes = new Intl.Segmenter()

/** @returns as much of the beginning as fits into that many columns */
export const cutTo = (text: string, columns: number): string => {
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOf(segment)
    if (used > columns) break
    kept += segment
  }
  return kept
}
