import type { Argv } from '../util/argv.ts'

/** A command that is ready to be started, with what it was built from. */
export interface BootPlan {
  readonly command: Argv
  /** The release of Cloud Hypervisor, semver; null when unknown. */
  readonly version: string | null
  /** Whether the seed is attached. */
  readonly seed: boolean
}
