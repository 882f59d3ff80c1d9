/** How a cause says what it looks like: pieces that appear in this order, with anything between them. */

/** Words as they stand (upper and lower case alike), an errno, or an expression whose named groups become values. */
export type Piece = string | number | RegExp

export type Pattern = readonly Piece[]

export type Groups = Readonly<Record<string, string>>

/** @returns the named groups of the pieces, or null where the text does not fit */
export type Matcher = (text: string) => Groups | null

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/**
 * An errno is matched by its number, never by its words: the static releases are linked with musl,
 * which words many of them differently. Display writes "(os error 16)", Debug `Os { code: 16, … }`,
 * and vmm-sys-util's own type `Error(16)`.
 */
const errno = (number: number) => `(?:os error |code: |\\bError\\()${number}\\b`

const source = (piece: Piece): string =>
  typeof piece === 'number' ? errno(piece) : typeof piece === 'string' ? escaped(piece) : piece.source

const isGiven = (entry: [string, string | undefined]): entry is [string, string] => !!entry[1]

/**
 * A failure is one string of all its levels, so that levels which a release adds do not matter.
 *
 * Each piece is searched once, from where the piece before it ended: the work grows with the length of
 * the text. One expression with `.*?` between the pieces would try all combinations of their places.
 */
export const compile = (pattern: Pattern): Matcher => {
  const expressions = pattern.map((piece) => new RegExp(source(piece), 'gis'))
  return (text) => {
    let groups: Groups = {}
    let at = 0
    for (const expression of expressions) {
      expression.lastIndex = at
      const found = expression.exec(text)
      if (!found) return null
      at = expression.lastIndex
      if (found.groups)
        groups = { ...groups, ...Object.fromEntries(Object.entries(found.groups).filter(isGiven)) }
    }
    return groups
  }
}

/** Puts values into "{name|what stands there without one}". */
export const interpolate = (text: string, values: Readonly<Record<string, string | undefined>>): string =>
  text
    .replace(
      /\{(\w+)(?:\|([^{}]*))?\}/g,
      (_, name: string, otherwise = '') => values[name]?.trim() || otherwise,
    )
    .replace(/ {2,}/g, ' ')
    .replace(/ ([.,:;])(?= |$)/g, '$1')
