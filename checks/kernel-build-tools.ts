import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { hasKernel, missingTools, packagesOf } from '../src/hypervisor/kernel-build.ts'
import { kernelIsThere, notForFetched } from './shared/kernel-build.ts'

const findings = {
  missing: finding<{ tools: readonly string[] }>({
    found: ({ tools }) => `missing: ${tools.join(', ')}`,
    expected: 'everything that a guest kernel is built with',
  }),
}

export const kernelBuildTools = defineCheck({
  id: 'kernel-build-tools',
  title: 'Compiler and tools, to build a guest kernel',
  group: 'tools',
  findings,
  skipReason: notForFetched,
  probe: async (host, config) => {
    const [missing, kernel] = await Promise.all([missingTools(host), hasKernel(host, config)])
    return { missing: missing.map(({ what }) => what), kernel }
  },
  judge: ({ missing, kernel }) => {
    if (missing.length === 0)
      return { status: 'ok', found: 'gcc, make, flex, bison, bc, perl, git and headers' }
    if (kernel) return { status: 'skip', reason: kernelIsThere }
    return {
      status: 'fail',
      code: 'missing',
      values: { tools: missing },
      fix: { id: 'install-packages', args: { packages: packagesOf(missing) } },
    }
  },
})
