import { chosenFor } from '../src/catalogue/choice.ts'
import { defineFix } from '../src/contract/fix.ts'
import { ownBinary } from '../src/hypervisor/find.ts'
import { fetchStep } from './shared/fetch.ts'

interface Survey {
  readonly arch: string
}

export const installCloudHypervisor = defineFix<'install-cloud-hypervisor', Record<string, never>, Survey>({
  id: 'install-cloud-hypervisor',
  title: 'Fetch the release binary of Cloud Hypervisor',
  survey: async (host) => ({ arch: host.arch }),
  plan: (_args, config, { arch }) => {
    const newest = chosenFor(config, arch).hypervisor
    return [
      fetchStep(config, {
        what: 'Cloud Hypervisor',
        known: newest && `Cloud Hypervisor ${newest.version}`,
        key: 'hypervisor',
        catalogue: newest,
        path: () => ownBinary(config),
        mode: 0o755,
      }),
    ]
  },
})
