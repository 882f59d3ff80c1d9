import { hugePageBytes } from '../src/config/derived.ts'
import { defineFix } from '../src/contract/fix.ts'
import { type HugePages, poolOf, readHugePages, totalFor } from '../src/host/huge-pages.ts'
import type { Argv } from '../src/util/argv.ts'
import { humanBytes } from '../src/util/units.ts'

/** Until the next boot: a host that runs this guest at every boot reserves them there. */
export const reserveHugepages = defineFix<
  'reserve-hugepages',
  Record<string, never>,
  { readonly huge: HugePages | null }
>({
  id: 'reserve-hugepages',
  title: 'Reserve huge pages for the guest',
  programs: {},
  survey: async (host, _args, config) => ({
    huge: await readHugePages(host, hugePageBytes(config)),
  }),
  plan: (_args, config, { huge }) => {
    const pages = huge === null ? 0 : totalFor(huge, config.memory)
    if (huge === null || pages <= huge.total) return []
    // sysctl knows the default size alone. Number and file are arguments, never part of a program.
    const set = (count: number): Argv => [
      'awk',
      'BEGIN { print ARGV[1] > ARGV[2] }',
      `${count}`,
      `${poolOf(huge.size)}/nr_hugepages`,
    ]
    return [
      {
        kind: 'run',
        argv: set(pages),
        root: true,
        why: `reserve ${pages - huge.total} huge pages of ${humanBytes(huge.size)}, until the next boot`,
        // The pages that a guest uses stay until it ends; the kernel then frees them.
        undo: [set(huge.total)],
      },
    ]
  },
})
