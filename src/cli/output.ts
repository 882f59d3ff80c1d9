/** The two output streams. Everything that is printed goes through here and can control no terminal. */
import { terminalText } from '../util/printable.ts'

export interface Output {
  /** The result, on standard output. */
  readonly result: (text: string) => void
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

export const createOutput = (stdout: () => Writer, stderr: () => Writer): Output => ({
  result: (text) => void stdout().write(terminalText(text)),
  say: (line) => void stderr().write(`${terminalText(line)}\n`),
  resetTerminal: () => void stdout().write(reset),
})
