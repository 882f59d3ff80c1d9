/** Which causes a failure can have. */
import type { Cause } from './cause.ts'
import { familyIds, knowledge } from './causes/registry.ts'
import type { Layer } from './diagnosis.ts'
import { errnosIn } from './errno-words.ts'
import type { Evidence } from './evidence.ts'
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
import { placeOf } from './places.ts'
import type { Failure } from './reading/failure.ts'
import { embeddedError } from './reading/forms.ts'
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
  /** In the order in which they are tried. */
  readonly place: number
  readonly cause: Known
  readonly matcher: Matcher
  /** Whether it is for loose lines only. */
  readonly isLine: boolean
  readonly isErrnoOpen: boolean
}

interface Index {
  readonly causes: readonly Known[]
  /** By the first characters: words, and what needs them. */
  readonly byKey: ReadonlyMap<string, ReadonlyMap<string, readonly Entry[]>>
  /** By a hash of four characters, whether a key may begin there: most characters of a text are passed over so. */
  readonly mayBegin: Uint8Array
  /** Entries without such words, in order: these are always tried. */
  readonly always: readonly Entry[]
}

const hashBits = 18

/** The last four characters of a text that is read on by one; anything before them is shifted out. */
const readOn = (window: number, code: number): number => (window << 8) ^ code

/** In integers throughout: it is done for each character. */
const hashOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> (32 - hashBits)

const patternsOf = (cause: Known): readonly (readonly [pattern: Pattern, isLine: boolean])[] => [
  // Patterns that name more stand first.
  ...(cause.patterns ?? []).map((pattern) => [pattern, false] as const),
  ...[...(cause.line ?? []), ...(cause.signal ? signalLines(cause.signal) : [])].map(
    (expression) => [[expression], true] as const,
  ),
]

const makeIndex = (): Index => {
  const causes = knowledge.flatMap(([layer, list]) => list.map((cause): Known => ({ ...cause, layer })))
  const byKey = new Map<string, Map<string, Entry[]>>()
  const always: Entry[] = []
  let place = 0
  for (const cause of causes) {
    for (const [pattern, isLine] of patternsOf(cause)) {
      const words = wordsOf(pattern)
      const entry = {
        place: place++,
        cause,
        matcher: compile(pattern),
        isLine,
        isErrnoOpen: cause.errnos === undefined && !namesErrno(pattern),
      }
      if (words === null) always.push(entry)
      for (const word of words ?? []) {
        const key = word.slice(0, keyLength)
        const needing = byKey.get(key) ?? new Map<string, Entry[]>()
        byKey.set(key, needing.set(word, [...(needing.get(word) ?? []), entry]))
      }
    }
  }
  const mayBegin = new Uint8Array(1 << hashBits)
  for (const key of byKey.keys()) {
    let window = 0
    for (let at = 0; at < keyLength; at++) window = readOn(window, key.charCodeAt(at))
    mayBegin[hashOf(window)] = 1
  }
  return { causes, byKey, mayBegin, always }
}

let made: Index | null = null

/** Made on first use: there are hundreds of patterns, and most runs of the program need none. */
const index = (): Index => {
  made ??= makeIndex()
  return made
}

/** @returns both lists as one, each in order */
const merged = (found: readonly Entry[], always: readonly Entry[]): readonly Entry[] => {
  const inOrder: Entry[] = []
  let next = 0
  for (const entry of found) {
    for (let other = always[next]; other && other.place < entry.place; other = always[++next])
      inOrder.push(other)
    inOrder.push(entry)
  }
  return inOrder.concat(always.slice(next))
}

