/** Which name servers show a way out when they answer: not this host itself, and none that a link keeps. */

import type { Host } from '../../src/host/host.ts'
import { type Interface, readInterfaces } from '../../src/host/interfaces.ts'
import { addressOf, formatIPv6, parseIPv4, parseIPv6 } from '../../src/util/address.ts'

/** 0.0.0.0/8, loopback, link-local and multicast (RFC 6890): no router passes them on. */
const stays4 = (value: number): boolean => {
  const first = value >>> 24
  return first === 0 || first === 127 || first >= 224 || value >>> 16 === 0xa9fe
}

/** Unspecified, loopback, link-local and multicast. */
const stays6 = (groups: readonly number[]): boolean => {
  const [first = 0] = groups
  return (
    (first & 0xffc0) === 0xfe80 || first >>> 8 === 0xff || groups.slice(0, 7).every((group) => group === 0)
  )
}

const ownOf = (interfaces: readonly Interface[]): ReadonlySet<string> =>
  new Set(interfaces.flatMap(({ addresses, addresses6 }) => [...addresses, ...addresses6]).map(addressOf))

/** @throws Undetermined when ip is missing or broken */
export const outsideOf = async (
  host: Host,
  servers: readonly string[],
): Promise<{ readonly four: readonly string[]; readonly six: readonly string[] }> => {
  const own = ownOf(await readInterfaces(host))
  const four = servers.filter((address) => {
    const value = parseIPv4(address)
    return value !== null && !stays4(value) && !own.has(address)
  })
  const six = servers.flatMap((address) => {
    const groups = parseIPv6(address)
    // Another spelling of the same address would not be known again in its answers.
    return groups === null || stays6(groups) ? [] : [formatIPv6(groups)]
  })
  return { four, six: six.filter((address) => !own.has(address)) }
}

/** Why no name server of a family is asked. */
export const noneOutside = (family: 'IPv4' | 'IPv6'): string =>
  `no ${family} name server outside of this host is configured`
