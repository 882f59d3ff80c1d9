/** What follows from what: rules over pairs of explanations. */
import { familyIds } from './causes/registry.ts'
import type { Phase } from './evidence.ts'
import { bootRules, initEnds, rootMissing } from './follow-up-boot.ts'
import { guestRules } from './follow-up-guest.ts'
import { hostRules } from './follow-up-host.ts'
import { kataRules } from './follow-up-kata.ts'
import { networkRules } from './follow-up-networks.ts'
import { managerRules, saysQemuEnded } from './follow-up-qemu.ts'
import { isCause, isError, type Rule } from './follow-up-rule.ts'
import type { Found } from './ranking.ts'
import type { Form } from './reading/failure.ts'

const isIn =
  (phase: Phase) =>
  (found: Found): boolean =>
    found.phase === phase

const isForm =
  (...forms: readonly Form[]) =>
  ({ form }: Found): boolean =>
    forms.includes(form)

/** What says only that something else went wrong before. */
const isEmptyWord = (found: Found): boolean =>
  familyIds.has(found.diagnosis.cause) || isCause('unknown', 'vmm-panic', 'vmm-thread-gone', 'aborted')(found)

/** What a client of the API, or a manager, reports when the VMM has ended or has no VM. */
const isClientError = isCause(
  'api-client-no-server',
  'api-vm-not-running',
  'api-vm-not-created',
  'vmm-not-up',
  'api-connection-lost',
)

/** The last words of a guest, whatever ended it. */
const isGuestEnd = isCause(
  ...initEnds,
  ...rootMissing,
  'guest-device-wait',
  'guest-initramfs-shell',
  'guest-no-init',
  'guest-kernel-panic',
)

/** Without its initramfs a kernel looks for root= itself. */
const isInitramfsRefused = isCause('guest-initramfs-bad')

const isSectorZero = isCause('disk-sector0-refused', 'disk-type-guessed')

