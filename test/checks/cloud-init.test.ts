import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cloudInit } from '../../checks/cloud-init.ts'
import type { Config } from '../../src/config/keys.ts'
import { makeSeed } from '../../src/seed.ts'
import { recordName, recordOf, type SeedFiles } from '../../src/seed-identity.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, type FakeHost, fakeHost, notPermitted } from '../helpers/fake-host.ts'
import { fatImage, run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'

const fix = { id: 'create-cloud-init', args: {} }

const sshKey = 'ssh-ed25519 AAAAC3secretkey sky'

/** @param more further files of the host, such as those in seed_dir */
const probe = (file: FakeFile | null | Error, config: Config, more: FakeHost['files'] = {}) => {
  const entry = file && !(file instanceof Error) ? { access: ['read'] as const, ...file } : file
  const ssh = (name: string) => `/home/sky/.ssh/id_${name}.pub`
  const keys = { [ssh('ed25519')]: sshKey, [ssh('ecdsa')]: null, [ssh('rsa')]: null }
  return cloudInit.probe(
    fakeHost({ files: { [config.seed]: entry, ...keys, ...more }, hashes: false }),
    config,
  )
}

const verdict = async (
  file: FakeFile | null | Error,
  changes: Partial<Config> = {},
  more: FakeHost['files'] = {},
) => {
  const config = configWith(changes)
  return cloudInit.judge(JSON.parse(JSON.stringify(await probe(file, config, more))), config)
}

type Files = Record<'user-data' | 'meta-data' | 'network-config', string>

const filesFor = (config: Config): Files => {
  const { userData, metaData, networkConfig } = makeSeed(config, sshKey)
  return { 'user-data': userData, 'meta-data': metaData, 'network-config': networkConfig }
}

const ours = filesFor(configWith())

type Changes = Partial<Record<keyof Files, string | null>>

/** Ours with changes by hand, and then with an id of its own as it should be. */
const changed = (changes: Changes): Changes => ({
  ...ours,
  ...(Object.keys(changes).length > 0 ? { 'meta-data': 'instance-id: mine\n' } : {}),
  ...changes,
})

/** A real seed with some files replaced, or left out (null). */
const seed = (changes: Changes = {}, label: string | null = 'CIDATA'): FakeFile => {
  const files = Object.entries(changed(changes)).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  return { bytes: fatImage(Object.fromEntries(files), { label }) }
}

/** network-config of version 1, as older tools write it. */
const one = (subnets: string) =>
  `version: 1\nconfig:\n  - type: physical\n    name: eth0\n    mac_address: "12:34:56:78:90:ab"\n    subnets:\n${subnets}`
const static1 =
  '      - type: static\n        address: 192.168.249.2\n        netmask: 255.255.255.0\n        gateway: 192.168.249.1\n        dns_nameservers: [9.9.9.9]\n'

const network = (changes: (text: string) => string) => ({ 'network-config': changes(ours['network-config']) })

const isoOf = (files: Readonly<Record<string, string>>): Uint8Array => {
  const folder = scratch()
  mkdirSync(`${folder}/in`)
  for (const [name, content] of Object.entries(files)) writeFileSync(`${folder}/in/${name}`, content)
  run('genisoimage', ['-quiet', '-joliet', '-rock', '-V', 'cidata', '-o', `${folder}/iso`, `${folder}/in`])
  return Uint8Array.from(readFileSync(`${folder}/iso`))
}

/** The mark of a CD image, with nothing that leads to files. */
const damagedIso = new Uint8Array(0x9000)
damagedIso.set(Buffer.from('CD001'), 0x8001)

describe('cloud-init takes', () => {
  it.each([
    ['what the fix makes', () => seed()],
    ['a label in lower case', () => seed({}, 'cidata')],
    ['user-data that is a script', () => seed({ 'user-data': '#!/bin/sh\necho "unbalanced\n' })],
    ['user-data that is a template', () => seed({ 'user-data': '## template: jinja\n{% if x %}\n' })],
    ['lines that end as on Windows', () => seed({ 'user-data': '#cloud-config\r\nusers: []\r\n' })],
    [
      'a default route by its name',
      () => seed(network((text) => text.replace('to: 0.0.0.0/0', 'to: default'))),
    ],
    [
      'a MAC in capitals',
      () => seed(network((text) => text.replace(/12:34:56:78:90:ab/, '12:34:56:78:90:AB'))),
    ],
    [
      'an interface that is not matched by MAC',
      () => seed(network((text) => text.replace(/ +match:\n.*\n/, ''))),
    ],
    ['a second interface', () => seed(network((text) => `${text}  other:\n    dhcp4: true\n`))],
    [
      'a network-config below "network:"',
      () => seed(network((text) => `network:\n${text.replace(/^/gm, '  ')}`)),
    ],
    ['a network-config of version 1', () => seed({ 'network-config': one(static1) })],
    [
      'version 1 with a route and a name server of their own',
      () =>
        seed({
          'network-config': `${one('      - type: static\n        address: 192.168.249.2/24\n')}  - type: route\n    destination: 0.0.0.0/0\n    gateway: 192.168.249.1\n  - type: nameserver\n    address: [9.9.9.9]\n`,
        }),
    ],
    ['a CD image as cloud-init documents it', () => ({ bytes: isoOf(ours) })],
    ['FAT32', () => ({ bytes: fatImage(ours, { kib: 40_960, options: ['-F', '32', '-s', '1'] }) })],
    [
      'files far behind the start of the image',
      () => ({ bytes: fatImage({ filler: 'x'.repeat(2 ** 21), ...ours }, { kib: 8192 }) }),
    ],
    ['user-data that asks for nothing', () => seed({ 'user-data': '#cloud-config\n' })],
    ['user-data in parts', () => seed({ 'user-data': 'Content-Type: multipart/mixed; boundary="x"\n' })],
    [
      'user-data that is packed',
      () => ({
        bytes: fatImage({ ...ours, 'meta-data': 'instance-id: x\n', 'user-data': gzipSync('#!/bin/sh\n') }),
      }),
    ],
    ['users by name alone', () => seed({ 'user-data': '#cloud-config\nusers: [default, { name: x }]\n' })],
  ])('%s', async (_name, file) => {
    expect(await verdict(file())).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^CIDATA, gives /),
    })
  })

  it('a broken or other network-config where the guest has no network', async () => {
    for (const text of ['a: [', ours['network-config'].replace('192.168.249.2', '10.0.0.9'), null]) {
      expect(await verdict(seed({ 'network-config': text }), { network: 'none' })).toMatchObject({
        status: 'ok',
      })
    }
  })
})

