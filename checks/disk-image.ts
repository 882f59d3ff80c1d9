import { defineCheck } from '../src/contract.ts'
import { describeKind } from '../src/formats/magic.ts'
import { type Partitions, parsePartitions, partitionLength } from '../src/formats/partitions.ts'
import { isLocked } from '../src/host/locks.ts'
import { humanBytes } from '../src/units.ts'
import { type FileFacts, fleeting, lookAtFile, unusable } from './shared/artifact.ts'

interface Facts {
  readonly file: FileFacts | null
  readonly partitions: Partitions | null
  /** Another program holds a lock on it: Cloud Hypervisor does while a guest runs (v46 and later). */
  readonly locked: boolean
}

const fix = { id: 'fetch-image', args: {} } as const

/** Disk formats that Cloud Hypervisor would misread when it is told that the disk is raw. */
const otherFormats = ['qcow2', 'VMDK', 'VHD', 'VHDX']

export const diskImage = defineCheck<'disk-image', Facts>({
  id: 'disk-image',
  title: 'The guest disk, by its content',
  group: 'artifacts',
  probe: async (host, config) => {
    const [file, info, locks] = await Promise.all([
      lookAtFile(host, config.disk),
      host.stat(config.disk),
      host.readText('/proc/locks'),
    ])
    const bytes =
      file?.readable && file.type !== 'directory'
        ? await host.readBytes(config.disk, 0, partitionLength)
        : null
    return {
      file,
      partitions: bytes && file?.kind !== 'empty' ? parsePartitions(bytes) : null,
      locked: info !== null && isLocked(locks ?? '', info.device, info.inode),
    }
  },
  judge: ({ file, partitions, locked }, config) => {
    const at = config.disk
    const expected = 'a raw disk image'
    if (!file)
      return { status: 'fail', found: 'missing', expected: `a raw disk with ${config.image}`, at, fix }
    const bad = unusable(at, file, expected)
    if (bad) return bad
    if (otherFormats.includes(file.kind)) {
      return { status: 'fail', found: `${file.kind}, whatever its name says`, expected, at, fix }
    }
    if (
      file.kind === 'empty' ||
      (file.kind !== 'data' && file.kind !== 'FAT' && partitions?.table === 'none')
    ) {
      return { status: 'fail', found: describeKind(file.kind), expected, at, fix }
    }
    if (partitions?.size != null && file.type === 'file' && partitions.size > file.size) {
      const found = `cut short: ${humanBytes(file.size)} of ${humanBytes(partitions.size)}`
      return { status: 'fail', found, expected, at, fix }
    }
    if (!file.writable) {
      return {
        status: 'fail',
        found: 'it may not be written',
        expected: 'a disk that the guest can write to',
        at,
        hint: `Give yourself access: \`sudo chown "$USER" ${at}\`.`,
      }
    }
    if (config.boot === 'firmware' && !partitions?.efi) {
      return {
        status: 'warn',
        found: partitions?.table === 'none' ? 'no partition table' : 'no EFI system partition',
        expected: 'an EFI system partition, which firmware starts from',
        at,
        hint: 'Move it away and let `chv-doctor fix` fetch a cloud image, or use `boot: kernel`.',
      }
    }
    if (locked) {
      return {
        status: 'warn',
        found: 'locked by a running program',
        expected: 'a disk that no other VM uses',
        at,
        hint: 'Stop the VM that uses it, or give this one a disk of its own.',
      }
    }
    const table =
      partitions?.table === 'none' ? 'no table' : `${partitions?.table}, partitions: ${partitions?.count}`
    // stat says nothing about the size of a device.
    const what = file.type === 'file' ? humanBytes(file.size) : 'block device'
    return fleeting(at, 'disk') ?? { status: 'ok', found: `raw, ${what}, ${table}` }
  },
})
