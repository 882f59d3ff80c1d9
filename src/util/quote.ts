import { hasHidden } from './printable.ts'

/** A byte inside $'…' of bash: printable ASCII stays as it is. */
const escapeByte = (byte: number): string => {
  const char = String.fromCharCode(byte)
  if (char === "'" || char === '\\') return `\\${char}`
  return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : char
}

/**
 * One word as a POSIX shell reads it back unchanged (XCU 2.2.2: single quotes keep everything but themselves).
 * A word with control characters is written with the escapes of bash, so that it can be seen.
 */
export const quoteWord = (word: string): string => {
  if (hasHidden(word)) return `$'${[...Buffer.from(word)].map(escapeByte).join('')}'`
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** A whole command on one line. */
export const quoteArgv = (argv: readonly string[]): string => argv.map(quoteWord).join(' ')
