/** Weighs explanations by what the checks find here: the cause whose check fails comes first. */
import type { Result } from '../report/report.ts'
import type { Confidence, Diagnosis } from './types.ts'

/** A diagnosis with what its check finds on this host. */
export interface Weighed extends Diagnosis {
  readonly host: Result | null
  /** Whether the finding speaks for this cause; null when it says nothing about it. */
  readonly agrees: boolean | null
}

const agreement = (diagnosis: Diagnosis, result: Result): boolean | null => {
  if (result.status === 'unknown' || result.status === 'skip') return null
  if (result.status === 'ok') return false
  return diagnosis.confirmed === null || new RegExp(diagnosis.confirmed).test(result.found ?? '')
}

/** What the check says can make a guess better or worse; what the text says for certain stays. */
const confidenceOf = ({ confidence }: Diagnosis, agrees: boolean | null): Confidence => {
  if (confidence === 'certain' || agrees === null) return confidence
  return agrees ? 'certain' : 'possible'
}

const order = (agrees: boolean | null) => (agrees === null ? 1 : agrees ? 0 : 2)

/** Explanations of the same lines are readings of one failure; only among those the host decides. */
const sameFailure = (a: Diagnosis, b: Diagnosis) =>
  a.severity === 'error' && b.severity === 'error' && a.lines[0]?.number === b.lines[0]?.number

/** @param results of the checks that the diagnoses name; those of others are ignored */
export const weigh = (diagnoses: readonly Diagnosis[], results: readonly Result[]): readonly Weighed[] => {
  const byId = new Map(results.map((result) => [result.id, result]))
  const weighed = diagnoses.map((diagnosis): Weighed => {
    const host = (diagnosis.check && byId.get(diagnosis.check)) || null
    const agrees = host ? agreement(diagnosis, host) : null
    return {
      ...diagnosis,
      host,
      agrees,
      confidence: confidenceOf(diagnosis, agrees),
      fix: host?.fix ?? diagnosis.fix,
    }
  })
  const sorted: Weighed[] = []
  for (const one of weighed) {
    const start = sorted.findIndex((other) => sameFailure(one, other))
    if (start < 0) sorted.push(one)
    else {
      let at = start
      while (at < sorted.length && order(sorted[at]?.agrees ?? null) <= order(one.agrees)) at++
      sorted.splice(at, 0, one)
    }
  }
  // A doubt about the command that the host dispels is none.
  return sorted.filter(
    ({ severity, agrees, confidence }) =>
      severity !== 'advice' || agrees !== false || confidence === 'certain',
  )
}
