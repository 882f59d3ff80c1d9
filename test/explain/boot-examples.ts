/** One example of each cause of a boot in the words of firmware, loaders, kernels, initramfs and first programs. */
import type { Injected } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'firmware-secure-boot-refused',
    'BdsDxe: failed to load Boot0002 "UEFI Misc Device 2" from PciRoot(0x0)/Pci(0x3,0x0): Access Denied',
  ],
  [
    'firmware-loader-gave-up',
    'BdsDxe: failed to start Boot0001 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x2,0x0): Aborted',
  ],
  ['uefi-shell-no-file-system', "Shell> FS0:\n'FS0:' is not a valid mapping."],
  [
    'shim-next-loader-missing',
    'Failed to open \\EFI\\BOOT\\grubx64.efi - Not Found\nFailed to load image \\EFI\\BOOT\\grubx64.efi: Not Found\nstart_image() returned Not Found',
  ],
  [
    'shim-mokmanager-missing',
    'Failed to open \\EFI\\BOOT\\mmx64.efi - Not Found\nFailed to start MokManager: Not Found\nSomething has gone seriously wrong: import_mok_state() failed: Not Found',
  ],
  ['bsd-loader-zfs-newer', 'ZFS: unsupported feature: com.klarasystems:vdev_zaps_v2'],
  [
    'firmware-network-file-refused',
    'NBP filename is pxelinux.0\n  NBP file downloaded successfully.\nBoot Failed. EFI Network.',
  ],
  [
    'guest-panic-cpus-late',
    '[    0.2] Kernel panic - not syncing: Timeout: Not all CPUs entered broadcast exception handler',
  ],
  ['guest-root-not-named', 'dracut: FATAL: No or empty root= argument\ndracut: Refusing to continue'],
  ['guest-kernel-fs-unmounted', '[FAILED] Failed to mount Kernel Debug File System.'],
  ['guest-unit-login', '[FAILED] Failed to start systemd-logind.service - User Login Management.'],
  ['guest-unit-docker', '[FAILED] Failed to start Docker Application Container Engine.'],
  ['guest-unit-tmpfiles', '[FAILED] Failed to start Create Volatile Files and Directories.'],
  ['guest-swap-failed', '[FAILED] Failed to activate swap /swapfile.'],
  ['guest-unit-cloud-final', '[FAILED] Failed to start Execute cloud user/final scripts.'],
  ['shim-loader-unverified', 'System is compromised.  halting.'],
  ['efi-stub-initrd', 'EFI stub: ERROR: Failed to load initrd: 0x800000000000000e'],
  ['efi-stub-page-size', 'EFI stub: ERROR: This 64 KB granular kernel is not supported by your CPU'],
  [
    'efi-stub-memory',
    'EFI stub: ERROR: efi_allocate_pages() failed: 0x8000000000000009\nEFI stub: ERROR: efi_main() failed!',
  ],
  ['kernel-cpu-unfit', 'This kernel requires an x86-64 CPU, but only detected an i686 CPU.'],
  ['bios-no-boot', 'Non-system disk or disk error'],
  ['syslinux-files-missing', 'isolinux.bin missing or corrupt.'],
  ['ipxe-failed', 'http://192.0.2.1/vmlinuz... Connection timed out (https://ipxe.org/4c0a6092)'],
  ['grub-own-modules-missing', "error: file `/boot/grub/x86_64-efi/normal.mod' not found.\ngrub rescue>"],
  ['grub-versions-differ', "error: symbol `grub_calloc' not found.\nEntering rescue mode...\ngrub rescue>"],
  ['grub-device-missing', 'error: no such device: 6c5c4a1f-1c5f-4f31-8c0e-1c6f7f2f1d1c.\ngrub rescue>'],
  ['grub-file-system-unknown', 'error: unknown filesystem.\nEntering rescue mode...\ngrub rescue>'],
  [
    'grub-signature-refused',
    'error: ../../grub-core/kern/efi/sb.c:182:bad shim signature.\nerror: ../../grub-core/loader/i386/efi/linux.c:258:you need to load the kernel first.',
  ],
  ['grub-command-unknown', "error: can't find command `linuxefi'."],
  ['grub-kernel-file-bad', 'error: premature end of file /boot/vmlinuz-6.8.0-31-generic.'],
  ['grub-image-refused', 'error: start_image() returned 0x8000000000000003.'],
  ['grub-disk-short', "error: attempt to read or write outside of disk `hd0'."],
  ['grub-file-name', "error: invalid file name `vmlinuz'."],
  ['grub-network-failed', "error: timeout reading `/boot/grub/grub.cfg'."],
  ['grub-environment', 'error: sparse file not allowed.\n\nPress any key to continue...'],
  ['grub-serial-missing', "error: serial port `com0' isn't found."],
  ['grub-kernel-not-loaded', 'error: you need to load the kernel first.'],
  ['grub-prompt', 'GNU GRUB  version 2.06\n\n   Minimal BASH-like line editing is supported.\n\ngrub> '],
  ['guest-panic-after-oops', '[    0.1] Kernel panic - not syncing: Fatal exception in interrupt'],
  ['guest-panic-by-setting', '[    3.0] Kernel panic - not syncing: panic_on_warn set ...'],
  ['guest-panic-asked-for', '[    5.1] Kernel panic - not syncing: sysrq triggered crash'],
  ['guest-panic-verity', '[    0.5] Kernel panic - not syncing: dm-verity device corrupted'],
  ['guest-panic-early-memory', '[    0.0] Kernel panic - not syncing: Failed to allocate page table'],
  ['guest-panic-early-fault', '[    0.0] PANIC: early exception 0x0d IP 10:ffffffff81e5 error 0 cr2 0x0'],
  [
    'guest-panic-stack',
    '[    0.0] Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: start_secondary+0x1a/0x1c',
  ],
  ['guest-arm-machine-unfit', '[    0.0] Kernel panic - not syncing: No interrupt controller found.'],
  [
    'guest-root-needs-initramfs',
    '[    0.57] VFS: Cannot open root device "LABEL=cloudimg-rootfs" or unknown-block(0,0): error -6',
  ],
  ['guest-mount-type-unknown', 'mount: mounting nix-store on /mnt-root/nix/.ro-store failed: No such device'],
  [
    'guest-root-unmountable',
    'mount: mounting /dev/vda1 on /root failed: Invalid argument\nFailed to mount /dev/vda1 as root file system.',
  ],
  [
    'guest-root-without-init',
    "Target filesystem doesn't have requested /sbin/init.\nNo init found. Try passing init= bootarg.\n(initramfs)",
  ],
  ['guest-switch-root-misused', 'Usage: switch_root [-c CONSOLE_DEV] NEW_ROOT NEW_INIT [ARGS]'],
  ['luks-passphrase-refused', 'cryptsetup: ERROR: vda3_crypt: cryptsetup failed, bad password or options?'],
  ['luks-device-missing', 'cryptsetup: Waiting for encrypted source device UUID=e5a1...'],
  [
    'initramfs-lacks-cryptsetup',
    'cryptsetup: WARNING: The initramfs image may not contain cryptsetup binaries',
  ],
  ['zfs-pool-of-other-system', "cannot import 'rpool': pool was previously in use from another system."],
  ['mdadm-no-arrays', 'mdadm: No arrays found in config file or automatically'],
  [
    'guest-btrfs-not-opened',
    'BTRFS error (device vda2): open_ctree failed\nmount: mounting /dev/vda2 on /root failed: No such file or directory',
  ],
  [
    'fsck-older-than-file-system',
    '/dev/vda1 has unsupported feature(s): FEATURE_C12\ne2fsck: Get a newer version of e2fsck!',
  ],
  [
    'guest-fs-larger-than-disk',
    '[    2.0] EXT4-fs (vda1): bad geometry: block count 2621440 exceeds size of device (1310720 blocks)',
  ],
  [
    'guest-fstab-device-missing',
    '[ TIME ] Timed out waiting for device /dev/disk/by-uuid/6DB4-7C2D.\n[DEPEND] Dependency failed for /boot/efi.\n[DEPEND] Dependency failed for Local File Systems.',
  ],
  ['guest-emergency-mode', '[  OK  ] Reached target Emergency Mode.'],
  [
    'guest-root-account-locked',
    'You are in emergency mode. After logging in, type "journalctl -xb" to view\nCannot open access to console, the root account is locked.',
  ],
  ['guest-fsck-failed', '[FAILED] Failed to start File System Check on /dev/disk/by-uuid/1a2b.'],
  ['guest-tty-awaited', '[  *** ] A start job is running for dev-ttyS0.device (1min 14s / 1min 30s)'],
  ['guest-getty-respawns', 'init: Id "S0" respawning too fast: disabled for 5 minutes'],
  ['guest-stop-job', '[*     ] A stop job is running for User Manager for UID 1000 (1min 20s / 2min)'],
  ['guest-unit-sshd', '[FAILED] Failed to start ssh.service - OpenBSD Secure Shell server.'],
  ['guest-unit-modules', '[FAILED] Failed to start Load Kernel Modules.'],
  ['guest-unit-sysctl', '[FAILED] Failed to start Apply Kernel Variables.'],
  ['guest-unit-remount', '[FAILED] Failed to start Remount Root and Kernel File Systems.'],
  ['guest-unit-network', '[FAILED] Failed to start Raise network interfaces.'],
  ['guest-unit-journal', '[FAILED] Failed to start Journal Service.'],
  ['guest-unit-udev-settle', '[FAILED] Failed to start Wait for udev To Complete Device Initialization.'],
  ['guest-default-target', 'systemd[1]: Failed to isolate default target: Unit default.target not found.'],
  ['guest-machine-id-readonly', 'System cannot boot: Missing /etc/machine-id and /etc is mounted read-only.'],
  [
    'guest-cgroup-v1-refused',
    'Refusing to run under cgroup v1, SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1 not specified on kernel command line.',
  ],
  [
    'guest-unit-cycle',
    '[    3.0] systemd[1]: Job cloud-init.service/start deleted to break ordering cycle starting with sysinit.target/start',
  ],
  ['guest-system-degraded', '● cloud-init.service loaded failed failed Cloud-init: Network Stage'],
  [
    'guest-shutdown-leftovers',
    'systemd-shutdown[1]: Could not detach loopback /dev/loop0: Device or resource busy\nsystemd-shutdown[1]: Failed to finalize file systems, ignoring.',
  ],
  ['guest-start-job', '[ ***  ] A start job is running for Snap Daemon (2min 3s / no limit)'],
  [
    'ignition-config-refused',
    'ignition[700]: CRITICAL : error at $.ignition.version, line 1 col 30: invalid',
  ],
  ['ignition-fetch-waits', 'ignition[610]: GET http://192.0.2.1/config.ign: attempt #5'],
  ['ignition-stage-failed', '[FAILED] Failed to start Ignition (disks).'],
  [
    'afterburn-failed',
    'afterburn[640]: Error: failed to run: failed to fetch metadata: maximum number of retries (10) reached',
  ],
  ['talos-waits-for-config', '[talos] entering maintenance service {"component": "controller-runtime"}'],
  ['talos-config-failed', '[   23.1] [talos] task loadConfig (1/1): failed: failed to fetch machine config'],
  ['alpine-boot-media', 'Mounting boot media: failed.'],
  ['ubuntu-core-seed-missing', 'snap-bootstrap: error: cannot find device with label "ubuntu-seed"'],
  ['bsd-loader-no-kernel', "FreeBSD/amd64 EFI loader, Revision 1.1\ncan't load 'kernel'"],
  ['bsd-init-died', 'panic: init died (signal 0, exit 1)'],
  ['unikernel-root-not-mounted', '[    0.108430] CRIT: [libvfscore] Failed to extract cpio archive to /: -3'],
  ['module-other-kernel', '[    1.2] virtio_blk: disagrees about version of symbol module_layout'],
  ['windows-boot-device-inaccessible', 'Stop code: INACCESSIBLE BOOT DEVICE'],
  ['windows-processor-unfit', 'Stop code: UNSUPPORTED PROCESSOR'],
  [
    'windows-signature-refused',
    'File: \\Windows\\System32\\DRIVERS\\viostor.sys\nStatus: 0xc0000428\nInfo: Windows cannot verify the digital signature for this file.',
  ],
  [
    'windows-boot-data-broken',
    'The Boot Configuration Data for your PC is missing or contains errors\nFile: \\EFI\\Microsoft\\Boot\\BCD\nError code: 0xc000000f',
  ],
  ['windows-registry-damaged', 'STOP: c0000218 {Registry File Failure}'],
  [
    'windows-setup-interrupted',
    'The computer restarted unexpectedly or encountered an unexpected error. Windows installation cannot proceed.',
  ],
  ['windows-oobe-failed', 'Something went wrong\nOOBEKEYBOARD'],
  ['cloudbase-init-no-metadata', 'cloudbase-init: No metadata service found: No available service found'],
  [
    'cloudbase-init-plugin-failed',
    "2024-05-01 10:00:00.123 1234 ERROR cloudbaseinit.init [-] plugin 'SetUserPasswordPlugin' failed with error 'The password does not meet the password policy requirements.'",
  ],
]

/** What counts only where nothing of a system that runs stands beside it. */
const lone: typeof texts = [
  ['shim-makes-boot-entry', 'System BootOrder not found.  Initializing defaults.'],
  ['bios-silent', 'SeaBIOS (version 1.16.2)\nBooting from Hard Disk...'],
  ['boot-from-cd-not-confirmed', 'Press any key to boot from CD or DVD......'],
  ['guest-silent-after-grub', 'Loading Linux 6.1.0-18-cloud-amd64 ...\nLoading initial ramdisk ...'],
  ['guest-waits-for-passphrase', 'Please enter passphrase for disk vda3 (luks-1234):'],
  ['guest-root-awaited', 'Begin: Running /scripts/local-block ... done.'],
]

const asInjected = (list: typeof texts): readonly Injected[] =>
  list.map(([cause, text]) => ({ cause, text: `${text}\n` }))

export const bootExamples = asInjected(texts)
export const loneBootExamples = asInjected(lone)
