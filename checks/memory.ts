import { hugePageBytes } from '../src/config/derived.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type HugePages, hugePageSizes, readHugePages, totalFor } from '../src/host/huge-pages.ts'
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
  readonly huge: HugePages | { readonly sizes: readonly number[] } | null
}

const judgeHugePages = (huge: NonNullable<Facts['huge']>, available: number, config: Config) => {
  const size = hugePageBytes(config)
  if (!('size' in huge)) return { status: 'fail', code: 'no-huge-pages', values: { size, ...huge } } as const
  const guest = config.memory
  const free = huge.free * size
  if (free >= guest) return { status: 'ok', found: `${humanBytes(free)} in free huge pages` } as const
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
    const huge = await readHugePages(host, hugePageBytes(config))
    return { ...ordinary, huge: huge ?? { sizes: await hugePageSizes(host) } }
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
