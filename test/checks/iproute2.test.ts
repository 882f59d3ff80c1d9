import { expect, it } from 'vitest'
import { iproute2 } from '../../checks/iproute2.ts'
import { showAddresses } from '../../src/host/interfaces.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { dpkgFile, noManagers } from '../helpers/dpkg.ts'

const host = (trial: string | { code: number; stderr: string }) => ({
  programs: { ip: '/usr/sbin/ip', ...noManagers },
  commands: { [showAddresses.join(' ')]: trial },
  files: { [dpkgFile]: null },
})

it('makes the call of the network checks, so that it costs no process of its own', async () => {
  expect(await conclude(iproute2, host('[]'))).toEqual({ status: 'ok', found: '/usr/sbin/ip' })
})

it('is not content with an ip that knows no JSON', async () => {
  const trial = { code: 255, stderr: 'Option "-j" is unknown, try "ip -help".\n' }
  expect(await conclude(iproute2, host(trial))).toMatchObject({
    status: 'fail',
    code: 'iproute2/does-not-run',
    values: { reason: expect.stringContaining('Option "-j" is unknown') },
    fix: { id: 'install-packages', args: { packages: ['iproute2'] } },
  })
})

it('is not needed without a network', () => {
  expect(iproute2.skipReason?.(configWith({ network: 'none' }))).toContain('network is none')
  expect(iproute2.skipReason?.(configWith())).toBeNull()
})

it('offers its package when it is missing', async () => {
  expect(
    await conclude(iproute2, { programs: { ip: null, ...noManagers }, files: { [dpkgFile]: null } }),
  ).toMatchObject({
    status: 'fail',
    code: 'iproute2/missing',
    fix: { id: 'install-packages', args: { packages: ['iproute2'] } },
  })
})
