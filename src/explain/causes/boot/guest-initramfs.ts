/** What the initramfs of a guest says on the way to its root file system: unlocking, mounting, and the step into it. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#custom-kernel-and-disk-image')
const crypttab = 'https://www.freedesktop.org/software/systemd/man/latest/crypttab.html'
const zfs = 'https://openzfs.github.io/openzfs-docs/Getting%20Started/index.html'

/** Places at which an initramfs mounts the root. */
const newRoot = String.raw`\/(?:root|sysroot|new_?root|mnt-root|rootfs|real_root|tmp\/root)\b`

export const guestInitramfs: readonly Cause[] = [
  {
    id: 'guest-root-needs-initramfs',
    line: [
      /VFS: (?:Cannot open root device|Unable to mount root fs on) "(?<root>(?:LABEL|UUID)=[^"]{1,80})"/,
    ],
    what: 'The kernel of the guest was to find its root by {root|LABEL= or UUID=} and had no initramfs that does so.',
    why: 'The kernel alone knows root=/dev/vda1, PARTUUID= and PARTLABEL=. LABEL= and UUID= of a file system are looked up by the programs of an initramfs: it was not given, or was not loaded or unpacked.',
    hint: 'Give the initrd that belongs to this kernel (`--initramfs`, or the initrd line of the boot loader; see above for "Initramfs unpacking failed" or a missing "Unpacking initramfs"); or write `root=/dev/vda1` or `root=PARTUUID=…` (`blkid` shows it). After an update of the kernel `update-initramfs -c -k VERSION` or `dracut --kver VERSION` makes a missing one.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-not-named',
    line: [
      /dracut: FATAL: No or empty root=/,
      /No root device specified\. Boot arguments must include a root= parameter/,
    ],
    what: 'The command line of the guest kernel has no root=, so its initramfs does not know which disk to mount.',
    why: 'With --kernel the command line is the one of --cmdline, and nothing is taken from the boot loader of the image. Through a loader, its entry lost the option (GRUB_CMDLINE_LINUX, loader/entries, /etc/kernel/cmdline).',
    hint: 'Add it: `--cmdline "console=ttyS0 root=/dev/vda1"` (the partition with the system, or root=UUID=… with the initramfs); `cat /proc/cmdline` in the shell shows what the kernel was given, `blkid` what there is.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-mount-type-unknown',
    line: [
      new RegExp(
        `mount: mounting (?<device>\\S{1,120}) on (?<where>${newRoot}\\S{0,120}) failed: No such device$`,
      ),
      new RegExp(
        `mount(?:\\.\\w{1,10})?: (?<where>${newRoot}\\S{0,120}): unknown filesystem type '?(?<type>[\\w-]{1,30})`,
      ),
    ],
    what: 'The kernel of the guest does not know the file system {type|} with which its initramfs was to mount {device|the root}.',
    why: '"No such device" of mount means the type of file system, and not the disk: its module (ext4, xfs, btrfs, virtiofs, 9p, erofs) is neither built into this kernel nor in its initramfs, mostly because kernel and initramfs (or image) are not of one version.',
    hint: 'Use kernel and initramfs of one package, and put the module in: a line in /etc/initramfs-tools/modules and `update-initramfs -u`, `dracut -f --add-drivers "NAME"`, NixOS boot.initrd.kernelModules; or a kernel with it built in (=y). `cat /proc/filesystems` in the shell shows what is known.',
    check: 'kernel-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-unmountable',
    line: [
      new RegExp(
        `mount: mounting (?<device>/dev/\\S{1,120}) on ${newRoot}\\S{0,40} failed: (?<words>(?!No such (?:device$|file)).{3,60})`,
      ),
      /Failed to mount (?<device>\S{1,120}) as root file system/,
      /Failed to mount '(?<device>[^']{1,120})' on real root/,
      /Failed to mount the real root device/,
      /Warning: (?:Can't|Failed to) mount root filesystem/,
      /^(?:ERROR|\* ERROR): .{0,40}(?:[Cc]ould not|[Ff]ailed to) mount (?:the )?root/,
    ],
    what: 'The initramfs of the guest found the disk {device|of its root} and could not mount it: {words|see the line above}.',
    why: '"Invalid argument": no file system of that kind is there (root= names another partition, the whole disk, a part of LVM or LUKS, or an image in another format), it is damaged, or rootflags= names an option or subvolume that it does not have. "Structure needs cleaning", "Input/output error": damaged or cut off. "No such device": the module of the file system is missing.',
    hint: 'In the rescue shell: `cat /proc/partitions`, `blkid` and `dmesg | tail` name kind and reason. Correct root= and rootflags=, or check the file system from outside on a copy of the image (`fsck -n`).',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-without-init',
    line: [
      /Target filesystem doesn't have (?:requested|a valid) (?<program>\/\S{1,80}?)\.?$/,
      /No init found\. Try passing init=/,
      /\brun-init: (?:can't execute '(?<program>[^']{1,120})'|.{0,80}: No such file)/,
      /\bswitch_root: (?:can't execute '(?<program>[^']{1,120})'|failed to execute|couldn't find|.{0,60}no init)/,
      /Root device mounted successfully, but (?<program>\/\S{1,80}) does not exist/,
      /does not seem to be an OS tree/,
      /stage 2 init script \((?<program>\S{1,200})\) not found/,
      /Failed to start (?:initrd-switch-root\.service - )?Switch Root\b/,
      /Failed to switch root: /,
    ],
    what: 'The initramfs mounted a root file system and found no system in it that it could start ({program|no init}).',
    why: 'root= names another partition than the root (/boot, the EFI partition, an empty one), a subvolume or dataset is missing (rootflags=subvol=@ of Btrfs), init= names what is not there (on NixOS a system of another generation), or the root is damaged: /sbin/init is a link to /lib/systemd/systemd, and /lib or /usr may be a partition of its own or lost. Rarely it is for another architecture.',
    hint: 'In the rescue shell look at what was mounted (`ls /root /sysroot /new_root`, `mount`), and compare `blkid` with root= and init= of `cat /proc/cmdline`; mount the image on the host to see whether /sbin/init and /etc/os-release are in it.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-switch-root-misused',
    line: [
      /^Usage: switch_root \[-c/,
      /switch_root: (?:PID is not 1|not (?:a )?rootfs|root filesystem is not ramfs|'?\S{0,80}'? ?(?:is not a mount ?point|must be a mountpoint)|error moving root)/,
    ],
    what: 'switch_root refused its work: it was not started as the first process, or the new root is not mounted.',
    why: 'The script /init must end with `exec switch_root NEW_ROOT /sbin/init`, so that it stays process 1, and NEW_ROOT must be a mount point. Without exec, in a subshell or pipe, or where the mount before it failed (an empty variable), it prints its usage.',
    hint: 'See the mount above it, and add `exec`; `mount` and `echo $$` (1) in the script just before it show both.',
    reference: 'https://man7.org/linux/man-pages/man8/switch_root.8.html',
    confidence: 'likely',
  },
  {
    id: 'guest-waits-for-passphrase',
    severity: 'warning',
    line: [
      /^Please (?:unlock disk|enter passphrase for disk) (?<name>\S{1,120})/,
      /^Enter passphrase for (?<name>\/dev\/\S{1,120}):/,
    ],
    needs: ({ says }) => !says(/set up successfully|cryptsetup failed|No key available|login:/),
    what: 'The guest waits for the passphrase of its encrypted disk {name|} (LUKS); until someone types it, it does not go on.',
    why: 'It asks on its console. On the serial port the question is seen only with console=ttyS0 as the last console= of its kernel; a graphical splash (plymouth) hides it.',
    hint: 'Type it on that console. Without a person: a key file or TPM (`systemd-cryptenroll --tpm2-device=auto` with --tpm), clevis, or dropbear-initramfs to type it over ssh; drop `splash` from the command line of the kernel.',
    reference: crypttab,
    confidence: 'likely',
  },
  {
    id: 'luks-passphrase-refused',
    line: [
      /No key available with this passphrase/,
      /cryptsetup failed, bad password or options/,
      /maximum number of tries exceeded/,
      /Failed to activate with (?:specified passphrase|key file)/,
    ],
    needs: ({ says }) => says(/cryptsetup|LUKS|crypt|passphrase/i),
    what: 'The encrypted disk (LUKS) was found, and the passphrase or key does not open it.',
    why: 'Usual are another layout of the keyboard in the initramfs (US instead of the own), a newline at the end of a key file, a key of another disk or a clone with a new header, and an initramfs without the cipher or key derivation (argon2id takes memory: a small guest has too little).',
    hint: '`cryptsetup luksDump DEVICE` lists the key slots, `cryptsetup open --test-passphrase DEVICE` tries one on the host (on the image through `losetup -P`). Type the passphrase as on a US keyboard, and give the guest 1 GiB or more.',
    reference: crypttab,
    confidence: 'likely',
  },
  {
    id: 'luks-device-missing',
    line: [
      /cryptsetup: Waiting for encrypted source device (?<device>\S{1,120}?)\.{0,3}$/,
      /cryptsetup: .{0,80}(?:source mismatch|Encrypted source device .{0,80}not available)/,
      /ALERT! +encrypted source device does not exist/,
      /Timed out waiting for device .{0,60}(?:cryptsetup|luks)/,
    ],
    what: 'The initramfs waits for the encrypted disk {device|}, which does not appear.',
    why: '/etc/crypttab (as it was when the initramfs was made) names a UUID or path that no disk of this VM has: the disk was not given, was formatted anew, or has another name here (vda instead of sda, nvme); or the driver of the disk (virtio_blk) is not in the initramfs.',
    hint: 'In the rescue shell `cat /proc/partitions` and `blkid` show what there is; correct /etc/crypttab (UUID= of the LUKS partition, not of what is in it), then `update-initramfs -u` or `dracut -f`.',
    check: 'disk-image',
    reference: crypttab,
    confidence: 'likely',
  },
  {
    id: 'initramfs-lacks-cryptsetup',
    severity: 'warning',
    line: [
      /initramfs image may not contain cryptsetup binaries/,
      /cryptsetup: WARNING: .{0,80}(?:couldn't determine root device|target '?[\w-]{1,60}'? not found|invalid line in \/etc\/crypttab)/i,
    ],
    what: 'update-initramfs warns while it makes the initramfs: what it would need for an encrypted root is not put in.',
    why: 'It found no encrypted root in /etc/crypttab and /etc/fstab. Where the root is not encrypted, the line is harmless; where it is, the next boot does not find it.',
    hint: 'With an encrypted root: the package cryptsetup-initramfs, the right line in /etc/crypttab, `CRYPTSETUP=y` in /etc/cryptsetup-initramfs/conf-hook, then `update-initramfs -u`. Without one it need not be installed.',
    reference: crypttab,
    confidence: 'likely',
  },
  {
    id: 'zfs-pool-of-other-system',
    line: [/cannot import '(?<pool>[\w.-]{1,60})': pool was previously in use from another system/],
    what: 'ZFS does not import the pool {pool|}, because another system used it last and did not give it back.',
    why: 'The pool remembers the hostid of its last user. A clone of a VM, a rescue system that imported it, or a changed /etc/hostid is another system. It may still be in use there: two users at once destroy it.',
    hint: 'Once it is sure that no other machine uses it: `zpool import -f POOL` in the rescue shell (for the root with `-N -R /root`), then exit; or zfs_force=1 on the command line of the kernel for one start. Before it is moved: `zpool export POOL`; keep /etc/hostid in the initramfs.',
    reference: zfs,
    confidence: 'likely',
  },
  {
    id: 'mdadm-no-arrays',
    severity: 'note',
    line: [/mdadm: No arrays found in config file or automatically/],
    what: 'mdadm in the initramfs looked for RAID arrays and found none: harmless where the root is on no RAID.',
    why: 'It is installed in the image and asks at every boot. Where a root file system is not found after it, the reason is mostly another one: root=, the disk, or its driver.',
    hint: 'Look at the lines behind it. With a root on RAID: give all its disks to the VM, and `update-initramfs -u` after a change of /etc/mdadm/mdadm.conf.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-root-awaited',
    severity: 'note',
    line: [/^Begin: (?:Running \/scripts\/local-block|Waiting for root file system)\b/],
    needs: ({ says }) =>
      !says(
        /ALERT!|Gave up waiting|\(initramfs\)|systemd\[1\]|Welcome to |login:|Kernel panic|scripts\/init-bottom/,
      ),
    what: 'The initramfs of the guest (Debian, Ubuntu) waits for the disk with its root file system.',
    why: 'Once or twice is normal with LVM. Again and again for 30 seconds it means that no disk has the name of root=: it was not given, is not raw as the guest reads it, has another UUID or label, or the initramfs lacks the driver (virtio_blk, virtio_pci) or lvm2.',
    hint: 'Wait for "ALERT! … does not exist", which names it; then `cat /proc/partitions` and `blkid` in that shell show whether the disk is there.',
    check: 'disk-image',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'guest-btrfs-not-opened',
    line: [/BTRFS.{0,60}open_ctree failed(?:: (?<number>-\d{1,3}))?/],
    needs: ({ says }) =>
      says(/\bvd[a-z]\d{0,3}\b|virtio|initramfs|sysroot|new_?root|mnt-root|on \/root failed|dracut/),
    what: 'The kernel of the guest could not open the Btrfs file system (error {number|not given}); the BTRFS line right before it says why.',
    why: 'Usual: one of several disks of it is missing ("devid … is missing"), a tree is damaged ("parent transid verify failed", "bad tree block", "failed to read chunk root") after a VM that was killed or an image that two used, the image was cut off, or a feature that this kernel does not know.',
    hint: 'Give all disks of the file system to the VM (`btrfs filesystem show`). Else, on a copy: `mount -o ro,rescue=usebackuproot` (or rescue=all) to get at the data, `btrfs check --readonly`; `--repair` is the last resort.',
    check: 'disk-image',
    reference: 'https://btrfs.readthedocs.io/en/latest/trouble-index.html',
    confidence: 'likely',
  },
  {
    id: 'fsck-older-than-file-system',
    line: [/Get a newer version of e2fsck/, /has unsupported feature\(s\): (?<words>.{1,120})/],
    what: 'e2fsck does not know a feature of that ext4 file system ({words|see the line}), and does not check it: it is older than the mkfs that made it.',
    why: 'The image was made with newer e2fsprogs than the ones in the guest or initramfs (metadata_csum_seed, orphan_file from 1.47 on); unknown numbers (FEATURE_R…) may be set on purpose, as for a partition with verity. Where "Ignoring error" follows, it is harmless.',
    hint: 'Use newer e2fsprogs there, or make the image with the features of the older (`-O ^metadata_csum_seed,^orphan_file`). For a partition that is only read put 0 as the last field in /etc/fstab, so that it is not checked.',
    reference: 'https://man7.org/linux/man-pages/man5/ext4.5.html',
    confidence: 'likely',
  },
  {
    id: 'guest-fs-larger-than-disk',
    line: [
      /bad geometry: block count (?<blocks>\d{1,15}) exceeds size of device \((?<size>\d{1,15}) blocks\)/,
      /attempt to access beyond end of device/,
      /XFS \(\w{1,20}\): (?:last sector read failed|file system too large to be mounted|device supports only)/,
      /SQUASHFS error: (?:unable to read \w{2,20} (?:\w{1,10} )?(?:index |lookup )?table|Filesystem uses .{0,40}beyond)/i,
      /BTRFS error .{0,60}device total_bytes should be at most/,
      /The filesystem size \(according to the superblock\) is (?<blocks>\d{1,15}) blocks/,
    ],
    needs: ({ says }) =>
      says(
        /\bvd[a-z]\d{0,3}\b|virtio|pmem\d|cloud-?hyperv|guest|initramfs|squashfs|sysroot|\bVM\b|block count|superblock/i,
      ),
    what: 'The file system is larger than the disk or partition that holds it, so the kernel refuses it or fails at its end.',
    why: 'The image was cut off (a copy or download that ended early, a full host disk), made smaller without the file system (`qemu-img resize --shrink`, a partition made anew with another end), or another file than meant.',
    hint: 'Compare the size of the image with its source (`qemu-img info FILE`, `sha256sum`); make image and partition as large as before, or take the file anew. `resize2fs` makes ext4 smaller only before the partition shrinks; XFS cannot shrink.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
]