describe('cloud-init sees what is wrong inside', () => {
  const cases: readonly [string, () => FakeFile, string][] = [
    ['a label of another kind', () => seed({}, 'CONFIG-2'), 'its label is CONFIG-2'],
    ['no label', () => seed({}, null), 'its label is NO NAME'],
    ['no user-data', () => seed({ 'user-data': null }), 'user-data is missing'],
    ['no meta-data', () => seed({ 'meta-data': null }), 'meta-data is missing'],
    ['no network-config', () => seed({ 'network-config': null }), 'network-config is missing'],
    [
      'user-data without its first line',
      () => seed({ 'user-data': 'users: []\n' }),
      'user-data does not start with #cloud-config',
    ],
    [
      'user-data behind an empty line',
      () => seed({ 'user-data': '\n#cloud-config\n' }),
      'user-data does not start with #cloud-config',
    ],
    [
      'a byte order mark, as Windows editors write it',
      () => seed({ 'user-data': '\ufeff#cloud-config\n' }),
      'user-data starts with a byte order mark, which hides its first line',
    ],
    ['empty user-data', () => seed({ 'user-data': '' }), 'user-data does not start with #cloud-config'],
    [
      'a tab in user-data',
      () => seed({ 'user-data': '#cloud-config\nusers:\n\t- name: x\n' }),
      'user-data is not valid YAML: a tab cannot indent (line 3)',
    ],
    [
      'a quote without an end',
      () => seed({ 'user-data': '#cloud-config\na: 1\nb: "x\n' }),
      'user-data is not valid YAML',
    ],
    ['broken meta-data', () => seed({ 'meta-data': 'instance-id: [x\n' }), 'meta-data is not valid YAML'],
    [
      'broken network-config',
      () => seed({ 'network-config': 'version: 2\n ethernets:\n' }),
      'network-config is not valid YAML',
    ],
    [
      'meta-data without an instance-id',
      () => seed({ 'meta-data': 'local-hostname: x\n' }),
      'meta-data has no instance-id',
    ],
    [
      'meta-data that is a list',
      () => seed({ 'meta-data': '- instance-id: x\n' }),
      'meta-data has no instance-id',
    ],
    [
      'a user without a dash',
      () => seed({ 'user-data': '#cloud-config\nusers:\n  name: cloud\n' }),
      'user-data has users without dashes; each starts with "- name:"',
    ],
    [
      'a user without a name',
      () => seed({ 'user-data': '#cloud-config\nusers:\n- shell: /bin/sh\n' }),
      'user-data has a user without a name',
    ],
    [
      'a name that is no text',
      () => seed({ 'user-data': '#cloud-config\nusers:\n- name: 1000\n' }),
      'user-data has a user whose name is no text, for want of quotes',
    ],
    [
      'a password that is a number',
      () => seed({ 'user-data': '#cloud-config\nusers:\n- name: x\n  plain_text_passwd: 0123\n' }),
      'user-data has a plain_text_passwd for x that is no text, for want of quotes',
    ],
    [
      'a command that is no list',
      () => seed({ 'user-data': '#cloud-config\nruncmd: reboot\n' }),
      'user-data has a runcmd that is no list',
    ],
    [
      'user-data that is a list',
      () => seed({ 'user-data': '#cloud-config\n- users\n' }),
      'user-data is no map of settings',
    ],
    ['empty meta-data', () => seed({ 'meta-data': '' }), 'meta-data has no instance-id'],
    ['an alias bomb', () => seed({ 'meta-data': bomb }), 'meta-data is not valid YAML'],
  ]
  const bomb = `a: &a [${'x, '.repeat(100)}]\nb: &b [${'*a, '.repeat(100)}]\nc: [${'*b, '.repeat(100)}]\n`
  it.each(cases)('%s', async (_name, file, found) => {
    const result = await verdict(file())
    expect(result).toMatchObject({ status: 'fail', at: configWith().seed, fix })
    expect(result).toHaveProperty('found', expect.stringMatching(found.replaceAll(/[[\]()]/g, '\\$&')))
  })
})

