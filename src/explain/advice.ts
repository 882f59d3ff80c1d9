/** What a command line itself gives away, before or beside any error. */
import { type Advice, doc, issue } from './cause.ts'
import { type CommandLine, devices, flagValue, plain } from './command-line.ts'
import type { Layer, Line } from './diagnosis.ts'
import { netAdvice } from './net-advice.ts'

/** Paths of a command: of disks, payload and initramfs. */
const paths = (command: CommandLine): readonly string[] =>
  [
    ...['kernel', 'firmware', 'initramfs'].map((flag) => flagValue(command, flag)),
    ...devices(command, 'disk').map((disk) => disk.path ?? null),
  ].filter((path) => path !== null)

const pathAdvice = (command: CommandLine): readonly Advice[] => {
  // A shell replaces the ~ of an unquoted word that starts with it; bash also that behind "path=".
  const tilde = paths(command).find((path) => path.startsWith('\0~'))
  const fleeting = devices(command, 'disk')
    .map((disk) => disk.path ?? '')
    .find((path) => /^\/(?:tmp|dev\/shm|run)\//.test(path))
  const found: (Advice | false)[] = [
    tilde !== undefined && {
      id: 'path-tilde',
      what: `${plain(tilde)} is looked for in a directory that is really called "~".`,
      why: 'Inside quotation marks a shell leaves the ~ as it is, and Cloud Hypervisor does not replace it.',
      hint: `Write the absolute path, or $HOME${plain(tilde).slice(1)}.`,
      check: 'disk-image',
      reference: doc('README.md#disk-image'),
      confidence: 'certain',
    },
    fleeting !== undefined && {
      id: 'path-fleeting',
      what: `${fleeting} is gone after the next reboot.`,
      why: "The directory is emptied then; upstream's script puts its seed there.",
      hint: 'Keep it beside the disk; `chv-doctor fix cloud-init` makes one that stays.',
      check: 'cloud-init',
      reference: doc('README.md#disk-image'),
      confidence: 'certain',
    },
  ]
  return found.filter((one) => one !== false)
}

const diskAdvice = (command: CommandLine): readonly Advice[] =>
  devices(command, 'disk').some((disk) => disk.path !== undefined && disk.image_type === undefined)
    ? [
        {
          id: 'disk-type-not-said',
          what: 'A disk does not say what it is.',
          why: 'From release 50.1 on a guessed type forbids writes to the first sector: growing the partition at the first boot then fails with I/O errors. Older releases do not know the option.',
          hint: 'With 50.1 or newer add image_type=raw (or qcow2) to every disk.',
          check: 'cloud-hypervisor',
          reference: issue(7754),
          confidence: 'possible',
        },
      ]
    : []

/** Defaults: `--console tty --serial null`; firmware and boot loader know the serial port alone. */
const consoleAdvice = (command: CommandLine): readonly Advice[] => {
  const serial = flagValue(command, 'serial') ?? 'null'
  const firmware = flagValue(command, 'firmware') ?? flagValue(command, 'kernel') ?? ''
  const isFirmware = flagValue(command, 'firmware') !== null || /hypervisor-fw|CLOUDHV|\.fd$/.test(firmware)
  return isFirmware && /^(?:null|off)$/.test(serial)
    ? [
        {
          id: 'console-silent',
          what: 'Firmware and boot loader will not be seen.',
          why: 'They speak on the serial port only, which goes nowhere by default: the screen stays empty until the guest asks for a login, and if it never gets there, for ever.',
          hint: 'Add `--serial tty --console off`.',
          reference: issue(2855),
          confidence: 'certain',
        },
      ]
    : []
}

const rules: readonly (readonly [
  Layer,
  (command: CommandLine, lines: readonly Line[]) => readonly Advice[],
])[] = [
  ['network', netAdvice],
  ['disk', pathAdvice],
  ['disk', diskAdvice],
  ['console', consoleAdvice],
]

/** @returns what is doubtful in a command line, by layer */
export const adviceFor = (
  command: CommandLine,
  lines: readonly Line[] = [],
): readonly (Advice & { readonly layer: Layer })[] =>
  rules.flatMap(([layer, rule]) => rule(command, lines).map((advice) => ({ ...advice, layer })))
