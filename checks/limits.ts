import { hugePageBytes } from '../src/config/derived.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck } from '../src/contract/check.ts'
import {
  type CgroupLimit,
  cgroupLimits,
  hugePagesResource,
  memoryResource,
  tasksResource,
} from '../src/host/cgroups.ts'
import type { Host } from '../src/host/host.ts'
import { countThreads, type ProcessLimits, readLimits, readShellFiles } from '../src/host/process-limits.ts'
import {
  filesToStart,
  filesWithRoom,
  type Machine,
  mappingsOf,
  threadsOf,
} from '../src/hypervisor/resource-needs.ts'
import { humanBytes } from '../src/util/units.ts'
import { findings } from './shared/limit-findings.ts'

/** Cloud Hypervisor itself and the page tables of the guest, as in checks/memory.ts. */
const overhead = 64 * 2 ** 20

/** A user with so many processes left is not counted: that reads a file of every process. */
const manyProcesses = 4096

/** A service of systemd is below this group, whatever the limits of this process. */
const servicesGroup = '/system.slice'

interface Facts {
  /** Null where systemd starts the guest: its unit has limits of its own. */
  readonly own: (ProcessLimits & { readonly shellFiles?: number | null }) | null
  /** Of the user, where the limit on them is low. */
  readonly inUse: number | null
  readonly memory: readonly CgroupLimit[]
  readonly tasks: readonly CgroupLimit[]
  /** Of huge pages, where the guest gets them. */
  readonly hugePages?: readonly CgroupLimit[]
  readonly mappings: number | null
  /** Bytes; null where there is none yet. */
  readonly disk: number | null
}

const hugePageLimits = async (host: Host, size: number, group: string | undefined) => {
  const kinds = (['used', 'promised'] as const).map((counts) => hugePagesResource(size, counts))
  return (await Promise.all(kinds.map((kind) => cgroupLimits(host, kind, group)))).flat()
}

/** The same as the boot command makes: disk, seed, and a network device where there is a network. */
const machineOf = (config: Config): Machine => {
  const nets = config.network === 'none' ? 0 : 1
  return { cpus: config.cpus, disks: 2, nets, netQueues: nets * config.num_queues, diskQueues: 2 }
}

const neededFile = ({ disk }: Facts, config: Config) => {
  const onDisk = Math.max(disk ?? 0, config.disk_size ?? 0)
  // Huge pages are a file without a name (memfd_create(2)).
  return config.hugepages && config.memory > onDisk
    ? { needed: config.memory, what: 'memory of the guest in huge pages' }
    : { needed: onDisk, what: 'disk of the guest' }
}

const judgeFiles = (own: NonNullable<Facts['own']>, machine: Machine) => {
  const values = { needed: filesToStart(machine), advised: Math.max(1024, filesWithRoom(machine)) }
  const few = (limit: number | null | undefined): limit is number =>
    typeof limit === 'number' && limit < values.needed
  if (few(own.files))
    return { status: 'fail', code: 'too-few-files', values: { limit: own.files, ...values } } as const
  if (few(own.shellFiles))
    return {
      status: 'warn',
      code: 'too-few-files-in-shell',
      values: { limit: own.shellFiles, ...values },
    } as const
  return null
}

const judgeOwn = (facts: Facts, machine: Machine, config: Config) => {
  const { own, inUse } = facts
  if (own === null) return null
  const threads = threadsOf(machine)
  if (own.processes !== null && inUse !== null && own.processes - inUse < threads) {
    const values = { limit: own.processes, inUse, needed: threads }
    return { status: 'fail', code: 'too-few-processes', values } as const
  }
  const file = neededFile(facts, config)
  if (own.fileSize !== null && own.fileSize < file.needed)
    return { status: 'fail', code: 'file-too-large', values: { limit: own.fileSize, ...file } } as const
  const space = config.memory + overhead
  if (own.addressSpace !== null && own.addressSpace < space) {
    const values = { limit: own.addressSpace, needed: space }
    return { status: 'fail', code: 'too-little-address-space', values } as const
  }
  const locked = own.lockedMemory ?? null
  if (config.devices.length > 0 && locked !== null && locked < space)
    return {
      status: 'fail',
      code: 'too-little-locked-memory',
      values: { limit: locked, needed: space },
    } as const
  return judgeFiles(own, machine)
}

