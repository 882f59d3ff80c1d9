/** Many reports on one page: which hosts, which findings, which fix, and what changed. */
import type { Status } from './report.ts'

/** Worst first: the order in which hosts and findings are shown. */
export const hostStates = ['fail', 'unknown', 'warn', 'ok'] as const
export type HostState = (typeof hostStates)[number]

export type FoundStatus = Exclude<HostState, 'ok'>

export interface HostFinding {
  readonly code: string
  readonly status: FoundStatus
  readonly found: string
  readonly expected?: string
  readonly path?: string
}

export interface MergedHost {
  /** The name of the host, and its guest where that is not the first. */
  readonly name: string
  /** The file of its report. */
  readonly file: string
  readonly version: string
  readonly startedAt: string | null
  /** The worst status of its checks. */
  readonly state: HostState
  readonly summary: Readonly<Record<Status, number>>
  /** Worst first. */
  readonly findings: readonly HostFinding[]
  /** How many findings a policy left out. */
  readonly accepted: number
}

/** One finding, on all hosts that have it. */
export interface MergedFinding {
  readonly code: string
  readonly check: string
  readonly title: string
  /** The worst on any host. */
  readonly status: FoundStatus
  /** As most hosts word it. */
  readonly found: string
  readonly expected?: string
  /** What only a person can do about it, as most hosts word it. */
  readonly hint?: string
  /** The id of the fix that repairs it. */
  readonly fix?: string
  readonly hosts: readonly string[]
}

export interface MergedFix {
  readonly id: string
  readonly command: string
  readonly findings: readonly string[]
  /** Hosts on which it repairs a failure. */
  readonly hosts: readonly string[]
  /** Those of them that have no other failure. */
  readonly wholly: readonly string[]
}

export interface CodeOnHosts {
  readonly code: string
  readonly hosts: readonly string[]
}

/** Since a former merge. */
export interface MergeChanges {
  readonly since: string
  readonly appeared: readonly CodeOnHosts[]
  readonly gone: readonly CodeOnHosts[]
  readonly newHosts: readonly string[]
  readonly missingHosts: readonly string[]
}

export interface Merge {
  readonly schema: 'chv-doctor/merge/1'
  readonly version: string
  /** ISO 8601, in UTC. */
  readonly madeAt: string
  readonly states: Readonly<Record<HostState, number>>
  readonly hosts: readonly MergedHost[]
  readonly findings: readonly MergedFinding[]
  readonly fixes: readonly MergedFix[]
  /** Null where no former merge was given. */
  readonly changes: MergeChanges | null
  /** Files that a later report of the same host replaces. */
  readonly replaced: readonly string[]
}
