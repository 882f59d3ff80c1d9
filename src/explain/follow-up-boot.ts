/** What follows from what while a guest boots: loaders, the root file system, rescue shells, the end of init. */
import { isCause, type Rule } from './follow-up-rule.ts'

/** The root file system was not found or mounted. */
export const rootMissing = [
  'guest-no-root',
  'guest-root-unknown-fs',
  'guest-root-name-wrong',
  'guest-root-no-disk',
] as const

/** The name of the root says why it is not there. */
const rootNames = [
  'guest-root-loop-device',
  'guest-root-name-of-other-bus',
  'guest-root-lvm-inactive',
  'guest-root-disk-unseen',
  'guest-root-id-absent',
  'guest-root-virtiofs-unmounted',
  'guest-root-disk-without-partitions',
] as const

/** init ended, by its exit code. */
export const initEnds = [
  'guest-init-ended',
  'guest-init-exited',
  'guest-init-finished',
  'guest-init-killed',
  'guest-init-command-missing',
  'guest-init-segfault',
] as const

/** What GRUB names before it stops at a prompt. */
const grubReasons = [
  'grub-own-modules-missing',
  'grub-versions-differ',
  'grub-device-missing',
  'grub-file-system-unknown',
  'grub-signature-refused',
  'grub-command-unknown',
  'grub-kernel-file-bad',
  'grub-image-refused',
  'grub-disk-short',
  'grub-file-name',
  'grub-network-failed',
  'grub-out-of-memory',
] as const
const grubEnds = ['grub-stopped', 'grub-prompt', 'grub-kernel-not-loaded'] as const

/** What a rescue shell is opened for. */
const rescueReasons = [
  'guest-device-wait',
  'guest-volume-missing',
  'guest-fs-damaged',
  'guest-fs-none',
  'guest-fs-features',
  'guest-fs-larger-than-disk',
  'guest-root-not-named',
  'guest-btrfs-not-opened',
  'guest-fsck-failed',
  'guest-fstab-device-missing',
  'guest-mount-failed',
  'guest-mount-type-unknown',
  'guest-root-unmountable',
  'guest-root-without-init',
  'guest-module-missing',
  'guest-unit-remount',
  'luks-device-missing',
  'luks-passphrase-refused',
  'zfs-pool-of-other-system',
  'alpine-boot-media',
  'ubuntu-core-seed-missing',
] as const

export const bootRules: readonly Rule[] = [
  {
    first: isCause(...rootNames),
    later: isCause(
      ...rootMissing,
      'guest-root-unmountable',
      'guest-device-wait',
      'guest-fstab-device-missing',
      'guest-mount-failed',
      'guest-kernel-panic',
      'mount-source-absent',
    ),
    anyOrder: true,
  },
  {
    first: isCause('guest-fs-mount'),
    later: isCause('guest-root-virtiofs-unmounted', ...rootMissing),
    anyOrder: true,
  },
  { first: isCause('windows-devices-without-driver'), later: isCause('windows-driver'), anyOrder: true },
  { first: isCause('boot-from-cd-not-confirmed'), later: isCause('firmware-loader-gave-up'), anyOrder: true },
  {
    first: isCause('initramfs-memory-full'),
    later: isCause('download-not-written', ...rootMissing),
    anyOrder: true,
  },
  // A journal that cannot be replayed is why the root is not mounted.
  { first: isCause('guest-fs-readonly', 'guest-fs-features'), later: isCause(...rootMissing) },
  { first: isCause('guest-cgroup-v1-refused'), later: isCause('guest-systemd-frozen') },
  { first: isCause('grub-file-missing', ...grubReasons), later: isCause(...grubEnds) },
  {
    first: isCause('grub-own-modules-missing', 'grub-versions-differ'),
    later: isCause('grub-device-missing'),
  },
  // A loader says why it ended, the firmware only that it did.
  {
    first: isCause('shim-next-loader-missing', 'shim-mokmanager-missing', 'shim-mok', 'guest-secure-boot'),
    later: isCause('firmware-loader-gave-up', 'guest-firmware-no-boot', 'uefi-shell', 'shim-mok'),
  },
  { first: isCause('shim-mokmanager-missing'), later: isCause('shim-mok'), anyOrder: true },
  {
    first: isCause('firmware-secure-boot-refused', 'guest-secure-boot', 'firmware-loader-gave-up'),
    later: isCause('uefi-shell', 'guest-firmware-no-boot', 'firmware-boots-network'),
  },
  // The rescue shell comes after what it is for.
  {
    first: isCause(...rootNames, ...rootMissing, ...rescueReasons, 'initramfs-memory-full'),
    later: isCause('guest-initramfs-shell', 'guest-emergency-mode', 'guest-root-account-locked'),
  },
  {
    first: isCause('guest-fstab-device-missing', 'guest-device-wait', 'guest-fsck-failed', ...rootMissing),
    later: isCause('guest-mount-failed'),
  },
  // What is not there has no file system either.
  { first: isCause('guest-no-root'), later: isCause('guest-fs-none') },
  {
    first: isCause('guest-btrfs-not-opened'),
    later: isCause('guest-fs-damaged', ...rootMissing),
    anyOrder: true,
  },
  { first: isCause('guest-mount-type-unknown'), later: isCause('guest-root-unmountable') },
  {
    first: isCause('efi-stub-initrd', 'efi-stub-page-size', 'efi-stub-memory'),
    later: isCause('efi-stub-failed'),
  },
  { first: isCause('guest-fs-damaged'), later: isCause('guest-fsck-failed') },
  {
    first: isCause(
      'guest-root-needs-initramfs',
      'guest-mount-type-unknown',
      'guest-root-unmountable',
      'guest-fs-larger-than-disk',
    ),
    later: isCause(...rootMissing, 'guest-mount-failed', 'guest-fs-damaged'),
    anyOrder: true,
  },
  { first: isCause('guest-volume-missing', 'luks-device-missing'), later: isCause(...rootMissing) },
  {
    first: isCause('guest-root-without-init', 'guest-switch-root-misused'),
    later: isCause(...initEnds, 'guest-kernel-panic', 'guest-initramfs-shell'),
  },
  // A program says what it lacks; the panic has only the code of its end.
  {
    first: isCause(
      'guest-program-illegal-instruction',
      'library-not-found',
      'guest-kernel-too-old',
      'guest-init-not-run',
    ),
    later: isCause(...initEnds, 'guest-no-init'),
  },
  { first: isCause('guest-kernel-fault', 'guest-kernel-bug'), later: isCause('guest-panic-after-oops') },
  {
    first: isCause(
      'ignition-config-refused',
      'ignition-fetch-waits',
      'ignition-stage-failed',
      'ignition-failed',
    ),
    later: isCause(
      'guest-initramfs-shell',
      'guest-emergency-mode',
      'ignition-stage-failed',
      'guest-service-failed',
    ),
  },
]
