/** Which explanation comes first, and which of them are one. */
import { type Diagnosis, severities } from './diagnosis.ts'
import type { Phase } from './evidence.ts'
import type { Form } from './reading/failure.ts'

export interface Found {
  readonly diagnosis: Diagnosis
  /** Where in the output: of the last occurrence, once occurrences are merged. */
  readonly order: number
  /** Of the first occurrence. */
  readonly since: number
  /** How many runs of the program ended before it. */
  readonly run: number
  /** Which of several readings of the same words. */
  readonly index: number
  /** Whether it ended a run. */
  readonly ending: boolean
  readonly form: Form
  readonly phase: Phase
}

/** Of these the later ones of a run come from the first. */
const firstTells: ReadonlySet<string> = new Set([
  'guest-kernel-panic',
  'kernel-stack',
  // systemd says what it could not do, then at which step that was, then with which status.
  'unit-namespace-failed',
  'unit-directory-missing',
  'unit-limit-refused',
  'unit-output-refused',
  'unit-own-directory-failed',
])

/** A device, a file, a label: what a person looks for next. */
const namesObject = /(?:^|[\s'"`(=:])\/[\w.-]+\/[\w./:-]*\w|\b(?:PART)?(?:UUID|LABEL)=[\w-]/

/** @returns the last line of those that name something, else the last of all */
const lastNaming = (group: readonly Found[]): Found | undefined =>
  (group.every(({ form }) => form === 'line')
    ? group.findLast(({ diagnosis }) => namesObject.test(diagnosis.lines[0]?.text ?? ''))
    : undefined) ?? group.at(-1)

/** The same cause again and again (several runs, a record beside its chain) is one explanation: the last. */
export const merged = (found: readonly Found[]): readonly Found[] => {
  const groups = new Map<string, Found[]>()
  for (const one of found) {
    const key = `${one.diagnosis.cause}\n${one.diagnosis.cause === 'unknown' ? one.diagnosis.what : ''}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()].flatMap((group) => {
    const endings = group.filter((one) => one.ending)
    const last = firstTells.has(group[0]?.diagnosis.cause ?? '')
      ? group[0]
      : lastNaming(endings.length > 0 ? endings : group)
    if (!last) return []
    // A record may name what the chain beside it does not (the socket, the disk).
    const values: Record<string, string> = {}
    for (const one of [...group, last]) Object.assign(values, one.diagnosis.values)
    return [
      {
        ...last,
        since: group.reduce((least, one) => Math.min(least, one.since), last.since),
        diagnosis: { ...last.diagnosis, values, times: Math.max(1, endings.length) },
      },
    ]
  })
}

/** Errors before warnings, first causes before consequences, what ended a run before what went with it, the last run first; warnings as they came. */
export const ranked = (found: readonly Found[]): readonly Diagnosis[] =>
  [...found]
    .sort(
      (a, b) =>
        severities.indexOf(a.diagnosis.severity) - severities.indexOf(b.diagnosis.severity) ||
        Number(a.diagnosis.follows !== null) - Number(b.diagnosis.follows !== null) ||
        Number(b.ending) - Number(a.ending) ||
        (a.diagnosis.severity === 'error' ? b.order - a.order : a.order - b.order) ||
        a.index - b.index,
    )
    .map((one) => one.diagnosis)