export const rules: readonly Rule[] = [
  ...bootRules,
  ...hostRules,
  ...guestRules,
  ...kataRules,
  ...networkRules,
  ...managerRules,
  // Memory that is lost is missing for what comes next.
  {
    first: isCause('guest-mtrr-loses-memory'),
    later: isCause('guest-no-room-for-initrd', 'guest-kernel-panic'),
  },
  { first: isCause('guest-no-room-for-initrd'), later: isCause('guest-kernel-panic') },
  {
    first: isCause('guest-verity-mismatch'),
    later: isCause(...rootMissing, 'guest-kernel-panic', 'guest-device-wait'),
  },
  { first: isCause('guest-swiotlb-missing'), later: isCause('guest-kernel-panic') },
  { first: isInitramfsRefused, later: isCause(...rootMissing) },
  // A guest that could not write its first sector reboots, and its other devices are set up anew.
  { first: isSectorZero, later: isIn('reboot') },
  {
    first: isSectorZero,
    later: isCause('guest-sector0-errors', 'guest-disk-errors', ...rootMissing, 'guest-device-wait'),
    anyOrder: true,
  },
  // The record of the VMM holds the errno that the guest does not see.
  {
    first: isCause('host-storage-failed', 'disk-host-full', 'disk-compressed-qcow2', 'disk-request-failed'),
    later: isCause('guest-disk-errors', 'guest-sector0-errors', ...rootMissing),
    anyOrder: true,
  },
  // An image whose tables are damaged gives the guest what is not its file system.
  {
    first: isCause('qcow2-check-errors', 'qcow2-corrupt'),
    later: isCause('guest-fs-damaged', 'guest-disk-errors', ...rootMissing),
    anyOrder: true,
  },
  // A guest that was started without its initrd, by firmware that crashed, or from a disk that gave errors.
  {
    first: isCause(
      'hypervisor-fw-grub',
      'hypervisor-fw-shim',
      'hypervisor-fw-panicked',
      'edk2-crashed',
      'guest-out-of-memory',
      'guest-virtio-driver',
      'guest-disk-errors',
      'guest-sector0-errors',
    ),
    later: isGuestEnd,
  },
  // A loader that was refused leaves the firmware its other boot entries, the network last.
  {
    first: isCause('guest-secure-boot', 'firmware-secure-boot-refused'),
    later: isCause('guest-firmware-no-boot', 'firmware-boots-network'),
    anyOrder: true,
  },
  // What was downloaded into the memory of the initramfs did not fit.
  { first: isCause('guest-disk-full'), later: isGuestEnd },
  // The watchdog of a guest ends it with a panic, which says no more than the stall before it.
  {
    first: isCause('guest-cpu-stalled', 'guest-task-blocked', 'guest-kernel-fault', ...rootMissing),
    later: isCause('guest-kernel-panic', 'guest-panic-after-oops', ...initEnds, 'guest-no-init'),
  },
  // A request is refused, and the way back takes a system call that the sandbox does not know.
  { first: isCause('api-unknown-device'), later: isCause('seccomp-violation') },
  // systemd tells the signal between two lines about the memory.
  {
    first: isCause('out-of-memory-killed', 'out-of-memory-in-cgroup'),
    later: isCause('killed', 'unit-killed'),
    anyOrder: true,
  },
  // A core is dumped for whatever signal; its number stands in a frame.
  { first: isCause('seccomp-violation'), later: isCause('segfault'), anyOrder: true },
  // Who asked waits for a thread that was never started.
  {
    first: isCause('threads-exhausted'),
    later: (found) =>
      isEmptyWord(found) ||
      isCause('manager-timeout', 'kata-agent-silent', 'api-connection-lost', 'libvirt-no-answer')(found),
    anyOrder: true,
  },
  // A device that its back-end left keeps its id until the guest lets go of it.
  { first: isCause('vhost-user-backend-lost'), later: isCause('id-not-unique') },
  { first: isCause('arm-vcpu-hotplug'), later: isCause('cpu-removal-pending') },
  // A manager sees its request end when the migration behind it did.
  {
    first: isCause('migration-peer-lost', 'migration-failed'),
    later: isCause('libvirt-no-answer'),
    anyOrder: true,
  },
  { first: isCause('guest-gpu-irq'), later: isCause('guest-gpu-driver') },
  {
    first: isCause('guest-root-unknown-fs', 'guest-root-name-wrong', 'guest-root-no-disk'),
    later: isCause('guest-no-root'),
    anyOrder: true,
  },
  // A mount says only that it failed; the kernel says of which layer.
  {
    first: isCause('guest-overlay-layer-missing', 'guest-overlay-refused'),
    later: isCause('guest-mount-failed', 'guest-fs-special'),
    anyOrder: true,
  },
  // The trace names the driver in which the CPU stands.
  {
    first: isCause('guest-driver-waits'),
    later: isCause('guest-cpu-stalled', 'guest-task-blocked'),
    anyOrder: true,
  },
  { first: isCause('mshv-state-refused'), later: isCause('mshv-hypercall-refused'), anyOrder: true },
  {
    first: isCause('module-load-denied', 'module-load-refused'),
    later: isCause('kata-module-missing'),
    anyOrder: true,
  },
  // The linker says what it lacks beside its own end, and cargo repeats both.
  { first: isCause('build-libc-old'), later: isCause('build-link-failed', 'build-failed'), anyOrder: true },
  { first: isCause('build-link-failed'), later: isCause('build-failed') },
  // A security module refuses what the program then reports as a permission.
  {
    first: isCause('security-module-denied'),
    later: ({ diagnosis }) =>
      diagnosis.severity === 'error' &&
      diagnosis.lines.some(({ text }) => /(?:os error |code: )(?:1|13)\b|[Pp]ermission denied/.test(text)),
    anyOrder: true,
  },
  {
    first: isCause('guest-initial-console', 'guest-powered-off'),
    later: isCause('kata-agent-silent', 'guest-ended-early'),
    anyOrder: true,
  },
  // The agent of a guest that is gone is gone, too.
  {
    first: (found) => isError(found) && found.diagnosis.layer === 'guest',
    later: isCause('kata-agent-silent', 'guest-ended-early', 'guest-agent-lost'),
    anyOrder: true,
  },
  { first: (found) => isIn('restore')(found) && isError(found), later: isClientError, anyOrder: true },
  {
    first: (found) => isError(found) && found.ending && !isClientError(found),
    later: isClientError,
    anyOrder: true,
  },
  {
    first: isCause('vhost-user-gone-at-reboot', 'vhost-user-backend-lost'),
    later: isClientError,
    anyOrder: true,
  },
  // A name that is not found is one of the reasons.
  {
    first: isCause('package-repository-unreachable'),
    later: isCause('guest-no-names', 'name-server-silent', 'package-server-unreached'),
    anyOrder: true,
  },
  // The manager of services reports an end; why, says what stands beside it.
  {
    first: (found) =>
      isError(found) && !isCause('unit-ended', 'unit-killed', 'pipeline-ended')(found) && !isEmptyWord(found),
    later: isCause('unit-ended', 'unit-killed', 'pipeline-ended'),
    anyOrder: true,
  },
  // A status says less than the body behind it.
  {
    first: (found) => isError(found) && !isCause('api-http-status')(found),
    later: isCause('api-http-status'),
    anyOrder: true,
  },
  // A panic prints its backtrace by system calls that the sandbox does not know.
  { first: isForm('panic'), later: isCause('seccomp-violation') },
  { first: isForm('panic'), later: (found) => isEmptyWord(found) && !isForm('panic')(found) },
  // An end that is not known, behind a record that is.
  {
    first: (found) => isError(found) && !isEmptyWord(found) && isForm('error-record', 'line')(found),
    later: (found) => isEmptyWord(found) && isForm('chain', 'debug', 'answer', 'error-record')(found),
  },
  {
    first: (found) => isError(found) && !isEmptyWord(found),
    later: isCause('vmm-thread-gone', 'aborted'),
    anyOrder: true,
  },
  {
    first: (found) => isError(found) && !isEmptyWord(found) && !saysQemuEnded(found),
    later: saysQemuEnded,
    anyOrder: true,
  },
]
