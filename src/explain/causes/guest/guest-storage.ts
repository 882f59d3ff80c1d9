/** What a guest says of file systems, volumes and shares that it does not know, does not find, or must check first. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#custom-kernel-and-disk-image')

/** Hosts have file systems, too: something in the text must belong to a virtual machine. */
const isAboutGuest = ({ says }: Evidence): boolean =>
  says(
    /\bvd[a-z]\d{0,3}\b|virtio|cloud-?hypervisor|\bhvc0\b|\bguest\b|\bVM\b|initramfs|sysroot|\bpmem\d|\.modloop|microvm|kata|erofs|ubuntu-vg|rpool|cryptsetup/i,
  )

export const guestStorage: readonly Cause[] = [
  {
    id: 'guest-disk-absent',
    line: [/(?:^|[ \]])\/dev\/(?<disk>(?:vd[a-z]|sd[a-z]|nvme|pmem)\w{0,8}): Can't (?:lookup|open) blockdev/],
    what: 'The kernel of the guest has no disk /dev/{disk|…}.',
    why: 'The disk was not given to the VM, has another name or no such partition, or the kernel cannot see it: a kernel built without CONFIG_PCI, CONFIG_VIRTIO_PCI and CONFIG_VIRTIO_BLK (or with them as modules that the initramfs lacks) finds no virtio device at all.',
    hint: 'Look for `virtio_blk` and `vda` further above on the console: with them it is the name (compare root= or fstab with `lsblk`), without them the kernel: build these drivers in, or use the kernel of the image with its initramfs.',
    check: 'disk-image',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
  {
    id: 'guest-fs-features',
    line: [
      /(?:EXT[234]-fs|XFS|BTRFS|F2FS) ?\(\w+\): .{0,80}(?:unsupported optional features|incompatible features|unknown (?:incompatible|read-only|incompat)|couldn't mount (?:RDWR )?because of unsupported)/i,
      /erofs.{0,60}(?:blkszbits? \d+ isn't supported|unidentified (?:incompatible )?feature|unsupported)/i,
      /SQUASHFS error: .{0,60}(?:compression|Filesystem uses).{0,60}(?:not supported|unknown)/i,
    ],
    needs: isAboutGuest,
    what: 'The kernel of the guest does not know a feature of the file system on its disk: the file system is newer than the kernel, or was made for another one.',
    why: 'A newer mkfs switches features on that an older kernel lacks; erofs and XFS may have blocks larger than the pages of that kernel (64 KiB on some arm64), squashfs a packing that it was built without. The disk is in order.',
    hint: 'Boot the image with its own kernel (through CLOUDHV.fd), use a newer kernel or one with that option built in, or make the file system without the feature (`mkfs.ext4 -O ^FEATURE`, `mkfs.erofs -b 4096`).',
    check: 'kernel-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-volume-missing',
    line: [
      /Volume group "?(?<name>[\w.-]{1,60})"? not found|Cannot process volume group (?<name2>\S{1,60})/,
      /Failed to find logical volume "(?<name>[\w./-]{1,80})"/,
      /cannot import '(?<name>[\w.-]{1,60})': no such pool/,
      /no pools available to import/,
      /(?:cryptsetup|systemd-cryptsetup)\S{0,10}: .{0,80}(?:failed|exceeded|not found|ERROR|No key available|does not exist)/i,
      /mdadm: .{0,80}(?:not found|no devices found)/,
    ],
    needs: isAboutGuest,
    what: 'The guest does not find (or cannot open) the volume that its root lies on {name|}{name2|} (LVM, ZFS, RAID or an encrypted disk).',
    why: 'One of the disks that belong to it was not given to the VM, its partition table is not seen (a qcow2 that is read as raw), the initramfs lacks the driver or tool, or the key is missing.',
    hint: 'Give all disks of the machine that the image comes from; in the rescue shell `cat /proc/partitions`, `blkid`, `vgchange -ay` (`zpool import`, `cryptsetup luksOpen`) show how far it comes.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-fs-check',
    severity: 'note',
    line: [
      /contains a file system with errors, check forced/,
      /\b(?:recovering journal|orphan cleanup|Clearing orphaned inode)\b/i,
      /was not (?:cleanly unmounted|properly unmounted)/,
    ],
    needs: isAboutGuest,
    what: 'The guest checks a file system that was not closed in order the last time; it mends it by itself.',
    why: 'The VM was ended without a shutdown of the guest (killed, power-button without effect, a snapshot of a running disk). The journal is played back, which takes a moment.',
    hint: 'Wait for it; end VMs with a shutdown in the guest or `ch-remote power-button`. If it stops and asks, run `fsck` on a copy of the image.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-disk-full',
    line: [
      /^(?!dd: error writing '\/dev\/|.{0,300}\/sys\/fs\/cgroup).{0,200}?(?:write|cannot create|failed to write|error writing|copy|unpack)\b.{0,160}: [Nn]o space left on device|^-?(?:ba)?sh: .{0,80}No space left on device/,
    ],
    needs: isAboutGuest,
    what: 'The disk of the guest is full (no space left on device, ENOSPC); where the line is of the host, its own.',
    why: 'Cloud images are some GB large and grow into what the image file was enlarged to before the start. Inodes may be used up, too (`df -i`), and a root in memory (tmpfs, overlay) is as large as a part of the memory.',
    hint: 'In the guest: `df -h` and `df -i`. Stop the VM, enlarge the image (`qemu-img resize -f raw FILE +10G`) and start it; growpart and resizefs of cloud-init do the rest.',
    check: 'disk-space',
    reference: doc('README.md#disk-image'),
    confidence: 'likely',
  },
  {
    id: 'guest-loop-missing',
    line: [
      /mount(?:ing|:) .{0,20}\/dev\/loop\d{0,2}\b.{0,80}(?:No such device|failed|Invalid argument)/,
      /losetup: (?!.{0,160}(?:detach failed|failed to set up|unused loop)).{0,80}No such (?:device|file)/,
    ],
    errnos: [2, 6, 19, 22],
    what: 'The kernel has no loop devices, or not the file system of that image, so a file could not be mounted.',
    why: 'The modules loop and squashfs are missing: with --kernel the guest runs another kernel than the one whose modules the image has. In a container the host must give the devices.',
    hint: '`modprobe loop squashfs` there; boot the image with its own kernel (through CLOUDHV.fd), or build both into the kernel.',
    check: 'kernel-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-gpt-not-at-end',
    severity: 'note',
    line: [/Not all of the space available to \S{1,200}/],
    what: 'The image was enlarged, and its partition table (GPT) does not know yet: harmless.',
    why: 'The copy of the GPT lies where the disk used to end; the rest belongs to no partition.',
    hint: 'Let the tool fix it ("Fix"), or `sgdisk -e IMAGE` (in the guest /dev/vda), then enlarge the partition and its file system: `growpart /dev/vda 1` and `resize2fs`.',
    reference: readme,
    confidence: 'likely',
  },
]
