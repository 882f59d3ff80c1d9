/**
 * The same for IPv6: neighbour discovery, and ICMPv6 and UDP (RFC 4861, 8200, 4443, 768). Only what
 * guest-reach needs.
 */
import { formatIPv6, parseIPv6 } from '../../util/address.ts'
import {
  checksum,
  ethernet,
  type Link,
  macBytes,
  macText,
  type Ports,
  parseUdp,
  protocol,
  type Received,
  type Sender,
  udpDatagram,
  type Wire,
} from './wire.ts'

const etherType = 0x86dd

const kind = { unreachable: 1, timeExceeded: 3, echo: 128, echoReply: 129, ask: 135, tell: 136 } as const
/** Options that hold a MAC: of the source of a solicitation, of the target of an advertisement. */
const option = { source: 1, target: 2 } as const

const unspecified = '::'
const allNodes = 'ff02::1'

/** Neighbour discovery takes no packet that a router has passed on (RFC 4861, section 7.1). */
const maxHops = 255
/** As Linux guests send. */
const usualHops = 64

const ipBytes = (address: string): Buffer =>
  Buffer.from((parseIPv6(address) ?? []).flatMap((group) => [group >>> 8, group & 255]))

const ipText = (bytes: Buffer): string =>
  formatIPv6(Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2)))

/** The Ethernet group of a multicast address (RFC 2464, section 7). */
const groupMac = (address: string): string => `33:33:${macText(ipBytes(address).subarray(12))}`

/** The group in which the owner of an address listens (RFC 4291, section 2.7.1). */
const solicitedNode = (address: string): string => {
  const groups = parseIPv6(address) ?? []
  return formatIPv6([0xff02, 0, 0, 0, 0, 1, 0xff00 | ((groups[6] ?? 0) & 255), groups[7] ?? 0])
}

/** @param checksumAt where in the payload its checksum belongs, which covers the addresses, too (RFC 8200, 8.1) */
const ipv6 = (link: Link, next: number, payload: Buffer, checksumAt: number, hops = usualHops): Buffer => {
  const addresses = Buffer.concat([ipBytes(link.source), ipBytes(link.target)])
  const tail = Buffer.alloc(8)
  tail.writeUInt32BE(payload.length, 0)
  tail.writeUInt8(next, 7)
  // 0 would be "none", which IPv6 does not allow; its other spelling is the same number.
  payload.writeUInt16BE(checksum(Buffer.concat([addresses, tail, payload])) || 0xffff, checksumAt)
  const head = Buffer.alloc(8)
  head.writeUInt8(0x60, 0)
  head.writeUInt16BE(payload.length, 4)
  head.writeUInt8(next, 6)
  head.writeUInt8(hops, 7)
  return ethernet(link.targetMac, link.sourceMac, etherType, Buffer.concat([head, addresses, payload]))
}

const icmp = (link: Link, message: Buffer, hops?: number) => ipv6(link, protocol.icmpv6, message, 2, hops)

/** A neighbour message, with one option of 8 bytes that holds a MAC, or none. */
const neighbour = (type: number, flags: number, target: string, mac?: readonly [number, string]): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt8(type, 0)
  head.writeUInt8(flags, 4)
  const options = mac ? [Buffer.from([mac[0], 1]), macBytes(mac[1])] : []
  return Buffer.concat([head, ipBytes(target), ...options])
}

/** @param asker null: asks whether anyone has the address, without an address of its own (RFC 4862, 5.4) */
export const solicitation = (mac: string, asker: string | null, wanted: string): Buffer => {
  const target = solicitedNode(wanted)
  const link = { sourceMac: mac, targetMac: groupMac(target), source: asker ?? unspecified, target }
  const own = asker === null ? undefined : ([option.source, mac] as const)
  return icmp(link, neighbour(kind.ask, 0, wanted, own), maxHops)
}

