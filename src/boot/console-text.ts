/** Turns console output into plain text: removes the control codes of terminals. */

// CSI (colours, cursor), OSC (titles), character sets and the two-byte escapes (ECMA-48; xterm's ctlseqs).
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression matches control characters
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()*+#%].|[ -/]*[0-~])/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const unfinished = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*|[()*+#%])?$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const controls = /[\x00-\x08\x0b-\x1f\x7f]/g

/** Upper bound for an incomplete escape sequence, in characters. */
const maxEscape = 256

export interface ConsoleReader {
  /** @returns the text of this part as far as it is complete */
  feed(part: string): string
}

/** Reads a stream in parts; an escape sequence may span two of them. */
export const consoleReader = (): ConsoleReader => {
  let held = ''
  return {
    feed: (part) => {
      const raw = held + part
      const cut = unfinished.exec(raw)
      held = cut && cut[0].length < maxEscape ? cut[0] : ''
      // A lone carriage return starts the line again: it is read as a new line.
      return raw
        .slice(0, raw.length - held.length)
        .replaceAll(/\r+\n/g, '\n')
        .replaceAll('\r', '\n')
        .replaceAll(escapes, '')
        .replaceAll(controls, '')
    },
  }
}

/** @returns the last lines that are not blank, at most `count` */
export const lastLines = (text: string, count: number): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean)
    .slice(-count)
