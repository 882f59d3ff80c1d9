/** A GPT that counts in sectors of 4096 bytes (UEFI 5.3), as tools write it on a disk with such sectors. */
import { describe, expect, it } from 'vitest'
import { diskImage } from '../../checks/disk-image.ts'
import { parsePartitions, partitionLength, partitionStarts } from '../../src/formats/partitions.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'

const MiB = 2 ** 20
const efiSystem = '28732ac11ff8d211ba4b00a0c93ec93b'

/** A disk of 16 MiB with one EFI system partition at 1 MiB. */
const startOfDisk = (sector: number): Uint8Array => {
  const bytes = Buffer.alloc(partitionLength)
  bytes[450] = 0xee
  bytes.writeUInt16LE(0xaa55, 510)
  bytes.write('EFI PART', sector)
  bytes.writeBigUInt64LE(BigInt((16 * MiB) / sector - 1), sector + 32)
  bytes.writeBigUInt64LE(2n, sector + 72)
  bytes.writeUInt32LE(128, sector + 80)
  bytes.writeUInt32LE(128, sector + 84)
  bytes.write(efiSystem, 2 * sector, 'hex')
  bytes.writeBigUInt64LE(BigInt(MiB / sector), 2 * sector + 32)
  return Uint8Array.from(bytes)
}

const expected = { table: 'gpt', count: 1, efi: true, size: 16 * MiB }

describe('a GPT', () => {
  it.each([
    [512, expected],
    [4096, { ...expected, sector: 4096 }],
  ])('for sectors of %d bytes', (sector, found) => {
    expect(parsePartitions(startOfDisk(sector))).toEqual(found)
    expect(partitionStarts(startOfDisk(sector))).toEqual([MiB])
  })
  it('whose header is lost is what its protective MBR says', () => {
    const bytes = startOfDisk(4096)
    bytes.fill(0, 4096, 4104)
    expect(parsePartitions(bytes)).toMatchObject({ table: 'mbr', count: 1, efi: false })
  })
})

describe('disk-image', () => {
  const config = configWith()
  const verdict = (sector: number, type: 'file' | 'block-device') =>
    conclude(
      diskImage,
      {
        files: {
          [config.disk]: {
            bytes: startOfDisk(sector),
            info: { size: 16 * MiB, type },
            access: ['read', 'write'],
          },
          [`${config.disk}.origin.json`]: null,
          '/proc/locks': '',
        },
      },
      config,
    )
  it('warns of a file whose table counts in sectors that the guest does not see', async () => {
    expect(await verdict(4096, 'file')).toMatchObject({
      status: 'warn',
      code: 'disk-image/other-sectors',
      values: { sector: 4096 },
    })
    expect(await verdict(512, 'file')).toMatchObject({ status: 'ok' })
  })
  it('takes such a table on a device, which hands its own sectors on', async () => {
    expect(await verdict(4096, 'block-device')).toMatchObject({ status: 'ok' })
  })
})
