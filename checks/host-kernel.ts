import coerce from 'semver/functions/coerce.js'
import lt from 'semver/functions/lt.js'
import { defineCheck } from '../src/contract/check.ts'

/** "The minimum supported host kernel is now 5.13" (release notes of v34.0). */
const minimum = '5.13.0'

export const hostKernel = defineCheck({
  id: 'host-kernel',
  title: 'Version of the running kernel',
  group: 'host',
  probe: async (host) => ({ release: host.kernelRelease }),
  judge: ({ release }) => {
    const version = coerce(release)
    if (!version) return { status: 'warn', found: `Linux ${release}`, expected: 'Linux 5.13 or newer' }
    if (!lt(version, minimum)) return { status: 'ok', found: `Linux ${release}` }
    return {
      status: 'fail',
      found: `Linux ${release}`,
      expected: 'Linux 5.13 or newer',
      hint: 'Install a newer kernel of your distribution and reboot.',
    }
  },
})
