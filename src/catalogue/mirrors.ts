import type { Artifact } from './artifact.ts'

export type Mirrors = Readonly<Record<string, string>>

/** @returns an address with its beginning replaced by the longest that `mirrors` has for it */
export const mirror = (url: string, mirrors: Mirrors): string => {
  const from = Object.keys(mirrors)
    .filter((beginning) => url.startsWith(beginning))
    .sort((a, b) => b.length - a.length)[0]
  return from === undefined ? url : `${mirrors[from]}${url.slice(from.length)}`
}

/**
 * An artifact as it is fetched where mirrors are configured. A signed checksum file may come from a mirror, too.
 * An unsigned one counts only from where the catalogue says, because a mirror would verify its own file.
 * @param trusted whether the user accepts what nothing verifies
 */
export const mirrored = (artifact: Artifact, mirrors: Mirrors, trusted: boolean): Artifact => {
  const { url, proof } = artifact
  const at = (address: string) => mirror(address, mirrors)
  return {
    ...artifact,
    url: at(url),
    proof:
      proof.by === 'sums'
        ? {
            ...proof,
            url: proof.signature !== null || trusted ? at(proof.url) : proof.url,
            signature: proof.signature && { ...proof.signature, url: at(proof.signature.url) },
          }
        : proof,
  }
}