describe('cloud-init compares the network with the configuration', () => {
  const cases: readonly [string, (text: string) => string, string, string][] = [
    [
      'another MAC',
      (text) => text.replace('12:34:56:78:90:ab', '52:54:00:00:00:aa'),
      'fail',
      'the seed matches MAC 52:54:00:00:00:aa',
    ],
    [
      'another address',
      (text) => text.replace('192.168.249.2/24', '192.168.1.2/24'),
      'fail',
      'the seed gives the guest 192.168.1.2/24',
    ],
    [
      'another prefix length',
      (text) => text.replace('192.168.249.2/24', '192.168.249.2/16'),
      'fail',
      'the seed gives the guest 192.168.249.2/16',
    ],
    [
      'no address',
      (text) => text.replace(/ +addresses:\n +- 192.*\n/, ''),
      'fail',
      'the seed gives the guest no address',
    ],
    [
      'another gateway',
      (text) => text.replace('via: 192.168.249.1', 'via: 192.168.249.254'),
      'fail',
      'the seed routes through 192.168.249.254',
    ],
    [
      'a route to somewhere else',
      (text) => text.replace('to: 0.0.0.0/0', 'to: 10.0.0.0/8'),
      'fail',
      'the seed has no default route',
    ],
    [
      'no name server',
      (text) => text.replace(/ +nameservers:\n( {6}.*\n)+/, ''),
      'warn',
      'the seed names no name server',
    ],
    [
      'gateway4',
      (text) => text.replace(/ +routes:\n( {6}.*\n)+/, '    gateway4: 192.168.249.1\n'),
      'warn',
      'the seed uses gateway4, which netplan deprecated',
    ],
    ['nothing at all', () => 'version: 2\n', 'fail', 'the seed gives the guest no address'],
    [
      'DHCP',
      () => 'version: 2\nethernets:\n  a: { dhcp4: true }\n',
      'fail',
      'the seed asks for an address by DHCP',
    ],
    ['a list', () => '- eth0\n', 'fail', 'network-config is no map with version and interfaces'],
    [
      'no version',
      (text) => text.replace('version: 2\n', ''),
      'fail',
      'network-config has no version: 1 or version: 2',
    ],
    [
      'version 1 that asks for DHCP',
      () => one('      - type: dhcp\n'),
      'fail',
      'the seed asks for an address by DHCP',
    ],
    [
      'version 1 with another netmask',
      () => one(static1.replace('255.255.255.0', '255.255.0.0')),
      'fail',
      'the seed gives the guest 192.168.249.2/16',
    ],
    [
      'version 1 without a gateway',
      () => one(static1.replace(/.*gateway.*\n/, '')),
      'fail',
      'the seed has no default route',
    ],
    [
      'version 1 without a name server',
      () => one(static1.replace(/.*dns.*\n/, '')),
      'warn',
      'the seed names no name server',
    ],
    [
      'version 1 with another MAC',
      () => one(static1).replace('12:34:56:78:90:ab', '12:34:56:78:90:22'),
      'fail',
      'the seed matches MAC 12:34:56:78:90:22',
    ],
  ]
  it.each(cases)('%s', async (_name, change, status, found) => {
    const other = network(change)
    expect(other['network-config']).not.toBe(ours['network-config'])
    expect(await verdict(seed(other))).toMatchObject({ status, found, at: configWith().seed, fix })
    expect(await verdict(seed(other), { network: 'none' })).toMatchObject({ status: 'ok' })
  })

  it('and reads a MAC as cloud-init does, which takes some without quotes for numbers', async () => {
    const config = { guest_mac: '52:54:00:12:34:56' }
    const good = filesFor(configWith(config))
    expect(await verdict(seed(good), config)).toMatchObject({ status: 'ok' })
    const unquoted = { ...good, 'network-config': good['network-config'].replaceAll('"', '') }
    expect(await verdict(seed(unquoted), config)).toMatchObject({
      status: 'fail',
      found: 'the seed matches MAC 41135085296 (a number, for want of quotes)',
      fix,
    })
  })
})

