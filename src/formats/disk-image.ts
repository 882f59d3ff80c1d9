/**
 * What a disk image says of itself in its first bytes: its format, the size of the disk in it, and
 * whether it may be given to qemu-img at all. An image can name other files, which qemu-img would read
 * from this host into a disk of the guest; such a one is refused before qemu-img sees it.
 */
import { type Kind, kindOf } from './magic.ts'

/** As `qemu-img -f` calls them. */
export type ImageFormat = 'qcow2' | 'raw' | 'vmdk' | 'vpc' | 'vhdx'

export interface DiskImage {
  readonly format: ImageFormat
  /** Bytes of the disk; null where the first bytes do not say. */
  readonly size: number | null
  /** Why it must not be converted: the end of a sentence that starts with its name. */
  readonly refusal: string | null
}

const formats: Partial<Record<Kind, ImageFormat>> = {
  qcow2: 'qcow2',
  VMDK: 'vmdk',
  VHD: 'vpc',
  VHDX: 'vhdx',
}

/** The format of a file by its content, null for what is no disk (a web page, a text, something packed). */
export const formatOf = (kind: Kind): ImageFormat | null =>
  // A raw disk may start with anything that a boot sector or a file system starts with.
  formats[kind] ?? (['data', 'FAT', 'file system', 'ISO 9660', 'bzImage', 'PE'].includes(kind) ? 'raw' : null)

const namesFiles = (what: string): string =>
  `names ${what}, which would be read from this host; if you trust it, make it one file with qemu-img convert`

/** docs/interop/qcow2.txt of QEMU; all numbers big endian. */
const qcow2 = (view: DataView): DiskImage => {
  const short = view.byteLength < 104
  const version = short ? 0 : view.getUint32(4)
  const features = version >= 3 ? view.getBigUint64(72) : 0n
  const refusal = short
    ? 'is cut short: its header is not whole'
    : version !== 2 && version !== 3
      ? `is qcow2 of version ${version}, which is not known`
      : view.getBigUint64(8) !== 0n
        ? namesFiles('a backing file')
        : (features & 4n) !== 0n
          ? namesFiles('an external data file')
          : view.getUint32(32) !== 0
            ? 'is encrypted, and the key is not available'
            : (features & 2n) !== 0n
              ? 'is marked as corrupt'
              : null
  return { format: 'qcow2', size: short ? null : Number(view.getBigUint64(24)), refusal }
}

/** VMware Virtual Disk Format 1.1: a sparse extent (little endian) with its descriptor, or a descriptor alone. */
const vmdk = (bytes: Uint8Array, view: DataView): DiskImage => {
  const sparse = bytes.length >= 512 && view.getUint32(0, true) === 0x564d444b
  const sectors = sparse ? Number(view.getBigUint64(12, true)) : 0
  // Where and how much qemu-img reads of it, whatever the header says (block/vmdk.c: 0x200, DESC_SIZE).
  const descriptor = String.fromCharCode(...bytes.subarray(512, 512 + 20 * 512))
  // It follows the descriptor when the extent has no size, and goes to a parent wherever it finds the word.
  const whole = sparse && sectors > 0 && view.getBigUint64(28, true) === 1n
  const parent =
    descriptor.includes('parentFileNameHint') || !/^\s*parentCID\s*=\s*f{8}\s*$/m.test(descriptor)
  const refusal = !whole ? namesFiles('its parts') : parent ? namesFiles('a parent') : null
  return { format: 'vmdk', size: sectors * 512, refusal }
}

/** Virtual Hard Disk Image Format Specification: the footer, of which a dynamic disk has a copy in front. */
const vhd = (view: DataView): DiskImage => ({
  format: 'vpc',
  size: Number(view.getBigUint64(48)),
  refusal: view.getUint32(60) === 4 ? namesFiles('a parent') : null,
})

/**
 * @param bytes the first `magicLength` bytes, or all of a shorter file
 * @returns null for what is no disk image
 */
export const inspectImage = (bytes: Uint8Array): DiskImage | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const format = formatOf(kindOf(bytes))
  switch (format) {
    case 'qcow2':
      return qcow2(view)
    case 'vmdk':
      return vmdk(bytes, view)
    case 'vpc':
      return view.byteLength < 512
        ? { format, size: null, refusal: 'is cut short: its header is not whole' }
        : vhd(view)
    case 'vhdx':
    case 'raw':
      // qemu-img itself refuses a VHDX with a parent.
      return { format, size: null, refusal: null }
    case null:
      return null
  }
}
