/** Pseudo-random integers below a limit (mulberry32): the same for the same seed, so that a failure can be repeated. */
export const seededRandom = (seed: number) => {
  let state = seed >>> 0
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** A copy with some bytes changed, in the first `within` of them. */
export const corrupted = (bytes: Uint8Array, seed: number, within: number): Uint8Array => {
  const random = seededRandom(seed)
  const copy = Uint8Array.from(bytes)
  for (let left = 1 + random(16); left > 0; left--) copy[random(within)] = random(256)
  return copy
}
