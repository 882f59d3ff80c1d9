/** The same disk as qemu-img makes, of images that qemu-img made; and where one was damaged, the same or none. */
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Unpacker } from '../../src/unpack/unpack.ts'
import { efiDisk, rawDisk, run } from '../helpers/images.ts'
import { corrupted } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

/** @returns the disk that the product makes of a file whose bytes come by the 100 KiB; null where it leaves that */
const unpacked = (path: string): Buffer | null => {
  const directory = scratch()
  const total = readFileSync(path).length
  const image = openSync(path, 'r')
  const disk = openSync(`${directory}/disk`, 'w')
  try {
    const unpacker = new Unpacker({ image, disk, total, room: 2 ** 40 })
    for (let at = 0; at < total; at += 102_400) unpacker.advance(at)
    return unpacker.finish() ? readFileSync(`${directory}/disk`) : null
  } catch {
    return null
  } finally {
    closeSync(image)
    closeSync(disk)
  }
}

/** @returns the disk that qemu-img makes of it; null where it fails */
const converted = (path: string): Buffer | null => {
  const disk = `${scratch()}/disk`
  try {
    run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', path, disk])
    return readFileSync(disk)
  } catch {
    return null
  }
}

/** A disk with a partition table, text, what does not compress, and holes. */
const original = (): string => {
  const path = `${scratch()}/original`
  rawDisk(path, efiDisk)
  const bytes = readFileSync(path)
  bytes.fill('some text ', 2 ** 20, 3 * 2 ** 20)
  randomBytes(2 ** 20).copy(bytes, 6 * 2 ** 20 + 512)
  bytes.fill('end', 13 * 2 ** 20 - 4096, 13 * 2 ** 20)
  writeFileSync(path, bytes)
  return path
}

const imageOf = (disk: string, options: readonly string[], format = 'raw'): string => {
  const image = `${scratch()}/image`
  run('qemu-img', ['convert', ...options, '-f', format, '-O', 'qcow2', disk, image])
  return image
}

describe('the same disk as by qemu-img', () => {
  it.each([
    ['compressed', ['-c']],
    ['compressed in any order', ['-c', '-W', '-m', '16']],
    ['not compressed', []],
    ['of version 2', ['-c', '-o', 'compat=0.10']],
    ['of version 2, not compressed', ['-o', 'compat=0.10']],
    ['with clusters of 4 KiB', ['-c', '-o', 'cluster_size=4k']],
    ['with clusters of 2 MiB', ['-c', '-o', 'cluster_size=2M']],
    ['with its tables before all else', ['-o', 'preallocation=metadata']],
    ['with refcounts of one bit', ['-c', '-o', 'refcount_bits=1']],
  ])('of an image %s', (_, options) => {
    const image = imageOf(original(), options)
    const disk = unpacked(image)
    expect(disk).not.toBeNull()
    expect(disk?.equals(converted(image) as Buffer)).toBe(true)
  })

  it('of an image that was written to, and grown', () => {
    const image = imageOf(original(), ['-c'])
    run('qemu-img', ['resize', '-q', '-f', 'qcow2', image, '600M'])
    const commands = ['write -P 7 1M 300k', 'write -z 2M 1M', 'discard 6M 512k', 'write -P 9 590M 64k']
    run('qemu-io', ['-f', 'qcow2', ...commands.flatMap((command) => ['-c', command]), image])
    const disk = unpacked(image)
    expect(disk?.length).toBe(600 * 2 ** 20)
    expect(disk?.equals(converted(image) as Buffer)).toBe(true)
  })

  it('of a disk that is not a whole number of clusters', () => {
    const disk = original()
    run('qemu-img', ['resize', '-q', '-f', 'raw', disk, String(16 * 2 ** 20 + 512)])
    const image = imageOf(disk, ['-c'])
    expect(unpacked(image)?.equals(readFileSync(disk))).toBe(true)
  })
})

describe('left to qemu-img is an image', () => {
  it.each([
    ['compressed by zstd', ['-c', '-o', 'compression_type=zstd']],
    ['with subclusters', ['-o', 'extended_l2=on']],
    ['with clusters of 512 bytes', ['-o', 'cluster_size=512']],
  ])('%s', (_, options) => {
    const image = imageOf(original(), options)
    expect(converted(image)).not.toBeNull()
    expect(unpacked(image)).toBeNull()
  })

  it('with a snapshot', () => {
    const image = imageOf(original(), ['-c'])
    run('qemu-img', ['snapshot', '-c', 'a', image])
    expect(unpacked(image)).toBeNull()
  })

  it('with a backing file, an external data file, or a key', () => {
    const base = original()
    const directory = scratch()
    const create = (name: string, ...options: string[]) => {
      run('qemu-img', ['create', '-q', '-f', 'qcow2', ...options, `${directory}/${name}`, '16M'])
      return `${directory}/${name}`
    }
    const secret = [
      '--object',
      'secret,id=s,data=x',
      '-o',
      'encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10',
    ]
    const images = [
      create('backed', '-b', base, '-F', 'raw'),
      create('external', '-o', `data_file=${directory}/data`),
      create('encrypted', ...secret),
    ]
    expect(images.map(unpacked)).toEqual([null, null, null])
  })
})

it('makes no other disk of a damaged image than qemu-img does', () => {
  const whole = readFileSync(imageOf(original(), ['-c']))
  const path = `${scratch()}/image`
  const outcomes = { same: 0, left: 0 }
  for (let seed = 1; seed <= 60; seed++) {
    // Header and tables by turns: that is where the structure is.
    const at = [0, 3 * 65_536, 4 * 65_536][seed % 3] as number
    const bytes = Buffer.from(whole)
    const part = bytes.subarray(at, at + (at === 0 ? 112 : at === 4 * 65_536 ? 2048 : 16))
    part.set(corrupted(part, seed, part.length))
    writeFileSync(path, bytes)
    const disk = unpacked(path)
    if (disk === null) outcomes.left++
    else {
      outcomes.same++
      expect(converted(path)?.equals(disk), `seed ${seed}`).toBe(true)
    }
  }
  expect(outcomes.left).toBeGreaterThan(20)
})
