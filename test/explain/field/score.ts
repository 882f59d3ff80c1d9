/**
 * Scores the explanations of public reports. A case says what a right answer must say and must not say,
 * as expressions over its texts; how a case is made: docs/explain.md.
 */
import { diagnose } from '../../../src/explain/diagnose.ts'
import type { Diagnosis } from '../../../src/explain/diagnosis.ts'

export interface FieldCase {
  readonly id: string
  /** Where the text was published. */
  readonly source: string
  readonly text: string
  readonly expected: string
  /** All of these stand in the texts of a right answer, upper and lower case alike. */
  readonly expected_regex?: readonly string[] | null
  /** All of these stand in the texts of the first explanation. */
  readonly first_regex?: readonly string[] | null
  /** None of these stands anywhere in a right answer: it would lead a person astray. */
  readonly must_not_regex?: readonly string[] | null
  readonly unknown_is_right?: boolean
}

export const verdicts = ['right', 'partly', 'unknown', 'misleading'] as const
type Verdict = (typeof verdicts)[number]

export interface Score {
  readonly id: string
  readonly verdict: Verdict
  readonly causes: readonly string[]
  /** Confidence of the first explanation, or null when there is none. */
  readonly confidence: Diagnosis['confidence'] | null
  /** Expressions that did not hold; "not: …" those that must not and did. */
  readonly missed: readonly string[]
}

const textsOf = ({ what, why, hint }: Diagnosis) => `${what}\n${why}\n${hint}\n`

/** What is printed where nothing was recognised (src/report/explain-text.ts). */
const nothing = 'This text holds no error, warning or command line of Cloud Hypervisor that chv-doctor knows.'

const holds = (source: string, text: string) => new RegExp(source, 'i').test(text)

/**
 * - right: every expectation holds;
 * - misleading: it says what it must not, or explains an error in words of which none is expected;
 * - unknown: nothing was recognised beyond where it happened;
 * - partly: the rest.
 */
export const scoreCase = (one: FieldCase): Score => {
  const found = diagnose(one.text)
  const [first] = found
  const all = first ? found.map(textsOf).join('') : nothing
  const expected = one.expected_regex ?? []
  const missing = expected.filter((source) => !holds(source, all))
  const missingFirst = (one.first_regex ?? []).filter((source) => !holds(source, first ? textsOf(first) : ''))
  const forbidden = (one.must_not_regex ?? []).filter((source) => holds(source, all))
  const isUnknown = found.every(({ cause }) => cause === 'unknown')
  const isOffTheMark =
    !isUnknown && first?.severity === 'error' && expected.length > 0 && missing.length === expected.length
  const verdict =
    forbidden.length > 0 || isOffTheMark
      ? 'misleading'
      : missing.length + missingFirst.length === 0
        ? 'right'
        : isUnknown
          ? 'unknown'
          : 'partly'
  return {
    id: one.id,
    verdict,
    causes: found.map(({ cause }) => cause),
    confidence: first?.confidence ?? null,
    missed: [
      ...missing,
      ...missingFirst.map((source) => `first: ${source}`),
      ...forbidden.map((source) => `not: ${source}`),
    ],
  }
}

export interface Table {
  readonly counts: Readonly<Record<Verdict, number>>
  /** First explanations that are errors and "certain", and how many of them belong to right answers. */
  readonly certain: number
  readonly certainRight: number
}

export const tableOf = (scores: readonly Score[]): Table => {
  const counts = { right: 0, partly: 0, unknown: 0, misleading: 0 }
  for (const { verdict } of scores) counts[verdict]++
  const certain = scores.filter(({ confidence }) => confidence === 'certain')
  return {
    counts,
    certain: certain.length,
    certainRight: certain.filter(({ verdict }) => verdict === 'right').length,
  }
}
