/**
 * Frames of the guest over IPv6, byte by byte as another implementation writes them (scapy 2.6.1, with its
 * checksums), and what is read from frames of others.
 */
import { describe, expect, it } from 'vitest'
import { advertisement, echoFrame6, solicitation, udpFrame6, wire6 } from '../../src/network/reach/frames6.ts'

const mac = '12:34:56:78:90:ab'
const hostMac = 'fa:18:7b:1c:ac:e9'
const guest = 'fdc4:1d0c:7a3e:1::2'
const gateway = 'fdc4:1d0c:7a3e:1::1'
const link = { sourceMac: mac, targetMac: hostMac, source: guest, target: gateway }
const outward = { ...link, target: '2620:fe::fe' }
const ports = { from: 50_000, to: 53 }

const guestHex = 'fdc41d0c7a3e00010000000000000002'
const gatewayHex = 'fdc41d0c7a3e00010000000000000001'
const groupHex = 'ff0200000000000000000001ff00000'
const toHost = 'fa187b1cace91234567890ab86dd60000000'
const quad9Hex = '262000fe0000000000000000000000fe'

describe('the guest writes', () => {
  it.each([
    [
      'a question whether anyone has its address',
      solicitation(mac, null, guest),
      `3333ff0000021234567890ab86dd6000000000183aff${'0'.repeat(32)}${groupHex}28700e59300000000${guestHex}`,
    ],
    [
      'a question for the gateway',
      solicitation(mac, guest, gateway),
      `3333ff0000011234567890ab86dd6000000000203aff${guestHex}${groupHex}18700562200000000${gatewayHex}01011234567890ab`,
    ],
    [
      'an answer to the gateway',
      advertisement({ mac, address: guest }, { mac: hostMac, address: gateway }),
      `${toHost}00203aff${guestHex}${gatewayHex}88005d1560000000${guestHex}02011234567890ab`,
    ],
    [
      'an answer to everyone',
      advertisement({ mac, address: guest }, null),
      `3333000000011234567890ab86dd6000000000203aff${guestHex}ff0200000000000000000000000000018800332320000000${guestHex}02011234567890ab`,
    ],
    [
      'an echo request',
      echoFrame6(link, 0x1234),
      `${toHost}00103a40${guestHex}${gatewayHex}8000435c1234000100000000000000${'00'}`,
    ],
    [
      'a datagram of odd length',
      udpFrame6(outward, ports, Buffer.from('1234010000010000000000000000020001', 'hex')),
      `${toHost}00191140${guestHex}${quad9Hex}c3500035001968d31234010000010000000000000000020001`,
    ],
    // A checksum of 0 would mean "none", which a receiver drops.
    [
      'a datagram whose checksum sums up to 0',
      udpFrame6(outward, ports, Buffer.from('7f26', 'hex')),
      `${toHost}000a1140${guestHex}${quad9Hex}c3500035000affff7f26`,
    ],
  ])('%s', (_, frame, expected) => {
    expect(frame.toString('hex')).toBe(expected)
  })
})

describe('wire6.parse', () => {
  const hex = (text: string) => Buffer.from(text, 'hex')
  const unreachable = hex(
    `1234567890abfa187b1cace986dd6000000000103a40${gatewayHex}${guestHex}0101d4900000000000000000000000${'00'}`,
  )
  const question = hex(
    `3333ff000002fa187b1cace986dd6000000000203afffe80000000000000f8187bfffe1cace9${groupHex}28700a4cb00000000${guestHex}0101fa187b1cace9`,
  )

  it('reads who asks for the guest', () => {
    expect(wire6.parse(question)).toEqual({
      type: 'neighbour',
      kind: 'request',
      senderMac: hostMac,
      senderIp: 'fe80::f818:7bff:fe1c:ace9',
      targetIp: guest,
    })
  })

  it('takes who asks without an address for one that claims it', () => {
    const claim = wire6.parse(solicitation(hostMac, null, guest))
    expect(claim).toMatchObject({ kind: 'request', senderMac: hostMac, senderIp: guest, targetIp: guest })
  })

  it('reads whose MAC an advertisement names', () => {
    const answer = advertisement({ mac: hostMac, address: gateway }, { mac, address: guest })
    expect(wire6.parse(answer)).toEqual({
      type: 'neighbour',
      kind: 'reply',
      senderMac: hostMac,
      senderIp: gateway,
      targetIp: guest,
    })
  })

  it('reads an error and a datagram', () => {
    expect(wire6.parse(unreachable)).toEqual({ type: 'icmp-error', from: gateway, to: guest, code: '1/1' })
    expect(wire6.parse(udpFrame6(link, ports, Uint8Array.of(1, 2, 3)))).toEqual({
      type: 'udp',
      from: guest,
      to: gateway,
      fromPort: 50_000,
      toPort: 53,
      data: Buffer.from([1, 2, 3]),
    })
  })

  it.each([
    ['a question that a router passed on', question, 21, 254],
    ['a question with a code', question, 55, 1],
    ['IPv4', unreachable, 12, 8],
    ['another version', unreachable, 14, 0x40],
    ['an extension header', unreachable, 20, 0],
    ['a length beyond the frame', unreachable, 18, 1],
    ['an echo request', unreachable, 54, 128],
  ])('reads nothing from %s', (_, whole, at, value) => {
    const frame = Buffer.from(whole)
    frame.writeUInt8(value, at)
    expect(wire6.parse(frame)).toBeNull()
  })

  it('reads nothing from a part of a frame, and ends with an option of length 0', () => {
    for (let length = 0; length < question.length; length++)
      expect(wire6.parse(question.subarray(0, length))).toBeNull()
    const endless = Buffer.from(question)
    endless.writeUInt8(0, 79)
    expect(wire6.parse(endless)).toMatchObject({ senderMac: hostMac })
  })
})
