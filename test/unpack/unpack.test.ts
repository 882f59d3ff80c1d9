/** What is read of a qcow2, what is left to qemu-img, and that no image makes it write anything else. */
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { NotForUs, Unpacker } from '../../src/unpack/unpack.ts'
import { clusterSize, type Parts, qcow2With } from '../helpers/qcow2.ts'
import { seededRandom } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

/**
 * Gives an image to the product piece by piece.
 * @returns where the disk is; null where it is left to qemu-img
 */
const unpackTo = (image: Uint8Array, pieces: readonly number[] = [], room = 2 ** 30): string | null => {
  const directory = scratch()
  const from = openSync(`${directory}/image`, 'w+')
  const to = openSync(`${directory}/disk`, 'w')
  try {
    const unpacker = new Unpacker({ image: from, disk: to, total: image.length, room })
    let at = 0
    for (const end of [...pieces, image.length]) {
      writeSync(from, image, at, end - at, at)
      at = end
      unpacker.advance(at)
    }
    return unpacker.finish() ? `${directory}/disk` : null
  } catch (error) {
    expect(error).toBeInstanceOf(NotForUs)
    return null
  } finally {
    closeSync(from)
    closeSync(to)
  }
}

/** The same. @returns the disk */
const unpack = (...given: Parameters<typeof unpackTo>): Buffer | null => {
  const path = unpackTo(...given)
  return path === null ? null : readFileSync(path)
}

const full = (fill: number): Buffer => {
  const cluster = Buffer.alloc(clusterSize, fill)
  for (let at = 0; at < clusterSize; at += 16) cluster.writeUInt32LE(at ^ fill, at)
  return cluster
}
const clusters = [full(1), null, full(2), full(3), null]
const disk = Buffer.concat(clusters.map((cluster) => cluster ?? Buffer.alloc(clusterSize)))

describe('a disk is made of', () => {
  it.each<[string, Partial<Parts>]>([
    ['compressed clusters', {}],
    ['clusters as they are', { compressed: false }],
    ['version 2', { version: 2 }],
  ])('%s, wherever the bytes that are there end', (_, parts) => {
    const image = qcow2With({ clusters, ...parts })
    const random = seededRandom(14)
    for (let round = 0; round < 20; round++) {
      const pieces = Array.from({ length: 12 }, () => random(image.length))
      expect(
        unpack(
          image,
          pieces.sort((a, b) => a - b),
        )?.equals(disk),
      ).toBe(true)
    }
  })

  it('an image whose last cluster goes beyond the end of the disk', () => {
    const image = qcow2With({ clusters: [full(1), full(2)], diskSize: clusterSize + 512 })
    expect(unpack(image)?.equals(Buffer.concat([full(1), full(2)]).subarray(0, clusterSize + 512))).toBe(true)
  })

  it('an image that stores nothing', () => {
    expect(unpack(qcow2With({ clusters: [null, null] }))?.equals(Buffer.alloc(2 * clusterSize))).toBe(true)
  })
})

const header = 0
const tables = 3 * clusterSize
const table = 4 * clusterSize

/** A valid image with one number in it replaced. */
const wrong = (at: number, value: bigint | number, parts: Partial<Parts> = {}): Buffer => {
  const image = qcow2With({ clusters, ...parts })
  if (typeof value === 'bigint') image.writeBigUInt64BE(value, at)
  else image.writeUInt32BE(value, at)
  return image
}

