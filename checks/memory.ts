import { defineCheck } from '../src/contract/check.ts'
import { Undetermined } from '../src/util/errors.ts'
import { humanBytes } from '../src/util/units.ts'

/** Cloud Hypervisor itself and the page tables of the guest, measured at tens of MiB. */
const overhead = 64 * 2 ** 20

const field = (text: string, name: string): number | null => {
  const match = new RegExp(`^${name}:\\s+(\\d+)( kB)?$`, 'm').exec(text)
  return match?.[1] ? Number(match[1]) * (match[2] ? 1024 : 1) : null
}

export const memory = defineCheck({
  id: 'memory',
  title: 'Enough memory for the guest',
  group: 'host',
  probe: async (host) => {
    const text = await host.readText('/proc/meminfo')
    const total = text && field(text, 'MemTotal')
    const available = text && field(text, 'MemAvailable')
    if (!text || !total || available === null || available === '')
      throw new Undetermined('/proc/meminfo does not tell')
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
    if (config.hugepages) {
      const found = `${humanBytes(hugeFree)} in free huge pages`
      if (hugeFree >= config.memory) return { status: 'ok', found }
      // Too few are not refused at the start: the guest dies of SIGBUS when it touches the first missing one.
      return {
        status: 'fail',
        found,
        expected: `${humanBytes(config.memory)} in free huge pages`,
        hint: 'Reserve more: `sudo sysctl vm.nr_hugepages=N`, or set `hugepages: false`.',
      }
    }
    const needed = config.memory + overhead
    const found = `${humanBytes(available)} available of ${humanBytes(total)}`
    const expected = `${humanBytes(config.memory)} for the guest`
    if (total < needed)
      return { status: 'fail', found, expected, hint: 'Set a smaller `memory` for the guest.' }
    if (available < needed)
      return { status: 'warn', found, expected, hint: 'End other programs, or set a smaller `memory`.' }
    return { status: 'ok', found }
  },
})
