/** A command as a shell would read it (POSIX XCU 2.2), up to where the command ends. */

/** What ends a simple command, unless it is a redirection. */
const operators = new Set([';', '|', '&', '<', '>', '(', ')', '`'])

/** A redirection and its file. "<FILE>" is none: people write what is to be filled in so. */
const redirection = /(?:<>|>>|>\||[<>]&?)[ \t]{0,8}(?:"[^"]*"|'[^']*'|[^\s"'<>|&;()`])+(?=\s|$)/y

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
      const isRedirection = '<>'.includes(character)
      // "3<>/dev/tap5": the number belongs to the redirection.
      if (word !== null && /^\d+$/.test(word) && isRedirection) word = null
      redirection.lastIndex = at
      if (word !== null || !isRedirection || !redirection.test(text)) break
      // What follows it belongs to the command again.
      at = redirection.lastIndex - 1
    } else if (character === '#' && word === null) break
    else append(character, false)
  }
  if (word !== null) words.push(word)
  return words
}
