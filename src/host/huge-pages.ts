/** The huge pages of one size, from /sys/kernel/mm/hugepages (Documentation/admin-guide/mm/hugetlbpage.rst). */
import { Undetermined } from '../util/errors.ts'
import type { Host } from './host.ts'

export interface HugePages {
  /** Bytes of one. */
  readonly size: number
  /** How many there are, used or not. */
  readonly total: number
  /** How many are neither used nor promised to a process that has not touched them. */
  readonly free: number
}

/** The free pages of a NUMA node. */
export interface NodePages {
  readonly node: number
  readonly free: number
  /** Whether this process may use the memory of the node (cpuset.mems of its cgroup, set_mempolicy(2)). */
  readonly allowed: boolean
}

const nodesDirectory = '/sys/devices/system/node'
const pools = '/sys/kernel/mm/hugepages'

/** @returns the directory of the pages of `size` bytes */
export const poolOf = (size: number): string => `${pools}/hugepages-${size / 1024}kB`

/**
 * @returns null when the kernel of this host has no pages of `size` bytes
 * @throws Undetermined when it has them and does not say how many
 */
export const readHugePages = async (host: Host, size: number): Promise<HugePages | null> => {
  const count = async (name: string) => {
    const path = `${poolOf(size)}/${name}_hugepages`
    const text = await host.readText(path)
    if (text !== null && !/^\d+\s*$/.test(text)) throw new Undetermined(`${path} is not a number`)
    return text === null ? null : Number(text)
  }
  const [total, free, reserved] = await Promise.all([count('nr'), count('free'), count('resv')])
  if (total === null || free === null || reserved === null) return null
  // Reserved pages count as free until their owner touches them.
  return { size, total, free: free - reserved }
}

/** @param list as "0-3,5" (cpuset(7), list format) */
const isInList = (list: string, number: number): boolean =>
  list.split(',').some((part) => {
    const [first, last = first] = part.split('-').map(Number)
    return first !== undefined && last !== undefined && first <= number && number <= last
  })

/** @returns the nodes of a host that has more than one and says how many free pages of `size` bytes each has, else null */
export const readNodePages = async (host: Host, size: number): Promise<readonly NodePages[] | null> => {
  const numbers = ((await host.list(nodesDirectory)) ?? [])
    .flatMap((name) => /^node(\d{1,6})$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
  if (numbers.length < 2) return null
  const status = await host.readText('/proc/self/status')
  const list = /^Mems_allowed_list:\s*([\d,-]+)$/m.exec(status ?? '')?.[1]
  const nodes = await Promise.all(
    numbers.map(async (node) => {
      const name = `hugepages-${size / 1024}kB`
      const free = await host.readText(`${nodesDirectory}/node${node}/hugepages/${name}/free_hugepages`)
      return free !== null && /^\d+\s*$/.test(free)
        ? { node, free: Number(free), allowed: list === undefined || isInList(list, node) }
        : null
    }),
  )
  return nodes.every((one) => one !== null) ? nodes : null
}

/** @returns the sizes that the kernel of this host has, in bytes, smallest first */
export const hugePageSizes = async (host: Host): Promise<readonly number[]> =>
  ((await host.list(pools)) ?? [])
    .map((name) => Number(/^hugepages-(\d+)kB$/.exec(name)?.[1] ?? 0) * 1024)
    .filter((size) => size > 0)
    .sort((a, b) => a - b)

/** @returns how many pages there must be so that `bytes` are free */
export const totalFor = ({ size, total, free }: HugePages, bytes: number): number =>
  total + Math.max(0, Math.ceil(bytes / size) - free)
