/** Rules that are large, or made to take long. Without linear work none of these would end within the limit of a test. */
import { describe, expect, it } from 'vitest'
import { parseIpsets } from '../../src/network/ipset.ts'
import { parseSave } from '../../src/network/iptables-save.ts'
import { parseRuleset } from '../../src/network/nft-json.ts'
import { simulate } from '../../src/network/simulate.ts'

const path = { tap: 'vm-tap0', guest: '192.168.249.2/24', uplink: 'eth0' }
const forward = { type: 'filter', hook: 'forward', prio: 0, policy: 'accept' }

/** A table of nft from the targets of the jumps in each chain; the first chain is at forward. */
const jumps = (chains: Readonly<Record<string, readonly string[]>>): string => {
  const where = { family: 'ip', table: 't' }
  return JSON.stringify({
    nftables: Object.entries(chains).flatMap(([name, targets], at) => [
      { chain: { ...where, name, ...(at === 0 ? forward : {}) } },
      ...targets.map((target) => ({ rule: { ...where, chain: name, expr: [{ jump: { target } }] } })),
    ]),
  })
}

const dropsIn = (chains: ReturnType<typeof parseSave>) =>
  simulate(chains, path).blocking.map(({ certain, ending }) => `${ending.action.do} ${certain}`)

describe('rules that take long', () => {
  it('are led through doubled jumps once', () => {
    const levels = Array.from({ length: 15 }, (_, level) => [
      `c${level}`,
      Array<string>(40).fill(`c${level + 1}`),
    ])
    // 40 to the power of 15 paths lead to the last chain.
    const chains = parseRuleset(jumps({ ...Object.fromEntries(levels), c15: [] }))
    expect(dropsIn(chains)).toEqual([])
  })

  it('are not understood where jumps go in a circle or too deep', () => {
    expect(dropsIn(parseRuleset(jumps({ a: ['b', 'b'], b: ['a', 'b'] })))).toEqual([
      'unknown false',
      'unknown false',
    ])
    const deep = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`c${at}`, [`c${at + 1}`]]))
    expect(dropsIn(parseRuleset(jumps(deep)))).toEqual(['unknown false', 'unknown false'])
  })

  it('may have thousands of chains', () => {
    const count = 6_000
    const names = Array.from({ length: count }, (_, at) => `KUBE-SVC-${at}`)
    const save = [
      '*filter',
      ':FORWARD ACCEPT [0:0]',
      ...names.map((name) => `:${name} - [0:0]`),
      ...names.map((name, at) => `-A FORWARD -d 10.96.${at >> 8}.${at & 255}/32 -j ${name}`),
      ...names.map((name) => `-A ${name} -j DROP`),
      'COMMIT',
    ].join('\n')
    const chains = parseSave(save, 'iptables-nft')
    expect(chains).toHaveLength(count + 1)
    expect(dropsIn(chains)).toEqual([])
  })

  it('may have sets of many addresses', () => {
    const elem = Array.from({ length: 20_000 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`)
    const where = { family: 'ip', table: 't' }
    const right = '@s'
    const left = { payload: { protocol: 'ip', field: 'saddr' } }
    const rule = {
      rule: { ...where, chain: 'f', expr: [{ match: { op: '==', left, right } }, { drop: null }] },
    }
    const objects = [
      { set: { ...where, name: 's', elem } },
      { chain: { ...where, name: 'f', ...forward } },
      ...Array<object>(300).fill(rule),
    ]
    expect(dropsIn(parseRuleset(JSON.stringify({ nftables: objects })))).toEqual([])
    const has = parseIpsets(['create s hash:ip', ...elem.map((one) => `add s ${one}`)].join('\n'))
    expect([has('s', 0x0a000001), has('s', 0x0b000001), has('other', 1)]).toEqual(['yes', 'no', 'maybe'])
  })
})

// Found by changing the values of a ruleset: an object whose toString is no function ended in a TypeError.
it('reads a ruleset whose words are objects, as one that it does not understand', () => {
  const odd = { toString: null }
  const rule = (left: object) => ({
    rule: {
      family: 'ip',
      table: 't',
      chain: 'c',
      expr: [{ match: { op: '==', left, right: odd } }, { drop: null }],
    },
  })
  const json = JSON.stringify({
    nftables: [
      { table: { family: odd, name: odd, flags: odd } },
      { chain: { family: odd, table: odd, name: odd } },
      {
        chain: { family: 'ip', table: 't', name: 'c', type: 'filter', hook: 'forward', prio: 0, policy: odd },
      },
      rule({ payload: { protocol: odd, field: odd } }),
      rule({ meta: { key: odd } }),
      rule({ 'tcp option': { name: odd, field: 'size' } }),
      rule({ payload: { protocol: 'ip', field: 'saddr' } }),
      { rule: { family: 'ip', table: 't', chain: odd, expr: [{ limit: { rate: odd, per: odd } }] } },
      { set: { family: odd, table: odd, name: odd, elem: [odd, { prefix: { addr: odd, len: odd } }] } },
    ],
  })
  expect(() => simulate(parseRuleset(json), path)).not.toThrow()
})
