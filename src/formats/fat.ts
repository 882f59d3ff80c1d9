/**
 * Reads files from the root directory of a FAT12, FAT16 or FAT32 image in memory: enough for a NoCloud
 * seed. Corrupt images end in null or a shorter file, never in a loop: a chain cannot have more
 * clusters than the image has bytes for.
 */
import type { RootDirectory } from './root-directory.ts'

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

/** @param bytes the root directory alone */
const readRoot = (bytes: Uint8Array) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Entry[] = []
  let label: string | null = null
  let long = ''
  for (let at = 0; at + 32 <= bytes.length && bytes[at] !== 0; at += 32) {
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
          // The upper half is zero but on FAT32.
          cluster: view.getUint16(at + 26, true) + view.getUint16(at + 20, true) * 0x10000,
          size: view.getUint32(at + 28, true),
        })
      }
      long = ''
    }
  }
  return { entries, label }
}

/** What follows a cluster in the table; the end of a chain, and what is no cluster, are large numbers. */
const tableOf = (
  bytes: Uint8Array,
  view: DataView,
  [from, to]: readonly [number, number],
  bits: 12 | 16 | 32,
) => {
  const end = Math.min(bytes.length, to)
  const at = (offset: number, width: 2 | 4): number | null =>
    offset + width > end ? null : width === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true)
  if (bits === 32) return (number: number) => (at(from + number * 4, 4) ?? 0xfff_ffff) & 0xfff_ffff
  if (bits === 16) return (number: number) => at(from + number * 2, 2) ?? 0xffff
  return (number: number) => {
    const value = at(from + number + (number >> 1), 2) ?? 0xffff
    return number % 2 === 0 ? value & 0xfff : value >> 4
  }
}

/** Where the extended boot record keeps its label (FAT specification 1.03, section 3.1), which mkfs.fat fills with "NO NAME". */
const bootLabelOf = (bytes: Uint8Array, isFat32: boolean): string => {
  const at = isFat32 ? 71 : 43
  const label = ascii(bytes.subarray(at, at + 11))
    .replace(/\0.*/s, '')
    .trimEnd()
  return label === 'NO NAME' ? '' : label
}

/** @returns null when the bytes are no FAT image, or end before its data begins */
export const parseFat = (bytes: Uint8Array): RootDirectory | null => {
  if (bytes.length < 512) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sector = view.getUint16(11, true)
  const cluster = (bytes[13] ?? 0) * sector
  const tableAt = view.getUint16(14, true) * sector
  const rootEntries = view.getUint16(17, true)
  const tableSize = (view.getUint16(22, true) || view.getUint32(36, true)) * sector
  if (![512, 1024, 2048, 4096].includes(sector) || cluster === 0 || tableSize === 0) return null
  const rootAt = tableAt + (bytes[16] ?? 0) * tableSize
  const dataAt = rootAt + Math.ceil((rootEntries * 32) / sector) * sector
  if (dataAt > bytes.length) return null
  const sectors = view.getUint16(19, true) || view.getUint32(32, true)
  const clusters = Math.floor((sectors * sector - dataAt) / cluster)
  // As Linux tells them apart: FAT32 has no table size of 16 bits, and its root directory is a chain like
  // any other; between the other two the number of clusters decides.
  const wide = view.getUint16(22, true) === 0
  if (wide !== (rootEntries === 0)) return null
  const next = tableOf(bytes, view, [tableAt, rootAt], wide ? 32 : clusters >= 4085 ? 16 : 12)
  /** @param most bytes; what an image says of its own size may be a lie */
  const chain = (first: number, most: number): Uint8Array => {
    const parts: Uint8Array[] = []
    const length = Math.min(most, bytes.length)
    let at = first
    for (let got = 0; got < length && at >= 2 && at < clusters + 2; got += cluster) {
      parts.push(bytes.subarray(dataAt + (at - 2) * cluster, dataAt + (at - 1) * cluster))
      at = next(at)
    }
    return Buffer.concat(parts).subarray(0, length)
  }
  const root = wide
    ? chain(view.getUint32(44, true), bytes.length)
    : bytes.subarray(rootAt, rootAt + rootEntries * 32)
  const { entries, label } = readRoot(root)
  const byName = new Map([...entries].reverse().map((entry) => [entry.name.toLowerCase(), entry]))
  const find = (name: string) => byName.get(name.toLowerCase())
  return {
    label: label ?? '',
    bootLabel: bootLabelOf(bytes, wide),
    files: entries.map((entry) => entry.name),
    read: (name) => {
      const entry = find(name)
      return entry ? chain(entry.cluster, entry.size) : null
    },
    sizeOf: (name) => find(name)?.size ?? null,
  }
}
