/** Failures around images that more general words would answer: read before those. */
import type { Cause } from '../../cause.ts'

const guestfs = 'https://libguestfs.org/guestfs-faq.1.html'
const qemuImg = 'https://www.qemu.org/docs/master/tools/qemu-img.html'
const losetup = 'https://man7.org/linux/man-pages/man8/losetup.8.html'

export const imageCases: readonly Cause[] = [
  {
    id: 'mount-refused-afterwards',
    line: [/filesystem was mounted, but any subsequent operation failed: (?<words>[^.]{1,60})/],
    what: 'The file system was mounted, and a later step of mount was refused: {words|see the message}.',
    why: 'After the mount itself come the flags and options that are applied to it, and helpers such as those of SELinux labels; who may do that is decided by the options and by the side that serves the share.',
    hint: 'Mount it by hand with fewer options (`sudo mount -t TYPE SOURCE DIRECTORY`), see `sudo dmesg`; of a share compare owner, mode and security model on the host.',
    reference: 'https://man7.org/linux/man-pages/man8/mount.8.html',
    confidence: 'likely',
  },
  {
    id: 'guestfs-image-locked',
    line: [
      /(?:guestfs_launch failed|virt-\w{2,12}: error|guestf\w{2,6}: error).{0,160}Failed to get (?:shared )?"write" lock/,
    ],
    what: 'libguestfs does not open the image, because a VM that runs has it open.',
    why: 'Changing a disk under a running guest would destroy its file systems; virt-sysprep and virt-customize write, virt-cat and guestmount --ro only read.',
    hint: 'Shut the VM down first (`virsh shutdown NAME`, `virsh list`); to read only: `--ro` (guestfish, guestmount) or a copy. `sudo fuser -v FILE` names who has it.',
    reference: guestfs,
    confidence: 'likely',
  },
  {
    id: 'guestfs-image-denied',
    line: [/Original error from libvirt: .{0,300}(?:Permission denied|Cannot access storage file)/i],
    what: 'The QEMU that libvirt started for libguestfs may not open the image or its temporary files.',
    why: 'libvirt runs it as its own user (libvirt-qemu, qemu), to which home directories, /root and files of root are closed.',
    hint: '`export LIBGUESTFS_BACKEND=direct` and try again (with sudo: `sudo env LIBGUESTFS_BACKEND=direct virt-customize …`), which starts QEMU without libvirt; or move the image to /var/lib/libvirt/images.',
    reference: guestfs,
    confidence: 'likely',
  },
  {
    id: 'virt-resize-no-method',
    line: [
      /unknown\/unavailable method for expanding the (?<kind>\w{2,16}) filesystem on (?<device>\S{1,60})/,
    ],
    what: 'virt-resize cannot enlarge the {kind|} on {device|that partition}: its small VM has no tool for that file system.',
    why: 'XFS, btrfs and NTFS are grown by own tools (xfsprogs, btrfs-progs, ntfs-3g) that must be part of the appliance; builds without them refuse it, and swap cannot be expanded.',
    hint: 'Install libguestfs-xfs (RHEL, Fedora; Debian: xfsprogs on the host) and try again; or leave --expand away for that one: enlarge the partition alone with `--no-expand-content`, and run `xfs_growfs /` (`btrfs filesystem resize max /`) in the guest.',
    reference: 'https://libguestfs.org/virt-resize.1.html',
    confidence: 'likely',
  },
  {
    id: 'qemu-img-shrink',
    line: [/^qemu-img: (?:warning: )?Shrinking an image/, /^qemu-img: Use the --shrink option/],
    what: 'qemu-img refuses to make the image smaller: what lies behind the new end would be lost.',
    why: 'Partitions and file systems in the image still reach to its old end; a size without + is the whole new size, not what is added.',
    hint: 'To enlarge it write the larger size or `+10G`. To give unused room back to the host nothing must shrink: `virt-sparsify --in-place FILE` or `qemu-img convert -O qcow2 OLD NEW`. To shrink: make the file system and partition smaller first (or `virt-resize` into a new image), keep a copy, then `qemu-img resize --shrink`.',
    reference: qemuImg,
    confidence: 'likely',
  },
  {
    id: 'qemu-img-has-snapshots',
    line: [/Can't resize (?:an image|a qcow2 image) which has snapshots/i],
    what: 'The qcow2 image has internal snapshots, and qemu-img does not resize such an image.',
    why: 'The size belongs to each snapshot; older formats (compat=0.10) and QEMU before 5.1 cannot keep several.',
    hint: '`qemu-img snapshot -l FILE` lists them; those that are no longer needed: `qemu-img snapshot -d NAME FILE` (libvirt: `virsh snapshot-delete`, Proxmox: `qm delsnapshot`); or `qemu-img convert -O qcow2 FILE NEW`, which copies the present state without them. The VM must be off.',
    reference: qemuImg,
    confidence: 'likely',
  },
  {
    id: 'image-backing-missing',
    line: [
      /^(?!.{0,40}qemu-img: ).{0,400}Could not open backing file: Could not open '(?<base>[^']{1,200})': No such file or directory/,
    ],
    what: 'The overlay rests on {base|another image} (its backing file), and that is not there.',
    why: 'A qcow2 overlay holds the changes alone. It names its base by a path, and a relative one counts from the directory of the overlay: the base was moved, renamed or deleted, or the overlay was copied to another machine without it.',
    hint: '`qemu-img info FILE` shows "backing file": put the base back there, or with the VM off `qemu-img rebase -u -b NEWPATH -F FORMAT FILE` (only with the very same base). When making one give an absolute path. An image of its own: `qemu-img convert -O qcow2 FILE NEW`.',
    check: 'disk-image',
    reference: qemuImg,
    confidence: 'likely',
  },
  {
    id: 'mount-of-qcow2',
    line: [
      /wrong fs type, bad option, bad superblock on (?:\/dev\/loop\d{1,4}|(?<file>\S{1,160}\.(?:qcow2|vmdk|vdi|vhdx?)))\b/,
      /failed to setup loop device for (?<file>\S{1,160}\.(?:qcow2|vmdk|vdi|vhdx?))\b/,
    ],
    needs: ({ says }) =>
      says(/\b(?:mount|losetup)\b.{0,120}\.(?:qcow2|vmdk|vdi|vhdx?)\b/) && !says(/qemu-nbd|qemu-img convert/),
    what: 'mount and losetup read raw images only; {file|the file} is qcow2 or another format of a hypervisor.',
    why: 'The kernel does not know these formats: it sees their header in place of a partition table or file system.',
    hint: 'With the VM off: `sudo modprobe nbd max_part=16`, `sudo qemu-nbd --connect=/dev/nbd0 FILE`, `lsblk /dev/nbd0`, `sudo mount /dev/nbd0p1 /mnt`; afterwards `sudo umount /mnt` and `sudo qemu-nbd --disconnect /dev/nbd0`. Without root: `guestmount -a FILE -i --ro DIR`.',
    check: 'disk-image',
    reference: 'https://www.qemu.org/docs/master/tools/qemu-nbd.html',
    confidence: 'likely',
  },
  {
    id: 'mount-image-has-partitions',
    line: [/wrong fs type, bad option, bad superblock on (?<device>\/dev\/(?:loop|nbd)\d{1,4})(?!p)\b/],
    needs: ({ says }) =>
      says(/^\S{1,120}?p?[1-9]\s+(?:\*\s+)?\d{2,12}\s+\d{3,14}\s+\d{3,14}\s/) ||
      says(/\b(?:loop|nbd)\d{1,4}p[1-9]\b/) ||
      says(/partition \d+ : ID=|Disklabel type: (?:gpt|dos)|DOS\/MBR boot sector/),
    what: 'The image is a whole disk with partitions, and mount was given all of it: the file system lies in a partition.',
    why: 'At the beginning of {device|the device} is the partition table; the table in this text shows where each partition starts.',
    hint: '`sudo losetup -fP --show FILE` prints the device, then `sudo mount /dev/loopNp1 /mnt` (the number of the root partition; `lsblk -f /dev/loopN`). Without losetup: `-o loop,offset=$((START*512))` with the start of the table. An LVM partition first needs `sudo vgchange -ay`.',
    reference: losetup,
    confidence: 'likely',
  },
  {
    id: 'loop-partition-node-missing',
    line: [
      /(?:special device|cannot (?:open|access|stat)|failed to stat\(?\)?|can't find|No such file).{0,20}['"‘]?(?<device>\/dev\/loop\d{1,4}p\d{1,3})\b/,
      /(?<device>\/dev\/loop\d{1,4}p\d{1,3})\b.{0,30}(?:does not exist|No such file or directory|not found|n'existe pas|existiert nicht)/,
    ],
    // A guest that waits for it in its initramfs has no losetup to call.
    needs: ({ says }) => !says(/initramfs|ALERT!|root device|dracut/i),
    what: 'The partition {device|} of the loop device does not show.',
    why: 'losetup was called without -P, so that the kernel did not read the partition table; in a container no udev makes the node, though the kernel knows the partition; or the image has no such partition.',
    hint: '`sudo losetup -fP --show FILE` (one that is attached: `sudo partx -u /dev/loopN`), then `lsblk /dev/loopN`. In a container: `--privileged -v /dev:/dev`, or `kpartx -av FILE` and /dev/mapper/loopNp1, or `mount -o loop,offset=…` without nodes.',
    reference: losetup,
    confidence: 'likely',
  },
  {
    id: 'seed-label-unset',
    severity: 'warning',
    line: [/^\d{1,6} extents written \(\d{1,5} MB\)$/],
    needs: ({ says }) =>
      says(/\b(?:genisoimage|mkisofs)\b.{0,160}\b(?:user-data|meta-data)\b/) &&
      !says(/(?:-volid|-V)[ =]?["']?cidata/i),
    what: 'The ISO was made without the label that cloud-init looks for: the guest will not find its seed.',
    why: 'The data source NoCloud takes a disk labelled cidata (or CIDATA) only; without -joliet -rock the names of the files are cut, too.',
    hint: '`genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data`, or `cloud-localds seed.iso user-data meta-data`; `blkid seed.iso` must show LABEL="cidata".',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html',
    confidence: 'likely',
  },
  {
    id: 'seed-tool-absent',
    line: [
      /command not found: (?<tool>genisoimage|mkisofs|cloud-localds|xorriso)$/,
      /(?:^|[\s:])(?<tool>mkisofs|cloud-localds): (?:\d{1,4}: )?(?:command )?not found/,
      /exec: "(?<tool>mkisofs|genisoimage|xorriso|cloud-localds)": executable file not found/,
      /(?<tool>mkisofs|cloud-localds) ?: (?:Befehl nicht gefunden|commande introuvable|orden no encontrada)/,
    ],
    what: 'The tool {tool|that makes the ISO of a cloud-init seed} is not installed on this machine.',
    why: 'Names differ: Debian and Ubuntu have genisoimage and xorriso (mkisofs is a link to one of them), cloud-localds comes with cloud-image-utils; macOS has none of them.',
    hint: '`sudo apt-get install genisoimage` (mkisofs is missing still: `sudo apt-get install xorriso`, and `sudo ln -s /usr/bin/genisoimage /usr/local/bin/mkisofs` for Terraform), `cloud-image-utils` for cloud-localds (Fedora: genisoimage or xorriso, cloud-utils); macOS: `brew install cdrtools`. `chv-doctor fix cloud-init` makes a seed without them.',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html',
    confidence: 'likely',
  },
  {
    id: 'lvm-group-name-twice',
    line: [
      /VG name (?<group>[\w+.-]{1,80}) is used by VGs/,
      /Multiple VGs found with the same name: (?:skipping )?(?<group>[\w+.-]{1,80})/,
      /Fix duplicate VG names with vgrename uuid/,
    ],
    what: 'Two disks have a volume group of the name {group|}: LVM does not know which is meant.',
    why: 'The image that was attached and this host (or two images) were installed from the same template, and both groups have the name that the installer gives (ubuntu-vg, centos, pve).',
    hint: '`sudo vgs -o vg_name,vg_uuid,pv_name` tells them apart; rename the one of the image: `sudo vgrename UUID other-vg`, `sudo vgchange -ay other-vg`, and give it its old name back before it boots again. A copy of the same disk (same UUIDs): `sudo vgimportclone -n other-vg DEVICE`. `virt-rescue` or guestmount look into an image without the LVM of the host.',
    reference: 'https://man7.org/linux/man-pages/man8/vgrename.8.html',
    confidence: 'likely',
  },
  {
    id: 'nbd-still-held',
    severity: 'warning',
    line: [/^(?<device>nbd\d{1,3})\s{1,20}43:\d{1,5}\s{1,6}\d\s{1,10}[1-9]\S{0,8}\s{1,6}\d disk\b/],
    needs: ({ says }) => says(/nbd\d{1,3} disconnected/) || says(/qemu-nbd (?:-d|--disconnect)/),
    what: 'The device /dev/{device|nbd0} is disconnected from its image, and the kernel still shows a disk there.',
    why: 'A file system on it is mounted, or a volume of LVM on it is active: these keep partitions of the device alive, whose image is gone.',
    hint: 'In this order: `sudo umount /mnt`, `sudo vgchange -an VG` (or `sudo dmsetup remove NAME`), `sudo qemu-nbd --disconnect /dev/{device|nbd0}`, then `lsblk` once more.',
    reference: 'https://www.qemu.org/docs/master/tools/qemu-nbd.html',
    confidence: 'likely',
  },
]
