/** What guest-reach may try over IPv6, and why not more. */
import { ipv6Pair } from '../../src/config/derived.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Host } from '../../src/host/host.ts'
import { type Ipv6, readIpv6 } from '../../src/network/ipv6.ts'
import { addressOf } from '../../src/util/address.ts'
import { noneOutside, outsideOf } from './outside.ts'

export interface Attempt6 {
  /** Null: this kernel has no IPv6 to speak with. */
  readonly guest: { readonly address: string; readonly gateway: string } | null
  /** The name servers to ask as the guest. */
  readonly asked: readonly string[]
  /** Why none is asked, or null. */
  readonly notAsked: string | null
  /** It is known that nothing is left to do for fix route-ipv6. */
  readonly rulesRead: boolean
}

/** What guest-ipv6 reports is not reported a second time as silence. */
const obstacle = (seen: Ipv6, { ipv6, tap }: Config): string | null => {
  const { disabled, disabledOnTap, forwarding, uplink, masked } = seen
  if (disabled !== false) return 'this host has no IPv6'
  if (disabledOnTap) return `IPv6 is off on ${tap}`
  if (!forwarding) return 'this host does not forward it'
  if (uplink === null) return 'this host has no IPv6 default route'
  return ipv6 === 'masquerade' && masked === false ? 'nothing masquerades the guest' : null
}

/** @returns null where the configuration gives the guest no IPv6 */
export const attempt6 = async (host: Host, config: Config): Promise<Attempt6 | null> => {
  const pair = ipv6Pair(config)
  if (!pair) return null
  const [seen, { six: servers }] = await Promise.all([
    readIpv6(host, config),
    outsideOf(host, config.nameservers),
  ])
  const guest = { address: addressOf(pair.guest), gateway: addressOf(pair.host) }
  const notAsked = obstacle(seen, config) ?? (servers.length === 0 ? noneOutside('IPv6') : null)
  return {
    guest: seen.disabled === false && !seen.disabledOnTap ? guest : null,
    asked: notAsked === null ? servers : [],
    notAsked,
    rulesRead: config.ipv6 === 'routed' || seen.masked !== null,
  }
}
