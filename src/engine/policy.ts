/** What the flags of `check` make of results: `--require` and `--baseline`. */
import { exitCodeOf, type Report, type Result, type Status, summarize } from '../contract/report.ts'
import type { Baseline } from './baseline.ts'

export interface RunPolicy {
  /** Ids of checks that must have looked; neither `ignore` nor the baseline helps them. */
  readonly required: readonly string[]
  /** What was found before, or null. */
  readonly baseline: Baseline | null
}

/** How bad a status is; what a policy left out is no worse than what is in order. */
const badness: Readonly<Record<Status, number>> = { ok: 0, skip: 0, warn: 1, unknown: 2, fail: 3 }

/** A skip or an unknown result of a required check as a failure. */
const counted = (result: Result): Result => {
  const { id, status, code, found, reason = '' } = result
  if (status !== 'skip' && status !== 'unknown') return result
  const { blockedBy: _, ...rest } = result
  return {
    ...rest,
    status: 'fail',
    code: code ?? `${id}/required`,
    found: `required, but ${found ?? reason}`,
    expected: 'a check that looked at the host',
    ownStatus: result.ownStatus ?? status,
    changedBy: 'require',
  }
}

/** A finding that was there before, and was not better then. */
const known = (result: Result, { findings }: Baseline): Result => {
  const { id, title, group, status, code, found, reason, ownStatus, durationMs } = result
  const before = code === undefined ? undefined : findings.get(code)
  if (code === undefined || before === undefined || status === 'skip') return result
  if (badness[status] > badness[before]) return result
  return {
    id,
    title,
    group,
    status: 'skip',
    code,
    reason: `known: ${found ?? reason ?? ''}`,
    ownStatus: ownStatus ?? status,
    changedBy: 'baseline',
    durationMs,
  }
}

const applyPolicy = (results: readonly Result[], { required, baseline }: RunPolicy): readonly Result[] =>
  results.map((result) => {
    if (required.includes(result.id)) return counted(result)
    return baseline === null ? result : known(result, baseline)
  })

/**
 * @param report as the checks and the configuration made it
 * @param strict whether warnings matter to the exit code
 */
export const underPolicy = (report: Report, policy: RunPolicy, strict: boolean): Report => {
  const results = applyPolicy(report.results, policy)
  const summary = summarize(results)
  return { ...report, results, summary, exitCode: exitCodeOf(summary, strict) }
}
