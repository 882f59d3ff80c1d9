/** Opening and locking disk images. What is inside them is in disk-format.ts. */
import { type Cause, doc, issue } from '../cause.ts'
import type { Pattern } from '../patterns.ts'

/** Releases from 52 on name the file in the chain. */
const opening = (errno: number): readonly Pattern[] => [
  ['Cannot open disk path', /path=(?<disk>\S+) op=open\)/, errno],
  ['Cannot open disk path', errno],
  ['DeviceManager(Disk(', errno, /path: Some\("(?<disk>[^"]+)"\)/],
  ['DeviceManager(Disk(', errno],
]

const disks = doc('disk_locking.md')

export const disk: readonly Cause[] = [
  {
    id: 'disk-tilde',
    patterns: [
      ['Cannot open disk path', /path=(?<disk>~\S*) op=open\)/, 2],
      ['DeviceManager(Disk(', 2, /path: Some\("(?<disk>~[^"]*)"\)/],
    ],
    what: 'The disk {disk|path} was looked for in a directory that is really called "~".',
    why: 'A shell replaces ~ only where it starts an unquoted word (bash also behind a = of its own); in `"path=~/…"` it stays as it is.',
    hint: 'Write $HOME or the absolute path instead.',
    check: 'disk-image',
    reference: doc('README.md#disk-image'),
  },
  {
    id: 'disk-missing',
    patterns: [...opening(2), ...opening(20)],
    what: 'The disk image {disk|that --disk names} is not there.',
    why: 'The path is wrong, relative to another directory or begins with a ~ that no shell replaced, the image was not downloaded or converted yet, or the seed image was lost with a reboot that cleared /tmp.',
    hint: 'Give the absolute path of a file that exists; `chv-doctor fix disk-image cloud-init` makes the usual two.',
    atRestore:
      'Look up the path of each disk in config.json of the snapshot, and put the image there (the seed too), or correct the path before the restore.',
    check: 'disk-image',
    confirmedBy: ['disk-image/missing'],
    fix: { id: 'fetch-image', args: {} },
    reference: doc('README.md#disk-image'),
  },
  {
    id: 'disk-denied',
    patterns: opening(13),
    what: 'The user was not permitted to open the disk image {disk|} for reading and writing.',
    why: 'The file belongs to somebody else, is read-only, or lies in a directory that is closed to the user. Under Landlock, a file without a rule is refused in the same way.',
    hint: 'Make it yours (`sudo chown $USER FILE`), or add `readonly=on` if it is only to be read.',
    check: 'disk-image',
    confirmedBy: ['disk-image/no-read-access', 'disk-image/no-write-access'],
    reference: doc('README.md#disk-image'),
  },
  {
    id: 'disk-read-only-fs',
    patterns: opening(30),
    what: 'The disk image {disk|} lies on a file system that is read-only.',
    why: 'Disks are opened for writing unless they are marked read-only.',
    hint: 'Copy it elsewhere, or add `readonly=on`.',
    check: 'disk-image',
    reference: doc('README.md#disk-image'),
  },
  {
    id: 'disk-is-directory',
    patterns: opening(21),
    what: 'A directory {disk|} was given as a disk.',
    why: 'A disk is a file with an image in it, or a block device.',
    hint: 'Name the file in it; to share a directory with the guest use virtiofsd and --fs.',
    check: 'disk-image',
    confirmedBy: ['disk-image/not-a-file'],
    reference: doc('fs.md'),
  },
  {
    id: 'disk-direct-refused',
    patterns: [
      ...opening(22),
      ['Failed to set O_DIRECT flag'],
      ['SetDirectIo'],
      ['DetectImageType(', 22],
      ['Failed to parse disk image format', 22],
    ],
    what: 'The disk image {disk|} cannot be opened with direct=on.',
    why: 'The file system (tmpfs of older kernels, some network and overlay file systems) has no direct I/O; or the storage has sectors of 4 KiB, and this release reads in pieces of 512 bytes.',
    hint: 'Drop `direct=on`, put the image on another file system, or use a newer release.',
    check: 'disk-image',
    reference: doc('README.md#disk-image'),
    confidence: 'likely',
  },
  {
    id: 'disk-device-empty',
    patterns: [
      [
        /Failed to parse disk image format|detect_image_type|DetectImageType/,
        /failed to fill whole buffer|UnexpectedEof/,
      ],
    ],
    needs: ({ text, command, says }) =>
      /\/dev\/(?:loop|sr|nbd|fd|zram|ram|dm-)\d*/.test(text) ||
      (command === null &&
        says(/\b(?:File|path|disk|device)["=: ]{1,4}\/dev\/(?:loop|sr|nbd|fd|zram|ram)\d/i)),
    what: 'The block device that was given as a disk is empty: it has no medium or no backing file.',
    why: 'Loop, CD and network block devices exist without anything in them. Kata hands all devices of the host to a privileged container.',
    hint: 'Leave that device out; in Kata set `privileged_without_host_devices = true` for the runtime in the configuration of containerd.',
    reference: doc('README.md#disk-image'),
    confidence: 'likely',
  },
  {
    id: 'disk-empty',
    patterns: [
      ['Failed to parse disk image format', 'failed to fill whole buffer'],
      ['detect_image_type', 'failed to fill whole buffer'],
      ['DetectImageType(', 'failed to fill whole buffer'],
      [/detect_image_type|DetectImageType/, 'UnexpectedEof'],
    ],
    what: 'The disk image {disk|} is empty or far too short.',
    why: 'A download or conversion was cut off before its first block was written.',
    hint: 'See with `ls -l FILE` that it is the file that you mean; then convert it once more from its source.',
    check: 'disk-image',
    reference: doc('README.md#disk-image'),
  },
  {
    id: 'disk-no-path',
    patterns: [['No disk path was specified'], ['NoDiskPath']],
    what: 'A --disk has no path.',
    why: 'Options of a disk were given, but not which file it is.',
    hint: 'Add `path=FILE` to it.',
    reference: doc('README.md#disk-image'),
  },
  {
    id: 'disk-locked',
    patterns: [
      [/Failed to get \w+ lock for disk image: (?<disk>[^›\n]+?)(?: ›|$)/, 'already locked'],
      ['LockDiskImage {', 'AlreadyLocked', /path: "(?<disk>[^"]+)"/],
      [/Can't get \w+ lock for (?<disk>.+?) as there is already a/],
      ['The file is already locked'],
    ],
    what: 'The disk image {disk|} is in use by another virtual machine.',
    why: 'A running VM holds it, or the same file was given twice in one command. Two writers would destroy the file system on it; readers may share it only when all of them say readonly=on.',
    hint: 'Stop the other VM (`sudo fuser -v FILE` names it), or give each VM a copy of its own.',
    check: 'disk-image',
    confirmedBy: ['disk-image/locked'],
    reference: disks,
  },
  {
    id: 'disk-locks-unsupported',
    patterns: [
      ['Error locking disk images', 'lock state could not be checked or set'],
      ['LockDiskImage {', /error: Io\(/],
    ],
    what: 'The disk image {disk|} could not be locked at all.',
    why: 'The file system below it has no such locks (some NFS and FUSE file systems); releases from 46 on insist on one.',
    hint: 'Put the image on a local file system.',
    check: 'disk-image',
    reference: disks,
  },
  {
    id: 'disk-serial-too-long',
    patterns: [[/Block device serial length \((?<length>\d+)\) exceeds/], ['InvalidSerialLength(']],
    what: 'The serial of a disk is longer than 20 bytes.',
    why: 'virtio has no room for more; releases from 47 on refuse what they cut off before.',
    hint: 'Shorten `serial=`.',
    reference: doc('release-notes.md'),
  },
  {
    id: 'disk-path-and-socket',
    patterns: [['Disk path and vhost socket both provided'], ['DiskSocketAndPath']],
    what: 'A disk has both a path and a vhost-user socket.',
    why: 'The one is served by Cloud Hypervisor, the other by a program of its own.',
    hint: 'Keep either `path=` or `vhost_user=on,socket=`.',
    reference: doc('vhost-user-blk-testing.md'),
  },
  {
    id: 'disk-odd-size',
    severity: 'warning',
    patterns: [[/Disk size (?<size>\d+) is not a multiple of sector size/]],
    what: 'The end of a disk image is invisible to the guest.',
    why: 'Its size is no multiple of 512 bytes: it was probably cut off, or is no disk image.',
    hint: 'Make it anew, or fill it up: `truncate -s %512 FILE`.',
    check: 'disk-image',
    reference: doc('README.md#disk-image'),
  },
  {
    id: 'disk-type-guessed',
    severity: 'warning',
    patterns: [['Autodetected', 'Disabling sector 0 writes']],
    what: 'The type of a disk was guessed, so the guest cannot write its first sector.',
    why: 'From 50.1 on a guest must not be able to change what its image is taken for (GHSA-jmr4-g2hv-mjj6). Growing or repartitioning the disk at the first boot then fails with I/O errors.',
    hint: 'Say what it is: `path=FILE,image_type=raw` (or qcow2), for the seed too.',
    reference: issue(7754),
  },
  {
    id: 'disk-type-unsaid',
    severity: 'note',
    patterns: [
      ['auto-detection of disk image type is deprecated'],
      [/No image_type specified - detected as (?<type>\w+)/],
      ['Non-raw image type detected'],
    ],
    what: 'A disk does not say what it is, and was taken for {type|what it looks like}.',
    why: 'Guessing will end in a later release.',
    hint: 'Add `image_type=` to every disk (from 50.1 on).',
    reference: doc('release-notes.md'),
  },
  {
    id: 'qcow2-backing-off',
    severity: 'warning',
    patterns: [
      ['QCOW2 image type autodetected. Disabling backing files'],
      ['Enabling backing_files option only applies for QCOW2'],
    ],
    what: 'backing_files=on has no effect on a disk.',
    why: 'It counts only for a disk that is declared qcow2, and is one.',
    hint: 'Write `image_type=qcow2,backing_files=on`.',
    reference: doc('release-notes.md'),
  },
]
