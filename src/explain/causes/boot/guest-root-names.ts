/** The root that a guest was told to mount, by its name: which machine gave it that name, and what is missing here. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#custom-kernel-and-disk-image')
const fstab = 'https://man7.org/linux/man-pages/man5/fstab.5.html'

/** How kernels and initramfs say that the device of the root is not there. */
const absent = (device: string): readonly RegExp[] => [
  new RegExp(`ALERT! +(?<device>${device}) does not exist`),
  new RegExp(`Warning: "?(?<device>${device})"? does not exist`),
  new RegExp(`VFS: Cannot open root device "(?<device>${device})"`),
  new RegExp(String.raw`[Dd]evice '?(?<device>${device})'? (?:was )?not found\. Skipping fsck`),
  new RegExp(
    String.raw`mount: mounting (?<device>${device}) on \/\S{0,40} failed: No such (?:file|device or address)`,
  ),
  new RegExp(
    String.raw`(?:[Tt]imed out )?waiting for device (?<device>${device})(?: to appear|, trying to mount|\.{3})`,
  ),
  new RegExp(`ERROR: Failed to mount '(?<device>${device})' on real root`),
]

/** A kernel without an initramfs says it otherwise, and for another reason. */
const absentInInitramfs = (device: string): readonly RegExp[] =>
  absent(device).filter(({ source }) => !source.startsWith('VFS'))

/** A disk that a listing shows: blkid, lsblk, /proc/partitions, ls. */
const disk = /(?:^|[\s/─])(?:[hsv]d[a-z]|xvd[a-z]|nvme\dn\d|mmcblk\d)\d{0,3}\b/

