/** The memory of a command: huge pages that must be there, and memory that other programs must see. */
import { parseSize } from '../util/units.ts'
import { type Advice, doc } from './cause.ts'
import { type CommandLine, devices } from './command-line.ts'
import type { Line } from './diagnosis.ts'

const isOn = (value: string | undefined): boolean => /^(?:on|true)$/i.test(value ?? '')

/** How many huge pages the text says that there are: a value that is written or read beside the command. */
const reservedIn = (lines: readonly Line[]): number | null => {
  for (const [index, { text }] of lines.entries()) {
    const written =
      /echo (\d{1,9}) ?(?:>|\| ?sudo tee) ?\S{0,80}nr_hugepages/.exec(text) ??
      /vm\.nr_hugepages ?= ?(\d{1,9})/.exec(text) ??
      /^HugePages_Total:\s{1,20}(\d{1,9})$/.exec(text)
    if (written) return Number(written[1])
    const next = lines[index + 1]?.text.trim() ?? ''
    if (/cat \S{0,80}nr_hugepages$/.test(text) && /^\d{1,9}$/.test(next)) return Number(next)
  }
  return null
}

const hugepagesAdvice = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const memory = [...devices(command, 'memory'), ...devices(command, 'memory-zone')].filter(({ hugepages }) =>
    isOn(hugepages),
  )
  const [first] = memory
  if (!first) return null
  const bytes = memory.reduce((sum, { size }) => sum + ((size && parseSize(size)) || 0), 0)
  const page = (first.hugepage_size && parseSize(first.hugepage_size)) || 2 * 2 ** 20
  const needed = Math.ceil(bytes / page)
  const reserved = reservedIn(lines)
  if (needed === 0 || (reserved !== null && reserved >= needed)) return null
  const unit = `${page / 2 ** 20} MiB`
  const pool = `/sys/kernel/mm/hugepages/hugepages-${page / 1024}kB`
  return {
    id: 'hugepages-too-few',
    what:
      reserved === null
        ? `The guest needs ${needed} free huge pages of ${unit}.`
        : `The guest needs ${needed} huge pages of ${unit}, and ${reserved} are reserved.`,
    why: 'That is not checked at the start: the program dies of SIGBUS as soon as the guest touches a page that is not there.',
    hint: `Reserve enough of them first: \`echo ${needed} | sudo tee ${pool}/nr_hugepages\`, and see free_hugepages beside it; from 53 on \`reserve=on\` makes it an error at the start.`,
    check: 'memory',
    reference: doc('memory.md#hugepages-and-hugepage_size'),
    confidence: reserved === null ? 'possible' : 'certain',
  }
}

/** Devices that another program serves. */
const isServedOutside = (command: CommandLine): boolean =>
  ['fs', 'user-device', 'generic-vhost-user'].some((flag) => command.flags.has(flag)) ||
  ['disk', 'net'].some((flag) => devices(command, flag).some(({ vhost_user }) => isOn(vhost_user)))

const sharedAdvice = (command: CommandLine): Advice | null => {
  const memory = [...devices(command, 'memory'), ...devices(command, 'memory-zone')]
  const isShared = memory.some(({ shared, hugepages }) => isOn(shared) || isOn(hugepages))
  if (!isServedOutside(command) || isShared) return null
  return {
    id: 'memory-not-shared',
    what: 'The guest memory is not shared, and a program outside must see it.',
    why: 'virtiofs, vhost-user and vfio-user devices are served by other programs, which read and write the memory of the guest.',
    hint: 'Add `shared=on` to --memory: `--memory size=1G,shared=on`.',
    reference: doc('fs.md'),
    confidence: 'certain',
  }
}

/** @returns what is doubtful about the memory of a command */
export const memoryAdvice = (command: CommandLine, lines: readonly Line[]): readonly Advice[] =>
  [hugepagesAdvice(command, lines), sharedAdvice(command)].filter((one) => one !== null)
