/** Which explanations are consequences of others: the order of events in the text decides. */
import { weakened } from './diagnosis.ts'
import { isError } from './follow-up-rule.ts'
import { rules } from './follow-up-rules.ts'
import type { Found } from './ranking.ts'
import type { Failure } from './reading/failure.ts'

/** Pairs are compared; a text with more different explanations than this is no log of a few runs. */
const maxCandidates = 300

/** Whether an error of Cloud Hypervisor that is not known stands before it: it may be the reason. */
const isLed = ({ diagnosis }: Found, unmatched: readonly Failure[]): boolean =>
  unmatched.some(
    ({ form, lines }) =>
      form === 'error-record' && (lines[0]?.number ?? 0) < (diagnosis.lines[0]?.number ?? 0),
  )

/**
 * @param unmatched failures for which there is no cause
 * @returns the same explanations; consequences name their cause, and a warning from which an error
 *   follows is an error; what need not be the first cause is not certain
 */
export const withConsequences = (
  found: readonly Found[],
  unmatched: readonly Failure[] = [],
): readonly Found[] => {
  const causeOf = new Map<Found, Found>()
  const candidates = found.slice(0, maxCandidates)
  for (const later of candidates) {
    const first = candidates.find(
      (one) =>
        one !== later &&
        one.diagnosis.cause !== later.diagnosis.cause &&
        !causeOf.has(one) &&
        rules.some(
          (rule) =>
            (rule.anyOrder || (one.since < later.order && one.run === later.run)) &&
            rule.first(one) &&
            rule.later(later),
        ),
    )
    if (first) causeOf.set(later, first)
  }
  const promoted = new Set([...causeOf].filter(([later]) => isError(later)).map(([, first]) => first))
  return found.map((one) => {
    const follows = causeOf.get(one)?.diagnosis.cause ?? null
    const severity = promoted.has(one) ? 'error' : one.diagnosis.severity
    // What came first may be the whole reason: the usual reading of a consequence is then not forced.
    const isWeak = follows !== null || (isError(one) && isLed(one, unmatched))
    const confidence = isWeak ? weakened(one.diagnosis.confidence) : one.diagnosis.confidence
    return { ...one, diagnosis: { ...one.diagnosis, follows, severity, confidence } }
  })
}
