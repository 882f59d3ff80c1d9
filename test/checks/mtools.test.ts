import { expect, it } from 'vitest'
import { mtools } from '../../checks/mtools.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { dpkgFile, dpkgStatus } from '../helpers/dpkg.ts'

const host = (path: string | null) => ({
  programs: { mcopy: path },
  commands: {
    '/usr/bin/mcopy --version': 'mcopy (GNU mtools) 4.0.32\nconfigured with the following options\n',
  },
  files: { [dpkgFile]: dpkgStatus('mtools', 'install ok installed'), '/usr/bin/mcopy': '#!/bin/sh\n' },
})

it('reads the version of the suite', async () => {
  expect(await conclude(mtools, host('/usr/bin/mcopy'))).toEqual({ status: 'ok', found: 'mcopy 4.0.32' })
})

it('offers its package', async () => {
  expect(await conclude(mtools, host(null))).toMatchObject({
    code: 'mtools/missing',
    fix: { args: { packages: ['mtools'] } },
  })
})

it('is needed for a kernel boot too: the seed is the same', () => {
  expect(mtools.skipReason?.(configWith({ boot: 'kernel', network: 'none' })) ?? null).toBeNull()
})

it('is not content with one that fails', async () => {
  const table = {
    ...host('/usr/bin/mcopy'),
    commands: { '/usr/bin/mcopy --version': { code: 1, stderr: 'cannot open mtools.conf\n' } },
  }
  expect(await conclude(mtools, table)).toMatchObject({ status: 'fail', code: 'mtools/does-not-run' })
})
