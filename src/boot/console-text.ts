/** What a guest printed, as a person would read it: without the control codes of terminals. */

// CSI (colours, cursor), OSC (titles), character sets and the two-byte escapes (ECMA-48; xterm's ctlseqs).
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()*+#%].|[ -/]*[0-~])/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const unfinished = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*|[()*+#%])?$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const controls = /[\x00-\x08\x0b-\x1f\x7f]/g

/** Escapes longer than this are none. */
const maxEscape = 256

export interface ConsoleReader {
  /** Takes a piece as it comes and gives back what is certain of its text. */
  feed(piece: string): string
}

/** Cleans a stream of pieces; an escape sequence may be cut in two. */
export const consoleReader = (): ConsoleReader => {
  let held = ''
  return {
    feed: (piece) => {
      const raw = held + piece
      const cut = unfinished.exec(raw)
      held = cut && cut[0].length < maxEscape ? cut[0] : ''
      // A lone carriage return begins the line again; for reading that is a new line.
      return raw
        .slice(0, raw.length - held.length)
        .replaceAll(/\r+\n/g, '\n')
        .replaceAll('\r', '\n')
        .replaceAll(escapes, '')
        .replaceAll(controls, '')
    },
  }
}

/** The last lines that say something, without repetitions of blank ones. */
export const lastLines = (text: string, count: number): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean)
    .slice(-count)
