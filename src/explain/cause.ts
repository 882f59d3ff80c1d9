/** One entry of the knowledge: what a cause looks like in the output, and what is to be said about it. */
import type { FixCall } from '../contract/fix-args.ts'
import type { Confidence, Layer, Severity } from './diagnosis.ts'
import type { Evidence } from './evidence.ts'
import type { Pattern } from './patterns.ts'

/**
 * Texts may contain `{name|otherwise}`: a named group of the expression that matched, a value of the
 * command line that was pasted with the error (tap, disk, kernel, firmware, hypervisor, memory), or what the
 * error says itself (said, errno, apart, phase: said.ts).
 */
export interface Cause {
  /** Stable; also the row of docs/causes.md. */
  readonly id: string
  readonly severity?: Severity
  /** Where it belongs, if that is not where its list does. */
  readonly layer?: Layer
  /** What it looks like in an error, a panic or a record of the log: any of these. The first cause that fits counts. */
  readonly patterns?: readonly Pattern[]
  /** Instead of `says`: another reading of the words of that cause, which the text does not tell apart. */
  readonly alternativeOf?: string
  /** What it looks like as a line that Cloud Hypervisor did not write: a shell, systemd, the kernel, the guest. */
  readonly line?: readonly RegExp[]
  /** The signal whose end of the program this explains; how shells and services word it: signals.ts. */
  readonly signal?: string
  /** Records of the log count at every level, not only as errors. */
  readonly anyLevel?: true
  /** Loose lines do not count: the words are those of other programs, too. */
  readonly onlyOurs?: true
  /**
   * The errnos that it stands for. A text that names others only is not explained by it; one that names none may
   * be. Without this list any errno fits, and is told in its own words.
   */
  readonly errnos?: readonly number[]
  /** What must stand beside the words: an option of the command, or what was under way. */
  readonly needs?: (evidence: Evidence) => boolean
  readonly what: string
  readonly why: string
  readonly hint: string
  /** Instead of `hint` where a snapshot is restored: the paths are those of its config.json. */
  readonly atRestore?: string
  /** Instead of `hint` where the API of HTTP answered: the client sends fields, no flags. */
  readonly overApi?: string
  /** The check that looks at it on a host. */
  readonly check?: string
  /**
   * The findings (`check/code`) that confirm this cause. Without them nothing does: another fault of the same
   * thing, such as its absence, is no evidence for what the error says.
   */
  readonly confirmedBy?: readonly string[]
  /** A fix that needs no arguments. */
  readonly fix?: FixCall
  readonly reference: string
  /** How sure the text alone makes us; `certain` when nothing is said. */
  readonly confidence?: Confidence
}

/** A doubt about a command line: a cause that was found in no message. */
export type Advice = Pick<
  Cause,
  'id' | 'what' | 'why' | 'hint' | 'check' | 'confirmedBy' | 'fix' | 'reference'
> & {
  readonly confidence: Confidence
}

/** A page of upstream's documentation, of the release whose texts were read. */
export const doc = (page: string): string =>
  `https://github.com/cloud-hypervisor/cloud-hypervisor/blob/v53.0/${page.startsWith('README') || page.startsWith('release-notes') ? '' : 'docs/'}${page}`

/** A thread of upstream's tracker. */
export const issue = (number: number): string =>
  `https://github.com/cloud-hypervisor/cloud-hypervisor/issues/${number}`
