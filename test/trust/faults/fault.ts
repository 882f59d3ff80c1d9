/** A planted fault, as data: what is broken, what must be found, and what must come of a repair. */
export interface Fault {
  readonly id: string
  /** The check that must name it; every other check is as on the healthy host, or blocked. */
  readonly check: string
  /** The code of the finding, without its check; null where nothing is found out. */
  readonly code: string | null
  readonly status?: 'fail' | 'warn' | 'unknown'
  /** Bash with the functions of the scenario; the host is healthy before it. */
  readonly plant: string
  /** Bash before the host is compared with a healthy one: another profile. */
  readonly ready?: string
  readonly user?: 'root' | 'sky'
  /** Put before the doctor: a program that starts it in other circumstances. */
  readonly wrap?: readonly string[]
  /** Whether \`fix --yes\` mends it; else it must change nothing and say what to do. */
  readonly mends: boolean
  /** Other programs that claim to look at this. */
  readonly peers?: readonly Peer[]
}

export type Peer = 'kvm-ok' | 'virt-host-validate' | 'goss'

/** Two faults at once: both root causes are named, and nothing else. */
export interface FaultPair {
  readonly id: string
  readonly faults: readonly [string, string]
  /** Checks that one of the two hides: it blocks them. */
  readonly hidden?: readonly string[]
}