const asksForDisks =
  /(?:[$#>]|\(initramfs\)) ?(?:sudo )?(?:blkid|lsblk|fdisk -l|cat \/proc\/partitions|ls (?:-\w{1,4} )?\/dev(?:\/|$))/

const listsNoDisk = ({ says }: Evidence): boolean => says(asksForDisks) && !says(disk)

const named = String.raw`(?:(?:PART)?(?:UUID|LABEL)=|\/dev\/disk\/by-(?:uuid|label|partuuid|partlabel|id)\/)[^\s'",]{1,120}?`

export const guestRootNames: readonly Cause[] = [
  {
    id: 'guest-root-loop-device',
    line: absent(String.raw`(?:\/dev\/)?(?:mapper\/)?(?:loop|nbd)\d{1,2}(?:p\d{1,2})?`),
    what: 'root= names {device|a loop device}: that is how the disk was called on the machine on which the image was built; in the VM it has another name.',
    why: 'The image was made on a loop device (losetup, kpartx, qemu-nbd), and update-grub or grub-mkconfig in the chroot wrote its name, because it saw no UUID below /dev/disk/by-uuid there.',
    hint: 'For one start press e in the menu of GRUB and write `root=/dev/vda1` (the same number), then `sudo update-grub` in the running system. In the script that builds the image bind-mount /dev, /proc and /sys into the chroot before update-grub, or replace it behind it: `sed -i "s#root=/dev/loop0p1#root=UUID=$(blkid -s UUID -o value /dev/loop0p1)#" boot/grub/grub.cfg`; see also etc/fstab.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-name-of-other-bus',
    line: absent(String.raw`(?:\/dev\/)?(?:[sh]d[a-z]|xvd[a-z]|nvme\dn\dp?|mmcblk\dp?)\d{0,2}`),
    needs: ({ says }) => !says(/^\s{0,2}driver: (?:sd|nvme|mmcblk)\b/),
    what: 'root= names {device|a disk}, and no disk of the VM has that name.',
    why: 'A virtio disk is called /dev/vda, vdb …, and Cloud Hypervisor has no other kind. /dev/sda is a disk on SCSI, SATA or USB, nvme0n1, mmcblk0 and xvda belong to other machines: the image was built on, or moved from, such a machine. (Under QEMU with a SATA or SCSI disk the driver of that controller is missing instead.)',
    hint: 'Write the virtio name with the same number (`root=/dev/vda2` for /dev/sda2): in --cmdline, or with e in the menu of GRUB for one start. To last: `root=UUID=…` in /etc/default/grub or loader/entries and UUID= in /etc/fstab, then `update-grub`. `cat /proc/partitions` in the rescue shell shows the names; without vda there the initramfs lacks virtio_blk and virtio_pci.',
    check: 'disk-image',
    reference: fstab,
    confidence: 'likely',
  },
  {
    id: 'guest-root-lvm-inactive',
    line: absent(
      String.raw`\/dev\/(?!mapper\/(?:loop|luks|crypt|cr_|\w{0,20}_crypt|root$))(?:mapper\/[\w.+]{1,40}(?:--[\w.+]{1,40}){0,4}-[\w.+-]{1,60}|(?:rhel|fedora|centos|rocky|almalinux|ubuntu-vg|vg\w{0,20}|pve|cl|cs|ol|debian-vg)\/[\w.+-]{1,40})`,
    ),
    what: 'The root is a logical volume (LVM), {device|see the line}, and the initramfs did not activate it.',
    why: 'The disk with its physical volume is not there (not given to the VM, or its driver is not in the initramfs: made for another machine, without virtio_blk), lvm2 is not in the initramfs, or the volume group has another name after a clone. Where blkid lists a partition of type LVM2_member, the disk is there, and only the activation is missing.',
    hint: 'In the rescue shell: `cat /proc/partitions` (is there a vda?), then `lvm vgscan`, `lvm vgchange -ay`, `ls /dev/mapper`, and exit. To last: `update-initramfs -u -k all` with lvm2 installed, or `dracut -f --regenerate-all --no-hostonly` (or --add-drivers "virtio_blk virtio_pci"), in the system or a chroot of it. rd.lvm.lv= on the command line of the kernel must name this volume.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-disk-unseen',
    line: absentInInitramfs(named),
    needs: listsNoDisk,
    what: 'The initramfs of the guest sees no disk at all, and so not its root {device|} either.',
    why: 'What was asked for in the rescue shell lists none. Either no disk was given to the VM, or the kernel and initramfs have no driver for it: virtio_blk and virtio_pci (virtio_scsi, nvme, ahci under QEMU) are missing where the initramfs was made for another machine (dracut in host-only mode, MODULES=dep).',
    hint: 'See that the command has its `--disk path=`. Then put the drivers in, in the system on its old machine or in a chroot: `dracut -f --regenerate-all --no-hostonly`, on Debian and Ubuntu `MODULES=most` in /etc/initramfs-tools/initramfs.conf and `update-initramfs -u -k all`, on NixOS boot.initrd.availableKernelModules = [ "virtio_pci" "virtio_blk" ]. `modprobe virtio_blk` in the shell shows whether it is there.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-id-absent',
    line: absentInInitramfs(named),
    what: 'The initramfs of the guest waited for its root {device|(a UUID or label)}, and no disk that it sees has that.',
    why: 'Either it sees the disk, and the file system has another UUID or label (cloned, restored or formatted anew, or root= is that of another image), or it sees no disk: it was not given, is a qcow2 that is read as raw, or the initramfs lacks its driver (virtio_blk, virtio_pci), as after a move from another hypervisor.',
    hint: '`cat /proc/partitions` and `blkid` in the rescue shell decide: with partitions of vda compare the UUIDs and correct root= (in the menu of GRUB with e, or --cmdline; to last /etc/default/grub with `update-grub`, and /etc/fstab); without any make the initramfs anew with the virtio drivers (`update-initramfs -u -k all`, `dracut -f --no-hostonly`) or correct --disk.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-virtiofs-unmounted',
    line: [
      /VFS: Unable to mount root fs on .{0,40}unknown-block\(0,0\)/,
      /VFS: Cannot open root device "(?<tag>(?!\/dev\/|[shv]d[a-z]|(?:PART)?(?:UUID|LABEL)=)[\w.-]{1,60})" or unknown-block\(0,0\)/,
      /VFS: Unable to mount root "(?<tag>[\w.-]{1,60})" \(virtiofs\), err=-?\d+/,
    ],
    needs: ({ says, text }) => says(/rootfstype=virtiofs/) || /\(virtiofs\)/.test(text),
    what: 'The kernel of the guest could not mount the shared directory (virtiofs {tag|tag}) as its root.',
    why: '"Cannot open root device" means that the kernel took the tag for a disk: it has no virtiofs built in (CONFIG_VIRTIO_FS=y and CONFIG_FUSE_FS=y; a module is too late), or is too old to mount a root without a disk (before 5.15). err=-22, or "tag <…> not found", means that no share has that tag.',
    hint: 'Use a kernel with CONFIG_VIRTIO_FS=y, CONFIG_FUSE_FS=y and CONFIG_VIRTIO_PCI=y (or an initramfs that mounts it), `root=TAG rootfstype=virtiofs rw` with the tag= of --fs, `--memory …,shared=on`, and virtiofsd started before.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-root-disk-without-partitions',
    line: [
      /VFS: Cannot open root device "(?<device>(?:\/dev\/)?(?:vda\d{1,2}))"/,
      /VFS: Unable to mount root fs on unknown-block\(0,0\)/,
    ],
    needs: ({ says }) =>
      says(/^\s*(?:fe00|fd00|fc00|08[0-9a-f]0|10[0-9a-f]0) +\d+ +vda\b/) &&
      !says(/^\s*\w{4} +\d+ +vda\d/) &&
      says(/Cannot open root device "(?:\/dev\/)?vda\d|\broot=\/dev\/vda\d/),
    what: 'The kernel of the guest sees the disk vda and no partition on it, and root= names a partition {device|}.',
    why: 'Its list shows vda alone. Usual is an image in another format that is read as raw (a qcow2: most cloud images, also those called .img), whose partition table the guest cannot see. Else the image is a bare file system without partitions.',
    hint: '`qemu-img info FILE` tells: with "file format: qcow2" convert it, `qemu-img convert -O raw IN.img OUT.raw`, or give `image_type=qcow2` where the release has it (QEMU: format=qcow2). With raw and no partitions (`fdisk -l FILE`) write `root=/dev/vda`.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
]
