/** The same over IPv6, beside an IPv4 that works: what one family lacks changes nothing of the other. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { masquerade6 } from '../../src/network/ipv6.ts'
import type { Heard } from '../../src/network/reach/dialogue.ts'
import type { Reach } from '../../src/network/reach/play.ts'
import { because } from '../helpers/needs.ts'
import { guest4, guest6, playIn, whyNoReach6, writePlayer } from '../helpers/reach-lab.ts'

const four =
  'sysctl -qw net.ipv4.ip_forward=1; nft "table ip n { chain p { type nat hook postrouting priority srcnat; ip saddr 192.168.249.0/24 masquerade; }; }"'
const accept = 'sysctl -qw net.ipv6.conf.all.forwarding=1'
/** As fix route-ipv6 does it. */
const masquerade = (subnet: string) => `nft '${masquerade6('vm-tap0', subnet, true).make.slice(1).join(' ')}'`
const good = `${accept}; ${masquerade('fd00::/64')}`
const filter = (rules: string, hook = 'forward') =>
  `nft "table ip6 f { chain c { type filter hook ${hook} priority 0; ${rules} }; }"`

const proved = { answered: ['2001:db8:53::53'], closed: [], echo: true, rejected: null, duplicate: null }
const silent = { ...proved, answered: [] }

/** Name, what is set up, what must come back over IPv6. */
const cases: readonly (readonly [string, string, Partial<Heard>])[] = [
  ['a host that masquerades', good, proved],
  ['a range that is routed', `${accept}; ip -n router -6 route add fd00::/64 via 2001:db8:1::2`, proved],
  [
    'a host that drops echo requests',
    `${good}; sysctl -qw net.ipv6.icmp.echo_ignore_all=1`,
    { ...proved, echo: false },
  ],
  [
    'an address of the host that is checked for duplicates first',
    `${good}; ip -6 addr del fd00::1/64 dev vm-tap0; ip -6 addr add fd00::1/64 dev vm-tap0`,
    proved,
  ],
  [
    'multi_queue and vnet_hdr',
    `${good}; make_tap multi_queue vnet_hdr; ip addr add fd00::1/64 dev vm-tap0 nodad`,
    proved,
  ],
  ['no forwarding', masquerade('fd00::/64'), silent],
  ['no masquerade', accept, silent],
  ['masquerade of another subnet', `${accept}; ${masquerade('fd00:0:0:7::/64')}`, silent],
  ['a policy of drop', `${good}; ${filter('policy drop;')}`, silent],
  ['what goes out is dropped', `${good}; ${filter('iifname vm-tap0 drop;')}`, silent],
  ['what comes back is dropped', `${good}; ${filter('oifname vm-tap0 drop;')}`, silent],
  ['UDP alone is dropped', `${good}; ${filter('meta l4proto udp drop;')}`, silent],
  ['ip6tables drops', `${good}; ip6tables -P FORWARD DROP`, silent],
  ['a rule for the guest sends it into nothing', `${good}; ip -6 rule add from fd00::2 blackhole`, silent],
  [
    'the firewall rejects',
    `${good}; ${filter('reject with icmpv6 type admin-prohibited;')}`,
    { ...silent, rejected: '1/1 from fd00::1' },
  ],
  ['no way out of the host', `${good}; ip -6 route del default`, { ...silent, rejected: '1/0 from fd00::1' }],
  [
    'the host drops neighbour solicitations',
    `${good}; ${filter('icmpv6 type nd-neighbor-solicit drop;', 'input')}`,
    { ...silent, gatewayMac: null, echo: false },
  ],
  ['no server listens', `${good}; kill $SERVER6`, { ...silent, closed: ['2001:db8:53::53'] }],
]

describe.skipIf(whyNoReach6)(`the doctor as a guest of this kernel over IPv6${because(whyNoReach6)}`, () => {
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-reach6-`)
  let program = ''
  afterAll(() => rmSync(directory, { recursive: true }))
  beforeAll(async () => {
    program = await writePlayer(directory)
  })

  const play = (setUp: string, six = guest6) => {
    const { status, stdout, stderr } = playIn(`${four}; ${setUp}`, program, [guest4, six])
    expect(stderr).toBe('')
    expect(status, 'the TAP is as it was').toBe(0)
    return JSON.parse(stdout) as Extract<Reach, { attached: true }>
  }

  it.each(cases)('%s', (_, setUp, expected) => {
    const { six, ...rest } = play(setUp)
    expect(six).toMatchObject(expected)
    expect(rest).toMatchObject({ attached: true, answered: ['203.0.113.53'], echo: true, duplicate: null })
  })

  it('waits for both families at once', () => {
    expect(
      play('nft "table inet f { chain c { type filter hook forward priority 0; policy drop; }; }"'),
    ).toMatchObject({
      answered: [],
      six: silent,
      // One after the other would take 5 s.
      tookMs: expect.toSatisfy((ms: number) => ms > 2400 && ms < 4500),
    })
  })

  it('waits for no name server where none is to be asked', () => {
    const { six, tookMs } = play(good, { ...guest6, nameServers: [] })
    expect(six).toEqual({ ...silent, gatewayMac: expect.stringMatching(/^..:/) })
    expect(tookMs).toBeLessThan(1000)
  })

  it('notices a host that has the address of the guest', () => {
    const { six } = play(`${good}; ip addr add fd00::2/64 dev vm-tap0 nodad`)
    expect(six?.duplicate).toBe(six?.gatewayMac)
    expect(six?.duplicate).not.toBeNull()
  })
})
