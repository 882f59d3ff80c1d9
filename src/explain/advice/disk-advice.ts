/** The disks of a command: paths, types, the seed. */
import { type Advice, doc, issue } from '../cause.ts'
import { type CommandLine, devices, flagValue, plain } from '../reading/command-line.ts'
import { told } from '../told.ts'

/** Doubts about the disks of a command. */
export const diskDoubts = {
  pathTilde: {
    id: 'path-tilde',
    what: '{path|A path} is looked for in a directory that is really called "~".',
    why: 'Inside quotation marks a shell leaves the ~ as it is, and Cloud Hypervisor does not replace it.',
    hint: 'Write the absolute path, or $HOME{rest|/…}.',
    check: 'disk-image',
    reference: doc('README.md#disk-image'),
    confidence: 'certain',
  },
  pathFleeting: {
    id: 'path-fleeting',
    what: '{path|A disk} is gone after the next reboot.',
    why: "The directory is emptied then; upstream's script puts its seed there.",
    hint: 'Keep it beside the disk; `chv-doctor fix cloud-init` makes one that stays.',
    check: 'cloud-init',
    reference: doc('README.md#disk-image'),
    confidence: 'certain',
  },
  diskDirect: {
    id: 'disk-direct',
    what: 'A disk is used with direct=on, past the page cache of the host: requests must then be aligned as the storage below it wants.',
    why: 'A guest may see sectors of 4096 bytes instead of 512, so that it does not find the partition table of an image made for 512; firmware and older releases may send requests that are not aligned.',
    hint: 'If the guest finds no partitions or gets I/O errors, compare a start without direct=on.',
    reference: doc('README.md#disk-image'),
    confidence: 'possible',
  },
  windowsNeedsHyperv: {
    id: 'windows-needs-hyperv',
    what: 'The disk seems to be Windows, and kvm_hyperv=on is missing.',
    why: 'Windows needs CLOUDHV.fd as firmware and the Hyper-V enlightenments of KVM; hypervisor-fw cannot start it.',
    hint: 'Start it with `--firmware CLOUDHV.fd --cpus boot=2,kvm_hyperv=on`.',
    reference: doc('windows.md'),
    confidence: 'likely',
  },
  windowsNeedsEdk2: {
    id: 'windows-needs-edk2',
    what: 'The disk seems to be Windows, and hypervisor-fw cannot start Windows.',
    why: 'The boot manager of Windows asks for functions of UEFI that this small firmware does not have; CLOUDHV.fd (EDK2) has them.',
    hint: 'Start it with `--firmware CLOUDHV.fd` and `kvm_hyperv=on`, as it is.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: doc('windows.md'),
    confidence: 'likely',
  },
  noSeed: {
    id: 'no-seed',
    what: 'No seed is given with the cloud image, so there is no user to log in as.',
    why: 'A cloud image has no password; user, key and network come from a seed that is given as a second disk.',
    hint: '`chv-doctor fix cloud-init` makes a seed; add it as a second path= behind --disk.',
    check: 'cloud-init',
    fix: { id: 'create-cloud-init', args: {} },
    reference: doc('README.md#disk-image'),
    confidence: 'likely',
  },
  diskTypeNotSaid: {
    id: 'disk-type-not-said',
    what: 'A disk does not say what it is.',
    why: 'From release 50.1 on a guessed type forbids writes to the first sector: growing the partition at the first boot then fails with I/O errors. Older releases do not know the option.',
    hint: 'With 50.1 or newer add image_type=raw (or qcow2) to every disk.',
    check: 'cloud-hypervisor',
    reference: issue(7754),
    confidence: 'possible',
  },
} as const satisfies Readonly<Record<string, Advice>>

/** Paths of a command: of disks, payload and initramfs. */
const paths = (command: CommandLine): readonly string[] =>
  [
    ...['kernel', 'firmware', 'initramfs'].map((flag) => flagValue(command, flag)),
    ...devices(command, 'disk').map((disk) => disk.path ?? null),
  ].filter((path) => path !== null)

/** @returns doubts about where the files are */
export const pathAdvice = (command: CommandLine): readonly Advice[] => {
  // A shell replaces the ~ of an unquoted word that starts with it; bash also that behind "path=".
  const tilde = paths(command).find((path) => path.startsWith('\0~'))
  const fleeting = devices(command, 'disk')
    .map((disk) => disk.path ?? '')
    .find((path) => /^\/(?:tmp|dev\/shm|run)\//.test(path))
  const found: (Advice | false)[] = [
    tilde !== undefined && told(diskDoubts.pathTilde, { path: plain(tilde), rest: plain(tilde).slice(1) }),
    fleeting !== undefined && told(diskDoubts.pathFleeting, { path: fleeting }),
  ]
  return found.filter((one) => one !== false)
}

/** @returns doubts about whether these disks make a usable guest */
export const imageAdvice = (command: CommandLine): readonly Advice[] => {
  const disks = devices(command, 'disk')
  const [first] = disks
  const isWindows = /\bwin(?:dows)?[-_]?(?:\d|server|srv|sys)/i.test(first?.path ?? '')
  const payload = flagValue(command, 'firmware') ?? flagValue(command, 'kernel') ?? ''
  const withHyperv = devices(command, 'cpus').some(({ kvm_hyperv }) => /^(?:on|true)$/.test(kvm_hyperv ?? ''))
  const isDirect = disks.some(({ direct = '' }) => /^(?:on|true)$/.test(direct))
  const found: (Advice | false)[] = [
    isDirect && diskDoubts.diskDirect,
    isWindows && !withHyperv && diskDoubts.windowsNeedsHyperv,
    isWindows && withHyperv && /hypervisor-fw/i.test(payload) && diskDoubts.windowsNeedsEdk2,
    /cloudimg|genericcloud|cloud-amd64|cloud\.raw/i.test(first?.path ?? '') &&
      disks.length === 1 &&
      diskDoubts.noSeed,
  ]
  return found.filter((one) => one !== false)
}

/** @returns that a disk does not say its type */
export const diskTypeAdvice = (command: CommandLine): readonly Advice[] =>
  devices(command, 'disk').some((disk) => disk.path !== undefined && disk.image_type === undefined)
    ? [diskDoubts.diskTypeNotSaid]
    : []
