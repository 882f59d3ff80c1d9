/**
 * What a guest kernel says about itself: an ELF vmlinux, an x86 bzImage, an arm64 Image, and the forms
 * that look like one and are none.
 */
import { parseElfHeader, pvhEntryIn } from './elf.ts'
import { parsePe } from './pe.ts'

interface Vmlinux {
  readonly form: 'vmlinux'
  readonly machine: string
  /** An object file, such as a kernel module. */
  readonly object: boolean
  readonly entry: number
  /** Entry point of the PVH note; null without one. */
  readonly pvhEntry: number | null
  /** Bytes that the whole file has at least. */
  readonly end: number
  /** Bytes of guest memory, counted from its start, that it takes. */
  readonly memoryEnd: number
}

interface BzImage {
  readonly form: 'bzImage'
  /** The version of the boot protocol, as "2.15". */
  readonly protocol: string
  /** As `uname -r` will write it; null where the header does not tell. */
  readonly version: string | null
  /** Loaded at 1 MiB and above: a bzImage, not a zImage. */
  readonly high: boolean
  readonly bits: 32 | 64
  /** code32_start: where it is put and entered. */
  readonly entry: number
  readonly end: number
  readonly memoryEnd: number
}

interface Arm64Image {
  readonly form: 'Image'
  /** Bytes of a page of this kernel; null where the header does not tell. */
  readonly pageSize: number | null
  /** 0 where the header does not tell. */
  readonly end: number
  readonly memoryEnd: number
}

/** Where the kernel is inside of a file that only UEFI starts. */
interface Packed {
  /** As `uname -m` writes it. */
  readonly machine: string
  readonly offset: number
  readonly size: number
}

/** A kernel that unpacks itself, but only under UEFI (CONFIG_EFI_ZBOOT), as distributions ship for arm64. */
interface Zboot extends Packed {
  readonly form: 'zboot'
  /** How the kernel in it is compressed, in the words of the build. */
  readonly compression: string
}

/** A unified kernel image: kernel, initramfs and command line in one program for UEFI. */
interface Uki extends Packed {
  readonly form: 'UKI'
}

export type Kernel =
  | Vmlinux
  | BzImage
  | Arm64Image
  | Zboot
  | Uki
  | { readonly form: 'other ELF'; readonly why: string }

/** Reads up to `length` bytes at `offset`; short at the end of the file. */
export type Read = (offset: number, length: number) => Promise<Uint8Array>

/** Holds every header: ELF with its program headers, the x86 setup header, the arm64 header. */
const headLength = 0x8000

/** Notes of a kernel are some hundred bytes; a size beyond this is damage. */
const maxNoteBytes = 2 ** 20

const MiB = 2 ** 20

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const text = (bytes: Uint8Array, at: number, length: number): string =>
  Buffer.from(bytes.subarray(at, at + length)).toString('latin1')

const vmlinux = async (head: Uint8Array, read: Read, size: number): Promise<Kernel> => {
  const elf = parseElfHeader(head)
  if (!elf) {
    const why =
      head.length < 64
        ? 'an ELF file, cut short within its header'
        : head[4] !== 2
          ? 'a 32-bit ELF file'
          : 'a big-endian ELF file'
    return { form: 'other ELF', why }
  }
  const loads = elf.segments.filter(({ type, fileSize }) => type === 'load' && fileSize > 0)
  // The loader looks into every PT_NOTE and keeps what the last one says.
  const notes = elf.segments.filter(({ type }) => type === 'note').at(-1)
  return {
    form: 'vmlinux',
    machine: elf.machine,
    object: elf.type === 1,
    entry: elf.entry,
    // A damaged header may name a place that no file can have.
    pvhEntry:
      notes && notes.offset < size
        ? pvhEntryIn(await read(notes.offset, Math.min(notes.fileSize, maxNoteBytes)))
        : null,
    end: elf.end,
    memoryEnd: Math.max(0, ...loads.map(({ address, memorySize }) => address + memorySize)),
  }
}

