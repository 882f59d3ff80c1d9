/** Changes an input in the ways of a coverage-guided fuzzer: bits, blocks, words of the format, splices. */
import type { Random } from './random.ts'

/** Texts grow to this at most: parsers of the product see far larger ones in the tests of growth. */
const maxTextBytes = 8192

/** An image is never cut by the cap: what it holds may be at its end. */
export const maxBytesOf = (seeds: readonly Buffer[]): number =>
  Math.max(maxTextBytes, ...seeds.map(({ length }) => length + 4096))

const interesting = [0, 1, 2, 4, 8, 16, 32, 64, 127, 128, 254, 255]
const interestingWords = [0, 1, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]

type Mutation = (bytes: Buffer, random: Random, words: readonly Buffer[], other: Buffer) => Buffer

/** Somewhere; every other time where something is: images are mostly zeros. */
const at = (bytes: Buffer, random: Random) => {
  const place = random.below(bytes.length)
  if (random.below(2) === 0) return place
  const next = bytes.subarray(place).findIndex((byte) => byte !== 0)
  return next < 0 ? place : place + next
}
const insert = (bytes: Buffer, place: number, piece: Buffer) =>
  Buffer.concat([bytes.subarray(0, place), piece, bytes.subarray(place)])
const block = (bytes: Buffer, random: Random) => {
  const from = at(bytes, random)
  return bytes.subarray(from, from + 1 + random.below(Math.min(bytes.length - from, 512)))
}

const mutations: readonly Mutation[] = [
  (bytes, random) => {
    const place = at(bytes, random)
    if (bytes.length > 0) bytes[place] = (bytes[place] ?? 0) ^ (1 << random.below(8))
    return bytes
  },
  (bytes, random) => {
    if (bytes.length > 0) bytes[at(bytes, random)] = random.pick(interesting)
    return bytes
  },
  (bytes, random) => {
    if (bytes.length > 0) bytes[at(bytes, random)] = random.below(256)
    return bytes
  },
  (bytes, random) => {
    if (bytes.length < 4) return bytes
    const place = random.below(bytes.length - 3)
    const value = random.pick(interestingWords)
    if (random.below(2) === 0) bytes.writeUInt32LE(value, place)
    else bytes.writeUInt32BE(value, place)
    return bytes
  },
  (bytes, random) => {
    const piece = block(bytes, random)
    const from = bytes.length === 0 ? 0 : piece.byteOffset - bytes.byteOffset
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + piece.length)])
  },
  (bytes, random) => insert(bytes, at(bytes, random), block(bytes, random)),
  (bytes, random) => {
    // One block many times: repetition is what slow parsers are slow on.
    const piece = block(bytes, random)
    return insert(
      bytes,
      at(bytes, random),
      Buffer.concat(Array.from({ length: 2 + random.below(30) }, () => piece)),
    )
  },
  (bytes, random, words) =>
    words.length === 0 ? bytes : insert(bytes, at(bytes, random), random.pick(words)),
  (bytes, random, words) => {
    if (words.length === 0) return bytes
    const word = random.pick(words)
    const place = at(bytes, random)
    return Buffer.concat([bytes.subarray(0, place), word, bytes.subarray(place + word.length)])
  },
  (bytes, random, _words, other) =>
    Buffer.concat([bytes.subarray(0, at(bytes, random)), other.subarray(at(other, random))]),
  (bytes, random) => bytes.subarray(0, at(bytes, random)),
]

/** @returns a changed copy, of so many bytes at most */
export const mutate = (
  input: Buffer,
  random: Random,
  words: readonly Buffer[],
  other: Buffer,
  maxBytes: number,
): Buffer => {
  let bytes: Buffer = Buffer.from(input)
  for (let rounds = 1 + random.below(6); rounds > 0; rounds--)
    bytes = random.pick(mutations)(bytes, random, words, other).subarray(0, maxBytes)
  return bytes
}
