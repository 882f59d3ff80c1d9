import { defineCheck } from '../src/contract.ts'
import { readInterfaces } from '../src/host/interfaces.ts'
import { notForNone } from './shared/network.ts'

export const tapAddress = defineCheck({
  id: 'tap-address',
  title: 'The TAP has the address that the guest expects',
  group: 'network',
  needs: ['tap-device'],
  notFor: notForNone,
  probe: async (host) =>
    (await readInterfaces(host))
      .map(({ name, addresses }) => ({ name, addresses }))
      .filter(({ addresses }) => addresses.length > 0),
  judge: (interfaces, config) => {
    const own = interfaces.find(({ name }) => name === config.tap)?.addresses ?? []
    const expected = `${config.host_address} on ${config.tap}`
    if (!own.includes(config.host_address)) {
      return {
        status: 'fail',
        found: own.length > 0 ? `${config.tap} has ${own.join(', ')}` : `${config.tap} has no address`,
        expected,
        fix: { id: 'create-tap', args: {} },
      }
    }
    return { status: 'ok', found: `${config.host_address}, the guest's gateway` }
  },
})
