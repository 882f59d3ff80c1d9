/** What a network-config and the configuration disagree about. */
import { guestNetwork } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import { parseCidr } from '../util/address.ts'
import type { NetworkFacts } from './network.ts'

/** A disagreement by its code, with what the seed has and what the configuration wants. */
export type Disagreement =
  | {
      readonly code: 'mac-mismatch'
      readonly values: { readonly macs: readonly string[]; readonly mac: string }
    }
  | { readonly code: 'asks-for-dhcp' | 'no-address'; readonly values: { readonly wanted: string } }
  | {
      readonly code: 'wrong-address'
      readonly values: {
        readonly addresses: readonly string[]
        readonly wanted: string
        /** The address of the host where the subnet differs, too; else null. */
        readonly subnetOf: string | null
      }
    }
  | { readonly code: 'no-default-route'; readonly values: { readonly gateway: string } }
  | {
      readonly code: 'wrong-gateway'
      readonly values: { readonly gateways: readonly string[]; readonly gateway: string }
    }
  | { readonly code: 'no-dhcp' | 'no-name-server' | 'gateway4-deprecated' }

const addressFault = ({ addresses, dhcp }: NetworkFacts, config: Config): Disagreement | null => {
  const allWanted = guestNetwork(config).addresses
  if (allWanted.length === 0) return dhcp === false ? { code: 'no-dhcp' } : null
  const wanted = allWanted.find((each) => !addresses.includes(each))
  if (wanted === undefined) return null
  if (addresses.length === 0) return { code: dhcp ? 'asks-for-dhcp' : 'no-address', values: { wanted } }
  const host = parseCidr(config.gateway_address)
  // The prefix length is easily overlooked: the address may fit and the length not.
  const near = addresses.some((address) => {
    const cidr = parseCidr(address)
    return cidr !== null && cidr.network === host?.network && cidr.prefix === host.prefix
  })
  const subnetOf = near ? null : config.gateway_address
  return { code: 'wrong-address', values: { addresses, wanted, subnetOf } }
}

/** The worst disagreement, or null. */
export const disagreement = (network: NetworkFacts, config: Config): Disagreement | null => {
  const { macs, gateways } = network
  if (macs.length > 0 && !macs.includes(config.guest_mac))
    return { code: 'mac-mismatch', values: { macs, mac: config.guest_mac } }
  const address = addressFault(network, config)
  if (address) return address
  // Where a DHCP server answers, it also names the gateway and the name servers.
  if (config.guest_address === 'dhcp') return null
  const gateway = guestNetwork(config).gateways.find((each) => !gateways.includes(each))
  if (gateway !== undefined)
    return gateways.length > 0
      ? { code: 'wrong-gateway', values: { gateways, gateway } }
      : { code: 'no-default-route', values: { gateway } }
  if (network.nameservers.length === 0) return { code: 'no-name-server' }
  return network.gateway4 ? { code: 'gateway4-deprecated' } : null
}
