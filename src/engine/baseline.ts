/** Findings that were there before: a run under a baseline fails only on what is new. */
import type { Result, Status } from '../contract/report.ts'
import { UsageError } from '../util/errors.ts'
import { isMap } from '../util/json.ts'
import { jsonText } from '../util/printable.ts'

const baselineSchema = 'chv-doctor/baseline/1'

/** A baseline holds statuses that count; a skip or ok is no finding. */
export type FoundStatus = Exclude<Status, 'ok' | 'skip'>

export interface Baseline {
  /** The status of each finding by its code; unknown results have codes, too. */
  readonly findings: ReadonlyMap<string, FoundStatus>
}

const foundStatuses: readonly unknown[] = ['warn', 'fail', 'unknown']

const codePattern = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/

/**
 * @param where begins the sentence about a fault: "--baseline FILE"
 * @throws UsageError for anything but a baseline of this version
 */
export const parseBaseline = (where: string, text: string): Baseline => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where}: not valid JSON; --update-baseline writes one.`, { cause: error })
  }
  if (!isMap(value) || value.schema !== baselineSchema || !isMap(value.findings))
    throw new UsageError(
      `${where}: not a baseline of this version ("schema": "${baselineSchema}" is missing).`,
    )
  const entries = Object.entries(value.findings)
  const wrong = entries.find(([code, status]) => !codePattern.test(code) || !foundStatuses.includes(status))
  if (wrong)
    throw new UsageError(
      `${where}: "${wrong[0]}" in its "findings" is no code of a finding with warn, fail or unknown.`,
    )
  return { findings: new Map(entries as [string, FoundStatus][]) }
}

const isFound = (status: Status): status is FoundStatus => foundStatuses.includes(status)

/** Whether this run says nothing about what was there before: the check was blocked, not read, or not run. */
const isOpen = (result: Result | undefined): boolean =>
  result === undefined || result.blockedBy !== undefined || result.status === 'unknown'

/**
 * @param results of the run, before a baseline was applied to them
 * @returns what is there now, with the earlier findings of checks that this run could not decide about
 */
export const updated = (before: Baseline | null, results: readonly Result[]): Baseline => {
  const byId = new Map(results.map((result) => [result.id, result]))
  const kept = [...(before?.findings ?? [])].filter(([code]) =>
    isOpen(byId.get(code.slice(0, code.indexOf('/')))),
  )
  const now = results.flatMap(({ code, status }) =>
    code !== undefined && isFound(status) ? [[code, status] as const] : [],
  )
  return { findings: new Map([...kept, ...now].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** @returns the text of a baseline file (docs/baseline.schema.json), in the order of the codes */
export const baselineText = ({ findings }: Baseline): string =>
  jsonText({ schema: baselineSchema, findings: Object.fromEntries(findings) })

/** @returns the codes that were found before, by checks that looked and do not find them now */
export const goneFrom = (before: Baseline, results: readonly Result[]): readonly string[] => {
  const after = updated(before, results)
  return [...before.findings.keys()].filter((code) => !after.findings.has(code))
}
