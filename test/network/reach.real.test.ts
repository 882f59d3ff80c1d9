/** The doctor as a guest of the kernel of this machine, with every fault that a firewall can plant. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reach } from '../../src/network/reach/play.ts'
import { because } from '../helpers/needs.ts'
import { guest4, playIn, whyNoReach, writePlayer } from '../helpers/reach-lab.ts'

const accept = 'sysctl -qw net.ipv4.ip_forward=1'
const masquerade =
  'nft "table ip n { chain p { type nat hook postrouting priority srcnat; ip saddr 192.168.249.0/24 masquerade; }; }"'
const filter = (rules: string) =>
  `nft "table ip f { chain c { type filter hook forward priority 0; ${rules} }; }"`

const proved = { answered: ['203.0.113.53'], echo: true, rejected: null }
const silent = { answered: [], echo: true, rejected: null }

/** Name, what is set up, what must come back. */
const cases: readonly (readonly [string, string, Partial<Extract<Reach, { attached: true }>>])[] = [
  ['a router', `${accept}; ${masquerade}`, proved],
  [
    'a router that drops echo requests',
    `${accept}; ${masquerade}; sysctl -qw net.ipv4.icmp_echo_ignore_all=1`,
    { ...proved, echo: false },
  ],
  ['no forwarding', masquerade, silent],
  ['no masquerade', accept, silent],
  ['masquerade of another subnet', `${accept}; ${masquerade.replace('192.168.249.0', '10.9.8.0')}`, silent],
  ['a policy of drop', `${accept}; ${masquerade}; ${filter('policy drop;')}`, silent],
  ['what goes out is dropped', `${accept}; ${masquerade}; ${filter('iifname "vm-tap0" drop;')}`, silent],
  ['what comes back is dropped', `${accept}; ${masquerade}; ${filter('oifname "vm-tap0" drop;')}`, silent],
  ['UDP alone is dropped', `${accept}; ${masquerade}; ${filter('meta l4proto udp drop;')}`, silent],
  [
    'the firewall rejects',
    `${accept}; ${masquerade}; ${filter('reject with icmp type admin-prohibited;')}`,
    { ...silent, rejected: '3/13 from 192.168.249.1' },
  ],
  ['iptables drops', `${accept}; ${masquerade}; iptables -P FORWARD DROP`, silent],
  [
    'a rule for the uplink drops before routing',
    `${accept}; ${masquerade}; nft "table ip r { chain c { type filter hook prerouting priority raw; iifname vm-tap0 udp dport 53 drop; }; }"`,
    silent,
  ],
  [
    'a rule for the guest sends it into nothing',
    `${accept}; ${masquerade}; ip rule add from 192.168.249.2 blackhole`,
    silent,
  ],
  [
    'the host drops ARP',
    `${accept}; ${masquerade}; sysctl -qw net.ipv4.conf.vm-tap0.arp_ignore=8`,
    { gatewayMac: null, answered: [] },
  ],
  ['no server listens', `${accept}; ${masquerade}; kill $SERVER`, { answered: [], closed: ['203.0.113.53'] }],
  ['multi_queue and vnet_hdr', `${accept}; ${masquerade}; make_tap multi_queue vnet_hdr`, proved],
]

describe.skipIf(whyNoReach)(`the doctor as a guest of this kernel${because(whyNoReach)}`, () => {
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-reach-`)
  let program = ''
  afterAll(() => rmSync(directory, { recursive: true }))
  beforeAll(async () => {
    program = await writePlayer(directory)
  })

  it.each(cases)('%s', (_, setUp, expected) => {
    const { status, stdout, stderr } = playIn(setUp, program, [guest4])
    expect(stderr).toBe('')
    expect(JSON.parse(stdout.trim())).toMatchObject({
      attached: true,
      duplicate: null,
      six: null,
      ...expected,
    })
    expect(status, 'the TAP is as it was').toBe(0)
  })
})
