/** Lines of what programs print. */

/** The lines that hold something, trimmed; a carriage return ends a line, too, as progress displays use it. */
const filledLines = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)

/** @returns the last line that counts, or an empty string */
export const lastLine = (text: string, counts: (line: string) => boolean = () => true): string =>
  filledLines(text).findLast(counts) ?? ''
