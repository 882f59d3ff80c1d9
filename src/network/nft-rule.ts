/** One rule of nft, as libnftables-json(5) writes its statements. Pure. */
import { parseIPv4 } from '../util/address.ts'
import { unknownBits } from './bits.ts'
import { limitOf } from './nft-fields.ts'
import { markIn } from './nft-mark.ts'
import { compare, elementsOf, keyOfElement, lookUp, type Sets } from './nft-match.ts'
import { list, type Obj, obj, text } from './nft-values.ts'
import { type Action, notrack, type Packet, type Rule, type Target } from './rules.ts'
import { and, type Ternary } from './ternary.ts'

/** Statements that change nothing about where a packet goes. */
const passing = new Set([
  'counter',
  'log',
  'flow',
  'dup',
  'last',
  'secmark',
  'ct helper',
  'ct timeout',
  'ct expectation',
])

/** A statement whose address, port or mark comes from a map: it applies only where the map has an element. */
const resolved = (
  packet: Packet,
  statement: unknown,
  sets: Sets,
): { readonly applies: Ternary; readonly statement: Obj } => {
  let applies: Ternary = 'yes'
  const entries = Object.entries(obj(statement)).map(([name, value]) => {
    const { map } = obj(value)
    if (map === undefined) return [name, value]
    const found = lookUp(packet, map, sets)
    applies = and(applies, found.applies)
    return [name, found.value]
  })
  return { applies, statement: Object.fromEntries(entries) }
}

const targetOf = (value: unknown): Target => {
  const { addr, port } = obj(value)
  return {
    address: typeof addr === 'string' ? parseIPv4(addr) : null,
    port: typeof port === 'number' ? port : null,
  }
}

const verdictOf = (statement: Obj): Action | null => {
  for (const kind of ['accept', 'drop', 'return'] as const) if (kind in statement) return { do: kind }
  if ('continue' in statement) return { do: 'next' }
  if ('reject' in statement) return { do: 'drop' }
  for (const kind of ['jump', 'goto'] as const)
    if (kind in statement) return { do: kind, target: text(obj(statement[kind]).target) }
  if ('masquerade' in statement) return { do: 'masquerade' }
  if ('snat' in statement) return { do: 'snat', to: targetOf(statement.snat) }
  if ('dnat' in statement) return { do: 'dnat', to: targetOf(statement.dnat) }
  return 'redirect' in statement ? { do: 'dnat', to: null } : null
}

/** What iptables-nft leaves as it is: the match or target by name, without its options. */
const foreign = ({ type, name }: Obj): Ternary | Action => {
  if (type === 'match') return name === 'comment' ? 'yes' : 'maybe'
  if (name === 'MASQUERADE') return { do: 'masquerade' }
  if (name === 'SNAT') return { do: 'snat', to: { address: null, port: null } }
  if (name === 'DNAT') return { do: 'dnat', to: { address: null, port: null } }
  if (name === 'REDIRECT') return { do: 'dnat', to: null }
  if (name === 'LOG' || name === 'NFLOG') return 'yes'
  return name === 'REJECT' ? { do: 'drop' } : { do: 'unknown' }
}

/** A statement that writes into the packet or its connection; null for what no other rule asks about. */
const changeOf = ({ key, value }: Obj): Action | null => {
  const set = (change: (packet: Packet) => Packet): Action => ({ do: 'change', change })
  if (obj(obj(key).meta).key === 'mark')
    return set((packet) => ({ ...packet, mark: markIn(packet, value) ?? unknownBits }))
  if (obj(obj(key).ct).key === 'mark')
    return set((packet) => ({ ...packet, connectionMark: markIn(packet, value) ?? unknownBits }))
  const { protocol, field } = obj(obj(key).payload)
  if (protocol === 'ip' && field === 'saddr') return set((packet) => ({ ...packet, saddr: null }))
  return protocol === 'ip' && field === 'daddr' ? set((packet) => ({ ...packet, daddr: null })) : null
}

type Branch = readonly [Ternary, Action]

/** A verdict map: each element that may be meant, and whether none of them is. */
const mapped = (packet: Packet, { key, data }: Obj, so: Ternary, sets: Sets): Branch[] => {
  const elements =
    typeof data === 'string' ? sets.get(data.replace(/^@/, '')) : elementsOf(list(obj(data).set), mapKey)
  if (!elements) return [[and(so, 'maybe'), { do: 'unknown' }]]
  return elements.all.flatMap((entry): Branch[] => {
    const applies = and(so, compare(packet, '==', key, mapKey(entry), sets))
    if (applies === 'no') return []
    return [[applies, verdictOf(obj(list(entry)[1])) ?? { do: 'unknown' }]]
  })
}

/** The key of an element of a map. */
export const mapKey = (entry: unknown): unknown => keyOfElement(list(entry)[0])

const branchesOf = (packet: Packet, statements: readonly unknown[], sets: Sets): Branch[] => {
  let so: Ternary = 'yes'
  const out: Branch[] = []
  for (const entry of statements) {
    const [kind = ''] = Object.keys(obj(entry))
    const inner = ['snat', 'dnat', 'redirect', 'mangle'].includes(kind)
      ? resolved(packet, obj(entry)[kind], sets)
      : null
    const statement: Obj = inner ? { [kind]: inner.statement } : obj(entry)
    if (inner) so = and(so, inner.applies)
    const verdict = verdictOf(statement)
    const limit = limitOf(statement)
    if (verdict) out.push([so, verdict])
    else if (limit) so = and(so, limit)
    else if (statement.match) {
      const { op, left, right } = obj(statement.match)
      so = and(so, compare(packet, op, left, right, sets))
    } else if (statement.vmap) {
      // A map without a fitting element ends the rule, and so does every verdict in it.
      out.push(...mapped(packet, obj(statement.vmap), so, sets))
      return out
    } else if ('notrack' in statement) out.push([so, notrack])
    else if (statement.xt) {
      const meaning = foreign(obj(statement.xt))
      if (typeof meaning === 'string') so = and(so, meaning)
      else out.push([so, meaning])
    } else if (statement.mangle) {
      const change = changeOf(obj(statement.mangle))
      if (change) out.push([so, change])
    } else if (statement.set || statement.meter) {
      // An element that is added may have a limit of its own, which counts for the rest of the rule.
      for (const limited of list(obj(statement.set).stmt ?? [obj(statement.meter).stmt]))
        so = and(so, limitOf(obj(limited)) ?? 'yes')
    } else if ('queue' in statement || 'synproxy' in statement || 'tproxy' in statement)
      out.push([so, { do: 'unknown' }])
    else if (!Object.keys(statement).every((key) => passing.has(key))) so = and(so, 'maybe')
    if (so === 'no') return out
  }
  return out
}

/** A rule of nft beside its JSON, which says what it consists of. */
export interface NftRule extends Rule {
  readonly statements: readonly unknown[]
}

export const ruleOf = ({ expr, handle, comment }: Obj, sets: Sets): NftRule => ({
  text: null,
  comment: typeof comment === 'string' ? comment : null,
  handle: typeof handle === 'number' ? handle : null,
  statements: list(expr),
  branches: (packet) => branchesOf(packet, list(expr), sets),
})
