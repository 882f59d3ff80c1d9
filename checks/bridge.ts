import { defineCheck } from '../src/contract/check.ts'
import { findInterface } from '../src/host/interfaces.ts'
import { iproute2 } from './iproute2.ts'
import { notForNone } from './shared/network.ts'

export const bridge = defineCheck({
  id: 'bridge',
  title: 'The bridge for the guest exists and is up',
  group: 'network',
  needs: [iproute2],
  skipReason: (config) =>
    notForNone(config) ?? (config.network === 'bridge' ? null : 'not needed: network is tap'),
  probe: (host, config) => findInterface(host, config.bridge),
  judge: (found, config) => {
    const name = config.bridge
    if (!found)
      return {
        status: 'fail',
        found: `there is no ${name}`,
        expected: `an existing bridge ${name}`,
        hint: 'Set `bridge` to one that `ip link show type bridge` lists. The doctor makes none: that would move the address of an uplink.',
      }
    if (found.kind !== 'bridge')
      return {
        status: 'fail',
        found: `${name} is no bridge but a ${found.kind === 'device' ? 'network device' : found.kind}`,
        expected: `a bridge ${name}`,
        hint: 'Set `bridge` to one that `ip link show type bridge` lists.',
      }
    if (!found.up)
      return {
        status: 'fail',
        found: `${name} is down`,
        expected: `${name} is up`,
        hint: `\`sudo ip link set dev ${name} up\`, and see why whatever made it left it down.`,
      }
    // Everybody's first guest has the same MAC, and here it meets the guests of other hosts.
    if (config.guest_mac.startsWith('12:34:56:78:9'))
      return {
        status: 'warn',
        found: `${name}, up; the guest has the MAC of every first guest`,
        expected: 'a MAC that nobody else in this network has',
        hint: 'Set `guest_mac` to one of your own, such as 52:54:00 and three pairs of your choice.',
      }
    const address = found.addresses[0]
    return { status: 'ok', found: `${name}, up${address ? `, host at ${address}` : ''}` }
  },
})
