/** What ext4 and its fsck, and the drivers of SATA, SCSI and NVMe disks say about damage and failing disks. */
import type { Cause } from '../../cause.ts'
import { isAlone } from '../remarks.ts'

const ext4 = 'https://man7.org/linux/man-pages/man8/e2fsck.8.html'
const blocks = 'https://docs.kernel.org/admin-guide/index.html'

export const diskErrors: readonly Cause[] = [
  {
    id: 'file-system-larger-than-disk',
    line: [
      /EXT4-fs \(\S{1,40}\): bad geometry: block count \d+ exceeds size of device \(\d+ blocks\)/,
      /XFS \(\S{1,40}\): (?:filesystem size mismatch detected|last sector read failed)/,
      /attempt to access beyond end of device/,
      /\b(?<disk>\w{2,12})\d*: rw=\d+,.{0,10}(?:sector=|want=)\d+.{0,40}limit=\d+/,
    ],
    what: 'The file system or partition reaches beyond the end of its disk.',
    why: 'The image was cut off (a copy or download that ended early, a disk that became full), made smaller, or its size is read wrongly (sectors of 4096 bytes); the partition table is that of a larger disk.',
    hint: 'Compare `lsblk -b`, `sudo fdisk -l DEVICE` and the size of the image with that of its source; enlarge the image to its old size (`truncate -s SIZE FILE`) before a repair, or copy it again.',
    reference: blocks,
    confidence: 'likely',
  },
  {
    id: 'ext4-directory-full',
    line: [/Directory \(ino: \d+\) index full, reach max htree level/],
    what: 'A directory of ext4 has too many entries for its index (some ten million): no further file can be made there.',
    why: 'A program fills one directory without end (sessions, spool, cache).',
    hint: '`sudo find / -xdev -inum NUMBER` names the directory; remove old files; `sudo tune2fs -O large_dir DEVICE` allows more.',
    reference: 'https://man7.org/linux/man-pages/man5/ext4.5.html',
    confidence: 'likely',
  },
  {
    id: 'file-system-needs-check',
    severity: 'warning',
    line: [
      /EXT4-fs \(\S{1,40}\): warning: (?:mounting unchecked fs|maximal mount count reached|checktime reached|mounting fs with errors), running e2fsck is recommended/,
      /Structure needs cleaning/,
    ],
    needs: isAlone('running e2fsck|needs cleaning'),
    what: 'The file system asks for a check: it was not unmounted in order, or has errors.',
    why: 'The machine or VM was cut off while it was mounted. "Structure needs cleaning" means that the kernel met damage and refuses the operation.',
    hint: 'Unmount it, copy the disk if its data counts, then `sudo e2fsck -f DEVICE` (ext4) or `sudo xfs_repair DEVICE` (XFS).',
    reference: ext4,
    confidence: 'likely',
  },
  {
    id: 'fsck-while-mounted',
    line: [
      /e2fsck: Cannot continue, aborting/,
      /(?<device>\/dev\/\S{1,80}) is (?:mounted|in use)\.?$/,
      /xfs_repair: \S{1,80} contains a mounted (?:and writable )?filesystem/,
    ],
    needs: ({ says }) => says(/fsck|e2fsck|xfs_repair/),
    what: 'The check does not run on a file system that is mounted or in use.',
    why: 'It would destroy a file system that is being written to.',
    hint: 'Unmount it; of the root file system: a rescue system, or `fsck.mode=force` on the kernel command line for the next start. Held without a mount: `lsblk`, `sudo fuser -v DEVICE`.',
    reference: ext4,
    confidence: 'likely',
  },
  {
    id: 'fsck-no-superblock',
    line: [
      /(?:e2fsck|fsck\.ext\d|tune2fs|dumpe2fs|debugfs)\S{0,3} Bad magic number in super-block/,
      /The superblock could not be read or does not describe a valid ext2/,
    ],
    what: 'There is no ext2/3/4 file system on that device, or its first superblock is damaged.',
    why: 'The whole disk in place of the partition, another file system (XFS, LVM, LUKS), or a beginning that was overwritten.',
    hint: '`lsblk -f` first. If it was really ext4: `sudo mke2fs -n DEVICE` (-n writes nothing) lists copies of the superblock, then `sudo e2fsck -b 32768 DEVICE`.',
    reference: ext4,
    confidence: 'likely',
  },
  {
    id: 'ext4-damaged',
    line: [/EXT4-fs error \(device (?<device>\S{1,40})\)(?: in)?:? ?\w{1,60}/],
    what: 'ext4 found an inconsistency or an I/O error on {device|that disk}.',
    why: 'The disk below lost or failed writes (I/O errors in the log before it), the image was used by two machines or mounted while a VM ran, or copied while in use. Mostly it goes read-only then (errors=remount-ro).',
    hint: '`sudo dmesg` for errors of the disk first; then unmount (or start a rescue system), copy the disk, `sudo e2fsck -f DEVICE`.',
    reference: ext4,
    confidence: 'likely',
  },
  {
    id: 'disk-medium-error',
    line: [
      /critical (?<kind>medium|target|space allocation|nexus) error, dev (?<disk>\w{1,20})/,
      /\[(?<disk>sd\w{1,4})\] .{0,40}Sense Key : (?<sense>Medium Error|Hardware Error|Aborted Command)/,
      /\[sd\w{1,4}\] .{0,40}Add\. Sense: (?:Unrecovered read error|Write error|Logical unit (?:failure|not ready))/,
      /\bI\/O error, dev (?<disk>(?:sd|nvme|mmcblk)\w{1,12}), sector/,
    ],
    what: 'The disk {disk|} reports errors of its medium or hardware to the kernel.',
    why: 'Sectors that cannot be read or written: the disk is failing. "space allocation" is a thin volume (SAN, thin pool) that is full; of a virtual disk the storage of its host.',
    hint: '`sudo smartctl -a /dev/DISK` (nvme: `sudo nvme smart-log`); copy the data off (`ddrescue`), replace the disk, then check the file systems.',
    reference: blocks,
    confidence: 'likely',
  },
  {
    id: 'disk-link-error',
    line: [
      /ata\d+(?:\.\d+)?: (?:exception Emask|failed command|SError|hard resetting link|COMRESET failed|link is slow to respond|qc timeout)/,
      /ata\d+: SATA link down/,
    ],
    needs: ({ text, says }) => !/link down/.test(text) || says(/exception Emask|failed command/),
    what: 'The connection to a SATA disk has errors: commands fail or take too long.',
    why: 'Mostly the cable, the plug or the power of that disk; else the disk or controller itself.',
    hint: '`ls -l /sys/class/ata_port/ataN/device` and `lsblk -S` name the disk; change cable and port, `sudo smartctl -a /dev/DISK` (UDMA_CRC_Error_Count is the cable).',
    reference: blocks,
    confidence: 'likely',
  },
  {
    id: 'nvme-not-answering',
    line: [
      /nvme\d* ?nvme\d+: I\/O (?:tag )?\d+ .{0,40}timeout/,
      /nvme nvme\d+: (?:controller is down; will reset|Device not ready; aborting|Removing after probe failure|Abort status|Does your device have a faulty power saving|Disabling device after reset failure)/,
    ],
    what: 'An NVMe disk does not answer: the kernel resets it, and takes it away if that does not help.',
    why: 'Usual are power saving that the disk does not come back from (CSTS=0xffffffff: it is off the bus), overheating, its firmware, or the slot; of a disk passed through to a guest also interrupts that do not arrive.',
    hint: 'Try `nvme_core.default_ps_max_latency_us=0 pcie_aspm=off` on the kernel command line, update the firmware of the disk, `sudo nvme smart-log /dev/nvme0`; restart to bring it back.',
    reference: blocks,
    confidence: 'likely',
  },
]
