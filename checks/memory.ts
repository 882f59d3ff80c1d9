import { hugePageBytes } from '../src/config/derived.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import {
  type HugePages,
  hugePageSizes,
  type NodePages,
  readHugePages,
  readNodePages,
  totalFor,
} from '../src/host/huge-pages.ts'
import { readMemory } from '../src/host/meminfo.ts'
import { exactSize, humanBytes } from '../src/util/units.ts'

/** Cloud Hypervisor itself and the page tables of the guest, measured at tens of MiB. */
const overhead = 64 * 2 ** 20

type Ram = { readonly available: number; readonly total: number; readonly guest: number }

const describe = ({ available, total }: Omit<Ram, 'guest'>) =>
  `${humanBytes(available)} available of ${humanBytes(total)}`

const forGuest = ({ guest }: Ram) => `${humanBytes(guest)} for the guest`

const findings = {
  'no-huge-pages': finding<{ size: number; sizes: readonly number[] }>({
    found: ({ sizes }) =>
      sizes.length === 0
        ? 'the kernel of this host has no huge pages'
        : `the huge pages of this host have ${sizes.map(exactSize).join(', ')}`,
    expected: ({ size }) => `huge pages of ${exactSize(size)} (hugepage_size)`,
    hint: ({ sizes }) =>
      `Set \`${sizes[0] === undefined ? 'hugepages: false' : `hugepage_size: ${exactSize(sizes[0])}`}\`.`,
  }),
  'too-few-huge-pages': finding<{ free: number; guest: number; pages: number; size: number }>({
    found: ({ free }) => `${humanBytes(free)} in free huge pages`,
    expected: ({ guest, pages, size }) =>
      `${humanBytes(guest)} in free huge pages: ${pages} pages of ${exactSize(size)} in all`,
    hint: 'Or set `hugepages: false`.',
  }),
  'huge-pages-on-other-nodes': finding<{
    free: number
    guest: number
    size: number
    node: number
    nodes: string
  }>({
    found: ({ free, nodes }) =>
      `${humanBytes(free)} in free huge pages on the NUMA nodes that this process may use (${nodes})`,
    expected: ({ guest }) => `${humanBytes(guest)} in free huge pages there`,
    hint: ({ size, node }) =>
      `Reserve them there (\`/sys/devices/system/node/node${node}/hugepages/hugepages-${size / 1024}kB/nr_hugepages\`), or let the process use the other nodes (cpuset.mems, AllowedMemoryNodes=, numactl).`,
  }),
  'too-little-installed': finding<Ram>({
    found: describe,
    expected: forGuest,
    hint: 'Set a smaller `memory` for the guest.',
  }),
  'too-little-available': finding<Ram>({
    found: describe,
    expected: forGuest,
    hint: 'End other programs, or set a smaller `memory`.',
  }),
}

interface Facts {
  readonly total: number
  readonly available: number
  /** Of `hugepage_size`, or the sizes that there are instead; null where the guest has ordinary memory. */
  readonly huge:
    | (HugePages & { readonly nodes?: readonly NodePages[] })
    | { readonly sizes: readonly number[] }
    | null
}

/** Enough in all: but perhaps on nodes that the guest gets none from, which ends in SIGBUS as well. */
const judgeNodes = (
  { size, free, nodes = [] }: HugePages & { readonly nodes?: readonly NodePages[] },
  guest: number,
) => {
  const allowed = nodes.filter((node) => node.allowed)
  const [first] = allowed
  const usable = allowed.reduce((sum, node) => sum + node.free * size, 0)
  if (first && usable < guest) {
    const names = allowed.map(({ node }) => node).join(', ')
    const values = { free: usable, guest, size, node: first.node, nodes: names }
    return { status: 'fail', code: 'huge-pages-on-other-nodes', values } as const
  }
  const each = nodes.map((node) => `node ${node.node}: ${humanBytes(node.free * size)}`).join(', ')
  return {
    status: 'ok',
    found: `${humanBytes(free * size)} in free huge pages${each && ` (${each})`}`,
  } as const
}

const judgeHugePages = (huge: NonNullable<Facts['huge']>, available: number, config: Config) => {
  const size = hugePageBytes(config)
  if (!('size' in huge)) return { status: 'fail', code: 'no-huge-pages', values: { size, ...huge } } as const
  const guest = config.memory
  const free = huge.free * size
  if (free >= guest) return judgeNodes(huge, guest)
  const values = { free, guest, pages: totalFor(huge, guest), size }
  // Too few are not refused at the start: the guest dies of SIGBUS when it touches the first missing one.
  const fail = { status: 'fail', code: 'too-few-huge-pages', values } as const
  if (available < guest - free + overhead)
    return {
      ...fail,
      hint: 'This host has too little free memory for them: end other programs, or set a smaller `memory`.',
    }
  return { ...fail, fix: { id: 'reserve-hugepages', args: {} } } as const
}

export const memory = defineCheck({
  id: 'memory',
  title: 'Enough memory for the guest',
  group: 'host',
  beforeBoot: 'required',
  looksAt: 'memory',
  findings,
  probe: async (host, config): Promise<Facts> => {
    const ordinary = await readMemory(host)
    if (!config.hugepages) return { ...ordinary, huge: null }
    const size = hugePageBytes(config)
    const huge = await readHugePages(host, size)
    if (huge === null) return { ...ordinary, huge: { sizes: await hugePageSizes(host) } }
    const nodes = await readNodePages(host, size)
    return { ...ordinary, huge: { ...huge, ...(nodes ? { nodes } : {}) } }
  },
  judge: ({ total, available, huge }, config) => {
    if (config.hugepages && huge !== null) return judgeHugePages(huge, available, config)
    const guest = config.memory
    const needed = guest + overhead
    const values = { available, total, guest }
    if (total < needed) return { status: 'fail', code: 'too-little-installed', values }
    if (available < needed) return { status: 'warn', code: 'too-little-available', values }
    return { status: 'ok', found: describe(values) }
  },
})
