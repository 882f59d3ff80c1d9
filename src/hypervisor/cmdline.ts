/** The kernel command line: what Cloud Hypervisor and the kernel will make of it. */

export interface CmdlineProblem {
  readonly found: string
  readonly expected: string
  readonly hint: string
}

export interface CmdlineContext {
  /** As `uname -m` writes it. */
  readonly arch: string
  readonly initramfs: boolean
  /** Of the guest disk; null when it could not be read. */
  readonly partitioned: boolean | null
}

/** COMMAND_LINE_SIZE of the kernel, on x86 and arm64 alike, with its final NUL: the rest is cut off silently. */
const maxCmdlineLength = 2047

const valuesOf = (cmdline: string, name: string): readonly string[] =>
  cmdline.split(/\s+/).flatMap((word) => (word.startsWith(`${name}=`) ? [word.slice(name.length + 1)] : []))

const consoleProblem = (cmdline: string, arch: string): CmdlineProblem | null => {
  const serial = arch === 'aarch64' ? 'ttyAMA0' : 'ttyS0'
  const named = valuesOf(cmdline, 'console').map((value) => value.split(',')[0] ?? '')
  if (named.some((name) => name === 'hvc0' || name === serial)) return null
  const found =
    named.length === 0
      ? 'the command line names no console'
      : `console=${named.at(-1)}: the guest has no such console`
  return {
    found,
    expected: `console=hvc0, or console=${serial} for the serial port`,
    hint: 'Set `cmdline`: without its console the guest boots in silence.',
  }
}

/** What the kernel itself cannot find: names of file systems are looked up by an initramfs. */
const needsInitramfs = /^(LABEL|UUID)=|^\/dev\/(disk\/|mapper\/)/

/** Where other hypervisors and real machines have their disks. */
const foreignDisk = /^\/dev\/(sd|hd|xvd|nvme|mmcblk|sr)/

const rootProblem = (cmdline: string, { initramfs, partitioned }: CmdlineContext): CmdlineProblem | null => {
  const root = valuesOf(cmdline, 'root').at(-1)
  const expected = partitioned === false ? 'root=/dev/vda' : 'root=/dev/vda1, or where the root is'
  const doubt = (found: string, hint: string): CmdlineProblem => ({ found, expected, hint })
  if (root === undefined) {
    if (initramfs) return null
    return doubt(
      'the command line names no root file system',
      'Set `cmdline`: without root= the kernel panics.',
    )
  }
  if (needsInitramfs.test(root) && !initramfs)
    return doubt(
      `root=${root} without an initramfs`,
      'Only an initramfs can look that up: set `initramfs`, or name the partition in `cmdline`.',
    )
  if (foreignDisk.test(root))
    return doubt(`root=${root}: no disk has that name`, 'Set `cmdline`: the first disk is /dev/vda.')
  if (partitioned === false && /^\/dev\/vda\d/.test(root))
    return doubt(`root=${root}, and the disk has no partitions`, 'Set `cmdline`: the whole disk is the root.')
  if (partitioned === true && root === '/dev/vda')
    return doubt('root=/dev/vda, and the disk is partitioned', 'Set `cmdline`: name the partition.')
  return null
}

/** The first thing about a command line that will not work, or null. */
export const findCmdlineProblem = (cmdline: string, so: CmdlineContext): CmdlineProblem | null =>
  Buffer.byteLength(cmdline) > maxCmdlineLength
    ? {
        found: `a command line of ${Buffer.byteLength(cmdline)} bytes`,
        expected: `${maxCmdlineLength} at the most: the kernel cuts off the rest`,
        hint: 'Shorten `cmdline`.',
      }
    : (consoleProblem(cmdline, so.arch) ?? rootProblem(cmdline, so))
