/** Why the kernel of a guest has no root file system, where its own list of disks decides that. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#custom-kernel-and-disk-image')

const panics = /VFS: (?:Unable to mount root fs on|Cannot open root device) .{0,120}unknown-block\(0,0\)/

/** The kernel lists what it has: then a driver for its disks is there. */
const seesDisk = ({ says }: Evidence): boolean =>
  says(
    /driver: (?:virtio_blk|sd|nvme)\b|virtio_blk virtio\d+: \[vd|^(?:(?:08|fd|fe|fc|10)\d{2}|103:\d{5}) +\d+ (?:[vs]d[a-z]|nvme\d)|^ ?(?:[vs]d[a-z]|nvme\dn\d): /,
  )

const listsPartitions = ({ says }: Evidence): boolean =>
  says(/here are the available partitions/) && says(/Kernel panic - not syncing: VFS/)

export const guestRoot: readonly Cause[] = [
  {
    id: 'guest-verity-mismatch',
    line: [/device-mapper: verity: \S{1,20}: (?<kind>data|metadata) block (?<block>\d+) is corrupted/],
    what: 'dm-verity refuses to read a {kind|} block of the disk, because its content does not fit the hash tree.',
    why: 'The image was changed or damaged after its hash tree was made, or image, hash tree and root hash (on the command line of the kernel, roothash=) come from different builds. Reading it gives an I/O error; of a root file system the boot ends.',
    hint: 'Use image, hash tree and root hash of one build, as they were made: `veritysetup verify DATA HASH ROOTHASH` checks them. An image that is verified must be opened read-only.',
    reference: 'https://docs.kernel.org/admin-guide/device-mapper/verity.html',
    confidence: 'likely',
  },
  {
    id: 'guest-nixos-closure',
    line: [/Failed to start Find NixOS closure/],
    what: 'The initramfs of NixOS does not know which system to start.',
    why: 'init= on the command line of the kernel names the system in the store (/nix/store/…-nixos-system-…/init). It is missing, or names one that the store of the root file system does not have.',
    hint: 'Use the whole command line of the build (`config.boot.kernelParams` and init=), or boot the image through its own boot loader.',
    reference: 'https://microvm-nix.github.io/microvm.nix/',
    confidence: 'likely',
  },
  {
    id: 'guest-dm-target-missing',
    line: [/device-mapper: table: .{0,20}: (?<target>[\w-]{1,30}): unknown target type/],
    what: 'The kernel (on a console that of the guest) does not know the kind of mapping {target|that the line names} (device-mapper), so that volume, often the root, is not set up.',
    why: 'The module dm-{target|…} is not loaded, not in its initramfs, or was not built (CONFIG_DM_VERITY, CONFIG_DM_CRYPT, …).',
    hint: 'On a running system `sudo modprobe dm-{target|NAME}` (after an update of the kernel a restart). Put the module into the initramfs (`add_drivers` of dracut, /etc/initramfs-tools/modules), or use a kernel that has it built in.',
    reference: 'https://docs.kernel.org/admin-guide/device-mapper/index.html',
    confidence: 'likely',
  },
  {
    id: 'guest-root-unknown-fs',
    line: [
      /VFS: Unable to mount root fs on (?:"[^"]{1,80}" or )?unknown-block\((?!0,0)(?<device>\d{1,3},\d{1,3})\)/,
      /No filesystem could mount root, tried: ?(?<tried>.{0,160})/,
    ],
    what: 'The kernel of the guest found the disk that root= names, and no file system on it that it can mount {tried|}.',
    why: 'The kernel lacks that file system (ext4, xfs, btrfs as a module that only an initramfs would load), root= names the whole disk where the file system is in a partition (or the reverse), the image is qcow2 and was read as raw, or it is empty or damaged.',
    hint: 'On the host: `qemu-img info FILE` and `fdisk -l FILE`; then the right root= (/dev/vda1 for a partition, /dev/vda without), a kernel with that file system built in, or the initramfs of the distribution.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-name-wrong',
    line: [panics],
    needs: (evidence) => listsPartitions(evidence) && seesDisk(evidence),
    what: 'The kernel of the guest sees its disk, and root= names a partition, label or UUID that does not exist there.',
    why: 'Its own list of partitions stands in the text. LABEL= and UUID= of a file system are understood only by an initramfs (the kernel alone knows PARTUUID= and /dev/vda1); an image without a partition table has /dev/vda only; a disk may be vdb where another stands before it.',
    hint: 'Compare root= with that list; give the initramfs of the image (`--initramfs`) for LABEL= and UUID=, or write the partition: `root=/dev/vda1`.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-no-disk',
    line: [panics],
    needs: (evidence) => listsPartitions(evidence) && !seesDisk(evidence),
    what: 'The list that the kernel of the guest prints holds no virtio disk (as far as it was pasted): it sees none, so root= cannot be found whatever it names.',
    why: 'The driver is missing (VIRTIO_BLK and VIRTIO_PCI must be built in, or come with an initramfs), the kernel found no PCI (acpi=off, pci=off, no CONFIG_PCI), or no --disk was given.',
    hint: 'Use the kernel of the image with its initramfs (or through CLOUDHV.fd), or build CONFIG_VIRTIO_PCI=y, CONFIG_VIRTIO_BLK=y and CONFIG_PCI_MSI=y in; see that the command has `--disk path=`.',
    check: 'kernel-image',
    reference: readme,
    confidence: 'likely',
  },
]
