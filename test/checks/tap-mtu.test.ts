import { describe, expect, it } from 'vitest'
import { tapMtu } from '../../checks/tap-mtu.ts'
import type { Config } from '../../src/config/keys.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

/** @param route what `ip -j route get` says about the way into the internet; null: there is none */
const verdictOf = (
  mtus: { tap: number; eth0: number },
  route: object | null = { dev: 'eth0' },
  changes: Partial<Config> = {},
  flags: readonly string[] = ['UP'],
) =>
  conclude(
    tapMtu,
    {
      commands: {
        [showAddresses]: ipJson(
          { name: 'lo', mtu: 65536 },
          { name: 'eth0', mtu: mtus.eth0 },
          { name: 'br0', mtu: mtus.eth0 },
          tapLink({ mtu: mtus.tap, flags }),
        ),
        'ip -j -4 route get 9.9.9.9':
          route === null
            ? { code: 2, stderr: 'RTNETLINK answers: Network is unreachable' }
            : JSON.stringify([route]),
      },
    },
    configWith(changes),
  )

const fix = { id: 'create-tap', args: {} }

describe('tap-mtu', () => {
  it.each([
    ['as large as the uplink', { tap: 1450, eth0: 1450 }, '1450, eth0 takes 1450'],
    ['smaller', { tap: 1400, eth0: 1450 }, '1400, eth0 takes 1450'],
    ['beside jumbo frames', { tap: 1500, eth0: 9001 }, '1500, eth0 takes 9001'],
  ])('is ok: %s', async (_, mtus, found) => {
    expect(await verdictOf(mtus)).toMatchObject({ status: 'ok', found })
  })

  it.each([
    ['no default route', null, {}],
    ['no way out', { dev: 'eth0' }, { nat: false }],
    // As on a host without any other interface that is up.
    ['itself', { dev: 'lo' }, {}],
  ])('compares with nothing where there is %s', async (_, route, changes) => {
    expect(await verdictOf({ tap: 1500, eth0: 1450 }, route, changes)).toMatchObject({
      status: 'ok',
      found: '1500',
    })
  })

  it.each([
    ['the device', { dev: 'eth0' }, { eth0: 1450 }, 1450],
    ['the route', { dev: 'eth0', metrics: [{ mtu: 1400 }] }, { eth0: 1500 }, 1400],
    ['the smaller of both', { dev: 'eth0', metrics: [{ mtu: 1500 }] }, { eth0: 1450 }, 1450],
  ])('warns of packets that are too large for %s', async (_, route, { eth0 }, limit) => {
    expect(await verdictOf({ tap: 1500, eth0 }, route)).toMatchObject({
      status: 'warn',
      code: 'tap-mtu/exceeds-uplink',
      values: { tap: 'vm-tap0', mtu: 1500, device: 'eth0', limit },
      fix,
    })
  })

  it('compares with the bridge, whatever the host itself uses', async () => {
    const changes = { network: 'bridge', bridge: 'br0' } as const
    expect(await verdictOf({ tap: 1500, eth0: 1450 }, { dev: 'wl0' }, changes)).toMatchObject({
      code: 'tap-mtu/exceeds-uplink',
      values: { device: 'br0' },
    })
  })

  it('asks for the one of the configuration', async () => {
    const verdict = await verdictOf({ tap: 1500, eth0: 1500 }, { dev: 'eth0' }, { mtu: 1420 })
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'tap-mtu/not-as-configured',
      values: { mtu: 1500, wanted: 1420 },
      fix,
    })
  })

  it('offers no repair that would set what is too large', async () => {
    const verdict = await verdictOf({ tap: 1500, eth0: 1450 }, { dev: 'eth0' }, { mtu: 1500 })
    expect(verdict).toMatchObject({
      code: 'tap-mtu/exceeds-uplink',
      hint: 'Set `mtu` to 1450 or less, or remove it.',
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('says when a guest that runs learns of it', async () => {
    const verdict = await verdictOf({ tap: 1500, eth0: 1450 }, { dev: 'eth0' }, {}, ['UP', 'LOWER_UP'])
    expect(verdict).toMatchObject({ hint: expect.stringContaining('boots again') })
  })
})
