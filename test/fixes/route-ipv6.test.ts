/** What the rules look like; planning is tested with the check, and real traffic in test/e2e/modes.test.ts. */
import { expect, it } from 'vitest'
import { masquerade6, subnet6 } from '../../src/network/ipv6.ts'
import { configWith } from '../helpers/config.ts'

it('makes and takes back in one transaction each', () => {
  const subnet = 'fd00:0:0:2::/64'
  const { make, back } = masquerade6('t1', subnet, false)
  expect(make.join(' ')).toBe(
    'nft add table ip6 chv_doctor; add chain ip6 chv_doctor nat-t1 { type nat hook postrouting priority srcnat; }; ' +
      'flush chain ip6 chv_doctor nat-t1; add rule ip6 chv_doctor nat-t1 ip6 saddr fd00:0:0:2::/64 ' +
      'ip6 daddr != fd00:0:0:2::/64 masquerade comment "chv-doctor6 t1"',
  )
  expect(back.join(' ')).toMatch(/; delete chain ip6 chv_doctor nat-t1$/)
  expect(masquerade6('t1', subnet, true).back.join(' ')).toMatch(/; delete table ip6 chv_doctor$/)
})

it.each([
  [{ ipv6: 'routed', guest_range6: 'fd00::/48', guest: 2 }, 'fd00:0:0:2::/64'],
  [{ ipv6: 'routed', guest_range6: '2001:db8:a:b::/64' }, '2001:db8:a:b::/64'],
  [{ ipv6: 'none' }, null],
  [{ ipv6: 'routed', network: 'bridge' }, null],
] as const)('%j has the subnet %s', (changes, subnet) => expect(subnet6(configWith(changes))).toBe(subnet))
