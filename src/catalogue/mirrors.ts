import type { Artifact } from './artifact.ts'

export type Mirrors = Readonly<Record<string, string>>

/** An address with its beginning replaced by the longest that `mirrors` has for it. */
const mirror = (url: string, mirrors: Mirrors): string => {
  const from = Object.keys(mirrors)
    .filter((beginning) => url.startsWith(beginning))
    .sort((a, b) => b.length - a.length)[0]
  return from === undefined ? url : `${mirrors[from]}${url.slice(from.length)}`
}

/** An artifact as it is fetched where mirrors are configured: its list of sums and signature, too. */
export const mirrored = (artifact: Artifact, mirrors: Mirrors): Artifact => {
  const { url, proof } = artifact
  const at = (address: string) => mirror(address, mirrors)
  return {
    ...artifact,
    url: at(url),
    proof:
      proof.by === 'sums'
        ? {
            ...proof,
            url: at(proof.url),
            signature: proof.signature && { ...proof.signature, url: at(proof.signature.url) },
          }
        : proof,
  }
}
