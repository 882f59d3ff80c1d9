import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { hugePagesFor, readMemory } from '../src/host/meminfo.ts'
import { humanBytes } from '../src/util/units.ts'

/** Cloud Hypervisor itself and the page tables of the guest, measured at tens of MiB. */
const overhead = 64 * 2 ** 20

type Ram = { readonly available: number; readonly total: number; readonly guest: number }

const describe = ({ available, total }: Omit<Ram, 'guest'>) =>
  `${humanBytes(available)} available of ${humanBytes(total)}`

const forGuest = ({ guest }: Ram) => `${humanBytes(guest)} for the guest`

const findings = {
  'no-huge-pages': finding({
    found: 'the kernel of this host has no huge pages',
    expected: 'huge pages for the guest (hugepages)',
    hint: 'Set `hugepages: false`.',
  }),
  'too-few-huge-pages': finding<{ free: number; guest: number; pages: number }>({
    found: ({ free }) => `${humanBytes(free)} in free huge pages`,
    expected: ({ guest, pages }) => `${humanBytes(guest)} in free huge pages: vm.nr_hugepages at ${pages}`,
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

export const memory = defineCheck({
  id: 'memory',
  title: 'Enough memory for the guest',
  group: 'host',
  beforeBoot: 'required',
  looksAt: 'memory',
  findings,
  probe: readMemory,
  judge: (facts, config) => {
    const { total, available, hugeFree, hugePageSize } = facts
    const guest = config.memory
    if (config.hugepages) {
      if (hugeFree >= guest) return { status: 'ok', found: `${humanBytes(hugeFree)} in free huge pages` }
      if (hugePageSize === 0) return { status: 'fail', code: 'no-huge-pages' }
      const values = { free: hugeFree, guest, pages: hugePagesFor(facts, guest) }
      // Too few are not refused at the start: the guest dies of SIGBUS when it touches the first missing one.
      const fail = { status: 'fail', code: 'too-few-huge-pages', values } as const
      if (available < guest - hugeFree + overhead)
        return {
          ...fail,
          hint: 'This host has too little free memory for them: end other programs, or set a smaller `memory`.',
        }
      return { ...fail, fix: { id: 'reserve-hugepages', args: {} } }
    }
    const needed = guest + overhead
    const values = { available, total, guest }
    if (total < needed) return { status: 'fail', code: 'too-little-installed', values }
    if (available < needed) return { status: 'warn', code: 'too-little-available', values }
    return { status: 'ok', found: describe(values) }
  },
})