describe('cloud-init tells whether a guest that has booted would heed the seed', () => {
  it.each([
    ['user-data that was changed by hand', { 'user-data': `${ours['user-data']}packages: [git]\n` }],
    ['network-config that was changed by hand', network((text) => `${text}# new\n`)],
  ])('%s under the id of what the fix made', async (_name, changes) => {
    const found = expect.stringMatching(/^instance-id chv-doctor-[0-9a-f]{12} stood for other content$/)
    const image = seed({ ...changes, 'meta-data': ours['meta-data'] })
    expect(await verdict(image)).toMatchObject({ status: 'warn', found, fix })
  })

  it('and sees settings that came after the image, whatever they are', async () => {
    const found = 'made from other settings than those of now'
    for (const changes of [
      { guest_user: 'fog' },
      { guest_password: 'another' },
      { nameservers: ['10.0.0.53'] },
      { guest_ssh_password: true },
    ]) {
      expect(await verdict(seed(), changes)).toMatchObject({ status: 'warn', found, fix })
    }
    // What does not go into a seed does not count, and neither does a key that the fix will refuse.
    expect(await verdict(seed(), { memory: 2 ** 31 })).toMatchObject({ status: 'ok' })
    const wrongKey = { ssh_key: '/srv/key' }
    expect(await verdict(seed(), wrongKey, { '/srv/key': 'no key' })).toMatchObject({ status: 'ok' })
    const hidden = { '/home/sky/.ssh/id_rsa.pub': notPermitted('/home/sky/.ssh/id_rsa.pub') }
    expect(await verdict(seed(), {}, hidden)).toMatchObject({ status: 'ok' })
  })

  it('and that cloud-init reads no network: in user-data', async () => {
    const found = 'user-data has network:, which cloud-init reads from network-config alone'
    const image = seed({ 'user-data': '#cloud-config\nnetwork: { version: 2 }\n' })
    expect(await verdict(image)).toMatchObject({ status: 'warn', found, fix })
  })
})

describe('cloud-init with a folder of the user', () => {
  const own = { ...ours, 'meta-data': 'instance-id: cloud\n' }
  const inFolder = (files: Changes): FakeHost['files'] =>
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
    verdict(packed, { seed_dir: '/srv/seed' }, inFolder(files))

  it('is content with an image of the same files', async () => {
    expect(await judged(own, image(own))).toMatchObject({ status: 'ok' })
  })

  it('has the fix pack them when there is no image, or one of other files', async () => {
    expect(await judged(own, null)).toMatchObject({ status: 'fail', found: 'missing', fix })
    const later = { ...own, 'user-data': '#cloud-config\nusers: []\n' }
    const found = 'seed_dir has other files than the image'
    expect(await judged(later, image(own))).toMatchObject({ status: 'fail', found, fix })
  })

  it.each([
    [
      'another MAC',
      network((text) => text.replace(':ab', ':cd')),
      'fail',
      /^the seed matches MAC/,
      'network-config',
    ],
    [
      'no network-config',
      { 'network-config': null },
      'warn',
      /^no network-config: the guest will ask for DHCP$/,
      'network-config',
    ],
    [
      'gateway4',
      network((text) => text.replace(/ +routes:\n( {6}.*\n)+/, '    gateway4: 192.168.249.1\n')),
      'warn',
      /^the seed uses gateway4/,
      'network-config',
    ],
  ] as const)('leaves it to the user to mend them: %s', async (_name, changes, status, found, file) => {
    const files = { ...own, ...changes }
    const result = await judged(files, image(files))
    expect(result).toMatchObject({ status, found: expect.stringMatching(found) })
    expect(result).not.toHaveProperty('fix')
    expect(result).toMatchObject({
      at: `/srv/seed/${file}`,
      hint: expect.stringMatching(/^Change that file/),
    })
  })

  it('sees an instance-id that stood for other content', async () => {
    const later = { ...own, 'user-data': '#cloud-config\nusers: []\n' }
    expect(await judged(later, image(later, own))).toMatchObject({
      status: 'warn',
      found: 'instance-id cloud stood for other content',
      at: '/srv/seed/meta-data',
      hint: 'Change that file; then `chv-doctor fix cloud-init`.',
    })
  })

  it('names a file that must be there', async () => {
    const result = await judged({ ...own, 'meta-data': null }, image(own))
    expect(result).toMatchObject({
      status: 'fail',
      found: 'seed_dir has no meta-data',
      at: '/srv/seed/meta-data',
    })
    expect(result).not.toHaveProperty('fix')
  })
})

