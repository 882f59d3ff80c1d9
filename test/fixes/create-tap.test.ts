import { describe, expect, it } from 'vitest'
import { createTap } from '../../fixes/create-tap.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract/step.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

const address = '192.168.249.1/24'

const planOn = async (json: string, changes: Partial<Config> = {}, table: FakeHost = {}) => {
  const config = configWith({ hypervisor: '/srv/ch', ...changes })
  const host = fakeHost({
    commands: { [showAddresses]: json, [route]: '[]' },
    files: { '/srv/ch': null },
    ...table,
  })
  const survey = await createTap.survey?.(host, {}, config)
  if (!survey) throw new Error('create-tap has a survey')
  return createTap.plan({}, config, survey)
}

const commands = (steps: readonly Step[]) =>
  steps.map((step) => (step.kind === 'run' ? step.argv.join(' ') : step.kind))
const undos = (steps: readonly Step[]) =>
  steps.map((step) => (step.kind === 'run' ? step.undo?.map((argv) => argv.join(' ')) : undefined))

const creation = [
  'ip tuntap add dev vm-tap0 mode tap user sky',
  `ip addr replace ${address} dev vm-tap0`,
  'ip link set dev vm-tap0 up',
]

const route = 'ip -j -4 route get 9.9.9.9'

