import type { Integrity } from './integrity.ts'

export type Arch = 'x86_64' | 'aarch64'

export const archs: readonly Arch[] = ['x86_64', 'aarch64']

export interface Artifact {
  readonly version: string
  readonly url: string
  /** Null where it is not published; then the server is asked. */
  readonly bytes: number | null
  readonly proof: Integrity
  /** How sure we are of the proof, for people who decide whether that is enough. */
  readonly provenance: string
}

/** Where a digest comes from when its vendor publishes none. */
export const agreed = 'digest on which several public recipes agree'
export const single = 'digest from one public recipe'
export const upstream = "digest from upstream's own tests"

/** An artifact whose SHA-256 is known, or not (null). */
export const pinned = (
  version: string,
  url: string,
  digest: string | null,
  sure: string,
  bytes: number | null = null,
): Artifact => ({
  version,
  url,
  bytes,
  proof: digest === null ? { by: 'nothing' } : { by: 'digest', algorithm: 'sha256', digest },
  provenance: digest === null ? 'nothing verifies it' : sure,
})

/** All addresses that are asked for an artifact: its own first, then those of its proof. */
export const addressesOf = ({ url, proof }: Pick<Artifact, 'url' | 'proof'>): readonly string[] =>
  proof.by === 'sums' ? [url, proof.url, ...(proof.signature ? [proof.signature.url] : [])] : [url]
