/** Set-ups that cannot do what the text shows is asked of them, although no error is printed. */
import { type Advice, doc, issue } from '../cause.ts'
import type { Line } from '../diagnosis.ts'
import { type CommandLine, devices, flagValue } from '../reading/command-line.ts'

/** What cannot work, or only slowly, by what was done. */
export const situationDoubts = {
  hotplugNeedsAcpi: {
    id: 'hotplug-needs-acpi',
    what: 'Hotplug needs ACPI, and on AArch64 (arm64) a guest has ACPI only when it boots through UEFI firmware; here its kernel is booted directly.',
    why: 'The VMM adds the device or memory and answers with success; the kernel of the guest, which runs with a device tree, is never told, and shows nothing new.',
    hint: 'Boot with CLOUDHV_EFI.fd (`--firmware CLOUDHV_EFI.fd`, and the kernel in the image), or give the device at the start. `chv-doctor fix fetch-firmware` gets that firmware.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: doc('hotplug.md'),
    confidence: 'likely',
  },
  armHypervisorFw: {
    id: 'arm-hypervisor-fw',
    what: 'On AArch64 (arm64) hypervisor-fw does not start the stock images of many distributions.',
    why: 'Their boot loaders (shim, GRUB) ask for functions of UEFI that this small firmware does not have; it stops after its list of PCI devices, or the loader gives up. --cmdline has no effect with firmware.',
    hint: 'Boot with `--firmware CLOUDHV_EFI.fd` (EDK2), or the kernel directly: `--kernel Image --initramfs INITRD --cmdline "console=ttyAMA0 root=/dev/vda1"`.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: doc('uefi.md'),
    confidence: 'possible',
  },
  virtioMemDriver: {
    id: 'virtio-mem-driver',
    what: 'Memory that grows over virtio-mem is taken up by a driver of the guest; without it a resize waits or changes nothing.',
    why: 'The driver came with Linux 5.8 (CONFIG_VIRTIO_MEM, for arm64 later), and kernels of some cloud images are built without it. The VMM only offers the memory.',
    hint: 'See `uname -r` and `dmesg | grep virtio_mem` in the guest; use a newer kernel, or the other way: `hotplug_method=acpi` (a multiple of 128 MiB, then `echo online` for the new blocks).',
    reference: doc('hotplug.md'),
    confidence: 'likely',
  },
  restoreWithVirtiofs: {
    id: 'restore-with-virtiofs',
    what: 'A guest with a shared directory (virtio-fs) is restored from a snapshot: its virtiofsd does not have the state that the guest remembers.',
    why: 'The snapshot holds the memory of the guest, not the open files and the session of virtiofsd. A virtiofsd that was started anew answers none of the requests that the guest resumes with, so that a guest whose root is virtiofs hangs, and others get errors from the share.',
    hint: 'Take the snapshot without --fs (unmount the share and remove the device first, add it after the restore), use a disk as root, or a virtiofsd and release that both save its state.',
    reference: issue(6931),
    confidence: 'likely',
  },
  restoreBeforeVirtiofsd: {
    id: 'restore-before-virtiofsd',
    what: 'The snapshot is restored before virtiofsd runs: its socket must be there first, because the restore connects to it.',
    why: 'The first restore fails for that. Up to release 42 what it had made is left in this VMM, so that a second restore is refused even when virtiofsd runs.',
    hint: 'Start virtiofsd before the restore; if one failed already, take away what is left (`ch-remote --api-socket FILE delete`) or start a new cloud-hypervisor.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  restoreWithVsock: {
    id: 'restore-with-vsock',
    what: 'A guest with vsock is saved and restored: connections that were open in the snapshot have no other end afterwards.',
    why: 'The snapshot holds the side of the guest only. Up to release 51 the guest is not told, so that it takes old connections for alive and its server may miss the first new request; newer ones reset them. The socket of the host is made anew at the path that the snapshot names.',
    hint: 'Close the connections before the snapshot and connect again after the restore; use a newer release; give each copy a socket path of its own in config.json of the snapshot.',
    reference: doc('vsock.md'),
    confidence: 'possible',
  },
  migrationWithDevice: {
    id: 'migration-with-device',
    what: 'A VM with a passed-through device, or one that another program serves over vfio-user (--device, --user-device, --vdpa), is to be migrated while it runs.',
    why: 'Up to release 53 such a device has no state that is sent to the other side. The receiver opens the same device or socket while the sender still holds it: on one host it is refused, or waits for a server that serves one client at a time.',
    hint: 'Remove the device before the migration (`ch-remote --api-socket FILE remove-device ID`) and add one on the other side afterwards.',
    reference: doc('live_migration.md'),
    confidence: 'possible',
  },
  restoreHypervClock: {
    id: 'restore-hyperv-clock',
    what: 'A guest with kvm_hyperv=on (Windows) is restored from a snapshot; the text holds no error.',
    why: 'Up to release 51 the clock of the guest is set only after its vCPUs run again: Windows then reckons with a wrong time (reference TSC of Hyper-V) and can stand still for minutes after the resume. From the commands alone that cannot be known.',
    hint: 'Use a newer release, which restores the clock first; else give the log of the restore (`-v --log-file FILE`).',
    reference: doc('windows.md'),
    confidence: 'possible',
  },
  segmentWithoutWindow: {
    id: 'segment-without-window',
    what: 'A device is on a PCI segment other than 0, and the guest found no place for one of its regions (lspci shows it as ignored or disabled).',
    why: 'Up to release 36 only segment 0 has a window for 32-bit regions: 32-bit BARs and the expansion ROM of a device elsewhere get no address. From 37 on each segment has its share of the window, which may be too small for large regions.',
    hint: 'Put the device on segment 0 if its driver needs that region (an expansion ROM mostly is not needed); use a newer release; from 39 on `--pci-segment pci_segment=1,mmio32_aperture_weight=4` gives that segment more of the window.',
    reference: doc('device_model.md'),
    confidence: 'possible',
  },
  debugBuild: {
    id: 'debug-build',
    what: 'The program is a debug build (target/debug): it is several times slower than a release.',
    why: 'cargo builds without optimisation, and with checks, unless it is told otherwise: firmware, disks and network of the guest are much slower then.',
    hint: 'Measure with `cargo build --release` and target/release/cloud-hypervisor, or the binary of a release.',
    reference: doc('building.md'),
    confidence: 'likely',
  },
} as const satisfies Readonly<Record<string, Advice>>

