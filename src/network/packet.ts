/** The packets that a guest sends first, and what is known of a packet after it took one of several ways. */
import { addressOf, parseIPv4 } from '../util/address.ts'
import { bits, mergeBits } from './bits.ts'
import type { Packet } from './rules.ts'

/** An address somewhere in the internet, for questions about the way there. Nothing is sent to it. */
export const internetProbeAddress = '9.9.9.9'

/** Any port of the range that clients use. */
const clientPort = 40_000

const services = [
  { proto: 'udp', port: 53 },
  { proto: 'tcp', port: 443 },
] as const

/**
 * What a guest sends first, as it comes in by the TAP: a question to a name server, and a connection to a
 * web server.
 * @param guest its address, with or without prefix length
 */
export const firstPackets = (tap: string, guest: string, mac: string | null): Packet[] => {
  const saddr = parseIPv4(addressOf(guest))
  if (saddr === null) return []
  return services.map(({ proto, port }) => ({
    iif: tap,
    oif: '',
    saddr,
    daddr: parseIPv4(internetProbeAddress),
    toHost: false,
    proto,
    sport: clientPort,
    dport: port,
    flags: proto === 'tcp' ? ['syn'] : [],
    mac: mac?.toLowerCase() ?? null,
    states: ['invalid'],
    direction: 'original',
    status: [],
    mark: bits(0),
    connectionMark: bits(0),
    untrackedBy: null,
  }))
}

const union = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  b.every((one) => a.includes(one)) ? a : [...new Set([...a, ...b])]

/** What is known of a packet that may have taken either of two ways through a chain. */
export const mergePackets = (a: Packet, b: Packet | null): Packet =>
  b === null || a === b
    ? a
    : {
        ...a,
        saddr: a.saddr === b.saddr ? a.saddr : null,
        daddr: a.daddr === b.daddr ? a.daddr : null,
        states: union(a.states, b.states),
        mark: mergeBits(a.mark, b.mark),
        connectionMark: mergeBits(a.connectionMark, b.connectionMark),
        untrackedBy: a.untrackedBy ?? b.untrackedBy,
      }

/** Two packets with the same key fare alike in every chain, as far as a chain can change them. */
export const keyOf = ({ saddr, daddr, states, mark, connectionMark }: Packet): string =>
  `${saddr} ${daddr} ${states.join()} ${mark.value}/${mark.known} ${connectionMark.value}/${connectionMark.known}`
