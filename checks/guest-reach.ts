import type { Config } from '../src/config/keys.ts'
import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { findTap } from '../src/host/interfaces.ts'
import { readFirewall } from '../src/network/firewall.ts'
import { playGuest, type Reach } from '../src/network/reach/play.ts'
import { readUplink } from '../src/network/routes.ts'
import { addressOf, parseIPv4 } from '../src/util/address.ts'
import { Undetermined } from '../src/util/errors.ts'
import { humanMs } from '../src/util/units.ts'
import { forwardPolicy } from './forward-policy.ts'
import { ipForward } from './ip-forward.ts'
import { nat } from './nat.ts'
import { notForIsolated } from './shared/network.ts'
import { tapAddress } from './tap-address.ts'
import { tapDevice } from './tap-device.ts'

interface Facts {
  /** Why nothing was sent, or null. */
  readonly notSent: string | null
  readonly reach: Extract<Reach, { attached: true }> | null
  /** The name servers that were asked as the guest. */
  readonly asked: readonly string[]
  /** Whether one of them answers the host itself; null where that was not needed. */
  readonly answersHost: boolean | null
  /** The rules of this host could be read: nat and forward-policy have judged them. */
  readonly rulesRead?: boolean
}

const notSent = (reason: string): Facts => ({
  notSent: reason,
  reach: null,
  asked: [],
  answersHost: null,
})

const routeGuest = { id: 'route-guest', args: {} } as const

type Silence = {
  readonly tap: string
  /** The name servers that were asked. */
  readonly servers: readonly string[]
  /** Rules that were read let the packets pass: something else is in the way, which no fix changes. */
  readonly rulesRead: boolean
}

const lookBehind = ({ rulesRead, servers }: Silence) =>
  rulesRead
    ? `The rules of this host let the guest pass: see with \`sudo tcpdump -ni any host ${servers[0] ?? ''}\` how far its packets come. What drops them may be a router that refuses forwarded packets, a filter of tc, or a policy of IPsec.`
    : null

/** "9.9.9.9 answers", "9.9.9.9, 1.1.1.1 answer". */
const listed = (servers: readonly string[]): string =>
  `${servers.join(', ')} ${servers.length === 1 ? 'answers' : 'answer'}`

const skipReason = (config: Config): string | null =>
  notForIsolated(config) ??
  (config.offline ? 'offline: it sends packets' : null) ??
  (config.guest_address === 'dhcp' ? 'guest_address is dhcp: there is no address to send from' : null)

export const guestReach = defineCheck({
  id: 'guest-reach',
  title: 'Packets of the guest reach the internet and come back',
  group: 'proof',
  // A finding of these names the cause of the silence.
  needs: [tapDevice, tapAddress, ipForward, nat, forwardPolicy],
  proves: [nat, forwardPolicy],
  runsLast: true,
  skipReason,
  findings: {
    'address-in-use': finding<{ address: string; mac: string }>({
      found: ({ address, mac }) => `another machine, ${mac}, uses ${address}`,
      expected: 'an address that only the guest uses',
      hint: 'Set `guest_address` to a free address, then make the seed again.',
    }),
    'gateway-silent': finding<{ tap: string; gateway: string }>({
      found: ({ tap, gateway }) => `${gateway} does not answer ARP on ${tap}`,
      expected: 'the address of the host answers on its own TAP',
      hint: 'Look at `sysctl net.ipv4.conf.all.arp_ignore` and at firewall rules of the families arp, bridge and netdev.',
    }),
    rejected: finding<Silence & { by: string }>({
      found: ({ by }) => `the guest's packets are rejected: ICMP ${by}`,
      expected: 'packets of the guest are forwarded, and the answers come back',
      hint: lookBehind,
    }),
    'no-way-out': finding<Silence>({
      found: ({ servers }) => `${listed(servers)} this host, but not the guest`,
      expected: 'packets of the guest are forwarded and masqueraded, and the answers come back',
      hint: lookBehind,
    }),
    'name-servers-silent': finding<Silence>({
      found: ({ servers }) => `neither the guest nor this host gets an answer from ${servers.join(', ')}`,
      expected: 'a name server that answers: nothing else can show that the guest gets out',
      hint: 'Connect this host, or set `nameservers` to servers that answer it.',
    }),
  },
  probe: async (host, config): Promise<Facts> => {
    const asked = config.nameservers.filter((address) => parseIPv4(address) !== null)
    if (asked.length === 0) return notSent('no IPv4 name server is configured')
    const [{ device }, tap] = await Promise.all([readUplink(host), findTap(host, config.tap)])
    if (device === null) return notSent('this host has no default route')
    if (tap?.inUse) return notSent(`a VM is using ${config.tap}`)
    const guest = {
      mac: config.guest_mac.toLowerCase(),
      address: addressOf(config.guest_address),
      gateway: addressOf(config.gateway_address),
      nameServers: asked,
    }
    const reach = await playGuest(guest, (events) => host.openTap(config.tap, events))
    if (!reach.attached) {
      if (reach.error === 'EBUSY') return notSent(`a VM is using ${config.tap}`)
      throw new Undetermined(`${config.tap} cannot be attached to (${reach.error})`)
    }
    const isSilent = reach.gatewayMac !== null && reach.answered.length + reach.closed.length === 0
    if (!isSilent) return { notSent: null, reach, asked, answersHost: null }
    const [firewall, ...answers] = await Promise.all([
      readFirewall(host),
      ...asked.map((server) => host.askNameServer(server)),
    ])
    const answersHost = answers.some((answer) => answer !== 'silent')
    return { notSent: null, reach, asked, answersHost, rulesRead: 'chains' in firewall }
  },
  judge: (
    { notSent: reason, reach, asked, answersHost, rulesRead = false },
    { tap, gateway_address, guest_address },
  ) => {
    if (reach === null) return { status: 'skip', reason: `nothing sent: ${reason}` }
    const { gatewayMac, answered, closed, rejected, duplicate, echo, tookMs } = reach
    if (duplicate !== null) {
      const values = { address: addressOf(guest_address), mac: duplicate }
      return { status: 'fail', code: 'address-in-use', values }
    }
    if (gatewayMac === null)
      return { status: 'fail', code: 'gateway-silent', values: { tap, gateway: addressOf(gateway_address) } }
    const [server] = [...answered, ...closed]
    if (server !== undefined)
      return {
        status: 'ok',
        found: `${server} answered the guest in ${humanMs(tookMs)}${echo ? '' : '; the gateway drops echo requests'}`,
      }
    const silence = { tap, servers: asked, rulesRead }
    const remedy = rulesRead ? {} : { fix: routeGuest }
    if (rejected !== null)
      return { status: 'fail', code: 'rejected', values: { ...silence, by: rejected }, ...remedy }
    return answersHost
      ? { status: 'fail', code: 'no-way-out', values: silence, ...remedy }
      : { status: 'warn', code: 'name-servers-silent', values: silence }
  },
})
