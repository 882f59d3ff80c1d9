/**
 * Ethernet frames as a guest sends and receives them: ARP, and ICMP and UDP in IPv4 (RFC 826, 791, 792,
 * 768). Only what guest-reach needs.
 */
import { formatIPv4, parseIPv4 } from '../../util/address.ts'
import {
  broadcast,
  checksum,
  ethernet,
  type Link,
  macBytes,
  macText,
  type Ports,
  parseUdp,
  protocol,
  type Received,
  udpDatagram,
  type Wire,
} from './wire.ts'

const etherType = { ipv4: 0x0800, arp: 0x0806 } as const

const ipBytes = (address: string): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(parseIPv4(address) ?? 0)
  return bytes
}

export interface Arp {
  readonly kind: 'request' | 'reply'
  readonly senderMac: string
  readonly senderIp: string
  readonly targetMac: string
  readonly targetIp: string
}

/** A request goes to everyone, a reply to its target. */
export const arpFrame = ({ kind, senderMac, senderIp, targetMac, targetIp }: Arp): Buffer => {
  // Ethernet, IPv4, their lengths, and the operation.
  const head = Buffer.from([0, 1, 8, 0, 6, 4, 0, kind === 'request' ? 1 : 2])
  const target = kind === 'request' ? Buffer.alloc(6) : macBytes(targetMac)
  const body = Buffer.concat([head, macBytes(senderMac), ipBytes(senderIp), target, ipBytes(targetIp)])
  return ethernet(kind === 'request' ? broadcast : targetMac, senderMac, etherType.arp, body)
}

const ipv4 = ({ sourceMac, targetMac, source, target }: Link, proto: number, payload: Buffer): Buffer => {
  const header = Buffer.alloc(20)
  header.writeUInt8(0x45, 0)
  header.writeUInt16BE(20 + payload.length, 2)
  // Not to be fragmented; time to live 64, as Linux guests send.
  header.writeUInt16BE(0x4000, 6)
  header.writeUInt8(64, 8)
  header.writeUInt8(proto, 9)
  ipBytes(source).copy(header, 12)
  ipBytes(target).copy(header, 16)
  header.writeUInt16BE(checksum(header), 10)
  return ethernet(targetMac, sourceMac, etherType.ipv4, Buffer.concat([header, payload]))
}

/** An ICMP echo request. */
export const echoFrame = (link: Link, id: number): Buffer => {
  const message = Buffer.alloc(16)
  message.writeUInt8(8, 0)
  message.writeUInt16BE(id, 4)
  message.writeUInt16BE(1, 6)
  message.writeUInt16BE(checksum(message), 2)
  return ipv4(link, protocol.icmp, message)
}

/** A UDP datagram; its checksum is left out, which IPv4 allows. */
export const udpFrame = (link: Link, ports: Ports, data: Uint8Array): Buffer =>
  ipv4(link, protocol.udp, udpDatagram(ports, data))

const parseArp = (view: Buffer): Received | null => {
  if (view.length < 28 || view.readUInt32BE(0) !== 0x00010800 || view.readUInt16BE(4) !== 0x0604) return null
  const operation = view.readUInt16BE(6)
  if (operation !== 1 && operation !== 2) return null
  return {
    type: 'neighbour',
    kind: operation === 1 ? 'request' : 'reply',
    senderMac: macText(view.subarray(8, 14)),
    senderIp: formatIPv4(view.readUInt32BE(14)),
    targetIp: formatIPv4(view.readUInt32BE(24)),
  }
}

const parseIcmp = (from: string, to: string, body: Buffer): Received | null => {
  if (body.length < 8) return null
  const kind = body.readUInt8(0)
  if (kind === 0) return { type: 'echo-reply', from, to, id: body.readUInt16BE(4) }
  return kind === 3 || kind === 11
    ? { type: 'icmp-error', from, to, code: `${kind}/${body.readUInt8(1)}` }
    : null
}

const parsePacket = (view: Buffer): Received | null => {
  if (view.length < 20) return null
  const headerLength = (view.readUInt8(0) & 15) * 4
  const total = view.readUInt16BE(2)
  // A fragment (offset, or more to come) is not the start of anything small.
  if (view.readUInt8(0) >>> 4 !== 4 || headerLength < 20 || total > view.length) return null
  if ((view.readUInt16BE(6) & 0x3fff) !== 0 || total < headerLength) return null
  const from = formatIPv4(view.readUInt32BE(12))
  const to = formatIPv4(view.readUInt32BE(16))
  const body = view.subarray(headerLength, total)
  const proto = view.readUInt8(9)
  if (proto === protocol.icmp) return parseIcmp(from, to, body)
  return proto === protocol.udp ? parseUdp(from, to, body) : null
}

const parseFrame = (frame: Uint8Array): Received | null => {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.length < 14) return null
  const payload = view.subarray(14)
  const type = view.readUInt16BE(12)
  if (type === etherType.arp) return parseArp(payload)
  return type === etherType.ipv4 ? parsePacket(payload) : null
}

export const wire4: Wire = {
  resolve: ({ mac, address }, gateway) => [
    arpFrame({ kind: 'request', senderMac: mac, senderIp: address, targetMac: broadcast, targetIp: gateway }),
  ],
  present: ({ mac, address }, to) =>
    arpFrame({ kind: 'reply', senderMac: mac, senderIp: address, targetMac: to.mac, targetIp: to.address }),
  echo: echoFrame,
  udp: udpFrame,
  parse: parseFrame,
  // RFC 792.
  portUnreachable: '3/3',
}
