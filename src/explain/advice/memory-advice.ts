/** The memory of a command: huge pages that must be there, and memory that other programs must see. */
import { parseSize } from '../../util/units.ts'
import { type Advice, doc } from '../cause.ts'
import type { Line } from '../diagnosis.ts'
import { type CommandLine, devices } from '../reading/command-line.ts'
import { told } from '../told.ts'

/** Doubts about the memory of a command. */
export const memoryDoubts = {
  hugepagesTooFew: {
    id: 'hugepages-too-few',
    what: 'The guest needs {needed|} free huge pages {unit|} {reserved|}.',
    why: 'That is not checked at the start: the program dies of SIGBUS as soon as the guest touches a page that is not there.',
    hint: 'Reserve enough of them first: `echo {needed|N} | sudo tee {pool|/sys/kernel/mm/hugepages/hugepages-2048kB}/nr_hugepages`, and see free_hugepages beside it; from 53 on `reserve=on` makes it an error at the start.',
    check: 'memory',
    reference: doc('memory.md#hugepages-and-hugepage_size'),
    confidence: 'possible',
  },
  memoryNotShared: {
    id: 'memory-not-shared',
    what: 'The guest memory is not shared, and a program outside must see it.',
    why: 'virtiofs, vhost-user and vfio-user devices are served by other programs, which read and write the memory of the guest.',
    hint: 'Add `shared=on` to --memory: `--memory size=1G,shared=on`.',
    reference: doc('fs.md'),
    confidence: 'certain',
  },
  balloonBesideHotplug: {
    id: 'balloon-beside-hotplug',
    what: 'The memory of the guest is changed in two ways at once: {added|some} can be added (hotplug_size), and the balloon takes {taken|some} away.',
    why: 'What is plugged in (hotplugged_size, resize) makes the guest larger; the balloon keeps that much of all its memory from it and gives it back to the host. Beside each other they undo one another, and the host sees neither as meant.',
    hint: 'Choose one: `--balloon size=…` with all memory from the start, or hotplug_size with `ch-remote resize --memory`.',
    reference: doc('memory.md'),
    confidence: 'possible',
  },
  balloonInBytes: {
    id: 'balloon-in-bytes',
    what: 'The balloon is set to {size|a small number}: that is bytes, less than a MiB.',
    why: 'The size of a balloon is counted in bytes and filled in pages of 4 KiB; a host with pages of 64 KiB cannot give so little back, and some releases stopped over it.',
    hint: 'Write the unit: `ch-remote resize --balloon 512M`. If the VM ended, its log says why.',
    reference: doc('balloon.md'),
    confidence: 'likely',
  },
} as const satisfies Readonly<Record<string, Advice>>

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
  const doubt = told(memoryDoubts.hugepagesTooFew, {
    needed: `${needed}`,
    unit: `of ${unit}`,
    reserved: reserved === null ? '' : `, and ${reserved} are reserved`,
    pool,
  })
  return reserved === null ? doubt : { ...doubt, confidence: 'certain' }
}

/** Devices that another program serves. */
const isServedOutside = (command: CommandLine): boolean =>
  ['fs', 'user-device', 'generic-vhost-user'].some((flag) => command.flags.has(flag)) ||
  ['disk', 'net'].some((flag) => devices(command, flag).some(({ vhost_user }) => isOn(vhost_user)))

const sharedAdvice = (command: CommandLine): Advice | null => {
  const memory = [...devices(command, 'memory'), ...devices(command, 'memory-zone')]
  const isShared = memory.some(({ shared, hugepages }) => isOn(shared) || isOn(hugepages))
  if (!isServedOutside(command) || isShared) return null
  return memoryDoubts.memoryNotShared
}

const bytesOf = (text: string | undefined): number => (text && parseSize(text)) || 0

/** Two ways to change the memory of a guest, which work against each other. */
const balloonBesideHotplug = (command: CommandLine): Advice | null => {
  const added = devices(command, 'memory').find(({ hotplug_size }) => bytesOf(hotplug_size) > 0)
  const taken = devices(command, 'balloon').find(({ size }) => bytesOf(size) > 0)
  if (!added || !taken) return null
  return told(memoryDoubts.balloonBesideHotplug, { added: `up to ${added.hotplug_size}`, taken: taken.size })
}

/** Smaller than any use of it. */
const smallestBalloon = 2 ** 20

const balloonInBytes = (_command: CommandLine, lines: readonly Line[]): Advice | null => {
  const asked = lines.flatMap(
    ({ text }) => /\bresize\b.{0,80}--balloon[= ](\d{1,15})(?=\s|$)/.exec(text)?.[1] ?? [],
  )
  const small = asked.find((value) => Number(value) > 0 && Number(value) < smallestBalloon)
  if (small === undefined) return null
  return told(memoryDoubts.balloonInBytes, { size: small })
}

/** @returns what is doubtful about the memory of a command */
export const memoryAdvice = (command: CommandLine, lines: readonly Line[]): readonly Advice[] =>
  [
    hugepagesAdvice(command, lines),
    sharedAdvice(command),
    balloonBesideHotplug(command),
    balloonInBytes(command, lines),
  ].filter((one) => one !== null)
