import { ipv6Pair } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract/check.ts'
import { readInterfaces } from '../src/host/interfaces.ts'
import { notForRouted } from './shared/network.ts'
import { tapDevice } from './tap-device.ts'

export const tapAddress = defineCheck({
  id: 'tap-address',
  title: 'The TAP has the address that the guest expects',
  group: 'network',
  needs: [tapDevice],
  skipReason: notForRouted,
  probe: async (host) =>
    (await readInterfaces(host))
      .map(({ name, addresses, addresses6 }) => ({ name, addresses, addresses6 }))
      .filter(({ addresses, addresses6 }) => addresses.length + addresses6.length > 0),
  judge: (interfaces, config) => {
    const own = interfaces.find(({ name }) => name === config.tap)?.addresses ?? []
    const expected = `${config.gateway_address} on ${config.tap}`
    if (!own.includes(config.gateway_address)) {
      return {
        status: 'fail',
        found: own.length > 0 ? `${config.tap} has ${own.join(', ')}` : `${config.tap} has no address`,
        expected,
        fix: { id: 'create-tap', args: {} },
      }
    }
    const six = ipv6Pair(config)?.host
    // Facts of older versions do not list them.
    const own6 = interfaces.find(({ name }) => name === config.tap)?.addresses6 ?? []
    if (six && !own6.includes(six)) {
      return {
        status: 'fail',
        found: own6.length > 0 ? `${config.tap} has ${own6.join(', ')}` : `${config.tap} has no IPv6 address`,
        expected: `${six} on ${config.tap}`,
        fix: { id: 'create-tap', args: {} },
      }
    }
    return {
      status: 'ok',
      found: `${config.gateway_address}${six ? ` and ${six}` : ''}, the guest's gateway`,
    }
  },
})
