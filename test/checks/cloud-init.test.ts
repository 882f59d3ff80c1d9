import { describe, expect, it } from 'vitest'
import { cloudInit } from '../../checks/cloud-init.ts'
import type { Config } from '../../src/config/keys.ts'
import { makeSeed } from '../../src/seed.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, fakeHost, notPermitted } from '../helpers/fake-host.ts'
import { fatImage } from '../helpers/images.ts'

const fix = { id: 'create-cloud-init', args: {} }

const probe = (file: FakeFile | null | Error, config: Config) => {
  const entry = file && !(file instanceof Error) ? { access: ['read'] as const, ...file } : file
  return cloudInit.probe(fakeHost({ files: { [config.seed]: entry } }), config)
}

const verdict = async (file: FakeFile | null | Error, changes: Partial<Config> = {}) => {
  const config = configWith(changes)
  return cloudInit.judge(await probe(file, config), config)
}

type Files = Record<'user-data' | 'meta-data' | 'network-config', string>

const filesFor = (config: Config): Files => {
  const { userData, metaData, networkConfig } = makeSeed(config, 'ssh-ed25519 AAAAC3secretkey sky')
  return { 'user-data': userData, 'meta-data': metaData, 'network-config': networkConfig }
}

const ours = filesFor(configWith())

/** A real seed with some files replaced, or left out (null). */
const seed = (
  changes: Partial<Record<keyof Files, string | null>> = {},
  label: string | null = 'CIDATA',
): FakeFile => {
  const files = Object.entries({ ...ours, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  return { bytes: fatImage(Object.fromEntries(files), { label }) }
}

const network = (changes: (text: string) => string) => ({ 'network-config': changes(ours['network-config']) })

describe('cloud-init takes', () => {
  it.each([
    ['what the fix makes', () => seed()],
    ['a label in lower case', () => seed({}, 'cidata')],
    ['user-data that is a script', () => seed({ 'user-data': '#!/bin/sh\necho "unbalanced\n' })],
    ['user-data that is a template', () => seed({ 'user-data': '## template: jinja\n{% if x %}\n' })],
    ['lines that end as on Windows', () => seed({ 'user-data': '#cloud-config\r\nusers: []\r\n' })],
    [
      'the address of the gateway by 0.0.0.0/0',
      () => seed(network((text) => text.replace('to: default', 'to: 0.0.0.0/0'))),
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
    ['empty user-data', () => seed({ 'user-data': '' }), 'user-data does not start with #cloud-config'],
    [
      'a tab in user-data',
      () => seed({ 'user-data': '#cloud-config\nusers:\n\t- name: x\n' }),
      'user-data is not valid YAML (line 3)',
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
      (text) => text.replace('to: default', 'to: 10.0.0.0/8'),
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
    ['a list', () => '- eth0\n', 'fail', 'the seed gives the guest no address'],
  ]
  it.each(cases)('%s', async (_name, change, status, found) => {
    const changed = network(change)
    expect(changed['network-config']).not.toBe(ours['network-config'])
    expect(await verdict(seed(changed))).toMatchObject({ status, found, at: configWith().seed, fix })
    expect(await verdict(seed(changed), { network: 'none' })).toMatchObject({ status: 'ok' })
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

describe('cloud-init looks at the file itself', () => {
  it.each([
    ['missing', () => null, 'missing'],
    ['empty', () => ({ text: '' }), 'an empty file'],
    ['a web page', () => ({ text: '<html>' }), 'a web page'],
    ['user-data under the name of the image', () => ({ text: ours['user-data'] }), 'plain text'],
    ['zeros', () => ({ bytes: new Uint8Array(65_536) }), 'no FAT image'],
    [
      'FAT32',
      () => ({ bytes: fatImage({}, { kib: 40_960, options: ['-F', '32', '-s', '1'] }) }),
      'a FAT32 or damaged FAT image',
    ],
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
    const bytes = new Uint8Array(0x9000)
    bytes.set(Buffer.from('CD001'), 0x8001)
    for (const [file, found] of [
      [{ bytes }, 'an ISO image, not looked into'],
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
