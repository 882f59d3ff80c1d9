/** Memory of the host, from /proc/meminfo. */
import { Undetermined } from '../util/errors.ts'
import type { Host } from './host.ts'

export interface MemoryInfo {
  /** Bytes, as the others are. */
  readonly total: number
  readonly available: number
  /** Free huge pages of the default size, less those that are promised to a process that has not touched them. */
  readonly hugeFree: number
  /** How many huge pages there are, used or not. */
  readonly hugePages: number
  /** Bytes of a huge page; 0: the kernel has none. */
  readonly hugePageSize: number
}

const field = (text: string, name: string): number | null => {
  const match = new RegExp(`^${name}:\\s+(\\d+)( kB)?$`, 'm').exec(text)
  return match?.[1] ? Number(match[1]) * (match[2] ? 1024 : 1) : null
}

/** @throws Undetermined when the kernel does not say how much there is */
export const readMemory = async (host: Host): Promise<MemoryInfo> => {
  const text = (await host.readText('/proc/meminfo')) ?? ''
  const total = field(text, 'MemTotal')
  const available = field(text, 'MemAvailable')
  if (!total || available === null)
    throw new Undetermined('/proc/meminfo does not contain MemTotal and MemAvailable')
  const count = (name: string) => field(text, name) ?? 0
  const hugePageSize = count('Hugepagesize')
  return {
    total,
    available,
    // Reserved pages count as free until their owner touches them (Documentation/admin-guide/mm/hugetlbpage.rst).
    hugeFree: (count('HugePages_Free') - count('HugePages_Rsvd')) * hugePageSize,
    hugePages: count('HugePages_Total'),
    hugePageSize,
  }
}

/** @returns how many huge pages there must be so that `bytes` more of them are free */
export const hugePagesFor = ({ hugeFree, hugePages, hugePageSize }: MemoryInfo, bytes: number): number =>
  hugePages + Math.ceil((bytes - hugeFree) / hugePageSize)
