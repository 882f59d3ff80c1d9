/** What the options of an iptables rule ask of a packet (iptables-extensions(8)). Pure. */
import { contains, parseCidr, parseIPv4 } from '../util/address.ts'
import { andBits, bits, equalsBits } from './bits.ts'
import { isGenerous } from './nft-fields.ts'
import type { Packet, TrackingState } from './rules.ts'
import { forAll, fromBoolean, or, type Ternary } from './ternary.ts'

/** What rules ask about beside the packet. */
export interface Surroundings {
  /** Whether an ipset has an address; `maybe` where the set cannot be read or is not understood. */
  readonly isInSet: (set: string, address: number) => Ternary
  /** Whether the kernel has policies of IPsec, which may apply to any packet; null where that is not known. */
  readonly ipsec: boolean | null
}

export const nothingAround: Surroundings = { isInSet: () => 'maybe', ipsec: null }

/** An option of a rule with the words that follow it. */
export interface Option {
  readonly name: string
  readonly values: readonly string[]
  readonly inverted: boolean
}

const isWithin = (value: number | null, text: string): Ternary => {
  const cidr = parseCidr(text.includes('/') ? text : `${text}/32`)
  return cidr && value !== null ? fromBoolean(contains(cidr, value)) : 'maybe'
}

const isInRange = (value: number | null, text: string): Ternary => {
  const [low, high] = text.split('-').map(parseIPv4)
  return value === null || low === null || low === undefined || high === null || high === undefined
    ? 'maybe'
    : fromBoolean(low <= value && value <= high)
}

const isNamed = (name: string | null, pattern: string): Ternary => {
  // Where a packet has no interface (yet) only the empty name fits.
  if (pattern === '+') return 'yes'
  if (name === null) return 'maybe'
  return fromBoolean(pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : name === pattern)
}

const isPort = (port: number, ranges: string): Ternary =>
  or(
    ranges.split(',').map((range) => {
      const [from = '', to = from] = range.split(':')
      const [low, high] = [from || '0', to || '65535'].map(Number)
      if (low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)) return 'maybe'
      return fromBoolean(low <= port && port <= high)
    }),
  )

/** "500/sec", "10/minute" as a rate a second; NaN for rates of bytes. */
const perSecond = (rate: string): number => {
  const [, count, unit = 's'] = /^(\d+)\/([smhd])/.exec(rate) ?? []
  return Number(count) / ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? Number.NaN)
}

/** Whether a range of possible values lies within bounds that a rule gives, "40" or "40:60". */
const isBetween = ([low, high]: readonly [number, number], range: string): Ternary => {
  const [from = '', to = from] = range.split(':')
  const [least, greatest] = [Number(from || '0'), Number(to || '65535')]
  return forAll([low, high], (value) => fromBoolean(least <= value && value <= greatest))
}

const numbers: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp' }

const isProtocol = (proto: string, name: string): boolean =>
  name === 'all' || name === '0' || (numbers[name] ?? name) === proto

/** A mark against VALUE[/MASK]. */
const isMarked = (mark: Packet['mark'], text: string): Ternary => {
  const [value, mask = 0xffff_ffff] = text.split('/').map(Number)
  if (value === undefined || Number.isNaN(value) || Number.isNaN(mask)) return 'maybe'
  return equalsBits(andBits(mark, bits(mask)), value)
}

const isTracked = ({ states, status }: Packet, wanted: string): Ternary => {
  const listed = wanted.split(',')
  // SNAT and DNAT are no states but what was done to the connection.
  if (status.some((done) => listed.includes(done.toUpperCase()))) return 'yes'
  return forAll(states, (state: TrackingState) => fromBoolean(listed.includes(state.toUpperCase())))
}

const flagNames = (list: string): readonly string[] =>
  list === 'NONE' || list === ''
    ? []
    : list === 'ALL'
      ? ['fin', 'syn', 'rst', 'psh', 'ack', 'urg']
      : list.toLowerCase().split(',')

const hasFlags = (packet: Packet, mask: readonly string[], wanted: readonly string[]): Ternary => {
  if (packet.proto !== 'tcp') return 'no'
  const found = packet.flags.filter((flag) => mask.includes(flag))
  return fromBoolean(found.length === wanted.length && wanted.every((flag) => found.includes(flag)))
}

const isInSet = (packet: Packet, [name = '', directions = '']: readonly string[], around: Surroundings) => {
  if (directions !== 'src' && directions !== 'dst') return 'maybe'
  const address = directions === 'src' ? packet.saddr : packet.daddr
  return address === null ? 'maybe' : around.isInSet(name, address)
}

type Test = (packet: Packet, values: readonly string[], around: Surroundings) => Ternary

const yes: Test = () => 'yes'
const no: Test = () => 'no'

