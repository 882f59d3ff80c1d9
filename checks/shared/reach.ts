/** What guest-reach concludes from one address family. */
import type { Verdict } from '../../src/contract/check.ts'
import { finding } from '../../src/contract/finding.ts'
import type { FixCall } from '../../src/contract/fix-args.ts'
import type { Heard } from '../../src/network/reach/dialogue.ts'
import { humanMs } from '../../src/util/units.ts'

type Family = 'IPv4' | 'IPv6'

type Silence = {
  readonly family: Family
  readonly tap: string
  /** The name servers that were asked. */
  readonly servers: readonly string[]
  /** Rules that were read let the packets pass: something else is in the way, which no fix changes. */
  readonly rulesRead: boolean
}

/** Of IPv6 the doctor reads its own rules and the policies of chains, and simulates no packet. */
const lookBehind = ({ family, rulesRead, servers: [server = ''] }: Silence) => {
  if (!rulesRead) return null
  const capture = `\`sudo tcpdump -ni any host ${server}\``
  return family === 'IPv6'
    ? `See with ${capture} how far the packets of the guest come, and with \`sudo nft list ruleset\` which rules for IPv6 are on their way. With \`ipv6: routed\` your provider or router has to send the range to this host.`
    : `The rules of this host let the guest pass: see with ${capture} how far its packets come. What drops them may be a router that refuses forwarded packets, a filter of tc, or a policy of IPsec.`
}

/** "9.9.9.9 answers", "9.9.9.9, 1.1.1.1 answer". */
const listed = (servers: readonly string[]): string =>
  `${servers.join(', ')} ${servers.length === 1 ? 'answers' : 'answer'}`

export const reachFindings = {
  'address-in-use': finding<{ family: Family; address: string; mac: string }>({
    found: ({ address, mac }) => `another machine, ${mac}, uses ${address}`,
    expected: 'an address that only the guest uses',
    hint: ({ family }) =>
      family === 'IPv6'
        ? 'Set `guest_range6` to a free range, then make the seed again.'
        : 'Set `guest_address` to a free address, then make the seed again.',
  }),
  'gateway-silent': finding<{ family: Family; tap: string; gateway: string }>({
    found: ({ family, tap, gateway }) =>
      `${gateway} does not answer ${family === 'IPv6' ? 'neighbour solicitations' : 'ARP'} on ${tap}`,
    expected: 'the address of the host answers on its own TAP',
    hint: ({ family, tap }) =>
      family === 'IPv6'
        ? `Look with \`ip -6 addr show dev ${tap}\` whether the address is there and not \`tentative\` or \`dadfailed\`, and at firewall rules for ICMPv6 of the families ip6, inet, bridge and netdev.`
        : 'Look at `sysctl net.ipv4.conf.all.arp_ignore` and at firewall rules of the families arp, bridge and netdev.',
  }),
  rejected: finding<Silence & { by: string }>({
    found: ({ family, by }) =>
      `the guest's packets are rejected: ${family === 'IPv6' ? 'ICMPv6' : 'ICMP'} ${by}`,
    expected: 'packets of the guest are forwarded, and the answers come back',
    hint: lookBehind,
  }),
  'no-way-out': finding<Silence>({
    found: ({ servers }) => `${listed(servers)} this host, but not the guest`,
    expected: ({ family }) =>
      family === 'IPv6'
        ? 'IPv6 packets of the guest are forwarded, and the answers come back'
        : 'packets of the guest are forwarded and masqueraded, and the answers come back',
    hint: lookBehind,
  }),
}

/** What was tried in one address family, and what came of it. */
export interface Half {
  readonly family: Family
  readonly tap: string
  /** The guest's. */
  readonly address: string
  readonly gateway: string
  /** Null: nothing was sent. */
  readonly heard: Heard | null
  readonly asked: readonly string[]
  /** Why no name server was asked, or null. */
  readonly notAsked: string | null
  readonly answersHost: boolean | null
  readonly rulesRead: boolean
  readonly tookMs: number
  readonly fix: FixCall
}

const answererOf = ({ heard }: Half): string | undefined => heard?.answered[0] ?? heard?.closed[0]

/** A name server answered the guest: nothing less shows that there is a way out. */
export const isShown = (half: Half): boolean => answererOf(half) !== undefined

const silent = ({ asked }: Half): string =>
  `neither the guest nor this host gets an answer from ${asked.join(', ')}`

/** Network or host unreachable (RFC 792), no route or address unreachable (RFC 4443): no filter says so. */
const isUnreachable = (family: Family, rejected: string): boolean =>
  (family === 'IPv4' ? /^3\/[01] / : /^1\/[03] /).test(rejected)

/** What is known of the way out where nothing is wrong, in one line. */
export const wayOf = (half: Half): string => {
  const { family, heard, notAsked, tookMs } = half
  const over = family === 'IPv6' ? ' over IPv6' : ''
  const server = answererOf(half)
  if (server === undefined) return `the way out over ${family} was not shown: ${notAsked ?? silent(half)}`
  const echo = heard?.echo ? '' : `; the gateway drops echo requests${over}`
  return `${server} answered the guest${over} in ${humanMs(tookMs)}${echo}`
}

export const judgeHalf = (half: Half): Verdict<typeof reachFindings> => {
  const { family, tap, address, gateway, heard, asked, answersHost, rulesRead, fix } = half
  const fine = { status: 'ok', found: wayOf(half) } as const
  if (heard === null) return fine
  const { duplicate, gatewayMac, rejected } = heard
  if (duplicate !== null)
    return { status: 'fail', code: 'address-in-use', values: { family, address, mac: duplicate } }
  if (gatewayMac === null) return { status: 'fail', code: 'gateway-silent', values: { family, tap, gateway } }
  if (isShown(half) || asked.length === 0) return fine
  const silence = { family, tap, servers: asked, rulesRead }
  const remedy = rulesRead ? {} : { fix }
  // A router that knows no way to a server answers whoever asks.
  if (rejected !== null && !(answersHost === false && isUnreachable(family, rejected)))
    return { status: 'fail', code: 'rejected', values: { ...silence, by: rejected }, ...remedy }
  if (answersHost) return { status: 'fail', code: 'no-way-out', values: silence, ...remedy }
  // guest-dns asks the same servers and finds what is wrong with them.
  return { status: 'skip', reason: `nothing is shown: ${silent(half)} (guest-dns)` }
}
