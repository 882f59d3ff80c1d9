import { defineFix } from '../src/contract/fix.ts'
import { hugePagesFor, type MemoryInfo, readMemory } from '../src/host/meminfo.ts'
import type { Argv } from '../src/util/argv.ts'
import { humanBytes } from '../src/util/units.ts'

/** Until the next boot: a host that runs this guest at every boot reserves them there. */
export const reserveHugepages = defineFix<'reserve-hugepages', Record<string, never>, MemoryInfo>({
  id: 'reserve-hugepages',
  title: 'Reserve huge pages for the guest',
  programs: { sysctl: 'procps' },
  survey: readMemory,
  plan: (_args, config, memory) => {
    const pages = memory.hugePageSize === 0 ? 0 : hugePagesFor(memory, config.memory)
    if (pages <= memory.hugePages) return []
    const set = (count: number): Argv => ['sysctl', '-q', '-w', `vm.nr_hugepages=${count}`]
    const more = pages - memory.hugePages
    return [
      {
        kind: 'run',
        argv: set(pages),
        root: true,
        why: `reserve ${more} huge pages of ${humanBytes(memory.hugePageSize)}, until the next boot`,
        // The pages that a guest uses stay until it ends; the kernel then frees them.
        undo: [set(memory.hugePages)],
      },
    ]
  },
})
