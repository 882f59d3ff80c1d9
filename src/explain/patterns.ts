/** How a cause says what it looks like: pieces that appear in this order, with anything between them. */

import { codeOfValue } from './errno-words.ts'

/** Words as they stand (upper and lower case alike), an errno, or an expression whose named groups become values. */
type Piece = string | number | RegExp

export type Pattern = readonly Piece[]

export type Groups = Readonly<Record<string, string>>

const errnoNames: Readonly<Record<number, string>> = {
  1: 'EPERM',
  2: 'ENOENT',
  5: 'EIO',
  9: 'EBADF',
  11: 'EAGAIN',
  12: 'ENOMEM',
  13: 'EACCES',
  16: 'EBUSY',
  17: 'EEXIST',
  19: 'ENODEV',
  22: 'EINVAL',
  24: 'EMFILE',
  28: 'ENOSPC',
  30: 'EROFS',
  95: 'EOPNOTSUPP',
  98: 'EADDRINUSE',
  111: 'ECONNREFUSED',
}

/** A text to be matched, with a copy in lower case for the words. */
export interface Subject {
  readonly text: string
  readonly lower: string
}

/** @returns the text with a copy of the same length in lower case; a few letters grow in lower case */
export const subjectOf = (text: string): Subject => {
  const lower = text.toLowerCase()
  return { text, lower: lower.length === text.length ? lower : text }
}

/** @returns the named groups of the pieces, or null where the text does not fit */
export type Matcher = (subject: Subject) => Groups | null

/**
 * An errno is matched by its number, never by its words: the static releases are linked with musl,
 * which words many of them differently. Display writes "(os error 16)", Debug `Os { code: 16, … }`,
 * and vmm-sys-util's own type `Error(16)`. People who retell an error write the name: `OpenTun(EACCES)`.
 */
const errno = (number: number) => {
  const name = errnoNames[number]
  const byNumber = `(?:os error |${codeOfValue}|\\bError\\()${number}\\b`
  return name === undefined ? byNumber : `(?:${byNumber}|\\b${name}\\))`
}

/** What `*` and `+` may take: a path or a message is shorter, and an expression stays linear. */
const maxRepetition = 400

/** Replaces each `*` and `+` behind a character or a class by a repetition with an upper bound. */
const bounded = (expression: string): string =>
  expression.replace(
    /(\\.|\[(?:\\.|[^\]\\])*\]|\.)([*+])|\\./g,
    (whole, one: string | undefined, sign: string | undefined) =>
      one === undefined ? whole : `${one}{${sign === '*' ? 0 : 1},${maxRepetition}}`,
  )

/**
 * The longest words that every match of an expression contains, in lower case, or null. A text without
 * them is passed over by a search for the words, which costs a fraction of the expression.
 */
const requiredWords = (expression: string): string | null => {
  let depth = 0
  let longest = ''
  let run = ''
  const end = () => {
    if (run.length > longest.length) longest = run
    run = ''
  }
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at] ?? ''
    if (character === '\\') {
      const next = expression[++at] ?? ''
      if (/\w/.test(next)) end()
      else if (depth === 0) run += next
    } else if (character === '[') {
      end()
      for (at++; at < expression.length && expression[at] !== ']'; at++) if (expression[at] === '\\') at++
    } else if (character === '(') {
      end()
      depth++
    } else if (character === ')') {
      depth--
    } else if (character === '|' && depth === 0) return null
    else if ('?*+{'.includes(character)) {
      // The character in front need not be there.
      run = run.slice(0, -1)
      end()
      if (character === '{') at = expression.indexOf('}', at)
    } else if ('^$.'.includes(character)) end()
    else if (depth === 0) run += character
  }
  end()
  return longest.length < 4 ? null : longest.toLowerCase()
}

/** One step of a search: where the piece ends that was found from a place on, or -1; groups are added. */
type Step = (subject: Subject, from: number, groups: Record<string, string>) => number

