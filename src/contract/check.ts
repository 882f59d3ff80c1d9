/** What a check is: two functions, the findings it can report, and what others must know about it. */
import type { Config } from '../config/keys.ts'
import type { Right } from '../host/confinement.ts'
import type { Host } from '../host/host.ts'
import type { Jsonable } from '../util/json.ts'
import type { Findings, FoundCode } from './finding.ts'
import type { FixCall } from './fix-args.ts'

export const groups = [
  'host',
  'tools',
  'hypervisor',
  'artifacts',
  'network',
  'proof',
  'advice',
  'own',
] as const
type Group = (typeof groups)[number]

/** The stations between the guest and the internet that `explain network` draws, in this order. */
export type HopName = 'guest' | 'tap' | 'bridge' | 'host' | 'uplink' | 'name-servers' | 'after-reboot'

/** Where a check stands in the drawing of `explain network`. */
export interface NetworkPlace<Facts> {
  readonly hop: HopName
  /** A tool and no station of its own: drawn only when it is not in order. */
  readonly onlyWhenWrong?: true
  /** The device of the default route that the probe found, which names the hop `uplink`. */
  uplinkIn?(facts: Facts): string | null
}

/** What a check concludes. `found` and `reason` are one line each, without markup. */
export type Verdict<F extends Findings = Findings> =
  | { readonly status: 'ok'; readonly found: string }
  | { readonly status: 'skip'; readonly reason: string }
  | (FoundCode<F> & {
      readonly status: 'warn' | 'fail'
      /** The file that this is about. */
      readonly path?: string
      /** The fix that would repair it, with its arguments. */
      readonly fix?: FixCall
      /** Instead of the hint of the finding. */
      readonly hint?: string
    })

export interface Check<Id extends string = string, Facts = unknown, F extends Findings = Findings> {
  /** Also the file name, the docs page, the value of `--only` and the field in reports. */
  readonly id: Id
  readonly title: string
  readonly group: Group
  /** Checks that must not have failed for this one to mean anything. */
  readonly needs?: readonly AnyCheck[]
  /**
   * Its probe starts when all others have ended, and not at all when a needed check failed, or is unknown
   * and not among those that it proves: what it does would be seen by the others, or costs too much to be
   * done in vain.
   */
  readonly runsLast?: true
  /**
   * Checks that read what this one tries: when this one is ok, those of them that could not read it
   * (unknown, or skipped by their verdict) are ok, too.
   */
  readonly proves?: readonly AnyCheck[]
  /**
   * Which checks of `proves` these facts prove, by id, with the line to report: for a check that can succeed
   * in part. Absent: all of them when it is ok, with its own line.
   */
  shows?(facts: Facts, config: Config): Readonly<Record<string, string>>
  /**
   * What `boot` does with it before a start: `required` refuses to start the guest when it fails,
   * `reported` shows the finding and starts. Absent: `boot` does not run it.
   */
  readonly beforeBoot?: 'required' | 'reported'
  /**
   * For a check of the group `advice`, whose findings count as ok (docs/advice.md): this one is about who may
   * harm whom, so that `profile: production` lets it warn.
   */
  readonly security?: true
  /** What its repair takes beside what the fix always does: where a container keeps it, no fix is offered. */
  readonly repairTakes?: Right
  readonly networkPlace?: NetworkPlace<Facts>
  /** Only root can read what it looks at; without root it is `unknown`, or judged from a marker file. */
  readonly readsAsRoot?: true
  /**
   * The key that names the object it looks at, where a command line can name another one. `explain` takes its
   * result for evidence only when the failed command names that object.
   */
  readonly looksAt?: keyof Config
  /**
   * The keys of the configuration that its fix reads. `explain` adds `--set KEY=VALUE` to the command of
   * the fix where the failed command line has another value than the configuration.
   */
  readonly settings?: readonly (keyof Config)[]
  /** Keys that name a file of the user which its fix would replace; `explain` proposes no fix for such a file. */
  readonly userFiles?: readonly (keyof Config)[]
  /** Everything that it can report as `warn` or `fail`, by code. */
  readonly findings: F
  /** Why the configuration makes this check pointless, or null when it applies. */
  skipReason?(config: Config): string | null
  /**
   * Reads the host. Returns plain JSON, changes nothing, and throws `Undetermined` when it was not
   * permitted to look: the engine reports that as `unknown`, never as missing.
   */
  probe(host: Host, config: Config): Promise<Jsonable<Facts>>
  /** Decides from the facts alone: pure, so that recorded facts can be judged again elsewhere. */
  judge(facts: Facts, config: Config): Verdict<F>
}

// biome-ignore lint/suspicious/noExplicitAny: each check has facts and findings of its own type
export type AnyCheck = Check<string, any, any>

/**
 * Ties `probe` to `judge` through the type of the facts, and `judge` to `findings` through the codes: a
 * misspelt code, a value of the wrong type and facts that JSON does not keep do not compile.
 */
export const defineCheck = <const Id extends string, Facts, F extends Findings>(
  check: Check<Id, Facts, F>,
): Check<Id, Facts, F> => check
