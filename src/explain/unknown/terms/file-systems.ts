/** Words of one file system: what mkfs, fsck, mount and its driver say of it. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const fileSystemTerms: Terms = [
  [
    /\bMetadata (?:corruption|CRC error) detected\b|\bUnmount and run xfs_repair\b|\bCorruption of in-memory data\b/,
    'XFS found its own structures damaged and refuses to go on with them: unmount it and run `xfs_repair` on a copy of the disk (`xfs_repair -n` only looks). The usual reasons are a disk that was cut off in the middle of a write, two users of one image, or memory or storage that failed.',
  ],
  [
    /\bFilesystem has duplicate UUID\b/,
    'XFS mounts two file systems with one UUID not at the same time: a disk and its clone or snapshot are both attached. `mount -o nouuid` mounts the second one once, `xfs_admin -U generate` gives it a UUID of its own.',
  ],
  [
    /\bvaluable metadata changes in a log\b/,
    'XFS was not unmounted cleanly and its log holds changes that are not yet written: mount it once and unmount it, which replays the log. `xfs_repair -L` throws the log away and may lose data, so it is the last resort, on a copy.',
  ],
  [
    /\bis not a mounted XFS filesystem\b/,
    'xfs_growfs works on the mount point of a mounted XFS file system (`xfs_growfs /`), not on a device, and not on another kind of file system: `findmnt` and `lsblk -f` show both; for ext4 it is `resize2fs`.',
  ],
  [
    /\bPermission denied to resize filesystem\b|\bonline resizing (?:is )?not allowed\b/i,
    'The kernel refuses to resize a mounted ext4 file system where the caller is not root (CAP_SYS_RESOURCE), or where the file system is marked as having errors, which `dmesg` says: then it needs `e2fsck -f` while it is unmounted.',
  ],
  [
    /\bNew size smaller than minimum\b/,
    'A file system can be made smaller only down to what its files and tables need: `resize2fs -P DEVICE` prints the minimum in blocks. The image may be cut off only after the file system and its partition were made smaller.',
  ],
  [
    /\bThe filesystem is already \d{1,15} \(\d{1,3}k\) blocks long\b|\bNOCHANGE: partition \d{1,3} (?:is size|could only be grown)\b/,
    'There is nothing to grow: file system or partition already fills what lies below it. If the disk was to become larger, see with `lsblk` whether the guest sees the new size, and whether another partition stands behind this one.',
  ],
  [
    /\bPlease run 'e2fsck -f\b/,
    'resize2fs works on an unmounted ext4 file system only after a full check: run the e2fsck that the message names, then resize2fs again.',
  ],
  [
    /\bBTRFS\b.{0,60}\bdevid \d{1,9} uuid \S{36} is missing\b/,
    'A btrfs over several disks is mounted only when all of them are there and were scanned (`btrfs device scan`, `btrfs filesystem show`): give all of them to the VM. `mount -o degraded` goes without one where its profile (raid1, for example) can miss it.',
  ],
  [
    /\bBTRFS\b.{0,60}\bforced readonly\b|\bBTRFS: error \(device [^)]{1,40}\) in \w{1,60}:\d{1,6}: errno=-\d/,
    'btrfs met an error that it cannot undo and went read-only until it is mounted again: the BTRFS line before it (or the errno in the line itself) names the reason, as I/O errors of the disk below (-5) or no space for metadata (-28, `btrfs filesystem usage`).',
  ],
  [
    /\bcannot mount '\S{1,200}': directory is not empty\b/,
    'ZFS does not mount over a directory that holds files: something wrote there while the dataset was not mounted. Move these files away, or `zfs mount -O` mounts over them.',
  ],
  [
    /\bIO charset \S{1,30} not found\b/,
    'FAT needs a table of characters from the kernel (module nls_iso8859-1, nls_ascii or nls_utf8; vfat also nls_cp437): it is missing, mostly because the modules of this kernel are not in the image. The EFI partition is not mounted then, and the boot may stop over it.',
  ],
  [
    /\bvolume is dirty and "force" flag is not set\b|\bMetadata kept in Windows cache, refused to mount\b|\bThe disk contains an unclean file system\b/,
    'Windows did not close that NTFS file system: it was hibernated, shut down with fast startup, or ended. Shut Windows down fully (`shutdown /s /f /t 0`, `powercfg /h off`); until then mount it read-only.',
  ],
  [
    /\bswapon\b.{0,120}\b(?:appears to have holes|swapon failed: Invalid argument)/,
    'A swap file must have all its blocks (made with `dd`, or `fallocate` where the file system allows it), no holes, and no copy-on-write (on btrfs `btrfs filesystem mkswapfile`); then `mkswap FILE`. It cannot lie on tmpfs or an overlay.',
  ],
  [
    /\bmount\.nfs: access denied by server\b/,
    'The NFS server refuses the export to this address: /etc/exports there (`exportfs -v`, `showmount -e SERVER`) must name the path and this client as the server sees it, which behind NAT is the address of the host; a port above 1023 needs the option insecure.',
  ],
  [
    /\bunknown filesystem type '(?:LVM2_member|crypto_LUKS|linux_raid_member|zfs_member|mpath_member|isw_raid_member|bcache)'/,
    'That device holds no file system itself: it is a member of LVM (`vgchange -ay`, then mount the volume), LUKS (`cryptsetup open`), RAID (`mdadm --assemble --scan`), ZFS (`zpool import`) or multipath, which must be set up first; `lsblk -f` shows it.',
  ],
  [
    /\bspecial device (?:\/|[A-Z]{2,8}=)\S{1,200} does not exist\b/,
    'mount (or /etc/fstab) names a device or an image that is not there: another UUID or label than the disks have, or a disk that was not attached. `lsblk -f` shows what there is; an entry that need not be there takes nofail.',
  ],
  [
    /\bUnable to identify CD-ROM format\b/,
    'That disk holds no ISO 9660 file system: the image is of another kind, empty or cut off, or the file system is in a partition of it; `file IMAGE`, `blkid DEVICE`.',
  ],
  [
    /\bcan't read superblock on \/dev\/\S/,
    'The kernel could not read or accept the first block of that file system: the disk gave an I/O error or is shorter than its table says, or the log of the file system could not be replayed. `dmesg | tail` of that kernel says which.',
  ],
  [
    /\bSuperblock last (?:mount|write) time (?:\(.{10,60}\) )?is in the future\b/,
    'The clock of that machine is behind (no clock yet at boot, 1970), or the file system was last used where it was ahead: e2fsck corrects it; harmless unless it stops the boot. A guest takes its time from the RTC or kvm-clock.',
  ],
  [
    /\bappears to contain an existing filesystem\b/,
    'mkfs does not overwrite what it finds: see with `lsblk -f` that it is the disk that you mean and that nobody needs what is on it; -f (ext4: -F) overwrites it.',
  ],
  [
    /\bsource write-protected, mounted read-only\b/,
    'The disk may only be read (readonly=on of --disk, an ISO, an image without permission to write): mount goes on read-only; a remark.',
  ],
]
