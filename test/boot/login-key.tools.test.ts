import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findLogin } from '../../src/boot/login-key.ts'
import type { Config } from '../../src/config/keys.ts'
import { keyIn, keysFor } from '../../src/seed/keys.ts'
import { makeSeed } from '../../src/seed/make-seed.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeFile, type FakeHost, fakeHost, notPermitted } from '../helpers/fake-host.ts'
import { fatImage, run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'

const mine = 'ssh-ed25519 AAAAmine'
const other = 'ssh-rsa AAAAother'
const touch = 'sk-ssh-ed25519@openssh.com AAAAtouch'
const file = '/home/sky/.ssh/id_ed25519'
const readable: FakeFile = { text: 'private', access: ['read'] }
const names = ['ed25519', 'ecdsa', 'rsa']

interface Here {
  readonly seed?: FakeFile | null | Error
  readonly files?: FakeHost['files']
  /** What ssh-keygen says to a private key, by its path. */
  readonly open?: Readonly<Record<string, string>>
  readonly agent?: string | null
  readonly config?: Partial<Config>
  readonly programs?: FakeHost['programs']
  /** Whether ssh may ask. */
  readonly asks?: boolean
}

const find = ({
  seed,
  files,
  open = {},
  agent = null,
  config: changes = {},
  programs,
  asks = false,
}: Here) => {
  const config = configWith(changes)
  const absent = Object.fromEntries(
    names.flatMap((name) => [
      [`/home/sky/.ssh/id_${name}`, null],
      [`/home/sky/.ssh/id_${name}.pub`, null],
    ]),
  )
  const keygen = (path: string) => `/usr/bin/ssh-keygen -y -P  -f ${path}`
  const host = fakeHost({
    programs: {
      ssh: '/usr/bin/ssh',
      'ssh-keygen': '/usr/bin/ssh-keygen',
      'ssh-add': '/usr/bin/ssh-add',
      ...programs,
    },
    files: { [config.seed]: seed ?? { bytes: withKey(`${mine} sky`) }, ...absent, ...files },
    commands: {
      ...Object.fromEntries(
        [...names.map((name) => `/home/sky/.ssh/id_${name}`), '/keys/k'].map((path) => [
          keygen(path),
          open[path] ?? {
            code: 255,
            stderr: 'Load key: incorrect passphrase supplied to decrypt private key\n',
          },
        ]),
      ),
      '/usr/bin/ssh-add -L': agent ?? { code: 2, stderr: 'Error connecting to agent\n' },
    },
  })
  return findLogin(host, config, asks)
}

const seeds = new Map<string, Uint8Array>()
const withKey = (key: string | null): Uint8Array => {
  const known = seeds.get(`${key}`)
  if (known) return known
  const { userData } = makeSeed(configWith(), key)
  const image = fatImage({ 'user-data': userData, 'meta-data': 'instance-id: x\n' })
  seeds.set(`${key}`, image)
  return image
}
const both = { [file]: readable, [`${file}.pub`]: `${mine} sky@host\n` }

describe('findLogin', () => {
  it('reads an image that the check accepts, whatever its size', async () => {
    const { userData } = makeSeed(configWith(), `${mine} sky`)
    const bytes = fatImage({ 'user-data': userData, 'meta-data': 'instance-id: x\n' }, { kib: 20_480 })
    const found = await find({ seed: { bytes }, files: both, open: { [file]: mine } })
    expect(found).toMatchObject({ identity: file })
  })

  it('takes the private file beside the public key of the seed', async () => {
    const found = await find({ files: both, open: { [file]: `${mine} sky@host\n` } })
    expect(found).toEqual({ ssh: '/usr/bin/ssh', identity: file, agent: false })
  })
  it('goes by the private key itself: its public file may be gone, or another', async () => {
    const found = await find({ files: { [file]: readable }, open: { [file]: mine } })
    expect(found).toMatchObject({ identity: file })
    const wrong = await find({ files: both, open: { [file]: other } })
    expect(wrong).toHaveProperty('reason')
  })
  it('takes the agent for a key with a passphrase, and names the key to it', async () => {
    const found = await find({ files: both, agent: `${other} b\n${mine} sky\n` })
    expect(found).toEqual({ ssh: '/usr/bin/ssh', identity: `${file}.pub`, agent: true })
    expect(await find({ agent: `${mine} x\n` })).toEqual({ ssh: '/usr/bin/ssh', identity: null, agent: true })
  })
  it('takes a key with a passphrase, or that needs a touch, only where ssh may ask', async () => {
    const asked = { ssh: '/usr/bin/ssh', identity: file, agent: false }
    expect(await find({ files: both, asks: true })).toEqual(asked)
    const key = { seed: { bytes: withKey(`${touch} x`) }, files: { ...both, [`${file}.pub`]: touch } }
    expect(await find({ ...key, open: { [file]: touch }, asks: true })).toEqual(asked)
    expect(await find({ ...key, open: { [file]: touch } })).toHaveProperty('reason')
    expect(await find({ files: { [`${file}.pub`]: mine }, asks: true })).toHaveProperty('reason')
  })
  it('takes the key that ssh_public_key_file names', async () => {
    const files = { '/keys/k': readable, '/keys/k.pub': mine }
    const config = { ssh_public_key_file: '/keys/k.pub' }
    expect(await find({ config, files, open: { '/keys/k': mine } })).toMatchObject({ identity: '/keys/k' })
  })

  it.each<[name: string, here: () => Here, says: RegExp]>([
    ['no ssh', () => ({ programs: { ssh: null } }), /ssh is not installed/],
    ['no seed', () => ({ seed: { text: 'nothing' } }), /the seed \S+cloud-init\.img cannot be read/],
    ['a hidden seed', () => ({ seed: notPermitted('/seed') }), /not permitted to look at \/seed/],
    [
      'no key at all',
      () => ({ seed: { bytes: withKey(null) } }),
      /no ssh key for cloud\. `ssh-keygen -t ed25519` creates one; then create a new seed: `chv-doctor fix cloud-init`$/,
    ],
    [
      'a key that came later',
      () => ({ seed: { bytes: withKey(null) }, files: both }),
      /no ssh key for cloud\. To add yours, create a new seed/,
    ],
    [
      'a seed directory of the user',
      () => ({ seed: { bytes: withKey(null) }, config: { seed_dir: '/mine' } }),
      /then put it into user-data and create a new seed/,
    ],
    [
      'the key of another user',
      () => ({ seed: { bytes: withKey(`${other} x`) }, files: both, open: { [file]: mine } }),
      /private half is not on this host\. To add yours/,
    ],
    ['a passphrase', () => ({ files: both }), /id_ed25519 without a prompt: it has a passphrase.*ssh-add/],
    [
      'no private half',
      () => ({ files: { [`${file}.pub`]: mine } }),
      /id_ed25519 does not exist, or cannot be read/,
    ],
    [
      'a touch',
      () => ({
        seed: { bytes: withKey(`${touch} x`) },
        files: { [file]: readable, [`${file}.pub`]: touch },
        open: { [file]: touch },
        agent: touch,
      }),
      /requires a touch/,
    ],
  ])('%s', async (_, here, says) => {
    const found = await find(here())
    expect(found).toHaveProperty('reason')
    expect('reason' in found && found.reason).toMatch(says)
    expect('reason' in found && found.reason).not.toMatch(/\.$|undefined|null/)
  })

  it('agrees with the real ssh-keygen about passphrases', () => {
    const place = scratch()
    for (const [name, phrase] of [
      ['open', ''],
      ['closed', 'secret'],
    ] as const)
      run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', phrase, '-f', `${place}/${name}`])
    const said = run('ssh-keygen', ['-y', '-P', '', '-f', `${place}/open`])
    expect(keyIn(said)).toBe(keyIn(readFileSync(`${place}/open.pub`, 'utf8')))
    expect(() => run('ssh-keygen', ['-y', '-P', '', '-f', `${place}/closed`])).toThrow(/passphrase/)
  })
})

describe('keysFor', () => {
  it.each<[text: string | null, keys: readonly string[]]>([
    [
      `#cloud-config\nusers:\n- name: cloud\n  ssh_authorized_keys: ["${mine} a", "${other}"]\n`,
      [mine, other],
    ],
    [`#cloud-config\nusers:\n- default\n- name: sky\n  ssh_authorized_keys: ["${mine}"]\n`, []],
    [`#cloud-config\nssh_authorized_keys:\n- ${mine} a\n`, [mine]],
    [
      `#cloud-config\nusers:\n- name: cloud\n  ssh_authorized_keys: ['command="true" ${mine}', 7, "ssh-rsa"]\n`,
      [],
    ],
    ['#cloud-config\nusers: nonsense\n', []],
    ['#cloud-config\n\t: [\n', []],
    ['#!/bin/sh\n', []],
    [null, []],
  ])('%j', (text, keys) => expect(keysFor('cloud', text)).toEqual(keys))
})
