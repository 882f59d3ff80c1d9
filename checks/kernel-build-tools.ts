import { defineCheck } from '../src/contract.ts'
import { hasKernel, kernelIsThere, notForFirmware } from './shared/kernel-build.ts'

/** What `make ch_defconfig && make bzImage` starts, with the Debian package of each. */
const needed: readonly (readonly [what: string, pkg: string])[] = [
  ['gcc', 'gcc'],
  ['make', 'make'],
  ['flex', 'flex'],
  ['bison', 'bison'],
  ['bc', 'bc'],
  ['git', 'git'],
  ['/usr/include/openssl/ssl.h', 'libssl-dev'],
  ['/usr/include/stdio.h', 'libc6-dev'],
]

export const kernelBuildTools = defineCheck({
  id: 'kernel-build-tools',
  title: 'Compiler and tools, to build a guest kernel',
  group: 'tools',
  notFor: notForFirmware,
  probe: async (host, config) => {
    const there = await Promise.all(
      needed.map(async ([what]) => (what.startsWith('/') ? host.stat(what) : host.which(what))),
    )
    return {
      missing: needed.filter((_, index) => there[index] === null).map(([what]) => what),
      kernel: await hasKernel(host, config),
    }
  },
  judge: ({ missing, kernel }) => {
    if (missing.length === 0) return { status: 'ok', found: 'gcc, make, flex, bison, bc, git and headers' }
    if (kernel) return { status: 'skip', reason: kernelIsThere }
    const packages = needed.filter(([what]) => missing.includes(what)).map(([, pkg]) => pkg)
    return {
      status: 'fail',
      found: `missing: ${missing.join(', ')}`,
      expected: 'all that a guest kernel is built with',
      fix: { id: 'install-packages', args: { packages } },
    }
  },
})
