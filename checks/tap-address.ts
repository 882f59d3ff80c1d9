import { pair6 } from '../src/config/derived.ts'
import { defineCheck } from '../src/contract.ts'
import { readInterfaces } from '../src/host/interfaces.ts'
import { overlaps, parseCidr } from '../src/units.ts'
import { notForRouted } from './shared/network.ts'

export const tapAddress = defineCheck({
  id: 'tap-address',
  title: 'The TAP has the address that the guest expects',
  group: 'network',
  needs: ['tap-device'],
  notFor: notForRouted,
  probe: async (host) =>
    (await readInterfaces(host))
      .map(({ name, addresses, addresses6 }) => ({ name, addresses, addresses6 }))
      .filter(({ addresses, addresses6 }) => addresses.length + addresses6.length > 0),
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
    const six = pair6(config)?.host
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
    const shadow = others.find(({ cidr }) => wanted && cidr && overlaps(wanted, cidr))
    if (shadow) {
      return {
        status: 'warn',
        found: `${config.host_address} overlaps ${shadow.address} on ${shadow.name}`,
        expected: 'a subnet that nobody else uses',
        hint: 'Choose another one: set `host_address` and `guest_address`.',
      }
    }
    return { status: 'ok', found: `${config.host_address}${six ? ` and ${six}` : ''}, the guest's gateway` }
  },
})
