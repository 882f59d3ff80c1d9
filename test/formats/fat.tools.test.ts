import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseFat } from '../../src/formats/fat.ts'
import { fatImage, run } from '../helpers/images.ts'
import { corrupted } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

const decode = (bytes: Uint8Array | null | undefined) => bytes && new TextDecoder().decode(bytes)

/** Longer than a cluster, so that the chain is followed. */
const long = Array.from({ length: 4000 }, (_, line) => `line ${line}\n`).join('')

const files = {
  'user-data': long,
  'meta-data': 'instance-id: x\n',
  'network-config': 'version: 2\n',
  'A.TXT': 'short',
}

/** 4 KiB cluster tables differ in how entries are packed: 12 bits, or 16. */
const layouts: readonly [string, number, readonly string[]][] = [
  ['FAT12', 1024, ['-F', '12']],
  ['FAT12 with large clusters', 8192, ['-F', '12', '-s', '16']],
  ['FAT16', 8192, ['-F', '16', '-s', '1']],
  ['2 KiB sectors', 8192, ['-S', '2048']],
  ['the defaults for 8 MiB', 8192, []],
  ['FAT32', 40_960, ['-F', '32', '-s', '1']],
]

describe('parseFat', () => {
  it.each(layouts)('reads what mkdosfs and mcopy make: %s', (_name, kib, options) => {
    const fat = parseFat(fatImage(files, { kib, options }))
    expect(fat?.label).toBe('CIDATA')
    expect([...(fat?.files ?? [])].sort()).toEqual(Object.keys(files).sort())
    for (const [name, content] of Object.entries(files)) expect(decode(fat?.read(name)), name).toBe(content)
    expect(fat?.sizeOf('user-data')).toBe(long.length)
    expect([fat?.read('vendor-data'), fat?.sizeOf('vendor-data')]).toEqual([null, null])
  })

  it.each(layouts)('agrees with mtools: %s', (_name, kib, options) => {
    const image = `${scratch()}/fat.img`
    const bytes = fatImage(files, { kib, options })
    writeFileSync(image, bytes)
    const fat = parseFat(bytes)
    // MTOOLSRC: a user's own configuration must not change what is compared here.
    const mtools = (tool: string, ...args: string[]) =>
      run('env', ['MTOOLSRC=/dev/null', tool, '-i', image, ...args])
    const listed = mtools('mdir', '-b', '::').trim().split('\n')
    expect([...(fat?.files ?? [])].map((name) => `::/${name}`).sort()).toEqual(listed.sort())
    for (const name of fat?.files ?? []) {
      expect(decode(fat?.read(name)), name).toBe(mtools('mtype', `::${name}`))
    }
    expect(mtools('mlabel', '-s', '::').trim()).toBe(`Volume label is ${fat?.label}`)
  })

  it.each([
    ['FAT16', 43, []],
    ['FAT32', 71, ['-F', '32', '-s', '1']],
  ] as const)('tells the label in the boot sector apart, as blkid does: %s', (_name, at, options) => {
    const image = `${scratch()}/fat.img`
    const bytes = fatImage(files, { kib: 40_960, options, label: null })
    expect(parseFat(bytes)).toMatchObject({ label: '', bootLabel: '' })
    bytes.set(new TextEncoder().encode('cidata     '), at)
    writeFileSync(image, bytes)
    expect(parseFat(bytes)).toMatchObject({ label: '', bootLabel: 'cidata' })
    const told = run('blkid', ['-p', '-o', 'export', image]).split('\n')
    expect(told).toContain('LABEL_FATBOOT=cidata')
    expect(told.some((line) => line.startsWith('LABEL='))).toBe(false)
  })

  it('finds names whatever their case, as the file system does', () => {
    const fat = parseFat(fatImage({ 'USER-DATA': 'one', 'a.txt': 'two' }))
    expect(decode(fat?.read('user-data'))).toBe('one')
    expect(decode(fat?.read('A.TXT'))).toBe('two')
  })

  it('reads an empty file as empty, not as missing', () => {
    expect(parseFat(fatImage({ 'meta-data': '' }))?.read('meta-data')).toHaveLength(0)
  })

  it.each([
    ['cidata', 'cidata'],
    [null, ''],
  ])('label %s', (label, expected) => {
    expect(parseFat(fatImage({}, { label }))?.label).toBe(expected)
  })

  it.each([
    ['no bytes', () => new Uint8Array()],
    ['zeros', () => new Uint8Array(4096)],
    ['ones', () => new Uint8Array(4096).fill(0xff)],
  ])('is null for %s', (_name, bytes) => {
    expect(parseFat(bytes())).toBeNull()
  })

  it('ends on a chain of clusters that leads in a circle', () => {
    const image = fatImage({ 'user-data': long }, { kib: 8192, options: ['-F', '16', '-s', '1'] })
    const view = new DataView(image.buffer)
    const table = view.getUint16(14, true) * 512
    const root = table + (image[16] ?? 0) * view.getUint16(22, true) * 512
    const entry = Array.from({ length: 8 }, (_, index) => root + index * 32).find(
      (at) => image[at + 11] === 0x20,
    )
    if (entry === undefined) throw new Error('the image has no file')
    // A file of 4 GiB on a disk of 2 TiB, whose first cluster is followed by itself.
    view.setUint32(entry + 28, 0xffff_ffff, true)
    view.setUint16(19, 0, true)
    view.setUint32(32, 0xffff_ffff, true)
    const first = view.getUint16(entry + 26, true)
    view.setUint16(table + first * 2, first, true)
    expect(parseFat(image)?.read('user-data')?.length).toBeLessThanOrEqual(image.length)
  })

  it('does not fail on an image that is cut short anywhere', () => {
    const image = fatImage(files)
    for (let length = 0; length < image.length; length += 997) {
      const fat = parseFat(image.subarray(0, length))
      for (const name of fat?.files ?? [])
        expect(fat?.read(name)?.length, `${length} bytes`).toBeLessThanOrEqual(image.length)
    }
  })

  it('is none where the file ends before its data begins', () => {
    const image = fatImage(files, { kib: 160 })
    const view = new DataView(image.buffer)
    const root = view.getUint16(14, true) * 512 + (image[16] ?? 0) * view.getUint16(22, true) * 512
    const data = root + view.getUint16(17, true) * 32
    expect(parseFat(image.subarray(0, data - 1))).toBeNull()
    expect(parseFat(image.subarray(0, data))?.files).toEqual(Object.keys(files))
  })

  it('does not fail on corrupt images', () => {
    const image = fatImage(files, { kib: 160 })
    const view = new DataView(image.buffer)
    const table = view.getUint16(14, true) * 512
    const end = table + (image[16] ?? 0) * view.getUint16(22, true) * 512 + 10 * 32
    for (let seed = 1; seed <= 4000; seed++) {
      // Half of them in the few bytes that lay the image out, half anywhere up to the root directory.
      const fat = parseFat(corrupted(image, seed, seed % 2 ? 64 : end))
      for (const name of fat?.files ?? []) {
        expect(fat?.read(name)?.length, `seed ${seed}`).toBeLessThanOrEqual(image.length)
      }
    }
  })
})