describe('cloud-init looks at the file itself', () => {
  it.each([
    ['missing', () => null, 'missing'],
    ['empty', () => ({ text: '' }), 'an empty file'],
    ['a web page', () => ({ text: '<html>' }), 'a web page'],
    ['user-data under the name of the image', () => ({ text: ours['user-data'] }), 'plain text'],
    ['zeros', () => ({ bytes: new Uint8Array(65_536) }), 'no FAT image'],
    ['a FAT image that is damaged', () => ({ bytes: fatImage({}).fill(0, 11, 32) }), 'a damaged FAT image'],
    ['an ISO image of something else', () => ({ bytes: damagedIso }), 'an ISO 9660 image'],
    ['a whole disk', () => ({ bytes: new Uint8Array(65_536), info: { size: 2 ** 31 } }), 'no FAT image'],
  ])('%s', async (_name, file, found) => {
    const expected = 'a FAT image labelled CIDATA with the three files'
    expect(await verdict(file())).toEqual({ status: 'fail', found, expected, at: configWith().seed, fix })
  })

  it.each([
    ['a directory', { info: { type: 'directory' } }, 'a directory'],
    ['not readable', { access: [] }, 'it may not be read'],
  ] as const)('%s: only the user can help', async (_name, file, found) => {
    const result = await verdict(file)
    expect(result).toMatchObject({ status: 'fail', found, hint: expect.stringMatching(/./) })
    expect(result).not.toHaveProperty('fix')
  })

  it('what cloud-init takes and the doctor does not read is not judged', async () => {
    for (const [file, found] of [
      [{ bytes: isoOf(ours), info: { size: 2 ** 30 } }, 'a large ISO image, not looked into'],
      [{ ...seed(), info: { size: 2 ** 30 } }, 'a large FAT image, not looked into'],
    ] as const) {
      const result = await verdict(file)
      expect(result).toMatchObject({ status: 'warn', found })
      expect(result).not.toHaveProperty('fix')
    }
  })

  it('a place that a reboot clears is worth a warning', async () => {
    const result = await verdict(seed(), { seed: '/tmp/cloud-init.img' })
    expect(result).toMatchObject({
      status: 'warn',
      found: 'a reboot clears its place',
      at: '/tmp/cloud-init.img',
    })
  })

  it('is not determined where it may not look', async () => {
    await expect(verdict(notPermitted('/x'))).rejects.toThrow('not permitted to look')
  })
})

describe('secrets', () => {
  const secret = 'hunter2-Zq'
  const config = configWith({ guest_password: secret })
  const files = filesFor(config)

  it.each([
    ['a valid seed', files],
    ['broken user-data', { ...files, 'user-data': `#cloud-config\npassword: "${secret}\n  - [` }],
    ['a password on a line of its own', { ...files, 'user-data': `#cloud-config\n${secret}: [${secret}` }],
    [
      'secrets in the other files',
      {
        'user-data': files['user-data'],
        'meta-data': `instance-id: x\npublic-keys: [${secret}]\n`,
        'network-config': `${files['network-config']}  wifi:\n    password: ${secret}\n`,
      },
    ],
  ])('are not in the facts and not in the verdict: %s', async (_name, content) => {
    const facts = await probe(seed(content), config)
    const told = JSON.stringify([facts, cloudInit.judge(facts, config)])
    expect(told).not.toContain(secret)
    expect(told).not.toContain('AAAAC3secretkey')
  })
})
