import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cloudInit } from '../../checks/cloud-init.ts'
import { judgeFacts } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, notPermitted } from '../helpers/fake-host.ts'
import { fatImage } from '../helpers/images.ts'
import {
  damagedIso,
  filesFor,
  fix,
  isoOf,
  network,
  one,
  ours,
  probe,
  seed,
  static1,
  verdict,
} from '../helpers/seed-cases.ts'

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
    [
      'user-data in parts',
      () => seed({ 'user-data': 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n' }),
    ],
    ['user-data behind an empty line', () => seed({ 'user-data': '\n#Cloud-Config\n' })],
    ['empty user-data', () => seed({ 'user-data': '' })],
    ['meta-data without an instance-id', () => seed({ 'meta-data': 'local-hostname: x\n' })],
    ['empty meta-data', () => seed({ 'meta-data': '' })],
    ['users as a map', () => seed({ 'user-data': '#cloud-config\nusers:\n  x: { shell: /bin/sh }\n' })],
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
  const cases: readonly [string, () => FakeFile, file: string, fault: string][] = [
    ['no user-data', () => seed({ 'user-data': null }), 'user-data', 'is missing'],
    ['no meta-data', () => seed({ 'meta-data': null }), 'meta-data', 'is missing'],
    ['no network-config', () => seed({ 'network-config': null }), 'network-config', 'is missing'],
    [
      'user-data without its first line',
      () => seed({ 'user-data': 'users: []\n' }),
      'user-data',
      'does not start with #cloud-config',
    ],
    [
      'a byte order mark, as Windows editors write it',
      () => seed({ 'user-data': '\ufeff#cloud-config\n' }),
      'user-data',
      'starts with a byte order mark, which hides its first line',
    ],
    [
      'a tab in user-data',
      () => seed({ 'user-data': '#cloud-config\nusers:\n\t- name: x\n' }),
      'user-data',
      'is not valid YAML: a tab cannot indent (line 3)',
    ],
    [
      'a quote without an end',
      () => seed({ 'user-data': '#cloud-config\na: 1\nb: "x\n' }),
      'user-data',
      'is not valid YAML',
    ],
    ['broken meta-data', () => seed({ 'meta-data': 'instance-id: [x\n' }), 'meta-data', 'is not valid YAML'],
    [
      'broken network-config',
      () => seed({ 'network-config': 'version: 2\n ethernets:\n' }),
      'network-config',
      'is not valid YAML',
    ],
    [
      'meta-data that is a list',
      () => seed({ 'meta-data': '- instance-id: x\n' }),
      'meta-data',
      'is no map of settings',
    ],
    [
      'a user without a dash',
      () => seed({ 'user-data': '#cloud-config\nusers:\n  name: cloud\n' }),
      'user-data',
      'has users without dashes; each starts with "- name:"',
    ],
    [
      'a user without a name',
      () => seed({ 'user-data': '#cloud-config\nusers:\n- shell: /bin/sh\n' }),
      'user-data',
      'has a user without a name',
    ],
    [
      'a name that is no text',
      () => seed({ 'user-data': '#cloud-config\nusers:\n- name: 1000\n' }),
      'user-data',
      'has a user whose name is no text, for want of quotes',
    ],
    [
      'a password that is a number',
      () => seed({ 'user-data': '#cloud-config\nusers:\n- name: x\n  plain_text_passwd: 0123\n' }),
      'user-data',
      'has a plain_text_passwd for x that is no text, for want of quotes',
    ],
    [
      'a command that is no list',
      () => seed({ 'user-data': '#cloud-config\nruncmd: reboot\n' }),
      'user-data',
      'has a runcmd that is no list',
    ],
    [
      'user-data that is a list',
      () => seed({ 'user-data': '#cloud-config\n- users\n' }),
      'user-data',
      'is no map of settings',
    ],
    [
      'an alias bomb',
      () => seed({ 'meta-data': bomb }),
      'meta-data',
      'is not valid YAML: its aliases grow beyond measure',
    ],
  ]
  const bomb = `a: &a [${'x, '.repeat(100)}]\nb: &b [${'*a, '.repeat(100)}]\nc: [${'*b, '.repeat(100)}]\n`
  it.each(cases)('%s', async (_name, image, file, fault) => {
    const result = await verdict(image())
    expect(result).toMatchObject({
      status: 'fail',
      code: 'cloud-init/invalid-file',
      path: configWith().seed,
      fix,
    })
    expect(result.values).toEqual({ file, fault: expect.stringContaining(fault) })
  })

  it.each([
    ['another label', 'CONFIG-2', 'CONFIG-2'],
    ['no label', null, ''],
    ['a label in another spelling', 'Cidata', 'Cidata'],
  ])('%s', async (_name, given, label) => {
    expect(await verdict(seed({}, given))).toMatchObject({
      status: 'fail',
      code: 'cloud-init/wrong-label',
      values: { label },
      fix,
    })
  })
})

