/** Sizes, durations and addresses, as people and Cloud Hypervisor write them. */

const factors: Record<string, number> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 }

/** Parses "512M", "2G" or a plain number of bytes; null when it is neither. */
export const parseSize = (text: string): number | null => {
  const match = /^(\d+)\s*([KMGT])?(i?B)?$/i.exec(text.trim())
  if (!match?.[1]) return null
  return Number(match[1]) * (factors[(match[2] ?? '').toUpperCase()] ?? 1)
}

/** Bytes for people: "2.1 GiB". */
export const humanBytes = (bytes: number): string => {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** Bytes for `--memory size=`: upper-case suffix, only where it divides (facts: K, M and G only). */
export const exactSize = (bytes: number): string => {
  for (const [suffix, factor] of [
    ['G', 2 ** 30],
    ['M', 2 ** 20],
    ['K', 2 ** 10],
  ] as const) {
    if (bytes % factor === 0) return `${bytes / factor}${suffix}`
  }
  return String(bytes)
}

/** Milliseconds for people: "8 ms", "1.4 s", "2 min 5 s". */
export const humanMs = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

const octets = (address: string): number | null => {
  const parts = address.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

/** An IPv4 address as people write it, from its number. */
export const formatIPv4 = (value: number): string =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

/** The last part of the path of an address: what the file is called there, with its % escapes. */
export const fileNameIn = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''

/** The address of "192.168.249.2/24" or "fd00::2/64", without its prefix length. */
export const addressOf = (cidr: string): string => cidr.replace(/\/.*/, '')

export interface Cidr {
  readonly address: string
  readonly prefix: number
  /** The network address as a number, for comparisons. */
  readonly network: number
  readonly size: number
  /** The address itself as a number. */
  readonly value: number
}

/** Parses an IPv4 address with prefix length, "192.168.249.1/24"; null when it is not one. */
export const parseCidr = (text: string): Cidr | null => {
  const [address = '', prefixText = '', ...rest] = text.split('/')
  const value = octets(address)
  const prefix = Number(prefixText)
  if (value === null || rest.length > 0 || !/^\d{1,2}$/.test(prefixText) || prefix > 32) return null
  const size = 2 ** (32 - prefix)
  return { address, prefix, network: Math.floor(value / size) * size, size, value }
}

/** Whether two subnets share addresses. */
export const overlaps = (a: Cidr, b: Cidr): boolean =>
  a.network < b.network + b.size && b.network < a.network + a.size
