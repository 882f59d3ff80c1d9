import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keys } from '../../src/config/keys.ts'
import { loadConfig, type Sources } from '../../src/config/load.ts'
import { bundled } from '../helpers/bundled.ts'
import { because, notRoot } from '../helpers/needs.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(`${tmpdir()}/chv-config-`)
  mkdirSync(`${home}/work`)
  mkdirSync(`${home}/.config/chv-doctor`, { recursive: true })
})
afterEach(() => rmSync(home, { recursive: true }))

const sources = (changes: Partial<Sources> = {}): Sources => ({
  cwd: `${home}/work`,
  home,
  uid: process.getuid?.() ?? 0,
  arch: 'x86_64',
  env: {},
  file: null,
  sets: [],
  flags: [],
  ...changes,
})
const write = (path: string, text: string) => writeFileSync(`${home}/${path}`, text)
const failure = async (changes: Partial<Sources>): Promise<string> => {
  const error = await loadConfig(sources(changes)).then(
    () => null,
    (reason: Error & { exitCode?: number }) => reason,
  )
  expect(error?.exitCode).toBe(2)
  expect(error?.message).not.toContain('\n')
  return error?.message ?? ''
}

describe('where a configuration comes from', () => {
  it('needs no file', async () => {
    const { config, file } = await loadConfig(sources())
    expect(file).toBeNull()
    expect(config.disk).toBe(`${home}/.local/share/chv-doctor/resolute.raw`)
    expect(config.firmware).toMatch(/CLOUDHV\.fd$/)
  })

  it('prefers the working directory to the user directory, the environment to the file, a flag to both', async () => {
    write('.config/chv-doctor/chv-doctor.yaml', 'tap: user0\nmemory: 2G\n')
    expect((await loadConfig(sources())).config.tap).toBe('user0')
    write('work/chv-doctor.yaml', 'tap: work0\n')
    const { config } = await loadConfig(sources())
    expect([config.tap, config.memory]).toEqual(['work0', 2 ** 30])
    const env = { CHV_DOCTOR_TAP: 'env0' }
    expect((await loadConfig(sources({ env }))).config.tap).toBe('env0')
    expect((await loadConfig(sources({ env, sets: ['tap=flag0'] }))).config.tap).toBe('flag0')
  })

  it.skipIf(notRoot)(
    `passes over a directory that may not be looked into, but not over a file that may not be read${because(notRoot)}`,
    () => {
      // Root may look into everything: this needs a user of its own.
      const script = bundled(`import { loadConfig } from './src/config/load.ts'
      const [cwd, home] = process.argv.slice(2)
      process.setgid(65534); process.setuid(65534)
      loadConfig({ cwd, home, uid: 65534, arch: 'x86_64', env: {}, file: null, sets: [], flags: [] }).then(
        ({ config }) => console.log(config.tap), (error) => console.log(error.message))`)
      const load = (cwd: string) =>
        execFileSync(process.execPath, [script, cwd, '/nonexistent'], { encoding: 'utf8' }).trim()
      chmodSync(home, 0o711)
      mkdirSync(`${home}/closed`)
      write('closed/chv-doctor.yaml', 'tap: closed0\n')
      chmodSync(`${home}/closed`, 0o700)
      expect(load(`${home}/closed`)).toBe('vm-tap0')
      write('work/chv-doctor.yaml', 'tap: secret0\n')
      chmodSync(`${home}/work/chv-doctor.yaml`, 0o600)
      expect(load(`${home}/work`)).toBe(
        `The configuration file ${home}/work/chv-doctor.yaml cannot be read (EACCES).`,
      )
    },
  )

  it('takes --config alone when it is given, and JSON as well as YAML', async () => {
    write('work/chv-doctor.yaml', 'tap: work0\n')
    write('other.json', '{ "tap": "json0", "cpus": 4 }')
    const { config, file } = await loadConfig(sources({ file: '../other.json' }))
    expect([config.tap, config.cpus, file]).toEqual(['json0', 4, `${home}/other.json`])
  })

  it('follows the data directory and the image in the paths that build on them', async () => {
    const { config } = await loadConfig(sources({ sets: ['data_dir=/srv/vm', 'image=noble'] }))
    expect([config.disk, config.seed]).toEqual(['/srv/vm/noble.raw', '/srv/vm/cloud-init.img'])
    expect((await loadConfig(sources({ env: { XDG_DATA_HOME: '/x' } }))).config.data_dir).toBe(
      '/x/chv-doctor',
    )
    expect((await loadConfig(sources({ env: { XDG_DATA_HOME: 'relative' } }))).config.data_dir).toMatch(
      /\.local\/share/,
    )
  })

  it('resolves ~ and paths relative to the file', async () => {
    write('work/chv-doctor.yaml', 'disk: ~/a.raw\nseed: ../seed.img\n')
    const { config } = await loadConfig(sources())
    expect(config.disk).toBe(`${home}/a.raw`)
    expect(config.seed).toBe(`${home}/seed.img`)
  })
})

