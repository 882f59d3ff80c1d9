/**
 * Reads files from the root directory of an ISO 9660 image in memory, as genisoimage, xorriso and
 * cloud-localds make them: names by Rock Ridge, which Linux prefers, or Joliet, or plain. ECMA-119
 * section 8.4 (descriptors) and 9.1 (directories); IEEE P1282 (Rock Ridge). Corrupt images end in null or
 * a shorter file.
 */
import type { RootDirectory } from './root-directory.ts'

const block = 2048

interface Entry {
  readonly name: string
  /** The name is one of Rock Ridge. */
  readonly isLong: boolean
  readonly at: number
  readonly size: number
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const utf16 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
  }
  return text
}

/** The name that Rock Ridge gives (its NM entries, in pieces), or "" without it. */
const rockRidge = (area: Uint8Array): string => {
  let name = ''
  for (let at = 0; at + 4 <= area.length; ) {
    const length = area[at + 2] ?? 0
    if (length < 4) break
    // The byte after the version says "continued", "." or ".."; the name follows it.
    if (latin(area.subarray(at, at + 2)) === 'NM') name += latin(area.subarray(at + 5, at + length))
    at += length
  }
  return name
}

/** "USER_DAT.;1" without the version, and without a dot that ends it. */
const plain = (name: string): string => name.replace(/;\d+$/, '').replace(/\.$/, '')

const readDirectory = (directory: Uint8Array, joliet: boolean): Entry[] => {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength)
  const entries: Entry[] = []
  for (let at = 0; at + 34 <= directory.length; ) {
    const length = directory[at] ?? 0
    // A record never crosses a block: the rest of one is zero.
    if (length === 0) {
      at = (Math.floor(at / block) + 1) * block
      continue
    }
    if (length < 34) break
    const nameLength = directory[at + 32] ?? 0
    const name = directory.subarray(at + 33, at + 33 + nameLength)
    const isDirectory = ((directory[at + 25] ?? 0) & 0x02) !== 0
    // A padding byte keeps the system use area at an even offset.
    const area = directory.subarray(at + 33 + nameLength + ((nameLength + 1) % 2), at + length)
    if (!isDirectory) {
      const long = joliet ? '' : rockRidge(area)
      entries.push({
        // Linux shows plain names in lower case.
        name: joliet ? plain(utf16(name)) : long || plain(latin(name)).toLowerCase(),
        isLong: long !== '',
        at: view.getUint32(at + 2, true) * block,
        size: view.getUint32(at + 10, true),
      })
    }
    at += length
  }
  return entries
}

/** The root directory that a volume descriptor names. */
const rootOf = (bytes: Uint8Array, descriptor: number, joliet: boolean): Entry[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = view.getUint32(descriptor + 156 + 2, true) * block
  const size = view.getUint32(descriptor + 156 + 10, true)
  return readDirectory(bytes.subarray(at, Math.min(at + size, bytes.length)), joliet)
}

/** @returns null when the bytes are no ISO 9660 image, or one of UDF as well, which Linux prefers */
export const parseIso = (bytes: Uint8Array): RootDirectory | null => {
  let primary: number | null = null
  let joliet: number | null = null
  // Descriptors stand from block 16 on, up to one of type 255.
  for (let at = 16 * block; at + block <= bytes.length; at += block) {
    const type = bytes[at] ?? 0
    const standard = latin(bytes.subarray(at + 1, at + 6))
    if (standard === 'BEA01') return null
    if (standard !== 'CD001') break
    if (type === 255) continue
    if (type === 1) primary ??= at
    // Joliet is a supplementary descriptor with one of three escape sequences for UCS-2.
    if (type === 2 && /^%\/[@CE]/.test(latin(bytes.subarray(at + 88, at + 91)))) joliet ??= at
  }
  if (primary === null) return null
  const own = rootOf(bytes, primary, false)
  const hasLong = own.some(({ isLong }) => isLong)
  const entries = joliet !== null && !hasLong ? rootOf(bytes, joliet, true) : own
  const byName = new Map([...entries].reverse().map((entry) => [entry.name, entry]))
  // Unlike FAT it tells upper from lower case.
  const find = (name: string) => byName.get(name)
  return {
    label: latin(bytes.subarray(primary + 40, primary + 72)).trimEnd(),
    files: entries.map((entry) => entry.name),
    read: (name) => {
      const entry = find(name)
      return entry ? bytes.subarray(entry.at, entry.at + entry.size) : null
    },
    sizeOf: (name) => find(name)?.size ?? null,
  }
}
