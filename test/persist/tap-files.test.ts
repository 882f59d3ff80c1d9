/** What goes into the files; that the real programs take them is shown in test/e2e/persist.test.ts. */
import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/keys.ts'
import { nameProblem, tapCommands, tapFiles } from '../../src/persist/tap-files.ts'
import { configWith } from '../helpers/config.ts'

const sky = { name: 'sky', uid: 1000 }
const atBoot = { owner: sky, mtu: null }
const text = (
  manager: 'networkd' | 'networkmanager' | 'ifupdown',
  changes: Partial<Config> = {},
  owner = sky,
  mtu: number | null = null,
) =>
  tapFiles(manager, configWith(changes), { owner, mtu })
    .map(({ content }) => content)
    .join('\n')

describe('every manager', () => {
  const managers = ['networkd', 'networkmanager', 'ifupdown'] as const
  it.each(managers)('%s: names owner, address and queues', (manager) => {
    const plain = text(manager)
    expect(plain).toContain('192.168.249.1/24')
    expect(plain).toMatch(manager === 'networkmanager' ? /^owner=1000$/m : /[Uu]ser[= ]sky\b/)
    expect(plain).not.toMatch(/multi.?queue/i)
    expect(text(manager, { num_queues: 4 })).toMatch(/multi.?queue/i)
  })

  it.each(managers)('%s: knows the pair of IPv6', (manager) => {
    expect(text(manager)).not.toContain('fdc4')
    expect(text(manager, { ipv6: 'routed', guest: 2 })).toContain('fdc4:1d0c:7a3e:2::1/64')
  })

  it.each(managers)('%s: sets an MTU only where it differs from that of a new TAP', (manager) => {
    expect(text(manager)).not.toMatch(/mtu/i)
    for (const network of ['tap', 'bridge'] as const)
      expect(text(manager, { network }, sky, 1450)).toMatch(
        /^ *(?:MTUBytes=|mtu=|pre-up ip link .* mtu )1450$/m,
      )
  })

  it.each(managers)('%s: puts it on a bridge, without an address', (manager) => {
    const bridged = text(manager, { network: 'bridge', bridge: 'br7' })
    expect(bridged).toContain('br7')
    expect(bridged).not.toContain('192.168')
  })

  it.each(managers)('%s: tells guests apart', (manager) => {
    const paths = [1, 2].flatMap((guest) =>
      tapFiles(manager, configWith({ guest }), atBoot).map(({ path }) => path),
    )
    expect(new Set(paths).size).toBe(paths.length)
  })

  it.each(managers)('%s: writes an owner whose name means something as a number', (manager) => {
    expect(text(manager, {}, { name: 'a;b $(c)', uid: 77 })).toMatch(/\b77\b/)
    expect(text(manager, {}, { name: 'a;b $(c)', uid: 77 })).not.toContain('$(c)')
  })
})

it("lets nobody but root read NetworkManager's", () => {
  expect(tapFiles('networkmanager', configWith(), atBoot).map(({ mode }) => mode)).toEqual([0o600])
})

it.each([
  ['vm-tap0', 'br0', 'networkd', null],
  ['vm.100', 'br0', 'networkd', null],
  ['vm.100', 'br0', 'ifupdown', 'vm.100'],
  ['vm*', 'br0', 'networkd', 'vm*'],
  ['a$(b)', 'br0', 'unit', 'a$(b)'],
  ['vm-tap0', 'b"r', 'unit', 'b"r'],
] as const)('%s on %s with %s', (tap, bridge, manager, odd) => {
  const why = nameProblem(manager, configWith({ tap, bridge, network: 'bridge' }))
  expect(why).toEqual(odd && expect.stringContaining(odd))
})

it('makes it by commands where nobody has words for it', () => {
  expect(
    tapCommands(configWith({ ipv6: 'masquerade', num_queues: 4 }), { ...atBoot, mtu: 1450 }).map((argv) =>
      argv.join(' '),
    ),
  ).toEqual([
    'ip tuntap add dev vm-tap0 mode tap user sky multi_queue',
    'ip link set dev vm-tap0 mtu 1450',
    'ip addr replace 192.168.249.1/24 dev vm-tap0',
    'ip addr replace fdc4:1d0c:7a3e:1::1/64 dev vm-tap0 nodad',
    'ip link set dev vm-tap0 up',
  ])
})
