/** The words of explaining: what a piece of output is read as, and what is said about it. */
import type { FixCall } from '../contract/fix-args.ts'

/** Where in the life of a virtual machine something went wrong; also how causes are grouped in docs/causes.md. */
export const layers = [
  'start',
  'usage',
  'hypervisor',
  'payload',
  'disk',
  'network',
  'memory',
  'cpu',
  'console',
  'socket',
  'device',
  'confinement',
  'guest',
  'other',
] as const
export type Layer = (typeof layers)[number]

/**
 * How sure we are that this is the cause: `certain` when the text allows no other reading, `likely`
 * when it is the usual one, `possible` when the text fits several causes.
 */
export type Confidence = 'certain' | 'likely' | 'possible'

/** @returns the confidence of what is proved by less: by a line without its surroundings, or beside an earlier cause */
export const weakened = (confidence: Confidence): Confidence =>
  confidence === 'certain' ? 'likely' : confidence

/**
 * `error` ended the VM or kept it from starting, `warning` did not, `note` is a warning that harms
 * nobody, `advice` is about a command line that was pasted.
 */
export const severities = ['error', 'warning', 'note', 'advice'] as const
export type Severity = (typeof severities)[number]

export interface Line {
  /** Counted from 1 in the text as it was given. */
  readonly number: number
  /** Without colours and without what a logger put in front. */
  readonly text: string
  /** The thread that wrote it, where it was a record of the log. */
  readonly thread?: string | undefined
  /** The file of the source that wrote it, where it was a record of the log. */
  readonly source?: string | undefined
  /** What stood around the text: the time, the host, the program, the level. */
  readonly head?: string | undefined
}

/** One explanation of one thing that the output says. */
export interface Diagnosis {
  /** Stable: an id of docs/causes.md, or `unknown` for an error that is not in there. */
  readonly cause: string
  readonly layer: Layer
  readonly severity: Severity
  /** What happened, one sentence. */
  readonly what: string
  readonly why: string
  /** What to do, for the person who reads it. */
  readonly hint: string
  /** The check that looks at this on a host, or null when only the command line can be wrong. */
  readonly check: string | null
  /** The findings of checks (`check/code`) that confirm this cause. */
  readonly confirmedBy: readonly string[]
  /** The fix that deals with it, where it needs no more than its name; a failing check may name a better one. */
  readonly fix: FixCall | null
  /** Where this is written down: an address, or a page of docs/. */
  readonly reference: string
  readonly confidence: Confidence
  /** The lines that led here, the first occurrence of them. */
  readonly lines: readonly Line[]
  /** The cause of which this is a consequence, by the order of events in the text; null for a first cause. */
  readonly follows: string | null
  /** What the text names: disk, tap, flag, option, … */
  readonly values: Readonly<Record<string, string>>
  /** How often the output says it (several runs in one log). */
  readonly times: number
}

/** @returns a line without what only reading it needs */
export const bare = ({ number, text }: Line): Line => ({ number, text })

/** @returns the numbers of the lines that failures, commands or diagnoses stand in */
export const numbersOf = (all: readonly { readonly lines: readonly Line[] }[]): ReadonlySet<number> =>
  new Set(all.flatMap(({ lines }) => lines.map(({ number }) => number)))

/** What a diagnosis has that no check, fix or other diagnosis belongs to. */
export const standingAlone = {
  check: null,
  confirmedBy: [],
  fix: null,
  follows: null,
  values: {},
  times: 1,
} as const satisfies Partial<Diagnosis>
