/** A host that is not at hand, as what differs between it and a recording. */
import type { Confinement } from '../../src/host/confinement.ts'

type Facts = Readonly<Record<string, unknown>>

export interface PublicHost {
  readonly name: string
  /** The name of the recording that it is made from. */
  readonly from: string
  /** What it is. */
  readonly what: string
  /** Where that is documented. */
  readonly source: string
  readonly config?: Facts
  /** Distribution, package manager, kernel. */
  readonly system?: { readonly name?: string; readonly manager?: string | null; readonly release?: string }
  /** Where dpkg is not: the names of packages that differ, by check. */
  readonly packages?: Readonly<Record<string, string>>
  /** What differs in the facts of checks. */
  readonly facts?: Readonly<Record<string, Facts>>
  /** What is not known of it: these checks need what the recording had. */
  readonly without?: readonly string[]
  readonly confinement?: Confinement
}
