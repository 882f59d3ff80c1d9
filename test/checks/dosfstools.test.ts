import { expect, it } from 'vitest'
import { dosfstools } from '../../checks/dosfstools.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { dpkgFile, dpkgStatus } from '../helpers/dpkg.ts'

const names = ['mkdosfs', 'mkfs.fat', 'mkfs.vfat'] as const
const host = (present: string | null, trial: { code: number; stderr?: string } = { code: 0 }) => ({
  programs: Object.fromEntries(names.map((name) => [name, name === present ? `/usr/sbin/${name}` : null])),
  commands: { [`/usr/sbin/${present} --help`]: trial },
  files: { [dpkgFile]: dpkgStatus('dosfstools', 'install ok installed'), '/usr/sbin/mkdosfs': '#!/bin/sh\n' },
})

it.each(names)('is content with %s, which is the same program', async (name) => {
  expect(await conclude(dosfstools, host(name))).toEqual({ status: 'ok', found: `/usr/sbin/${name}` })
})

it('offers its package when there is none of them', async () => {
  expect(await conclude(dosfstools, host(null))).toMatchObject({
    status: 'fail',
    code: 'dosfstools/missing',
    values: { command: 'mkdosfs', package: 'dosfstools', state: 'installed' },
    fix: { id: 'install-packages', args: { packages: ['dosfstools'] } },
  })
})

it('is needed for a kernel boot too: the seed is the same', () => {
  expect(dosfstools.skipReason?.(configWith({ boot: 'kernel', network: 'none' })) ?? null).toBeNull()
})

it('is not content with one that fails', async () => {
  const table = host('mkdosfs', { code: 127, stderr: 'no libc\n' })
  expect(await conclude(dosfstools, table)).toMatchObject({ status: 'fail', code: 'dosfstools/does-not-run' })
})
