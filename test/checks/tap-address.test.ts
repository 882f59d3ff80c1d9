import { describe, expect, it } from 'vitest'
import { tapAddress } from '../../checks/tap-address.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

const verdictOf = async (
  own: readonly string[],
  others: Readonly<Record<string, readonly string[]>> = {},
) => {
  const config = configWith()
  const json = ipJson(
    ...Object.entries(others).map(([name, addresses]) => ({ name, addresses })),
    tapLink({ addresses: own }),
  )
  const host = fakeHost({ commands: { [showAddresses]: json } })
  return tapAddress.judge(await tapAddress.probe(host, config), config)
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

  it.each([
    ['none', [], 'vm-tap0 has no address'],
    ['IPv6 alone', ['fe80::1/64'], 'vm-tap0 has no address'],
    ['another one of the subnet', ['192.168.249.3/24'], 'vm-tap0 has 192.168.249.3/24'],
    // Without the prefix there is no route to the guest.
    ['a host address', ['192.168.249.1/32'], 'vm-tap0 has 192.168.249.1/32'],
    ['another prefix', ['192.168.249.1/16', '10.0.0.1/8'], 'vm-tap0 has 192.168.249.1/16, 10.0.0.1/8'],
  ])('is repaired: %s', async (_, own, found) => {
    expect(await verdictOf(own)).toEqual({ status: 'fail', found, expected: `${wanted} on vm-tap0`, fix })
  })

  it('leaves the subnets of other interfaces to subnet-conflict', async () => {
    expect(await verdictOf([wanted], { br0: [wanted], wl0: ['192.168.0.1/16'] })).toMatchObject({
      status: 'ok',
    })
  })
})
