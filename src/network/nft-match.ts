/** What the expressions of nft ask of a packet, as libnftables-json(5) writes them. Pure. */
import { contains, parseCidr, parseIPv4 } from '../util/address.ts'
import { isMap } from '../util/json.ts'
import { type Bits, equalsBits, isInRange } from './bits.ts'
import { compareFlags, compareRange, limitOf, orders, rangeOf } from './nft-fields.ts'
import { isMark, markIn } from './nft-mark.ts'
import { asNumber, bounds, list, type Obj, obj, word } from './nft-values.ts'
import type { Packet } from './rules.ts'
import { and, forAll, fromBoolean, not, or, type Ternary } from './ternary.ts'

/** The elements of a set or map; scalars can be looked up without going through all of them. */
export interface Elements {
  readonly all: readonly unknown[]
  /** Elements whose key is not a single string or number. */
  readonly complex: readonly unknown[]
  readonly scalars: ReadonlyMap<string | number, unknown>
}

/** The sets and maps of one table, by name. */
export type Sets = ReadonlyMap<string, Elements>

/** The key of an element, which may have a time limit or a comment of its own. */
export const keyOfElement = (element: unknown): unknown => obj(obj(element).elem).val ?? element

/** @param keyOf what of an element is its key: for maps the first of two */
export const elementsOf = (all: readonly unknown[], keyOf = keyOfElement): Elements => {
  const scalars = new Map<string | number, unknown>()
  const complex = all.filter((element) => {
    const key = keyOf(element)
    // The limit of an element decides, too.
    if (limitOf(obj(obj(element).elem))) return true
    const isScalar = typeof key === 'number' || (typeof key === 'string' && !key.endsWith('*'))
    if (isScalar) scalars.set(typeof key === 'string' ? (parseIPv4(key) ?? key) : key, element)
    return !isScalar
  })
  return { all, complex, scalars }
}

/**
 * What a packet has where a rule looks: every value that is possible. Undefined: not known or not understood;
 * null: it has no such thing, so that the rule does not apply.
 */
type Known = readonly (string | number)[] | null | undefined

const one = (value: string | number | null): Known => (value === null ? undefined : [value])

/** "" stands for no interface. */
const interfaceOf = (name: string | null): Known => (name === '' ? null : one(name))

const payload = (packet: Packet, { protocol, field }: Obj): Known => {
  if (protocol === 'ip') {
    if (field === 'saddr') return one(packet.saddr)
    if (field === 'daddr') return one(packet.daddr)
    if (field === 'protocol') return [packet.proto]
    if (field === 'dscp') return ['cs0']
    // No fragment; the bit that forbids fragments may be set.
    if (field === 'frag-off') return [0, 0x4000]
    return field === 'version' ? [4] : undefined
  }
  if (protocol === packet.proto || protocol === 'th') {
    if (field === 'sport') return [packet.sport]
    return field === 'dport' ? [packet.dport] : undefined
  }
  if (protocol === 'ether' && field === 'saddr') return one(packet.mac)
  // A header of another protocol is not there.
  return protocol === 'ether' || protocol === 'vlan' ? undefined : null
}

const meta = (packet: Packet, key: unknown): Known => {
  switch (key) {
    case 'iif':
    case 'iifname':
      return interfaceOf(packet.iif)
    case 'oif':
    case 'oifname':
      return interfaceOf(packet.oif)
    case 'l4proto':
      return [packet.proto]
    case 'nfproto':
      return ['ipv4']
    case 'protocol':
      return ['ip']
    case 'pkttype':
      return ['host']
    default:
      return undefined
  }
}

const conntrack = (packet: Packet, key: unknown): Known => {
  if (key === 'state') return packet.states
  if (key === 'status') return packet.status.length > 0 ? packet.status : ['none']
  return key === 'direction' ? [packet.direction] : undefined
}

const fib = (packet: Packet, { result, flags }: Obj): Known => {
  const isSource = list(flags).includes('saddr')
  if (result === 'type') return [packet.toHost && !isSource ? 'local' : 'unicast']
  // The reverse path: there is one wherever the routes of the guest are in order (check subnet-conflict).
  return result === 'oif' && isSource ? ['there'] : undefined
}

const look = (packet: Packet, left: unknown): Known => {
  const expression = obj(left)
  if (expression.payload) return payload(packet, obj(expression.payload))
  if (expression.meta) return meta(packet, obj(expression.meta).key)
  if (expression.ct) return conntrack(packet, obj(expression.ct).key)
  if (expression.fib) return fib(packet, obj(expression.fib))
  // An extension header or option: a packet of the guest has none.
  if (expression.exthdr || expression['ip option'] || expression['tcp option']) return undefined
  const [operand, mask] = list(expression['&'])
  if (operand === undefined) return undefined
  const known = look(packet, operand)
  // Of a header that is not there no part is there either.
  if (known === null || known === undefined) return known
  const number = asNumber(mask)
  return number === null || known.some((value) => typeof value !== 'number')
    ? undefined
    : known.map((value) => (Number(value) & number) >>> 0)
}

