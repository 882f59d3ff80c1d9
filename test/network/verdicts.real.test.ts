/** What rules mean for a guest; every rule set is one that the real nft or iptables took. */

import { describe, expect, it } from 'vitest'
import { parseSave } from '../../src/network/iptables-save.ts'
import { parseRuleset } from '../../src/network/nft-json.ts'
import type { GuestPath } from '../../src/network/path.ts'
import type { Chain } from '../../src/network/rules.ts'
import { simulate } from '../../src/network/simulate.ts'
import { because } from '../helpers/needs.ts'
import { nftJson, nftJsonOfIptables, savedRules, whyNoRules } from '../helpers/rulesets.ts'

const way = { tap: 'vm-tap0', guest: '192.168.249.2/24', uplink: 'eth0' }

const translated = (chains: readonly Chain[], path: GuestPath) => simulate(chains, path).translation.masked

/** "out: drop", "back: maybe", ...; "" when everything gets through. */
const stops = (chains: readonly Chain[]) =>
  simulate(chains, way)
    .blocking.map(({ direction, certain }) => `${direction} ${certain ? 'drop' : 'maybe'}`)
    .sort()
    .join(', ')

const forward = (rules: string, policy = 'drop', before = '') =>
  `${before}\ntable inet t { ${rules.includes('@s') ? 'set s { type ipv4_addr; flags interval; elements = { 192.168.0.0/16, 9.9.9.9 }\n }' : ''}
  chain deep { meta l4proto { tcp, udp } accept; }
  chain drops { drop; }
  chain back { return; }
  chain f { type filter hook forward priority 0; policy ${policy};
  ${rules}
  }
  }`

const both = 'back drop, out drop'

