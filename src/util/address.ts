/** IPv4 and IPv6 addresses: parsing, one spelling each, and the arithmetic of subnets. */
import { isIPv4, isIPv6 } from 'node:net'

/** An IPv4 address with its prefix length. */
export interface Cidr {
  readonly address: string
  readonly prefix: number
  /** The network address as a number, for comparisons. */
  readonly network: number
  /** How many addresses the subnet has. */
  readonly size: number
  /** The address itself as a number. */
  readonly value: number
}

/** An IPv6 address with its prefix length. */
export interface Cidr6 {
  /** As RFC 5952 and the kernel spell it. */
  readonly address: string
  readonly prefix: number
  /** The eight groups of 16 bits. */
  readonly groups: readonly number[]
}

/** The address of "192.168.249.2/24" or "fd00::2/64", without its prefix length. */
export const addressOf = (cidr: string): string => cidr.replace(/\/.*/, '')

/** An IPv4 address in dotted notation as a number; null when it is not one. */
export const parseIPv4 = (address: string): number | null =>
  isIPv4(address) ? address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0) : null

/** The dotted notation of an IPv4 address, from its number. */
export const formatIPv4 = (value: number): string =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

const split = (text: string, maxPrefix: number): { address: string; prefix: number } | null => {
  const [, address, digits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? []
  const prefix = Number(digits)
  return address !== undefined && prefix <= maxPrefix ? { address, prefix } : null
}

/** Parses an IPv4 address with prefix length, "192.168.249.1/24"; null when it is not one. */
export const parseCidr = (text: string): Cidr | null => {
  const parts = split(text, 32)
  const value = parts && parseIPv4(parts.address)
  if (!parts || value === null) return null
  const size = 2 ** (32 - parts.prefix)
  return { ...parts, network: Math.floor(value / size) * size, size, value }
}

/** Whether two subnets share addresses. */
export const overlaps = (a: Cidr, b: Cidr): boolean =>
  a.network < b.network + b.size && b.network < a.network + a.size

/** Whether a subnet has the address with this number. */
export const contains = ({ network, size }: Cidr, value: number): boolean =>
  network <= value && value < network + size

/** The prefix length of a netmask: 24 for "255.255.255.0"; null when it is no netmask. */
export const prefixOfNetmask = (netmask: string): number | null => {
  const value = parseIPv4(netmask)
  const bits = value?.toString(2).padStart(32, '0') ?? ''
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.lastIndexOf('1') + 1 : null
}

/** The spelling of RFC 5952: lower case, and the first longest run of zero groups is "::". */
export const formatIPv6 = (groups: readonly number[]): string => {
  const text = groups.map((group) => group.toString(16)).join(':')
  const runs = [...text.matchAll(/\b0(?::0)+\b/g)]
  const zeros = runs.reduce((best, [run]) => (run.length > best.length ? run : best), '')
  if (zeros === '') return text
  const at = runs.find(([run]) => run === zeros)?.index ?? 0
  const front = text.slice(0, at).replace(/:$/, '')
  const back = text.slice(at + zeros.length).replace(/^:/, '')
  return `${front}::${back}`
}

/** The eight groups of an IPv6 address without a zone; null when it is not one. */
export const parseIPv6 = (address: string): readonly number[] | null => {
  // The colon first: the expression in isIPv6 takes 20 ms to make.
  if (!address.includes(':') || address.includes('%') || !isIPv6(address)) return null
  // The last two groups may be written as an IPv4 address (RFC 4291, section 2.2).
  const hex = address.replace(/[^:]*\.[^:]*$/, (dotted) => {
    const value = parseIPv4(dotted) ?? 0
    return `${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`
  })
  const [front = [], back = []] = hex
    .split('::')
    .map((part) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []))
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back]
}

/** Parses "fd00::1/64"; null when it is no IPv6 address with a prefix length. */
export const parseCidr6 = (text: string): Cidr6 | null => {
  const parts = split(text, 128)
  const groups = parts && parseIPv6(parts.address)
  return groups ? { address: formatIPv6(groups), prefix: parts.prefix, groups } : null
}

/** How many subnets of 64 bits a range of 48 to 64 bits has. */
export const subnets64 = ({ prefix }: Cidr6): number => 2 ** (64 - prefix)

/** An address in subnet number `index` of a range of 48 to 64 bits: its last group is `last`. */
export const addressIn64 = ({ groups, prefix }: Cidr6, index: number, last: number): string => {
  const fourth = (groups[3] ?? 0) & ~(2 ** (64 - prefix) - 1)
  return formatIPv6([...groups.slice(0, 3), fourth + index, 0, 0, 0, last])
}
