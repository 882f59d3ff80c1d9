/** Text in, explanations out: pure, so that the boot probe, `boot` and `explain` say the same. */
import type { Cause } from './cause.ts'
import { cleanLines } from './clean.ts'
import { type Failure, type Form, findFailures } from './failures.ts'
import { knowledge } from './knowledge/registry.ts'
import { compile, fill } from './patterns.ts'
import type { Confidence, Diagnosis, Layer } from './types.ts'
import { unknownFailure } from './unknown.ts'

interface Known extends Cause {
  readonly layer: Layer
  readonly patterns: readonly RegExp[]
}

let compiled: readonly Known[] | null = null

/** The expressions are made on first use: a hundred and more of them, and most runs of the program need none. */
const known = (): readonly Known[] => {
  compiled ??= knowledge.flatMap(([layer, causes]) =>
    causes.map((cause) => ({ ...cause, layer, patterns: (cause.says ?? []).map(compile) })),
  )
  return compiled
}

interface Match {
  readonly cause: Known
  readonly values: Readonly<Record<string, string | undefined>>
}

const matchOf = (cause: Known, { form, texts }: Failure): Match | null => {
  const lines = form === 'line' ? (cause.line ?? []) : []
  for (const text of texts) {
    for (const expression of [...cause.patterns, ...lines]) {
      const found = expression.exec(text)
      if (found) return { cause, values: found.groups ?? {} }
    }
  }
  return null
}

/** The first cause that fits, and the other readings of the same words. */
const matchesOf = (failure: Failure): readonly Match[] => {
  for (const cause of known()) {
    const isWarning = cause.severity === 'warning'
    if (failure.form !== 'line' && isWarning !== (failure.form === 'warning')) continue
    const match = matchOf(cause, failure)
    if (match) {
      const others = known().filter(({ likewise }) => likewise === cause.id)
      return [match, ...others.map((other) => ({ cause: other, values: match.values }))]
    }
  }
  return []
}

/** A single line without its surroundings proves less. */
const weakened = (confidence: Confidence): Confidence => (confidence === 'certain' ? 'likely' : confidence)

const confidenceOf = (failure: Failure, { cause }: Match, index: number, count: number): Confidence => {
  const said = cause.confidence ?? (count === 1 ? 'certain' : index === 0 ? 'likely' : 'possible')
  const loose = failure.form === 'line' && !cause.line
  return loose ? weakened(said) : said
}

const explained = (failure: Failure, match: Match, index: number, count: number): Diagnosis => {
  const { cause, values } = match
  return {
    cause: cause.id,
    layer: cause.layer,
    severity: cause.severity ?? 'error',
    what: fill(cause.what, values),
    why: fill(cause.why, values),
    hint: fill(cause.hint, values),
    check: cause.check ?? null,
    fix: cause.fix ?? null,
    reference: cause.reference,
    confidence: confidenceOf(failure, match, index, count),
    lines: failure.lines.map(({ number, text }) => ({ number, text })),
    times: 1,
  }
}

/** Whether this ended a run by itself; records of the log and loose lines accompany something. */
const ends = (form: Form): boolean => ['chain', 'debug', 'panic', 'usage'].includes(form)

interface Found {
  readonly diagnosis: Diagnosis
  /** Where in the output, and which of several causes. */
  readonly order: number
  readonly index: number
  readonly ending: boolean
}

/** The same cause again and again (several runs, a record beside its chain) is one explanation: the last. */
const merged = (found: readonly Found[]): readonly Found[] => {
  const groups = new Map<string, Found[]>()
  for (const one of found) {
    const key = `${one.diagnosis.cause}\n${one.diagnosis.what}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => {
    const endings = group.filter((one) => one.ending)
    const last = endings.at(-1) ?? group.at(-1)
    const times = Math.max(1, endings.length)
    return last ? [{ ...last, diagnosis: { ...last.diagnosis, times } }] : []
  })
}

const severities = ['error', 'warning', 'advice']

/** Errors before warnings, what ended a run before what went with it, and the last run first. */
const ranked = (found: readonly Found[]): readonly Diagnosis[] =>
  [...found]
    .sort(
      (a, b) =>
        severities.indexOf(a.diagnosis.severity) - severities.indexOf(b.diagnosis.severity) ||
        Number(b.ending) - Number(a.ending) ||
        b.order - a.order ||
        a.index - b.index,
    )
    .map((one) => one.diagnosis)

/** An errno without anything that we know is still worth a word, when there is nothing better. */
const remainder = (failures: readonly Failure[]): readonly Diagnosis[] => {
  const rest =
    failures.findLast(({ form }) => form === 'error-record') ??
    failures.findLast(({ form, texts }) => form === 'line' && /\(os error \d+\)/.test(texts[0] ?? ''))
  return rest ? [unknownFailure(rest)] : []
}

/** @returns the explanations of all failures in the output, most important first; empty when it tells of none */
export const diagnose = (output: string): readonly Diagnosis[] => {
  const failures = findFailures(cleanLines(output))
  const found = failures.flatMap((failure, order): Found[] => {
    const ending = ends(failure.form)
    const matches = matchesOf(failure)
    if (matches.length === 0) {
      return ending ? [{ diagnosis: unknownFailure(failure), order, index: 0, ending }] : []
    }
    return matches.map((match, index) => ({
      diagnosis: explained(failure, match, index, matches.length),
      order,
      index,
      ending: ending || match.cause.line !== undefined,
    }))
  })
  return found.some(({ diagnosis }) => diagnosis.severity === 'error')
    ? ranked(merged(found))
    : [...remainder(failures), ...ranked(merged(found))]
}
