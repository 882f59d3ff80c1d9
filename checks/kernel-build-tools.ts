import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { noexecPoint } from '../src/host/mounts.ts'
import { hasKernel, missingTools, packagesOf } from '../src/hypervisor/kernel-build.ts'
import { kernelIsThere, notForFetched } from './shared/kernel-build.ts'

const findings = {
  missing: finding<{ tools: readonly string[] }>({
    found: ({ tools }) => `missing: ${tools.join(', ')}`,
    expected: 'everything that a guest kernel is built with',
  }),
  noexec: finding<{ directory: string; point: string }>({
    found: ({ directory, point }) => `${directory} is on ${point}, which is mounted noexec`,
    expected: 'a file system that starts programs: a build starts those that it makes',
    hint: ({ point }) =>
      `Set \`data_dir\` to another file system, or \`sudo mount -o remount,exec ${point}\` while it is built.`,
  }),
}

interface Facts {
  readonly missing: readonly string[]
  readonly kernel: boolean
  /** Where the file system of the build is mounted noexec; absent in facts from before it was looked at. */
  readonly noexec?: string | null
}

export const kernelBuildTools = defineCheck({
  id: 'kernel-build-tools',
  title: 'Compiler and tools, to build a guest kernel',
  group: 'tools',
  findings,
  skipReason: notForFetched,
  probe: async (host, config): Promise<Facts> => {
    const [missing, kernel, noexec] = await Promise.all([
      missingTools(host),
      hasKernel(host, config),
      noexecPoint(host, config.data_dir),
    ])
    return { missing: missing.map(({ what }) => what), kernel, noexec }
  },
  judge: ({ missing, kernel, noexec }, config) => {
    if (noexec && !kernel)
      return { status: 'fail', code: 'noexec', values: { directory: config.data_dir, point: noexec } }
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
