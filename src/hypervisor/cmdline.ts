/** Judges a kernel command line. */
import { type FoundCode, finding } from '../contract/finding.ts'

/** COMMAND_LINE_SIZE of the kernel, on x86 and arm64 alike, with its final NUL: the rest is cut off silently. */
const maxCmdlineLength = 2047

const serialOf = (arch: string) => (arch === 'aarch64' ? 'ttyAMA0' : 'ttyS0')

const consoleExpected = ({ arch }: { arch: string }) =>
  `console=hvc0, or console=${serialOf(arch)} for the serial port`

type Root = { readonly root: string; readonly partitioned: boolean | null }

const rootExpected = ({ partitioned }: { partitioned: boolean | null }) =>
  partitioned === false ? 'root=/dev/vda' : 'root=/dev/vda1, or where the root is'

/** What can be wrong with a command line. */
export const cmdlineFindings = {
  'cmdline-too-long': finding<{ bytes: number }>({
    found: ({ bytes }) => `a command line of ${bytes} bytes`,
    expected: `at most ${maxCmdlineLength} bytes: the kernel ignores the rest`,
    hint: 'Shorten `cmdline`.',
  }),
  'cmdline-no-console': finding<{ arch: string }>({
    found: 'the command line names no console',
    expected: consoleExpected,
    hint: 'Set `cmdline`: without its console the guest boots in silence.',
  }),
  'cmdline-unknown-console': finding<{ console: string; arch: string }>({
    found: (values) => `console=${values.console}: the guest has no such console`,
    expected: consoleExpected,
    hint: 'Set `cmdline`: without its console the guest boots in silence.',
  }),
  'cmdline-no-root': finding<{ partitioned: boolean | null }>({
    found: 'the command line names no root file system',
    expected: rootExpected,
    hint: 'Set `cmdline`: without root= the kernel panics.',
  }),
  'cmdline-root-needs-initramfs': finding<Root>({
    found: ({ root }) => `root=${root} without an initramfs`,
    expected: rootExpected,
    hint: 'Only an initramfs can look that up: set `initramfs`, or name the partition in `cmdline`.',
  }),
  'cmdline-root-unknown': finding<Root>({
    found: ({ root }) => `root=${root}: no disk has that name`,
    expected: rootExpected,
    hint: 'Set `cmdline`: the first disk is /dev/vda.',
  }),
  'cmdline-root-partition-missing': finding<Root>({
    found: ({ root }) => `root=${root}, and the disk has no partitions`,
    expected: rootExpected,
    hint: 'Set `cmdline`: the whole disk is the root.',
  }),
  'cmdline-root-partition-not-named': finding<Root>({
    found: ({ root }) => `root=${root}, and the disk is partitioned`,
    expected: rootExpected,
    hint: 'Set `cmdline`: name the partition.',
  }),
}

export type CmdlineProblem = FoundCode<typeof cmdlineFindings>

export interface CmdlineContext {
  /** As `uname -m` writes it. */
  readonly arch: string
  readonly initramfs: boolean
  /** Of the guest disk; null when it could not be read. */
  readonly partitioned: boolean | null
}

const valuesOf = (cmdline: string, name: string): readonly string[] =>
  cmdline.split(/\s+/).flatMap((word) => (word.startsWith(`${name}=`) ? [word.slice(name.length + 1)] : []))

const consoleProblem = (cmdline: string, arch: string): CmdlineProblem | null => {
  const named = valuesOf(cmdline, 'console').map((value) => value.split(',')[0] ?? '')
  if (named.some((name) => name === 'hvc0' || name === serialOf(arch))) return null
  const last = named.at(-1)
  return last === undefined
    ? { code: 'cmdline-no-console', values: { arch } }
    : { code: 'cmdline-unknown-console', values: { console: last, arch } }
}

/** What the kernel itself cannot resolve: labels and UUIDs of file systems need an initramfs. */
const needsInitramfs = /^(LABEL|UUID)=|^\/dev\/(disk\/|mapper\/)/

/** Where other hypervisors and real machines have their disks. */
const foreignDisk = /^\/dev\/(sd|hd|xvd|nvme|mmcblk|sr)/

const rootProblem = (cmdline: string, { initramfs, partitioned }: CmdlineContext): CmdlineProblem | null => {
  const root = valuesOf(cmdline, 'root').at(-1)
  if (root === undefined) return initramfs ? null : { code: 'cmdline-no-root', values: { partitioned } }
  const values = { root, partitioned }
  if (needsInitramfs.test(root) && !initramfs) return { code: 'cmdline-root-needs-initramfs', values }
  if (foreignDisk.test(root)) return { code: 'cmdline-root-unknown', values }
  if (partitioned === false && /^\/dev\/vda\d/.test(root))
    return { code: 'cmdline-root-partition-missing', values }
  if (partitioned === true && root === '/dev/vda') return { code: 'cmdline-root-partition-not-named', values }
  return null
}

/** @returns the first problem of a command line, or null */
export const findCmdlineProblem = (cmdline: string, context: CmdlineContext): CmdlineProblem | null => {
  const bytes = Buffer.byteLength(cmdline)
  if (bytes > maxCmdlineLength) return { code: 'cmdline-too-long', values: { bytes } }
  return consoleProblem(cmdline, context.arch) ?? rootProblem(cmdline, context)
}