describe('create-tap', () => {
  it('gives it the MTU of the uplink where that is smaller', async () => {
    const on = (tap: number | null, changes: Partial<Config> = {}) => {
      const link = tap === null ? [] : [tapLink({ mtu: tap, addresses: [address] })]
      const json = ipJson({ name: 'eth0', mtu: 1450 }, ...link)
      const table = { commands: { [showAddresses]: json, [route]: '[{"dev":"eth0"}]' } }
      return planOn(json, changes, table)
    }
    expect(commands(await on(null))).toContain('ip link set dev vm-tap0 mtu 1450')
    expect(await on(1450)).toEqual([])
    expect(await on(1400)).toEqual([])
    expect(await on(1500, { nat: false })).toEqual([])
    const steps = await on(1500)
    expect(commands(steps)).toEqual(['ip link set dev vm-tap0 mtu 1450'])
    expect(undos(steps)).toEqual([['ip link set dev vm-tap0 mtu 1500']])
    expect(commands(await on(1450, { mtu: 1400 }))).toEqual(['ip link set dev vm-tap0 mtu 1400'])
  })

  it('makes one, and its removal takes address and state along', async () => {
    const steps = await planOn(ipJson({ name: 'lo' }))
    expect(commands(steps)).toEqual(creation)
    expect(undos(steps)).toEqual([['ip link delete dev vm-tap0'], [], []])
    expect(steps[0]).toMatchObject({
      root: true,
      undoWhile: '/sys/class/net/vm-tap0',
      guard: { file: '/sys/class/net/vm-tap0/carrier', is: '1' },
    })
  })

  it('follows the configuration', async () => {
    const steps = await planOn(ipJson(), { tap: 't9', gateway_address: '10.9.0.1/30', num_queues: 4 })
    expect(commands(steps)).toEqual([
      'ip tuntap add dev t9 mode tap user sky multi_queue',
      'ip addr replace 10.9.0.1/30 dev t9',
      'ip link set dev t9 up',
    ])
  })

  it('has nothing to do the second time', async () => {
    expect(await planOn(ipJson(tapLink({ addresses: [address] })))).toEqual([])
  })

  it.each([
    [
      'the address',
      tapLink(),
      [creation[1]],
      [[`ip addr replace ${address} dev vm-tap0`, `ip addr del ${address} dev vm-tap0`]],
    ],
    [
      'the right prefix',
      tapLink({ addresses: ['192.168.249.1/32'] }),
      [creation[1]],
      [[`ip addr replace ${address} dev vm-tap0`, `ip addr del ${address} dev vm-tap0`]],
    ],
    [
      'being up',
      tapLink({ flags: [], addresses: [address] }),
      [creation[2]],
      [['ip link set dev vm-tap0 down']],
    ],
    [
      'standing alone',
      tapLink({ addresses: [address], master: 'br7' }),
      ['ip link set dev vm-tap0 nomaster'],
      [['ip link set dev vm-tap0 master br7']],
    ],
  ])('adds what an existing one lacks: %s', async (_, link, argvs, undo) => {
    const steps = await planOn(ipJson(link), {}, { carrier: { 'vm-tap0': false } })
    expect(commands(steps)).toEqual(argvs)
    expect(undos(steps)).toEqual(undo)
    expect(steps[0]).toMatchObject({ undoWhile: '/sys/class/net/vm-tap0' })
  })

  it.each([
    [
      'of another user',
      { user: 'eve', group: 'vms' },
      [`10.0.0.1/8`, address],
      [
        'ip tuntap add dev vm-tap0 mode tap user eve group vms',
        'ip addr replace 10.0.0.1/8 dev vm-tap0',
        `ip addr replace ${address} dev vm-tap0`,
        'ip link set dev vm-tap0 up',
      ],
    ],
    [
      'with the wrong queues',
      { user: undefined, multi_queue: true },
      [],
      ['ip tuntap add dev vm-tap0 mode tap multi_queue', 'ip link set dev vm-tap0 up'],
    ],
  ])('replaces one %s, never under a VM, and can restore it', async (_, data, addresses, restored) => {
    const files = { '/srv/ch': null, '/etc/group': 'vms:x:990:\n' }
    const steps = await planOn(ipJson(tapLink({ data, addresses })), {}, { files })
    expect(commands(steps)).toEqual(['ip link delete dev vm-tap0', ...creation])
    expect(steps[0]).toMatchObject({ guard: { file: '/sys/class/net/vm-tap0/carrier', is: '1' } })
    expect(undos(steps)[0]).toEqual(restored)
  })

  // tap-device is content with it; a missing address is no reason to take it away from its owner.
  it("adds to another user's where the binary has the capability", async () => {
    const steps = await planOn(
      ipJson(tapLink({ data: { user: 'eve' } })),
      {},
      {
        files: {
          '/srv/ch': { access: ['execute'] },
          '/proc/self/mountinfo': '22 1 8:1 / / rw - ext4 /dev/sda1 rw\n',
          '/proc/self/status': 'CapBnd:\t000001ffffffffff\nNoNewPrivs:\t0\n',
        },
        capabilities: { '/srv/ch': '0100000200100000000000000000000000000000' },
      },
    )
    expect(commands(steps)).toEqual([creation[1]])
  })

  it('gives a replaced one its MAC and its bridge back', async () => {
    const link = tapLink({ data: { multi_queue: true }, mac: 'de:80:38:8f:dd:ce', master: 'br7' })
    expect(undos(await planOn(ipJson(link)))[0]).toEqual([
      'ip tuntap add dev vm-tap0 mode tap user sky multi_queue',
      'ip link set dev vm-tap0 address de:80:38:8f:dd:ce',
      'ip link set dev vm-tap0 master br7',
      'ip link set dev vm-tap0 up',
    ])
  })

  it('takes nothing from a VM, though its TAP is down', async () => {
    const json = ipJson(tapLink({ flags: [], data: { multi_queue: true } }))
    expect(await planOn(json, {}, { carrier: { 'vm-tap0': true } })).toEqual([
      { kind: 'manual', text: expect.stringContaining('A VM is using vm-tap0') },
    ])
  })

  it('makes it a port of the bridge, without an address', async () => {
    const steps = await planOn(ipJson(), { network: 'bridge' })
    expect(commands(steps)).toEqual([creation[0], 'ip link set dev vm-tap0 master br0', creation[2]])
    expect(undos(steps)).toEqual([['ip link delete dev vm-tap0'], [], []])
    expect(await planOn(ipJson(tapLink({ master: 'br0' })), { network: 'bridge' })).toEqual([])
    expect(undos(await planOn(ipJson(tapLink()), { network: 'bridge' }))).toEqual([
      ['ip link set dev vm-tap0 nomaster'],
    ])
  })

  it('gives the host an IPv6 address as well where that is wanted and possible', async () => {
    const six = 'fdc4:1d0c:7a3e:1::1/64'
    const conf = '/proc/sys/net/ipv6/conf'
    const planWith = (addresses: readonly string[], off: '0' | '1') =>
      planOn(
        ipJson(tapLink({ addresses })),
        { ipv6: 'masquerade' },
        { files: { '/srv/ch': null, [`${conf}/vm-tap0/disable_ipv6`]: `${off}\n` } },
      )
    const steps = await planWith([address], '0')
    expect(commands(steps)).toEqual([`ip addr replace ${six} dev vm-tap0 nodad`])
    expect(undos(steps)).toEqual([
      [`ip addr replace ${six} dev vm-tap0 nodad`, `ip addr del ${six} dev vm-tap0`],
    ])
    expect(await planWith([address, six], '0')).toEqual([])
    // The kernel refuses the address; the rest is still made.
    expect(commands(await planWith([], '1'))).toEqual([creation[1]])
    // A TAP that is not there yet gets the default.
    const files = {
      '/srv/ch': null,
      [`${conf}/vm-tap0/disable_ipv6`]: null,
      [`${conf}/default/disable_ipv6`]: '1\n',
    }
    expect(commands(await planOn(ipJson(), { ipv6: 'masquerade' }, { files }))).toEqual(creation)
  })

  it('leaves what is no TAP to a person', async () => {
    expect(await planOn(ipJson({ name: 'vm-tap0', kind: 'bridge' }))).toEqual([
      { kind: 'manual', text: expect.stringContaining('vm-tap0 is no TAP') },
    ])
  })
})
