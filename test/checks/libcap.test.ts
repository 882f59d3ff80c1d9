import { expect, it } from 'vitest'
import { libcap } from '../../checks/libcap.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { dpkgFile, noManagers } from '../helpers/dpkg.ts'

const host = (path: string | null) => ({
  programs: { setcap: path, ...noManagers },
  files: { [dpkgFile]: null },
})

// The table has no commands: a call would throw.
it('starts no process to see that setcap is there', async () => {
  expect(await conclude(libcap, host('/usr/sbin/setcap'))).toEqual({
    status: 'ok',
    found: '/usr/sbin/setcap',
  })
})

it('offers libcap2-bin, which has the command, not the library', async () => {
  expect(await conclude(libcap, host(null))).toMatchObject({
    status: 'fail',
    code: 'libcap/missing',
    fix: { id: 'install-packages', args: { packages: ['libcap2-bin'] } },
  })
})

it.each([
  [{ net_admin_capability: 'auto' }, /TAP of your own/],
  [{ net_admin_capability: 'always', network: 'none' }, /network is none/],
] as const)('is not needed with %o', (changes, reason) => {
  expect(libcap.skipReason?.(configWith(changes))).toMatch(reason)
})

it('is needed when the capability always is', () => {
  expect(libcap.skipReason?.(configWith({ net_admin_capability: 'always' }))).toBeNull()
})
