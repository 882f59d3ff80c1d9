/** What the expressions of nft ask of a packet, as libnftables-json(5) writes them. Pure. */
import { contains, parseCidr, parseIPv4 } from '../util/address.ts'
import { and, fromBoolean, not, or, type PacketState, type Ternary } from './rules.ts'

export type Value = unknown
export type Obj = Readonly<Record<string, Value>>
/** The elements of the sets of one table, by name. */
export type Sets = ReadonlyMap<string, readonly Value[]>

const isObj = (value: Value): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const obj = (value: Value): Obj => (isObj(value) ? value : {})
export const list = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [])
export const text = (value: Value): string => (typeof value === 'string' ? value : '')

/** What a packet has where a rule looks; undefined: not known or not understood, null: it has no such thing. */
type Known = string | number | null | undefined

const payload = ({ packet }: PacketState, { protocol, field }: Obj): Known => {
  if (protocol === 'ip') {
    if (field === 'saddr') return packet.saddr
    if (field === 'daddr') return packet.daddr
    return field === 'protocol' ? packet.proto : undefined
  }
  if (protocol === packet.proto || protocol === 'th') {
    if (field === 'sport') return packet.sport
    return field === 'dport' ? packet.dport : undefined
  }
  // Rules that ask for a header of another protocol do not apply.
  return protocol === 'ether' || protocol === 'vlan' ? undefined : null
}

const meta = ({ packet, mark }: PacketState, key: Value): Known => {
  switch (key) {
    case 'iif':
    case 'iifname':
      return packet.iif ?? undefined
    case 'oif':
    case 'oifname':
      return packet.oif ?? undefined
    case 'l4proto':
      return packet.proto
    case 'nfproto':
      return 'ipv4'
    case 'protocol':
      return 'ip'
    case 'pkttype':
      return 'unicast'
    case 'mark':
      return mark ?? undefined
    default:
      return undefined
  }
}

const conntrack = ({ packet, mark }: PacketState, key: Value): Known => {
  if (key === 'state') return packet.state
  // Nothing redirects what a guest sends; the answers belong to a connection that is masqueraded.
  if (key === 'status') return packet.state === 'new' ? 'none' : 'snat'
  if (key === 'direction') return packet.state === 'new' ? 'original' : 'reply'
  return key === 'mark' ? (mark ?? undefined) : undefined
}

const fib = ({ result, flags }: Obj): Known => {
  if (result === 'type') return 'unicast'
  // The reverse path: there is one wherever the routes of the guest are in order (check subnet-conflict).
  return result === 'oif' && list(flags).includes('saddr') ? 'there' : undefined
}

const look = (passage: PacketState, left: Value): Known => {
  const expression = obj(left)
  if (expression.payload) return payload(passage, obj(expression.payload))
  if (expression.meta) return meta(passage, obj(expression.meta).key)
  if (expression.ct) return conntrack(passage, obj(expression.ct).key)
  if (expression.fib) return fib(obj(expression.fib))
  const [operand, bits] = list(expression['&'])
  // Of a packet without a mark no bit of it is set either.
  return operand !== undefined && bits !== undefined && look(passage, operand) === 0 && isMark(operand)
    ? 0
    : undefined
}

export const isMark = (operand: Value): boolean =>
  obj(obj(operand).meta).key === 'mark' || obj(obj(operand).ct).key === 'mark'

const asNumber = (value: Value): number | null =>
  typeof value === 'number' ? value : typeof value === 'string' ? parseIPv4(value) : null

const isElement = (known: string | number, element: Value, sets: Sets): Ternary => {
  if (typeof element === 'string' && element.startsWith('@')) {
    const elements = sets.get(element.slice(1))
    return elements ? or(elements.map((one) => isElement(known, one, sets))) : 'maybe'
  }
  if (typeof element === 'boolean') return fromBoolean(element === (known === 'there'))
  if (Array.isArray(element)) return or(element.map((one) => isElement(known, one, sets)))
  if (!isObj(element)) {
    if (typeof known === 'number') {
      const number = asNumber(element)
      return number === null ? 'maybe' : fromBoolean(number === known)
    }
    const name = String(element)
    return fromBoolean(name.endsWith('*') ? known.startsWith(name.slice(0, -1)) : known === name)
  }
  if (element.set) return or(list(element.set).map((one) => isElement(known, one, sets)))
  if (element.elem) return isElement(known, obj(element.elem).val, sets)
  if (typeof known === 'string') return 'maybe'
  if (element.prefix) {
    const { addr, len } = obj(element.prefix)
    const cidr = parseCidr(`${addr}/${len}`)
    return cidr ? fromBoolean(contains(cidr, known)) : 'maybe'
  }
  const [low, high] = list(element.range).map(asNumber)
  return low === null || low === undefined || high === null || high === undefined
    ? 'maybe'
    : fromBoolean(low <= known && known <= high)
}

/** Compares several values at once with elements that are as many. */
const isConcat = (passage: PacketState, lefts: readonly Value[], right: Value, sets: Sets): Ternary => {
  const named = typeof right === 'string' && right.startsWith('@') ? sets.get(right.slice(1)) : undefined
  const elements = named ?? (isObj(right) && right.set ? list(right.set) : [right])
  return or(
    elements.map((element) => {
      const rights = list(obj(obj(obj(element).elem).val ?? element).concat)
      if (rights.length !== lefts.length) return 'maybe'
      return lefts.map((left, index) => compare(passage, '==', left, rights[index], sets)).reduce(and, 'yes')
    }),
  )
}

/** Whether a comparison holds for a packet; `maybe` where nft asks for something that is not known here. */
export const compare = (passage: PacketState, op: Value, left: Value, right: Value, sets: Sets): Ternary => {
  const concat = obj(left).concat
  if (concat) {
    const answer = isConcat(passage, list(concat), right, sets)
    return op === '!=' ? not(answer) : answer
  }
  const known = look(passage, left)
  if (known === null) return 'no'
  if (known === undefined) return 'maybe'
  if (op === '==' || op === 'in') return isElement(known, right, sets)
  if (op === '!=') return not(isElement(known, right, sets))
  const other = asNumber(right)
  if (typeof known !== 'number' || other === null) return 'maybe'
  const order = { '<': known < other, '>': known > other, '<=': known <= other, '>=': known >= other }
  return typeof op === 'string' && op in order ? fromBoolean(order[op as keyof typeof order]) : 'maybe'
}
