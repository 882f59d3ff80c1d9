/** The one result of a check run; every renderer and the exit code are made from it. */

import type { Config } from '../config/keys.ts'
import { exit } from '../util/errors.ts'
import type { Json } from '../util/json.ts'
import type { FixCall } from './fix-args.ts'

export type Status = 'ok' | 'warn' | 'fail' | 'skip' | 'unknown'

/** What may change a status after the check has decided: keys of the configuration, flags of `check`. */
type Policy = 'profile' | 'ignore' | 'severity' | 'require' | 'baseline'

export interface Result {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly status: Status
  /** Of a finding, an unknown result or an ignored finding: `tap-device/foreign-owner`. */
  readonly code?: string
  /** The data of a finding, from which its texts are written. */
  readonly values?: Readonly<Record<string, Json>>
  readonly found?: string
  readonly expected?: string
  /** The file that a finding is about. */
  readonly path?: string
  /** Why it was skipped or could not be determined. */
  readonly reason?: string
  /** The failed check that makes this one meaningless; its status is then `skip`. */
  readonly blockedBy?: string
  readonly fix?: FixCall
  readonly hint?: string
  /** The status before a policy changed it; absent where none did. */
  readonly ownStatus?: Status
  /** The policy that changed the status last. */
  readonly changedBy?: Policy
  /** The entry of `ignore` that is about it, in force or not. */
  readonly exception?: { readonly reason: string; readonly until: string | null; readonly expired: boolean }
  readonly durationMs: number
}

export interface Report {
  readonly schema: 'chv-doctor/report/2'
  readonly version: string
  /** The name of the host; null where recorded facts were judged, which name none. */
  readonly host: string | null
  /** When the run started, as ISO 8601 in UTC; null where recorded facts were judged. */
  readonly startedAt: string | null
  readonly profile: {
    readonly boot: Config['boot']
    readonly network: Config['network']
    readonly image: string
    /** Which of several guests this is about; absent for the first. */
    readonly guest?: number
  }
  readonly configFile: string | null
  readonly results: readonly Result[]
  readonly summary: Readonly<Record<Status, number>>
  readonly durationMs: number
  readonly exitCode: number
  /** The command that starts the guest; null while something fails. */
  readonly bootCommand: readonly string[] | null
}

/** Something to consider: a finding that counts as ok. */
export const isAdvice = ({ status, code }: Pick<Result, 'status' | 'code'>): boolean =>
  status === 'ok' && code !== undefined

/** Counts the results by status. */
export const summarize = (results: readonly Result[]): Record<Status, number> => {
  const summary = { ok: 0, warn: 0, fail: 0, skip: 0, unknown: 0 }
  for (const { status } of results) summary[status]++
  return summary
}

/** The exit code of a check run (docs/exit-codes.md): the worst thing that is certain comes first. */
export const exitCodeOf = (summary: Readonly<Record<Status, number>>, strict: boolean): number => {
  if (summary.fail > 0) return exit.failed
  if (summary.unknown > 0) return exit.undetermined
  return strict && summary.warn > 0 ? exit.warnings : exit.healthy
}
