import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cloudInit } from '../../checks/cloud-init.ts'
import { createCloudInit } from '../../fixes/create-cloud-init.ts'
import type { Config } from '../../src/config/keys.ts'
import { parseFat } from '../../src/formats/fat.ts'
import { createHost, type Host } from '../../src/host/host.ts'
import { carryOut } from '../helpers/carry-out.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, fakeHost, sky } from '../helpers/fake-host.ts'
import { run } from '../helpers/images.ts'
import { scratch } from '../helpers/scratch.ts'

const surveyOf = async (host: Host, config: Config) => {
  const survey = await createCloudInit.survey?.(host, {}, config)
  if (!survey) throw new Error('no survey')
  return survey
}

describe('create-cloud-init looks for a public key', () => {
  const ssh = (names: Readonly<Record<string, string | null>>) => ({
    '/home/sky/.ssh/id_ed25519.pub': null,
    '/home/sky/.ssh/id_ecdsa.pub': null,
    '/home/sky/.ssh/id_rsa.pub': null,
    ...names,
  })
  const keyIn = async (files: FakeHost['files'], changes: Partial<Config> = {}) => {
    const host = fakeHost({ files: files ?? {} })
    const { seed } = await surveyOf(host, configWith(changes))
    return /ssh_authorized_keys:\n +- (.*)\n/.exec(seed.userData)?.[1] ?? null
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
    expect(await keyIn({ '/srv/key.pub': 'ssh-ed25519 CCC ci' }, { ssh_key: '/srv/key.pub' })).toBe(
      'ssh-ed25519 CCC ci',
    )
  })
})

describe('create-cloud-init, carried out', () => {
  const hostOf = (home: string) =>
    createHost({ ...sky, home }, process.env, 10_000, new AbortController().signal)

  const make = async (folder: string, changes: Partial<Config> = {}) => {
    const config = configWith({ data_dir: folder, seed: `${folder}/cloud-init.img`, ...changes })
    await carryOut(createCloudInit.plan({}, config, await surveyOf(hostOf(folder), config)), folder)
    return config
  }

  it('makes an image that the check, mtools and cloud-init can read', async () => {
    const folder = `${scratch()}/a folder with spaces`
    mkdirSync(`${folder}/.ssh`, { recursive: true })
    writeFileSync(`${folder}/.ssh/id_ed25519.pub`, 'ssh-ed25519 AAAA sky\n')
    const config = await make(folder, { guest_mac: '52:54:00:12:34:56' })

    // Judged as if it lay in a lasting place, which a folder of a test is not.
    const lasting = configWith({ guest_mac: config.guest_mac })
    const verdict = cloudInit.judge(await cloudInit.probe(hostOf(folder), config), lasting)
    expect(verdict).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^CIDATA, gives 52:54:00:12:34:56 /),
    })

    for (const name of ['user-data', 'meta-data', 'network-config']) {
      const written = readFileSync(`${folder}/seed/${name}`, 'utf8')
      expect(run('mtype', ['-i', config.seed, `::${name}`]), name).toBe(written)
    }
    expect(readFileSync(`${folder}/seed/user-data`, 'utf8')).toContain('ssh-ed25519 AAAA sky')
    expect(readdirSync(folder).sort()).toEqual(['.ssh', 'cloud-init.img', 'seed'])
  })

  it('shows the password to nobody else', async () => {
    const folder = scratch()
    const { seed } = await make(folder)
    for (const path of [seed, `${folder}/seed/user-data`]) expect(statSync(path).mode & 0o077, path).toBe(0)
  })

  it('runs again over what a killed run left, and keeps the image that was there', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/cloud-init.img`, 'made by hand')
    writeFileSync(`${folder}/.cloud-init.img.part`, 'half')
    mkdirSync(`${folder}/seed`)
    writeFileSync(`${folder}/seed/.user-data.part`, 'half')
    const { seed } = await make(folder)
    const first = readFileSync(seed)
    await make(folder, { guest_address: '192.168.249.7/24' })

    expect(readdirSync(folder).sort()).toEqual([
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
