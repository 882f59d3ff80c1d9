import { describe, expect, it } from 'vitest'
import { fetchFirmware } from '../../fixes/fetch-firmware.ts'
import { firmwares } from '../../src/catalogue.ts'
import type { Config } from '../../src/config/keys.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const planOf = async (changes: Partial<Config> = {}, arch = 'x86_64') => {
  const config = configWith(changes, arch)
  const survey = await fetchFirmware.survey?.(fakeHost({ arch }), {}, config)
  if (!survey) throw new Error('no survey')
  return fetchFirmware.plan({}, config, survey)
}

const url = 'https://mirror.example/fw.fd'
const sha256 = 'a'.repeat(64)

describe('fetch-firmware', () => {
  it.each(['x86_64', 'aarch64'] as const)('takes the catalogue for %s, with its digest', async (arch) => {
    const { url, sha256, bytes } = firmwares[arch]
    const path = configWith({}, arch).firmware
    expect(await planOf({}, arch)).toEqual([
      { kind: 'download', url, path, sha256, bytes, mode: 0o644, why: 'fetch the firmware' },
    ])
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('takes an address of the user, with his digest and never with ours', async () => {
    const steps = await planOf({ firmware_url: url, firmware_sha256: sha256, firmware: '/srv/fw' })
    expect(steps).toMatchObject([{ kind: 'download', url, sha256, bytes: null, path: '/srv/fw' }])
  })

  const undecided: readonly [string, Partial<Config>, string, RegExp][] = [
    [
      'without a digest',
      { firmware_url: url },
      'x86_64',
      /^Nothing can verify https:\/\/mirror\.example\/fw\.fd: set firmware_sha256 .*allow_unverified/,
    ],
    ['offline', { offline: true }, 'x86_64', /^Offline: fetch https:\/\/.* set firmware_url to file:/],
    [
      'offline, with another address',
      { offline: true, firmware_url: url, firmware_sha256: sha256 },
      'x86_64',
      /^Offline: fetch https:\/\/mirror/,
    ],
    [
      'for an architecture that is not in the catalogue',
      {},
      'riscv64',
      /^The catalogue does not have the firmware for this architecture: set firmware_url and firmware_sha256\.$/,
    ],
  ]
  it.each(undecided)('leaves it to the user %s', async (_name, config, arch, text) => {
    expect(await planOf(config, arch)).toEqual([{ kind: 'manual', text: expect.stringMatching(text) }])
  })

  it.each([
    ['unverified where the user allows it', { firmware_url: url, allow_unverified: true }, null],
    [
      'from a file also offline',
      { firmware_url: 'file:///mnt/fw.fd', firmware_sha256: sha256, offline: true },
      sha256,
    ],
    // To allow what cannot be verified does not switch off what can.
    [
      'verified even where it need not be',
      { firmware_url: url, firmware_sha256: sha256, allow_unverified: true },
      sha256,
    ],
    [
      'with the digest of the catalogue, when the one given is for no address',
      { firmware_sha256: sha256 },
      firmwares.x86_64.sha256,
    ],
  ])('downloads %s', async (_name, config, digest) => {
    expect(await planOf(config)).toMatchObject([{ kind: 'download', sha256: digest }])
  })
})
