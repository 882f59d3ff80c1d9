/** Everything that can be fetched, as one value: the tables of this release, or those with signed entries ahead. */
import type { Arch, Artifact } from './artifact.ts'
import { type Firmware, firmwares } from './firmwares.ts'
import { hypervisors, remotes } from './hypervisors.ts'
import { type Image, images } from './images.ts'
import { type KernelArtifact, kernelArtifacts } from './kernels.ts'

type ByArch<T> = Readonly<Record<Arch, readonly T[]>>

/** What identifies a signed catalogue. */
export interface SignedOrigin {
  /** Of the primary key that signed it, in upper case. */
  readonly fingerprint: string
  /** Raised by its maintainer with every change. */
  readonly version: number
  /** YYYY-MM-DD. */
  readonly date: string
}

export interface Catalogue {
  readonly hypervisors: ByArch<Artifact>
  readonly remotes: ByArch<Artifact>
  readonly firmwares: ByArch<Firmware>
  readonly kernels: readonly KernelArtifact[]
  readonly images: Readonly<Record<string, Image>>
  /** Null for the one of this release. */
  readonly signed: SignedOrigin | null
}

export const builtInCatalogue: Catalogue = {
  hypervisors,
  remotes,
  firmwares,
  kernels: kernelArtifacts,
  images,
  signed: null,
}

/**
 * The day of the last change of the tables, YYYY-MM-DD: a signed catalogue from before it would put older
 * releases ahead of newer ones. Change it with the tables.
 */
export const builtInDate = '2026-11-26'
