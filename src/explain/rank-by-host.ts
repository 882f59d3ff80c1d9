/** Weighs explanations by what the checks find here: the cause whose check fails comes first. */
import type { Config } from '../config/keys.ts'
import type { AnyCheck } from '../contract/check.ts'
import type { Result } from '../contract/report.ts'
import type { Confidence, Diagnosis } from './diagnosis.ts'

/** A diagnosis with what its check finds on this host. */
export interface Ranked extends Diagnosis {
  readonly host: Result | null
  /** Whether the finding speaks for this cause; null when it says nothing about it. */
  readonly agrees: boolean | null
  /** The command that repairs it here, as words; null where there is none. */
  readonly repair: readonly string[] | null
}

type DeclaredCheck = Pick<AnyCheck, 'id' | 'looksAt' | 'settings' | 'userFiles'>

/** What was looked at: the configuration of the command in the output, and the one of this host. */
export interface HostFindings {
  readonly results: readonly Result[]
  /** What the checks behind the results declare about their objects and fixes. */
  readonly checks: readonly DeclaredCheck[]
  readonly config: Config
  readonly configured: Config
  /** Keys of `config` whose object the text names; without it, all are. */
  readonly named?: ReadonlySet<keyof Config>
}

/** A check that looked at another thing than the text is about, or at nothing, is no evidence. */
const agreement = (diagnosis: Diagnosis, result: Result, { checks, named }: HostFindings): boolean | null => {
  const object = checks.find(({ id }) => id === result.id)?.looksAt
  if (named && object && !named.has(object)) return null
  if (result.status === 'unknown' || result.status === 'skip') return null
  // Only a check that could have confirmed this cause can speak against it.
  if (result.status === 'ok') {
    return diagnosis.severity === 'advice' || diagnosis.confirmedBy.length > 0 ? false : null
  }
  if (result.code !== undefined && diagnosis.confirmedBy.includes(result.code)) return true
  // Another fault of the same thing decides between readings of one error, but dispels no doubt.
  return diagnosis.severity === 'advice' || diagnosis.confirmedBy.length === 0 ? null : false
}

/** What the check says can make a guess better or worse; what the text says for certain stays. */
const confidenceOf = ({ confidence }: Diagnosis, agrees: boolean | null): Confidence => {
  if (confidence === 'certain' || agrees === null) return confidence
  return agrees ? 'certain' : 'possible'
}

const repairOf = (
  host: Result | null,
  agrees: boolean | null,
  looked: HostFindings,
): readonly string[] | null => {
  if (!host?.fix || !agrees) return null
  const { settings = [], userFiles = [] } = looked.checks.find(({ id }) => id === host.id) ?? {}
  const differs = (key: keyof Config) => looked.config[key] !== looked.configured[key]
  if (userFiles.some(differs)) return null
  const sets = settings.filter(differs)
  return ['chv-doctor', 'fix', host.id, ...sets.flatMap((key) => ['--set', `${key}=${looked.config[key]}`])]
}

const order = (agrees: boolean | null) => (agrees === null ? 1 : agrees ? 0 : 2)

/** Explanations of the same lines are readings of one failure; only among those the host decides. */
export const sameFailure = (a: Diagnosis, b: Diagnosis): boolean =>
  a.severity === 'error' && b.severity === 'error' && a.lines[0]?.number === b.lines[0]?.number

/** @returns the diagnoses with what the host says, in the order that it suggests; doubts that it dispels are left out */
export const rankByHost = (diagnoses: readonly Diagnosis[], looked: HostFindings): readonly Ranked[] => {
  const byId = new Map(looked.results.map((result) => [result.id, result]))
  const weighed = diagnoses.map((diagnosis): Ranked => {
    const host = (diagnosis.check && byId.get(diagnosis.check)) || null
    const agrees = host ? agreement(diagnosis, host, looked) : null
    return {
      ...diagnosis,
      fix: (agrees && host?.fix) || diagnosis.fix,
      confidence: confidenceOf(diagnosis, agrees),
      host,
      agrees,
      repair: repairOf(host, agrees, looked),
    }
  })
  const sorted: Ranked[] = []
  for (const one of weighed) {
    let at = sorted.findIndex((other) => sameFailure(one, other))
    if (at < 0) at = sorted.length
    for (let other = sorted[at]; other && sameFailure(one, other); other = sorted[++at]) {
      if (order(one.agrees) < order(other.agrees)) break
    }
    sorted.splice(at, 0, one)
  }
  return sorted.filter(
    ({ severity, agrees, confidence }) =>
      severity !== 'advice' || agrees !== false || confidence === 'certain',
  )
}
