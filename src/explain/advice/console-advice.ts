/** The consoles of a command: whether what the guest says will be seen. Defaults: `--console tty --serial null`. */
import { type Advice, doc, issue } from '../cause.ts'
import type { Line } from '../diagnosis.ts'
import { type CommandLine, flagValue } from '../reading/command-line.ts'
import { told } from '../told.ts'
import { isArm } from './situation-advice.ts'

/** Doubts about the consoles of a command. */
export const consoleDoubts = {
  consoleSilent: {
    id: 'console-silent',
    what: 'Firmware and boot loader will not be seen.',
    why: 'They speak on the serial port only, which goes nowhere by default: the screen stays empty until the guest asks for a login, and if it never gets there, for ever.',
    hint: 'Add `--serial tty --console off`.',
    reference: issue(2855),
    confidence: 'certain',
  },
  consoleNone: {
    id: 'console-none',
    what: 'Nothing that the guest says will be seen: serial port and console are switched off.',
    why: 'The guest may run well; its firmware, kernel and login have no place to write to. Its accesses to the missing serial port (0x3f8 to 0x3ff) may be recorded in the log: harmless.',
    hint: 'Add `--serial tty --console off`, or `--serial file=FILE` in the background.',
    reference: issue(2855),
    confidence: 'certain',
  },
  kernelNoCmdline: {
    id: 'kernel-no-cmdline',
    what: 'The kernel is started without --cmdline: it has neither a console nor a root file system.',
    why: 'A kernel that is booted directly gets no command line of its own. Without console= it says nothing, and without root= it ends in a panic that is not seen either. Records such as "Guest PIO write" are harmless.',
    hint: 'Add `--cmdline "console=hvc0 root=/dev/vda1 rw"` (with `--console tty`), or boot the image through firmware.',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'certain',
  },
  kernelNoRoot: {
    id: 'kernel-no-root',
    what: 'The kernel (arm64) is started without --cmdline: it has no root=, and no console= behind its first lines.',
    why: 'A kernel that is booted directly gets no command line of its own. What is seen comes from the early console that the device tree names, which falls silent when the boot goes on; without root= it finds no root file system.',
    hint: 'Add `--cmdline "console=ttyAMA0 root=/dev/vda1 rw"` (with `--serial tty`), or boot the image through firmware.',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
  serialPtyUnread: {
    id: 'serial-pty-unread',
    what: 'The serial port is a PTY (--serial pty) and the guest writes its console to it: somebody must read it.',
    why: 'Nobody reads a PTY that is not connected to; once its buffer is full the guest waits at its next words, and output elsewhere (hvc0) stops with it.',
    hint: 'Connect to it (`ch-remote --api-socket FILE info` names the file: `screen /dev/pts/N`), leave that console= out of --cmdline, or use `--serial off` or `--serial file=FILE`.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  consolesTwo: {
    id: 'consoles-two',
    what: 'The guest has two consoles that are both connected ({consoles|ttyS0, hvc0}): both show what the kernel says, and only the last one named {last|} is /dev/console.',
    why: 'Init and its messages use the last one; a login may run on both. Releases and states in between that mixed up the input of the two are known as well: then it is a defect of the release, and nothing is wrong with the command.',
    hint: 'Use one: `--serial tty --console off` with `console=ttyS0` (ttyAMA0 on arm64), or `--console tty` with `console=hvc0`; compare the newest release.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  consoleNotShown: {
    id: 'console-not-shown',
    what: 'The guest writes to {consoles|a console that is not connected}, and nothing of that is shown.',
    why: 'ttyS0 (ttyAMA0 on arm64) is --serial{serial|}; hvc0 is --console{virtio|}. {arm|}',
    hint: 'Write `console={port|ttyS0}` with `--serial tty --console off`, or `console=hvc0` with `--console tty`.',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'certain',
  },
} as const satisfies Readonly<Record<string, Advice>>

const isUnseen = (mode: string): boolean => /^(?:null|off)$/.test(mode)

const isFirmwareFile = (path: string): boolean => /hypervisor-fw|CLOUDHV|OVMF|\.fd$/i.test(path)

/** A PTY holds some KiB; what comes after that waits for a reader. */
const unreadPty = (serial: string, cmdline: string | null): readonly Advice[] =>
  serial === 'pty' && /\bconsole=tty(?:S|AMA)0/.test(cmdline ?? '') ? [consoleDoubts.serialPtyUnread] : []

/** @returns the consoles that a kernel command line names, in their order */
const consolesIn = (cmdline: string): readonly string[] =>
  [...cmdline.matchAll(/\bconsole=(tty(?:S|AMA)0|hvc0)/g)].map(([, name = '']) => name)

/** Where both are connected, the last one that the kernel is given is /dev/console. */
const twoConsoles = (cmdline: string, serial: string, virtio: string): readonly Advice[] => {
  const named = consolesIn(cmdline)
  const last = named.at(-1)
  if (last === undefined || new Set(named).size < 2 || isUnseen(serial) || isUnseen(virtio)) return []
  return [told(consoleDoubts.consolesTwo, { consoles: [...new Set(named)].join(', '), last: `, ${last},` })]
}

/** The consoles that a kernel command line names, by whether something is behind them. */
const consoleMismatch = (cmdline: string, serial: string, virtio: string, onArm: boolean): Advice | null => {
  const named = consolesIn(cmdline)
  const port = onArm ? 'ttyAMA0' : 'ttyS0'
  const isSeen = (name: string): boolean =>
    name === 'hvc0' ? !isUnseen(virtio) : name === port && !isUnseen(serial)
  if (named.length === 0 || named.some(isSeen)) return null
  const arm =
    onArm && named.includes('ttyS0') ? 'On arm64 the serial port is ttyAMA0; there is no ttyS0.' : ''
  return told(consoleDoubts.consoleNotShown, {
    consoles: named.join(' and '),
    serial: `, which is ${serial} here`,
    virtio: `, which is ${virtio}`,
    arm,
    port,
  })
}

/** An entry of a boot loader in the image: its kernel is booted by firmware, and has a command line of its own. */
const bootEntry =
  /^\s{0,16}linux(?:efi)? \/\S{1,200} .*\bconsole=|^\s{0,16}GRUB_CMDLINE_LINUX(?:_DEFAULT)?=.*\bconsole=/

/** @returns that what the image's own kernel writes is not shown, where the text quotes its boot entry */
export const bootEntryAdvice = (command: CommandLine, lines: readonly Line[]): readonly Advice[] => {
  const entry = lines.find(({ text }) => bootEntry.test(text))?.text
  const [serial, virtio] = [flagValue(command, 'serial'), flagValue(command, 'console')]
  if (entry === undefined || serial === null || virtio === null) return []
  const mismatch = consoleMismatch(entry, serial, virtio, isArm(command, lines))
  return mismatch ? [{ ...mismatch, confidence: 'likely' }] : []
}

/** @returns that firmware will not be seen, where that is so */
export const firmwareConsoleAdvice = (command: CommandLine): readonly Advice[] => {
  const isFirmware = command.flags.has('firmware') || isFirmwareFile(flagValue(command, 'kernel') ?? '')
  const isConsoleOff = isUnseen(flagValue(command, 'console') ?? 'tty')
  return isFirmware && isUnseen(flagValue(command, 'serial') ?? 'null') && !isConsoleOff
    ? [consoleDoubts.consoleSilent]
    : []
}

/** @returns doubts about what will be seen of the guest */
export const consoleAdvice = (command: CommandLine, lines: readonly Line[]): readonly Advice[] => {
  const serial = flagValue(command, 'serial') ?? 'null'
  const virtio = flagValue(command, 'console') ?? 'tty'
  const firmware = flagValue(command, 'firmware')
  const kernel = flagValue(command, 'kernel')
  const cmdline = flagValue(command, 'cmdline')
  if (firmware === null && kernel === null) return []
  const seen = isUnseen(serial) && isUnseen(virtio) ? [consoleDoubts.consoleNone] : []
  if (firmware !== null || isFirmwareFile(kernel ?? '')) return [...seen, ...bootEntryAdvice(command, lines)]
  // On x86 a kernel that is seen has a command line of its own; on arm64 the device tree names its first console.
  if (cmdline === null)
    return [
      consoleDoubts.kernelNoCmdline,
      ...(isArm(command, lines) ? [consoleDoubts.kernelNoRoot] : []),
      ...seen,
    ]
  const mismatch = seen.length === 0 ? consoleMismatch(cmdline, serial, virtio, isArm(command, lines)) : null
  return mismatch
    ? [mismatch]
    : [...seen, ...twoConsoles(cmdline, serial, virtio), ...unreadPty(serial, cmdline)]
}
