import { chosenFor } from '../src/catalogue/choice.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { Step } from '../src/contract/step.ts'
import { canFetchRemote, ownBinary, remoteBeside } from '../src/hypervisor/find.ts'
import { fetchStep } from './shared/fetch.ts'

interface Survey {
  readonly arch: string
  /** Whether the binary is there already, of whatever release. */
  readonly isHere: boolean
}

const kept = (step: Step, isHere: boolean): Step =>
  isHere && step.kind === 'download' ? { ...step, here: true } : step

export const installCloudHypervisor = defineFix<'install-cloud-hypervisor', Record<string, never>, Survey>({
  id: 'install-cloud-hypervisor',
  title: 'Fetch the release binary of Cloud Hypervisor',
  survey: async (host, _args, config) => ({
    arch: host.arch,
    isHere: (await host.stat(ownBinary(config))) !== null,
  }),
  plan: (_args, config, { arch, isHere }, catalogue) => {
    const { hypervisor, remote } = chosenFor(config, arch, catalogue)
    const binary = fetchStep(config, {
      what: 'Cloud Hypervisor',
      known: hypervisor && `Cloud Hypervisor ${hypervisor.version}`,
      key: 'hypervisor',
      catalogue: hypervisor,
      path: () => ownBinary(config),
      mode: 0o755,
    })
    // Without the binary it is of no use.
    if (binary.kind === 'manual' || !canFetchRemote(config)) return [kept(binary, isHere)]
    const program = fetchStep(config, {
      what: 'ch-remote',
      known: remote && `ch-remote ${remote.version}`,
      key: 'ch_remote',
      catalogue: remote,
      path: () => remoteBeside(ownBinary(config)),
      mode: 0o755,
    })
    return [kept(binary, isHere), program]
  },
})
