import { defineCheck } from '../src/contract.ts'
import { readInterfaces } from '../src/host/interfaces.ts'
import { overlaps, parseCidr } from '../src/units.ts'
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
    const wanted = parseCidr(config.host_address)
    const own = interfaces.find(({ name }) => name === config.tap)?.addresses ?? []
    const others = interfaces
      .filter(({ name }) => name !== config.tap)
      .flatMap(({ name, addresses }) =>
        addresses.map((address) => ({ name, address, cidr: parseCidr(address) })),
      )
    const expected = `${config.host_address} on ${config.tap}`
    const twin = others.find(({ cidr }) => cidr?.value === wanted?.value)
    if (twin) {
      return {
        status: 'fail',
        found: `${twin.name} has ${twin.address} already`,
        expected: `${config.host_address} on ${config.tap} alone`,
        hint: 'Choose another subnet: set `host_address` and `guest_address`.',
      }
    }
    if (!own.includes(config.host_address)) {
      return {
        status: 'fail',
        found: own.length > 0 ? `${config.tap} has ${own.join(', ')}` : `${config.tap} has no address`,
        expected,
        fix: { id: 'create-tap', args: {} },
      }
    }
    const shadow = others.find(({ cidr }) => wanted && cidr && overlaps(wanted, cidr))
    if (shadow) {
      return {
        status: 'warn',
        found: `${config.host_address} overlaps ${shadow.address} on ${shadow.name}`,
        expected: 'a subnet that nobody else uses',
        hint: 'Choose another one: set `host_address` and `guest_address`.',
      }
    }
    return { status: 'ok', found: `${config.host_address}, the guest's gateway` }
  },
})