describe('left to qemu-img is', () => {
  it.each<[string, Buffer]>([
    ['another format', Buffer.alloc(1024)],
    ['a file that ends in its header', qcow2With({ clusters }).subarray(0, 100)],
    ['another version', wrong(header + 4, 4)],
    ['a backing file', wrong(header + 8, 1024n)],
    ['encryption', wrong(header + 32, 2)],
    ['a snapshot', wrong(header + 60, 1)],
    ['clusters of 512 bytes', wrong(header + 20, 9)],
    ['clusters of 4 MiB', wrong(header + 20, 22)],
    ['a disk of no size', wrong(header + 24, 0n)],
    ['a disk that is not of sectors', wrong(header + 24, 1000n)],
    ['a disk of 2^63 bytes', wrong(header + 24, 1n << 63n)],
    ['a disk with more clusters than tables', wrong(header + 36, 0)],
    ['a table of tables outside the file', wrong(header + 40, 1n << 40n)],
    ['a table of tables between clusters', wrong(header + 40, 3n * 65_536n + 8n)],
    ['no refcounts', wrong(header + 48, 0n)],
    ['refcounts of no size', wrong(header + 56, 0)],
    ['each incompatible feature', wrong(header + 72, 1n)],
    ['an external data file', wrong(header + 72, 4n)],
    ['another compression', wrong(header + 72, 8n)],
    ['subclusters', wrong(header + 72, 16n)],
    ['a feature of tomorrow', wrong(header + 72, 1n << 40n)],
    ['a raw external file', wrong(header + 88, 2n)],
    ['refcounts of 128 bits', wrong(header + 96, 7)],
    ['a short header', wrong(header + 100, 72)],
    ['a table outside the file', wrong(tables, (1n << 63n) | (1n << 40n))],
    ['a table at the header', wrong(tables, 1n << 63n)],
    ['reserved bits of a table', wrong(tables, (1n << 63n) | BigInt(table) | 1n)],
    ['a cluster outside the file', wrong(table, (1n << 63n) | (1n << 40n))],
    ['a cluster that is not aligned', wrong(table, (1n << 63n) | (BigInt(table) + 512n))],
    ['reserved bits of a cluster', wrong(table, (1n << 60n) | BigInt(table))],
    ['a compressed cluster outside the file', wrong(table, (1n << 62n) | (1n << 40n))],
    ['a compressed cluster that is shared', wrong(table, (3n << 62n) | BigInt(table))],
    ['a compressed cluster in the header', wrong(table, (1n << 62n) | 200n)],
    ['what is no compressed cluster', wrong(table, (1n << 62n) | BigInt(table))],
    ['zeros in version 2', wrong(table, 1n, { version: 2 })],
    ['a cluster behind the end of the disk', wrong(table + 5 * 8, (1n << 63n) | BigInt(table))],
  ])('%s', (_, image) => {
    expect(unpack(image)).toBeNull()
  })

  it('a disk for which there is no room', () => {
    expect(unpack(qcow2With({ clusters }), [], disk.length - 1)).toBeNull()
    expect(unpack(qcow2With({ clusters }), [], disk.length)?.equals(disk)).toBe(true)
  })

  it('the same table twice: a few bytes would make a large disk', () => {
    const entry = (1n << 63n) | BigInt(table)
    const image = qcow2With({ clusters, diskSize: 2 * 8192 * clusterSize })
    image.writeUInt32BE(2, 36)
    image.writeBigUInt64BE(entry, tables + 8)
    expect(unpack(image)).toBeNull()
  })

  it.each([
    ['more than a cluster', Buffer.concat([full(1), full(2)])],
    ['less than a cluster', full(1).subarray(0, 100)],
  ])('a compressed cluster of %s', (_, content) => {
    expect(unpack(qcow2With({ clusters: [content] }))).toBeNull()
  })

  it('an image that is cut short', () => {
    const image = qcow2With({ clusters })
    expect(unpack(image.subarray(0, image.length - clusterSize / 64))).toBeNull()
  })

  it('an image whose clusters overlap, so that it would be read again and again', () => {
    const zeros = deflateRawSync(Buffer.alloc(clusterSize), { windowBits: 12 })
    const image = Buffer.concat([qcow2With({ clusters: [] }), Buffer.alloc(2 ** 20)])
    image.writeBigUInt64BE(BigInt(2 * 8192 * clusterSize), 24)
    image.writeUInt32BE(2, 36)
    const [first, second] = [table, 5 * clusterSize]
    image.writeBigUInt64BE((1n << 63n) | BigInt(second), tables + 8)
    const data = 6 * clusterSize
    for (let index = 0; data + (index + 256) * 512 < image.length; index++) {
      const from = data + index * 512
      zeros.copy(image, from)
      const entry = (1n << 62n) | (255n << 54n) | BigInt(from)
      image.writeBigUInt64BE(entry, (index % 2 === 0 ? first : second) + Math.floor(index / 2) * 8)
    }
    const pieces = Array.from({ length: 900 }, (_, index) => data + 128 * 1024 + index * 1024)
    // At once, each byte is read once.
    const path = unpackTo(image)
    expect(path && statSync(path).size).toBe(2 * 8192 * clusterSize)
    const before = pieces.filter((end) => end < image.length)
    expect(unpackTo(image, before)).toBeNull()
  })
})
