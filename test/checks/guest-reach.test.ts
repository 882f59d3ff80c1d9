import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guestReach } from '../../checks/guest-reach.ts'
import type { Config } from '../../src/config/keys.ts'
import type { DnsAnswer } from '../../src/host/dns.ts'
import type { TapLinkEvents } from '../../src/host/tap-link.ts'
import { arpFrame, udpFrame, wire4 } from '../../src/network/reach/frames.ts'
import type { Received } from '../../src/network/reach/wire.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { tapLink } from '../helpers/interfaces.ts'
import { networkHost } from '../helpers/network.ts'

const hostMac = 'fa:18:7b:1c:ac:e9'
const gateway = '192.168.249.1'
const guest = '192.168.249.2'

/** What the other end of the TAP does with a frame of the guest. */
type Peer = (message: Received, guestMac: string) => readonly Uint8Array[]

const answersArp: Peer = (message) =>
  message.type === 'neighbour' && message.targetIp === gateway
    ? [
        arpFrame({
          kind: 'reply',
          senderMac: hostMac,
          senderIp: gateway,
          targetMac: message.senderMac,
          targetIp: guest,
        }),
      ]
    : []

const answersDns: Peer = (message, guestMac) =>
  message.type === 'udp' && message.toPort === 53
    ? [
        udpFrame(
          { sourceMac: hostMac, targetMac: guestMac, source: message.to, target: guest },
          { from: 53, to: message.fromPort },
          Uint8Array.of(message.data[0] ?? 0, message.data[1] ?? 0, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0),
        ),
      ]
    : []

/** An ICMP error: only its type, code and sender count. */
const rejects =
  (from: string, code: number): Peer =>
  (message, guestMac) => {
    if (message.type !== 'udp') return []
    const frame = udpFrame(
      { sourceMac: hostMac, targetMac: guestMac, source: from, target: guest },
      { from: 0x0300 + code, to: 0 },
      new Uint8Array(0),
    )
    frame.writeUInt8(1, 23)
    return [frame]
  }

const tapWith =
  (...peers: readonly Peer[]) =>
  ({ ready, frame }: TapLinkEvents) => {
    let closed = false
    setImmediate(ready)
    return {
      send: (bytes: Uint8Array) => {
        const message = wire4.parse(bytes)
        const mac = Buffer.from(bytes.subarray(6, 12))
          .toString('hex')
          .replace(/..(?!$)/g, '$&:')
        if (message === null) return
        for (const answer of peers.flatMap((peer) => [...peer(message, mac)]))
          setImmediate(() => closed || frame(answer))
      },
      close: () => {
        closed = true
      },
    }
  }

const failing = (error: string) => (events: TapLinkEvents) => {
  setImmediate(() => events.failed(error))
  return { send: () => {}, close: () => {} }
}

const passTime = async () => {
  for (let round = 0; round < 20; round++) {
    await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(250)
  }
}

const verdict = async (
  link: (events: TapLinkEvents) => { send(frame: Uint8Array): void; close(): void },
  nameServers: Readonly<Record<string, DnsAnswer>> = {},
  config: Partial<Config> = {},
  network = {},
) => {
  const concluded = conclude(
    guestReach,
    { ...networkHost(network), nameServers, tapLink: link, carrier: { 'vm-tap0': true } },
    configWith({ nameservers: ['9.9.9.9'], ...config }),
  )
  const [result] = await Promise.allSettled([concluded, passTime()])
  if (result.status === 'rejected') throw result.reason
  return result.value
}

