/**
 * What may be printed. Text from files, programs and the environment may hold characters that a terminal
 * obeys instead of showing them (ECMA-48 control functions), or that change what a reader sees (Unicode TR 36:
 * bidirectional overrides, characters without width).
 */

/**
 * Controls C0 and C1 and DEL, format characters (bidi marks, zero width), lone surrogates, line and paragraph
 * separators, and letters without a glyph (Hangul fillers). Line feed and tab are excepted.
 */
const source = '(?![\\n\\t])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u115f\\u1160\\u3164\\uffa0]'
let made: RegExp | undefined
/** Made on use: its tables of Unicode take longer than all the text of a report. */
const hidden = (): RegExp => {
  made ??= new RegExp(source, 'gu')
  return made
}

/** ASCII and the marks of our own pages, of which most text is made: nothing of it is hidden. */
const plain = /^[\t\n -~✓✗–·→…\uf8ff]*$/

/** U+2400 to U+241F are the pictures of U+0000 to U+001F. */
const picture = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  return code === 0x7f ? '␡' : `\\u{${code.toString(16)}}`
}

/** Replaces every character that a terminal obeys or hides by a visible one: ESC by ␛, a bidi mark by `\u{202e}`. */
export const visible = (text: string): string => (plain.test(text) ? text : text.replace(hidden(), picture))

/** The same for text that is one line: line feeds and tabs are replaced, too. */
export const visibleLine = (text: string): string => visible(text).replace(/[\n\t]/g, picture)

/** Whether text has characters that `visibleLine` would replace. */
export const hasHidden = (text: string): boolean => visibleLine(text) !== text

const escaped = (char: string): string =>
  Array.from(
    { length: char.length },
    (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')

/**
 * JSON with the characters that `visible` replaces as escapes: the same data, safe on a terminal.
 * @returns one document, ending in a newline
 */
export const jsonText = (value: unknown, replacer?: (key: string, value: unknown) => unknown): string => {
  const text = JSON.stringify(value, replacer, 2)
  return plain.test(text) ? `${text}\n` : `${text.replace(hidden(), escaped)}\n`
}

/** Begins each of our own colour codes until it is printed. Data cannot hold it: it is new in every process. */
const mark = `\u{f8ff}${Math.random().toString(36).slice(2)}`
const marked = new RegExp(`${mark}([\\d;]+)m`, 'g')

/** Select Graphic Rendition (ECMA-48 8.3.117), for `terminalText` to print. */
export const styled = (text: string, [open, close]: readonly [number, number]): string =>
  `${mark}${open}m${text}${mark}${close}m`

/** What is written to a terminal, pipe or file: hidden characters visible, our own colours as escape sequences. */
export const terminalText = (text: string): string =>
  visible(text).replace(marked, (_, code: string) => `\x1b[${code}m`)
