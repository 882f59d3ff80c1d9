/** Text layout: wrapping and colour. */
import { styled, visibleLine } from '../util/printable.ts'

export type Tone = 'good' | 'bad' | 'careful' | 'quiet' | 'strong'

// Legible on dark and light backgrounds; colour never carries meaning alone.
/** The codes that begin and end a tone: green, red, magenta, dim, bold (ECMA-48 8.3.117). */
const styles = { good: [32, 39], bad: [31, 39], careful: [35, 39], quiet: [2, 22], strong: [1, 22] } as const

export type Paint = (tone: Tone, text: string) => string

export const painter =
  (color: boolean): Paint =>
  (tone, text) =>
    color && text ? styled(visibleLine(text), styles[tone]) : visibleLine(text)

/**
 * Breaks text at blanks so that no line is wider than `width`; a longer word stands alone. Line feeds in it
 * come from data and are shown, so that they cannot make up lines of a report.
 */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of visibleLine(text).split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line]
}

/** A command over several lines, each but the last ending in a backslash, so that it can be pasted. */
export const wrapCommand = (words: readonly string[], width: number, indent: string): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line && indent.length + line.length + 3 + word.length > width) {
      lines.push(`${lines.length ? '  ' : ''}${line} \\`)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, `${lines.length ? '  ' : ''}${line}`].map((text) => indent + text)
}
