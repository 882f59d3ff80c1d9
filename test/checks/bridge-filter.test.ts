import { describe, expect, it } from 'vitest'
import { bridgeFilter } from '../../checks/bridge-filter.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import type { FakeHost } from '../helpers/fake-host.ts'
import { networkHost } from '../helpers/network.ts'

const config = configWith({ network: 'bridge', guest_mac: '52:54:00:12:34:56' })

interface Switches {
  readonly all?: string | null
  readonly own?: string | null
}

const onHost = (host: FakeHost, { all = '1\n', own = '0\n' }: Switches = {}): FakeHost => ({
  ...host,
  files: {
    ...host.files,
    '/proc/sys/net/bridge/bridge-nf-call-iptables': all,
    '/sys/class/net/br0/bridge/nf_call_iptables': own,
  },
})

const iif = (name: string) => ({ match: { op: '==', left: { meta: { key: 'iifname' } }, right: name } })
const state = (name: string) => ({ match: { op: 'in', left: { ct: { key: 'state' } }, right: [name] } })

/** A chain at the hook forward with a policy, and rules before it. */
const withChain = (policy: string, rules: readonly (readonly unknown[])[] = []) =>
  networkHost({
    ruleset: JSON.stringify({
      nftables: [
        {
          chain: {
            ...{ family: 'inet', table: 'mine', name: 'f', handle: 1 },
            ...{ type: 'filter', hook: 'forward', prio: 0, policy },
          },
        },
        ...rules.map((expr, index) => ({
          rule: { family: 'inet', table: 'mine', chain: 'f', handle: index + 2, expr },
        })),
      ],
    }),
  })

const codeOf = async (host: FakeHost, changed = config) => {
  const { status, code } = await conclude(bridgeFilter, host, changed)
  return code ?? status
}

describe('bridge-filter', () => {
  it.each([
    ['no module', { all: null, own: null }],
    ['both switches off', { all: '0\n' }],
  ])('asks no firewall with %s', async (_, switches) => {
    const host = { ...onHost(networkHost(), switches), rootCommands: {} }
    expect(await codeOf(host)).toBe('ok')
  })

  it.each([{ all: '1\n' }, { all: '0\n', own: '1\n' }])('one switch is enough: %o', async (switches) => {
    expect(await codeOf(onHost(withChain('drop'), switches))).toBe('bridge-filter/drops')
  })

  it('names what drops, and the way past it', async () => {
    expect(await conclude(bridgeFilter, onHost(withChain('drop')), config)).toMatchObject({
      status: 'fail',
      code: 'bridge-filter/drops',
      values: { bridge: 'br0', direction: 'out', place: 'inet mine f', rule: null, manager: null },
      hint: expect.stringContaining('iptables -I FORWARD -i br0 -o br0 -j ACCEPT'),
    })
  })

  it.each([
    ['no rule', withChain('accept'), 'ok'],
    ['a rule for the bridge', withChain('drop', [[iif('br0'), { accept: null }]]), 'ok'],
    ['a rule for another', withChain('drop', [[iif('br1'), { accept: null }]]), 'bridge-filter/drops'],
    [
      'a rule for the TAP, which is a port',
      withChain('drop', [[iif('vm-tap0'), { accept: null }]]),
      'bridge-filter/drops',
    ],
    ['answers alone', withChain('drop', [[state('established'), { accept: null }]]), 'bridge-filter/drops'],
    [
      'what is not understood',
      withChain('drop', [[{ xt: { type: 'match', name: 'physdev' } }, { accept: null }]]),
      'bridge-filter/may-drop',
    ],
  ])('follows the rules: %s', async (_, host, expected) => {
    expect(await codeOf(onHost(host))).toBe(expected)
    const dhcp = configWith({ network: 'bridge', guest_address: 'dhcp' })
    expect(await codeOf(onHost(host), dhcp)).toBe(expected)
  })

  it('is unknown where only root sees the rules', async () => {
    const host = onHost(networkHost({ ruleset: null }))
    await expect(conclude(bridgeFilter, host, config)).rejects.toThrow(Undetermined)
  })

  it('is about bridges alone', () => {
    expect(bridgeFilter.skipReason?.(configWith())).toBe('not needed: network is tap')
    expect(bridgeFilter.skipReason?.(config)).toBeNull()
  })
})
