/** Marks of packets and connections in the expressions of nft. Pure. */
import { andBits, type Bits, bits, orBits, shiftBits, xorBits } from './bits.ts'
import { list, obj } from './nft-values.ts'
import type { Packet } from './rules.ts'

/** The mark that an expression reads or computes; null for what is no mark. */
export const markIn = (packet: Packet, expression: unknown): Bits | null => {
  if (typeof expression === 'number') return bits(expression)
  const parts = obj(expression)
  if (obj(parts.meta).key === 'mark') return packet.mark
  if (obj(parts.ct).key === 'mark') return packet.connectionMark
  for (const [operator, apply] of [
    ['&', andBits],
    ['|', orBits],
    ['^', xorBits],
  ] as const) {
    const operands = list(parts[operator]).map((operand) => markIn(packet, operand))
    const [first, ...rest] = operands
    if (!first) continue
    return rest.reduce<Bits | null>((sum, operand) => sum && operand && apply(sum, operand), first)
  }
  for (const [operator, sign] of [
    ['<<', 1],
    ['>>', -1],
  ] as const) {
    const [operand, by] = list(parts[operator])
    const mark = operand === undefined ? null : markIn(packet, operand)
    if (mark && typeof by === 'number') return shiftBits(mark, sign * by)
  }
  return null
}

/** Whether an expression looks at the mark of the packet or of the connection. */
export const isMark = (expression: unknown): boolean => {
  const parts = obj(expression)
  return (
    obj(parts.meta).key === 'mark' ||
    obj(parts.ct).key === 'mark' ||
    ['&', '|', '^', '<<', '>>'].some((operator) => list(parts[operator]).some(isMark))
  )
}
