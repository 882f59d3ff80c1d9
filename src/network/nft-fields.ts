/** Fields of which nft asks in ways of their own: flags of TCP, and what is known within bounds only. Pure. */
import { asNumber, bounds, list, type Obj, obj, word } from './nft-values.ts'
import type { Packet } from './rules.ts'
import { forAll, fromBoolean, not, type Ternary } from './ternary.ts'

/** Names in one of the forms that lists of flags have: "syn", ["syn", "ack"], {"|": ["syn", "ack"]}. */
const names = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : [...list(value), ...list(obj(value)['|'])].flatMap(names)

/** Flags of TCP against a value, a mask and a value, or any of several. */
export const compareFlags = (packet: Packet, op: unknown, left: unknown, right: unknown): Ternary | null => {
  const masked = list(obj(left)['&'])
  const { protocol, field } = obj(obj(masked[0] ?? left).payload)
  if (protocol !== 'tcp' || field !== 'flags') return null
  if (packet.proto !== 'tcp') return 'no'
  const isListed = (mask: readonly string[] | null) => {
    const found = packet.flags.filter((flag) => mask?.includes(flag) ?? true)
    const wanted = names(right)
    return found.length === wanted.length && wanted.every((flag) => found.includes(flag))
  }
  // "!" asks for none of the flags.
  if (op === '!') return fromBoolean(!names(right).some((flag) => packet.flags.includes(flag)))
  // Without a mask "tcp flags syn" asks for any of the flags.
  if (op === 'in') return fromBoolean(names(right).some((flag) => packet.flags.includes(flag)))
  if (typeof right === 'number' && right !== 0) return 'maybe'
  if (typeof masked[1] === 'number') return 'maybe'
  const same = fromBoolean(isListed(masked.length > 0 ? names(masked[1]) : null))
  return op === '==' ? same : op === '!=' ? not(same) : 'maybe'
}

const seconds: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
}

/**
 * Limits. What stays below one is not known; above a generous one a guest gets only when it does something
 * unusual. Without a limit there is none: null.
 */
export const limitOf = (statement: Obj): Ternary | null => {
  const { limit, 'ct count': count, quota } = statement
  if (limit === undefined && count === undefined && quota === undefined) return null
  const { inv, rate, per, rate_unit: unit } = obj(limit)
  if (inv === true && unit === undefined)
    return isGenerous(Number(word(rate)) / (seconds[word(per)] ?? Number.NaN)) ? 'no' : 'maybe'
  return obj(count).inv === true && isGenerous(Number(obj(count).val)) ? 'no' : 'maybe'
}

/** Packets a second, or connections at once, that a guest in ordinary use does not exceed with new connections. */
export const isGenerous = (limit: number): boolean => limit >= 20

/** Fields of which only bounds are known: what a first packet of a connection may have. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  // 64 or 128 at the guest, one less when it is forwarded.
  'ip ttl': [33, 255],
  'ip length': [28, 1500],
  'meta length': [28, 1500],
  // From the least that every host takes to jumbo frames.
  'option maxseg': [536, 9216],
}

/** The bounds of a field; undefined for one of which more is known. */
export const rangeOf = (left: unknown): readonly [number, number] | undefined => {
  const { payload: header, meta: about, 'tcp option': option } = obj(left)
  if (obj(option).field === 'size') return ranges[`option ${word(obj(option).name)}`]
  return header
    ? ranges[`${word(obj(header).protocol)} ${word(obj(header).field)}`]
    : about
      ? ranges[`meta ${word(obj(about).key)}`]
      : undefined
}

export const orders: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
}

/** A field of which only bounds are known: the answer where it is the same for both of them. */
export const compareRange = (
  [low, high]: readonly [number, number],
  op: unknown,
  right: unknown,
): Ternary => {
  const order = typeof op === 'string' ? orders[op] : undefined
  const number = asNumber(right)
  const [from, to] = bounds(obj(right).range) ?? [number ?? Number.NaN, number ?? Number.NaN]
  if (Number.isNaN(from)) return 'maybe'
  if (order) return forAll([low, high], (value) => fromBoolean(order(value, from)))
  const apart = from > high || to < low
  return !apart ? 'maybe' : fromBoolean(op === '!=')
}
