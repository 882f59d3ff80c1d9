/** What a verified boot came to, as data: rendered as text and as JSON (docs/boot.schema.json). */
import type { FixCall } from '../contract/fix-args.ts'
import type { Milestone } from './milestones.ts'

export interface TimelineEntry {
  readonly step: Milestone | 'off'
  /** `passed`: a later one was seen, this one was not; `unasked`: it could not be tried. */
  readonly state: 'reached' | 'missing' | 'passed' | 'unasked'
  /** Milliseconds since the start; null unless reached. */
  readonly atMs: number | null
  /** Milliseconds since the step before it that was reached. */
  readonly tookMs: number | null
  readonly note?: string
}

/** Why a guest did not come up, or not wholly. */
export interface BootCause {
  /** Stable: an id of docs/boot.md, or of an explanation (docs/causes.md) when Cloud Hypervisor failed. */
  readonly id: string
  /** One sentence. */
  readonly what: string
  readonly why: string
  readonly hint: string
  readonly check?: string
  readonly fix?: FixCall
}

export const ways = ['power-button', 'shutdown-vmm', 'SIGTERM', 'SIGKILL', 'itself'] as const

export interface PowerOff {
  /** What ended it: `itself` when it had ended before anybody asked. */
  readonly by: (typeof ways)[number]
  readonly tookMs: number
}

export interface Outcome {
  readonly schema: 'chv-doctor/boot/1'
  readonly version: string
  /** The guest came up, answered, and switched itself off when it was asked to. */
  readonly ok: boolean
  /** Empty when it was not even composed. */
  readonly command: readonly string[]
  /** The release of Cloud Hypervisor; null when it could not be told. */
  readonly hypervisor: string | null
  readonly timeline: readonly TimelineEntry[]
  readonly powerOff: PowerOff | null
  readonly cause: BootCause | null
  /** The end of the console, where the guest did not come up. */
  readonly lastLines: readonly string[]
  readonly notes: readonly string[]
  readonly durationMs: number
  readonly exitCode: number
}
