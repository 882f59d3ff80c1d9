/** A command as a shell would read it (POSIX XCU 2.2), up to where the command ends. */

/** What ends a simple command; a redirection does for our purpose. */
const operators = new Set([';', '|', '&', '<', '>', '(', ')', '`'])

/**
 * @returns the words, unquoted; a ~ that a shell would have replaced stays, and one that it would not
 *   comes out as "\0~", so that the two can be told apart
 */
export const shellWords = (text: string): readonly string[] => {
  const words: string[] = []
  let word: string | null = null
  let quote: '"' | "'" | null = null
  const append = (character: string, quoted: boolean) => {
    word = (word ?? '') + (quoted && character === '~' ? '\0~' : character)
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote) {
      if (character === quote) quote = null
      else if (character === '\\' && quote === '"' && '"\\$`'.includes(text[at + 1] ?? ' ')) {
        append(text[++at] ?? '', true)
      } else append(character, true)
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\') append(text[++at] ?? '', true)
    else if (/\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else if (operators.has(character)) {
      // "3<>/dev/tap5": the number belongs to the redirection.
      if (word !== null && /^\d+$/.test(word) && '<>'.includes(character)) word = null
      break
    } else if (character === '#' && word === null) break
    else append(character, false)
  }
  if (word !== null) words.push(word)
  return words
}
