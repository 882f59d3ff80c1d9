import { expect, it } from 'vitest'
import { tapAddress } from '../../checks/tap-address.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

const four = '192.168.249.1/24'
const six = 'fdc4:1d0c:7a3e:1::1/64'
const verdict = (addresses: readonly string[], ipv6: 'none' | 'masquerade', off: '0' | '1' = '0') =>
  conclude(
    tapAddress,
    {
      commands: { [showAddresses]: ipJson(tapLink({ addresses })) },
      files: { '/proc/sys/net/ipv6/conf/vm-tap0/disable_ipv6': `${off}\n` },
    },
    configWith({ ipv6 }),
  )

it.each([
  ['none', [four], { status: 'ok', found: `${four}, the guest's gateway` }],
  ['masquerade', [four, six], { status: 'ok', found: `${four} and ${six}, the guest's gateway` }],
  ['masquerade', [four, 'fe80::1/64'], { status: 'fail', code: 'tap-address/wrong-ipv6-address' }],
  [
    'masquerade',
    [four, 'fd00::9/64'],
    {
      status: 'fail',
      code: 'tap-address/wrong-ipv6-address',
      values: { addresses: ['fd00::9/64'], wanted: six },
      fix: { id: 'create-tap' },
    },
  ],
] as const)('ipv6 %s with %j', async (ipv6, addresses, expected) => {
  expect(await verdict(addresses, ipv6)).toMatchObject(expected)
})

it('is not for a bridge, which has the address itself', () => {
  expect(tapAddress.skipReason?.(configWith({ network: 'bridge' }))).toBe(
    'not needed: the bridge connects the guest',
  )
})

it('leaves IPv6 that is off to guest-ipv6, and its own fix out', async () => {
  expect(await verdict([four], 'masquerade', '1')).toMatchObject({
    status: 'ok',
    found: `${four}, the guest's gateway; IPv6 is off on vm-tap0`,
  })
  expect(await verdict([], 'masquerade', '1')).toMatchObject({ code: 'tap-address/wrong-address' })
})
