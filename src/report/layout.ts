/** Text layout: wrapping and colour. */
import { styled, visibleLine } from '../util/printable.ts'
import { columnsOf, isPlain, padTo } from '../util/text-width.ts'
import { type Program, spokenBy } from './program.ts'

export type Tone = 'good' | 'bad' | 'careful' | 'unsure' | 'quiet' | 'strong'

// Legible on dark and light backgrounds; colour never carries meaning alone.
/** The codes that begin and end a tone: green, red, yellow, magenta, dim, bold (ECMA-48 8.3.117). */
const styles = {
  good: [32, 39],
  bad: [31, 39],
  careful: [33, 39],
  unsure: [35, 39],
  quiet: [2, 22],
  strong: [1, 22],
} as const

export type Paint = (tone: Tone, text: string) => string

export const painter =
  (color: boolean): Paint =>
  (tone, text) =>
    color && text ? styled(visibleLine(text), styles[tone]) : visibleLine(text)

/** How a text is to be seen. */
export interface Look {
  readonly color: boolean
  readonly width: number
  /** The home directory, which is written as `~`; absent where paths are written whole. */
  readonly home?: string
  /** How this program was started; absent: as `chv-doctor`. */
  readonly program?: Program
}

/** What the renderers of a text share. */
export interface Page {
  readonly width: number
  readonly paint: Paint
  /** Prose in one line as this reader needs it: the home as `~`, commands as the program was started. */
  readonly say: (text: string) => string
  /** Prose in lines of at most this many columns (default: the whole width). */
  readonly lines: (text: string, width?: number) => string[]
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A path that stands alone: after "=" a shell expands no `~`. */
const withTilde = (home: string | undefined): ((text: string) => string) => {
  if (home === undefined || home.length < 2) return (text) => text
  const below = new RegExp(`(?<![\\w/.~=-])${escaped(home)}(?=/)`, 'g')
  return (text) => text.replace(below, '~')
}

export const pageFor = ({ color, width, home, program }: Look): Page => {
  const tilde = withTilde(home)
  const say = (text: string) => visibleLine(tilde(program ? spokenBy(program, text) : text))
  return {
    width,
    paint: painter(color),
    say,
    lines: (text, columns = width) => wrap(say(text), columns),
  }
}

/**
 * Where a word may be broken: between two characters of a script that is written without blanks, and not before its
 * closing punctuation. A path or an address never, so that it can be copied.
 */
const partsOf = (word: string): readonly string[] =>
  word.includes('/') || isPlain(word)
    ? [word]
    : word.split(
        /(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}，。、；：？！）」』】》])(?![，。、；：？！）」』】》])/u,
      )

/**
 * Breaks text at blanks so that no line is wider than `width`; a longer word stands alone. Line feeds in it
 * come from data and are shown, so that they cannot make up lines of a report.
 */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = []
  let line = ''
  let columns = 0
  for (const word of visibleLine(text).split(' ')) {
    for (const [index, part] of partsOf(word).entries()) {
      const glue = line && index === 0 ? ' ' : ''
      const more = glue.length + columnsOf(part)
      if (line && columns + more > width) {
        lines.push(line)
        line = part
        columns = more - glue.length
      } else {
        line += glue + part
        columns += more
      }
    }
  }
  return [...lines, line]
}

/**
 * Lines below each other, beside a head. A line with a word that does not fit there moves to the left as
 * far as it must, so that no terminal breaks what a reader may want to copy.
 * @param head printed, of at most `at` columns
 * @param tone of the lines
 */
export const beside = (
  head: { readonly text: string; readonly columns: number },
  at: number,
  lines: readonly string[],
  { width, paint }: Pick<Page, 'width' | 'paint'>,
  tone?: Tone,
): string[] => {
  const out: string[] = []
  for (const [index, line] of lines.entries()) {
    const start = Math.max(0, Math.min(at, width - columnsOf(line)))
    const text = tone ? paint(tone, line) : line
    const hasHead = index === 0 && head.text !== ''
    if (hasHead && start < head.columns) out.push(head.text.trimEnd(), ' '.repeat(start) + text)
    else if (hasHead) out.push(head.text + ' '.repeat(start - head.columns) + text)
    else out.push(' '.repeat(start) + text)
  }
  return out
}

/** A command over several lines, each but the last ending in a backslash, so that it can be pasted. */
export const wrapCommand = (words: readonly string[], width: number, indent: string): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line && indent.length + columnsOf(line) + 3 + columnsOf(word) > width) {
      lines.push(`${lines.length ? '  ' : ''}${line} \\`)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, `${lines.length ? '  ' : ''}${line}`].map((text) => indent + text)
}

/** A row of a table of two columns, indented by two. */
export const tableRow = (name: string, columns: number, text: string, page: Page): string[] => {
  const at = columns + 3
  return beside(
    { text: `  ${padTo(name, columns)} `, columns: at },
    at,
    page.lines(text, page.width - at),
    page,
  )
}