describe.skipIf(whyNoRules)(`rules of nft${because(whyNoRules)}`, () => {
  it.each([
    ['', both],
    ['ct state established,related accept', 'out drop'],
    ['ct state vmap { established : accept, related : accept, invalid : drop }', 'out drop'],
    ['ct state vmap { established : accept, new : jump deep }', ''],
    ['ct state != new accept', 'out drop'],
    ['iifname "vm-tap0" accept', 'back drop'],
    ['iifname "vm-*" accept\noifname "vm-*" ct state established accept', ''],
    ['iifname { "a", "vm-tap0" } accept\noifname != "eth0" accept', ''],
    ['iifname "lo" accept\niifname "docker0" accept', both],
    ['ip saddr 192.168.249.0/24 accept\nip daddr 192.168.249.0/24 accept', ''],
    ['ip saddr @s accept\nip daddr @s accept', ''],
    ['ip saddr != @s accept', both],
    ['ip saddr 192.168.249.2-192.168.249.9 accept\nip daddr 192.168.249.2 accept', ''],
    ['meta nfproto ipv6 accept\nip6 saddr fd00::/8 accept', both],
    ['meta nfproto ipv4 accept', ''],
    ['ip protocol tcp accept', both],
    ['meta l4proto { tcp, udp } accept', ''],
    ['th dport { 53, 443 } accept\nth sport { 53, 443 } accept', ''],
    ['tcp dport { 80, 443 } accept\nudp dport 53 accept', 'back drop'],
    ['tcp dport 80-90 accept', both],
    ['tcp dport >= 400 accept\nudp dport < 100 accept\nct state established accept', ''],
    ['icmp type echo-request accept', both],
    ['jump deep', ''],
    ['goto deep', ''],
    ['goto back', both],
    ['jump back\njump deep', ''],
    ['iifname vmap { "vm-tap0" : accept, "eth0" : jump deep }', ''],
    ['iifname . oifname { "vm-tap0" . "eth0", "eth0" . "vm-tap0" } accept', ''],
    ['iifname . oifname { "vm-tap0" . "wlan0" } accept', both],
    ['meta mark 0 accept', ''],
    ['meta mark & 0x8000 == 0x8000 accept', both],
    ['meta mark set 5\nmeta mark 0 accept', both],
    ['meta mark set 5 accept', ''],
    ['meta mark set meta mark | 0x10\nmeta mark & 0x10 == 0x10 accept', ''],
    ['limit rate 3/second accept', 'back maybe, out maybe'],
    ['counter log prefix "x" accept', ''],
    ['ct status dnat accept', both],
    ['ct direction reply accept', 'out drop'],
    ['fib daddr type local accept', both],
    ['meta iifgroup 7 accept', 'back maybe, out maybe'],
  ])('policy drop, and: %s', (rules, expected) => {
    expect(stops(parseRuleset(nftJson(forward(rules))))).toBe(expected)
  })

  it.each([
    ['', ''],
    ['jump drops', both],
    ['iifname "vm-tap0" oifname "eth0" reject', 'out drop'],
    ['iifname "docker0" drop', ''],
    ['iifname "vm-tap0" jump drops', 'out drop'],
    ['tcp dport 443 drop', 'out drop'],
    ['tcp dport 25 drop', ''],
    ['ct state invalid drop', ''],
    ['limit rate over 3/second drop', 'back maybe, out maybe'],
    ['limit rate over 300/second drop', ''],
    ['limit rate 3/second drop', 'back maybe, out maybe'],
    ['fib saddr . iif oif missing drop', ''],
  ])('policy accept, and: %s', (rules, expected) => {
    expect(stops(parseRuleset(nftJson(forward(rules, 'accept'))))).toBe(expected)
  })

  it('does not let one chain overrule another, and looks at all hooks on the way', () => {
    const accepts = 'table inet a { chain f { type filter hook forward priority -5; accept; }; }'
    expect(stops(parseRuleset(nftJson(forward('', 'drop', accepts))))).toBe(both)
    const early =
      'table ip a { chain p { type filter hook prerouting priority -300; iifname "vm-tap0" drop; }; }'
    expect(stops(parseRuleset(nftJson(early)))).toBe('out drop')
    const late =
      'table ip a { chain p { type filter hook postrouting priority 0; oifname "vm-tap0" drop; }; }'
    expect(stops(parseRuleset(nftJson(late)))).toBe('back drop')
    const others =
      'table ip6 a { chain f { type filter hook forward priority 0; policy drop; }; }\ntable ip a { chain i { type filter hook input priority 0; policy drop; }; }'
    expect(stops(parseRuleset(nftJson(others)))).toBe('')
  })

  it('carries a mark from one hook to the next', () => {
    const rules = `table ip m { chain p { type filter hook prerouting priority -150; iifname "vm-tap0" meta mark set 1; }; }
      table ip f { chain f { type filter hook forward priority 0; meta mark != 0 drop; }; }`
    expect(stops(parseRuleset(nftJson(rules)))).toBe('out drop')
  })

  it.each([
    ['masquerade', 'yes'],
    ['oifname "eth0" masquerade', 'yes'],
    ['ip saddr 192.168.249.0/24 ip daddr != 192.168.249.0/24 masquerade', 'yes'],
    ['ip saddr 192.168.249.0/24 oifname "eth0" snat to 198.51.100.2', 'yes'],
    ['oifname "wlan0" masquerade', 'no'],
    ['ip saddr 10.0.0.0/8 masquerade', 'no'],
    ['ip saddr 192.168.249.0/24 accept\nmasquerade', 'no'],
    ['ip saddr 192.168.249.0/24 return\nmasquerade', 'no'],
    ['udp dport 53 masquerade', 'no'],
    ['meta mark 7 masquerade', 'no'],
    ['limit rate 3/second masquerade', 'unclear'],
    ['', 'no'],
  ])('translation: %s', (rules, masked) => {
    const text = `table inet n { chain p { type nat hook postrouting priority srcnat;\n${rules}\n}\n}`
    expect(translated(parseRuleset(nftJson(text)), way)).toBe(masked)
  })

  it('asks later chains when the first lets a packet go as it is', () => {
    const text = `table ip a { chain p { type nat hook postrouting priority 90; accept; }; }
      table ip b { chain p { type nat hook postrouting priority 100; masquerade; }; }`
    expect(translated(parseRuleset(nftJson(text)), way)).toBe('yes')
    const elsewhere =
      'table ip a { chain p { type nat hook prerouting priority -100; dnat to 10.0.0.1; }; chain q { masquerade; }; }'
    expect(translated(parseRuleset(nftJson(elsewhere)), way)).toBe('no')
  })

  it('does not know which uplink it will be where there is none', () => {
    const text = (rule: string) =>
      `table ip a { chain p { type nat hook postrouting priority 100; ${rule}; }; }`
    const offline = { ...way, uplink: null }
    expect(translated(parseRuleset(nftJson(text('oifname "eth0" masquerade'))), offline)).toBe('unclear')
    expect(translated(parseRuleset(nftJson(text('masquerade'))), offline)).toBe('yes')
  })
})

