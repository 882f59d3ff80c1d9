/**
 * The words that every part of the doctor shares. Types and two identity functions, nothing else:
 * this file imports nothing at run time, so that a check or a fix can be read, typed and tested alone.
 */
import type { FixCall } from '../fixes/registry.ts'
import type { Config } from './config/keys.ts'
import type { DiskOrigin } from './disk-origin.ts'
import type { ImageFormat } from './formats/disk-image.ts'
import type { Host } from './host/host.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A command as data: the program and its arguments, never a shell string. */
export type Argv = readonly [program: string, ...args: string[]]

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
      readonly at?: string
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
  readonly last?: true
  /** Why the configuration makes this check pointless, or null when it applies. */
  notFor?(config: Config): string | null
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

/** A condition on a file of the kernel, looked at immediately before a step or its undo is carried out. */
export interface Guard {
  readonly file: string
  /** The step is refused when the trimmed content of the file is this. */
  readonly is: string
  readonly because: string
}

export interface RunStep {
  readonly kind: 'run'
  readonly argv: Argv
  readonly root: boolean
  /** One line for the person who is asked: what this does and what for. */
  readonly why: string
  /**
   * Commands that take it back, in order. Empty when the undo of another step covers it (an address
   * goes with its interface); absent when it cannot or should not be undone.
   */
  readonly undo?: readonly Argv[]
  /** The undo applies only while this path exists (an interface that is gone needs no removal). */
  readonly undoWhile?: string
  readonly guard?: Guard
  /** A half-made file or folder of ours at this path is removed before the command starts. */
  readonly temporary?: string
  /** Must not be interrupted half way (a package manager). Its output goes to a log file. */
  readonly critical?: boolean
  /** Bytes that the command itself downloads, where they are known. */
  readonly bytes?: number
  /** How to read progress from its output. */
  readonly progress?: 'qemu-img' | 'git' | 'make'
  /** Its output is kept in a log file, and the end of it shown when it fails. */
  readonly logged?: boolean
}

export type DigestAlgorithm = 'sha256' | 'sha512'

/** How a downloaded file is known to be the right one. */
export type Proof =
  | { readonly by: 'digest'; readonly algorithm: DigestAlgorithm; readonly digest: string }
  | {
      /** A list of digests that the vendor publishes beside the file, as `sha256sum` prints it. */
      readonly by: 'sums'
      readonly algorithm: DigestAlgorithm
      readonly url: string
      /** The name of the file in the list. */
      readonly file: string
      /** A detached OpenPGP signature of the list; `key` names one of the catalogue or is the path of a key file. */
      readonly signature: { readonly url: string; readonly key: string } | null
    }
  /** Only when the user allowed unverified artifacts. */
  | { readonly by: 'nothing' }

export interface DownloadStep {
  readonly kind: 'download'
  readonly url: string
  readonly path: string
  readonly proof: Proof
  /** Null when nobody says before the download. */
  readonly bytes: number | null
  /** A file is there already: nothing is fetched unless that one turns out to be another. */
  readonly here?: true
  readonly mode: number
  readonly why: string
}

export interface WriteStep {
  readonly kind: 'write'
  readonly path: string
  readonly content: string
  readonly mode: number
  readonly why: string
  /** Belongs to root, in a folder of root. */
  readonly root?: true
}

/** Moves a finished temporary file to its final name; a file that stood there is kept beside it. */
export interface PublishStep {
  readonly kind: 'publish'
  readonly from: string
  readonly to: string
  readonly why: string
  /** Whether `undo` removes it again; downloads are kept, they cost time and harm nobody. */
  readonly reversible: boolean
  /** It is looked at first: only a kernel that Cloud Hypervisor can start on this architecture gets the name. */
  readonly kernelFor?: string
  /** What it was made from: written beside it, as NAME.origin.json. */
  readonly origin?: DiskOrigin
}

/** Looks at a file that an earlier step made, before a later one uses it; ends the fix where it is not as expected. */
export interface VerifyStep {
  readonly kind: 'verify'
  readonly path: string
  readonly expect:
    | {
        readonly what: 'image'
        readonly format: ImageFormat
        /** The disk that is to hold it may not be smaller: bytes, or null. */
        readonly fits: number | null
      }
    | {
        /** A whole raw disk, not smaller than the image that it was made from. */
        readonly what: 'disk'
        readonly source: string
        readonly format: ImageFormat
      }
  readonly why: string
}

/** Something only a person can do: shown, never executed. */
export interface ManualStep {
  readonly kind: 'manual'
  readonly text: string
}

export type Step = RunStep | DownloadStep | WriteStep | VerifyStep | PublishStep | ManualStep

export interface Fix<Id extends string = string, Args = never, Survey = never> {
  readonly id: Id
  readonly title: string
  /** Programs that its steps start, with their Debian packages: the planner has missing ones installed first. */
  readonly programs?: Readonly<Record<string, string>>
  /** Further Debian packages that its steps need and the survey found missing: headers, a compiler, data. */
  packages?(survey: Survey): readonly string[]
  /** Several calls of the same fix become one (all packages in one installation). */
  merge?(a: Args, b: Args): Args
  /** Reads what the plan needs beyond the arguments (sizes, existing state). Changes nothing. */
  survey?(host: Host, args: Args, config: Config): Promise<Survey>
  /** Returns the steps as data; pure. `survey` is null where the fix has none. */
  plan(args: Args, config: Config, survey: Survey): readonly Step[]
}

/** Keeps the id literal and ties `survey` to `plan`. */
export const defineFix = <const Id extends string, Args, Survey = null>(
  fix: Fix<Id, Args, Survey>,
): Fix<Id, Args, Survey> => fix
