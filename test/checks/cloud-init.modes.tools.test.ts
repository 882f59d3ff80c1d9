/** The seed against the modes of the network: DHCP on a bridge, IPv6, several guests. */
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { cloudInit } from '../../checks/cloud-init.ts'
import type { Config } from '../../src/config/keys.ts'
import { makeSeed } from '../../src/seed/make-seed.ts'
import { seedFor } from '../../src/seed/seed-for-host.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'
import { fatImage } from '../helpers/images.ts'

/** What is thought of the seed of one configuration under another. */
const verdict = async (made: Partial<Config>, wanted: Partial<Config>) => {
  const keys = ['ed25519', 'ecdsa', 'rsa'].map((kind) => `/home/sky/.ssh/id_${kind}.pub`)
  const noKeys = Object.fromEntries(keys.map((path) => [path, null]))
  const { seed } = await seedFor(fakeHost({ files: noKeys, hashes: true }), configWith(made))
  const { userData, metaData, networkConfig } = seed
  const files = { 'user-data': userData, 'meta-data': metaData, 'network-config': networkConfig }
  const config = { ...configWith(wanted), seed: '/s.img' }
  const bytes = fatImage(files, { label: 'CIDATA' })
  const table = { files: { '/s.img': { bytes, access: ['read'] as const }, ...noKeys }, hashes: true }
  return conclude(cloudInit, table, config)
}

const bridge = { network: 'bridge' } as const
const six = { ipv6: 'masquerade' } as const

describe('the seed', () => {
  it.each<[string, Partial<Config>, string]>([
    ['on a bridge', bridge, 'CIDATA, gives 12:34:56:78:90:ab DHCP'],
    ['with IPv6', six, 'CIDATA, gives 12:34:56:78:90:ab 192.168.249.2/24 fdc4:1d0c:7a3e:1::2/64'],
    ['of guest 3', { guest: 3 }, 'CIDATA, gives 12:34:56:78:90:ad 192.168.251.2/24'],
  ])('fits %s', async (_, config, found) => {
    expect(await verdict(config, config)).toEqual({ status: 'ok', found })
  })

  it.each<[string, Partial<Config>, Partial<Config>, string]>([
    ['an address for DHCP', {}, bridge, 'no-dhcp'],
    ['DHCP for an address', bridge, {}, 'asks-for-dhcp'],
    ['IPv4 alone', {}, six, 'wrong-address'],
    ['the seed of another guest', {}, { guest: 2 }, 'mac-mismatch'],
  ])('is wrong: %s', async (_, made, wanted, code) => {
    expect(await verdict(made, wanted)).toMatchObject({
      status: 'fail',
      code: `cloud-init/${code}`,
      fix: { id: 'create-cloud-init' },
    })
  })

  it('routes both families, each through the host', () => {
    const { networkConfig, metaData } = makeSeed(configWith({ ...six, guest: 2 }), null)
    expect(parse(networkConfig)).toMatchObject({
      ethernets: {
        guest0: {
          addresses: ['192.168.250.2/24', 'fdc4:1d0c:7a3e:2::2/64'],
          routes: [
            { to: '0.0.0.0/0', via: '192.168.250.1' },
            { to: '::/0', via: 'fdc4:1d0c:7a3e:2::1' },
          ],
        },
      },
    })
    expect(parse(metaData)).toMatchObject({ 'local-hostname': 'cloud-2' })
  })
})