const armWords = /\b(?:aarch64|arm64|ttyAMA0)\b/

/** Whether the text is about an arm64 machine. */
export const isArm = (command: CommandLine, lines: readonly Line[]): boolean =>
  /aarch64|arm64/.test(command.binary) ||
  /(?:^|\/)Image$|EFI\.fd$|aarch64|arm64/.test(flagValue(command, 'kernel') ?? '') ||
  lines.some(({ text }) => armWords.test(text))

const anyLine = (lines: readonly Line[], expression: RegExp): boolean =>
  lines.some(({ text }) => expression.test(text))

/** A device or memory that is given to a running VM. */
const hotplugs =
  /\bch-remote\b.{0,200} (?:add-\w+|resize)\b|\/vm\.(?:add-\w+|resize)\b|API request event: Vm(?:Add|Resize)/

const hotplug = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const kernel = flagValue(command, 'kernel') ?? ''
  const isDirect = kernel !== '' && !/\.fd$|hypervisor-fw/i.test(kernel)
  if (!isDirect || !anyLine(lines, hotplugs) || !isArm(command, lines)) return null
  return situationDoubts.hotplugNeedsAcpi
}

const armFirmware = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const payload = flagValue(command, 'firmware') ?? flagValue(command, 'kernel') ?? ''
  if (!/hypervisor-fw/.test(payload) || !isArm(command, lines) || devices(command, 'disk').length === 0) {
    return null
  }
  return situationDoubts.armHypervisorFw
}

const virtioMem = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const isUsed = devices(command, 'memory').some(({ hotplug_method }) =>
    /^virtio-mem$/i.test(hotplug_method ?? ''),
  )
  if (!isUsed || !anyLine(lines, /\bresize\b|VmResize|virtio[-_]mem: /)) return null
  return situationDoubts.virtioMemDriver
}

