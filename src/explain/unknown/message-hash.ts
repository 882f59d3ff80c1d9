/** Hashes of messages: short enough to carry thousands, and computed for each beginning of a line in one pass. */

/** FNV-1a over UTF-16 code units. */
const offset = 0x811c9dc5
const prime = 0x01000193

/** @returns the hash of each beginning of a text: the one of its first n characters at n - 1 */
export const hashesOf = (text: string): Uint32Array => {
  const hashes = new Uint32Array(text.length)
  let hash = offset
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), prime) >>> 0
    hashes[at] = hash
  }
  return hashes
}

/** @returns the hash of a whole text, 32 bits */
export const hashOf = (text: string): number => hashesOf(text).at(-1) ?? offset