/** The setup header: Documentation/arch/x86/boot.rst; linux-loader 0.13.2, src/loader/bzimage/mod.rs. */
const bzImage = (head: Uint8Array): BzImage => {
  const header = view(head)
  const protocol = header.getUint16(0x206, true)
  // Zero stands for four, for the sake of very old kernels.
  const setup = ((head[0x1f1] || 4) + 1) * 512
  const body = header.getUint32(0x1f4, true) * 16
  const entry = header.getUint32(0x214, true)
  const versionAt = header.getUint16(0x20e, true)
  const banner = versionAt > 0 ? text(head, versionAt + 0x200, 128) : ''
  // From 2.10 on the header tells what decompressing and starting takes.
  const placed = protocol >= 0x20a ? Math.max(entry, Number(header.getBigUint64(0x258, true))) : entry
  const initSize = protocol >= 0x20a ? header.getUint32(0x260, true) : 0
  return {
    form: 'bzImage',
    protocol: `${protocol >> 8}.${String(protocol & 0xff).padStart(2, '0')}`,
    version: /^[\w.+~-]+/.exec(banner)?.[0] ?? null,
    high: ((head[0x211] ?? 0) & 1) === 1,
    // xloadflags came with 2.12; before that only the config of the kernel told.
    bits: protocol >= 0x20c && (header.getUint16(0x236, true) & 1) === 0 ? 32 : 64,
    entry,
    end: setup + body,
    memoryEnd: Math.max(entry + body, placed + initSize),
  }
}

/** Where Cloud Hypervisor puts an Image: above 2 MiB each for the device tree and ACPI, aligned to 2 MiB. */
const arm64Start = 4 * MiB

/** The sizes of pages that bits 1 and 2 of the flags stand for. */
const pageSizes = [null, 4096, 16_384, 65_536] as const

/** Documentation/arch/arm64/booting.rst; linux-loader 0.13.2, src/loader/pe/mod.rs. */
const arm64Image = (head: Uint8Array, size: number): Arm64Image => {
  const header = view(head)
  const imageSize = Number(header.getBigUint64(16, true))
  // Before Linux 3.17 there is no size, and the offset is this.
  const offset = imageSize === 0 ? 0x80000 : Number(header.getBigUint64(8, true))
  const flags = head[24] ?? 0
  return {
    form: 'Image',
    pageSize: pageSizes[(flags >> 1) & 3] ?? null,
    // The section table: the arm64 header itself counts what is only zeroed at the start (bss).
    end: Math.max(0, ...(parsePe(head)?.sections ?? []).map(({ end }) => end)),
    memoryEnd: arm64Start + offset + Math.max(imageSize, size),
  }
}

/** The header of a kernel that unpacks itself: drivers/firmware/efi/libstub/zboot-header.S of Linux. */
const zboot = (head: Uint8Array): Zboot => {
  const header = view(head)
  return {
    form: 'zboot',
    machine: parsePe(head)?.machine ?? 'another machine',
    compression: /^[\w-]*/.exec(text(head, 24, 32))?.[0] ?? '',
    offset: header.getUint32(8, true),
    size: header.getUint32(12, true),
  }
}

/** The kernel is a section of the program: UAPI.5, Unified Kernel Image. */
const uki = (head: Uint8Array): Uki | null => {
  const pe = parsePe(head)
  const linux = pe?.sections.find(({ name }) => name === '.linux')
  return pe && linux ? { form: 'UKI', machine: pe.machine, offset: linux.offset, size: linux.size } : null
}

/**
 * @param size of the file in bytes
 * @returns null when the content is no kernel in any form
 */
export const inspectKernel = async (read: Read, size: number): Promise<Kernel | null> => {
  const head = await read(0, headLength)
  if (text(head, 0, 4) === '\x7fELF') return vmlinux(head, read, size)
  if (head.length >= 64 && text(head, 56, 4) === 'ARM\x64') return arm64Image(head, size)
  if (head.length >= 64 && text(head, 0, 2) === 'MZ' && text(head, 4, 4) === 'zimg') return zboot(head)
  return uki(head) ?? (head.length >= 0x268 && text(head, 0x202, 4) === 'HdrS' ? bzImage(head) : null)
}
