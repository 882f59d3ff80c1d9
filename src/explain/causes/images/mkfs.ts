/** What mkfs says, and shells of tools for disks and images that are not installed. */
import type { Cause } from '../../cause.ts'

export const mkfs: readonly Cause[] = [
  {
    id: 'mkfs-device-in-use',
    line: [
      /(?<device>\/dev\/\S{1,120}) (?:is mounted|is apparently in use by the system|contains a mounted filesystem|is in use)[;.,]? ?(?:will not make a file ?system here)?/,
    ],
    needs: ({ text, says }) =>
      /will not make|contains a mounted|apparently in use/.test(text) || says(/mke2fs|mkfs|mkswap|wipefs/),
    what: 'mkfs does not touch {device|the device}: it is mounted or in use.',
    why: 'It is mounted, swap, or a part of LVM, RAID, device-mapper or multipath, or a VM has it open.',
    hint: '`lsblk -f DEVICE`, `findmnt -S DEVICE`; make sure that it is the right disk before you unmount it, deactivate the volume (`vgchange -an`) or remove a mapping (`sudo dmsetup ls`).',
    reference: 'https://man7.org/linux/man-pages/man8/mke2fs.8.html',
    confidence: 'likely',
  },
  {
    id: 'mkfs-device-used-before',
    line: [
      /mkfs\.\w{2,6}: (?<device>\S{1,120}) appears to contain (?:an existing filesystem|a partition table) \((?<type>\w{1,20})\)/,
      /ERROR: use the -f option to force overwrite of (?<device>\S{1,120})/,
      /Attempting to create filesystem on a partitioned device/,
    ],
    what: 'mkfs stopped, because {device|the device} holds something already ({type|see the line}).',
    why: 'It protects what is there: the name may be that of another disk than meant.',
    hint: 'See `lsblk -f` and `sudo wipefs DEVICE` (which only lists without options). If nothing of it is needed: mkfs.xfs and mkfs.btrfs -f, mkfs.fat -I, or use the partition in place of the whole disk.',
    reference: 'https://man7.org/linux/man-pages/man8/mkfs.xfs.8.html',
    confidence: 'likely',
  },
  {
    id: 'mkfs-too-small',
    line: [
      /Filesystem must be larger than (?<least>\d+ ?\wB)/,
      /Filesystem too small for a journal/,
      /is too small to make a usable filesystem|minimum size for each btrfs device is (?<least>\d+)/,
      /mkfs\.\w{2,6}: .{0,80}(?:Not enough space|too small|Too few (?:blocks|clusters))/i,
      /agsize|size \d+ (?:of data subvolume )?is too small, minimum (?:size )?is (?<least>\d+)/,
    ],
    what: 'The device or image is too small for that file system (it needs {least|more}).',
    why: 'XFS takes 300 MB from xfsprogs 5.19 on, btrfs about 109 MiB, ext4 some MB with a journal. The image may also have a wrong size: a unit that is missing (`truncate -s 10` are bytes).',
    hint: '`ls -l FILE`, `lsblk -b DEVICE`; enlarge the image (`truncate -s 2G FILE`), or use ext4 (`-O ^has_journal` for a very small one).',
    reference: 'https://man7.org/linux/man-pages/man8/mkfs.8.html',
    confidence: 'likely',
  },
  {
    id: 'mkfs-device-missing',
    line: [
      /The file (?<device>\S{1,120}) does not exist and no size was specified/,
      /Device size reported to be zero/,
      /(?<device>\/dev\/\S{1,80}) is not a block special device/,
    ],
    what: 'mkfs found no usable device at {device|that name}.',
    why: 'The disk or partition has another name or is not there yet: the table was not read again after a change, or no image is attached to the loop or nbd device. A name under /dev that is no device is a plain file, which a command wrote there before.',
    hint: '`lsblk`, `ls -l DEVICE`; `sudo partprobe DISK`; remove a plain file under /dev after looking at it.',
    reference: 'https://man7.org/linux/man-pages/man8/mke2fs.8.html',
    confidence: 'likely',
  },
  {
    id: 'host-tool-not-installed',
    line: [
      /(?:^|: )(?<tool>mkfs\.(?:vfat|fat|xfs|btrfs|ext4|ext2|erofs|squashfs|f2fs|exfat)|mkdosfs|mksquashfs|parted|sgdisk|gdisk|kpartx|growpart|qemu-nbd|qemu-img|resize2fs|xfs_growfs|mkfs\.xfs|partprobe|cryptsetup|pvcreate|vgcreate|lvcreate|mdadm|dmsetup|losetup|iscsiadm|rbd|zpool|zfs|genisoimage|mkisofs|xorriso|mcopy|cloud-localds|virt-customize|guestfish|guestmount|virt-resize|debootstrap|mmdebstrap|fakeroot|cpio|pigz|zstd|unzip|aria2c|lz4|dtc|mkimage|rsync|python|swtpm|numactl|socat|jq|bridge|brctl|ipxe|nasm|iasl|virt-install|virsh|mkosi|packer|buildah|skopeo|podman|docker): (?:command )?not found/,
    ],
    needs: ({ says }) => !says(/make\[\d|make: \*\*\*|vmlinux/),
    what: 'The program {tool|} is not installed on this machine.',
    why: 'It belongs to a package that minimal systems lack; programs in /sbin are not in the PATH of ordinary users on Debian.',
    hint: 'Install the package: dosfstools (mkfs.vfat), xfsprogs, btrfs-progs, e2fsprogs, erofs-utils, squashfs-tools, mtools (mcopy), gdisk (sgdisk), parted, kpartx, cloud-guest-utils (growpart; Fedora: cloud-utils-growpart), qemu-utils (qemu-img, qemu-nbd; Fedora: qemu-img), lvm2, open-iscsi, ceph-common (rbd), cloud-image-utils (cloud-localds), libguestfs-tools (guestfish, virt-customize; Fedora: guestfs-tools), device-tree-compiler (dtc), u-boot-tools (mkimage), acpica-tools (iasl), iproute2 (bridge), python-is-python3 (python); others are named like the program; or call it as /sbin/NAME with sudo.',
    reference: 'https://repology.org/',
    confidence: 'likely',
  },
]
