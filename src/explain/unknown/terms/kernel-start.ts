/** Words of the way from a kernel to its init: the initramfs, the root file system, the first unit. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const kernelStartTerms: Terms = [
  [
    /\bbinfmt-464c\b/,
    'The kernel was asked to run an ELF program and has nothing that can: the program is made for another architecture or for 32 bits (needs CONFIG_IA32_EMULATION or CONFIG_COMPAT), or the kernel lacks CONFIG_BINFMT_ELF. `file PATH` on init shows what it is made for.',
  ],
  [
    /\bRAMDISK: (?:Couldn't find valid RAM disk image|incomplete write)/,
    'The kernel took the initrd for a disk image to be copied into /dev/ram0: it is no cpio archive that this kernel can unpack (cut off, another compression), or it is larger than ramdisk_size=.',
  ],
  [
    /\brun-init: .{0,200}(?:can't execute|No such file|not found)|\bTarget filesystem doesn't have requested\b|\bswitch_root: can't execute\b/,
    'The initramfs mounted a root file system and found no init in it that runs: root= names another partition than the root (/boot, an empty one), init= is wrong, or the program or its loader is made for another architecture.',
  ],
  [
    /\bdoes not seem to be an OS tree\b/,
    'systemd in the initramfs mounted /sysroot and found no etc/os-release or usr/lib/os-release in it: root= names another partition (/boot, an empty disk), a subvolume is missing (rootflags=subvol=), or the system in it is not complete.',
  ],
  [
    /\bFailed to mount the real root device\b/,
    'The initramfs (mkinitcpio) could not mount what root= names: another file system or partition than it says, a module of the file system that is missing, or damage; the line of mount above it says which.',
  ],
  [
    /\bstage 2 init script \(\S{1,80}\) not found\b/,
    'The initrd of NixOS mounted the root and found no init in it: init= of the command line names a system of the Nix store that this disk does not hold (another generation, /nix not mounted, or an empty root).',
  ],
  [
    /\bdevtmpfs: error mounting -\d/,
    'The kernel could not mount devtmpfs on /dev: -2 (ENOENT) is a root file system or initramfs without a directory /dev: make it, and /dev/console in it.',
  ],
  [
    /\bCannot open access to console, the root account is locked\b/,
    'The guest is in emergency mode, and there is no root password to log in with: the lines above name the mount or unit that failed. `init=/bin/sh` on its kernel command line gives a shell; or mend the image on the host.',
  ],
  [
    /\bFailed to (?:look up|find) module (?:alias )?'[\w-]{1,60}'/,
    'systemd wanted to load that module, and the kernel has none of that name, or no support for modules at all ("Function not implemented"): a remark where it is built in (autofs4, ip_tables) or not used; a kernel given with --kernel often finds no modules of its version in the image.',
  ],
  [
    /\bTimed out waiting for device (?:\/dev\/|dev-)(?:tty|hvc)\w{1,8}\b/,
    'systemd waits for a console device before it starts a login on it: the kernel command line names a console= that this machine does not have, or the driver or udev in the guest is missing. ttyS0 (ttyAMA0 on arm64) is --serial, hvc0 is --console.',
  ],
  [
    /\bdracut module '[\w-]{1,40}' will not be installed\b/,
    'dracut leaves a part out of the initramfs that it makes, because a program for it is not installed where it runs: a remark, unless the root file system needs that part (crypt, lvm, multipath, network).',
  ],
  [
    /\bPossibl[ey] missing firmware\b/,
    'A tool that makes an initramfs found no firmware file of a driver: a remark, mostly on hardware that a virtual machine does not have.',
  ],
  [
    /^==> ERROR: (?:module not found|'\/(?:usr\/)?lib\/modules\/)|\bdracut-install: (?:ERROR|Failed)\b.{0,40}\bmodules?\b|\bdracut: Failed to install module\b/,
    'That is said while an initramfs is made, not while a machine boots: the module is not in /lib/modules/VERSION of the kernel that it is made for, is built in there, or is misspelt in the configuration (mkinitcpio.conf, dracut.conf); without it the disk may not be found at the next boot.',
  ],
  [
    /\bmkinitramfs failure\b|\bupdate-initramfs: failed for\b/,
    'The initramfs was not made: the line above says why, often a full /boot (`df -h /boot`, remove old kernels) or a missing /lib/modules/VERSION. Mend that before a restart, or the machine boots without one.',
  ],
]
