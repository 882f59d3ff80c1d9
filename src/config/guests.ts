/**
 * Per-guest values, derived from the guest number and the ranges that all guests share:
 * guest 1 is the guest of a host that has only one.
 */
import { addressIn64, formatIPv4, parseCidr, parseCidr6, subnets64 } from '../util/address.ts'

/** The suffix of file names of a guest: none for the first, "-2" for the second. */
export const guestSuffix = (guest: number): string => (guest === 1 ? '' : `-${guest}`)

/** Each guest has a subnet with its TAP: a /24, or a /30 of a range that is too small for several /24. */
const lengthIn = (range: number): number => (range < 24 ? 24 : 30)

/** The number of guests that fit into a range of IPv4 addresses. */
export const capacityOf = (range: string): number => {
  const cidr = parseCidr(range)
  return cidr ? 2 ** (lengthIn(cidr.prefix) - cidr.prefix) : 0
}

/**
 * The pair of addresses of a guest: guest N has subnet number N of the range, the last one subnet 0.
 * So guest 1 of 192.168.248.0/21 has 192.168.249.0/24, which upstream's examples use.
 */
export const addressesOf = (range: string, guest: number): { host: string; guest: string } => {
  const cidr = parseCidr(range)
  if (!cidr) return { host: '', guest: '' }
  const length = lengthIn(cidr.prefix)
  const subnet = cidr.network + (guest % capacityOf(range)) * 2 ** (32 - length)
  return { host: `${formatIPv4(subnet + 1)}/${length}`, guest: `${formatIPv4(subnet + 2)}/${length}` }
}

/** The number of guests that fit into a range of IPv6 addresses. */
export const roomIn6 = (range: string): number => {
  const cidr = parseCidr6(range)
  return cidr ? subnets64(cidr) : 0
}

/** The same for IPv6: each guest has a /64. */
export const addressesOf6 = (range: string, guest: number): { host: string; guest: string } | null => {
  const cidr = parseCidr6(range)
  if (!cidr) return null
  const index = guest % subnets64(cidr)
  return { host: `${addressIn64(cidr, index, 1)}/64`, guest: `${addressIn64(cidr, index, 2)}/64` }
}

/** The MAC of upstream's examples, incremented for each further guest. */
export const macOf = (guest: number): string => {
  const last = (0x90ab + guest - 1).toString(16)
  return `12:34:56:78:${last.slice(0, 2)}:${last.slice(2)}`
}