describe('a wrong file', () => {
  it.each([
    ['tab: vm-tap0\n', 'line 1: unknown key "tab"; did you mean "tap"?'],
    ['boot: firmware\n\nnonsense: 1\n', 'line 3: unknown key "nonsense"; see'],
    ['- a\n- b\n', 'must hold keys and values'],
    ['tap: "unclosed\n', 'not valid YAML'],
    ['tap: a\ntap: b\n', 'not valid YAML'],
    ['tap:\n', 'line 1: tap has no value'],
    // Written out as a key, each level again: without a refusal all memory goes.
    [`tap: ${'{'.repeat(300)}a${'}'.repeat(300)}\n`, 'has a list or a map as a key'],
    [`${'{['.repeat(150)}a${']}'.repeat(150)}\n`, 'has a list or a map as a key'],
    ['tap: { a: 1 }\n', 'give one value'],
  ])('%j', async (text, message) => {
    write('work/chv-doctor.yaml', text)
    const said = await failure({})
    expect(said).toContain(message)
    expect(said).toContain(`${home}/work/chv-doctor.yaml`)
  })

  it('names a file that is missing or a directory', async () => {
    expect(await failure({ file: '/nope/x.yaml' })).toContain('/nope/x.yaml does not exist')
    expect(await failure({ file: home })).toContain('is a directory')
  })
})

/** For each kind of value a wrong one, and the end of the sentence about it. */
const wrong: Record<string, readonly [string, string]> = {
  enum: ['nonsense', 'give one of'],
  path: ['~other/file', "another user's home"],
  program: ['~other/bin', "another user's home"],
  url: ['ftp://x/y', 'give an https:, http: or file: URL'],
  sha256: ['abc', '64 hex digits'],
  integer: ['many', 'give a whole number'],
  size: ['lots', 'give a size such as 512M'],
  boolean: ['maybe', 'give true or false'],
  cidr: ['192.168.1.300/24', 'give an IPv4 address with a prefix length'],
  'cidr-or-dhcp': ['192.168.1.300/24', 'give an IPv4 address with a prefix length'],
  range6: ['fd00::1/72', 'give an IPv6 range with a prefix length of 48 to 64'],
  mac: ['12:34', 'six hex pairs'],
  addresses: ['9.9.9.9,dns.example', 'not an IP address'],
  interface: ['a/b', 'interface name of 1 to 15'],
  user: ['Root!', 'user name of lower-case'],
  paths: ['~other/x', "another user's home"],
  'pci-addresses': ['0000:01:00.0,01:00', 'has "01:00", which is not a PCI address'],
  mirrors: ['{"http://x/":"file:///y/"}', 'no address of the catalogue begins'],
  string: ['', ''],
  'severity-map': ['{"nat/no-masquerade":"ok"}', 'has "ok" for "nat/no-masquerade"; give warn or fail'],
}

describe('mirrors', () => {
  it.each([
    ['mirrors: 5\n', 'give a map such as'],
    ['mirrors: [a]\n', 'give a map such as'],
    [
      'mirrors: { "https://a/": "ftp://b/" }\n',
      'has "ftp://b/" for "https://a/"; give an https:, http: or file:',
    ],
    ['mirrors: { "https://a/": "file:///b" }\n', 'end both with a slash or neither'],
    ['mirrors: { "https://a/": 5 }\n', 'has 5 for "https://a/"'],
  ])('%j is wrong', async (text, message) => {
    write('work/chv-doctor.yaml', text)
    expect(await failure({})).toContain(message)
  })

  it('may stand in the environment, as JSON', async () => {
    const mirrors = { 'https://': 'file:///srv/artifacts/' }
    const { config } = await loadConfig(sources({ env: { CHV_DOCTOR_MIRRORS: JSON.stringify(mirrors) } }))
    expect(config.mirrors).toEqual(mirrors)
  })
})

