/** What goes on over several lines: records of the log, and chains of other programs. anyhow writes an empty line and "Caused by:". */
import type { Line } from '../diagnosis.ts'
import type { Failure } from './failure.ts'
import { type Entry, embeddedError, header, numbered } from './forms.ts'

/** More lines than any such record has. */
const maxLines = 8

/** The rest of a sentence that a terminal or a mail broke: small words, and its full stop. */
const restOfSentence = /^[a-z][a-z'’ ,-]{0,80}\.$/

/** What other programs in Rust (anyhow) write above the levels of a chain; ours has another head. */
const foreignHead = /(?:^|[ \t])Caused by:$/

/** @returns whether the levels from a place on are those of another program, and hold no error value of ours */
export const isForeignChain = (entries: readonly Entry[], at: number, texts: readonly string[]): boolean =>
  foreignHead.test(entries.slice(Math.max(0, at - 2), at).findLast(({ text }) => text !== '')?.text ?? '') &&
  !texts.some((text) => embeddedError.test(text))

/** @returns whether a line is the rest of a path in the level above it, which was broken: the next level follows */
export const isRestOfLevel = (entry: Entry, next: Entry | undefined, expected: number | null): boolean =>
  expected !== null &&
  entry.level === null &&
  /^\/\S/.test(entry.text) &&
  Number(numbered.exec(next?.text ?? '')?.[1] ?? -1) === expected

/** @returns whether a loose line can be what another program put above "Caused by:" */
export const isHeadOfChain = ({ form, texts: [text = ''] }: Pick<Failure, 'form' | 'texts'>): boolean =>
  form === 'line' && !foreignHead.test(text)

/** @returns the record that begins at a place, as one text, and the place behind it */
export const recordAt = (
  entries: readonly Entry[],
  at: number,
): { text: string; lines: readonly Line[]; next: number } => {
  const first = entries[at]
  if (!first) return { text: '', lines: [], next: at }
  let next = at + 1
  let text = first.text
  const lines: Line[] = [first]
  const rest = entries[next]
  if (rest?.level === null && /[a-z,]$/.test(text) && restOfSentence.test(rest.text)) {
    return { text: `${text} ${rest.text}`, lines: [first, rest], next: next + 1 }
  }
  const following = entries[next]?.text === '' ? entries[next + 1] : entries[next]
  if (following?.level !== null || !/^Caused by:/.test(following.text)) return { text, lines, next }
  for (let entry = entries[next]; entry?.level === null && lines.length < maxLines; entry = entries[next]) {
    if (entry.text !== '' && !/^(Caused by:|\s+\S)/.test(entry.text)) break
    if (header.test(entry.text)) break
    text += ` ${entry.text.trim()}`
    if (entry.text !== '') lines.push(entry)
    next++
  }
  return { text, lines, next }
}

/** More lines than clap prints below an error. */
const maxUsageLines = 12

interface Usage {
  readonly text: string
  readonly lines: readonly Line[]
  /** The place behind it. */
  readonly next: number
  /** The program whose usage is printed; null where none is. */
  readonly program: string | null
  /** What stands above the usage, on one line: what the parser refused. */
  readonly words: string
}

const wordsOf = (text: string): string => {
  const [words = ''] = text.replace(/^error: /, '').split(/^(?:Usage: |USAGE:|For more information)/m)
  return words.trim().replace(/\s+/g, ' ')
}

/** @returns what a command line parser (clap) says from a place on */
export const usageAt = (entries: readonly Entry[], at: number): Usage => {
  const lines = entries.slice(at, at + 1)
  let next = at + 1
  for (let entry = entries[next]; entry && lines.length < maxUsageLines; entry = entries[++next]) {
    if (entry.level !== null || !/^(\s|Usage: |USAGE:|For more information|tip:|$)/.test(entry.text)) break
    if (entry.text !== '') lines.push(entry)
  }
  const text = lines.map((line, index) => (index === 0 ? line.text : line.text.trim())).join('\n')
  const program = /^(?:Usage: |USAGE:\s{1,8})(?:\S*\/)?(\S+)/m.exec(text)?.[1] ?? null
  return { text, lines, next, program, words: wordsOf(text) }
}