const stepOf = (piece: Piece): Step => {
  if (typeof piece === 'string') {
    const words = piece.toLowerCase()
    return ({ lower }, from) => {
      const at = lower.indexOf(words, from)
      return at < 0 ? -1 : at + words.length
    }
  }
  const expression = new RegExp(typeof piece === 'number' ? errno(piece) : bounded(piece.source), 'gis')
  const required = typeof piece === 'number' ? null : requiredWords(piece.source)
  return ({ text, lower }, from, groups) => {
    if (required !== null && lower.indexOf(required, from) < 0) return -1
    expression.lastIndex = from
    const found = expression.exec(text)
    if (!found) return -1
    for (const [name, value] of Object.entries(found.groups ?? {})) if (value) groups[name] = value
    return expression.lastIndex
  }
}

/**
 * A failure is one string of all its levels, so that levels which a release adds do not matter.
 *
 * Each piece is searched once, from where the piece before it ended: the work grows with the length of
 * the text. One expression with `.*?` between the pieces would try all combinations of their places.
 */
export const compile = (pattern: Pattern): Matcher => {
  const steps = pattern.map(stepOf)
  return (subject) => {
    const groups: Record<string, string> = {}
    let at = 0
    for (const step of steps) {
      at = step(subject, at, groups)
      if (at < 0) return null
    }
    return groups
  }
}

/** @returns whether a pattern fits one errno or a few only */
export const namesErrno = (pattern: Pattern): boolean =>
  pattern.some(
    (piece) => typeof piece === 'number' || (piece instanceof RegExp && /os error/.test(piece.source)),
  )

/** How many characters of its words a pattern is looked up by. */
export const keyLength = 4

/** @returns the next place from `at` on that is in no escape and no class: where a bracket or bar means something */
const pastLiterals = (expression: string, from: number): number => {
  let at = from
  for (; expression[at] === '\\' || expression[at] === '['; at++) {
    if (expression[at] === '\\') at++
    else for (at++; at < expression.length && expression[at] !== ']'; at++) if (expression[at] === '\\') at++
  }
  return at
}

/** Splits an expression at the bars that stand in no group and no class. */
const branches = (expression: string): readonly string[] => {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < expression.length; at++) {
    at = pastLiterals(expression, at)
    const character = expression[at]
    if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === '|' && depth === 0) {
      found.push(expression.slice(start, at))
      start = at + 1
    }
  }
  return [...found, expression.slice(start)]
}

/** The contents of the groups of an expression that stand in no other group and must be there. */
const groupsOf = (expression: string): readonly string[] => {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < expression.length; at++) {
    at = pastLiterals(expression, at)
    const character = expression[at]
    if (character === '(') {
      if (depth++ === 0) start = at + 1
    } else if (character === ')' && --depth === 0 && !'?*{'.includes(expression[at + 1] ?? ' ')) {
      const group = expression.slice(start, at)
      if (!/^\?<?[=!]/.test(group)) found.push(group.replace(/^\?(?::|<\w+>)/, ''))
    }
  }
  return found
}

/** Words of which every match contains one: of each branch, or of each branch of a group that must be there. */
const requiredAlternatives = (expression: string): readonly string[] | null => {
  const each = branches(expression).map((branch): readonly string[] | null => {
    const words = requiredWords(branch)
    if (words !== null) return [words]
    for (const group of groupsOf(branch)) {
      const alternatives = requiredAlternatives(group)
      if (alternatives !== null) return alternatives
    }
    return null
  })
  return each.every((words) => words !== null) ? each.flat() : null
}

/**
 * @returns words, in lower case and not shorter than a key, of which every match contains at least one; null
 *   where there are none
 */
export const wordsOf = (pattern: Pattern): readonly string[] | null => {
  for (const piece of pattern) {
    if (typeof piece === 'number') continue
    const words = typeof piece === 'string' ? [piece.toLowerCase()] : requiredAlternatives(piece.source)
    if (words?.every((one) => one.length >= keyLength)) return words
  }
  return null
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
    .trim()
