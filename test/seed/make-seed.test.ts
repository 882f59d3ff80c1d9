import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Config } from '../../src/config/keys.ts'
import { makeSeed } from '../../src/seed/make-seed.ts'
import { configWith } from '../helpers/config.ts'

const key = 'ssh-ed25519 AAAAC3Nza sky@example'

interface UserData {
  users: Record<string, unknown>[]
  ssh_pwauth: boolean
}

interface NetworkConfig {
  version: number
  ethernets: Record<
    string,
    { match: { macaddress: unknown }; addresses: unknown; routes: unknown; nameservers: unknown }
  >
}

/** cloud-init reads YAML 1.1 (PyYAML), everybody else 1.2. */
const dialects = ['1.1', '1.2'] as const

const userOf = (config: Config, version: '1.1' | '1.2') =>
  (parse(makeSeed(config, key).userData, { version }) as UserData).users[0]

const idOf = (changes: Partial<Config>, sshKey: string | null = null) =>
  (parse(makeSeed(configWith(changes), sshKey).metaData) as Record<string, string>)['instance-id']

describe('makeSeed', () => {
  it('starts with the line that makes it user-data, and lets only keys in through ssh', () => {
    const { userData } = makeSeed(configWith(), key)
    expect(userData.startsWith('#cloud-config\n')).toBe(true)
    expect((parse(userData) as UserData).ssh_pwauth).toBe(false)
    expect(userOf(configWith(), '1.1')).toMatchObject({
      name: 'cloud',
      plain_text_passwd: 'cloud123',
      lock_passwd: false,
      ssh_authorized_keys: [key],
    })
  })

  it('names no keys when there is none', () => {
    expect(makeSeed(configWith(), null).userData).not.toContain('ssh_authorized_keys')
  })

  it.each(dialects)('says the configuration in YAML %s', (version) => {
    const config = configWith({ guest_mac: '52:54:00:12:34:56', nameservers: ['10.0.0.53'] })
    const network = parse(makeSeed(config, null).networkConfig, { version }) as NetworkConfig
    expect(network.version).toBe(2)
    expect(Object.values(network.ethernets)).toEqual([
      {
        // Unquoted, a MAC of decimal digits is a number in base 60 to YAML 1.1.
        match: { macaddress: '52:54:00:12:34:56' },
        addresses: ['192.168.249.2/24'],
        routes: [{ to: '0.0.0.0/0', via: '192.168.249.1' }],
        nameservers: { addresses: ['10.0.0.53'] },
      },
    ])
  })

  const awkward = [
    'yes',
    'off',
    'null',
    '~',
    '12:30',
    '0123',
    '0x1f',
    '1_000',
    '1e3',
    '.inf',
    '2001-01-01',
    '<<',
    '=',
    '# no comment',
    'a: b',
    'a #b',
    '- a',
    'it\'s "so"',
    ' around ',
    '%x',
    '@x',
    '`x`',
    '{a}',
    '[a]',
    '!x',
    '&x',
    '*x',
    'back\\slash',
    'żółć',
    'x'.repeat(200),
    `${'word '.repeat(40)}end`,
  ]
  it.each(awkward)('keeps the password %j in both dialects', (password) => {
    for (const version of dialects) {
      const user = userOf(configWith({ guest_password: password }), version)
      expect(user?.plain_text_passwd, `YAML ${version}`).toBe(password)
    }
  })

  it('changes the instance-id exactly when the content changes', () => {
    // cloud-init runs its first-boot modules again only for an id that it has not seen.
    const ids = [
      idOf({}),
      idOf({}, key),
      idOf({ guest_password: 'other' }),
      idOf({ guest_address: '192.168.249.3/24' }),
      idOf({ guest_mac: '12:34:56:78:90:ac' }),
      idOf({ network: 'none' }),
    ]
    expect(new Set(ids).size).toBe(ids.length)
    expect(idOf({})).toBe(ids[0])
    // What the guest does not see must not make it a new one.
    expect(idOf({ memory: 2 ** 31, disk: '/elsewhere' })).toBe(ids[0])
  })

  it('leaves interfaces alone without a network', () => {
    const { networkConfig } = makeSeed(configWith({ network: 'none' }), null)
    expect(parse(networkConfig)).toEqual({ version: 2, ethernets: {} })
  })
})
