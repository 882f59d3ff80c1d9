/** guest-reach where the guest has IPv6, too: the other end of the TAP is a few words, IPv4 works unless said otherwise. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guestReach } from '../../checks/guest-reach.ts'
import type { Config } from '../../src/config/keys.ts'
import type { DnsAnswer } from '../../src/host/dns.ts'
import type { TapLinkEvents } from '../../src/host/tap-link.ts'
import { udpFrame, wire4 } from '../../src/network/reach/frames.ts'
import { advertisement, solicitation, udpFrame6, wire6 } from '../../src/network/reach/frames6.ts'
import { judgeFacts } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'
import { tapLink } from '../helpers/interfaces.ts'
import { networkHost } from '../helpers/network.ts'

const hostMac = 'fa:18:7b:1c:ac:e9'
const guestMac = '12:34:56:78:90:ab'
const six = { guest: 'fdc4:1d0c:7a3e:1::2', gateway: 'fdc4:1d0c:7a3e:1::1', server: '2620:fe::fe' }
const four = { guest: '192.168.249.2', gateway: '192.168.249.1', server: '9.9.9.9' }

type Peer = (frame: Uint8Array) => readonly Uint8Array[]

const dnsAnswer = (data: Uint8Array) =>
  Uint8Array.of(data[0] ?? 0, data[1] ?? 0, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0)

const peer4: Peer = (frame) => {
  const message = wire4.parse(frame)
  if (message?.type === 'neighbour')
    return [wire4.present({ mac: hostMac, address: four.gateway }, { mac: guestMac, address: four.guest })]
  if (message?.type !== 'udp') return []
  const link = { sourceMac: hostMac, targetMac: guestMac, source: message.to, target: four.guest }
  return [udpFrame(link, { from: 53, to: message.fromPort }, dnsAnswer(message.data))]
}

const gateway6: Peer = (frame) => {
  const message = wire6.parse(frame)
  return message?.type === 'neighbour' && message.targetIp === six.gateway
    ? [advertisement({ mac: hostMac, address: six.gateway }, { mac: guestMac, address: six.guest })]
    : []
}

const server6: Peer = (frame) => {
  const message = wire6.parse(frame)
  if (message?.type !== 'udp') return []
  const link = { sourceMac: hostMac, targetMac: guestMac, source: message.to, target: six.guest }
  return [udpFrame6(link, { from: 53, to: message.fromPort }, dnsAnswer(message.data))]
}

/** ICMPv6 1/1 from the gateway: an advertisement whose type and code are others. */
const rejects6: Peer = (frame) => {
  if (wire6.parse(frame)?.type !== 'udp') return []
  const error = advertisement({ mac: hostMac, address: six.gateway }, { mac: guestMac, address: six.guest })
  error.writeUInt16BE(0x0101, 54)
  return [error]
}

/** Another machine that is about to take the address. */
const claims6: Peer = (frame) =>
  wire6.parse(frame)?.type === 'neighbour' ? [solicitation('02:00:00:00:00:01', null, six.guest)] : []

interface Setting {
  readonly peers: readonly Peer[]
  readonly config?: Partial<Config>
  readonly routes6?: readonly object[]
  readonly switches?: {
    readonly disable_ipv6?: string | null
    readonly forwarding?: string
    /** disable_ipv6 of the TAP. */
    readonly onTap?: string
  }
  /** Rules as root reads them; null: not read. */
  readonly rules?: string | null
  readonly nameServers?: Readonly<Record<string, DnsAnswer>>
  readonly network?: object
}

