/** Sizes and durations, as people and Cloud Hypervisor write them. */

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

/** The last part of the path of an address: what the file is called there, with its % escapes. */
export const fileNameIn = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''
