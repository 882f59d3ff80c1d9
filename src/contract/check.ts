/** What a check is: two functions and what the engine must know about them. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import type { FixCall } from './fix-args.ts'

export const groups = ['host', 'tools', 'hypervisor', 'artifacts', 'network', 'proof', 'own'] as const
export type Group = (typeof groups)[number]

/** What a check concludes. `found` and `expected` are one line each, without markup. */
export type Verdict =
  | { readonly status: 'ok'; readonly found: string }
  | {
      readonly status: 'warn' | 'fail'
      readonly found: string
      readonly expected: string
      /** The file that this is about. */
      readonly path?: string
      /** The fix that would repair it, with its arguments. */
      readonly fix?: FixCall
      /** What the user has to do where no fix can: one sentence. */
      readonly hint?: string
    }
  | { readonly status: 'skip'; readonly reason: string }

export interface Check<Id extends string = string, Facts = unknown> {
  /** Also the file name, the docs page, the value of `--only` and the field in reports. */
  readonly id: Id
  readonly title: string
  readonly group: Group
  /** Checks that must not have failed for this one to mean anything. */
  readonly needs?: readonly string[]
  /**
   * Its probe starts when all others have ended, and not at all when a needed check failed: what it
   * does would be seen by the others, or costs too much to be done in vain.
   */
  readonly runsLast?: true
  /** Why the configuration makes this check pointless, or null when it applies. */
  skipReason?(config: Config): string | null
  /**
   * Reads the host. Returns plain JSON, changes nothing, and throws `Undetermined` when it was not
   * permitted to look: the engine reports that as `unknown`, never as missing.
   */
  probe(host: Host, config: Config): Promise<Facts>
  /** Decides from the facts alone: pure, so that recorded facts can be judged again elsewhere. */
  judge(facts: Facts, config: Config): Verdict
}

/** Keeps the id literal and ties `probe` to `judge` through the type of the facts. */
export const defineCheck = <const Id extends string, Facts>(check: Check<Id, Facts>): Check<Id, Facts> =>
  check
