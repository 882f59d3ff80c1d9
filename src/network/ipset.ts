/** Sets of addresses as `ipset save` prints them (ipset(8)). Pure. */
import { parseCidr, parseIPv4 } from '../util/address.ts'
import { fromBoolean, or, type Ternary } from './ternary.ts'

interface AddressSet {
  readonly kind: string
  readonly addresses: Set<number>
  /** First and last address of what is no single address. */
  readonly ranges: (readonly [number, number])[]
  /** Exceptions, which sets of networks may have. */
  readonly except: (readonly [number, number])[]
  /** The sets in a list of sets. */
  readonly members: string[]
}

const rangeOf = (entry: string): readonly [number, number] | null => {
  const [from = '', to] = entry.split('-')
  const [low, high] = [parseIPv4(from), to === undefined ? null : parseIPv4(to)]
  if (low !== null) return [low, high ?? low]
  const cidr = parseCidr(entry)
  return cidr && [cidr.network, cidr.network + cidr.size - 1]
}

/** Types whose entries are addresses or networks and nothing else. */
const plain = new Set(['hash:ip', 'hash:net', 'bitmap:ip', 'list:set'])

/**
 * Parses the output of `ipset save`.
 * @returns whether a set has an address; `maybe` for one that is not there or of another type
 */
export const parseIpsets = (text: string): ((name: string, address: number) => Ternary) => {
  const sets = new Map<string, AddressSet>()
  for (const line of text.split('\n')) {
    const [verb, name = '', entry = '', ...options] = line.split(' ')
    if (verb === 'create')
      sets.set(name, { kind: entry, addresses: new Set(), ranges: [], except: [], members: [] })
    const set = verb === 'add' ? sets.get(name) : undefined
    if (!set) continue
    if (set.kind === 'list:set') set.members.push(entry)
    const range = rangeOf(entry)
    if (!range) continue
    if (options.includes('nomatch')) set.except.push(range)
    else if (range[0] === range[1]) set.addresses.add(range[0])
    else set.ranges.push(range)
  }
  const has = (name: string, address: number, depth: number): Ternary => {
    const set = sets.get(name)
    if (!set || !plain.has(set.kind) || depth > 2) return 'maybe'
    if (set.kind === 'list:set') return or(set.members.map((member) => has(member, address, depth + 1)))
    const isIn = ([low, high]: readonly [number, number]) => low <= address && address <= high
    if (set.except.some(isIn)) return set.addresses.has(address) ? 'yes' : 'maybe'
    return fromBoolean(set.addresses.has(address) || set.ranges.some(isIn))
  }
  return (name, address) => has(name, address, 0)
}
