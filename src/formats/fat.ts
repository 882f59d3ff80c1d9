/**
 * Reads files from the root folder of a FAT12 or FAT16 image in memory: enough for a NoCloud seed,
 * and no process, so that a seed can be judged where mtools is missing. Corrupt images end in null or
 * a shorter file, never in a loop: a chain cannot be longer than the table.
 */

export interface FatImage {
  readonly label: string
  /** Names in the root folder, long names where there are any. */
  readonly files: readonly string[]
  /** The content of a file in the root folder, or null. */
  read(name: string): Uint8Array | null
}

interface Entry {
  readonly name: string
  readonly cluster: number
  readonly size: number
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** Offsets of the 13 UTF-16 units in a long-name entry (FAT specification 1.03, section 7). */
const longNameOffsets = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30]

const longPart = (view: DataView, at: number): string => {
  let part = ''
  for (const offset of longNameOffsets) {
    const unit = view.getUint16(at + offset, true)
    if (unit === 0 || unit === 0xffff) break
    part += String.fromCharCode(unit)
  }
  return part
}

const shortName = (bytes: Uint8Array, at: number): string => {
  const base = ascii(bytes.subarray(at, at + 8)).trimEnd()
  const extension = ascii(bytes.subarray(at + 8, at + 11)).trimEnd()
  // Windows NT's flags say which half was written in lower case.
  const flags = bytes[at + 12] ?? 0
  const lower = (text: string, flag: number) => ((flags & flag) !== 0 ? text.toLowerCase() : text)
  return lower(base, 0x08) + (extension ? `.${lower(extension, 0x10)}` : '')
}

const readRoot = (bytes: Uint8Array, view: DataView, at: number, count: number) => {
  const entries: Entry[] = []
  let label: string | null = null
  let long = ''
  for (let index = 0; index < count; index++, at += 32) {
    if (at + 32 > bytes.length || bytes[at] === 0) break
    const attributes = bytes[at + 11] ?? 0
    if (bytes[at] === 0xe5) {
      long = ''
    } else if (attributes === 0x0f) {
      long = longPart(view, at) + long
    } else {
      if ((attributes & 0x08) !== 0) label ??= ascii(bytes.subarray(at, at + 11)).trimEnd()
      else if ((attributes & 0x10) === 0) {
        entries.push({
          name: long || shortName(bytes, at),
          cluster: view.getUint16(at + 26, true),
          size: view.getUint32(at + 28, true),
        })
      }
      long = ''
    }
  }
  return { entries, label }
}

/** @returns null when the bytes are no FAT12 or FAT16 image */
export const parseFat = (bytes: Uint8Array): FatImage | null => {
  if (bytes.length < 512) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sector = view.getUint16(11, true)
  const cluster = (bytes[13] ?? 0) * sector
  const tableAt = view.getUint16(14, true) * sector
  const rootEntries = view.getUint16(17, true)
  const tableSize = view.getUint16(22, true) * sector
  if (![512, 1024, 2048, 4096].includes(sector) || cluster === 0 || rootEntries === 0 || tableSize === 0)
    return null
  const rootAt = tableAt + (bytes[16] ?? 0) * tableSize
  const dataAt = rootAt + Math.ceil((rootEntries * 32) / sector) * sector
  const sectors = view.getUint16(19, true) || view.getUint32(32, true)
  const clusters = Math.floor((sectors * sector - dataAt) / cluster)
  // The specification decides by the number of clusters alone.
  const wide = clusters >= 4085
  const next = (number: number): number => {
    const at = tableAt + (wide ? number * 2 : number + (number >> 1))
    if (at + 2 > Math.min(bytes.length, rootAt)) return 0xffff
    const value = view.getUint16(at, true)
    if (wide) return value
    return number % 2 === 0 ? value & 0xfff : value >> 4
  }
  const { entries, label } = readRoot(bytes, view, rootAt, rootEntries)
  return {
    label: label ?? ascii(bytes.subarray(43, 54)).trimEnd(),
    files: entries.map((entry) => entry.name),
    read: (name) => {
      const entry = entries.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
      if (!entry) return null
      const parts: Uint8Array[] = []
      // What the image says of its own size may be a lie: a chain has no more clusters than there are bytes.
      const most = Math.min(entry.size, bytes.length) / cluster
      let at = entry.cluster
      for (let step = 0; step < most && at >= 2 && at < clusters + 2; step++) {
        parts.push(bytes.subarray(dataAt + (at - 2) * cluster, dataAt + (at - 1) * cluster))
        at = next(at)
      }
      return Buffer.concat(parts).subarray(0, entry.size)
    },
  }
}
