/** The seed against the configuration, and against a directory of the user. */
import { describe, expect, it } from 'vitest'
import { recordName, recordOf, type SeedFiles } from '../../src/seed/identity.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, type FakeHost, notPermitted } from '../helpers/fake-host.ts'
import { fatImage } from '../helpers/images.ts'
import {
  type Changes,
  type Files,
  filesFor,
  fix,
  network,
  one,
  ours,
  seed,
  static1,
  verdict,
} from '../helpers/seed-cases.ts'

describe('cloud-init compares the network with the configuration', () => {
  const cases: readonly [string, (text: string) => string, string, string][] = [
    ['another MAC', (text) => text.replace('12:34:56:78:90:ab', '52:54:00:00:00:aa'), 'fail', 'mac-mismatch'],
    [
      'another address',
      (text) => text.replace('192.168.249.2/24', '192.168.1.2/24'),
      'fail',
      'wrong-address',
    ],
    [
      'another prefix length',
      (text) => text.replace('192.168.249.2/24', '192.168.249.2/16'),
      'fail',
      'wrong-address',
    ],
    ['no address', (text) => text.replace(/ +addresses:\n +- 192.*\n/, ''), 'fail', 'no-address'],
    [
      'another gateway',
      (text) => text.replace('via: 192.168.249.1', 'via: 192.168.249.254'),
      'fail',
      'wrong-gateway',
    ],
    [
      'a route to somewhere else',
      (text) => text.replace('to: 0.0.0.0/0', 'to: 10.0.0.0/8'),
      'fail',
      'no-default-route',
    ],
    ['no name server', (text) => text.replace(/ +nameservers:\n( {6}.*\n)+/, ''), 'warn', 'no-name-server'],
    [
      'gateway4',
      (text) => text.replace(/ +routes:\n( {6}.*\n)+/, '    gateway4: 192.168.249.1\n'),
      'warn',
      'gateway4-deprecated',
    ],
    ['nothing at all', () => 'version: 2\n', 'fail', 'no-address'],
    ['DHCP', () => 'version: 2\nethernets:\n  a: { dhcp4: true }\n', 'fail', 'asks-for-dhcp'],
    ['a list', () => '- eth0\n', 'fail', 'invalid-file'],
    ['no version', (text) => text.replace('version: 2\n', ''), 'fail', 'invalid-file'],
    ['version 1 that asks for DHCP', () => one('      - type: dhcp\n'), 'fail', 'asks-for-dhcp'],
    [
      'version 1 with another netmask',
      () => one(static1.replace('255.255.255.0', '255.255.0.0')),
      'fail',
      'wrong-address',
    ],
    [
      'version 1 without a gateway',
      () => one(static1.replace(/.*gateway.*\n/, '')),
      'fail',
      'no-default-route',
    ],
    [
      'version 1 without a name server',
      () => one(static1.replace(/.*dns.*\n/, '')),
      'warn',
      'no-name-server',
    ],
    [
      'version 1 with another MAC',
      () => one(static1).replace('12:34:56:78:90:ab', '12:34:56:78:90:22'),
      'fail',
      'mac-mismatch',
    ],
  ]
  it.each(cases)('%s', async (_name, change, status, code) => {
    const other = network(change)
    expect(other['network-config']).not.toBe(ours['network-config'])
    expect(await verdict(seed(other))).toMatchObject({
      status,
      code: `cloud-init/${code}`,
      path: configWith().seed,
      fix,
    })
    expect(await verdict(seed(other), { network: 'none' })).toMatchObject({ status: 'ok' })
  })

  it('and reads a MAC as cloud-init does, which takes some without quotes for numbers', async () => {
    const config = { guest_mac: '52:54:00:12:34:56' }
    const good = filesFor(configWith(config))
    expect(await verdict(seed(good), config)).toMatchObject({ status: 'ok' })
    const unquoted = { ...good, 'network-config': good['network-config'].replaceAll('"', '') }
    expect(await verdict(seed(unquoted), config)).toMatchObject({
      status: 'fail',
      code: 'cloud-init/mac-mismatch',
      values: { macs: ['41135085296 (a number, for want of quotes)'], mac: '52:54:00:12:34:56' },
      fix,
    })
  })
})

