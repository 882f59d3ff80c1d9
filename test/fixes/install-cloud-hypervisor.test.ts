import { expect, it } from 'vitest'
import { installCloudHypervisor } from '../../fixes/install-cloud-hypervisor.ts'
import { hypervisors, remotes } from '../../src/catalogue/hypervisors.ts'
import type { Config } from '../../src/config/keys.ts'
import { findHypervisor } from '../../src/hypervisor/find.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const planOf = (changes: Partial<Config> = {}, arch = 'x86_64', isHere = false) =>
  installCloudHypervisor.plan({}, configWith(changes, arch), { arch, isHere })

it.each(['x86_64', 'aarch64'] as const)(
  'install-cloud-hypervisor fetches the static binary for %s and its ch-remote, executable',
  (arch) => {
    const [binary] = hypervisors[arch]
    const [remote] = remotes[arch]
    const steps = planOf({}, arch)
    expect(steps).toMatchObject(
      [binary, remote].map(({ url, proof }) => ({ kind: 'download', url, proof, mode: 0o755 })),
    )
    for (const { proof } of [binary, remote])
      expect(proof).toMatchObject({ by: 'digest', digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(remote.version).toBe(binary.version)
    expect(steps.map((step) => step.kind === 'download' && step.path.replace(/.*\//, ''))).toEqual([
      'cloud-hypervisor',
      'ch-remote',
    ])
  },
)

it('install-cloud-hypervisor puts it where it is looked for, also when the name is another one', async () => {
  for (const hypervisor of ['cloud-hypervisor', 'my-hypervisor']) {
    const config = configWith({ hypervisor })
    const [step] = planOf({ hypervisor })
    if (step?.kind !== 'download') throw new Error('not a download')
    const nowhere = [
      '/opt/cloud-hypervisor/bin/cloud-hypervisor',
      '/home/sky/.local/bin/cloud-hypervisor',
      '/home/sky/.cargo/bin/cloud-hypervisor',
      '/home/sky/cloud-hypervisor/target/release/cloud-hypervisor',
      '/home/sky/cloud-hypervisor/target/x86_64-unknown-linux-musl/release/cloud-hypervisor',
    ]
    const host = fakeHost({
      files: {
        ...Object.fromEntries(nowhere.map((path) => [path, null])),
        [step.path]: { access: ['execute'] },
      },
      programs: { [hypervisor]: null, [`${hypervisor}-static`]: null },
    })
    expect(await findHypervisor(host, config)).toMatchObject({ path: step.path, executable: true })
  }
})

it('install-cloud-hypervisor installs no binary that nothing verifies', () => {
  const steps = planOf({ hypervisor_url: 'https://mirror.example/ch' })
  expect(steps).toEqual([{ kind: 'manual', text: expect.stringMatching(/hypervisor_sha256/) }])
})

it('install-cloud-hypervisor keeps a binary that verifies, when only ch-remote is missing', () => {
  expect(planOf({}, 'x86_64', true)).toMatchObject([{ here: true }, { kind: 'download' }])
  expect(planOf({}, 'x86_64', true)[1]).not.toHaveProperty('here')
})

it('install-cloud-hypervisor mixes no releases: ch-remote of another source needs an address of its own', () => {
  const sha256 = 'a'.repeat(64)
  const own = { hypervisor_url: 'https://mirror.example/ch', hypervisor_sha256: sha256 }
  expect(planOf(own)).toMatchObject([{ kind: 'download', url: own.hypervisor_url }])
  const both = { ...own, ch_remote_url: 'https://mirror.example/remote' }
  expect(planOf({ ...both, ch_remote_sha256: sha256 })).toMatchObject([
    { url: own.hypervisor_url },
    { url: both.ch_remote_url, proof: { by: 'digest', digest: sha256 } },
  ])
  expect(planOf({ ...both, allow_unverified: true })[1]).toEqual({
    kind: 'manual',
    text: expect.stringMatching(/ch_remote_sha256/),
  })
})