/** Each option by what it asks. What is not listed is not understood, and counts as "maybe". */
const tests: Readonly<Record<string, Test>> = {
  '-s': ({ saddr }, [net = '']) => isWithin(saddr, net),
  '-d': ({ daddr }, [net = '']) => isWithin(daddr, net),
  '-i': ({ iif }, [name = '']) => isNamed(iif, name),
  '-o': ({ oif }, [name = '']) => isNamed(oif, name),
  '-p': ({ proto }, [name = '']) => fromBoolean(isProtocol(proto, name)),
  '-f': no,
  '-m': yes,
  '--comment': yes,
  '--ctstate': (packet, [states = '']) => isTracked(packet, states),
  '--state': (packet, [states = '']) => isTracked(packet, states),
  '--ctstatus': (_, [flags = '']) =>
    flags.split(',').every((flag) => flag === 'DNAT' || flag === 'EXPECTED') ? 'no' : 'maybe',
  '--ctdir': ({ direction }, [wanted = '']) => fromBoolean(direction === wanted.toLowerCase()),
  '--ctproto': ({ proto }, [name = '']) => fromBoolean(isProtocol(proto, name)),
  '--sport': ({ sport }, [ports = '']) => isPort(sport, ports),
  '--dport': ({ dport }, [ports = '']) => isPort(dport, ports),
  '--sports': ({ sport }, [ports = '']) => isPort(sport, ports),
  '--dports': ({ dport }, [ports = '']) => isPort(dport, ports),
  '--ports': ({ sport, dport }, [ports = '']) => or([isPort(sport, ports), isPort(dport, ports)]),
  '--src-range': ({ saddr }, [range = '']) => isInRange(saddr, range),
  '--dst-range': ({ daddr }, [range = '']) => isInRange(daddr, range),
  '--src-type': (_, [types = '']) => fromBoolean(types.split(',').includes('UNICAST')),
  '--dst-type': ({ toHost }, [types = '']) =>
    fromBoolean(types.split(',').includes(toHost ? 'LOCAL' : 'UNICAST')),
  '--pkt-type': (_, [type = '']) => fromBoolean(type === 'unicast'),
  '--icmp-type': no,
  '--physdev-is-bridged': no,
  '--physdev-is-in': no,
  '--physdev-is-out': no,
  '--physdev-in': no,
  '--physdev-out': no,
  '--mark': ({ mark }, [value = '']) => isMarked(mark, value),
  '--invert': no,
  '--loose': yes,
  '--validmark': yes,
  '--accept-local': yes,
  '--syn': (packet) => hasFlags(packet, ['fin', 'syn', 'rst', 'ack'], ['syn']),
  '--tcp-flags': (packet, [mask = '', wanted = '']) => hasFlags(packet, flagNames(mask), flagNames(wanted)),
  '--tcp-option': () => 'maybe',
  '--mss': ({ flags }, [range = '']) => (flags.includes('syn') ? isBetween([536, 9216], range) : 'no'),
  '--mac-source': ({ mac }, [wanted = '']) =>
    mac === null ? 'maybe' : fromBoolean(mac === wanted.toLowerCase()),
  '--match-set': isInSet,
  // What a first packet of a guest that does nothing unusual may have.
  '--ttl-lt': (_, [limit = '']) => isBetween([33, 255], `:${Number(limit) - 1}`),
  '--ttl-gt': (_, [limit = '']) => isBetween([33, 255], `${Number(limit) + 1}:`),
  '--ttl-eq': (_, [value = '']) => isBetween([33, 255], value),
  '--length': (_, [range = '']) => isBetween([28, 1500], range),
  // A guest does not exceed a generous limit.
  '--connlimit-above': (_, [limit = '']) => (isGenerous(Number(limit)) ? 'no' : 'maybe'),
  '--hashlimit-above': (_, [limit = '']) => (isGenerous(perSecond(limit)) ? 'no' : 'maybe'),
  '--hashlimit-name': yes,
  '--hashlimit-mode': yes,
  '--hashlimit-burst': yes,
  '--hashlimit-htable-expire': yes,
  '--hashlimit-srcmask': yes,
  '--hashlimit-dstmask': yes,
  '--connlimit-mask': yes,
  '--connlimit-saddr': yes,
  '--connlimit-daddr': yes,
  // Text in a packet: a question to a name server, or a SYN, which has none.
  '--string': ({ proto }) => (proto === 'tcp' ? 'no' : 'maybe'),
  '--hex-string': ({ proto }) => (proto === 'tcp' ? 'no' : 'maybe'),
  '--algo': yes,
  '--to': yes,
  '--from': yes,
  '--icase': yes,
  // Sockets of this host do not take what is sent to another.
  '--transparent': yes,
  '--nowildcard': yes,
  '--restore-skmark': yes,
}

/** Options whose meaning depends on the match that they belong to. */
const inContext = (
  options: readonly Option[],
  { name, values }: Option,
  packet: Packet,
  around: Surroundings,
): Ternary | null => {
  const has = (option: string) => options.some((other) => other.name === option)
  if (name === '-m' && values[0] === 'socket') return packet.toHost ? 'maybe' : 'no'
  if (has('--pol')) {
    if (name === '--pol' && around.ipsec === false) return fromBoolean(values[0] === 'none')
    return name === '--dir' ? 'yes' : null
  }
  if (options.some((other) => other.name === '-m' && other.values[0] === 'connmark') && name === '--mark')
    return isMarked(packet.connectionMark, values[0] ?? '')
  if (has('--set') || has('--rcheck') || has('--update') || has('--remove')) {
    // Only --set matches always. A list of recent addresses has no guest in it, unless it counts all of them.
    if (name === '--set') return 'yes'
    if (['--rcheck', '--update', '--remove'].includes(name)) return has('--hitcount') ? 'maybe' : 'no'
    if (
      ['--seconds', '--hitcount', '--name', '--mask', '--rsource', '--rdest', '--reap', '--rttl'].includes(
        name,
      )
    )
      return 'yes'
  }
  return null
}

/** Whether an option fits a packet, its "!" not counted. */
export const testOption = (
  options: readonly Option[],
  option: Option,
  packet: Packet,
  around: Surroundings,
): Ternary =>
  inContext(options, option, packet, around) ??
  (Object.hasOwn(tests, option.name) ? tests[option.name]?.(packet, option.values, around) : null) ??
  'maybe'
