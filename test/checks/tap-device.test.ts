import { describe, expect, it } from 'vitest'
import { tapDevice } from '../../checks/tap-device.ts'
import type { Config } from '../../src/config/keys.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost } from '../helpers/fake-host.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

const binary = '/srv/ch'
const fix = { id: 'create-tap', args: {} }

/** @param table whatever the check looks at besides the interfaces */
const verdictOf = async (json: string, table: FakeHost = {}, changes: Partial<Config> = {}) => {
  const config = configWith({ hypervisor: binary, ...changes })
  const host = fakeHost({ commands: { [showAddresses]: json }, ...table })
  return tapDevice.judge(await tapDevice.probe(host, config), config)
}

/** An ordinary session, and a binary with or without the capability. */
const session = (attribute: string, bounding = '000001ffffffffff'): FakeHost => ({
  files: {
    [binary]: { access: ['execute'] },
    '/proc/self/mountinfo': '22 1 8:1 / / rw - ext4 /dev/sda1 rw\n',
    '/proc/self/status': `CapBnd:\t${bounding}\nNoNewPrivs:\t0\n`,
    '/etc/group': 'root:x:0:\nvms:x:990:sky\nours:x:1000:\n',
  },
  capabilities: { [binary]: attribute },
})
const capable = session('0100000200100000000000000000000000000000')
const plain = session('')
const up = ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP']

