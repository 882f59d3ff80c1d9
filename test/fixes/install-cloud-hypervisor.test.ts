import { expect, it } from 'vitest'
import { installCloudHypervisor } from '../../fixes/install-cloud-hypervisor.ts'
import { hypervisors } from '../../src/catalogue/hypervisors.ts'
import type { Config } from '../../src/config/keys.ts'
import { findHypervisor } from '../../src/hypervisor/find.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const planOf = (changes: Partial<Config> = {}, arch = 'x86_64') =>
  installCloudHypervisor.plan({}, configWith(changes, arch), { arch })

it.each(['x86_64', 'aarch64'] as const)(
  'install-cloud-hypervisor fetches the static binary for %s, executable',
  (arch) => {
    const [{ url, proof }] = hypervisors[arch]
    expect(planOf({}, arch)).toMatchObject([{ kind: 'download', url, proof, mode: 0o755 }])
    expect(proof).toMatchObject({ by: 'digest', digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
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
