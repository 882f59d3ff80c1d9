import { describe, expect, it } from 'vitest'
import { limits } from '../../checks/limits.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { type FakeHost, notPermitted } from '../helpers/fake-host.ts'

const GiB = 2 ** 30
const config = configWith({ memory: GiB, cpus: 2 })

type Value = number | 'unlimited'

const limitsText = ({
  files = 1024,
  processes = 'unlimited',
  fileSize = 'unlimited',
  space = 'unlimited',
  locked = 8 * 2 ** 20,
}: Own) =>
  (
    [
      ['Max file size', fileSize, 'bytes'],
      ['Max processes', processes, 'processes'],
      ['Max open files', files, 'files'],
      ['Max locked memory', locked, 'bytes'],
      ['Max address space', space, 'bytes'],
    ] as [string, Value, string][]
  )
    .map(([name, soft, unit]) => `${name.padEnd(26)}${String(soft).padEnd(21)}unlimited            ${unit}\n`)
    .join('')

interface Own {
  readonly files?: number
  readonly processes?: string
  readonly fileSize?: string
  readonly space?: string
  readonly locked?: number
}

type Files = NonNullable<FakeHost['files']>

/** A host without limits that matter, in the unified hierarchy; with changes. */
const noHugePageLimits = Object.fromEntries(
  ['user.slice/user-1000.slice/', 'user.slice/', ''].flatMap((group) =>
    ['', '.rsvd'].map((counts) => [`/sys/fs/cgroup/${group}hugetlb.2MB${counts}.max`, null]),
  ),
)

const hostWith = (own: Own = {}, files: Files = {}): FakeHost => ({
  files: {
    '/proc/self/limits': limitsText(own),
    '/proc/self/status': 'Name:\tnode\nPPid:\t77\n',
    '/proc/77/limits': limitsText({ files: 1024 }),
    '/proc/self/cgroup': '0::/user.slice/user-1000.slice\n',
    '/sys/fs/cgroup/user.slice/user-1000.slice/memory.max': 'max\n',
    '/sys/fs/cgroup/user.slice/user-1000.slice/pids.max': 'max\n',
    '/sys/fs/cgroup/user.slice/memory.max': 'max\n',
    '/sys/fs/cgroup/user.slice/pids.max': 'max\n',
    '/sys/fs/cgroup/memory.max': null,
    '/sys/fs/cgroup/pids.max': null,
    ...noHugePageLimits,
    '/proc/sys/vm/max_map_count': '65530\n',
    [config.disk]: { info: { size: 3 * GiB } },
    ...files,
  },
})

const slice = '/sys/fs/cgroup/user.slice'

const hugePagesOf = (group: string, max: number, used: number, counts: '' | '.rsvd' = '') => ({
  [`${group}/hugetlb.2MB${counts}.max`]: `${max}\n`,
  [`${group}/hugetlb.2MB${counts}.current`]: `${used}\n`,
})

const memoryOf = (group: string, max: number, current: number, cache = 0) => ({
  [`${group}/memory.max`]: `${max}\n`,
  [`${group}/memory.current`]: `${current}\n`,
  [`${group}/memory.stat`]: `anon 1\ninactive_file ${cache / 2}\nactive_file ${cache / 2}\n`,
})

const codeOf = async (host: FakeHost, changes: Parameters<typeof configWith>[0] = {}) => {
  const { status, code } = await conclude(limits, host, configWith({ memory: GiB, cpus: 2, ...changes }))
  return code ?? status
}