const restores = /API request event: VmRestore|\/vm\.restore\b|\bch-remote\b.{0,200} restore\b/
const sharesRoot = /rootfstype=virtiofs|\bfs: Some\(\[|tag: "\w+", socket/

const restoredShare = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const isRestored = command.flags.has('restore') || anyLine(lines, restores)
  if (!isRestored || !(command.flags.has('fs') || anyLine(lines, sharesRoot))) return null
  return situationDoubts.restoreWithVirtiofs
}

const virtiofsdStart = /(?:^|\s|\/)virtiofsd .{0,200}--socket(?:-path)?[= ]/

/** The share was served only after the restore had failed for it. */
const restoreBeforeShare = (_command: CommandLine, lines: readonly Line[]): Advice | null => {
  const restored = lines.find(({ text }) => restores.test(text))
  const served = lines.find(({ text }) => virtiofsdStart.test(text))
  if (!restored || !served || restored.number > served.number) return null
  return situationDoubts.restoreBeforeVirtiofsd
}

const snapshots = /\bch-remote\b.{0,200} snapshot\b|\/vm\.snapshot\b|API request event: VmSnapshot/

const restoredVsock = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const isSaved = anyLine(lines, snapshots) || anyLine(lines, restores) || command.flags.has('restore')
  const hasVsock = command.flags.has('vsock') || anyLine(lines, /--vsock\b/)
  if (!isSaved || !hasVsock) return null
  return situationDoubts.restoreWithVsock
}

const migrations = /\bch-remote\b.{0,200} (?:send|receive)-migration\b|\/vm\.(?:send|receive)-migration\b/

const migratedDevice = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const hasDevice =
    ['device', 'user-device', 'vdpa'].some((flag) => command.flags.has(flag)) ||
    anyLine(lines, /--(?:user-)?device (?:path|socket|fd)=|--vdpa /)
  return hasDevice && anyLine(lines, migrations) ? situationDoubts.migrationWithDevice : null
}

const windowsClock = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const isHyperv = devices(command, 'cpus').some(({ kvm_hyperv }) => /^(?:on|true)$/i.test(kvm_hyperv ?? ''))
  if (!isHyperv || !(command.flags.has('restore') || anyLine(lines, restores))) return null
  return situationDoubts.restoreHypervClock
}

const withoutPlace =
  /\b(?:Memory|ROM|Region \d+).{0,60}(?:<(?:ignored|unassigned)>|\[disabled\])|\b(?:BAR|ROM).{0,60}(?:can't assign|failed to assign|no space)/

const segmentWindow = (command: CommandLine, lines: readonly Line[]): Advice | null => {
  const isElsewhere = ['device', 'user-device', 'disk', 'net', 'fs'].some((flag) =>
    devices(command, flag).some(({ pci_segment = '0' }) => pci_segment !== '0'),
  )
  return isElsewhere && anyLine(lines, withoutPlace) ? situationDoubts.segmentWithoutWindow : null
}

/** What people measure, or find slow. */
const measured = /\b[KMG]?bits\/sec|\bIOPS\b|\b[KMG]i?B\/s\b|\bslow|\blatency\b|\bboot time\b/i

const debugBuild = (command: CommandLine, lines: readonly Line[]): Advice | null =>
  anyLine(lines, measured) && /(?:^|\/)target\/(?:[\w-]{1,60}\/)?debug\//.test(command.binary)
    ? situationDoubts.debugBuild
    : null

/** @returns what cannot work in a set-up, by the command and by what the text shows was done with it */
export const situationAdvice = (command: CommandLine, lines: readonly Line[]): readonly Advice[] =>
  [
    debugBuild,
    segmentWindow,
    hotplug,
    virtioMem,
    armFirmware,
    restoreBeforeShare,
    restoredShare,
    restoredVsock,
    migratedDevice,
    windowsClock,
  ]
    .map((rule) => rule(command, lines))
    .filter((one) => one !== null)
