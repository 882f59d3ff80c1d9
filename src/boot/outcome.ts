/** The outcome of a verified boot as data, rendered as text and as JSON (docs/boot.schema.json). */
import type { FixCall } from '../contract/fix-args.ts'
import type { Milestone } from './milestones.ts'

export interface TimelineEntry {
  readonly milestone: Milestone | 'off'
  /** `implied`: a later milestone was reached; `not-tried`: there was no means to test for it. */
  readonly state: 'reached' | 'missing' | 'implied' | 'not-tried'
  /** Milliseconds since the start; null unless reached. */
  readonly atMs: number | null
  /** Milliseconds since the previous milestone that was reached. */
  readonly tookMs: number | null
}

/** Why a guest did not come up completely. */
export interface BootCause {
  /** Stable: an id of docs/boot.md, or of docs/causes.md when Cloud Hypervisor failed. */
  readonly id: string
  /** One sentence. */
  readonly what: string
  readonly why: string
  readonly hint: string
  readonly check?: string
  readonly fix?: FixCall
}

const powerOffMethods = ['power-button', 'shutdown-vmm', 'SIGTERM', 'SIGKILL', 'itself'] as const

export interface PowerOff {
  /** What ended the guest; `itself` when it had ended before a power-off was requested. */
  readonly by: (typeof powerOffMethods)[number]
  readonly tookMs: number
}

export interface Outcome {
  readonly schema: 'chv-doctor/boot/2'
  readonly version: string
  /** The guest came up, answered, and powered off on request. */
  readonly ok: boolean
  /** Empty when there was no command to start. */
  readonly command: readonly string[]
  /** The release of Cloud Hypervisor; null when unknown. */
  readonly hypervisor: string | null
  readonly timeline: readonly TimelineEntry[]
  readonly powerOff: PowerOff | null
  readonly cause: BootCause | null
  /** What the guest ran on: a throw-away overlay or copy, which leaves the disk unchanged, or the disk itself. */
  readonly disk: 'overlay' | 'copy' | 'on-disk' | null
  /** The file with the whole output of a guest that did not come up; null where there is none. */
  readonly consoleLog: string | null
  /** The last lines of the console, where the guest did not come up. */
  readonly lastLines: readonly string[]
  readonly notes: readonly string[]
  readonly durationMs: number
  readonly exitCode: number
}
