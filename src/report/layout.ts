/** Words into columns: wrapping, padding, and colour where the terminal wants it. */
import { styleText } from 'node:util'

export type Tone = 'good' | 'bad' | 'careful' | 'quiet' | 'strong'

// Legible on dark and light backgrounds; nothing is said by colour alone.
const styles = { good: 'green', bad: 'red', careful: 'magenta', quiet: 'dim', strong: 'bold' } as const

export type Paint = (tone: Tone, text: string) => string

export const painter =
  (color: boolean): Paint =>
  (tone, text) =>
    // Whether to colour was decided once, by describeTerminal; newer Nodes would decide again.
    color && text ? styleText(styles[tone], text, { validateStream: false }) : text

/** Breaks text at blanks so that no line is wider than `width`; a longer word stands alone. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
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
