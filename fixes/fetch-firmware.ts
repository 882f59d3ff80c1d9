import { type Arch, firmwares } from '../src/catalogue.ts'
import { defineFix } from '../src/contract.ts'
import { fetchStep } from './shared/fetch.ts'

interface Survey {
  readonly arch: string
}

export const fetchFirmware = defineFix<'fetch-firmware', Record<string, never>, Survey>({
  id: 'fetch-firmware',
  title: 'Fetch the firmware CLOUDHV.fd',
  survey: async (host) => ({ arch: host.arch }),
  plan: (_args, config, { arch }) => [
    fetchStep(config, {
      what: 'the firmware',
      key: 'firmware',
      catalogue: firmwares[arch as Arch],
      path: () => config.firmware,
      mode: 0o644,
    }),
  ],
})
