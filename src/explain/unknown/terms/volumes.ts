/** Words of what joins, divides or encrypts disks: LVM, LUKS, pools of ZFS, RAID, multipath. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const volumeTerms: Terms = [
  [
    /\bis missing PV \S|\bCouldn't find device with uuid \S{30}/i,
    'A disk (physical volume) that belongs to that volume group is not attached, or LVM is not allowed to look at it: give all disks of the group to the machine; `sudo pvs` and `sudo lvmdevices` show what LVM sees.',
  ],
  [
    /\bopen \/dev\/\S{1,80} exclusively\b/,
    'A disk that is mounted, or is a part of LVM, RAID, multipath or a crypt mapping, cannot be opened exclusively: `lsblk DEVICE` shows what is on top of it, `wipefs DEVICE` (without -a) lists old signatures.',
  ],
  [
    /\b\d{1,12} extents needed, but only \d{1,12} available\b|\binsufficient (?:free )?(?:space|extents)\b.{0,40}\bextents?\b/i,
    'The volume group has too few free extents: `sudo vgs` shows VFree. After a disk was made larger its partition and the physical volume follow (`growpart`, `pvresize`), or a further disk is added (`vgextend`).',
  ],
  [
    /\bDevice \/dev\/\S{1,80} (?:is )?excluded by a filter\b|\bDevice \/dev\/\S{1,80} excluded: device is (?:partitioned|an md component|a multipath component|not in devices file|rejected by filter)/,
    'LVM ignores that disk: it has a partition table or another signature, is part of multipath or RAID, or filter= in lvm.conf or the devices file (`sudo lvmdevices`) leaves it out. `wipefs DEVICE` lists what is on it.',
  ],
  [
    /\bduplicate PVs\b|\bNot using device \/dev\/\S{1,80} for PV\b/,
    'LVM sees one physical volume on two devices: a disk and its copy or snapshot are both attached, or the host sees through a path of multipath or into the disk of a guest. Detach the copy, or leave one out by the devices file or filter= in lvm.conf.',
  ],
  [
    /\bCheck of pool \S{1,120} failed\b/,
    'The metadata of a thin pool did not pass thin_check: the pool was cut off in a write or used from two sides, or thin_check is missing there. `lvconvert --repair VG/POOL` makes a repaired copy of the metadata; keep the old one.',
  ],
  [
    /\bout-of-data-space\b|\breached low water mark for (?:data|metadata) device\b|\bno free (?:data|metadata) space available\b/,
    'A thin pool is full or nearly so: writes of all its volumes wait or fail until it is extended (`sudo lvs` shows Data% and Meta%, `lvextend` enlarges it), and guests on it see I/O errors or stand still.',
  ],
  [
    /\bNo key available with this passphrase\b|\bPassphrase incorrect\?|\bFailed to activate with specified passphrase\b/,
    'The disk was found and is LUKS, and no key slot opens with this passphrase or key file: a layout of the keyboard, a newline at the end of a key file, or another disk than meant are the usual reasons; `cryptsetup luksDump DEVICE` lists the slots.',
  ],
  [
    /\bNot enough available memory to open a keyslot\b/,
    'Opening a LUKS2 key slot with Argon2 takes the memory that was set when it was made (often up to 1 GiB): a small guest has not that much. Give it more, or change the slot with `cryptsetup luksConvertKey --pbkdf-memory`.',
  ],
  [
    /\bError allocating crypto tfm\b/,
    'The kernel there lacks the cipher of that encrypted disk: its module (xts, aes, sha256, essiv, …) is not built, or not in the initramfs. An ENOENT behind it means no missing file; `cat /proc/crypto` lists what there is.',
  ],
  [
    /\bFailed to unseal secret using TPM2\b/,
    'The TPM gives the key of that disk only in the state in which it was sealed: another firmware, boot loader, Secure Boot setting or another TPM (a new state directory of swtpm) changes the PCRs. Open it by its passphrase or recovery key, then enrol again with `systemd-cryptenroll`.',
  ],
  [
    /\bpool was previously in use from another system\b|\bpool may be in use from other system\b/i,
    'The pool was not exported by the machine that used it last (it has another hostid): `zpool import -f` takes it over, once it is sure that the other one does not use it any more; two users at once destroy it.',
  ],
  [
    /\bPool '\S{1,80}' has encountered an uncorrectable I\/O failure\b/,
    'ZFS stopped the pool because its disks did not answer or failed: what uses it hangs. See `zpool status -v` and the storage below; once that is there again, `zpool clear POOL` goes on.',
  ],
  [
    /\bThe ZFS modules cannot be auto-loaded\b|\bThe ZFS modules are not loaded\b/,
    'The tools of ZFS found no zfs module for the running kernel: DKMS did not build it (`dkms status`), the kernel is newer, or Secure Boot refuses a module that is not signed; `sudo modprobe zfs` says which.',
  ],
  [
    /\bnot enough to start the array\b|\bnot enough operational (?:devices|mirrors)\b/,
    'Too few of the disks of a RAID array are there for it to start: give all of them to the machine. `mdadm --examine DEVICE` shows to which array a disk belongs and how old its state is; --force takes an old one in and may lose writes.',
  ],
  [
    /\bmdadm: No arrays found in config file\b/,
    'mdadm looked for RAID arrays and found none: in an initramfs that is a remark where the root is on none; where it is, the disks are not there or /etc/mdadm/mdadm.conf in it is out of date (`update-initramfs -u`).',
  ],
  [
    /\bkicking non-fresh \w{1,40} from array\b/,
    'A disk of a RAID array missed writes that the others have (it was away or failed for a time) and was left out: see `mdadm --detail`; `mdadm /dev/mdN --re-add DEVICE` brings it up to date if the disk is sound.',
  ],
  [
    /\bmultipathd?\b.{0,80}\b(?:failed to get (?:udev |sysfs |sgio )?uid|add missing path|cannot get uid)\b/,
    'multipath knows disks by their WWID, and a disk without one (a virtual disk without a serial number, as of VirtualBox, VMware or QEMU) is noted again and again: harmless; a blacklist in /etc/multipath.conf ends the lines.',
  ],
  [
    /\bremaining active paths: 0\b|\bEntering recovery mode: max_retries\b|\bmultipath: \S{1,20}: Failing path\b/,
    'A path of a multipath disk went away: with "remaining active paths: 0" all are gone, and I/O waits (queue_if_no_path) or fails. `multipath -ll` shows them; the reason is in the SAN, in iSCSI or NVMe-oF, or its network.',
  ],
]
