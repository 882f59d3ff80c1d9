/** What a network-config and the configuration disagree about. */
import { guestNetwork } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import { parseCidr } from '../util/address.ts'
import type { NetworkFacts } from './network.ts'

export interface Disagreement {
  readonly status: 'warn' | 'fail'
  readonly found: string
  readonly expected: string
}

const fail = (found: string, expected: string): Disagreement => ({ status: 'fail', found, expected })
const warn = (found: string, expected: string): Disagreement => ({ status: 'warn', found, expected })

const addressFault = ({ addresses, dhcp }: NetworkFacts, config: Config): Disagreement | null => {
  const wanted = guestNetwork(config).addresses
  if (wanted.length === 0)
    return dhcp === false ? fail('the seed does not ask for an address by DHCP', 'dhcp4: true') : null
  const missing = wanted.find((each) => !addresses.includes(each))
  if (missing === undefined) return null
  if (addresses.length === 0) {
    return dhcp
      ? fail('the seed asks for an address by DHCP', `${missing}; nothing on the TAP answers DHCP`)
      : fail('the seed gives the guest no address', missing)
  }
  const found = `the seed gives the guest ${addresses.join(', ')}`
  const host = parseCidr(config.gateway_address)
  // The second number is what people overlook: the address may fit and the prefix length not.
  const near = addresses.some((address) => {
    const cidr = parseCidr(address)
    return cidr !== null && cidr.network === host?.network && cidr.prefix === host.prefix
  })
  return fail(found, near ? missing : `${missing}, in the subnet of the host, ${config.gateway_address}`)
}

/** The worst disagreement, or null. */
export const disagreement = (network: NetworkFacts, config: Config): Disagreement | null => {
  if (network.macs.length > 0 && !network.macs.includes(config.guest_mac)) {
    return fail(
      `the seed matches MAC ${network.macs.join(', ')}`,
      `${config.guest_mac}, which the guest gets`,
    )
  }
  const address = addressFault(network, config)
  if (address) return address
  // Where a DHCP server answers, it also names the gateway and the name servers.
  if (config.guest_address === 'dhcp') return null
  const gateway = guestNetwork(config).gateways.find((each) => !network.gateways.includes(each))
  if (gateway !== undefined) {
    return fail(
      network.gateways.length > 0
        ? `the seed routes through ${network.gateways.join(', ')}`
        : 'the seed has no default route',
      `a default route via ${gateway}`,
    )
  }
  if (network.nameservers.length === 0)
    return warn('the seed names no name server', 'name servers, or the guest resolves nothing')
  if (network.gateway4)
    return warn('the seed uses gateway4, which netplan deprecated', 'routes: [{ to: 0.0.0.0/0, via: … }]')
  return null
}
