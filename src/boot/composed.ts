import type { Argv } from '../util/argv.ts'

/** A command that is ready to be started, and what it was made from. */
export interface BootPlan {
  readonly command: Argv
  /** The release of Cloud Hypervisor, semver; null when it could not be told. */
  readonly version: string | null
  readonly seed: boolean
}
