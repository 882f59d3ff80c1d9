/**
 * Tiny PVH guests that act like a booting system on the serial port, made of a few instructions each:
 * they run where no stock kernel does, and as fast as a test wants.
 */
import { pvhImage } from '../../src/hypervisor/x86-guest.ts'

const loadAddress = 0x100000

export type Act = (at: number) => readonly number[]

const u32 = (value: number): readonly number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)

/** Prints on the first serial port. The text stands behind the instructions and is jumped over. */
export const say =
  (text: string): Act =>
  (at) => {
    const data = [...new TextEncoder().encode(text), 0]
    const instructions = 17 + 5
    return [
      0xbe,
      ...u32(loadAddress + at + instructions), // mov esi, text
      ...[0x66, 0xba, 0xf8, 0x03], // mov dx, 0x3f8
      ...[0xac, 0x84, 0xc0, 0x74, 0x03, 0xee, 0xeb, 0xf8], // lodsb; test al, al; jz +3; out dx, al; jmp -8
      ...[0xe9, ...u32(data.length)], // jmp over the text
      ...data,
    ]
  }

/** Waits, by the ACPI PM timer at 0x608 (3.579545 MHz). */
export const wait =
  (ms: number): Act =>
  () => [
    ...[0x66, 0xba, 0x08, 0x06, 0xed, 0x89, 0xc3], // mov dx, 0x608; in eax, dx; mov ebx, eax
    ...[0xed, 0x29, 0xd8, 0x3d, ...u32(Math.round(ms * 3579.545)), 0x72, 0xf6], // in; sub eax, ebx; cmp; jb
  ]

const acpi =
  (value: number): Act =>
  () => [0x66, 0xba, 0x00, 0x06, 0xb0, value, 0xee, 0xf4, 0xeb, 0xfd] // mov dx, 0x600; mov al; out; hlt; jmp

/** Switches the machine off. */
export const off: Act = acpi(0x34)
/** Resets the machine, as a triple fault does. */
export const reset: Act = acpi(0x01)
/** Never does anything again. */
export const hang: Act = () => [0xf4, 0xeb, 0xfd]

/** A guest that does these things one after the other. */
export const guestThat = (...acts: readonly Act[]): Uint8Array => {
  const code: number[] = []
  for (const act of acts) code.push(...act(code.length))
  return pvhImage(code)
}