describe('a label in the boot sector alone', () => {
  const withBootLabel = (label: string): FakeFile => {
    const bytes = fatImage(ours, { label: null })
    bytes.set(new TextEncoder().encode(label.padEnd(11)), 43)
    return { bytes }
  }

  it('is enough for cloud-init from 20.3 on', async () => {
    expect(await verdict(withBootLabel('CIDATA'))).toMatchObject({
      status: 'warn',
      code: 'cloud-init/label-in-boot-sector',
      values: { label: 'CIDATA' },
      fix,
    })
  })

  it('is told after what is wrong inside', async () => {
    const { bytes } = withBootLabel('cidata')
    const without = seed({ 'user-data': null }, null).bytes as Uint8Array
    without.set((bytes as Uint8Array).subarray(43, 54), 43)
    expect(await verdict({ bytes: without })).toMatchObject({ code: 'cloud-init/invalid-file' })
  })

  it('helps only where it is the one that cloud-init looks for', async () => {
    expect(await verdict(withBootLabel('SEED'))).toMatchObject({
      status: 'fail',
      code: 'cloud-init/wrong-label',
    })
  })
})

describe('cloud-init looks at the file itself', () => {
  it.each([
    ['empty', () => ({ text: '' }), 'empty'],
    ['a web page', () => ({ text: '<html>' }), 'web page'],
    ['user-data under the name of the image', () => ({ text: ours['user-data'] }), 'text'],
    ['zeros', () => ({ bytes: new Uint8Array(65_536) }), 'data'],
    ['a FAT image that is damaged', () => ({ bytes: fatImage({}).fill(0, 11, 32) }), 'FAT'],
    ['an ISO image of something else', () => ({ bytes: damagedIso }), 'ISO 9660'],
    ['a whole disk', () => ({ bytes: new Uint8Array(65_536), info: { size: 2 ** 31 } }), 'data'],
  ])('%s', async (_name, file, kind) => {
    expect(await verdict(file())).toMatchObject({
      status: 'fail',
      code: 'cloud-init/not-a-seed',
      values: { kind },
      path: configWith().seed,
      fix,
    })
  })

  it('missing', async () => {
    const expected = 'a FAT image labelled CIDATA with the three files'
    expect(await verdict(null)).toMatchObject({ status: 'fail', code: 'cloud-init/missing', expected, fix })
  })

  it.each([
    ['a directory', { info: { type: 'directory' } }, 'cloud-init/not-a-file'],
    ['not readable', { access: [] }, 'cloud-init/no-read-access'],
  ] as const)('%s: only the user can help', async (_name, file, code) => {
    const result = await verdict(file)
    expect(result).toMatchObject({ status: 'fail', code, hint: expect.stringMatching(/./) })
    expect(result).not.toHaveProperty('fix')
  })

  it('what cloud-init takes and the doctor does not read is not judged', async () => {
    for (const [file, kind] of [
      [{ bytes: isoOf(ours), info: { size: 2 ** 30 } }, 'ISO 9660'],
      [{ ...seed(), info: { size: 2 ** 30 } }, 'FAT'],
    ] as const) {
      const result = await verdict(file)
      expect(result).toMatchObject({
        status: 'warn',
        code: 'cloud-init/not-inspected',
        values: { kind, size: 2 ** 30 },
      })
      expect(result).not.toHaveProperty('fix')
    }
  })

  it('a place that a reboot clears is worth a warning', async () => {
    const result = await verdict(seed(), { seed: '/tmp/cloud-init.img' })
    expect(result).toMatchObject({
      status: 'warn',
      code: 'cloud-init/volatile-location',
      path: '/tmp/cloud-init.img',
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
    const told = JSON.stringify([facts, judgeFacts(cloudInit, facts, config)])
    expect(told).not.toContain(secret)
    expect(told).not.toContain('AAAAC3secretkey')
  })
})
