import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { Undetermined } from '../src/util/errors.ts'
import { humanBytes } from '../src/util/units.ts'

/** Cloud Hypervisor itself and the page tables of the guest, measured at tens of MiB. */
const overhead = 64 * 2 ** 20

const field = (text: string, name: string): number | null => {
  const match = new RegExp(`^${name}:\\s+(\\d+)( kB)?$`, 'm').exec(text)
  return match?.[1] ? Number(match[1]) * (match[2] ? 1024 : 1) : null
}

type Ram = { readonly available: number; readonly total: number; readonly guest: number }

const describe = ({ available, total }: Omit<Ram, 'guest'>) =>
  `${humanBytes(available)} available of ${humanBytes(total)}`

const forGuest = ({ guest }: Ram) => `${humanBytes(guest)} for the guest`

const findings = {
  'too-few-huge-pages': finding<{ free: number; guest: number }>({
    found: ({ free }) => `${humanBytes(free)} in free huge pages`,
    expected: ({ guest }) => `${humanBytes(guest)} in free huge pages`,
    hint: 'Reserve more: `sudo sysctl vm.nr_hugepages=N`, or set `hugepages: false`.',
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

export const memory = defineCheck({
  id: 'memory',
  title: 'Enough memory for the guest',
  group: 'host',
  beforeBoot: 'required',
  looksAt: 'memory',
  findings,
  probe: async (host) => {
    const text = await host.readText('/proc/meminfo')
    const total = text && field(text, 'MemTotal')
    const available = text && field(text, 'MemAvailable')
    if (!text || !total || available === null || available === '')
      throw new Undetermined('/proc/meminfo does not contain MemTotal and MemAvailable')
    return {
      total,
      available,
      // Reserved pages count as free until their owner touches them (Documentation/admin-guide/mm/hugetlbpage.rst).
      hugeFree:
        ((field(text, 'HugePages_Free') ?? 0) - (field(text, 'HugePages_Rsvd') ?? 0)) *
        (field(text, 'Hugepagesize') ?? 0),
    }
  },
  judge: ({ total, available, hugeFree }, config) => {
    const guest = config.memory
    if (config.hugepages)
      return hugeFree >= guest
        ? { status: 'ok', found: `${humanBytes(hugeFree)} in free huge pages` }
        : // Too few are not refused at the start: the guest dies of SIGBUS when it touches the first missing one.
          { status: 'fail', code: 'too-few-huge-pages', values: { free: hugeFree, guest } }
    const needed = guest + overhead
    const values = { available, total, guest }
    if (total < needed) return { status: 'fail', code: 'too-little-installed', values }
    if (available < needed) return { status: 'warn', code: 'too-little-available', values }
    return { status: 'ok', found: describe(values) }
  },
})
