/** The partition table of a raw disk: what firmware looks for, and whether the file is whole. */

export interface Partitions {
  readonly table: 'gpt' | 'mbr' | 'none'
  readonly count: number
  /** An EFI system partition, which firmware starts from. */
  readonly efi: boolean
  /** Bytes that the table says the disk has; null where it does not say. */
  readonly size: number | null
}

/** C12A7328-F81F-11D2-BA4B-00A0C93EC93B as stored (UEFI 5.3.3: first three fields little endian). */
const efiSystem = '28732ac11ff8d211ba4b00a0c93ec93b'

const sector = 512

/** Bytes from the start that hold both headers and the usual 128 entries. */
export const partitionLength = 34 * sector

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const gpt = (bytes: Uint8Array, view: DataView): Partitions => {
  const backup = Number(view.getBigUint64(sector + 32, true))
  const entriesAt = Number(view.getBigUint64(sector + 72, true)) * sector
  const entries = Math.min(view.getUint32(sector + 80, true), 128)
  const entrySize = view.getUint32(sector + 84, true)
  const types: string[] = []
  for (let index = 0; index < entries; index++) {
    const at = entriesAt + index * entrySize
    if (entrySize < 128 || at + 16 > bytes.length) break
    const type = hex(bytes.subarray(at, at + 16))
    if (!/^0+$/.test(type)) types.push(type)
  }
  // The backup header is the last sector of the disk.
  return { table: 'gpt', count: types.length, efi: types.includes(efiSystem), size: (backup + 1) * sector }
}

const mbr = (bytes: Uint8Array, view: DataView): Partitions => {
  let count = 0
  let efi = false
  let end = 0
  for (let index = 0; index < 4; index++) {
    const at = 446 + index * 16
    const type = bytes[at + 4] ?? 0
    if (type === 0) continue
    count++
    efi ||= type === 0xef
    end = Math.max(end, (view.getUint32(at + 8, true) + view.getUint32(at + 12, true)) * sector)
  }
  return count === 0 ? none : { table: 'mbr', count, efi, size: end }
}

const none: Partitions = { table: 'none', count: 0, efi: false, size: null }

/** @param bytes the first `partitionLength` bytes of a raw disk */
export const parsePartitions = (bytes: Uint8Array): Partitions => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length >= 2 * sector && hex(bytes.subarray(sector, sector + 8)) === '4546492050415254')
    return gpt(bytes, view)
  return bytes.length >= sector && view.getUint16(510, true) === 0xaa55 ? mbr(bytes, view) : none
}
