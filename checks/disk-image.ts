import { isFrom, originPath, parseOrigin } from '../src/catalogue/disk-origin.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { describeKind, type Kind } from '../src/formats/magic.ts'
import { type Partitions, parsePartitions, partitionLength } from '../src/formats/partitions.ts'
import type { FileInfo } from '../src/host/files.ts'
import type { Host } from '../src/host/host.ts'
import { isLocked } from '../src/host/proc-locks.ts'
import { isHeldForLong } from '../src/hypervisor/in-use.ts'
import { humanBytes } from '../src/util/units.ts'
import { type FileFacts, fileFindings, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'

interface Facts {
  readonly file: FileFacts | null
  readonly partitions: Partitions | null
  /** Another program holds a lock on it: Cloud Hypervisor does while a guest runs (v46 and later). */
  readonly locked: boolean
  /** Where the doctor has it from; null when that was not written down, or for another disk. */
  readonly origin?: { readonly image: string; readonly matches: boolean; readonly used: boolean } | null
}

const raw = 'a raw disk image'

const findings = {
  ...fileFindings,
  missing: finding<{ image: string | null }>({
    found: 'missing',
    expected: ({ image }) => (image === null ? raw : `a raw disk with ${image}`),
  }),
  'not-raw': finding<{ format: Kind }>({
    found: ({ format }) => `its content is ${format}, whatever its name`,
    expected: raw,
  }),
  'not-a-disk': finding<{ kind: Kind }>({
    found: ({ kind }) => describeKind(kind),
    expected: raw,
  }),
  truncated: finding<{ size: number; needed: number }>({
    found: ({ size, needed }) => `truncated: ${humanBytes(size)} of ${humanBytes(needed)}`,
    expected: raw,
  }),
  'no-write-access': finding<{ path: string }>({
    found: 'it may not be written',
    expected: 'a disk that the guest can write to',
    hint: ({ path }) => `Give yourself access: \`sudo chown "$USER" ${path}\`.`,
  }),
  'no-efi-partition': finding<{ partitioned: boolean }>({
    found: ({ partitioned }) => (partitioned ? 'no EFI system partition' : 'no partition table'),
    expected: 'an EFI system partition, which firmware starts from',
    hint: 'Move it away and let `chv-doctor fix` fetch a cloud image, or use `boot: kernel`.',
  }),
  'other-sectors': finding<{ sector: number }>({
    found: ({ sector }) => `its partition table counts in sectors of ${sector} bytes`,
    expected: 'a table for sectors of 512 bytes, which a disk from a file has in the guest',
    hint: 'Make the table anew for 512 bytes, or let `chv-doctor fix` fetch an image in its place.',
  }),
  'unknown-content': finding({
    found: 'no partition table, and no file system that is known',
    expected: 'a disk with the root file system of the guest',
    hint: 'Look at it with `file -s`, or let `chv-doctor fix` fetch an image in its place.',
  }),
  locked: finding({
    found: 'locked by a running program',
    expected: 'a disk that no other VM uses',
    hint: 'Stop the VM that uses it, or give this one a disk of its own.',
  }),
  'other-image': finding<{ from: string; image: string; used: boolean }>({
    found: ({ from }) => `made from ${from}`,
    expected: ({ image, used }) => `a disk from ${image}${usedSince(used)}`,
  }),
  'other-source': finding<{ used: boolean }>({
    found: 'made from another address or digest',
    expected: ({ used }) => `a disk from image_url${usedSince(used)}`,
  }),
  'smaller-than-configured': finding<{ size: number; wanted: number }>({
    found: ({ size }) => `a disk of ${humanBytes(size)}`,
    expected: ({ wanted }) => `${humanBytes(wanted)}, as disk_size says`,
  }),
}

type DiskVerdict = Verdict<typeof findings>

const usedSince = (used: boolean) => (used ? '; this one was written to since' : '')

const fix = { id: 'fetch-image', args: {} } as const

const originOf = async (host: Host, config: Config, info: FileInfo | null) => {
  const known = info && parseOrigin(await host.readText(originPath(config.disk)))
  if (!known || known.inode !== info.inode) return null
  // Not the address itself, which can carry credentials.
  return { image: known.image, matches: isFrom(known, config), used: info.mtime > known.mtime }
}

/** A disk that works, but is not what the configuration asks for. */
const notAsConfigured = ({ file, origin }: Facts, config: Config): DiskVerdict | null => {
  const path = config.disk
  if (origin && !origin.matches) {
    const { image: from, used } = origin
    return from === config.image
      ? { status: 'warn', code: 'other-source', values: { used }, path, fix }
      : { status: 'warn', code: 'other-image', values: { from, image: config.image, used }, path, fix }
  }
  const wanted = config.disk_size
  if (wanted !== null && file?.type === 'file' && file.size < wanted) {
    const values = { size: file.size, wanted }
    const grow = { id: 'fetch-image', args: { grow: true } } as const
    return { status: 'warn', code: 'smaller-than-configured', values, path, fix: grow }
  }
  return null
}

/** Disk formats that Cloud Hypervisor would misread when it is told that the disk is raw. */
const otherFormats: readonly Kind[] = ['qcow2', 'VMDK', 'VHD', 'VHDX', 'VDI', 'QED', 'Parallels', 'Bochs']

/** What a disk without a partition table may be: a file system, or what only its user knows. */
const wholeDisks: readonly Kind[] = ['data', 'FAT', 'file system']

export const diskImage = defineCheck({
  id: 'disk-image',
  title: 'The guest disk, by its content',
  group: 'artifacts',
  beforeBoot: 'required',
  looksAt: 'disk',
  userFiles: ['disk'],
  findings,
  probe: async (host, config): Promise<Facts> => {
    const [file, info, locks] = await Promise.all([
      lookAtFile(host, config.disk),
      host.stat(config.disk),
      host.readText('/proc/locks'),
    ])
    const isLockedIn = (text: string | null) => info !== null && isLocked(text ?? '', info.device, info.inode)
    const isStillLocked = async () => isLockedIn(await host.readTextNow('/proc/locks'))
    const bytes =
      // A pipe or socket has no content to read at an offset.
      file?.readable && (file.type === 'file' || file.type === 'block-device')
        ? await host.readBytes(config.disk, 0, partitionLength)
        : null
    return {
      file,
      partitions: bytes && file?.kind !== 'empty' ? parsePartitions(bytes) : null,
      locked: isLockedIn(locks) && (await isHeldForLong(host, config.tap, isStillLocked)),
      origin: await originOf(host, config, info),
    }
  },
  judge: (facts, config) => {
    const { file, partitions, locked } = facts
    const path = config.disk
    if (!file) {
      const image = config.image_url === null ? config.image : null
      return { status: 'fail', code: 'missing', values: { image }, path, fix }
    }
    const bad = unusable(path, file)
    if (bad) return bad
    const { kind, type, size } = file
    if (otherFormats.includes(kind))
      return { status: 'fail', code: 'not-raw', values: { format: kind }, path, fix }
    if (kind === 'empty' || (!wholeDisks.includes(kind) && partitions?.table === 'none'))
      return { status: 'fail', code: 'not-a-disk', values: { kind }, path, fix }
    if (partitions?.size != null && type === 'file' && partitions.size > size)
      return { status: 'fail', code: 'truncated', values: { size, needed: partitions.size }, path, fix }
    if (!file.writable) return { status: 'fail', code: 'no-write-access', values: { path }, path }
    // A device of the host hands its own sectors on; a file has sectors of 512 bytes (block/src/lib.rs, DiskTopology).
    if (partitions?.sector !== undefined && type === 'file')
      return { status: 'warn', code: 'other-sectors', values: { sector: partitions.sector }, path }
    if (config.boot === 'kernel' && kind === 'data' && partitions?.table === 'none')
      return { status: 'warn', code: 'unknown-content', path }
    if (config.boot === 'firmware' && !partitions?.efi) {
      const values = { partitioned: partitions?.table !== 'none' }
      return { status: 'warn', code: 'no-efi-partition', values, path }
    }
    if (locked) return { status: 'warn', code: 'locked', path }
    const other = notAsConfigured(facts, config)
    if (other) return other
    const table =
      partitions?.table === 'none' ? 'no table' : `${partitions?.table}, partitions: ${partitions?.count}`
    // stat says nothing about the size of a device.
    const what = type === 'file' ? humanBytes(size) : 'block device'
    return volatileLocation(path, 'disk') ?? { status: 'ok', found: `raw, ${what}, ${table}` }
  },
})
