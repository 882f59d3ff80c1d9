import { describe, expect, it } from 'vitest'
import { libelfDev } from '../../checks/libelf-dev.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { dpkgFile, dpkgStatus } from '../helpers/dpkg.ts'
import type { FakeHost } from '../helpers/fake-host.ts'

const config = configWith({ boot: 'kernel', kernel_build: true, kernel: '/srv/vmlinux' })
const host = (files: FakeHost['files']): FakeHost => ({
  files: {
    '/usr/include/libelf.h': null,
    '/usr/local/include/libelf.h': null,
    '/srv/vmlinux': null,
    [dpkgFile]: null,
    ...files,
  },
})

describe('libelf-dev', () => {
  it.each<[string, FakeHost['files'], object]>([
    ['the header', { '/usr/include/libelf.h': '' }, { status: 'ok', found: '/usr/include/libelf.h' }],
    // The header decides; nobody has to have got it from a package.
    [
      'a header from elsewhere',
      { '/usr/local/include/libelf.h': '' },
      { status: 'ok', found: '/usr/local/include/libelf.h' },
    ],
    ['the header and a kernel', { '/usr/include/libelf.h': '', '/srv/vmlinux': '' }, { status: 'ok' }],
    ['only a kernel', { '/srv/vmlinux': '' }, { status: 'skip' }],
    ['neither', {}, { status: 'fail', code: 'libelf-dev/missing', values: { removed: false } }],
    [
      'only the configuration of the package',
      { [dpkgFile]: dpkgStatus('libelf-dev', 'deinstall ok config-files') },
      { status: 'fail', code: 'libelf-dev/missing', values: { removed: true } },
    ],
    // The package database explains, it does not prove.
    [
      'a package without its file',
      { [dpkgFile]: dpkgStatus('libelf-dev', 'install ok installed') },
      { status: 'fail', fix: { id: 'install-packages', args: { packages: ['libelf-dev'] } } },
    ],
  ])('%s', async (_, files, verdict) => {
    expect(await conclude(libelfDev, host(files), config)).toMatchObject(verdict)
  })

  it('matters where objtool is built only', async () => {
    const onArm = { ...host({}), arch: 'aarch64' }
    expect(await conclude(libelfDev, onArm, config)).toEqual({
      status: 'skip',
      reason: 'not needed: kernels for aarch64 do without',
    })
  })

  it('matters for a kernel that is built only', () => {
    expect(libelfDev.skipReason?.(configWith({ boot: 'firmware' }))).toContain('only building a guest kernel')
    expect(libelfDev.skipReason?.(configWith({ boot: 'kernel' }))).toContain('fetched, not built')
    expect(libelfDev.skipReason?.(config)).toBeNull()
  })
})
