/** Frames of the guest: what is built can be parsed, the bytes are those of the standards, garbage is nothing. */
import { describe, expect, it } from 'vitest'
import { arpFrame, echoFrame, udpFrame, wire4 } from '../../src/network/reach/frames.ts'

const guestMac = '12:34:56:78:90:ab'
const hostMac = 'fa:18:7b:1c:ac:e9'
const link = { sourceMac: guestMac, targetMac: hostMac, source: '192.168.249.2', target: '9.9.9.9' }

describe('arpFrame', () => {
  it('writes a request as RFC 826 does, to everyone', () => {
    const request = {
      kind: 'request',
      senderMac: guestMac,
      senderIp: '192.168.249.2',
      targetMac: '00:00:00:00:00:00',
      targetIp: '192.168.249.1',
    } as const
    const frame = arpFrame(request)
    expect(frame).toHaveLength(60)
    expect(frame.toString('hex', 0, 42)).toBe(
      'ffffffffffff1234567890ab08060001080006040001' + '1234567890abc0a8f902000000000000c0a8f901',
    )
    const { targetMac: _, ...said } = request
    expect(wire4.parse(frame)).toEqual({ type: 'neighbour', ...said })
  })
})

describe('echoFrame and udpFrame', () => {
  it('write an IPv4 header with a checksum that sums to zero', () => {
    const header = echoFrame(link, 7).subarray(14, 34)
    let sum = 0
    for (let at = 0; at < 20; at += 2) sum += header.readUInt16BE(at)
    expect((sum & 0xffff) + (sum >>> 16)).toBe(0xffff)
    // Version 4, 20 bytes, 36 in all, not to be fragmented, 64 hops, ICMP.
    expect(header.toString('hex', 0, 10)).toBe('45000024000040004001')
  })

  it('reads the answer to a question', () => {
    const answer = udpFrame(
      { sourceMac: hostMac, targetMac: guestMac, source: '9.9.9.9', target: '192.168.249.2' },
      { from: 53, to: 50_000 },
      Uint8Array.of(1, 2, 3),
    )
    expect(wire4.parse(answer)).toEqual({
      type: 'udp',
      from: '9.9.9.9',
      to: '192.168.249.2',
      fromPort: 53,
      toPort: 50_000,
      data: Buffer.from([1, 2, 3]),
    })
  })
})

describe('wire4.parse', () => {
  const whole = udpFrame(link, { from: 1, to: 2 }, Buffer.alloc(100))

  it.each(Array.from({ length: whole.length }, (_, length) => length))(
    'reads nothing from the first %i bytes of a frame',
    (length) => {
      expect(wire4.parse(whole.subarray(0, length))).toBeNull()
    },
  )

  it.each([
    ['a fragment', 20, 0x20],
    ['IPv6', 12, 0x86],
    ['a header of 16 bytes', 14, 0x44],
    ['TCP', 23, 6],
  ])('reads nothing from %s', (_, at, value) => {
    const frame = Buffer.from(whole)
    frame.writeUInt8(value, at)
    expect(wire4.parse(frame)).toBeNull()
  })
})
