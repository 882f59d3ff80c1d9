/** What the functions of the library take and return. */
import type { Config, ConfigKey } from '../config/keys.ts'
import type { PlannedFix } from '../engine/plan.ts'
import type { StepNode } from '../engine/step-graph.ts'

/** Values of the configuration, as they are or as they are written in a file: `memory: '2G'`. */
export type Settings = { readonly [Name in ConfigKey]?: Config[Name] | string }

export interface Options {
  /** Defaults, and the file, give way to these. */
  readonly config?: Settings
  /** A configuration file. Without it none is read, and no CHV_DOCTOR_ variable counts in any case. */
  readonly configFile?: string
  /** Ids of checks; what they need runs, too. */
  readonly only?: readonly string[]
  /** Ids of checks that do not run. */
  readonly skip?: readonly string[]
  /** Whether warnings matter to `exitCode`. */
  readonly strict?: boolean
  /** Stops every question that is asked of the host. */
  readonly signal?: AbortSignal
}

/** What would repair the failures, as data. */
export interface Plan {
  readonly schema: 'chv-doctor/plan/1'
  readonly version: string
  readonly fixes: readonly PlannedFix[]
  /** What waits for what: each step that is carried out, after all that it waits for. */
  readonly order: readonly StepNode[]
}
