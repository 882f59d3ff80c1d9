/** Which causes a failure can have. */
import type { Cause } from './cause.ts'
import { familyIds, knowledge } from './causes/registry.ts'
import type { Layer } from './diagnosis.ts'
import type { Evidence } from './evidence.ts'
import type { Failure } from './failure.ts'
import { embeddedError } from './forms.ts'
import {
  compile,
  type Groups,
  keyLength,
  type Matcher,
  namesErrno,
  type Pattern,
  type Subject,
  subjectOf,
  wordsOf,
} from './patterns.ts'
import { signalLines } from './signals.ts'

interface Known extends Cause {
  readonly layer: Layer
}

export interface Match {
  readonly cause: Known
  /** Named groups of the expression that matched. */
  readonly values: Groups
  /** Whether the words fit any errno: then what it says is part of the explanation. */
  readonly isErrnoOpen: boolean
}

interface Entry {
  readonly cause: Known
  readonly matcher: Matcher
  /** Whether it is for loose lines only. */
  readonly isLine: boolean
  readonly isErrnoOpen: boolean
}

interface Index {
  readonly causes: readonly Known[]
  /** In the order in which they are tried. */
  readonly entries: readonly Entry[]
  /** By the first characters: words, and the places in `entries` of what needs them. */
  readonly byKey: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
  /** By a hash of four characters, whether a key may begin there: most characters of a text are passed over so. */
  readonly mayBegin: Uint8Array
  /** Places of entries without such words: these are always tried. */
  readonly always: readonly number[]
}

const hashBits = 18

/** Of the four characters from a place on. */
const hashAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) * 4099 +
    text.charCodeAt(at + 1) * 521 +
    text.charCodeAt(at + 2) * 67 +
    text.charCodeAt(at + 3)) *
    2654435) &
  ((1 << hashBits) - 1)

const patternsOf = (cause: Known): readonly (readonly [pattern: Pattern, isLine: boolean])[] => [
  // Patterns that name more stand first.
  ...(cause.patterns ?? []).map((pattern) => [pattern, false] as const),
  ...[...(cause.line ?? []), ...(cause.signal ? signalLines(cause.signal) : [])].map(
    (expression) => [[expression], true] as const,
  ),
]

const makeIndex = (): Index => {
  const causes = knowledge.flatMap(([layer, list]) => list.map((cause): Known => ({ ...cause, layer })))
  const entries: Entry[] = []
  const byKey = new Map<string, Map<string, number[]>>()
  const always: number[] = []
  for (const cause of causes) {
    for (const [pattern, isLine] of patternsOf(cause)) {
      const words = wordsOf(pattern)
      if (words === null) always.push(entries.length)
      for (const word of words ?? []) {
        const key = word.slice(0, keyLength)
        const places = byKey.get(key) ?? new Map<string, number[]>()
        byKey.set(key, places.set(word, [...(places.get(word) ?? []), entries.length]))
      }
      entries.push({ cause, matcher: compile(pattern), isLine, isErrnoOpen: !namesErrno(pattern) })
    }
  }
  const mayBegin = new Uint8Array(1 << hashBits)
  for (const key of byKey.keys()) mayBegin[hashAt(key, 0)] = 1
  return { causes, entries, byKey, mayBegin, always }
}

let made: Index | null = null

/** Made on first use: there are hundreds of patterns, and most runs of the program need none. */
const index = (): Index => {
  made ??= makeIndex()
  return made
}

/** @returns the entries whose words stand somewhere in the texts, in the order in which they are tried */
const candidates = (texts: readonly string[]): readonly Entry[] => {
  const { entries, byKey, mayBegin, always } = index()
  const places = new Set(always)
  for (const text of texts) {
    const lower = text.toLowerCase()
    for (let at = 0; at + keyLength <= lower.length; at++) {
      if (mayBegin[hashAt(lower, at)] === 0) continue
      for (const [word, needing] of byKey.get(lower.slice(at, at + keyLength)) ?? []) {
        if (lower.startsWith(word, at)) for (const place of needing) places.add(place)
      }
    }
  }
  return [...places].sort((a, b) => a - b).flatMap((place) => entries[place] ?? [])
}

const firstOf = (subjects: readonly Subject[], matcher: Matcher): Groups | null => {
  for (const subject of subjects) {
    const values = matcher(subject)
    if (values) return values
  }
  return null
}

/** A line that is a value of Rust in its Debug form and nothing else: someone took it out of a message. */
const debugValue = /^[A-Z][A-Za-z0-9]{2,60}(?:\(.{0,1900}\)| \{.{0,1900}\})$/

/** Whether a cause is looked for in this form: a warning is no error, and what ends a run is no warning. */
const suits = (
  { cause: { id, severity = 'error', anyLevel, onlyOurs }, isLine }: Entry,
  { form, texts }: Failure,
): boolean => {
  const isWarning = severity === 'warning' || severity === 'note'
  // A panic is a defect wherever it happened, unless its message is an ordinary error.
  if (form === 'panic' && familyIds.has(id) && !texts.some((text) => embeddedError.test(text))) return false
  if (form === 'line') return onlyOurs !== true || debugValue.test(texts[0] ?? '')
  if (isLine) return false
  if (form === 'warning') return isWarning || anyLevel === true
  return form === 'error-record' || !isWarning
}

/** No message is as long; what is has no line ends because it is no text. */
const maxLineLength = 2000

/** @returns the first cause that fits, and the other readings of the same words behind it */
export const matchesOf = (failure: Failure, evidence: Evidence): readonly Match[] => {
  if (failure.form === 'line' && (failure.texts[0]?.length ?? 0) > maxLineLength) return []
  const subjects = failure.texts.map(subjectOf)
  for (const entry of candidates(failure.texts)) {
    if (!suits(entry, failure)) continue
    const { cause, matcher, isErrnoOpen } = entry
    // The chain may have what the Debug text lacks.
    const values = firstOf(subjects, matcher)
    if (!values || cause.needs?.(evidence) === false) continue
    const others = index().causes.filter(
      ({ alternativeOf, needs }) => alternativeOf === cause.id && needs?.(evidence) !== false,
    )
    return [{ cause, values, isErrnoOpen }, ...others.map((other) => ({ cause: other, values, isErrnoOpen }))]
  }
  return []
}

/** @returns the cause of an end by a signal that the program could not speak about */
export const matchOfSignal = (signal: string): Match | null => {
  const cause = index().causes.find((one) => one.signal === signal)
  return cause ? { cause, values: {}, isErrnoOpen: false } : null
}
