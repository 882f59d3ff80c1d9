/** The test guest for x86_64, and the ELF file that makes code a kernel there. */

/** The load address: the lowest that the loader accepts (layout::HIGH_RAM_START). */
const loadAddress = 0x100000

const u32 = (value: number): readonly number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)

/** Everything that is not code: ELF header, two program headers, the PVH note. */
const codeOffset = 64 + 2 * 56 + 20

/**
 * Wraps code into an ELF64 file that Cloud Hypervisor takes for a kernel: one segment at 1 MiB and the
 * note XEN_ELFNOTE_PHYS32_ENTRY (xen/include/public/elfnote.h) that names its first byte as the entry.
 * The entry state is 32-bit protected mode, flat segments, no paging, interrupts off (PVH start ABI).
 * @param code position-dependent 32-bit code for 1 MiB; its data may follow it
 */
export const pvhImage = (code: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(codeOffset + code.length)
  const view = new DataView(bytes.buffer)
  const noteOffset = 64 + 2 * 56
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]) // magic, 64-bit, little-endian, ELF version 1
  view.setUint16(16, 2, true) // e_type: executable
  view.setUint16(18, 62, true) // e_machine: x86_64
  view.setUint32(20, 1, true) // e_version
  view.setBigUint64(24, BigInt(loadAddress), true) // e_entry
  view.setBigUint64(32, 64n, true) // e_phoff: right after this header
  view.setUint16(52, 64, true) // e_ehsize
  view.setUint16(54, 56, true) // e_phentsize
  view.setUint16(56, 2, true) // e_phnum
  const segment = (at: number, type: number, flags: number, from: number, address: number, size: number) => {
    view.setUint32(at, type, true)
    view.setUint32(at + 4, flags, true)
    view.setBigUint64(at + 8, BigInt(from), true)
    view.setBigUint64(at + 16, BigInt(address), true) // p_vaddr, unused: there is no paging
    view.setBigUint64(at + 24, BigInt(address), true) // p_paddr
    view.setBigUint64(at + 32, BigInt(size), true)
    view.setBigUint64(at + 40, BigInt(size), true)
  }
  segment(64, 1, 5, codeOffset, loadAddress, code.length) // PT_LOAD, readable and executable
  view.setBigUint64(64 + 48, 1n, true) // p_align
  segment(64 + 56, 4, 4, noteOffset, 0, 20) // PT_NOTE, readable
  view.setBigUint64(64 + 56 + 48, 4n, true)
  // Name size, descriptor size, type 18, "Xen\0", and the descriptor: the entry point.
  bytes.set([...u32(4), ...u32(4), ...u32(18), 0x58, 0x65, 0x6e, 0, ...u32(loadAddress)], noteOffset)
  bytes.set(code, codeOffset)
  return bytes
}

/** How many bytes the instructions below have; the text follows them. */
const instructionBytes = 28

const instructions: readonly (readonly number[])[] = [
  [0xfc], //                                                  cld            ; lodsb counts up
  [0xbe, ...u32(loadAddress + instructionBytes)], //          mov esi, text
  [0x66, 0xba, 0xf8, 0x03], //                                mov dx, 0x3f8  ; first serial port, data register
  [0xac], //                                            next: lodsb          ; al = *esi++
  [0x84, 0xc0], //                                            test al, al
  [0x74, 0x03], //                                            jz off
  [0xee], //                                                  out dx, al
  [0xeb, 0xf8], //                                            jmp next
  [0x66, 0xba, 0x00, 0x06], //                           off: mov dx, 0x600  ; AcpiShutdownDevice
  [0xb0, 0x34], //                                            mov al, 0x34   ; sleep type 5, sleep enable: power off
  [0xee], //                                                  out dx, al
  [0xf4], //                                            halt: hlt            ; never reached on Cloud Hypervisor
  [0xeb, 0xfd], //                                            jmp halt
]

/**
 * A kernel that prints one line on the first serial port and switches the machine off.
 * @param line ASCII, without the line feed
 */
export const x86Guest = (line: string): Uint8Array =>
  pvhImage([...instructions.flat(), ...new TextEncoder().encode(`${line}\n\0`)])
