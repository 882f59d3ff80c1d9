/** What the dialogue of a guest needs of its address family, and what both families share: Ethernet. */

export const broadcast = 'ff:ff:ff:ff:ff:ff'

export const protocol = { icmp: 1, udp: 17, icmpv6: 58 } as const

/** Where a packet goes: addresses of both layers, without prefix length. */
export interface Link {
  readonly sourceMac: string
  readonly targetMac: string
  readonly source: string
  readonly target: string
}

/** Who sends: MAC and address. */
export interface Sender {
  readonly mac: string
  readonly address: string
}

export interface Ports {
  readonly from: number
  readonly to: number
}

export type Received =
  /** ARP, or a neighbour solicitation or advertisement: `senderMac` says that `senderIp` is its own. */
  | {
      readonly type: 'neighbour'
      readonly kind: 'request' | 'reply'
      readonly senderMac: string
      readonly senderIp: string
      readonly targetIp: string
    }
  | { readonly type: 'echo-reply'; readonly from: string; readonly to: string; readonly id: number }
  /** Destination unreachable or time exceeded, TYPE/CODE: a router or a firewall says why. */
  | { readonly type: 'icmp-error'; readonly from: string; readonly to: string; readonly code: string }
  | {
      readonly type: 'udp'
      readonly from: string
      readonly to: string
      readonly fromPort: number
      readonly toPort: number
      readonly data: Uint8Array
    }

/** Builds and reads the frames of one address family. */
export interface Wire {
  /** Asks for the MAC of the gateway; where the family has a question for it, also who else has the own address. */
  resolve(guest: Sender, gateway: string): readonly Uint8Array[]
  /** Answers a request for the guest's MAC. */
  present(guest: Sender, to: Sender): Uint8Array
  echo(link: Link, id: number): Uint8Array
  udp(link: Link, ports: Ports, data: Uint8Array): Uint8Array
  /** @returns what a frame holds; null for everything that guest-reach does not wait for, and for garbage */
  parse(frame: Uint8Array): Received | null
  /** TYPE/CODE of the error that says that the host was reached, and nothing listens there. */
  readonly portUnreachable: string
}

export const macBytes = (mac: string): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex')
export const macText = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?!$)/g, '$&:')

/** The Internet checksum (RFC 1071). */
export const checksum = (bytes: Uint8Array): number => {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

export const ethernet = (to: string, from: string, type: number, payload: Uint8Array): Buffer => {
  const kind = Buffer.alloc(2)
  kind.writeUInt16BE(type)
  const frame = Buffer.concat([macBytes(to), macBytes(from), kind, payload])
  // The shortest frame of Ethernet, without its checksum.
  return frame.length < 60 ? Buffer.concat([frame, Buffer.alloc(60 - frame.length)]) : frame
}

/** @returns a UDP datagram whose checksum is 0, "none": IPv4 allows that */
export const udpDatagram = (ports: Ports, data: Uint8Array): Buffer => {
  const header = Buffer.alloc(8)
  header.writeUInt16BE(ports.from, 0)
  header.writeUInt16BE(ports.to, 2)
  header.writeUInt16BE(8 + data.length, 4)
  return Buffer.concat([header, data])
}

export const parseUdp = (from: string, to: string, body: Buffer): Received | null =>
  body.length < 8
    ? null
    : {
        type: 'udp',
        from,
        to,
        fromPort: body.readUInt16BE(0),
        toPort: body.readUInt16BE(2),
        data: body.subarray(8),
      }
