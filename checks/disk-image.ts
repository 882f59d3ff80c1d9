import { isFrom, originPath, parseOrigin } from '../src/catalogue/disk-origin.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { describeKind } from '../src/formats/magic.ts'
import { type Partitions, parsePartitions, partitionLength } from '../src/formats/partitions.ts'
import type { FileInfo } from '../src/host/files.ts'
import type { Host } from '../src/host/host.ts'
import { isLocked } from '../src/host/proc-locks.ts'
import { humanBytes } from '../src/util/units.ts'
import { type FileFacts, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'

interface Facts {
  readonly file: FileFacts | null
  readonly partitions: Partitions | null
  /** Another program holds a lock on it: Cloud Hypervisor does while a guest runs (v46 and later). */
  readonly locked: boolean
  /** Where the doctor has it from; null when that was not written down, or for another disk. */
  readonly origin?: { readonly image: string; readonly matches: boolean; readonly used: boolean } | null
}

const fix = { id: 'fetch-image', args: {} } as const

const originOf = async (host: Host, config: Config, info: FileInfo | null) => {
  const known = info && parseOrigin(await host.readText(originPath(config.disk)))
  if (!known || known.inode !== info.inode) return null
  // Not the address itself, which can carry credentials.
  return { image: known.image, matches: isFrom(known, config), used: info.mtime > known.mtime }
}

/** The disk works, but is not what the configuration asks for. */
const notAsAsked = ({ file, origin }: Facts, config: Config): Verdict | null => {
  const path = config.disk
  if (origin && !origin.matches) {
    const same = origin.image === config.image
    const used = origin.used ? '; this one was written to since' : ''
    return {
      status: 'warn',
      found: `made from ${same ? 'another address or digest' : origin.image}`,
      expected: `a disk from ${same ? 'image_url' : config.image}${used}`,
      path,
      fix,
    }
  }
  if (config.disk_size !== null && file?.type === 'file' && file.size < config.disk_size) {
    return {
      status: 'warn',
      found: `a disk of ${humanBytes(file.size)}`,
      expected: `${humanBytes(config.disk_size)}, as disk_size says`,
      path,
      fix: { id: 'fetch-image', args: { grow: true } },
    }
  }
  return null
}

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
      origin: await originOf(host, config, info),
    }
  },
  judge: (facts, config) => {
    const { file, partitions, locked } = facts
    const path = config.disk
    const expected = 'a raw disk image'
    if (!file) {
      const wanted = config.image_url === null ? `a raw disk with ${config.image}` : expected
      return { status: 'fail', found: 'missing', expected: wanted, path, fix }
    }
    const bad = unusable(path, file, expected)
    if (bad) return bad
    if (otherFormats.includes(file.kind)) {
      return { status: 'fail', found: `${file.kind}, whatever its name says`, expected, path, fix }
    }
    if (
      file.kind === 'empty' ||
      (file.kind !== 'data' && file.kind !== 'FAT' && partitions?.table === 'none')
    ) {
      return { status: 'fail', found: describeKind(file.kind), expected, path, fix }
    }
    if (partitions?.size != null && file.type === 'file' && partitions.size > file.size) {
      const found = `cut short: ${humanBytes(file.size)} of ${humanBytes(partitions.size)}`
      return { status: 'fail', found, expected, path, fix }
    }
    if (!file.writable) {
      return {
        status: 'fail',
        found: 'it may not be written',
        expected: 'a disk that the guest can write to',
        path,
        hint: `Give yourself access: \`sudo chown "$USER" ${path}\`.`,
      }
    }
    if (config.boot === 'firmware' && !partitions?.efi) {
      return {
        status: 'warn',
        found: partitions?.table === 'none' ? 'no partition table' : 'no EFI system partition',
        expected: 'an EFI system partition, which firmware starts from',
        path,
        hint: 'Move it away and let `chv-doctor fix` fetch a cloud image, or use `boot: kernel`.',
      }
    }
    if (locked) {
      return {
        status: 'warn',
        found: 'locked by a running program',
        expected: 'a disk that no other VM uses',
        path,
        hint: 'Stop the VM that uses it, or give this one a disk of its own.',
      }
    }
    const other = notAsAsked(facts, config)
    if (other) return other
    const table =
      partitions?.table === 'none' ? 'no table' : `${partitions?.table}, partitions: ${partitions?.count}`
    // stat says nothing about the size of a device.
    const what = file.type === 'file' ? humanBytes(file.size) : 'block device'
    return volatileLocation(path, 'disk') ?? { status: 'ok', found: `raw, ${what}, ${table}` }
  },
})
