/** What an errno means of the part of a machine that a line names: there its usual reasons are few. */

export interface Reason {
  /** A sentence. */
  readonly why: string
  /** What tells more, or null. */
  readonly tells: string | null
}

export interface Part {
  readonly words: RegExp
  /** By errno: the usual reasons, and what tells them apart. */
  readonly reasons: Readonly<Record<number, readonly [why: string, tells: string | null]>>
}

/** Which words; a sentence; what tells more, or null. */
export type Words = readonly (readonly [RegExp, why: string, tells: string | null])[]
