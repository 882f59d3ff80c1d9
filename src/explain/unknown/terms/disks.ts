/** Words of one disk: its image, its partition table, and the target it is read from. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const diskTerms: Terms = [
  [
    /\bqemu-img: Can't resize (?:an|a v2) image which has snapshots\b/,
    'A qcow2 image with snapshots inside of it (`qemu-img snapshot -l FILE`) cannot be resized by this version or in this way: remove them (`qemu-img snapshot -d NAME FILE`), or convert the image into a new one first.',
  ],
  [
    /\bMarking image as corrupt\b/,
    'QEMU found tables of the qcow2 image that contradict each other, marked it and refuses to write to it: two programs wrote to it, or one was cut off in the middle of a write. Copy the image, look with `qemu-img check FILE`, repair the copy with `qemu-img check -r all FILE`.',
  ],
  [
    /\bFailed to get (?:shared )?"(?:write|consistent read)" lock\b/,
    'QEMU locks its images: another program that locks, too (a VM that runs, qemu-img, qemu-nbd), has this one open; `sudo fuser -v FILE` names it. End it first, or look at a copy. Over NFS the lock of a host that crashed may remain.',
  ],
  [
    /\bloop: Write error at byte offset \d/,
    'A loop device could not write to the file behind it: its file system is full (a sparse image that grows) or gave an I/O error; the file systems on the loop device see errors then. `df -h` where the file lies, and `sudo dmesg`.',
  ],
  [
    /\bopen\w{0,3} \/dev\/nbd\d{1,3}: No such file\b/,
    '/dev/nbd0 and the others are there only once the module nbd is loaded: `sudo modprobe nbd max_part=8` (in a container, on the host).',
  ],
  [
    /\biSCSI login failed due to authorization failure\b|\biscsi\w{0,10}\b.{0,120}\bauthorization failure\b/i,
    'The target refused the login: its ACL does not list the name of this initiator (/etc/iscsi/initiatorname.iscsi), or user and password of CHAP (node.session.auth.*) are not those of the target.',
  ],
  [
    /\biscsiadm: No records found\b/,
    'iscsiadm has no record of a target with that name or portal: discover first (`iscsiadm -m discovery -t sendtargets -p ADDRESS`), then log in.',
  ],
  [
    /\bsession\d{1,5}: session recovery timed out after \d|\bdetected conn error \(\d{4}\)/,
    'The kernel lost the connection of an iSCSI session; after replacement_timeout (120 s by default) its disks give I/O errors. The reason is the target or the network to it; `iscsiadm -m session -P 1` shows the state.',
  ],
  [
    /\bFailed to write data to \/dev\/nvme-fabrics\b|\bfailed to write to nvme-fabrics device\b/,
    '`nvme connect` failed in the kernel: the address, port (4420) or NQN is wrong, the target does not allow this host NQN (/etc/nvme/hostnqn), or nvme-tcp or nvme-rdma is not loaded; `sudo dmesg` names the reason.',
  ],
  [
    /\bunable to inform the kernel of the change\b|\bRe-reading the partition table failed\b|\bkernel (?:is still using|still uses) the old (?:partition )?table\b/,
    'The new partition table is written, and the kernel goes on with the old one because a partition of that disk is mounted or in use: `partprobe` or `partx -u DEVICE` may take it over, a restart does.',
  ],
  [
    /\bfailed to get start and end for \S{1,80} in\b/,
    'growpart did not find that partition on that disk: it takes the disk and the number apart (`growpart /dev/vda 1`); `lsblk` shows what the disk has.',
  ],
  [
    /\bprimary GPT table is corrupt\b|\binvalid main GPT header, but valid backup\b|\bMain partition table CRC mismatch\b|\bInvalid CRC on main header data\b/i,
    'The first copy of the partition table (GPT) is damaged and the second one at the end of the disk is used: something wrote over the start of the disk, as `dd` or a tool for MBR. `sgdisk -v DEVICE` checks; `sgdisk -e DEVICE` writes both anew, once the disk was copied.',
  ],
  [
    /\bshort read while trying to open\b|\bextends beyond EOD\b|\bCan't have a partition outside the disk\b/,
    'The disk is shorter than its file system or partition table says: the image was cut off (a download or copy that ended early) or made smaller. Compare its size with that of its source. An extended partition, too, holds no file system itself.',
  ],
  [
    /\bvirtio_blk\b.{0,60}\binvalid block size:? (?:0x)?[\da-f]/,
    'The device names a size of its blocks that the driver of the guest does not take: 512 and 4096 bytes are usual, and most kernels take only powers of two from 512 up to a page. The back-end of that disk, or what it lies on, decides it.',
  ],
]
