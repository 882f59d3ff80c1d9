import { describe, expect, it } from 'vitest'
import { tapAddress } from '../../checks/tap-address.ts'
import { conclude } from '../helpers/conclude.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

const verdictOf = (own: readonly string[], others: Readonly<Record<string, readonly string[]>> = {}) => {
  const json = ipJson(
    ...Object.entries(others).map(([name, addresses]) => ({ name, addresses })),
    tapLink({ addresses: own }),
  )
  return conclude(tapAddress, { commands: { [showAddresses]: json } })
}

const wanted = '192.168.249.1/24'
const fix = { id: 'create-tap', args: {} }

describe('tap-address', () => {
  it.each([
    ['alone', [wanted], {}],
    ['beside others', ['10.0.0.1/8', 'fe80::1/64', wanted], {}],
    [
      'beside neighbours that do not overlap',
      [wanted],
      { eth0: ['192.168.248.1/24'], wl0: ['192.168.250.1/24'] },
    ],
  ])('is ok: %s', async (_, own, others) => {
    expect(await verdictOf(own, others)).toMatchObject({ status: 'ok' })
  })

  it.each<[string, string[], string[]?]>([
    ['none', []],
    ['IPv6 alone', ['fe80::1/64'], []],
    ['another one of the subnet', ['192.168.249.3/24']],
    // Without the prefix there is no route to the guest.
    ['a host address', ['192.168.249.1/32']],
    ['another prefix', ['192.168.249.1/16', '10.0.0.1/8']],
  ])('is repaired: %s', async (_, own, addresses = own) => {
    expect(await verdictOf(own)).toMatchObject({
      status: 'fail',
      code: 'tap-address/wrong-address',
      values: { tap: 'vm-tap0', addresses, wanted },
      fix,
    })
  })

  it('leaves the subnets of other interfaces to subnet-conflict', async () => {
    expect(await verdictOf([wanted], { br0: [wanted], wl0: ['192.168.0.1/16'] })).toMatchObject({
      status: 'ok',
    })
  })
})
