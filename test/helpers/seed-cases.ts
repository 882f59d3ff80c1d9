/** Real seeds, right and wrong in one thing each, and what the check concludes about them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cloudInit } from '../../checks/cloud-init.ts'
import type { Config } from '../../src/config/keys.ts'
import { makeSeed } from '../../src/seed/make-seed.ts'
import { judgeFacts } from './conclude.ts'
import { configWith } from './config.ts'
import { type FakeFile, type FakeHost, fakeHost } from './fake-host.ts'
import { fatImage, run } from './images.ts'
import { scratch } from './scratch.ts'

export const fix = { id: 'create-cloud-init', args: {} }

const sshKey = 'ssh-ed25519 AAAAC3secretkey sky'

/** @param more further files of the host, such as those in seed_dir */
export const probe = (file: FakeFile | null | Error, config: Config, more: FakeHost['files'] = {}) => {
  const entry = file && !(file instanceof Error) ? { access: ['read'] as const, ...file } : file
  const ssh = (name: string) => `/home/sky/.ssh/id_${name}.pub`
  const keys = { [ssh('ed25519')]: sshKey, [ssh('ecdsa')]: null, [ssh('rsa')]: null }
  return cloudInit.probe(
    fakeHost({ files: { [config.seed]: entry, ...keys, ...more }, hashes: false }),
    config,
  )
}

export const verdict = async (
  file: FakeFile | null | Error,
  changes: Partial<Config> = {},
  more: FakeHost['files'] = {},
) => {
  const config = configWith(changes)
  return judgeFacts(cloudInit, await probe(file, config, more), config)
}

export type Files = Record<'user-data' | 'meta-data' | 'network-config', string>

export const filesFor = (config: Config): Files => {
  const { userData, metaData, networkConfig } = makeSeed(config, sshKey)
  return { 'user-data': userData, 'meta-data': metaData, 'network-config': networkConfig }
}

export const ours = filesFor(configWith())

export type Changes = Partial<Record<keyof Files, string | null>>

/** Ours with changes by hand, and then with an id of its own as it should be. */
const changed = (changes: Changes): Changes => ({
  ...ours,
  ...(Object.keys(changes).length > 0 ? { 'meta-data': 'instance-id: mine\n' } : {}),
  ...changes,
})

/** A real seed with some files replaced, or left out (null). */
export const seed = (changes: Changes = {}, label: string | null = 'CIDATA'): FakeFile => {
  const files = Object.entries(changed(changes)).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  return { bytes: fatImage(Object.fromEntries(files), { label }) }
}

/** network-config of version 1, as older tools write it. */
export const one = (subnets: string) =>
  `version: 1\nconfig:\n  - type: physical\n    name: eth0\n    mac_address: "12:34:56:78:90:ab"\n    subnets:\n${subnets}`
export const static1 =
  '      - type: static\n        address: 192.168.249.2\n        netmask: 255.255.255.0\n        gateway: 192.168.249.1\n        dns_nameservers: [9.9.9.9]\n'

export const network = (changes: (text: string) => string) => ({
  'network-config': changes(ours['network-config']),
})

export const isoOf = (files: Readonly<Record<string, string>>): Uint8Array => {
  const directory = scratch()
  mkdirSync(`${directory}/in`)
  for (const [name, content] of Object.entries(files)) writeFileSync(`${directory}/in/${name}`, content)
  run('genisoimage', [
    '-quiet',
    '-joliet',
    '-rock',
    '-V',
    'cidata',
    '-o',
    `${directory}/iso`,
    `${directory}/in`,
  ])
  return Uint8Array.from(readFileSync(`${directory}/iso`))
}

/** The mark of a CD image, with nothing that leads to files. */
export const damagedIso = new Uint8Array(0x9000)
damagedIso.set(Buffer.from('CD001'), 0x8001)
