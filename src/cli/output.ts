/** The two output streams. Everything that is printed goes through here and can control no terminal. */
import { terminalText } from '../util/printable.ts'
import { asciiText } from './ascii.ts'

export interface Output {
  /** A result that is data or is to be pasted, on standard output: not one character is changed. */
  readonly result: (text: string) => void
  /** A result for people, on standard output. */
  readonly text: (text: string) => void
  /** Progress and remarks, one line each, on standard error. */
  readonly say: (line: string) => void
  /** Takes back what a guest's firmware and boot loader did to the terminal on standard output. */
  readonly resetTerminal: () => void
}

interface Writer {
  write(text: string): unknown
}

// Attributes off, cursor shown, lines wrap (ECMA-48 SGR; DECTCEM and DECAWM of the VT100 series).
const reset = '\x1b[0m\x1b[?25h\x1b[?7h'

/** @param ascii whether the locale has no other characters */
export const createOutput = (stdout: () => Writer, stderr: () => Writer, ascii: boolean): Output => ({
  result: (text) => void stdout().write(terminalText(text)),
  text: (text) => void stdout().write(terminalText(ascii ? asciiText(text) : text)),
  say: (line) => void stderr().write(`${terminalText(ascii ? asciiText(line) : line)}\n`),
  resetTerminal: () => void stdout().write(reset),
})
