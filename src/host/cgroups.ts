/** Limits of control groups: those of this process and of all groups around it (cgroup v2, and v1 where it counts). */
import type { Host } from './host.ts'

/** A group that limits something. */
export interface CgroupLimit {
  /** The file that has the limit. */
  readonly file: string
  readonly max: number
  /** What the group uses now of it; for memory without the cache of files, which the kernel takes back. */
  readonly used: number
}

interface Controller {
  readonly max: string
  readonly used: string
  /** Memory in these lines of memory.stat is a cache. */
  readonly cache: readonly string[]
}

interface Place {
  readonly mount: string
  readonly path: string
  readonly controller: Controller
}

/** What a controller limits, in the files of either version. */
interface Resource {
  readonly name: 'memory' | 'pids' | 'hugetlb'
  readonly version1: Controller
  readonly version2: Controller
}

export const memoryResource: Resource = {
  name: 'memory',
  version1: {
    max: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    cache: ['total_inactive_file', 'total_active_file'],
  },
  version2: { max: 'memory.max', used: 'memory.current', cache: ['inactive_file', 'active_file'] },
}

const tasks: Controller = { max: 'pids.max', used: 'pids.current', cache: [] }

export const tasksResource: Resource = { name: 'pids', version1: tasks, version2: tasks }

/** As the controller writes it: "2MB" (mem_fmt in mm/hugetlb_cgroup.c). */
const pageName = (size: number): string => {
  const [unit, bytes] =
    size >= 2 ** 30 ? ['GB', 2 ** 30] : size >= 2 ** 20 ? ['MB', 2 ** 20] : ['KB', 2 ** 10]
  return `${size / Number(bytes)}${unit}`
}

/**
 * Huge pages of `size` bytes, in use (a page beyond the limit ends in SIGBUS), or promised by mmap(2), which is
 * refused beyond it.
 */
export const hugePagesResource = (size: number, counts: 'used' | 'promised'): Resource => {
  const files = `hugetlb.${pageName(size)}${counts === 'promised' ? '.rsvd' : ''}`
  return {
    name: 'hugetlb',
    version1: { max: `${files}.limit_in_bytes`, used: `${files}.usage_in_bytes`, cache: [] },
    version2: { max: `${files}.max`, used: `${files}.current`, cache: [] },
  }
}

/** Version 1 says "unlimited" by the largest number of pages. */
const unlimitedFrom = 2 ** 62

/** A line is HIERARCHY:CONTROLLERS:PATH; version 2 is the one without controllers (cgroups(7)). */
const placeIn = (text: string, { name, version1, version2 }: Resource): Place | null => {
  const lines = text.split('\n').map((line) => /^\d+:([^:]*):(\/.*)$/.exec(line))
  const pathOf = (isIt: (controllers: string) => boolean) =>
    lines.find((match) => match !== null && isIt(match[1] ?? ''))?.[2]
  const own = pathOf((controllers) => controllers.split(',').includes(name))
  if (own !== undefined) return { mount: `/sys/fs/cgroup/${name}`, path: own, controller: version1 }
  const unified = pathOf((controllers) => controllers === '')
  if (unified === undefined) return null
  // Beside hierarchies of version 1, systemd mounts version 2 below them.
  const isHybrid = lines.some((match) => match?.[1] !== undefined && match[1] !== '')
  return {
    mount: isHybrid ? '/sys/fs/cgroup/unified' : '/sys/fs/cgroup',
    path: unified,
    controller: version2,
  }
}

/**
 * The group at a path and all around it, the innermost first. A path out of the namespace ("/../x"), or one
 * that the mount does not have, leaves the group at the mount.
 */
const groupsAt = ({ mount, path }: Place): readonly string[] => {
  const parts = path.split('/').filter((part) => part !== '')
  const inside = parts.includes('..') ? [] : parts
  return [...inside.map((_, index) => `${mount}/${inside.slice(0, inside.length - index).join('/')}`), mount]
}

const numberIn = (text: string | null): number | null =>
  text !== null && /^\d+\s*$/.test(text) ? Number(text) : null

const limitOf = async (
  host: Host,
  group: string,
  { max, used, cache }: Controller,
): Promise<CgroupLimit | null> => {
  const limit = numberIn(await host.readText(`${group}/${max}`))
  if (limit === null || limit >= unlimitedFrom) return null
  const [current, stat] = await Promise.all([
    host.readText(`${group}/${used}`),
    cache.length > 0 ? host.readText(`${group}/memory.stat`) : null,
  ])
  const cached = cache.map((name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(stat ?? '')?.[1] ?? 0))
  const taken = (numberIn(current) ?? 0) - cached.reduce((sum, bytes) => sum + bytes, 0)
  return { file: `${group}/${max}`, max: limit, used: Math.max(0, taken) }
}

/**
 * @param path a group of version 2 to look at instead of that of this process
 * @returns the limits that there are, the innermost first
 */
export const cgroupLimits = async (
  host: Host,
  resource: Resource,
  path?: string,
): Promise<readonly CgroupLimit[]> => {
  const place = placeIn(
    path === undefined ? ((await host.readText('/proc/self/cgroup')) ?? '') : `0::${path}`,
    resource,
  )
  if (!place) return []
  const limits = await Promise.all(groupsAt(place).map((group) => limitOf(host, group, place.controller)))
  return limits.filter((limit) => limit !== null)
}
