/** What a program said, taken out of a person's sentence about it. */
import type { Line } from '../diagnosis.ts'

/** A person writes a few sentences; a text with more lines is a log, whose lines are read as they are. */
const maxLines = 40

/** A shorter one is a name or a flag. */
const minLength = 12

const quotation = /`([^`]{1,2000})`|"([^"]{1,2000})"|“([^”]{1,2000})”|«([^»]{1,2000})»|「([^」]{1,2000})」/g

/** "I get: …", "the error was: …", "it fails with: …" */
const introduction =
  /^[^:`"]{0,60}\b(?:I|we|it|this|that|which|log|error|message|output|console)\b[^:`"]{0,40}\b(?:gets?|got|sees?|saw|says?|said|is|was|shows?|prints?|with|gives?|reports?|returns?)\b[^:`"]{0,20}: +(\S.*)$/i

const quotedIn = (text: string): readonly string[] => {
  const spans = [...text.matchAll(quotation)].flatMap(([, ...groups]) => groups.find(Boolean)?.trim() ?? [])
  const long = spans.filter((span) => span.length >= minLength && span.includes(' '))
  if (long.length > 0) return long
  const [, said] = introduction.exec(text) ?? []
  return said === undefined ? [] : [said]
}

/**
 * For texts in which nothing is recognised as it stands.
 *
 * @param lines a text as it was pasted
 * @returns what it quotes, each quotation as a line with the number of the line that holds it; empty for a log
 */
export const quotedLines = (lines: readonly Line[]): readonly Line[] =>
  lines.length > maxLines
    ? []
    : lines.flatMap(({ number, text }) => quotedIn(text).map((quoted) => ({ number, text: quoted })))
