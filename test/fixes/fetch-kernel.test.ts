import { describe, expect, it } from 'vitest'
import { fetchKernel } from '../../fixes/fetch-kernel.ts'
import { kernelArtifacts, kernelFor } from '../../src/catalogue/kernels.ts'
import type { Config } from '../../src/config/keys.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const planOf = async (changes: Partial<Config> = {}, arch = 'x86_64') => {
  const config = configWith({ boot: 'kernel', ...changes }, arch)
  const survey = await fetchKernel.survey?.(fakeHost({ arch }), {}, config)
  if (!survey) throw new Error('no survey')
  return fetchKernel.plan({}, config, survey)
}

const url = 'https://mirror.example/vmlinux'
const sha256 = 'a'.repeat(64)

describe('fetch-kernel', () => {
  it.each([
    ['x86_64', 'vmlinux-x86_64', 'vmlinux'],
    ['aarch64', 'Image-arm64', 'Image'],
  ])('takes the catalogue for %s, with its digest', async (arch, asset, name) => {
    const [step, ...more] = await planOf({}, arch)
    expect(more).toEqual([])
    expect(step).toMatchObject({
      kind: 'download',
      url: expect.stringMatching(`/ch-release-v6\\.16\\.9-20260508/${asset}$`),
      path: `/home/sky/.local/share/chv-doctor/${name}`,
      proof: { by: 'digest', digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      mode: 0o644,
    })
  })

  it('takes an address of the user, with his digest and never with ours', async () => {
    expect(await planOf({ kernel_url: url, kernel_sha256: sha256, kernel: '/srv/vmlinux' })).toMatchObject([
      { kind: 'download', url, proof: { by: 'digest', digest: sha256 }, bytes: null, path: '/srv/vmlinux' },
    ])
  })

  it.each<[string, Partial<Config>, string, RegExp]>([
    ['without a digest', { kernel_url: url }, 'x86_64', /^Nothing can verify .*: set kernel_sha256 /],
    ['offline', { offline: true }, 'x86_64', /^Offline: fetch .* set kernel_url to file:/],
    ['for another architecture', {}, 'riscv64', /set kernel_url and kernel_sha256\.$/],
  ])('leaves it to the user %s', async (_name, config, arch, text) => {
    expect(await planOf(config, arch)).toEqual([{ kind: 'manual', text: expect.stringMatching(text) }])
  })

  it.each<[string, Partial<Config>, string | null]>([
    ['unverified where the user allows it', { kernel_url: url, allow_unverified: true }, null],
    [
      'from a file also offline',
      { kernel_url: 'file:///mnt/vmlinux', kernel_sha256: sha256, offline: true },
      sha256,
    ],
  ])('downloads %s', async (_name, config, digest) => {
    const proof = digest === null ? { by: 'nothing' } : { by: 'digest', digest }
    expect(await planOf(config)).toMatchObject([{ kind: 'download', proof }])
  })
})

describe('the catalogue of kernels', () => {
  it('says who names each digest, and has none without', () => {
    for (const { url, proof, provenance } of kernelArtifacts) {
      expect(proof.by === 'nothing', url).toBe(provenance === 'nothing verifies it')
      if (proof.by === 'digest') expect(proof.digest).toMatch(/^[0-9a-f]{64}$/)
      expect(url).toMatch(/^https:\/\/github\.com\/cloud-hypervisor\/linux\/releases\/download\/ch-release-/)
    }
    const digests = kernelArtifacts.flatMap(({ proof }) => (proof.by === 'digest' ? [proof.digest] : []))
    expect(new Set(digests).size).toBe(digests.length)
  })

  it('offers one that can be verified for both architectures, and of x86 the one that every release takes', () => {
    expect(kernelFor('x86_64')).toMatchObject({ form: 'vmlinux', arch: 'x86_64' })
    expect(kernelFor('aarch64')).toMatchObject({ form: 'Image', arch: 'aarch64' })
    for (const arch of ['x86_64', 'aarch64']) expect(kernelFor(arch)?.proof.by).toBe('digest')
    expect(kernelFor('riscv64')).toBeUndefined()
  })
})