/** What is not answered is waited for: for seconds, which the tests do not have. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'hrtime'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('guest-reach', () => {
  it('is ok when a name server answers the guest', async () => {
    const result = await verdict(tapWith(answersArp, answersDns))
    expect(result).toMatchObject({ status: 'ok' })
    expect(result.found).toMatch(/^9\.9\.9\.9 answered the guest in .*; the gateway drops echo requests$/)
  })

  it('is ok when the host of a name server answers that nothing listens there', async () => {
    expect(await verdict(tapWith(answersArp, rejects('9.9.9.9', 3)))).toMatchObject({ status: 'ok' })
  })

  it('fails when the name server answers the host alone', async () => {
    const unread = { ruleset: null }
    expect(await verdict(tapWith(answersArp), { '9.9.9.9': 'answers' }, {}, unread)).toMatchObject({
      status: 'fail',
      code: 'guest-reach/no-way-out',
      values: { tap: 'vm-tap0', servers: ['9.9.9.9'] },
      fix: { id: 'route-guest' },
    })
  })

  // Seen with a router that forwards for its own machines alone: no rule of the host was in the way.
  it('offers no fix where the rules of the host were read and let the guest pass', async () => {
    for (const [peers, code] of [
      [[answersArp], 'no-way-out'],
      [[answersArp, rejects(gateway, 13)], 'rejected'],
    ] as const) {
      const result = await verdict(tapWith(...peers), { '9.9.9.9': 'answers' })
      expect(result).toMatchObject({ code: `guest-reach/${code}`, hint: expect.stringContaining('tcpdump') })
      expect(result).not.toHaveProperty('fix')
    }
  })

  it('shows nothing, and fails nobody, when the name server answers this host as little', async () => {
    expect(await verdict(tapWith(answersArp), { '9.9.9.9': 'silent' })).toMatchObject({
      status: 'skip',
      reason: 'nothing is shown: neither the guest nor this host gets an answer from 9.9.9.9 (guest-dns)',
    })
  })

  it('does not take a server that nobody can reach for a filter', async () => {
    const unreachable = tapWith(answersArp, rejects('198.51.100.1', 1))
    expect(await verdict(unreachable, { '9.9.9.9': 'silent' })).toMatchObject({ status: 'skip' })
    expect(await verdict(unreachable, { '9.9.9.9': 'answers' })).toMatchObject({
      code: 'guest-reach/rejected',
      values: { by: '3/1 from 198.51.100.1' },
    })
    const prohibited = tapWith(answersArp, rejects('198.51.100.1', 13))
    expect(await verdict(prohibited, { '9.9.9.9': 'silent' })).toMatchObject({
      code: 'guest-reach/rejected',
    })
  })

  it('says who rejects the packets', async () => {
    expect(await verdict(tapWith(answersArp, rejects(gateway, 13)), { '9.9.9.9': 'answers' })).toMatchObject({
      status: 'fail',
      code: 'guest-reach/rejected',
      values: { by: '3/13 from 192.168.249.1' },
    })
  })

  it('fails when the gateway does not answer ARP', async () => {
    expect(await verdict(tapWith())).toMatchObject({
      status: 'fail',
      code: 'guest-reach/gateway-silent',
      values: { tap: 'vm-tap0', gateway },
    })
  })

  it('fails when another machine has the address of the guest', async () => {
    const other: Peer = (message) =>
      message.type === 'neighbour'
        ? [
            arpFrame({
              kind: 'request',
              senderMac: '02:00:00:00:00:01',
              senderIp: guest,
              targetMac: '00:00:00:00:00:00',
              targetIp: guest,
            }),
          ]
        : []
    expect(await verdict(tapWith(answersArp, other), { '9.9.9.9': 'answers' })).toMatchObject({
      code: 'guest-reach/address-in-use',
      values: { address: guest, mac: '02:00:00:00:00:01' },
    })
  })

  it.each([
    ['no IPv4 name server outside of this host is configured', { nameservers: ['2620:fe::fe'] }, {}],
    // A resolver on this host answers whatever becomes of forwarded packets.
    [
      'no IPv4 name server outside of this host is configured',
      { nameservers: [gateway, '10.0.0.5', '127.0.0.53', '169.254.1.1', '224.0.0.251', '0.0.0.0'] },
      {},
    ],
    ['this host has no default route', {}, { routes: [], ways: { '9.9.9.9': null } }],
    ['a VM is using vm-tap0', {}, { links: [{ name: 'eth0' }, tapLink({ flags: ['UP', 'LOWER_UP'] })] }],
  ])('sends nothing: %s', async (reason, config, network) => {
    const never = () => {
      throw new Error('it attached')
    }
    expect(await verdict(never, {}, config, network)).toEqual({
      status: 'skip',
      reason: `nothing sent: ${reason}`,
    })
  })

  it('is skipped when another process attached in the meantime', async () => {
    expect(await verdict(failing('EBUSY'))).toEqual({
      status: 'skip',
      reason: 'nothing sent: a VM is using vm-tap0',
    })
  })

  it('is unknown when it may not attach', async () => {
    await expect(verdict(failing('EPERM'))).rejects.toThrow('vm-tap0 cannot be attached to (EPERM)')
  })

  it.each([
    [{ offline: true }, 'offline: it sends packets'],
    [{ guest_address: 'dhcp' }, 'guest_address is dhcp: there is no address to send from'],
    [{ network: 'none' }, 'not needed: network is none'],
  ] as const)('is left out with %j', (config, reason) => {
    expect(guestReach.skipReason?.(configWith(config))).toBe(reason)
  })
})
