/** Words of disks and file systems, as a kernel and the tools around them use them. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const storageTerms: Terms = [
  [
    /\bunknown (?:read-only )?(?:compatible|incompatible) features\b|\bunsupported (?:optional|incompat\w*) features\b|\bunsupported feature\(s\)/i,
    'The file system was made with features that this kernel or tool is too old to know, by a newer release: use a newer kernel or tool on it; its data is not damaged.',
  ],
  [
    /\bRUN fsck MANUALLY\b|\bUNEXPECTED INCONSISTENCY\b|\bfsck\w*\b.{0,60}\b(?:errors?|could not correct|exit status [1-9])/i,
    'fsck found damage in the file system that it does not repair without being asked: copy the disk first, then run `fsck` by hand while nothing has it mounted; the disk was cut off while it was written, or is damaged.',
  ],
  [
    /\bRemounting filesystem read-only\b|\bDetected aborted journal\b|\bI\/O error \d{1,3} writing to inode\b|\bShutting down filesystem\b/i,
    'The file system met an I/O error of the disk below it and went read-only, so that nothing more is damaged: the storage (of a guest: image, volume or back-end on the host) failed or went away; it needs fsck and a new mount when that is there again.',
  ],
  [
    /\bbad geometry\b|\bexceeds size of device\b|\bis larger than the (?:physical )?device\b/i,
    'The file system says that it has more blocks than its disk: it was made for a larger one, or the image was cut off or made smaller since; the kernel refuses to mount it.',
  ],
  [
    /\bCan't (?:lookup|open) blockdev\b|\bCannot open root device\b|\bunknown-block\(/,
    'The kernel finds no block device of that name: its driver (virtio_pci, virtio_blk) is not built in or not in the initramfs, the disk was not given to the VM, or root= names another partition than the image has (an image without partitions is /dev/vda itself).',
  ],
  [
    /\bDetected IO errors\b|\bI\/O error, dev \w+|\bBuffer I\/O error\b|\bJBD2: .{0,80}\berror|\blost (?:sync|async) page write\b/,
    'An I/O error of a block device comes from below the kernel that prints it: of a guest from the host (the image, the file system or storage behind it, or the back-end that serves the disk). From v50.1 on Cloud Hypervisor refuses writes to sector 0 of a raw disk that is given without image_type=raw.',
  ],
  [
    /\bwrong fs type, bad option, bad superblock\b/,
    'mount says this for almost every refusal: another file system than was asked for, a driver that is missing, a damaged superblock, or the whole disk in place of a partition. The log of that kernel names which.',
  ],
  [
    /\boverlayfs: |\boverlay: /,
    'overlayfs asks things of its layers: the upper one must be able to hold extended attributes and whiteouts (not virtiofs, NFS or another overlay, mostly), work and upper directory must be on the same file system.',
  ],
  [
    /\bdm-verity\b|\bdevice-mapper: verity\b|\bveritysetup\b|\broothash\b|\broot hash\b/i,
    'dm-verity checks every block of a read-only image against a root hash: a mismatch means that image, hash tree and root hash are not of the same build, or that the image was changed.',
  ],
  [
    /\bcryptsetup\b|\bdm-crypt\b|\bLUKS2?\b/,
    'LUKS and dm-crypt encrypt a disk: they need dm_crypt and the algorithms in the kernel, and the key or passphrase.',
  ],
  [
    /\bdevice-mapper\b|\bdmsetup\b|\bthin[- ]pool\b|\bthinpool\b|\/dev\/mapper\//,
    'device-mapper makes block devices of others (thin pools, LVM, crypt, verity): a pool that is full, of another name, or not set up after a reboot fails whoever uses it; `sudo dmsetup ls`, `sudo dmsetup status`.',
  ],
  [
    /\b[Vv]olume group\b|\blvm(?:2|ctl|polld)?\b|\b(?:pv|vg|lv)(?:create|change|scan|display|s)\b|\blogical volume\b|\bpart of VG\b|\bPV\b.{0,40}\bVG\b/,
    'LVM makes volumes of disks: a volume group is found by what stands on its disks, and volumes must be active (`sudo vgs`, `sudo lvs`, `sudo vgchange -ay`).',
  ],
  [
    /\b(?:zfs|zpool|zvol)\b/i,
    'ZFS needs its module for exactly the running kernel; a volume (zvol) appears as /dev/zvol/POOL/NAME some time after it was made.',
  ],
  [
    /\bbtrfs\b/i,
    'On btrfs images should be made without copy-on-write (`chattr +C`), and swap files and direct I/O have rules of their own.',
  ],
  [
    /\bnbd\d*\b|\bqemu-nbd\b/,
    'nbd shows an image as a block device of the host (module nbd, qemu-nbd): the server behind it must live as long as the device is used, and each device is connected once.',
  ],
  [
    /\b(?:rbd|ceph|rados)\w*\b/i,
    'rbd is a block device of a Ceph cluster: monitors, key and features of the image must be reachable and known to this kernel.',
  ],
  [
    /\b(?:iscsi\w*|iscsiadm)\b/i,
    'iSCSI is a disk over the network: the session to the target must be logged in before its device is there.',
  ],
  [
    /\b9p(?:net)?(?:_virtio)?\b/,
    '9p is the shared directory of other monitors; Cloud Hypervisor has none: it shares directories by virtio-fs (--fs, virtiofsd, `mount -t virtiofs TAG DIRECTORY`).',
  ],
  [
    /\b(?:nd_pmem|pmem\d+|nvdimm|libnvdimm|DAX)\b/,
    'A pmem device (--pmem) is a file that the guest maps as memory: its size must be a multiple of 2 MiB, and the guest needs virtio_pmem, libnvdimm, and for dax a file system that can do it.',
  ],
  [
    /\bnoop\b.{0,60}\bscheduler\b|\/queue\/scheduler\b|\belevator=/,
    'The I/O scheduler of a disk is chosen in /sys/block/NAME/queue/scheduler; kernels with multi-queue know none, mq-deadline, kyber and bfq, and no longer noop, deadline and cfq.',
  ],
]