describe('limits', () => {
  it('says what there is where nothing is in the way', async () => {
    expect(await conclude(limits, hostWith(), config)).toMatchObject({
      status: 'ok',
      found: '1024 open files, no limit of a cgroup',
    })
  })

  it.each([
    // 60, 8 of the CPUs, 18 of two disks and a network device, 5 of its queues.
    ['the number counted', { files: 91 }, {}, 'ok'],
    ['one file too few', { files: 90 }, {}, 'limits/too-few-files'],
    ['fewer CPUs', { files: 90 }, { cpus: 1 }, 'ok'],
    ['more queues', { files: 200 }, { cpus: 16, num_queues: 32 }, 'limits/too-few-files'],
    ['no network', { files: 80 }, { network: 'none' }, 'ok'],
    ['a disk as large as a file may be', { fileSize: String(3 * GiB) }, {}, 'ok'],
    ['a larger disk', { fileSize: String(3 * GiB - 1) }, {}, 'limits/file-too-large'],
    [
      'a disk that is to grow',
      { fileSize: String(3 * GiB) },
      { disk_size: 4 * GiB },
      'limits/file-too-large',
    ],
    ['memory in no file', { fileSize: String(3 * GiB) }, { memory: 8 * GiB }, 'ok'],
    [
      'memory in huge pages',
      { fileSize: String(3 * GiB) },
      { memory: 8 * GiB, hugepages: true },
      'limits/file-too-large',
    ],
    ['room for the guest', { space: String(2 * GiB) }, {}, 'ok'],
    ['no room for the guest', { space: String(GiB) }, {}, 'limits/too-little-address-space'],
  ] as const)('counts what the process may have: %s', async (_, own, changes, expected) => {
    expect(await codeOf(hostWith(own), changes)).toBe(expected)
  })

  it('warns of a shell that may open fewer files than boot', async () => {
    const host = hostWith({ files: 500_000 }, { '/proc/77/limits': limitsText({ files: 64 }) })
    expect(await conclude(limits, host, config)).toMatchObject({
      status: 'warn',
      code: 'limits/too-few-files-in-shell',
      values: { limit: 64, needed: 91 },
    })
    const hidden = hostWith({}, { '/proc/77/limits': notPermitted('/proc/77/limits') })
    expect(await codeOf(hidden)).toBe('ok')
  })

  const processes = {
    '/proc': { names: ['1', '77', '78', '79', 'self', 'meminfo'] },
    '/proc/1/status': 'Uid:\t0\t0\t0\t0\nThreads:\t500\n',
    '/proc/77/status': 'Uid:\t1000\t1000\t1000\t1000\nThreads:\t1\n',
    '/proc/78/status': 'Uid:\t1000\t1000\t1000\t1000\nThreads:\t11\n',
    '/proc/79/status': null,
  }
  it('counts the threads of the user where few are allowed', async () => {
    // 6, 2 CPUs, 2 disks, a pair of queues and a network device.
    expect(await codeOf(hostWith({ processes: '24' }, processes))).toBe('ok')
    expect(await conclude(limits, hostWith({ processes: '23' }, processes), config)).toMatchObject({
      code: 'limits/too-few-processes',
      values: { limit: 23, inUse: 12, needed: 12 },
    })
    expect(await codeOf({ ...hostWith({ processes: '23' }), user: { uid: 0 } })).toBe('ok')
  })

  it.each([
    ['room in every group', { ...memoryOf(slice, 4 * GiB, GiB) }, 'ok'],
    ['a group around that is too small', memoryOf(slice, GiB, 0), 'limits/cgroup-too-little-memory'],
    ['a group that others fill', memoryOf(slice, 4 * GiB, 3.5 * GiB), 'limits/cgroup-memory-in-use'],
    ['a group that a cache fills', memoryOf(slice, 4 * GiB, 3.5 * GiB, 2 * GiB), 'ok'],
    [
      'a namespace whose root has a limit',
      memoryOf('/sys/fs/cgroup', GiB, 0),
      'limits/cgroup-too-little-memory',
    ],
    ['tasks for the threads', { [`${slice}/pids.max`]: '32\n', [`${slice}/pids.current`]: '20\n' }, 'ok'],
    [
      'too few tasks',
      { [`${slice}/pids.max`]: '32\n', [`${slice}/pids.current`]: '21\n' },
      'limits/cgroup-too-few-tasks',
    ],
    ['too few mappings', { '/proc/sys/vm/max_map_count': '60\n' }, 'limits/too-few-mappings'],
    ['a kernel without that limit', { '/proc/sys/vm/max_map_count': null }, 'ok'],
  ] as const)('looks at all groups around: %s', async (_, files, expected) => {
    expect(await codeOf(hostWith({}, files))).toBe(expected)
  })

  it.each([
    ['room', hugePagesOf(slice, 2 * GiB, GiB), 'ok'],
    ['too little', hugePagesOf(slice, GiB - 2 ** 21, 0), 'limits/cgroup-too-few-huge-pages'],
    ['others in it', hugePagesOf(slice, 2 * GiB, GiB + 2 ** 21), 'limits/cgroup-too-few-huge-pages'],
    ['too little to promise', hugePagesOf(slice, 0, 0, '.rsvd'), 'limits/cgroup-too-few-huge-pages'],
  ] as const)(
    'looks at the huge pages of a group only where the guest gets them: %s',
    async (_, files, expected) => {
      const host = hostWith({}, files)
      expect(await codeOf(host, { hugepages: true, memory: GiB })).toBe(expected)
      expect(await codeOf(host, { memory: GiB })).toBe('ok')
    },
  )

  it.each([
    ['none', {}, {}, [], 'ok'],
    ['one, and a low limit', {}, {}, ['0000:01:00.0'], 'limits/too-little-locked-memory'],
    ['one, and room for its memory', { locked: 2 * GiB }, {}, ['0000:01:00.0'], 'ok'],
    [
      'one, and CAP_IPC_LOCK',
      {},
      { '/proc/self/status': 'PPid:\t77\nCapEff:\t000001ffffffffff\n' },
      ['0000:01:00.0'],
      'ok',
    ],
    [
      'one, and root of a container',
      {},
      { '/proc/self/status': 'PPid:\t77\nCapEff:\t00000000a80425fb\n' },
      ['0000:01:00.0'],
      'limits/too-little-locked-memory',
    ],
  ] as const)('looks at locked memory for devices: %s', async (_, own, files, devices, expected) => {
    expect(await codeOf(hostWith(own, files), { devices })).toBe(expected)
  })

  it('finds version 2 below version 1, and names a page as the kernel does', async () => {
    const group = '/sys/fs/cgroup/unified/box'
    const host = hostWith(
      {},
      {
        '/proc/self/cgroup': '4:memory:/\n3:pids:/\n0::/box\n',
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': null,
        '/sys/fs/cgroup/pids/pids.max': null,
        [`${group}/hugetlb.1GB.max`]: `${2 ** 30}\n`,
        [`${group}/hugetlb.1GB.current`]: '0\n',
        [`${group}/hugetlb.1GB.rsvd.max`]: 'max\n',
        '/sys/fs/cgroup/unified/hugetlb.1GB.max': null,
        '/sys/fs/cgroup/unified/hugetlb.1GB.rsvd.max': null,
      },
    )
    const config = { hugepages: true, hugepage_size: '1G' } as const
    expect(await codeOf(host, { ...config, memory: GiB })).toBe('ok')
    expect(await codeOf(host, { ...config, memory: 2 * GiB })).toBe('limits/cgroup-too-few-huge-pages')
  })

  it('does not count the memory of huge pages for the cgroup', async () => {
    const host = hostWith({}, memoryOf(slice, GiB, 0))
    expect(await codeOf(host, { hugepages: true })).toBe('ok')
  })

  it('knows version 1, whose largest number is no limit', async () => {
    const version1 = (limit: string) =>
      hostWith(
        {},
        {
          '/proc/self/cgroup': '4:memory:/box\n3:cpu,pids:/box\n0::/\n',
          '/sys/fs/cgroup/memory/box/memory.limit_in_bytes': limit,
          '/sys/fs/cgroup/memory/box/memory.usage_in_bytes': '4096\n',
          '/sys/fs/cgroup/memory/box/memory.stat': 'total_inactive_file 0\ntotal_active_file 0\n',
          '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
          '/sys/fs/cgroup/pids/box/pids.max': 'max\n',
          '/sys/fs/cgroup/pids/pids.max': null,
        },
      )
    expect(await codeOf(version1('9223372036854771712\n'))).toBe('ok')
    expect(await codeOf(version1('268435456\n'))).toBe('limits/cgroup-too-little-memory')
  })

  it('looks at the mount where the path leads out of the namespace', async () => {
    const host = hostWith(
      {},
      { '/proc/self/cgroup': '0::/../../other\n', ...memoryOf('/sys/fs/cgroup', GiB, 0) },
    )
    expect(await codeOf(host)).toBe('limits/cgroup-too-little-memory')
  })

  it('leaves the limits of its own process out where systemd starts the guest', async () => {
    const { files } = hostWith()
    const host = {
      files: {
        ...files,
        '/proc/self/limits': limitsText({ files: 10 }),
        '/sys/fs/cgroup/system.slice/memory.max': 'max\n',
        '/sys/fs/cgroup/system.slice/pids.max': 'max\n',
      },
    }
    expect(await codeOf(host)).toBe('limits/too-few-files')
    expect(await codeOf(host, { guest_unit: true })).toBe('ok')
  })

  it.each([null, 'Max open files 12\n', notPermitted('/proc/self/limits')])(
    'guesses nothing',
    async (text) => {
      await expect(conclude(limits, hostWith({}, { '/proc/self/limits': text }))).rejects.toThrow(
        Undetermined,
      )
    },
  )
})
