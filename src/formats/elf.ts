/** What an ELF file says about itself, as far as Cloud Hypervisor's loader cares. */

export interface Elf {
  readonly machine: string
  /** Entry point of XEN_ELFNOTE_PHYS32_ENTRY, the PVH note; null without one. */
  readonly pvhEntry: number | null
  /** The end of the furthest segment in the file: a shorter file is truncated. */
  readonly end: number
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

/** The PVH entry in the bytes of a PT_NOTE segment: namesz, descsz, type, name and descriptor padded to 4. */
const pvhEntryIn = (notes: DataView): number | null => {
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

/**
 * @param bytes the beginning of the file, with all its notes
 * @returns null when it is not a 64-bit little-endian ELF file
 */
export const parseElf = (bytes: Uint8Array): Elf | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 64 || view.getUint32(0, false) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1)
    return null
  const machine = view.getUint16(18, true)
  const tableAt = Number(view.getBigUint64(32, true))
  const entrySize = view.getUint16(54, true)
  const count = view.getUint16(56, true)
  let pvhEntry: number | null = null
  let end = tableAt + entrySize * count
  for (let index = 0; index < count; index++) {
    const at = tableAt + index * entrySize
    if (entrySize < 56 || at + 56 > bytes.length) break
    const type = view.getUint32(at, true)
    const offset = Number(view.getBigUint64(at + 8, true))
    const size = Number(view.getBigUint64(at + 32, true))
    end = Math.max(end, offset + size)
    const PT_NOTE = 4
    if (type === PT_NOTE && offset < bytes.length) {
      const notes = bytes.subarray(offset, Math.min(offset + size, bytes.length))
      pvhEntry ??= pvhEntryIn(new DataView(notes.buffer, notes.byteOffset, notes.byteLength))
    }
  }
  return { machine: machines[machine] ?? `machine ${machine}`, pvhEntry, end }
}