describe('a wrong value is one sentence that names its source', () => {
  const table = keys.filter((key) => key.kind !== 'string' && key.kind !== 'ignore-map')
  it.each(table.map((key) => [key.name, key.kind] as const))('%s', async (name, kind) => {
    const [value, message] = wrong[kind] ?? ['', '']
    expect(message, `a wrong ${kind}`).not.toBe('')
    const flag = await failure({ sets: [`${name}=${value}`] })
    expect(flag).toContain(`--set ${name} `)
    expect(flag).toContain(message)
    const variable = `CHV_DOCTOR_${name.toUpperCase()}`
    const fromEnv = await failure({ env: { [variable]: value } })
    expect(fromEnv).toContain(`environment variable ${variable} `)
    expect(fromEnv).toContain(message)
    write('work/chv-doctor.yaml', `# first line\n${name}: ${JSON.stringify(value)}\n`)
    const fromFile = await failure({})
    expect(fromFile).toContain(`line 2: ${name} `)
    expect(fromFile).toContain(message)
  })

  it.each([
    [{ sets: ['tapp=x'] }, 'unknown key "tapp"; did you mean "tap"?'],
    [{ sets: ['tap'] }, 'has no value'],
    [{ env: { CHV_DOCTOR_TAPP: 'x' } }, 'did you mean "CHV_DOCTOR_TAP"?'],
    [{ flags: [['--timeout', 'check_timeout', 'x']] }, '--timeout is "x"; give a whole number'],
    [{ flags: [['--timeout', 'check_timeout', '0']] }, 'from 1 to 600'],
    [{ sets: ['guest_mac=01:00:00:00:00:01'] }, 'multicast'],
    [{ sets: ['guest_address=10.0.0.2/24'] }, 'not in the subnet of gateway_address'],
    [{ sets: ['guest_address=192.168.249.1/24'] }, 'are both 192.168.249.1'],
    [{ sets: ['guest_address=192.168.249.255/24'] }, 'network or broadcast'],
    [{ sets: ['num_queues=3'] }, 'an even number'],
    [{ sets: ['hugepages=true', 'memory=65M'] }, 'not a multiple of hugepage_size 2M'],
    [{ sets: ['num_queues=8'] }, 'does not fit 2 cpus'],
    [{ sets: ['disk=/a,b.raw'] }, 'comma'],
    [{ sets: ['memory=1M'] }, 'give at least 64.0 MiB'],
  ] as const)('%j', async (changes, message) => {
    expect(await failure(changes as Partial<Sources>)).toContain(message)
  })

  it.each([
    ['memory: ""', 'gives no reason for "memory"'],
    ['memory: { until: 2027-01-31 }', 'gives no reason for "memory"'],
    [
      'memory: { reason: x, until: soon }',
      'has "soon" as the end of "memory"; give a day such as 2027-01-31',
    ],
    ['memory: { reason: x, until: 2027-02-30 }', 'has "2027-02-30" as the end'],
    ['memory: { reason: x, until: 2027 }', 'has 2027 as the end'],
    ['memory: { reason: x, untill: 2027-01-31 }', 'has "untill" for "memory"; give reason and until'],
  ])('ignore: { %s }', async (text, message) => {
    write('work/chv-doctor.yaml', `ignore: { ${text} }\n`)
    expect(await failure({})).toContain(message)
  })
})

describe('ignore', () => {
  it('takes a reason, or a reason with its last day', async () => {
    write(
      'work/chv-doctor.yaml',
      'ignore:\n  kvm: known\n  tun: { reason: mended soon, until: 2027-01-31 }\n',
    )
    expect((await loadConfig(sources())).config.ignore).toEqual({
      kvm: { reason: 'known', until: null },
      tun: { reason: 'mended soon', until: '2027-01-31' },
    })
  })
})

describe('former names of keys', () => {
  it('work in every source, with one sentence that names the new one', async () => {
    write('work/chv-doctor.yaml', 'host_address: 10.1.0.1/24\nguest_address: 10.1.0.2/24\n')
    const { config, deprecations } = await loadConfig(
      sources({ env: { CHV_DOCTOR_QUEUES: '4' }, sets: ['timeout=20', 'timeout=30'] }),
    )
    expect(config).toMatchObject({ gateway_address: '10.1.0.1/24', num_queues: 4, check_timeout: 30 })
    expect(deprecations).toEqual([
      `"host_address" in ${home}/work/chv-doctor.yaml is now called "gateway_address".`,
      'CHV_DOCTOR_QUEUES is now called CHV_DOCTOR_NUM_QUEUES.',
      '--set timeout is now called --set check_timeout.',
    ])
  })

  it('are all different from every present name', () => {
    const names = keys.flatMap((key) => [key.name, key.formerly ?? []].flat())
    expect(new Set(names).size).toBe(names.length)
    expect(keys.filter((key) => key.formerly)).toHaveLength(12)
  })

  it('never stand beside the new one, and no error suggests them', async () => {
    write('work/chv-doctor.yaml', 'queues: 4\nnum_queues: 2\n')
    expect(await failure({})).toContain('are two names of one key; give')
    write('work/chv-doctor.yaml', '')
    expect(await failure({ sets: ['kernel_gitt=x'] })).toContain('did you mean "kernel_source"?')
    expect(await failure({ env: { CHV_DOCTOR_SSH_KEYY: 'x' } })).toContain(
      'did you mean "CHV_DOCTOR_SSH_PUBLIC_KEY_FILE"?',
    )
  })

  it('say nothing when the present name is used', async () => {
    const { deprecations } = await loadConfig(sources({ sets: ['num_queues=2'] }))
    expect(deprecations).toEqual([])
  })
})