/** @param to null: everyone, since who asked has no address */
export const advertisement = (owner: Sender, to: Sender | null): Buffer => {
  const target = to?.address ?? allNodes
  const link = {
    sourceMac: owner.mac,
    targetMac: to?.mac ?? groupMac(allNodes),
    source: owner.address,
    target,
  }
  // Override; and solicited, where it goes to who asked.
  const flags = to ? 0x60 : 0x20
  return icmp(link, neighbour(kind.tell, flags, owner.address, [option.target, owner.mac]), maxHops)
}

/** An ICMPv6 echo request. */
export const echoFrame6 = (link: Link, id: number): Buffer => {
  const message = Buffer.alloc(16)
  message.writeUInt8(kind.echo, 0)
  message.writeUInt16BE(id, 4)
  message.writeUInt16BE(1, 6)
  return icmp(link, message)
}

/** A UDP datagram. */
export const udpFrame6 = (link: Link, ports: Ports, data: Uint8Array): Buffer =>
  ipv6(link, protocol.udp, udpDatagram(ports, data), 6)

/** The MAC in the option of a neighbour message, or null; a length of 0 ends the list. */
const macIn = (options: Buffer, wanted: number): string | null => {
  for (let at = 0; at + 8 <= options.length; ) {
    const length = options.readUInt8(at + 1) * 8
    if (length === 0) return null
    if (options.readUInt8(at) === wanted && length === 8) return macText(options.subarray(at + 2, at + 8))
    at += length
  }
  return null
}

const parseNeighbour = (from: string, to: string, mac: string, body: Buffer): Received | null => {
  if (body.length < 24 || body.readUInt8(1) !== 0) return null
  const asks = body.readUInt8(0) === kind.ask
  const target = ipText(body.subarray(8, 24))
  const options = body.subarray(24)
  if (!asks)
    return {
      type: 'neighbour',
      kind: 'reply',
      senderMac: macIn(options, option.target) ?? mac,
      senderIp: target,
      targetIp: to,
    }
  // Who asks without an address is about to take the target for its own.
  const senderIp = from === unspecified ? target : from
  const senderMac = macIn(options, option.source) ?? mac
  return { type: 'neighbour', kind: 'request', senderMac, senderIp, targetIp: target }
}

const parseIcmp = (from: string, to: string, body: Buffer): Received | null => {
  if (body.length < 8) return null
  const type = body.readUInt8(0)
  if (type === kind.echoReply) return { type: 'echo-reply', from, to, id: body.readUInt16BE(4) }
  return type === kind.unreachable || type === kind.timeExceeded
    ? { type: 'icmp-error', from, to, code: `${type}/${body.readUInt8(1)}` }
    : null
}

const isNeighbour = (body: Buffer): boolean => body[0] === kind.ask || body[0] === kind.tell

/** Packets with extension headers are none that guest-reach waits for. */
const parseFrame6 = (frame: Uint8Array): Received | null => {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.length < 54 || view.readUInt16BE(12) !== etherType || view.readUInt8(14) >>> 4 !== 6) return null
  const length = view.readUInt16BE(18)
  if (54 + length > view.length) return null
  const [from, to] = [ipText(view.subarray(22, 38)), ipText(view.subarray(38, 54))]
  const body = view.subarray(54, 54 + length)
  const next = view.readUInt8(20)
  if (next === protocol.udp) return parseUdp(from, to, body)
  if (next !== protocol.icmpv6) return null
  if (!isNeighbour(body)) return parseIcmp(from, to, body)
  return view.readUInt8(21) === maxHops ? parseNeighbour(from, to, macText(view.subarray(6, 12)), body) : null
}

export const wire6: Wire = {
  resolve: ({ mac, address }, gateway) => [
    solicitation(mac, null, address),
    solicitation(mac, address, gateway),
  ],
  present: (guest, to) => advertisement(guest, to.address === guest.address ? null : to),
  echo: echoFrame6,
  udp: udpFrame6,
  parse: parseFrame6,
  // RFC 4443, section 3.1.
  portUnreachable: `${kind.unreachable}/4`,
}
