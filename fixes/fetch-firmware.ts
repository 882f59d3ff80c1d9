import { chosenFor } from '../src/catalogue/choice.ts'
import { packagedFirmware } from '../src/catalogue/firmwares.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { Step } from '../src/contract/step.ts'
import { aptOffers } from '../src/host/packages.ts'
import { tempPath } from '../src/util/temp-path.ts'
import { fetchStep } from './shared/fetch.ts'

interface Survey {
  readonly arch: string
  /** Whether the CLOUDHV.fd of the distribution is installed, or apt can install it. */
  readonly packaged: 'installed' | 'offered' | null
}

/** Copies the file, so that an upgrade of the package does not change a guest's firmware. */
const copy = (to: string): readonly Step[] => {
  const temporary = tempPath(to, 'copying')
  return [
    {
      kind: 'run',
      argv: ['install', '-m', '0644', '--', packagedFirmware.file, temporary],
      root: false,
      why: `copy the firmware of the package ${packagedFirmware.name}`,
      temporary,
      undo: [],
    },
    { kind: 'publish', from: temporary, to, why: 'give the firmware its name', reversible: false },
  ]
}

export const fetchFirmware = defineFix<'fetch-firmware', Record<string, never>, Survey>({
  id: 'fetch-firmware',
  title: 'Fetch a firmware that starts the image',
  survey: async (host, _args, config) => {
    const { arch } = host
    // The package is for x86_64 alone, and the user's own address comes before it.
    if (arch !== 'x86_64' || config.firmware_url !== null) return { arch, packaged: null }
    if ((await host.stat(packagedFirmware.file))?.type === 'file') return { arch, packaged: 'installed' }
    return {
      arch,
      packaged: config.offline && (await aptOffers(host, packagedFirmware.name)) ? 'offered' : null,
    }
  },
  packages: ({ packaged }) => (packaged === 'offered' ? [packagedFirmware.name] : []),
  plan: (_args, config, { arch, packaged }, catalogue) => {
    if (packaged !== null) return copy(config.firmware)
    const { firmware } = chosenFor(config, arch, catalogue)
    return [
      fetchStep(config, {
        what: 'the firmware',
        known: firmware && `the firmware ${firmware.name} ${firmware.version}`,
        key: 'firmware',
        catalogue: firmware,
        path: () => config.firmware,
        mode: 0o644,
      }),
    ]
  },
})
