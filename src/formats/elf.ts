/**
 * What an ELF file says about itself, as far as Cloud Hypervisor's loader cares
 * (linux-loader 0.13.2, src/loader/elf/mod.rs).
 */

export interface Elf {
  readonly machine: string
  /** Entry point of XEN_ELFNOTE_PHYS32_ENTRY, the PVH note; null without one. */
  readonly pvhEntry: number | null
  /** The end of the furthest segment in the file: a shorter file is truncated. */
  readonly end: number
}

/** One program header. */
interface Segment {
  readonly type: 'load' | 'note' | 'other'
  readonly offset: number
  readonly fileSize: number
  /** p_paddr: where in the guest's memory it is put. */
  readonly address: number
  readonly memorySize: number
}

export interface ElfHeader {
  readonly machine: string
  /** e_type: 2 and 3 are programs, 1 is an object file such as a kernel module. */
  readonly type: number
  readonly entry: number
  /** The end of the furthest segment in the file: a shorter file is truncated. */
  readonly end: number
  readonly segments: readonly Segment[]
}

/** e_machine (elf.h) as `uname -m` writes it. */
const machines: Record<number, string> = {
  3: 'i386',
  40: 'arm',
  62: 'x86_64',
  183: 'aarch64',
  243: 'riscv64',
}

/** XEN_ELFNOTE_PHYS32_ENTRY (xen/include/public/elfnote.h). */
const phys32Entry = 18

/** Rounded up to 4; not in 32-bit arithmetic, where a large size becomes a step backwards. */
const padded = (size: number): number => Math.ceil(size / 4) * 4

/**
 * The PVH entry in the bytes of a PT_NOTE segment: namesz, descsz, type, name and descriptor padded to 4.
 * @returns null when there is no such note
 */
export const pvhEntryIn = (bytes: Uint8Array): number | null => {
  const notes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + 12 <= notes.byteLength; ) {
    const nameSize = notes.getUint32(at, true)
    const descSize = notes.getUint32(at + 4, true)
    const type = notes.getUint32(at + 8, true)
    const desc = at + 12 + padded(nameSize)
    const isXen =
      nameSize === 4 && at + 16 <= notes.byteLength && notes.getUint32(at + 12, false) === 0x58656e00 // "Xen\0"
    if (isXen && type === phys32Entry && desc + 4 <= notes.byteLength) return notes.getUint32(desc, true)
    at = desc + padded(descSize)
  }
  return null
}

const segmentTypes: Record<number, Segment['type']> = { 1: 'load', 4: 'note' }

/**
 * @param bytes the beginning of the file, with all its program headers
 * @returns null when it is not a 64-bit little-endian ELF file
 */
export const parseElfHeader = (bytes: Uint8Array): ElfHeader | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 64 || view.getUint32(0, false) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1)
    return null
  const machine = view.getUint16(18, true)
  const number = (at: number) => Number(view.getBigUint64(at, true))
  const tableAt = number(32)
  const entrySize = view.getUint16(54, true)
  const count = view.getUint16(56, true)
  const segments: Segment[] = []
  for (let index = 0; index < count; index++) {
    const at = tableAt + index * entrySize
    if (entrySize < 56 || at + 56 > bytes.length) break
    segments.push({
      type: segmentTypes[view.getUint32(at, true)] ?? 'other',
      offset: number(at + 8),
      fileSize: number(at + 32),
      address: number(at + 24),
      memorySize: number(at + 40),
    })
  }
  return {
    machine: machines[machine] ?? `machine ${machine}`,
    type: view.getUint16(16, true),
    entry: number(24),
    end: Math.max(tableAt + entrySize * count, ...segments.map(({ offset, fileSize }) => offset + fileSize)),
    segments,
  }
}

/**
 * @param bytes the beginning of the file, with all its notes
 * @returns null when it is not a 64-bit little-endian ELF file
 */
export const parseElf = (bytes: Uint8Array): Elf | null => {
  const header = parseElfHeader(bytes)
  if (!header) return null
  let pvhEntry: number | null = null
  for (const { type, offset, fileSize } of header.segments) {
    if (type === 'note') pvhEntry ??= pvhEntryIn(bytes.subarray(offset, offset + fileSize))
  }
  return { machine: header.machine, pvhEntry, end: header.end }
}
