import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { packageState } from '../src/host/packages.ts'
import { findLibelf, hasKernel, needsLibelf } from '../src/hypervisor/kernel-build.ts'
import { kernelIsThere, notForFetched } from './shared/kernel-build.ts'

const findings = {
  missing: finding<{ removed: boolean }>({
    found: ({ removed }) => `libelf.h was not found${removed ? '; libelf-dev was removed' : ''}`,
    expected: 'libelf.h, from package libelf-dev',
  }),
}

export const libelfDev = defineCheck({
  id: 'libelf-dev',
  title: 'libelf.h, to build a guest kernel',
  group: 'tools',
  findings,
  skipReason: notForFetched,
  probe: async (host, config) => {
    const [header, state, kernel] = await Promise.all([
      findLibelf(host),
      packageState(host, 'libelf-dev'),
      hasKernel(host, config),
    ])
    return { arch: host.arch, header, state, kernel }
  },
  judge: ({ arch, header, state, kernel }) => {
    if (header) return { status: 'ok', found: header }
    if (!needsLibelf(arch)) return { status: 'skip', reason: `not needed: kernels for ${arch} do without` }
    if (kernel) return { status: 'skip', reason: kernelIsThere }
    return {
      status: 'fail',
      code: 'missing',
      values: { removed: state === 'config-files' },
      fix: { id: 'install-packages', args: { packages: ['libelf-dev'] } },
    }
  },
})