/** @returns the entries whose words stand somewhere in the texts, in the order in which they are tried */
const candidates = (texts: readonly string[]): readonly Entry[] => {
  const { byKey, mayBegin, always } = index()
  const found = new Set<Entry>()
  for (const text of texts) {
    const lower = text.toLowerCase()
    let window = 0
    for (let end = 1; end <= lower.length; end++) {
      window = readOn(window, lower.charCodeAt(end - 1))
      if (mayBegin[hashOf(window)] === 0 || end < keyLength) continue
      const at = end - keyLength
      for (const [word, needing] of byKey.get(lower.slice(at, end)) ?? []) {
        if (lower.startsWith(word, at)) for (const entry of needing) found.add(entry)
      }
    }
  }
  // Most lines have few: sorting them together with those that are always tried takes longer than all the rest.
  const inOrder = [...found].sort((a, b) => a.place - b.place)
  return merged(inOrder, always)
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

/** How a message begins that was pasted without what stood around it: prose uses the words of families, too. */
const messageHead =
  /^\s{0,16}(?:\d{1,2}: )?(?:Error|Failed|Failure|Cannot|Can't|Could not|Couldn't|Unable|Invalid|Missing|Unknown|Unsupported|No|Not|The|\w+(?:-\w+)? (?:device|file|driver|backend)) |\(os error \d{1,3}\)|^\s{0,16}\d{1,2}: [A-Z]| › /

const isMessage = ([text = '']: readonly string[]): boolean => debugValue.test(text) || messageHead.test(text)

/** Layers of which a thread serves one alone. */
const served: readonly Layer[] = ['disk', 'network', 'console', 'memory', 'cpu']

/** Whether the thread that wrote a record serves a device of another layer: words alone do not outweigh that. */
const isOfOtherThread = ({ layer }: Known, { lines: [line] }: Failure): boolean => {
  if (!line?.thread?.startsWith('_') || !served.includes(layer)) return false
  const place = placeOf('', line.thread)
  return served.includes(place.layer) && place.layer !== layer
}

/** Whether a cause is looked for in this form: a warning is no error, and what ends a run is no warning. */
const suits = ({ cause, isLine }: Entry, failure: Failure): boolean => {
  const { id, severity = 'error', anyLevel, onlyOurs } = cause
  const { form, texts, isForeign } = failure
  const isWarning = severity === 'warning' || severity === 'note'
  // A panic is a defect wherever it happened, unless its message is an ordinary error.
  if (form === 'panic' && familyIds.has(id) && !texts.some((text) => embeddedError.test(text))) return false
  if (isForeign && (onlyOurs || familyIds.has(id))) return false
  if (form === 'line' && familyIds.has(id) && !isMessage(texts)) return false
  if (familyIds.has(id) && isOfOtherThread(cause, failure)) return false
  if (form === 'line') return onlyOurs !== true || debugValue.test(texts[0] ?? '')
  if (isLine) return false
  if (form === 'warning') return isWarning || anyLevel === true
  return form === 'error-record' || !isWarning
}

/** @returns whether a cause stands for one of the errnos that a text names, where it names any */
const fitsErrnos = ({ errnos }: Cause, named: readonly number[]): boolean =>
  errnos === undefined || named.length === 0 || named.some((number) => errnos.includes(number))

/** How strace and gdb tell of a signal, of whatever program they follow. */
const traceOfSignal =
  /^(?:\[pid +\d+[^\]]{0,40}\] )?(?:--- SIG[A-Z]|\+\+\+ killed by )|^(?:Program|Thread \d.{0,60}) received signal /
const namesUs = /cloud-?hyperv|\bch-remote\b|\bvmm\b|\bvcpu\d|\bKVM_[A-Z]|seccomp|panicked at/i

/** Whether a trace shows the end of a program that nothing shows to be ours. */
const isTraceOfOther = ({ signal }: Cause, { texts: [text = ''] }: Failure, { says }: Evidence): boolean =>
  signal !== undefined && traceOfSignal.test(text) && !says(namesUs)

/** No message is as long; what is has no line ends because it is no text. */
const maxLineLength = 2000

/** @returns the first cause that fits, and the other readings of the same words behind it */
export const matchesOf = (failure: Failure, evidence: Evidence): readonly Match[] => {
  if (failure.form === 'line' && (failure.texts[0]?.length ?? 0) > maxLineLength) return []
  const subjects = failure.texts.map(subjectOf)
  let named: readonly number[] | null = null
  const stands = (cause: Cause): boolean => {
    if (cause.errnos === undefined) return true
    named ??= errnosIn(failure.texts.join('\n'))
    return fitsErrnos(cause, named)
  }
  for (const entry of candidates(failure.texts)) {
    if (!suits(entry, failure)) continue
    const { cause, matcher, isErrnoOpen } = entry
    // The chain may have what the Debug text lacks.
    const values = firstOf(subjects, matcher)
    if (!values || !stands(cause) || cause.needs?.(evidence) === false) continue
    if (isTraceOfOther(cause, failure, evidence)) continue
    const others = index().causes.filter(
      (other) => other.alternativeOf === cause.id && stands(other) && other.needs?.(evidence) !== false,
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
