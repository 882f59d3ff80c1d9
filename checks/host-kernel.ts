import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { isOlder, releaseIn } from '../src/util/release.ts'

/** "The minimum supported host kernel is now 5.13" (release notes of v34.0). */
const minimum = '5.13.0'

const describe = ({ release }: { release: string }) => `Linux ${release}`

const findings = {
  'unknown-version': finding<{ release: string }>({
    found: describe,
    expected: 'a version number: Linux 5.13 or newer is needed',
  }),
  'too-old': finding<{ release: string }>({
    found: describe,
    expected: 'Linux 5.13 or newer',
    hint: 'Install a newer kernel of your distribution and reboot.',
  }),
}

export const hostKernel = defineCheck({
  id: 'host-kernel',
  title: 'Version of the running kernel',
  group: 'host',
  beforeBoot: 'required',
  findings,
  probe: async (host) => ({ release: host.kernelRelease }),
  judge: ({ release }) => {
    const version = releaseIn(release)
    if (version === null) return { status: 'warn', code: 'unknown-version', values: { release } }
    if (isOlder(version, minimum)) return { status: 'fail', code: 'too-old', values: { release } }
    return { status: 'ok', found: describe({ release }) }
  },
})
