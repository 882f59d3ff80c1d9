/** IPv6 addresses, as far as the doctor needs them: one spelling each, and the subnets of a range. */
import { isIPv6 } from 'node:net'

export interface Cidr6 {
  /** In the one spelling that the kernel prints too (RFC 5952). */
  readonly address: string
  readonly prefix: number
  /** The eight groups of 16 bits. */
  readonly groups: readonly number[]
}

/** The one spelling of an address. @param address valid */
const canonicalIPv6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1)

const groupsOf = (spelt: string): number[] => {
  const [head = '', tail] = spelt.split('::')
  const parse = (part: string) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : [])
  const front = parse(head)
  const back = parse(tail ?? '')
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back]
}

/** Parses "fd00::1/64"; null when it is no IPv6 address with a prefix length. */
export const parseCidr6 = (text: string): Cidr6 | null => {
  const [address = '', prefixText = '', ...rest] = text.split('/')
  if (!isIPv6(address) || address.includes('%') || rest.length > 0 || !/^\d{1,3}$/.test(prefixText))
    return null
  const prefix = Number(prefixText)
  if (prefix > 128) return null
  const spelt = canonicalIPv6(address)
  return { address: spelt, prefix, groups: groupsOf(spelt) }
}

/** How many subnets of 64 bits a range of 48 to 64 bits has. */
export const subnets64 = ({ prefix }: Cidr6): number => 2 ** (64 - prefix)

/** An address in subnet number `index` of a range of 48 to 64 bits: its last group is `last`. */
export const addressIn64 = ({ groups, prefix }: Cidr6, index: number, last: number): string => {
  const fourth = (groups[3] ?? 0) & ~(2 ** (64 - prefix) - 1)
  const all = [...groups.slice(0, 3), fourth + index, 0, 0, 0, last]
  return canonicalIPv6(all.map((group) => group.toString(16)).join(':'))
}
