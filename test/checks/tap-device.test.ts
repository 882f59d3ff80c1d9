import { describe, expect, it } from 'vitest'
import { tapDevice } from '../../checks/tap-device.ts'
import type { Config } from '../../src/config/keys.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import type { FakeHost } from '../helpers/fake-host.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

const binary = '/srv/ch'
const fix = { id: 'create-tap', args: {} }

/** @param table whatever the check looks at besides the interfaces */
const verdictOf = (json: string, table: FakeHost = {}, changes: Partial<Config> = {}) => {
  const config = configWith({ hypervisor: binary, ...changes })
  return conclude(tapDevice, { commands: { [showAddresses]: json }, ...table }, config)
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
/** Asked again, the kernel says that a process has it. */
const held = { carrier: { 'vm-tap0': true } }
const up = ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP']

describe('tap-device', () => {
  it.each([
    ['ours', tapLink(), 'vm-tap0, owner sky, up'],
    ['ours by number: the owner has no name', tapLink({ data: { user: 1000 } }), 'vm-tap0, owner 1000, up'],
    ['of nobody: anybody may attach', tapLink({ data: { user: undefined } }), 'vm-tap0, any owner, up'],
  ])('is ok and looks no further: %s', async (_, link, found) => {
    // The table has no capability and no binary: asking for them would throw.
    expect(await verdictOf(ipJson({ name: 'lo' }, link))).toEqual({ status: 'ok', found })
  })

  it('is missing among others', async () => {
    expect(await verdictOf(ipJson({ name: 'vm-tap00', kind: 'tun' }))).toMatchObject({
      status: 'fail',
      code: 'tap-device/missing',
      values: { tap: 'vm-tap0', user: 'sky' },
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
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'tap-device/not-a-tap',
      found,
      hint: expect.any(String),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  describe("another user's", () => {
    const foreign = ipJson(tapLink({ data: { user: 'root' } }))
    it('is repaired', async () => {
      expect(await verdictOf(foreign, plain)).toMatchObject({
        status: 'fail',
        code: 'tap-device/foreign-owner',
        values: { tap: 'vm-tap0', owner: 'root', user: 'sky', inUse: false },
        found: 'vm-tap0 belongs to root',
        fix,
      })
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
        code: 'tap-device/foreign-owner',
        values: { owner: 'sky', user: 'root' },
      })
    })
    it('is not pulled away from a VM', async () => {
      const busy = { ...plain, ...held }
      const verdict = await verdictOf(ipJson(tapLink({ data: { user: 'root' }, flags: up })), busy)
      expect(verdict).toMatchObject({
        status: 'fail',
        code: 'tap-device/foreign-owner',
        values: { inUse: true },
        found: 'vm-tap0 belongs to root, and a VM uses it',
        hint: expect.stringContaining('Stop that VM'),
      })
      expect(verdict).not.toHaveProperty('fix')
    })
  })

  describe('with a group: both have to fit', () => {
    it.each([
      ['a group of the user', { user: undefined, group: 'vms' }, [1000, 990], 'vm-tap0, group vms, up'],
      ['the primary group', { user: undefined, group: 'ours' }, [], 'vm-tap0, group ours, up'],
      ['a group without name', { user: undefined, group: 990 }, [990], 'vm-tap0, group 990, up'],
    ])('is ok with %s', async (_, data, groups, found) => {
      const seen = await verdictOf(ipJson(tapLink({ data })), { ...plain, user: { groups } })
      expect(seen).toEqual({ status: 'ok', found })
    })

    it.each([
      // /etc/group lists the user, but this session was started before: the kernel goes by the session.
      ['a group since the login', { group: 'vms' }, [1000], 'foreign-group', { group: 'vms' }],
      ['a foreign group', { user: undefined, group: 0 }, [1000], 'foreign-group', { group: '0' }],
      ['a foreign owner', { user: 'eve', group: 'vms' }, [990], 'foreign-owner', { owner: 'eve' }],
    ])('fails with %s', async (_, data, groups, code, values) => {
      const seen = await verdictOf(ipJson(tapLink({ data })), { ...plain, user: { groups } })
      expect(seen).toMatchObject({ status: 'fail', code: `tap-device/${code}`, values, fix })
    })

    it('is unknown when the group cannot be resolved', async () => {
      const json = ipJson(tapLink({ data: { group: 'from-ldap' } }))
      await expect(verdictOf(json, plain)).rejects.toThrow('from-ldap')
    })
  })

  it.each([
    [true, 2, 'tap-device/has-multi-queue'],
    // Cloud Hypervisor counts pairs: three queues are one.
    [true, 3, 'tap-device/has-multi-queue'],
    [false, 4, 'tap-device/lacks-multi-queue'],
  ])('multi_queue %s with %i queues is repaired', async (multi_queue, queues, code) => {
    const json = ipJson(tapLink({ data: { multi_queue } }))
    expect(await verdictOf(json, {}, { num_queues: queues })).toMatchObject({
      status: 'fail',
      code,
      values: { tap: 'vm-tap0', queues, inUse: false },
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
        code: 'tap-device/down',
        fix,
      })
    }
  })

  it('is not taken from a VM that holds it while it is down', async () => {
    const json = ipJson(tapLink({ flags: ['BROADCAST'], data: { user: 'root' } }))
    const verdict = await verdictOf(json, { ...plain, carrier: { 'vm-tap0': true } })
    expect(verdict).toMatchObject({ code: 'tap-device/foreign-owner', values: { inUse: true } })
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    ['tap', 'br0', 'tap-device/on-a-bridge', { master: 'br0' }],
    ['bridge', undefined, 'tap-device/not-on-bridge', { bridge: 'br0', master: null }],
    ['bridge', 'br1', 'tap-device/not-on-bridge', { bridge: 'br0', master: 'br1' }],
  ] as const)('network %s with master %s is repaired', async (network, master, code, values) => {
    const json = ipJson(tapLink(master ? { master } : {}))
    expect(await verdictOf(json, {}, { network })).toMatchObject({ status: 'fail', code, values, fix })
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
    const verdict = await verdictOf(ipJson(link), held, { num_queues: queues })
    expect(verdict).toMatchObject({ status: 'warn', code: 'tap-device/in-use', values: { tap: 'vm-tap0' } })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('is not in use when only another doctor tried it while ip looked', async () => {
    const free = { carrier: { 'vm-tap0': false } }
    expect(await verdictOf(ipJson(tapLink({ flags: up })), free)).toMatchObject({ status: 'ok' })
  })

  it.each<[string, NonNullable<FakeHost['commands']>[string], string]>([
    ['ip is missing', { code: null, failure: { kind: 'not-found' } }, 'not found'],
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
