/** What a fix is: it surveys the host and returns steps; it neither changes nor prints anything. */
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import type { Step } from './step.ts'

export interface Fix<Id extends string = string, Args = never, Survey = never> {
  readonly id: Id
  readonly title: string
  /** Its steps come before those of all other fixes, but for their downloads. */
  readonly runsFirst?: true
  /**
   * Ids of fixes before it whose result its steps use: they wait for these, and are left out where one failed.
   * What only needs packages names `programs` or `packages`. A fix of the user without it comes after all others.
   */
  readonly needs?: readonly string[]
  /** Programs that its steps start, with their Debian packages: the planner has missing ones installed first. */
  readonly programs?: Readonly<Record<string, string>>
  /** Further Debian packages that its steps need and the survey found missing: headers, a compiler, data. */
  packages?(survey: Survey): readonly string[]
  /** Several calls of the same fix become one (all packages in one installation). */
  merge?(a: Args, b: Args): Args
  /**
   * Reads what the plan needs beyond the arguments (sizes, existing state). Changes nothing.
   * @param catalogue the one in force; that of this release when absent
   */
  survey?(host: Host, args: Args, config: Config, catalogue?: Catalogue): Promise<Survey>
  /** Returns the steps as data; pure. `survey` is null where the fix has none. */
  plan(args: Args, config: Config, survey: Survey, catalogue?: Catalogue): readonly Step[]
}

/** Keeps the id literal and ties `survey` to `plan`. */
export const defineFix = <const Id extends string, Args, Survey = null>(
  fix: Fix<Id, Args, Survey>,
): Fix<Id, Args, Survey> => fix