const look = async ({
  peers,
  config = {},
  routes6 = [{ dst: 'default', dev: 'eth0' }],
  switches: { disable_ipv6 = '0', forwarding = '1', onTap = '0' } = {},
  rules = null,
  nameServers = {},
  network = {},
}: Setting) => {
  const sent: Uint8Array[] = []
  const tapLink = ({ ready, frame }: TapLinkEvents) => {
    setImmediate(ready)
    return {
      send: (bytes: Uint8Array) => {
        sent.push(bytes)
        for (const answer of peers.flatMap((peer) => [...peer(bytes)])) setImmediate(() => frame(answer))
      },
      close: () => {},
    }
  }
  const base = networkHost({ ruleset: rules, ...network })
  const conf = '/proc/sys/net/ipv6/conf'
  const host = fakeHost({
    ...base,
    commands: { ...base.commands, 'ip -j -6 route show': JSON.stringify(routes6) },
    files: {
      ...base.files,
      [conf]: { names: ['all', 'eth0'] },
      [`${conf}/all/disable_ipv6`]: disable_ipv6,
      [`${conf}/vm-tap0/disable_ipv6`]: onTap,
      [`${conf}/all/forwarding`]: forwarding,
      [`${conf}/eth0/forwarding`]: forwarding,
    },
    nameServers,
    tapLink,
  })
  const all = configWith({ ipv6: 'masquerade', nameservers: [four.server, six.server], ...config })
  const passTime = async () => {
    for (let round = 0; round < 30; round++) {
      await new Promise((resolve) => setImmediate(resolve))
      await vi.advanceTimersByTimeAsync(250)
    }
  }
  const [facts] = await Promise.all([guestReach.probe(host, all), passTime()])
  const proved = guestReach.shows?.(facts as never, all) ?? {}
  return { ...judgeFacts(guestReach, facts as never, all), proved: Object.keys(proved).sort(), sent }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'hrtime'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const unread = null
const udpTo = (sent: readonly Uint8Array[]) =>
  sent.flatMap((frame) => {
    const message = wire6.parse(frame)
    return message?.type === 'udp' ? [message.to] : []
  })

describe('guest-reach over IPv6', () => {
  it('is ok and proves both families when a name server of each answers', async () => {
    const result = await look({ peers: [peer4, gateway6, server6] })
    expect(result).toMatchObject({ status: 'ok', proved: ['forward-policy', 'guest-ipv6', 'nat'] })
    expect(result.found).toMatch(
      /^9\.9\.9\.9 answered the guest in .*; 2620:fe::fe answered the guest over IPv6 in /,
    )
  })

  it.each([
    ['no IPv6 name server outside of this host is configured', { config: { nameservers: [four.server] } }],
    [
      'no IPv6 name server outside of this host is configured',
      {
        config: { nameservers: [four.server, six.gateway, '2001:db8:1:0::5', 'fe80::1', '::1', 'ff02::1'] },
        network: {
          links: [
            { name: 'eth0', addresses: ['2001:db8:1::5/64'] },
            tapLink({ addresses: [`${six.gateway}/64`] }),
          ],
        },
      },
    ],
    ['this host has no IPv6 default route', { routes6: [] }],
    ['this host does not forward it', { switches: { forwarding: '0' } }],
    ['this host has no IPv6', { switches: { disable_ipv6: null } }],
    ['this host has no IPv6', { switches: { disable_ipv6: '1' } }],
    ['IPv6 is off on vm-tap0', { switches: { onTap: '1' } }],
    ['nothing masquerades the guest', { rules: '{"nftables": []}' }],
  ] as const)('says that IPv6 was not shown, and asks no server: %s', async (reason, setting) => {
    const result = await look({ peers: [peer4, gateway6, server6], ...setting })
    expect(result).toMatchObject({ status: 'ok', proved: ['forward-policy', 'nat'] })
    expect(result.found).toMatch(/^9\.9\.9\.9 answered the guest in /)
    expect(result.found).toContain(`; the way out over IPv6 was not shown: ${reason}`)
    expect(udpTo(result.sent)).toEqual([])
  })

  it('sends no IPv6 at all where the guest has none', async () => {
    const { sent, found } = await look({ peers: [peer4], config: { ipv6: 'none' } })
    expect(sent.every((frame) => wire6.parse(frame) === null)).toBe(true)
    expect(sent.some((frame) => Buffer.from(frame).readUInt16BE(12) === 0x86dd)).toBe(false)
    expect(found).not.toContain('IPv6')
  })

  it('says when IPv4 was not shown, and proves IPv6 alone', async () => {
    const result = await look({
      peers: [peer4, gateway6, server6],
      config: { nameservers: ['2620:FE:0::fe'] },
    })
    expect(result).toMatchObject({ status: 'ok', proved: ['guest-ipv6'] })
    expect(result.found).toMatch(
      /^2620:fe::fe answered the guest over IPv6 .*; the way out over IPv4 was not shown: no IPv4 name server outside of this host is configured$/,
    )
  })

  it.each([
    ['no-way-out', [peer4, gateway6], 'answers', unread, { servers: [six.server] }],
    ['rejected', [peer4, gateway6, rejects6], 'answers', unread, { by: `1/1 from ${six.gateway}` }],
  ] as const)('fails, and still proves IPv4: %s', async (code, peers, answer, rules, values) => {
    expect(await look({ peers, rules, nameServers: { [six.server]: answer } })).toMatchObject({
      status: 'fail',
      code: `guest-reach/${code}`,
      values: { family: 'IPv6', ...values },
      fix: { id: 'route-ipv6' },
      proved: ['forward-policy', 'nat'],
    })
  })

  it('offers no fix for a range that is routed', async () => {
    const config = { ipv6: 'routed', guest_range6: '2001:db8:7::/48' } as const
    const gateway = '2001:db8:7:1::1'
    const guest = '2001:db8:7:1::2'
    const peer: Peer = (frame) =>
      wire6.parse(frame)?.type === 'neighbour'
        ? [advertisement({ mac: hostMac, address: gateway }, { mac: guestMac, address: guest })]
        : []
    const result = await look({ peers: [peer4, peer], config, nameServers: { [six.server]: 'answers' } })
    expect(result).toMatchObject({ code: 'guest-reach/no-way-out', hint: expect.stringContaining('tcpdump') })
    expect(result).not.toHaveProperty('fix')
  })

  it('is right by IPv4 alone when the server is silent for this host, too', async () => {
    const result = await look({ peers: [peer4, gateway6], nameServers: { [six.server]: 'silent' } })
    expect(result).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^9\.9\.9\.9 answered .*; the way out over IPv6 was not shown: neither/),
    })
  })

  it('fails when the gateway does not answer neighbour solicitations', async () => {
    const result = await look({ peers: [peer4] })
    expect(result).toMatchObject({
      code: 'guest-reach/gateway-silent',
      values: { family: 'IPv6', gateway: six.gateway },
    })
    expect(result.found).toBe(`${six.gateway} does not answer neighbour solicitations on vm-tap0`)
  })

  it('fails when another machine has the address, and answers it', async () => {
    const result = await look({ peers: [peer4, gateway6, claims6, server6] })
    expect(result).toMatchObject({
      code: 'guest-reach/address-in-use',
      values: { family: 'IPv6', address: six.guest, mac: '02:00:00:00:00:01' },
      proved: ['forward-policy', 'nat'],
    })
    const toAll = result.sent
      .map((frame) => wire6.parse(frame))
      .find((message) => message?.type === 'neighbour' && message.kind === 'reply')
    expect(toAll).toMatchObject({ senderMac: guestMac, senderIp: six.guest, targetIp: 'ff02::1' })
  })

  it('puts a failure of IPv4 before one of IPv6', async () => {
    expect(await look({ peers: [gateway6], nameServers: { [six.server]: 'answers' } })).toMatchObject({
      code: 'guest-reach/gateway-silent',
      values: { family: 'IPv4' },
    })
  })
})
