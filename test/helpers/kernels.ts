/** Kernel headers as a build writes them, without the kernels: enough to be inspected, too little to run. */

const MiB = 2 ** 20

interface BzOptions {
  readonly protocol?: number
  readonly loadflags?: number
  readonly xloadflags?: number
  readonly entry?: number
  readonly version?: string | null
  readonly initSize?: number
  readonly prefAddress?: number
  /** Of the protected-mode part, in bytes; the file has all of it. */
  readonly body?: number
  readonly setupSects?: number
}

/** The layout of Documentation/arch/x86/boot.rst. */
export const bzImageWith = ({
  protocol = 0x20f,
  loadflags = 1,
  xloadflags = 0x3f,
  entry = MiB,
  version = '6.1.0-56-cloud-amd64 (debian@example) #1 SMP',
  initSize = 51 * MiB,
  prefAddress = 16 * MiB,
  body = 64 * 1024,
  setupSects = 31,
}: BzOptions = {}): Uint8Array => {
  const bytes = Buffer.alloc(((setupSects || 4) + 1) * 512 + body)
  bytes[0x1f1] = setupSects
  bytes.writeUInt32LE(body / 16, 0x1f4)
  bytes.write('HdrS', 0x202, 'latin1')
  bytes.writeUInt16LE(protocol, 0x206)
  if (version !== null) {
    bytes.writeUInt16LE(0x300, 0x20e)
    bytes.write(`${version}\0`, 0x500, 'latin1')
  }
  bytes[0x211] = loadflags
  bytes.writeUInt32LE(entry, 0x214)
  bytes[0x234] = 1
  bytes.writeUInt16LE(xloadflags, 0x236)
  bytes.writeBigUInt64LE(BigInt(prefAddress), 0x258)
  bytes.writeUInt32LE(initSize, 0x260)
  return new Uint8Array(bytes)
}

interface ImageOptions {
  readonly pe?: boolean
  readonly imageSize?: number
  readonly textOffset?: number
  readonly flags?: number
  /** Of the file. */
  readonly size?: number
}

/** The layout of Documentation/arch/arm64/booting.rst, with the PE header that CONFIG_EFI adds. */
export const arm64ImageWith = ({
  pe = true,
  imageSize = 3 * MiB,
  textOffset = 0,
  flags = 0b1010,
  size = 2 * MiB,
}: ImageOptions = {}): Uint8Array => {
  const bytes = Buffer.alloc(size)
  bytes.writeBigUInt64LE(BigInt(textOffset), 8)
  bytes.writeBigUInt64LE(BigInt(imageSize), 16)
  bytes.writeBigUInt64LE(BigInt(flags), 24)
  bytes.write('ARM\x64', 56, 'latin1')
  if (pe) {
    bytes.write('MZ', 0, 'latin1')
    bytes.writeUInt32LE(0x40, 0x3c)
    bytes.write('PE\0\0', 0x40, 'latin1')
    bytes.writeUInt16LE(2, 0x46)
    bytes.writeUInt16LE(0xa0, 0x54)
    const sections = 0x40 + 24 + 0xa0
    for (const [index, [raw, at]] of [
      [MiB - 0x10000, 0x10000],
      [size - MiB, MiB],
    ].entries()) {
      bytes.writeUInt32LE(raw ?? 0, sections + index * 40 + 16)
      bytes.writeUInt32LE(at ?? 0, sections + index * 40 + 20)
    }
  }
  return new Uint8Array(bytes)
}

/** A program for UEFI on aarch64, with its content at 4096. */
const efiProgram = (): Buffer => {
  const bytes = Buffer.alloc(8192)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(0x80, 0x3c)
  bytes.write('PE\0\0', 0x80, 'latin1')
  bytes.writeUInt16LE(0xaa64, 0x84)
  return bytes
}

/** Its one section is a kernel of 1000 bytes. */
export const unifiedKernel: Uint8Array = (() => {
  const bytes = efiProgram()
  bytes.writeUInt16LE(1, 0x86)
  bytes.write('.linux', 0x98, 'latin1')
  bytes.writeUInt32LE(1000, 0x98 + 8)
  bytes.writeUInt32LE(4096, 0x98 + 16)
  bytes.writeUInt32LE(4096, 0x98 + 20)
  return new Uint8Array(bytes)
})()

/** Its content is a kernel of 1000 bytes, compressed. */
export const zbootKernel: Uint8Array = (() => {
  const bytes = efiProgram()
  bytes.write('zimg', 4, 'latin1')
  bytes.writeUInt32LE(4096, 8)
  bytes.writeUInt32LE(1000, 12)
  bytes.write('gzip', 24, 'latin1')
  return new Uint8Array(bytes)
})()
