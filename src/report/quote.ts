/** One word as a POSIX shell reads it back unchanged (XCU 2.2.2: single quotes keep everything but themselves). */
export const quoteWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** A whole command on one line. */
export const quoteArgv = (argv: readonly string[]): string => argv.map(quoteWord).join(' ')
