import { defineCheck } from '../src/contract.ts'
import { packageState } from '../src/host/packages.ts'
import { hasKernel, kernelIsThere, notForFirmware } from './shared/kernel-build.ts'

export const libelfDev = defineCheck({
  id: 'libelf-dev',
  title: 'libelf.h, to build a guest kernel',
  group: 'tools',
  notFor: notForFirmware,
  probe: async (host, config) => {
    const [header, local, state, kernel] = await Promise.all([
      host.stat('/usr/include/libelf.h'),
      host.stat('/usr/local/include/libelf.h'),
      packageState(host, 'libelf-dev'),
      hasKernel(host, config),
    ])
    return {
      header: header ? '/usr/include/libelf.h' : local ? '/usr/local/include/libelf.h' : null,
      state,
      kernel,
    }
  },
  judge: ({ header, state, kernel }) => {
    if (header) return { status: 'ok', found: header }
    if (kernel) return { status: 'skip', reason: kernelIsThere }
    return {
      status: 'fail',
      found: `libelf.h was not found${state === 'config-files' ? '; libelf-dev was removed' : ''}`,
      expected: 'libelf.h, from package libelf-dev',
      fix: { id: 'install-packages', args: { packages: ['libelf-dev'] } },
    }
  },
})