const docker = [
  '-P FORWARD DROP',
  '-N DOCKER-USER',
  '-A FORWARD -j DOCKER-USER',
  '-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A FORWARD -i docker0 ! -o docker0 -j ACCEPT',
]
const drop = '-P FORWARD DROP'

describe.skipIf(whyNoRules).each(['iptables-nft', 'iptables-legacy'] as const)(
  `rules of %s${because(whyNoRules)}`,
  (program) => {
    it.each([
      [docker, both],
      [[...docker, '-I DOCKER-USER -i vm-tap0 -s 192.168.249.0/24 -j ACCEPT'], 'back drop'],
      [
        [
          ...docker,
          '-I DOCKER-USER -i vm-tap0 -j ACCEPT',
          '-I DOCKER-USER -o vm-tap0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        ],
        '',
      ],
      [[drop, '-A FORWARD -i vm+ -j ACCEPT', '-A FORWARD -m state --state ESTABLISHED -j ACCEPT'], ''],
      [[drop, '-A FORWARD ! -i eth0 -j ACCEPT'], 'back drop'],
      [[drop, '-A FORWARD -d 192.168.249.2 -j ACCEPT'], 'out drop'],
      [
        [
          drop,
          '-A FORWARD -p tcp -m tcp --dport 443 -j ACCEPT',
          '-A FORWARD -p udp -m multiport --dports 53,67:68 -j ACCEPT',
        ],
        'back drop',
      ],
      [[drop, '-A FORWARD -m comment --comment "-j \\"quoted\\" DROP" -j ACCEPT'], ''],
      [[drop, '-A FORWARD -m mark --mark 0x8000/0x8000 -j ACCEPT'], both],
      [[drop, '-A FORWARD -m limit --limit 3/min -j ACCEPT'], 'back maybe, out maybe'],
      [[drop, '-A FORWARD -m addrtype --dst-type LOCAL -j ACCEPT'], both],
      [['-A FORWARD -i vm-tap0 -j REJECT'], 'out drop'],
      [['-A FORWARD -i vm-tap0 -j LOG --log-prefix "-j DROP "'], ''],
      [['-N x', '-A x -j DROP', '-A FORWARD -g x'], both],
      [['-t raw -A PREROUTING -i vm-tap0 -j DROP'], 'out drop'],
      [['-t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu'], ''],
      [['-A INPUT -j DROP', '-P OUTPUT DROP'], ''],
    ])('%j', (commands, expected) => {
      expect(stops(parseSave(savedRules(program, commands), program))).toBe(expected)
    })

    it.each([
      ['-A POSTROUTING -s 192.168.249.0/24 ! -d 192.168.249.0/24 -j MASQUERADE', 'yes'],
      ['-A POSTROUTING -o eth0 -j SNAT --to-source 198.51.100.2', 'yes'],
      ['-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE', 'no'],
      ['-A POSTROUTING -m limit --limit 1/s -j MASQUERADE', 'unclear'],
    ])('%s', (rule, masked) => {
      expect(translated(parseSave(savedRules(program, [`-t nat ${rule}`]), program), way)).toBe(masked)
    })
  },
)

describe.skipIf(whyNoRules)(`rules of iptables-nft that only nft reads${because(whyNoRules)}`, () => {
  it('are understood as far as nft has words for them, and never taken for more', () => {
    const read = (...commands: string[]) => parseRuleset(nftJsonOfIptables(commands))
    expect(stops(read(...docker))).toBe(both)
    expect(stops(read(drop, '-A FORWARD -m conntrack --ctstate NEW -j ACCEPT'))).toBe('back maybe, out maybe')
    expect(stops(read(drop))).toBe(both)
    expect(stops(read('-A FORWARD -i vm-tap0 -j DROP'))).toBe('out drop')
    expect(translated(read('-t nat -A POSTROUTING -s 192.168.249.0/24 -j MASQUERADE'), way)).toBe('yes')
    expect(
      translated(
        read('-t nat -A POSTROUTING -m statistic --mode random --probability 0.5 -j MASQUERADE'),
        way,
      ),
    ).toBe('unclear')
  })
})
