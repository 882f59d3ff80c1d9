/** The partition table of a raw disk: what firmware looks for, where the partitions are, and how long the disk is. */

export interface Partitions {
  readonly table: 'gpt' | 'mbr' | 'none'
  readonly count: number
  /** An EFI system partition, which firmware starts from. */
  readonly efi: boolean
  /** Bytes that the table says the disk has; null where it does not say. */
  readonly size: number | null
  /** Bytes of the sectors that the table counts in, where these are not 512. */
  readonly sector?: number
}

interface Entry {
  readonly efi: boolean
  /** Bytes from the start of the disk. */
  readonly start: number
}

interface Table {
  readonly table: 'gpt' | 'mbr'
  readonly entries: readonly Entry[]
  readonly size: number
  readonly sector: number
}

const sector = 512

/** Of disks whose logical sectors are as long as the physical ones (4Kn). */
const longSector = 4096

/** Bytes from the start that hold both headers and the usual 128 entries. */
export const partitionLength = 34 * sector

/** C12A7328-F81F-11D2-BA4B-00A0C93EC93B as stored (UEFI 5.3.3: first three fields little endian). */
const efiSystem = '28732ac11ff8d211ba4b00a0c93ec93b'

const latin = (bytes: Uint8Array, at: number, length: number): string =>
  Buffer.from(bytes.subarray(at, at + length)).toString('latin1')

const isPowerOfTwo = (value: number) => value > 0 && (value & (value - 1)) === 0

/**
 * Whether the first sector belongs to a file system, which ends in the same two bytes as an MBR: NTFS, exFAT
 * and BitLocker by name, FAT and HPFS by their BIOS parameter block, BeFS by its superblock. libblkid
 * (libblkid/src/partitions/dos.c) makes the same distinction.
 */
const isBootSector = (bytes: Uint8Array, view: DataView): boolean =>
  ['NTFS    ', 'EXFAT   ', '-FVE-FS-'].includes(latin(bytes, 3, 8)) ||
  ['1SFB', 'BFS1'].includes(latin(bytes, sector + 32, 4)) ||
  ([512, 1024, 2048, 4096].includes(view.getUint16(11, true)) &&
    isPowerOfTwo(view.getUint8(13)) &&
    (view.getUint8(21) === 0xf0 || view.getUint8(21) >= 0xf8))

/** @param unit bytes of a sector, by which the table counts */
const gpt = (bytes: Uint8Array, view: DataView, unit: number): Table => {
  // UEFI 5.3.2: entries at LBA [72], their number [80], the size of one [84].
  const entriesAt = Number(view.getBigUint64(unit + 72, true)) * unit
  const maxEntries = Math.min(view.getUint32(unit + 80, true), 128)
  const entrySize = view.getUint32(unit + 84, true)
  const entries: Entry[] = []
  for (let index = 0; index < maxEntries && entrySize >= 128; index++) {
    const at = entriesAt + index * entrySize
    if (at + 40 > bytes.length) break
    const type = Buffer.from(bytes.subarray(at, at + 16)).toString('hex')
    if (/^0+$/.test(type)) continue
    entries.push({ efi: type === efiSystem, start: Number(view.getBigUint64(at + 32, true)) * unit })
  }
  // The backup header is the last sector of the disk.
  return {
    table: 'gpt',
    entries,
    size: (Number(view.getBigUint64(unit + 32, true)) + 1) * unit,
    sector: unit,
  }
}

const readTable = (bytes: Uint8Array): Table | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < sector || view.getUint16(510, true) !== 0xaa55) return null
  const used = [446, 462, 478, 494].filter((at) => view.getUint8(at + 4) !== 0)
  // Linux (block/partitions/efi.c) and edk2 (PartitionDxe/Gpt.c) ignore a GPT without its protective MBR.
  const isProtective = used.some((at) => view.getUint8(at + 4) === 0xee)
  for (const unit of isProtective ? [sector, longSector] : []) {
    if (latin(bytes, unit, 8) === 'EFI PART' && bytes.length >= 2 * unit) return gpt(bytes, view, unit)
  }
  // Other values of the boot indicator are code or text (Linux: block/partitions/msdos.c).
  const hasFlags = used.every((at) => (view.getUint8(at) & 0x7f) === 0)
  if (used.length === 0 || !hasFlags || isBootSector(bytes, view)) return null
  const number = (at: number) => view.getUint32(at, true) * sector
  return {
    table: 'mbr',
    entries: used.map((at) => ({ efi: view.getUint8(at + 4) === 0xef, start: number(at + 8) })),
    size: Math.max(...used.map((at) => number(at + 8) + number(at + 12))),
    sector,
  }
}

/** @param bytes the first `partitionLength` bytes of a raw disk */
export const parsePartitions = (bytes: Uint8Array): Partitions => {
  const found = readTable(bytes)
  if (!found) return { table: 'none', count: 0, efi: false, size: null }
  const { table, entries, size, sector: unit } = found
  const counted = unit === sector ? {} : { sector: unit }
  return { table, count: entries.length, efi: entries.some(({ efi }) => efi), size, ...counted }
}

/**
 * Where the file systems of a raw disk begin.
 * @param bytes its first `partitionLength` bytes
 * @returns byte offsets; 0 alone for a disk without a table
 */
export const partitionStarts = (bytes: Uint8Array): readonly number[] => {
  const found = readTable(bytes)
  return found ? found.entries.map(({ start }) => start).filter((start) => start > 0) : [0]
}
