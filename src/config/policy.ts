/** The keys of the configuration that change what counts: `ignore` and `severity`. */
import { isMap } from '../util/json.ts'

/** Why a check or finding is left out, and until when. */
export interface Exception {
  readonly reason: string
  /** The last day on which it counts, as YYYY-MM-DD in UTC; null: without end. */
  readonly until: string | null
}

type Read<T> = { readonly value: T } | { readonly wrong: string }

const show = (raw: unknown): string => (typeof raw === 'string' ? `"${raw}"` : JSON.stringify(raw))

/** Whether a text is a day that exists: `Date` takes 2026-02-30 for 2 March. */
const isDay = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)

const readException = (id: string, raw: unknown): Read<Exception> => {
  const { reason, until = null, ...rest } = isMap(raw) ? raw : { reason: raw }
  if (typeof reason !== 'string' || reason.trim() === '')
    return { wrong: `gives no reason for "${id}"; write one, so that it is not forgotten` }
  if (until !== null && !isDay(until))
    return { wrong: `has ${show(until)} as the end of "${id}"; give a day such as 2027-01-31` }
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) return { wrong: `has "${unknown}" for "${id}"; give reason and until` }
  return { value: { reason, until } }
}

/** @returns the exceptions by id or code, or the end of a sentence that starts with the name of the key */
export const parseExceptions = (raw: unknown): Read<Readonly<Record<string, Exception>>> => {
  if (!isMap(raw)) return { wrong: `is ${show(raw)}; give a map of check ids to reasons` }
  const read = Object.entries(raw).map(([id, one]) => [id, readException(id, one)] as const)
  for (const [, one] of read) if ('wrong' in one) return one
  return { value: Object.fromEntries(read.flatMap(([id, one]) => ('value' in one ? [[id, one.value]] : []))) }
}

/** What a finding may count as. */
export const severities = ['warn', 'fail'] as const
export type Severity = (typeof severities)[number]

/** @returns the severities by code, or the end of a sentence that starts with the name of the key */
export const parseSeverities = (raw: unknown): Read<Readonly<Record<string, Severity>>> => {
  if (!isMap(raw)) return { wrong: `is ${show(raw)}; give a map of finding codes to warn or fail` }
  const wrong = Object.entries(raw).find(([, one]) => !(severities as readonly unknown[]).includes(one))
  return wrong
    ? { wrong: `has ${show(wrong[1])} for "${wrong[0]}"; give warn or fail` }
    : { value: raw as Record<string, Severity> }
}
