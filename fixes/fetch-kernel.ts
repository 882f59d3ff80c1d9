import { kernelFor } from '../src/catalogue/kernels.ts'
import { defineFix } from '../src/contract.ts'
import { fetchStep } from './shared/fetch.ts'

interface Survey {
  readonly arch: string
}

export const fetchKernel = defineFix<'fetch-kernel', Record<string, never>, Survey>({
  id: 'fetch-kernel',
  title: 'Fetch a guest kernel',
  survey: async (host) => ({ arch: host.arch }),
  plan: (_args, config, { arch }) => [
    fetchStep(config, {
      what: 'the guest kernel',
      key: 'kernel',
      catalogue: kernelFor(arch),
      path: () => config.kernel,
      mode: 0o644,
    }),
  ],
})
