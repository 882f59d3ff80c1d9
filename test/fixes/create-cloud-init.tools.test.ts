import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { cloudInit } from '../../checks/cloud-init.ts'
import { createCloudInit } from '../../fixes/create-cloud-init.ts'
import type { Config } from '../../src/config/keys.ts'
import { parseFat } from '../../src/formats/fat.ts'
import { createHost, type Host } from '../../src/host/host.ts'
import { carryOut } from '../helpers/carry-out.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost, notPermitted, sky } from '../helpers/fake-host.ts'
import { run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'

const surveyOf = async (host: Host, config: Config) => {
  const survey = await createCloudInit.survey?.(host, {}, config)
  if (!survey) throw new Error('no survey')
  return survey
}

const hostOf = (home: string) =>
  createHost({ ...sky, home }, process.env, 10_000, new AbortController().signal)

describe('create-cloud-init looks for a public key', () => {
  const ssh = (names: Readonly<Record<string, string | null>>) => ({
    '/home/sky/.ssh/id_ed25519.pub': null,
    '/home/sky/.ssh/id_ecdsa.pub': null,
    '/home/sky/.ssh/id_rsa.pub': null,
    ...names,
  })
  const keyIn = async (files: FakeHost['files'], changes: Partial<Config> = {}) => {
    const host = fakeHost({ files: files ?? {}, hashes: true })
    const survey = await surveyOf(host, configWith(changes))
    return /ssh_authorized_keys:\n +- (.*)\n/.exec(survey.files[0]?.content ?? '')?.[1] ?? null
  }

  it.each([
    ['none', ssh({}), null],
    ['the only one', ssh({ '/home/sky/.ssh/id_rsa.pub': 'ssh-rsa AAA sky\n' }), 'ssh-rsa AAA sky'],
    [
      'the best one',
      ssh({
        '/home/sky/.ssh/id_rsa.pub': 'ssh-rsa AAA sky\n',
        '/home/sky/.ssh/id_ed25519.pub': 'ssh-ed25519 BBB sky\n',
      }),
      'ssh-ed25519 BBB sky',
    ],
  ])('%s', async (_name, files, key) => {
    expect(await keyIn(files)).toBe(key)
  })

  it('and at no other than a configured one', async () => {
    expect(
      await keyIn({ '/srv/key.pub': 'ssh-ed25519 CCC ci' }, { ssh_public_key_file: '/srv/key.pub' }),
    ).toBe('ssh-ed25519 CCC ci')
  })
})

describe('create-cloud-init, carried out', () => {
  const make = async (directory: string, changes: Partial<Config> = {}) => {
    const config = configWith({ data_dir: directory, seed: `${directory}/cloud-init.img`, ...changes })
    await carryOut(createCloudInit.plan({}, config, await surveyOf(hostOf(directory), config)), directory)
    return config
  }

  it('makes an image that the check, mtools and cloud-init can read', async () => {
    const directory = `${scratch()}/a directory with spaces`
    mkdirSync(`${directory}/.ssh`, { recursive: true })
    writeFileSync(`${directory}/.ssh/id_ed25519.pub`, 'ssh-ed25519 AAAA sky\n')
    const config = await make(directory, { guest_mac: '52:54:00:12:34:56' })

    // Judged as if it lay in a lasting place, which a directory of a test is not.
    const lasting = configWith({ guest_mac: config.guest_mac })
    const verdict = cloudInit.judge(await cloudInit.probe(hostOf(directory), config), lasting)
    expect(verdict).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^CIDATA, gives 52:54:00:12:34:56 /),
    })

    for (const name of ['user-data', 'meta-data', 'network-config']) {
      const written = readFileSync(`${directory}/seed/${name}`, 'utf8')
      expect(run('mtype', ['-i', config.seed, `::${name}`]), name).toBe(written)
    }
    expect(readFileSync(`${directory}/seed/user-data`, 'utf8')).toContain('ssh-ed25519 AAAA sky')
    expect(readdirSync(directory).sort()).toEqual(['.ssh', 'cloud-init.img', 'seed'])
  })

  it('shows the password to nobody else, and holds only its hash', async () => {
    const directory = scratch()
    const { seed } = await make(directory, { guest_password: "it's $6$ geheim: ä" })
    for (const path of [seed, `${directory}/seed/user-data`])
      expect(statSync(path).mode & 0o077, path).toBe(0)
    const text = readFileSync(`${directory}/seed/user-data`, 'utf8')
    expect(text).not.toContain('geheim')
    expect(readFileSync(seed).includes('geheim')).toBe(false)
    // As login would compare it: by another program than the one that made it.
    const [user] = (parse(text) as { users: { hashed_passwd: string }[] }).users
    const [, method, salt] = user?.hashed_passwd.split('$') ?? []
    expect(method).toBe('6')
    const again = run('openssl', ['passwd', '-6', '-salt', salt ?? '', '-stdin'], "it's $6$ geheim: ä\n")
    expect(again.trim()).toBe(user?.hashed_passwd)
  })

  it('makes the same seed of the same settings', async () => {
    const [one, two] = [scratch(), scratch()]
    await make(one)
    await make(two)
    for (const name of ['user-data', 'meta-data', 'network-config']) {
      expect(readFileSync(`${one}/seed/${name}`, 'utf8')).toBe(readFileSync(`${two}/seed/${name}`, 'utf8'))
    }
  })

  it('says so where the password stays as it is', async () => {
    const files = Object.fromEntries(
      ['ed25519', 'ecdsa', 'rsa'].map((n) => [`/home/sky/.ssh/id_${n}.pub`, null]),
    )
    const survey = await surveyOf(fakeHost({ files, hashes: false }), configWith())
    const [first] = createCloudInit.plan({}, configWith(), survey)
    expect(first).toMatchObject({
      why: 'write user-data, with the password as it is: nothing here can hash it',
      content: expect.stringContaining('plain_text_passwd: cloud123'),
    })
  })

  it('runs again over what a killed run left, and keeps the image that was there', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/cloud-init.img`, 'made by hand')
    writeFileSync(`${directory}/.cloud-init.img.part`, 'half')
    mkdirSync(`${directory}/seed`)
    writeFileSync(`${directory}/seed/.user-data.part`, 'half')
    const { seed } = await make(directory)
    const first = readFileSync(seed)
    await make(directory, { guest_address: '192.168.249.7/24' })

    expect(readdirSync(directory).sort()).toEqual([
      'cloud-init.img',
      'cloud-init.img.old-1',
      'cloud-init.img.old-2',
      'seed',
    ])
    expect(readFileSync(`${seed}.old-1`, 'utf8')).toBe('made by hand')
    expect(readFileSync(`${seed}.old-2`).equals(first)).toBe(true)
    const network = parseFat(Uint8Array.from(readFileSync(seed)))?.read('network-config')
    expect(new TextDecoder().decode(network ?? new Uint8Array())).toContain('192.168.249.7/24')
  })
})

describe('create-cloud-init with a directory of the user', () => {
  // As upstream's test_data/cloud-init/ubuntu/local has them, in our words.
  const own: Readonly<Record<string, string>> = {
    'user-data': '#cloud-config\nusers:\n  - name: sky\n',
    'meta-data': 'instance-id: cloud\nlocal-hostname: cloud\n',
    'network-config':
      'version: 2\nethernets:\n  a:\n    match: { macaddress: "12:34:56:78:90:ab" }\n    addresses: [192.168.249.2/24]\n    gateway4: 192.168.249.1\n',
  }
  const directoryWith = (files: Readonly<Record<string, string>>) => {
    const seed_dir = `${scratch()}/my seed`
    mkdirSync(seed_dir)
    for (const [name, content] of Object.entries(files)) writeFileSync(`${seed_dir}/${name}`, content)
    return seed_dir
  }
  const pack = async (seed_dir: string, directory: string) => {
    const config = configWith({ data_dir: directory, seed: `${directory}/seed.img`, seed_dir })
    await carryOut(createCloudInit.plan({}, config, await surveyOf(hostOf(directory), config)), directory)
    return config
  }
  const judged = async (config: Config) => {
    // Judged as if it lay in a lasting place, which a directory of a test is not.
    const lasting = { ...config, seed: '/srv/seed.img' }
    return cloudInit.judge(await cloudInit.probe(hostOf(config.data_dir), config), lasting)
  }
  const noServers = { status: 'warn', code: 'no-name-server' }

  it('packs the files as they are, with vendor-data where there is some', async () => {
    const seed_dir = directoryWith({ ...own, 'vendor-data': '#cloud-config\n', 'notes.txt': 'mine' })
    const config = await pack(seed_dir, scratch())
    const names = run('mdir', ['-b', '-i', config.seed, '::']).trim().split('\n').sort()
    expect(names).toEqual(
      ['chv-doctor.json', 'meta-data', 'network-config', 'user-data', 'vendor-data'].map((n) => `::/${n}`),
    )
    for (const [name, content] of Object.entries(own)) {
      expect(run('mtype', ['-i', config.seed, `::${name}`])).toBe(content)
    }
    expect(await judged(config)).toMatchObject(noServers)
  })

  it('remembers what an instance-id stood for, through any number of images', async () => {
    const directory = scratch()
    const seed_dir = directoryWith(own)
    await pack(seed_dir, directory)
    const stale = { status: 'warn', code: 'reused-instance-id' }
    const servers = `${own['network-config']}    nameservers: { addresses: [9.9.9.9] }\n`.replace(
      'gateway4: 192.168.249.1',
      'routes: [{ to: default, via: 192.168.249.1 }]',
    )
    writeFileSync(`${seed_dir}/network-config`, servers)
    for (let again = 0; again < 2; again++)
      expect(await judged(await pack(seed_dir, directory))).toMatchObject(stale)
    writeFileSync(`${seed_dir}/meta-data`, 'instance-id: cloud-2\n')
    expect(await judged(await pack(seed_dir, directory))).toMatchObject({ status: 'ok' })
    writeFileSync(`${seed_dir}/meta-data`, own['meta-data'] ?? '')
    expect(await judged(await pack(seed_dir, directory))).toMatchObject(stale)
  })

  it.each([
    ['no user-data', { 'user-data': undefined }, /user-data is missing; mend it, or set seed_dir to null\.$/],
    ['broken YAML', { 'meta-data': 'instance-id: [x\n' }, /meta-data is not valid YAML .*mend it/],
    ['no header', { 'user-data': 'users: []\n' }, /user-data does not start with #cloud-config; mend it/],
  ])('makes nothing of a directory with %s, and says why', async (_name, changes, text) => {
    const files = Object.entries({ ...own, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    const seed_dir = directoryWith(Object.fromEntries(files))
    const config = configWith({ seed: `${scratch()}/seed.img`, seed_dir })
    const steps = createCloudInit.plan({}, config, await surveyOf(hostOf('/nowhere'), config))
    expect(steps).toEqual([{ kind: 'manual', text: expect.stringMatching(text) }])
    expect(steps[0]).toHaveProperty('text', expect.stringContaining(`seed_dir: ${seed_dir}/`))
  })

  it('does without a network-config', async () => {
    const { 'network-config': _, ...rest } = own
    const config = await pack(directoryWith(rest), scratch())
    expect(await judged(config)).toMatchObject({
      status: 'warn',
      code: 'no-network-config',
    })
    expect(await judged({ ...config, network: 'none' })).toMatchObject({ status: 'ok' })
  })

  it('says what it may not read', async () => {
    const files = {
      '/srv/x/user-data': notPermitted('/srv/x/user-data'),
      '/srv/x/meta-data': null,
      '/srv/x/network-config': null,
      '/srv/x/vendor-data': null,
    }
    const survey = await surveyOf(fakeHost({ files }), configWith({ seed_dir: '/srv/x' }))
    expect(survey.refusal).toBe('seed_dir: not permitted to look at /srv/x/user-data.')
  })
})
