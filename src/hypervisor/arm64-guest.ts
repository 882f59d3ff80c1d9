/**
 * The test guest for aarch64: a kernel in the form of an arm64 Image (Documentation/arch/arm64/booting.rst).
 * Its serial port is a PL011 (Arm DDI 0183), its switch PSCI (Arm DEN 0022), called by HVC as a guest of
 * KVM does.
 */

/** The first instruction branches over the header. */
const headerBytes = 64

/** The page that holds the registers of the serial port is loaded by one instruction: its upper half is all of it. */
const upperHalf = (address: number): number => {
  if (address % 0x1_0000 !== 0 || address < 0 || address > 0xffff_0000)
    throw new RangeError(`the serial port must be at a multiple of 64 KiB below 4 GiB, not at ${address}`)
  return address / 0x1_0000
}

/**
 * The instructions, one little-endian word each. Wherever they are loaded they run: branches and the
 * address of the text, which follows them, are relative. On entry the MMU is off, interrupts are
 * masked, and x0 is the device tree, which is not needed.
 */
const instructions = (serial: number): readonly number[] => [
  0xd2a0_0000 | (upperHalf(serial) << 5), //       movz x0, #serial >> 16, lsl #16
  0x5280_6021, //                                  mov  w1, #0x301      ; UARTEN, TXE, RXE
  0xb900_3001, //                                  str  w1, [x0, #0x30] ; UARTCR: enabled, whatever it was
  0x1000_0142, //                                  adr  x2, text
  0x3840_1441, //                            next: ldrb w1, [x2], #1
  0x3400_0061, //                                  cbz  w1, off
  0xb900_0001, //                                  str  w1, [x0]        ; UARTDR; a virtual one is never full
  0x17ff_fffd, //                                  b    next
  0x5280_0100, //                             off: mov  w0, #8
  0x72b0_8000, //                                  movk w0, #0x8400, lsl #16 ; 0x84000008: SYSTEM_OFF
  0xd400_0002, //                                  hvc  #0
  0xd503_207f, //                            halt: wfi                  ; never reached on Cloud Hypervisor
  0x17ff_ffff, //                                  b    halt
]

/**
 * A kernel that prints one line on the serial port and switches the machine off.
 * @param line ASCII, without the line feed
 * @param serial the address of the PL011
 */
export const arm64Guest = (line: string, serial: number): Uint8Array => {
  const code = instructions(serial)
  const text = new TextEncoder().encode(`${line}\n\0`)
  const textOffset = headerBytes + code.length * 4
  const bytes = new Uint8Array(textOffset + text.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x1400_0000 | (headerBytes / 4), true) // code0: b headerBytes
  // code1 stays 0. So does text_offset: any multiple of 2 MiB will do.
  view.setBigUint64(16, BigInt(bytes.length), true) // image_size
  view.setBigUint64(24, 0b1000n, true) // flags: little-endian, any page size, anywhere in memory
  bytes.set([0x41, 0x52, 0x4d, 0x64], 56) // magic: "ARM\x64"
  for (const [index, word] of code.entries()) view.setUint32(headerBytes + index * 4, word >>> 0, true)
  bytes.set(text, textOffset)
  return bytes
}
