import { describe, expect, it } from 'vitest'
import { fetchFirmware } from '../../fixes/fetch-firmware.ts'
import { firmwares, packagedFirmware } from '../../src/catalogue/firmwares.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Step } from '../../src/contract/step.ts'
import type { Host } from '../../src/host/host.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const surveyOf = async (config: Config, host: Host) => {
  const survey = await fetchFirmware.survey?.(host, {}, config)
  if (!survey) throw new Error('no survey')
  return survey
}

const planOf = async (changes: Partial<Config> = {}, arch = 'x86_64'): Promise<readonly Step[]> => {
  const config = configWith(changes, arch)
  const host = fakeHost({ arch, files: { [packagedFirmware.file]: null }, programs: { 'apt-cache': null } })
  return fetchFirmware.plan({}, config, await surveyOf(config, host))
}

const byDigest = (digest: string) => ({ by: 'digest', algorithm: 'sha256', digest })

const url = 'https://mirror.example/fw.fd'
const sha256 = 'a'.repeat(64)

describe('fetch-firmware', () => {
  it.each(['x86_64', 'aarch64'] as const)('takes the catalogue for %s, with its digest', async (arch) => {
    const [{ url, proof, bytes, version }] = firmwares[arch]
    const path = configWith({}, arch).firmware
    const why = `fetch the firmware CLOUDHV ${version}`
    expect(await planOf({}, arch)).toEqual([{ kind: 'download', url, path, proof, bytes, mode: 0o644, why }])
    expect(proof).toEqual(byDigest(expect.stringMatching(/^[0-9a-f]{64}$/)))
  })

  it('takes an address of the user, with his digest and never with ours', async () => {
    const steps = await planOf({ firmware_url: url, firmware_sha256: sha256, firmware: '/srv/fw' })
    expect(steps).toMatchObject([
      { kind: 'download', url, proof: byDigest(sha256), bytes: null, path: '/srv/fw' },
    ])
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
    ['unverified where the user allows it', { firmware_url: url, allow_unverified: true }, { by: 'nothing' }],
    [
      'from a file also offline',
      { firmware_url: 'file:///mnt/fw.fd', firmware_sha256: sha256, offline: true },
      byDigest(sha256),
    ],
    // To allow what cannot be verified does not switch off what can.
    [
      'verified even where it need not be',
      { firmware_url: url, firmware_sha256: sha256, allow_unverified: true },
      byDigest(sha256),
    ],
    [
      'with the digest of the catalogue, when the one given is for no address',
      { firmware_sha256: sha256 },
      firmwares.x86_64[0].proof,
    ],
  ])('downloads %s', async (_name, config, proof) => {
    expect(await planOf(config)).toMatchObject([{ kind: 'download', proof }])
  })

  it('takes mirrors, the longest beginning that fits, also offline when they are files', async () => {
    const mirrors = { 'https://': 'https://wrong.example/', 'https://github.com/': 'file:///srv/github/' }
    expect(await planOf({ mirrors, offline: true })).toMatchObject([
      {
        kind: 'download',
        url: firmwares.x86_64[0].url.replace('https://github.com/', 'file:///srv/github/'),
        proof: firmwares.x86_64[0].proof,
      },
    ])
  })
})

describe('fetch-firmware and the Debian package', () => {
  const policy = (candidate: string) => ({
    'apt-cache policy cloudhv-efi-x86-64': {
      code: 0,
      stdout: `cloudhv-efi-x86-64:\n  Installed: (none)\n  Candidate: ${candidate}\n`,
      stderr: '',
    },
  })
  const hostWith = (installed: boolean, candidate: string) =>
    fakeHost({
      files: { [packagedFirmware.file]: installed ? {} : null },
      programs: { 'apt-cache': '/usr/bin/apt-cache' },
      commands: policy(candidate),
    })
  const outcome = async (changes: Partial<Config>, host: Host) => {
    const config = configWith(changes)
    const survey = await surveyOf(config, host)
    return {
      packages: fetchFirmware.packages?.(survey),
      kinds: fetchFirmware.plan({}, config, survey).map((step) => step.kind),
    }
  }

  it.each([
    ['is copied when it is installed', {}, true, '(none)', [], ['run', 'publish']],
    ['is left alone online', {}, false, '2026.08-1', [], ['download']],
    [
      'is installed offline where apt has it',
      { offline: true },
      false,
      '2026.08-1',
      ['cloudhv-efi-x86-64'],
      ['run', 'publish'],
    ],
    ['cannot help where apt does not know it', { offline: true }, false, '(none)', [], ['manual']],
    [
      'comes after the address of the user',
      { firmware_url: url, firmware_sha256: sha256 },
      true,
      '(none)',
      [],
      ['download'],
    ],
  ] as const)('%s', async (_name, config, installed, candidate, packages, kinds) => {
    expect(await outcome(config, hostWith(installed, candidate))).toEqual({ packages, kinds })
  })
})
