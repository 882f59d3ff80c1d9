/** What the header of a PE file says, which every program for UEFI has (Microsoft PE format, sections 3 and 4). */

interface Section {
  readonly name: string
  /** Where its content is in the file. */
  readonly offset: number
  /** As many bytes of it as mean something: in the file it is padded. */
  readonly size: number
  /** The end of its content in the file, with the padding. */
  readonly end: number
}

interface Pe {
  /** As `uname -m` writes it, or the number of one that is not known here. */
  readonly machine: string
  readonly sections: readonly Section[]
}

const machines: Readonly<Record<number, string>> = {
  450: 'arm',
  332: 'i386',
  20580: 'riscv64',
  25188: 'loongarch64',
  34404: 'x86_64',
  43620: 'aarch64',
}

const text = (bytes: Uint8Array, at: number, length: number): string =>
  Buffer.from(bytes.subarray(at, at + length)).toString('latin1')

/**
 * @param head the start of the file; sections whose headers are behind it are left out
 * @returns null when it is no PE file
 */
export const parsePe = (head: Uint8Array): Pe | null => {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.length < 0x40 || text(head, 0, 2) !== 'MZ') return null
  const at = view.getUint32(0x3c, true)
  if (at + 24 > head.length || text(head, at, 4) !== 'PE\0\0') return null
  const machine = view.getUint16(at + 4, true)
  const table = at + 24 + view.getUint16(at + 20, true)
  const sections: Section[] = []
  for (let index = 0; index < view.getUint16(at + 6, true); index++) {
    const header = table + index * 40
    if (header + 40 > head.length) break
    const inMemory = view.getUint32(header + 8, true)
    const inFile = view.getUint32(header + 16, true)
    const offset = view.getUint32(header + 20, true)
    sections.push({
      name: text(head, header, 8).replace(/\0+$/, ''),
      offset,
      // Object files leave the size in memory at 0.
      size: inMemory === 0 ? inFile : Math.min(inMemory, inFile),
      end: offset + inFile,
    })
  }
  return { machine: machines[machine] ?? `machine ${machine}`, sections }
}
