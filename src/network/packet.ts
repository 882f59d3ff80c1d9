/** A packet of the guest, as far as routing and firewall rules can ask about it. IPv4 only. */
import { addressOf, parseIPv4 } from '../util/address.ts'

export interface Packet {
  /** The interfaces by name; null where it is not known which one it will be. */
  readonly iif: string | null
  readonly oif: string | null
  /** Addresses as numbers. */
  readonly saddr: number
  readonly daddr: number
  readonly state: 'new' | 'established'
  readonly proto: 'tcp' | 'udp'
  readonly sport: number
  readonly dport: number
}

/** An address somewhere in the internet, for questions about the way there. Nothing is sent to it. */
export const internetProbeAddress = '9.9.9.9'

export interface GuestRoute {
  readonly tap: string
  /** Address of the guest, with or without prefix length. */
  readonly guest: string
  /** Null while the host has no default route. */
  readonly uplink: string | null
}

/** Any port of the range that clients use. */
const clientPort = 40_000

const services = [
  { proto: 'udp', port: 53 },
  { proto: 'tcp', port: 443 },
] as const

/** What a guest sends first: a question to a name server, and a connection to a web server. */
export const outgoing = ({ tap, guest, uplink }: GuestRoute): Packet[] => {
  const saddr = parseIPv4(addressOf(guest))
  const daddr = parseIPv4(internetProbeAddress)
  if (saddr === null || daddr === null) return []
  return services.map(({ proto, port }) => ({
    iif: tap,
    oif: uplink,
    saddr,
    daddr,
    state: 'new',
    proto,
    sport: clientPort,
    dport: port,
  }))
}

/** The answers to it, as they are forwarded. */
export const incoming = (way: GuestRoute): Packet[] =>
  outgoing(way).map((packet) => ({
    ...packet,
    iif: packet.oif,
    oif: packet.iif,
    saddr: packet.daddr,
    daddr: packet.saddr,
    state: 'established',
    sport: packet.dport,
    dport: packet.sport,
  }))