/** The tightest of the groups decides. */
const judgeGroups = ({ memory, tasks, hugePages = [] }: Facts, machine: Machine, config: Config) => {
  const threads = threadsOf(machine)
  const crowded = tasks.find(({ max, used }) => max - used < threads)
  if (crowded)
    return { status: 'fail', code: 'cgroup-too-few-tasks', values: { ...crowded, needed: threads } } as const
  const scarce = config.hugepages ? hugePages.find(({ max, used }) => max - used < config.memory) : undefined
  if (scarce) {
    const values = { ...scarce, needed: config.memory }
    return { status: 'fail', code: 'cgroup-too-few-huge-pages', values } as const
  }
  // Huge pages do not count for this one.
  const needed = (config.hugepages ? 0 : config.memory) + overhead
  const small = memory.find(({ max }) => max < needed)
  if (small)
    return { status: 'fail', code: 'cgroup-too-little-memory', values: { ...small, needed } } as const
  const full = memory.find(({ max, used }) => max - used < needed)
  if (full) return { status: 'warn', code: 'cgroup-memory-in-use', values: { ...full, needed } } as const
  return null
}

const describe = ({ own, memory, tasks }: Facts): string => {
  const least = (groups: readonly CgroupLimit[]) => Math.min(...groups.map(({ max }) => max))
  return [
    own === null ? 'the unit sets its own' : `${own.files ?? 'any number of'} open files`,
    ...(memory.length > 0 ? [`${humanBytes(least(memory))} of memory`] : []),
    ...(tasks.length > 0 ? [`${least(tasks)} tasks`] : []),
    ...(memory.length + tasks.length > 0 ? [] : ['no limit of a cgroup']),
  ].join(', ')
}

export const limits = defineCheck({
  id: 'limits',
  title: 'Limits of processes and cgroups that the guest starts under',
  group: 'host',
  beforeBoot: 'required',
  findings,
  probe: async (host, config): Promise<Facts> => {
    const group = config.guest_unit ? servicesGroup : undefined
    const [limitsOfSelf, shellFiles, memory, tasks, mappings, hugePages, disk] = await Promise.all([
      config.guest_unit ? null : readLimits(host),
      config.guest_unit ? undefined : readShellFiles(host),
      cgroupLimits(host, memoryResource, group),
      cgroupLimits(host, tasksResource, group),
      host.readText('/proc/sys/vm/max_map_count'),
      config.hugepages ? hugePageLimits(host, hugePageBytes(config), group) : null,
      // A disk that cannot be looked at is a matter of disk-image.
      host.stat(config.disk).catch(() => null),
    ])
    const own = limitsOfSelf && { ...limitsOfSelf, ...(shellFiles === undefined ? {} : { shellFiles }) }
    const { uid } = host.user
    // Root is exempt (setrlimit(2)).
    const counts = uid !== 0 && typeof own?.processes === 'number' && own.processes < manyProcesses
    return {
      own,
      inUse: counts ? await countThreads(host, uid) : null,
      memory,
      tasks,
      ...(hugePages ? { hugePages } : {}),
      mappings: mappings === null ? null : Number(mappings),
      disk: disk?.type === 'file' ? disk.size : null,
    }
  },
  judge: (facts, config) => {
    const machine = machineOf(config)
    const needed = mappingsOf(machine)
    if (facts.mappings !== null && facts.mappings < needed)
      return { status: 'fail', code: 'too-few-mappings', values: { limit: facts.mappings, needed } }
    return (
      judgeGroups(facts, machine, config) ??
      judgeOwn(facts, machine, config) ?? { status: 'ok', found: describe(facts) }
    )
  },
})
