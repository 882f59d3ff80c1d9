import { defineCheck } from '../src/contract.ts'
import { type Partitions, parsePartitions, partitionLength } from '../src/formats/partitions.ts'
import { humanBytes } from '../src/units.ts'
import { type FileFacts, isFleeting, lookAtFile, mistaken, unusable } from './shared/artifact.ts'

interface Facts {
  readonly file: FileFacts | null
  readonly partitions: Partitions | null
  /** Another program holds a lock on it: Cloud Hypervisor does while a guest runs (v46 and later). */
  readonly locked: boolean
}

const fix = { id: 'fetch-image', args: {} } as const

/** Disk formats that Cloud Hypervisor would misread when it is told that the disk is raw. */
const otherFormats = ['qcow2', 'VMDK', 'VHD', 'VHDX']

/** Whether /proc/locks has a lock on a file: "1: OFDLCK ADVISORY WRITE -1 08:01:1234 0 EOF". */
export const isLocked = (locks: string, device: string, inode: number): boolean =>
  locks.split('\n').some((line) => line.split(/\s+/).includes(`${device}:${inode}`))

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
    const path = config.disk
    const expected = 'a raw disk image'
    if (!file)
      return {
        status: 'fail',
        found: `there is no ${path}`,
        expected: `a raw disk with ${config.image}`,
        fix,
      }
    const bad = unusable(path, file, expected)
    if (bad) return bad
    if (otherFormats.includes(file.kind))
      return { status: 'fail', found: `${path} is ${file.kind}, whatever its name says`, expected, fix }
    if (file.kind !== 'data' && partitions?.table === 'none' && file.kind !== 'FAT') {
      return { status: 'fail', found: mistaken(path, file.kind), expected, fix }
    }
    if (partitions?.size != null && file.type === 'file' && partitions.size > file.size) {
      return {
        status: 'fail',
        found: `${path} is cut short: ${humanBytes(file.size)} of ${humanBytes(partitions.size)}`,
        expected,
        fix,
      }
    }
    if (!file.writable) {
      return {
        status: 'fail',
        found: `${path} may not be written`,
        expected: 'a disk that the guest can write to',
        hint: `Give yourself access: \`sudo chown "$USER" ${path}\`.`,
      }
    }
    if (config.boot === 'firmware' && !partitions?.efi) {
      return {
        status: 'warn',
        found: `${path} has ${partitions?.table === 'none' ? 'no partition table' : 'no EFI system partition'}`,
        expected: 'an EFI system partition, which firmware starts from',
        hint: 'Use a cloud image (`chv-doctor fix fetch-image` after moving this one), or `boot: kernel`.',
      }
    }
    if (locked)
      return {
        status: 'warn',
        found: `${path} is locked by a running program`,
        expected: 'a disk that no other VM uses',
        hint: 'Stop the VM that uses it, or give this one a disk of its own.',
      }
    if (isFleeting(path))
      return {
        status: 'warn',
        found: `${path} is gone after a reboot`,
        expected: 'a lasting place',
        hint: 'Move it and set `disk`.',
      }
    return {
      status: 'ok',
      found: `raw, ${humanBytes(file.size)}, ${partitions?.table === 'none' ? 'no table' : `${partitions?.table}, ${partitions?.count} partitions`}`,
    }
  },
})