describe('tap-device', () => {
  it.each([
    ['ours', tapLink(), 'vm-tap0, owner sky, up'],
    ['ours by number: the owner has no name', tapLink({ data: { user: 1000 } }), 'vm-tap0, owner 1000, up'],
    ['of nobody: anybody may attach', tapLink({ data: { user: undefined } }), 'vm-tap0, owner anyone, up'],
  ])('is ok and looks no further: %s', async (_, link, found) => {
    // The table has no capability and no binary: asking for them would throw.
    expect(await verdictOf(ipJson({ name: 'lo' }, link))).toEqual({ status: 'ok', found })
  })

  it('is missing among others', async () => {
    expect(await verdictOf(ipJson({ name: 'vm-tap00', kind: 'tun' }))).toMatchObject({
      status: 'fail',
      found: 'there is no vm-tap0',
      fix,
    })
  })

  it.each([
    ['bridge', undefined, 'vm-tap0 is a bridge'],
    ['tun', { type: 'tun' }, 'vm-tap0 is a layer 3 TUN'],
    [undefined, undefined, 'vm-tap0 is a network device'],
  ])('leaves an interface of that name alone that is no TAP: %s', async (kind, data, found) => {
    const verdict = await verdictOf(ipJson({ name: 'vm-tap0', ...(kind && { kind }), ...(data && { data }) }))
    expect(verdict).toMatchObject({ status: 'fail', found, hint: expect.any(String) })
    expect(verdict).not.toHaveProperty('fix')
  })

  describe("another user's", () => {
    const foreign = ipJson(tapLink({ data: { user: 'root' } }))
    it('is repaired', async () => {
      const found = 'vm-tap0 belongs to root'
      expect(await verdictOf(foreign, plain)).toMatchObject({ status: 'fail', found, fix })
    })
    it('is as good as ours with the capability', async () => {
      expect(await verdictOf(foreign, capable)).toMatchObject({ status: 'ok' })
    })
    it('is as good for root, but not for root without CAP_NET_ADMIN (a container)', async () => {
      const user = { uid: 0, gid: 0, name: 'root', groups: [0] }
      const theirs = ipJson(tapLink())
      expect(await verdictOf(theirs, { ...plain, user })).toMatchObject({ status: 'ok' })
      expect(await verdictOf(theirs, { ...session('', '00000000a80425fb'), user })).toMatchObject({
        status: 'fail',
        found: 'vm-tap0 belongs to sky',
      })
    })
    it('is not pulled away from a VM', async () => {
      const verdict = await verdictOf(ipJson(tapLink({ data: { user: 'root' }, flags: up })), plain)
      expect(verdict).toMatchObject({
        status: 'fail',
        found: 'vm-tap0 belongs to root, and a VM is using it',
      })
      expect(verdict).not.toHaveProperty('fix')
    })
  })

  describe('with a group: both have to fit', () => {
    it.each([
      ['a group of ours', { user: undefined, group: 'vms' }, [1000, 990], 'ok', 'vm-tap0, group vms, up'],
      ['our primary group', { user: undefined, group: 'ours' }, [], 'ok', 'vm-tap0, group ours, up'],
      ['a group without name', { user: undefined, group: 990 }, [990], 'ok', 'vm-tap0, group 990, up'],
      // /etc/group lists the user, but this session was started before: the kernel goes by the session.
      ['a group since the login', { group: 'vms' }, [1000], 'fail', 'vm-tap0 is for the group vms alone'],
      [
        'no owner, foreign group',
        { user: undefined, group: 0 },
        [1000],
        'fail',
        'vm-tap0 is for the group 0 alone',
      ],
      ['foreign owner, our group', { user: 'eve', group: 'vms' }, [990], 'fail', 'vm-tap0 belongs to eve'],
    ])('%s', async (_, data, groups, status, found) => {
      const seen = await verdictOf(ipJson(tapLink({ data })), { ...plain, user: { groups } })
      expect(seen).toMatchObject({ status, found })
    })

    it('is unknown when the group cannot be resolved', async () => {
      const json = ipJson(tapLink({ data: { group: 'from-ldap' } }))
      await expect(verdictOf(json, plain)).rejects.toThrow('from-ldap')
    })
  })

  it.each([
    [true, 2, 'has multi_queue', 'no multi_queue for 2 queues'],
    // Cloud Hypervisor counts pairs: three queues are one.
    [true, 3, 'has multi_queue', 'no multi_queue for 3 queues'],
    [false, 4, 'lacks multi_queue', 'multi_queue for 4 queues'],
  ])('multi_queue %s with %i queues is repaired', async (multi_queue, queues, found, expected) => {
    const json = ipJson(tapLink({ data: { multi_queue } }))
    expect(await verdictOf(json, {}, { num_queues: queues })).toEqual({
      status: 'fail',
      found: `vm-tap0 ${found}`,
      expected,
      fix,
    })
  })

  it('needs multi_queue for two pairs', async () => {
    const json = ipJson(tapLink({ data: { multi_queue: true } }))
    expect(await verdictOf(json, {}, { num_queues: 4 })).toMatchObject({ status: 'ok' })
  })

  it('is brought up when down', async () => {
    const down = ipJson(tapLink({ flags: ['BROADCAST'] }))
    for (const held of [false, true]) {
      expect(await verdictOf(down, { carrier: { 'vm-tap0': held } })).toMatchObject({
        status: 'fail',
        found: 'vm-tap0 is down',
        fix,
      })
    }
  })

  it('is not taken from a VM that holds it while it is down', async () => {
    const json = ipJson(tapLink({ flags: ['BROADCAST'], data: { user: 'root' } }))
    const verdict = await verdictOf(json, { ...plain, carrier: { 'vm-tap0': true } })
    expect(verdict).toMatchObject({ found: 'vm-tap0 belongs to root, and a VM is using it' })
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    ['tap', 'br0', 'vm-tap0 is a port of br0, so its own address is dead'],
    ['bridge', undefined, 'vm-tap0 is not a port of br0'],
    ['bridge', 'br1', 'vm-tap0 is a port of br1'],
  ] as const)('network %s with master %s is repaired', async (network, master, found) => {
    const json = ipJson(tapLink(master ? { master } : {}))
    expect(await verdictOf(json, {}, { network })).toMatchObject({ status: 'fail', found, fix })
  })

  it('is ok as a port of the right bridge', async () => {
    const verdict = await verdictOf(ipJson(tapLink({ master: 'br0' })), {}, { network: 'bridge' })
    expect(verdict).toEqual({ status: 'ok', found: 'vm-tap0, owner sky, up, on br0' })
  })

  it.each([
    ['with a carrier', tapLink({ flags: up })],
    ['with an open queue', tapLink({ data: { multi_queue: true, numqueues: 2 } })],
  ])('a VM on it is worth a warning and nothing to repair: %s', async (_, link) => {
    const queues = link.data?.multi_queue ? 4 : 2
    const verdict = await verdictOf(ipJson(link), {}, { num_queues: queues })
    expect(verdict).toMatchObject({ status: 'warn', found: 'a VM is using vm-tap0' })
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    ['ip is missing', { code: null, failure: 'not found' }, 'not found'],
    [
      'ip is refused',
      { code: 255, stderr: 'Cannot open netlink socket\nmore' },
      'Cannot open netlink socket',
    ],
    ['an ip without JSON', '1: lo: <LOOPBACK,UP>', 'does not answer in JSON'],
  ])('is unknown, not missing: %s', async (_, answer, why) => {
    await expect(verdictOf('', { commands: { [showAddresses]: answer } })).rejects.toThrow(why)
  })
})
