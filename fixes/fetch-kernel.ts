import { chosenFor } from '../src/catalogue/choice.ts'
import { defineFix } from '../src/contract/fix.ts'
import { fetchStep } from './shared/fetch.ts'

interface Survey {
  readonly arch: string
}

export const fetchKernel = defineFix<'fetch-kernel', Record<string, never>, Survey>({
  id: 'fetch-kernel',
  title: 'Fetch a guest kernel',
  survey: async (host) => ({ arch: host.arch }),
  plan: (_args, config, { arch }, catalogue) => {
    const { kernel } = chosenFor(config, arch, catalogue)
    return [
      fetchStep(config, {
        what: 'the guest kernel',
        known: kernel && `the guest kernel ${kernel.version}`,
        key: 'kernel',
        catalogue: kernel,
        path: () => config.kernel,
        mode: 0o644,
      }),
    ]
  },
})
