import { describe, expect, it } from 'vitest'
import { networkPersistence } from '../../checks/network-persistence.ts'
import { persistNetwork } from '../../fixes/persist-network.ts'
import type { Config } from '../../src/config/keys.ts'
import { desiredFiles } from '../../src/persist/persistence.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, type FakeHost, fakeHost, notPermitted } from '../helpers/fake-host.ts'

const isActive = '/bin/systemctl is-active systemd-networkd.service NetworkManager.service networking.service'
const config = configWith({ persist_network: true, nat: false })
const owner = { name: 'sky', uid: 1000 }
const without = { sysctls: {}, start: [], stop: [], complete: true }

/** What would make the network again with this manager, without routing. */
const wanted = (manager: 'networkd' | 'networkmanager' | 'unit', of: Config = config) => {
  const lasting = desiredFiles(of, { manager, systemd: true }, { owner, mtu: null }, without, '/sbin/ip')
  if ('problem' in lasting) throw new Error(lasting.problem)
  return lasting
}

/** A host where networkd, NetworkManager or none of them runs, with these files. */
const host = (
  answer: string,
  files: Readonly<Record<string, FakeFile | string | null | Error>>,
): FakeHost => ({
  files: {
    '/etc/NIXOS': null,
    '/run/systemd/system': {},
    '/usr/sbin/ip': null,
    '/usr/bin/ip': null,
    '/sbin/ip': {},
    ...files,
  },
  programs: { systemctl: '/bin/systemctl', ifup: null },
  commands: { [isActive]: { code: 3, stdout: answer } },
})
const networkd = 'active\ninactive\ninactive\n'
const manager = 'inactive\nactive\ninactive\n'
const none = 'inactive\ninactive\ninactive\n'
const filesOf = (lasting: ReturnType<typeof wanted>) =>
  Object.fromEntries(lasting.files.map(({ path, content }) => [path, content]))

describe('network-persistence', () => {
  it('asks nothing of the host where nothing is to survive', async () => {
    expect(await conclude(networkPersistence, {}, configWith())).toEqual({
      status: 'ok',
      found: 'not configured: a reboot removes it (persist_network: false)',
    })
  })

  it('is ok when every file says what it should', async () => {
    const verdict = await conclude(networkPersistence, host(networkd, filesOf(wanted('networkd'))), config)
    expect(verdict).toEqual({ status: 'ok', found: 'vm-tap0, by systemd-networkd' })
  })

  it('names what would be gone', async () => {
    const files = Object.fromEntries(wanted('networkd').files.map(({ path }) => [path, null]))
    expect(await conclude(networkPersistence, host(networkd, files), config)).toMatchObject({
      status: 'fail',
      code: 'network-persistence/missing',
      values: { parts: ['vm-tap0', 'its address'] },
      fix: { id: 'persist-network' },
    })
  })

  it('sees that a file says something else, such as an earlier address', async () => {
    const old = filesOf(wanted('networkd', { ...config, gateway_address: '10.9.9.1/24' }))
    expect(await conclude(networkPersistence, host(networkd, old), config)).toMatchObject({
      status: 'fail',
      code: 'network-persistence/missing',
      values: { parts: ['its address'] },
    })
  })

  it.each([
    ['as it should be', 0, 'ok'],
    ['another size', 1, 'fail'],
  ])('tells a file that only root may read by its size: %s', async (_, more, status) => {
    const [file] = wanted('networkmanager').files
    if (!file) throw new Error('no file')
    const table = host(manager, { [file.path]: notPermitted(file.path) })
    const real = fakeHost(table)
    const size = Buffer.byteLength(file.content) + more
    const seeing = {
      ...real,
      stat: async (path: string) =>
        path === file.path
          ? { type: 'file' as const, size, mode: 0o600, uid: 0, gid: 0, inode: 1, mtime: 0, device: '08:01' }
          : real.stat(path),
    }
    const facts = await networkPersistence.probe(seeing, config)
    expect(networkPersistence.judge(facts, config).status).toBe(status)
  })

  it('wants the unit enabled, where one makes it', async () => {
    const lasting = wanted('unit')
    const link = '/etc/systemd/system/multi-user.target.wants/chv-doctor-vm-tap0.service'
    const table = (linked: boolean) =>
      host(none, { ...filesOf(lasting), [link]: linked ? { link: 'x' } : null })
    expect(await conclude(networkPersistence, table(true), config)).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('by a systemd unit'),
    })
    expect(await conclude(networkPersistence, table(false), config)).toMatchObject({
      status: 'fail',
      code: 'network-persistence/not-enabled',
    })
    const survey = await persistNetwork.survey?.(fakeHost(table(false)), {}, config)
    if (!survey) throw new Error('persist-network has a survey')
    expect(persistNetwork.plan({}, config, survey)).toMatchObject([
      { kind: 'run', argv: ['systemctl', 'enable', 'chv-doctor-vm-tap0.service'], undoWhile: link },
    ])
  })

  it('leaves NixOS to its configuration, which makes /etc', async () => {
    expect(await conclude(networkPersistence, { files: { '/etc/NIXOS': '' } }, config)).toMatchObject({
      status: 'warn',
      code: 'network-persistence/not-supported',
      found: expect.stringContaining('configuration.nix'),
    })
  })

  it('warns where it can do nothing', async () => {
    const bare: FakeHost = {
      files: { '/etc/NIXOS': null, '/run/systemd/system': null, '/usr/sbin/ip': {} },
      programs: { ifup: null },
    }
    expect(await conclude(networkPersistence, bare, config)).toMatchObject({
      status: 'warn',
      code: 'network-persistence/not-supported',
      found: 'neither systemd-networkd, NetworkManager nor ifupdown runs the network here',
      hint: expect.any(String),
    })
  })
})
