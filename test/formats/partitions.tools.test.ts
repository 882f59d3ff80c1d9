import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsePartitions, partitionLength } from '../../src/formats/partitions.ts'
import { efiDisk, fatImage, rawDisk } from '../helpers/images.ts'
import { corrupted } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

const none = { table: 'none', count: 0, efi: false, size: null }
const MiB = 2 ** 20

const startOfDisk = (table: string): Uint8Array => {
  const path = `${scratch()}/disk.raw`
  rawDisk(path, table)
  return Uint8Array.from(readFileSync(path).subarray(0, partitionLength))
}

describe('parsePartitions', () => {
  it.each([
    ['GPT with an EFI system partition', efiDisk, { table: 'gpt', count: 2, efi: true, size: 16 * MiB }],
    [
      'GPT without one',
      'label: gpt\nsize=8M, type=linux\n',
      { table: 'gpt', count: 1, efi: false, size: 16 * MiB },
    ],
    ['empty GPT', 'label: gpt\n', { table: 'gpt', count: 0, efi: false, size: 16 * MiB }],
    [
      'MBR with an EFI system partition',
      'label: dos\nstart=2048, size=4M, type=ef\nsize=8M, type=83\n',
      { table: 'mbr', count: 2, efi: true, size: 13 * MiB },
    ],
    [
      'MBR without one',
      'label: dos\nstart=2048, size=4M, type=83\n',
      { table: 'mbr', count: 1, efi: false, size: 5 * MiB },
    ],
    ['empty MBR', 'label: dos\n', none],
  ])('%s, as sfdisk makes it', (_name, table, expected) => {
    expect(parsePartitions(startOfDisk(table))).toEqual(expected)
  })

  it.each([
    ['no bytes', new Uint8Array()],
    ['less than a sector', new Uint8Array(511).fill(0x55)],
    ['zeros', new Uint8Array(partitionLength)],
  ])('%s have no table', (_name, bytes) => {
    expect(parsePartitions(bytes)).toEqual(none)
  })

  it('does not take the boot sector of a FAT file system for a table', () => {
    const fat = fatImage({})
    // The trap: it ends in the same two bytes as an MBR.
    expect([...fat.subarray(510, 512)]).toEqual([0x55, 0xaa])
    expect(parsePartitions(fat.subarray(0, partitionLength))).toEqual(none)
  })

  /** An MBR with one partition, on which a test writes. */
  const withMbr = (write: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = startOfDisk('label: dos\nstart=2048, size=4M, type=83\n')
    write(bytes)
    return bytes
  }
  const text = (bytes: Uint8Array, at: number, content: string) =>
    bytes.set(Buffer.from(content, 'latin1'), at)

  it.each<[string, (bytes: Uint8Array) => void]>([
    ['NTFS', (bytes) => text(bytes, 3, 'NTFS    ')],
    ['exFAT', (bytes) => text(bytes, 3, 'EXFAT   ')],
    ['BitLocker', (bytes) => text(bytes, 3, '-FVE-FS-')],
    ['BeFS', (bytes) => text(bytes, 544, '1SFB')],
    ['HPFS', (bytes) => bytes.set([0, 2, 1, 0, 0, 1, 0, 2, 0, 0, 0xf8], 11)],
    ['code where a boot indicator stands', (bytes) => bytes.set([0x13], 446)],
  ])('does not take the boot sector of %s for a table', (_name, write) => {
    expect(parsePartitions(withMbr(() => {})).table).toBe('mbr')
    expect(parsePartitions(withMbr(write))).toEqual(none)
  })

  it('finds no GPT without its protective MBR, as Linux and edk2 do not', () => {
    const bytes = startOfDisk(efiDisk)
    bytes.fill(0, 446, 510)
    expect(parsePartitions(bytes)).toEqual(none)
  })

  it('does not fail on corrupt tables', () => {
    const disk = startOfDisk(efiDisk)
    for (let seed = 1; seed <= 2000; seed++) {
      // The end of the first sector, the GPT header and its first entries.
      const area = corrupted(disk.subarray(446, 1400), seed, 954)
      const bytes = Uint8Array.from(disk)
      bytes.set(area, 446)
      const { table, count } = parsePartitions(bytes)
      expect(count, `seed ${seed}: ${table}`).toBeLessThanOrEqual(128)
    }
  })

  it.each([64, 512, 1024, 1100, 2048])('does not fail on %i bytes of a table', (length) => {
    expect(parsePartitions(startOfDisk(efiDisk).subarray(0, length)).count).toBeLessThanOrEqual(2)
  })
})
