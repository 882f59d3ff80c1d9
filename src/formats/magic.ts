/** What kind of file this is, by its content and never by its name. */

export type Kind =
  | 'empty'
  | 'web page'
  | 'text'
  | 'ELF'
  | 'qcow2'
  | 'VMDK'
  | 'VHD'
  | 'VHDX'
  | 'gzip'
  | 'xz'
  | 'zip'
  | 'zstd'
  | 'EFI volume'
  | 'PE'
  | 'arm64 Image'
  | 'bzImage'
  | 'ISO 9660'
  | 'FAT'
  | 'data'

const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

/** Offset, content, kind; the first that fits counts. */
const signatures: readonly (readonly [number, string, Kind])[] = [
  [0, '\x7fELF', 'ELF'],
  [0, 'QFI\xfb', 'qcow2'],
  [0, 'KDMV', 'VMDK'],
  [0, '# Disk DescriptorFile', 'VMDK'],
  [0, 'conectix', 'VHD'],
  [0, 'vhdxfile', 'VHDX'],
  [0, '\x1f\x8b', 'gzip'],
  [0, '\xfd7zXZ\0', 'xz'],
  [0, 'PK\x03\x04', 'zip'],
  [0, '\x28\xb5\x2f\xfd', 'zstd'],
  // UEFI PI: the signature of a firmware volume header is at byte 40.
  [40, '_FVH', 'EFI volume'],
  // Documentation/arm64/booting: "ARM\x64" at byte 56 of an Image, which may also be a PE file.
  [56, 'ARM\x64', 'arm64 Image'],
  // Documentation/x86/boot: "HdrS" at byte 0x202.
  [0x202, 'HdrS', 'bzImage'],
  [0, 'MZ', 'PE'],
  [0x8001, 'CD001', 'ISO 9660'],
  [54, 'FAT', 'FAT'],
  [82, 'FAT32', 'FAT'],
]

/** Bytes from the start that a decision takes. */
export const magicLength = 0x8800

/** @param bytes the first `magicLength` bytes, or all of a shorter file */
export const kindOf = (bytes: Uint8Array): Kind => {
  if (bytes.length === 0) return 'empty'
  for (const [at, content, kind] of signatures) if (text(bytes, at, content.length) === content) return kind
  const start = text(bytes, 0, 512)
  if (/^\s*<(!doctype html|html|\?xml)/i.test(start)) return 'web page'
  return /^[\t\n\r\x20-\x7e]+$/.test(start) ? 'text' : 'data'
}

const article = (kind: Kind): string =>
  kind === 'text'
    ? 'plain text'
    : kind === 'data'
      ? 'unknown data'
      : kind === 'empty'
        ? 'an empty file'
        : `${/^[aeiEIx]/.test(kind) ? 'an' : 'a'} ${kind}`

/** "a web page", "an ELF file", for sentences. */
export const describeKind = (kind: Kind): string =>
  ['ELF', 'PE', 'zip', 'gzip', 'xz', 'zstd'].includes(kind)
    ? `${article(kind)} file`
    : ['qcow2', 'VMDK', 'VHD', 'VHDX', 'ISO 9660', 'FAT'].includes(kind)
      ? `${article(kind)} image`
      : article(kind)
