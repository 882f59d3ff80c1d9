import { describe, expect, it } from 'vitest'
import { kernelBuildTools } from '../../checks/kernel-build-tools.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import type { FakeHost } from '../helpers/fake-host.ts'

const config = configWith({ boot: 'kernel', kernel_build: true, kernel: '/srv/vmlinux' })
const root = '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n'
const home = '28 27 254:1 / /home rw,nosuid,nodev,noexec - ext4 /dev/vdb rw\n'
const host = (missing: readonly string[], kernel: string | null, mounts = root): FakeHost => ({
  programs: Object.fromEntries(
    ['gcc', 'make', 'flex', 'bison', 'bc', 'perl', 'git'].map((name) => [
      name,
      missing.includes(name) ? null : `/usr/bin/${name}`,
    ]),
  ),
  files: {
    ...Object.fromEntries(
      ['/usr/include/openssl/ssl.h', '/usr/include/stdio.h'].map((path) => [
        path,
        missing.includes(path) ? null : '',
      ]),
    ),
    '/srv/vmlinux': kernel,
    '/proc/self/mountinfo': mounts,
    [config.data_dir]: { real: config.data_dir },
  },
})

describe('kernel-build-tools', () => {
  it.each([null, 'kernel'])('is content with everything (kernel: %s)', async (kernel) => {
    expect(await conclude(kernelBuildTools, host([], kernel), config)).toMatchObject({ status: 'ok' })
  })

  it('asks for all that is missing at once, headers by their packages', async () => {
    const missing = ['flex', 'bc', '/usr/include/openssl/ssl.h', '/usr/include/stdio.h']
    expect(await conclude(kernelBuildTools, host(missing, null), config)).toMatchObject({
      status: 'fail',
      code: 'kernel-build-tools/missing',
      values: { tools: missing },
      fix: { id: 'install-packages', args: { packages: ['flex', 'bc', 'libssl-dev', 'libc6-dev'] } },
    })
  })

  it('knows that a build starts programs where it is', async () => {
    expect(await conclude(kernelBuildTools, host([], null, `${root}${home}`), config)).toMatchObject({
      status: 'fail',
      code: 'kernel-build-tools/noexec',
      values: { directory: config.data_dir, point: '/home' },
    })
    expect(await conclude(kernelBuildTools, host([], 'kernel', `${root}${home}`), config)).toMatchObject({
      status: 'ok',
    })
  })

  it('asks for nothing when there is a kernel already', async () => {
    expect(await conclude(kernelBuildTools, host(['gcc'], 'kernel'), config)).toMatchObject({
      status: 'skip',
    })
  })

  it('matters for a kernel that is built only', () => {
    expect(kernelBuildTools.skipReason?.(configWith({ boot: 'firmware' }))).not.toBeNull()
    expect(kernelBuildTools.skipReason?.(configWith({ boot: 'kernel' }))).not.toBeNull()
    expect(kernelBuildTools.skipReason?.(config)).toBeNull()
  })
})
