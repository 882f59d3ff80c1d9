/** Causes of a boot loader or kernel that stops, matched by their messages; comments name the source of a message. */
import type { CauseRule } from './cause-rule.ts'

export const kernelCauses: readonly CauseRule[] = [
  {
    id: 'root-device',
    final: true,
    // init/do_mounts.c of the kernel, initramfs-tools, dracut, and GRUB's search for the file system of /boot.
    matches: ({ text }) =>
      /VFS: (Cannot open root device|Unable to mount root)|Gave up waiting for root|ALERT! .* does not exist|dracut.*(Could not boot|timeout.*(root|device))|^\(initramfs\)|not syncing: No working init/m.test(
        text,
      ),
    describe: ({ config }) => ({
      what: 'The kernel does not find its root file system.',
      why:
        config.boot === 'kernel'
          ? `The command line has ${/root=\S+/.exec(config.cmdline)?.[0] ?? 'no root='}. The number of the root partition differs between images, LABEL= and UUID= need an initramfs, and the kernel must have virtio_blk, virtio_pci and the file system built in.`
          : 'Its boot loader names a device or label that is not on this disk.',
      hint:
        config.boot === 'kernel'
          ? 'See the partitions with `fdisk -l DISK` and correct root= in `cmdline`, or use `boot: firmware`.'
          : 'The disk may be truncated: fetch the image again.',
      check: config.boot === 'kernel' ? 'kernel-image' : 'disk-image',
    }),
  },
  {
    id: 'first-sector',
    matches: ({ text }) => /(I\/O error|blk_update_request).*dev vda,? sector 0\b/.test(text),
    describe: () => ({
      what: 'Cloud Hypervisor refuses writes of the guest to the first sector of its disk.',
      why: 'Version 50.1 and newer do so where they had to detect the type of the disk; growing a partition at the first boot needs such a write.',
      hint: 'Add image_type=raw to the disk, as the boot command of chv-doctor does.',
    }),
  },
  {
    id: 'guest-memory',
    matches: ({ text }) =>
      /Out of memory: Killed process|System is deadlocked on memory|not syncing: .*(out of memory|Out of memory)/.test(
        text,
      ),
    describe: ({ config }) => ({
      what: 'The guest ran out of memory.',
      why: `It has ${Math.round(config.memory / 2 ** 20)} MiB.`,
      hint: 'Set a larger `memory`; 1G is enough for the usual cloud images.',
      check: 'memory',
    }),
  },
  {
    id: 'kernel-panic',
    final: true,
    matches: ({ text }) => /Kernel panic - not syncing/.test(text),
    describe: ({ text }) => ({
      what: `The guest's kernel panicked: ${/Kernel panic - not syncing:? *([^\n]*)/.exec(text)?.[1]?.trim() || 'without a reason'}.`,
      why: 'The lines above the panic on the console show what led to it.',
      hint: 'A kernel that does not fit the machine or the disk is the usual reason: try the image with its own kernel (`boot: firmware`).',
    }),
  },
  {
    id: 'emergency',
    final: true,
    matches: ({ text }) =>
      /You are in (emergency|rescue) mode|Entering (emergency|rescue) mode|Give root password for maintenance|Cannot open access to console, the root account is locked/.test(
        text,
      ),
    describe: () => ({
      what: 'The guest stopped in its emergency mode.',
      why: 'A file system of /etc/fstab could not be mounted or checked, or the image is damaged.',
      hint: 'The lines marked FAILED or DEPEND above name it. Fetch the image again if you did not change it.',
      check: 'disk-image',
    }),
  },
]

const nothingToBoot: CauseRule = {
  id: 'nothing-to-boot',
  final: true,
  matches: ({ reached, text }) =>
    reached.kernel === undefined &&
    // The firmware may try the network before the disk: only a failure of the disk before it is final.
    /UEFI Interactive Shell|^Shell> |No bootable option or device was found|failed to (load|start) Boot[\s\S]*>>Start (PXE|HTTP) /m.test(
      text,
    ),
  describe: ({ text }) => ({
    what: `The firmware found nothing to boot on the disk${/>>Start (PXE|HTTP)/.test(text) ? ' and went on to the network' : ''}.`,
    why: 'There is no EFI system partition with EFI/BOOT/BOOTX64.EFI (BOOTAA64.EFI on aarch64): the disk is empty, is not raw, is not an image for UEFI, or is a file system without a partition table.',
    hint: 'Fetch the image again, or use `boot: kernel`.',
    check: 'disk-image',
  }),
}

export const bootLoaderCauses: readonly CauseRule[] = [
  {
    id: 'boot-loader',
    final: true,
    matches: ({ text, reached }) =>
      reached.kernel === undefined &&
      /grub rescue>|error: (no such (device|partition)|file .* not found|unknown filesystem)/.test(text) &&
      /grub/i.test(text),
    describe: () => ({
      what: 'GRUB does not find its own files.',
      why: 'The partition that it was installed for is not on this disk, or the disk is damaged.',
      hint: 'Fetch the image again.',
      check: 'disk-image',
    }),
  },
  {
    id: 'wrong-firmware',
    final: true,
    // src/main.rs of rust-hypervisor-firmware.
    matches: ({ text, reached }) =>
      reached.kernel === undefined &&
      /Unable to boot from any virtio-blk device|Failed to find (EFI partition|bootloader)|Error configuring block device|PANIC: panicked at/.test(
        text,
      ),
    describe: () => ({
      what: 'hypervisor-fw does not boot this disk.',
      why: 'It implements a small part of UEFI and boots few images; newer Ubuntu and Debian need CLOUDHV.fd.',
      hint: 'Use CLOUDHV.fd as `firmware`, or boot the kernel directly.',
      check: 'firmware',
    }),
  },
  nothingToBoot,
  // Without a failure of the disk before it this applies only at the end of the wait.
  {
    ...nothingToBoot,
    final: undefined,
    matches: ({ reached, text }) => reached.kernel === undefined && />>Start (PXE|HTTP) /.test(text),
  },
]