describe('cloud-init tells whether a guest that has booted would heed the seed', () => {
  it.each([
    ['user-data that was changed by hand', { 'user-data': `${ours['user-data']}packages: [git]\n` }],
    ['network-config that was changed by hand', network((text) => `${text}# new\n`)],
  ])('%s under the id of what the fix made', async (_name, changes) => {
    const code = 'cloud-init/reused-instance-id'
    const values = { id: expect.stringMatching(/^chv-doctor-[0-9a-f]{12}$/) }
    const image = seed({ ...changes, 'meta-data': ours['meta-data'] })
    expect(await verdict(image)).toMatchObject({ status: 'warn', code, values, fix })
  })

  it('and sees settings that came after the image, whatever they are', async () => {
    const code = 'cloud-init/outdated'
    for (const changes of [
      { guest_user: 'fog' },
      { guest_password: 'another' },
      { nameservers: ['10.0.0.53'] },
      { ssh_password_auth: true },
    ]) {
      expect(await verdict(seed(), changes)).toMatchObject({ status: 'warn', code, fix })
    }
    // What does not go into a seed does not count, and neither does a key that the fix will refuse.
    expect(await verdict(seed(), { memory: 2 ** 31 })).toMatchObject({ status: 'ok' })
    const wrongKey = { ssh_public_key_file: '/srv/key' }
    expect(await verdict(seed(), wrongKey, { '/srv/key': 'no key' })).toMatchObject({ status: 'ok' })
    const hidden = { '/home/sky/.ssh/id_rsa.pub': notPermitted('/home/sky/.ssh/id_rsa.pub') }
    expect(await verdict(seed(), {}, hidden)).toMatchObject({ status: 'ok' })
  })

  it('and that cloud-init reads no network: in user-data', async () => {
    const code = 'cloud-init/ignored-user-data'
    const found = 'user-data has network:, which cloud-init reads from network-config alone'
    const image = seed({ 'user-data': '#cloud-config\nnetwork: { version: 2 }\n' })
    expect(await verdict(image)).toMatchObject({ status: 'warn', code, found, fix })
  })

  it.each([
    [
      'package: [git]',
      'ignored-user-data',
      'user-data has package, which cloud-init does not know; did you mean "packages"?',
    ],
    [
      'hostname: 12',
      'user-data-mismatch',
      'user-data has hostname that is an integer instead of text, for want of quotes',
    ],
  ])('and that cloud-init has no use for %s', async (text, code, found) => {
    const image = seed({ 'user-data': `#cloud-config\n${text}\n` })
    expect(await verdict(image)).toMatchObject({ status: 'warn', code: `cloud-init/${code}`, found, fix })
  })
})

describe('cloud-init with a directory of the user', () => {
  const own = { ...ours, 'meta-data': 'instance-id: cloud\n' }
  const inDirectory = (files: Changes): FakeHost['files'] =>
    Object.fromEntries(
      ['user-data', 'meta-data', 'network-config', 'vendor-data'].map((name) => [
        `/srv/seed/${name}`,
        files[name as keyof Files] ?? null,
      ]),
    )
  const image = (files: Changes, first: Changes = files) => {
    const given = files as SeedFiles
    const record = recordOf('/srv/seed', 'cloud', { ...(first as SeedFiles), 'vendor-data': null }, null)
    const all = Object.entries({ ...given, [recordName]: JSON.stringify(record) })
    return {
      bytes: fatImage(Object.fromEntries(all.filter(([, text]) => text !== null) as [string, string][])),
    }
  }
  const judged = (files: Changes, packed: FakeFile | null) =>
    verdict(packed, { seed_dir: '/srv/seed' }, inDirectory(files))

  it('is content with an image of the same files', async () => {
    expect(await judged(own, image(own))).toMatchObject({ status: 'ok' })
  })

  it('has the fix pack them when there is no image, or one of other files', async () => {
    expect(await judged(own, null)).toMatchObject({ status: 'fail', code: 'cloud-init/missing', fix })
    const later = { ...own, 'user-data': '#cloud-config\nusers: []\n' }
    const code = 'cloud-init/directory-differs'
    expect(await judged(later, image(own))).toMatchObject({ status: 'fail', code, fix })
  })

  it.each([
    ['another MAC', network((text) => text.replace(':ab', ':cd')), 'fail', 'mac-mismatch', 'network-config'],
    ['no network-config', { 'network-config': null }, 'warn', 'no-network-config', 'network-config'],
    [
      'gateway4',
      network((text) => text.replace(/ +routes:\n( {6}.*\n)+/, '    gateway4: 192.168.249.1\n')),
      'warn',
      'gateway4-deprecated',
      'network-config',
    ],
  ] as const)('leaves it to the user to mend them: %s', async (_name, changes, status, code, file) => {
    const files = { ...own, ...changes }
    const result = await judged(files, image(files))
    expect(result).toMatchObject({ status, code: `cloud-init/${code}` })
    expect(result).not.toHaveProperty('fix')
    expect(result).toMatchObject({
      path: `/srv/seed/${file}`,
      hint: expect.stringMatching(/^Change that file/),
    })
  })

  it('sees an instance-id that stood for other content', async () => {
    const later = { ...own, 'user-data': '#cloud-config\nusers: []\n' }
    expect(await judged(later, image(later, own))).toMatchObject({
      status: 'warn',
      code: 'cloud-init/reused-instance-id',
      values: { id: 'cloud' },
      path: '/srv/seed/meta-data',
      hint: 'Change that file; then `chv-doctor fix cloud-init`.',
    })
  })

  it('names a file that must be there', async () => {
    const result = await judged({ ...own, 'meta-data': null }, image(own))
    expect(result).toMatchObject({
      status: 'fail',
      code: 'cloud-init/directory-lacks-file',
      values: { file: 'meta-data' },
      path: '/srv/seed/meta-data',
    })
    expect(result).not.toHaveProperty('fix')
  })
})
