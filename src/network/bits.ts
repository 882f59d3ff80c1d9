/** Packet marks, of which single bits may be unknown. All numbers are unsigned and have 32 bits. */
import { fromBoolean, type Ternary } from './ternary.ts'

export interface Bits {
  /** Unknown bits are 0 here. */
  readonly value: number
  /** 1 for each bit that is known. */
  readonly known: number
}

const all = 0xffff_ffff

const make = (value: number, known: number): Bits => ({ value: (value & known) >>> 0, known: known >>> 0 })

export const bits = (value: number): Bits => make(value, all)
export const unknownBits: Bits = make(0, 0)

/** What is known where either of two may be there. */
export const mergeBits = (a: Bits, b: Bits): Bits => make(a.value, a.known & b.known & ~(a.value ^ b.value))

export const andBits = (a: Bits, b: Bits): Bits =>
  // A bit of the result is known where both are, or where one is known to be 0.
  make(a.value & b.value, (a.known & b.known) | (a.known & ~a.value) | (b.known & ~b.value))

export const orBits = (a: Bits, b: Bits): Bits =>
  make(a.value | b.value, (a.known & b.known) | (a.known & a.value) | (b.known & b.value))

export const xorBits = (a: Bits, b: Bits): Bits => make(a.value ^ b.value, a.known & b.known)

export const shiftBits = (a: Bits, by: number): Bits =>
  by >= 0
    ? make(a.value << by, (a.known << by) | (2 ** Math.min(by, 32) - 1))
    : make(a.value >>> -by, (a.known >>> -by) | ~(all >>> -by))

export const equalsBits = (a: Bits, value: number): Ternary =>
  ((a.value ^ value) & a.known) !== 0 ? 'no' : a.known === all ? 'yes' : 'maybe'

/** Whether the number lies in a range; `maybe` where bits are unknown. */
export const isInRange = (a: Bits, low: number, high: number): Ternary =>
  a.known === all ? fromBoolean(low <= a.value && a.value <= high) : 'maybe'