const isElement = (known: string | number, element: unknown, sets: Sets): Ternary => {
  if (typeof element === 'string' && element.startsWith('@')) {
    const elements = sets.get(element.slice(1))
    if (!elements) return 'maybe'
    if (elements.scalars.has(known)) return 'yes'
    return or(elements.complex.map((each) => isElement(known, each, sets)))
  }
  if (typeof element === 'boolean') return fromBoolean(element === (known === 'there'))
  if (Array.isArray(element)) return or(element.map((each) => isElement(known, each, sets)))
  if (!isMap(element)) {
    if (typeof known === 'number') {
      const number = asNumber(element)
      return number === null ? 'maybe' : fromBoolean(number === known)
    }
    const name = word(element)
    return fromBoolean(name.endsWith('*') ? known.startsWith(name.slice(0, -1)) : known === name)
  }
  if (element.set) return or(list(element.set).map((each) => isElement(known, each, sets)))
  if (element.elem)
    return and(isElement(known, obj(element.elem).val, sets), limitOf(obj(element.elem)) ?? 'yes')
  if (typeof known === 'string') return 'maybe'
  if (element.prefix) {
    const { addr, len } = obj(element.prefix)
    const cidr = parseCidr(`${word(addr)}/${word(len)}`)
    return cidr ? fromBoolean(contains(cidr, known)) : 'maybe'
  }
  const range = bounds(element.range)
  return range ? fromBoolean(range[0] <= known && known <= range[1]) : 'maybe'
}

const isMarked = (mark: Bits, element: unknown, sets: Sets): Ternary => {
  if (typeof element === 'number') return equalsBits(mark, element)
  if (typeof element === 'string' && element.startsWith('@')) {
    const elements = sets.get(element.slice(1))
    return elements ? or(elements.all.map((each) => isMarked(mark, each, sets))) : 'maybe'
  }
  const { set, elem, range } = obj(element)
  if (set) return or(list(set).map((each) => isMarked(mark, each, sets)))
  if (elem) return isMarked(mark, obj(elem).val, sets)
  const ends = bounds(range)
  return ends ? isInRange(mark, ends[0], ends[1]) : 'maybe'
}

/** Compares several values at once with elements that are as many. */
const isConcat = (packet: Packet, lefts: readonly unknown[], right: unknown, sets: Sets): Ternary => {
  const named = typeof right === 'string' && right.startsWith('@') ? sets.get(right.slice(1))?.all : undefined
  const elements = named ?? (isMap(right) && right.set ? list(right.set) : [right])
  return or(
    elements.map((element) => {
      const rights = list(obj(keyOfElement(element)).concat)
      if (rights.length !== lefts.length) return 'maybe'
      return lefts.map((left, index) => compare(packet, '==', left, rights[index], sets)).reduce(and, 'yes')
    }),
  )
}

/** Whether a comparison holds for a packet; `maybe` where nft asks for something that is not known here. */
export const compare = (packet: Packet, op: unknown, left: unknown, right: unknown, sets: Sets): Ternary => {
  const concat = obj(left).concat
  const negated = (answer: Ternary) => (op === '!=' ? not(answer) : answer)
  if (concat) return negated(isConcat(packet, list(concat), right, sets))
  const flags = compareFlags(packet, op, left, right)
  if (flags) return flags
  const range = rangeOf(left)
  if (range) return compareRange(range, op, right)
  const order = typeof op === 'string' ? orders[op] : undefined
  if (isMark(left)) {
    const mark = markIn(packet, left)
    if (!mark) return 'maybe'
    if (!order) return negated(isMarked(mark, right, sets))
    const [limit, value] = [asNumber(right), isInRange(mark, 0, 0xffff_ffff) === 'yes' ? mark.value : null]
    return limit === null || value === null ? 'maybe' : fromBoolean(order(value, limit))
  }
  const known = look(packet, left)
  if (known === null) return 'no'
  if (known === undefined) return 'maybe'
  if (order) {
    const other = asNumber(right)
    return forAll(known, (value) =>
      typeof value !== 'number' || other === null ? 'maybe' : fromBoolean(order(value, other)),
    )
  }
  // A connection may have several states of translation at once.
  if (obj(obj(left).ct).key === 'status')
    return negated(or(known.map((value) => isElement(value, right, sets))))
  return negated(forAll(known, (value) => isElement(value, right, sets)))
}

/** What a map has for a packet: whether an element fits, and its value where it is certain which one. */
export const lookUp = (
  packet: Packet,
  map: unknown,
  sets: Sets,
): { readonly applies: Ternary; readonly value: unknown } => {
  const { key, data } = obj(map)
  const elements = typeof data === 'string' ? sets.get(data.replace(/^@/, ''))?.all : list(obj(data).set)
  if (!elements) return { applies: 'maybe', value: null }
  const fitting = elements
    .map((entry) => {
      const [own, value] = list(entry)
      return { applies: compare(packet, '==', key, keyOfElement(own), sets), value }
    })
    .filter(({ applies }) => applies !== 'no')
  const [first] = fitting
  const isSure = first?.applies === 'yes'
  return { applies: or(fitting.map(({ applies }) => applies)), value: isSure ? first.value : null }
}
