/** Reads reports that `check --format json` wrote, on hosts that need not be trusted. */
import { type Report, type Status, summarize } from '../contract/report.ts'
import { UsageError } from '../util/errors.ts'
import { isMap } from '../util/json.ts'

/** What a merge uses of a report; the rest of the file is not looked at. */
export type ReadReport = Pick<Report, 'version' | 'host' | 'startedAt' | 'results' | 'summary'> & {
  readonly guest: number
}

const statuses: readonly unknown[] = ['ok', 'warn', 'fail', 'skip', 'unknown'] satisfies readonly Status[]

const id = /^[a-z][a-z0-9-]{0,99}$/
const code = /^[a-z][a-z0-9-]{0,99}\/[a-z][a-z0-9-]{0,99}$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

const isText = (value: unknown): value is string => typeof value === 'string'
const isAbsentOr = (value: unknown, is: (value: unknown) => boolean) => value === undefined || is(value)
const matches = (pattern: RegExp) => (value: unknown) => isText(value) && pattern.test(value)

/** Each field of a result that is used, and what it must be. */
const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: matches(id),
  title: isText,
  group: isText,
  status: (value) => statuses.includes(value),
  code: (value) => isAbsentOr(value, matches(code)),
  found: (value) => isAbsentOr(value, isText),
  expected: (value) => isAbsentOr(value, isText),
  reason: (value) => isAbsentOr(value, isText),
  hint: (value) => isAbsentOr(value, isText),
  path: (value) => isAbsentOr(value, isText),
  blockedBy: (value) => isAbsentOr(value, matches(id)),
  ownStatus: (value) => isAbsentOr(value, (one) => statuses.includes(one)),
  fix: (value) => isAbsentOr(value, (one) => isMap(one) && matches(id)(one.id)),
}

const checked = Object.entries(fields)

/** What is wrong with a result, or null. */
const faultOf = (result: unknown, index: number): string | null => {
  if (!isMap(result)) return `item ${index + 1} of its "results" is no object`
  const wrong = checked.find(([name, isRight]) => !isRight(result[name]))
  return wrong ? `"${wrong[0]}" of item ${index + 1} of its "results" is missing or wrong` : null
}

/** The most that a host can have: with checks of one's own it is some dozens. */
const maxResults = 2000

const parsed = (where: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where}: not valid JSON; \`chv-doctor check --format json\` writes reports.`, {
      cause: error,
    })
  }
}

/** What is wrong with a report outside of its results, or null. */
const faultOfHead = (value: Readonly<Record<string, unknown>>): string | null => {
  if (!isText(value.version)) return '"version" is missing or wrong'
  if (value.host !== null && !(isText(value.host) && value.host !== '')) return '"host" is missing or wrong'
  if (value.startedAt !== null && !matches(instant)(value.startedAt)) return '"startedAt" is missing or wrong'
  if (!isMap(value.profile) || !isAbsentOr(value.profile.guest, Number.isSafeInteger))
    return '"profile" is missing or wrong'
  if (!Array.isArray(value.results)) return '"results" is missing or wrong'
  return value.results.length > maxResults ? `it has more than ${maxResults} results` : null
}

/**
 * @param where begins the sentence about a fault: the name of the file
 * @throws UsageError for anything but a report of this version
 */
export const parseReport = (where: string, text: string): ReadReport => {
  const value = parsed(where, text)
  if (!isMap(value) || value.schema !== ('chv-doctor/report/2' satisfies Report['schema']))
    throw new UsageError(
      `${where}: not a report of this version ("schema": "chv-doctor/report/2" is missing).`,
    )
  const fault = faultOfHead(value) ?? (value.results as unknown[]).map(faultOf).find((one) => one !== null)
  if (fault) throw new UsageError(`${where}: ${fault}.`)
  const { version, host, startedAt, results, profile } = value as unknown as Report
  return { version, host, startedAt, results, guest: profile.guest ?? 1, summary: summarize(results) }
}
