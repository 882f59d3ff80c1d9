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

/** How many characters of its words a pattern is looked up by. */
export const keyLength = 4

/** What begins a group, up to its contents. */
const groupHead = /\((?:\?(?::|<?[=!]|<\w+>))?/y

/**
 * Words, in lower case, of which every match of an expression contains at least one: of each branch its longest run of
 * characters, or the words of a group that must be there. Null where there are none. A text without them is passed
 * over by a search for the words, which costs a fraction of the expression.
 */
const requiredWords = (expression: string): readonly string[] | null => {
  let at = 0
  /** Reads up to the end of the group, in one pass: there are thousands of expressions. */
  const read = (): readonly string[] | null => {
    const found: string[] = []
    let isOpen = false
    let longest = ''
    let run = ''
    let ofGroup: readonly string[] | null = null
    const endRun = () => {
      if (run.length > longest.length) longest = run
      run = ''
    }
    const endBranch = () => {
      endRun()
      if (longest.length >= keyLength) found.push(longest.toLowerCase())
      else if (ofGroup === null) isOpen = true
      else found.push(...ofGroup)
      longest = ''
      ofGroup = null
    }
    for (; at < expression.length && expression[at] !== ')'; at++) {
      const character = expression[at] ?? ''
      if (character === '\\') {
        const next = expression[++at] ?? ''
        if (/\w/.test(next)) endRun()
        else run += next
      } else if (character === '[') {
        endRun()
        for (at++; at < expression.length && expression[at] !== ']'; at++) if (expression[at] === '\\') at++
      } else if (character === '(') {
        endRun()
        groupHead.lastIndex = at
        const head = groupHead.exec(expression)?.[0] ?? '('
        at += head.length
        const words = read()
        const isThere = !/[=!]$/.test(head) && !'?*{'.includes(expression[at + 1] ?? ' ')
        if (isThere) ofGroup ??= words
      } else if (character === '|') endBranch()
      else if ('?*+{'.includes(character)) {
        // The character in front need not be there.
        run = run.slice(0, -1)
        endRun()
        if (character === '{') at = expression.indexOf('}', at)
      } else if ('^$.'.includes(character)) endRun()
      else run += character
    }
    endBranch()
    return isOpen ? null : found
  }
  return read()
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
  // Made when the piece is asked for: of thousands a text needs a few.
  let made: { readonly expression: RegExp; readonly required: readonly string[] | null } | null = null
  const make = () => {
    const isErrno = typeof piece === 'number'
    return {
      expression: new RegExp(isErrno ? errno(piece) : bounded(piece.source), 'gis'),
      required: isErrno ? null : requiredWords(piece.source),
    }
  }
  return ({ text, lower }, from, groups) => {
    made ??= make()
    const { expression, required } = made
    if (required?.every((words) => lower.indexOf(words, from) < 0)) return -1
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

/**
 * @returns words, in lower case and not shorter than a key, of which every match contains at least one; null
 *   where there are none
 */
export const wordsOf = (pattern: Pattern): readonly string[] | null => {
  for (const piece of pattern) {
    if (typeof piece === 'number') continue
    const words = typeof piece === 'string' ? [piece.toLowerCase()] : requiredWords(piece.source)
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
