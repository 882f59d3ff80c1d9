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
  | 'bzip2'
  | 'lz4'
  | 'lzo'
  | 'lzma'
  | 'cpio'
  | 'tar'
  | 'deb'
  | 'VDI'
  | 'QED'
  | 'Parallels'
  | 'Bochs'
  | 'LUKS'
  | 'file system'
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
  [0, 'BZh', 'bzip2'],
  [0, '\x04\x22\x4d\x18', 'lz4'],
  // The older frame, which Linux takes for an initramfs.
  [0, '\x02\x21\x4c\x18', 'lz4'],
  [0, '\x89LZO\0\r\n', 'lzo'],
  [0, '\x5d\0\0', 'lzma'],
  // Documentation/driver-api/early-userspace/buffer-format.rst of Linux.
  [0, '070701', 'cpio'],
  [0, '070702', 'cpio'],
  [257, 'ustar', 'tar'],
  [0, '!<arch>\n', 'deb'],
  // Disk formats of other programs (block/ of QEMU).
  [0x40, '\x7f\x10\xda\xbe', 'VDI'],
  [0, 'QED\0', 'QED'],
  [0, 'WithoutFreeSpace', 'Parallels'],
  [0, 'WithouFreSpacExt', 'Parallels'],
  [0, 'Bochs Virtual HD Image', 'Bochs'],
  [0, 'LUKS\xba\xbe', 'LUKS'],
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
  // ext2 to ext4, XFS, squashfs, EROFS, F2FS: a whole disk may be one.
  [0x438, '\x53\xef', 'file system'],
  [0, 'XFSB', 'file system'],
  [0, 'hsqs', 'file system'],
  [0x400, '\xe2\xe1\xf5\xe0', 'file system'],
  [0x400, '\x10\x20\xf5\xf2', 'file system'],
]

/** Bytes from the start that a decision takes. */
export const magicLength = 0x8800

/** @param bytes the first `magicLength` bytes, or all of a shorter file */
export const kindOf = (bytes: Uint8Array): Kind => {
  if (bytes.length === 0) return 'empty'
  for (const [at, content, kind] of signatures) if (text(bytes, at, content.length) === content) return kind
  // A byte order mark may stand in front.
  const start = text(bytes, 0, 512).replace(/^\xef\xbb\xbf/, '')
  if (/^\s*<(!doctype html|html|\?xml)/i.test(start)) return 'web page'
  return /^[\t\n\r\x20-\x7e]+$/.test(start) ? 'text' : 'data'
}

const containers: readonly Kind[] = [
  'qcow2',
  'VMDK',
  'VHD',
  'VHDX',
  'VDI',
  'QED',
  'Parallels',
  'Bochs',
  'LUKS',
]

/** @returns whether it is a format around a disk: its first bytes are not those of the disk in it */
export const holdsDisk = (kind: Kind): boolean => containers.includes(kind)

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
  ['ELF', 'PE', 'zip', 'gzip', 'xz', 'zstd', 'bzip2', 'lz4', 'lzo', 'lzma', 'cpio', 'tar', 'deb'].includes(
    kind,
  )
    ? `${article(kind)} file`
    : holdsDisk(kind) || kind === 'ISO 9660' || kind === 'FAT'
      ? `${article(kind)} image`
      : article(kind)
