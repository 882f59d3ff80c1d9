/** What tar, gzip, xz, zstd, unzip and cpio say about archives, images and initramfs. */
import type { Cause } from '../../cause.ts'
import { isAlone } from '../remarks.ts'

const tar = 'https://www.gnu.org/software/tar/manual/tar.html'

export const archives: readonly Cause[] = [
  {
    id: 'archive-other-format',
    line: [
      /(?:gzip|gunzip|zcat)\S{0,3} .{0,160}not in gzip format/,
      /\bxz: .{0,160}File format not recognized/,
      /\b(?:zstd|unzstd): .{0,160}unsupported format/,
      /tar: This does not look like a tar archive/,
      /End-of-central-directory signature not found/,
      /bzip2: .{0,120}is not a bzip2 file/,
      /(?:7z|7za).{0,40}Can ?not open (?:the )?file as (?:\[\w{1,8}\] )?archive/i,
      /unsquashfs?.{0,40}Can't find a (?:valid )?SQUASHFS superblock/i,
    ],
    what: 'The file is not of the format that it is unpacked as.',
    why: 'Mostly the download is a page of HTML or an error message under the name of the archive; else it is packed in another way than its name says (or not at all), or the option is for another packer.',
    hint: '`file FILE` and `head -c 200 FILE`; fetch it again with `curl -fLO`; `tar -xf FILE` finds the packer by itself.',
    reference: tar,
    confidence: 'likely',
  },
  {
    id: 'archive-incomplete',
    line: [
      /(?:gzip|gunzip|zcat|bzip2|xz|unxz|lzma|zstd|unzstd)\S{0,3} .{0,160}(?:unexpected end of (?:file|input)|premature (?:end|frame)|compressed file ends unexpectedly)/i,
      /tar: (?:Unexpected EOF in archive|short read)/,
      /\bxz: .{0,160}Compressed data is corrupt/,
      /(?:gzip|gunzip|zcat): .{0,160}(?:invalid compressed data|crc error|length error)/,
      /(?:zstd|unzstd).{0,160}(?:Data corruption detected|Restored data doesn't match checksum|Read error \(39\))/,
    ],
    what: 'The packed file is incomplete or damaged.',
    why: 'The download or the copy ended early, the disk was full, or what was fed through a pipe stopped; "corrupt" in the middle may also be faulty memory.',
    hint: 'Compare its size and checksum with the source, and fetch it again (`curl -fLO -C - ADDRESS`); `gzip -t`, `xz -t` and `zstd -t` test it.',
    reference: tar,
    confidence: 'likely',
  },
  {
    id: 'archive-packer-missing',
    line: [
      /tar(?: \(child\))?: (?<tool>xz|zstd|gzip|bzip2|lzma|lz4|lzip|pigz|unzstd): Cannot (?:exec|open): No such file or directory/,
      /tar: (?:exec|can't execute) '?(?<tool>\w{1,10})'?: No such file/,
    ],
    what: 'tar needs the program {tool|} for that archive, and it is not installed.',
    why: 'Small images have tar without the packers.',
    hint: 'Install it: xz-utils (Fedora, Alpine: xz), zstd, bzip2, gzip, lz4.',
    reference: tar,
    confidence: 'likely',
  },
  {
    id: 'archive-needs-root',
    line: [
      /\b(?:tar|cpio|unsquashfs|bsdtar|rsync)\b.{0,200}(?:Cannot (?:mknod|create (?:device|special))|mknod .{0,80}failed|Can't create (?:special|device) file|could not create (?:character|block) device): ?.{0,40}(?:Operation not permitted)?/i,
      /\b(?:tar|cpio|unsquashfs|rsync)\b.{0,200}(?:Cannot change (?:ownership|mode)|chown .{0,80}failed|Cannot chown|lchown).{0,80}(?:Operation not permitted|Invalid argument)/i,
    ],
    what: 'The archive has device nodes or files of other users, which an ordinary user may not make.',
    why: 'A root file system must be unpacked as root. In a container or user namespace even root may not make device nodes; NFS and file systems without owners refuse chown.',
    hint: '`sudo tar --numeric-owner -xpf FILE -C DIRECTORY` on a local file system; without root: `fakeroot`, `unshare --map-auto`, or leave them out (`--no-same-owner --exclude=./dev/*`; the kernel fills /dev itself).',
    reference: tar,
    confidence: 'likely',
  },
  {
    id: 'archive-target-exists',
    line: [
      /\btar: (?<file>.{1,160}): Cannot (?:open|mkdir|create symlink to '.{1,100}'|hard link to '.{1,100}'): (?:File exists|Not a directory|Is a directory)/,
    ],
    what: 'tar cannot put {file|a file} there: something of another kind has that name.',
    why: 'The archive is unpacked over an existing tree where a directory is a link (/bin and /usr/bin of newer systems) or the other way round.',
    hint: 'Unpack into an empty directory; over an existing tree `--keep-directory-symlink`, or `--unlink-first` after a look at what would go.',
    reference: tar,
    confidence: 'likely',
  },
  {
    id: 'archive-changed-while-read',
    severity: 'warning',
    line: [
      /\btar: (?<file>.{1,200}): (?:file changed as we read it|File removed before we read it|File shrank by \d+ bytes)/,
    ],
    needs: isAlone('changed as we read|removed before we read|previous errors'),
    what: 'A file changed while tar read it ({file|see the line}): the archive was made, and tar ends with 1.',
    why: 'The system that is packed runs, as its logs and databases do.',
    hint: 'Leave out what changes (--exclude=./var/log/*), pack a snapshot or a machine that is stopped; `--warning=no-file-changed` silences it.',
    reference: tar,
    confidence: 'likely',
  },
  {
    id: 'archive-time-in-future',
    severity: 'note',
    line: [
      /\btar: .{0,160}(?:time ?stamp .{1,40} is [\d.]{1,20} s in the future|implausibly old time stamp)/,
      /make(?:\[\d+\])?: [Ww]arning: (?:File|Clock skew).{0,160}(?:in the future|incomplete)/,
    ],
    needs: isAlone('in the future|time stamp|Clock skew'),
    what: 'Files are younger than the clock of this machine: its clock is behind.',
    why: 'A VM or board without a clock battery, before it got the time from the network. make may build too much or too little then.',
    hint: '`date`; switch the time service on (`sudo timedatectl set-ntp true`), then `touch` the files or build anew.',
    reference: tar,
    confidence: 'likely',
  },
  {
    id: 'archive-memory-limit',
    line: [
      /\bxz: .{0,160}Memory usage limit(?: of .{1,40})? (?:is |was )?reached/,
      /Frame requires too much memory for decoding|Window size larger than maximum|Use --long=(?<long>\d+)/,
    ],
    what: 'Unpacking needs more memory than the program allows itself.',
    why: 'The archive was packed with a large dictionary or window (xz -9, zstd --long).',
    hint: 'zstd: `zstd -d --long=31 FILE`; xz: `xz -d --memlimit=0 FILE` on a machine with enough memory; tar: `tar --use-compress-program="zstd --long=31" -xf FILE`.',
    reference: 'https://man7.org/linux/man-pages/man1/xz.1.html',
    confidence: 'likely',
  },
  {
    id: 'cpio-not-plain',
    line: [
      /\bcpio: (?:Malformed number|premature end of (?:archive|file)|warning: skipped \d+ bytes of junk|.{0,80}not a cpio archive)/,
    ],
    what: 'cpio does not find a cpio archive where it reads.',
    why: 'An initramfs is packed (gzip, zstd, lz4), and mostly has an uncompressed part with microcode in front of it, so one cpio reads only that part or nothing.',
    hint: '`file INITRD`; `unmkinitramfs INITRD DIRECTORY` (Debian, Ubuntu) or `lsinitrd --unpack INITRD` (dracut) take all parts; by hand `zcat INITRD | cpio -idmv` for one that is gzip only.',
    reference: 'https://docs.kernel.org/driver-api/early-userspace/buffer-format.html',
    confidence: 'likely',
  },
  {
    id: 'gzip-trailing-bytes',
    severity: 'note',
    line: [/(?:gzip|gunzip|zcat): .{0,160}decompression OK, trailing (?:garbage|zero bytes) ignored/],
    needs: isAlone('trailing'),
    what: 'gzip unpacked the file; behind its end stand further bytes: a remark.',
    why: 'A file that was padded to whole blocks, or an initramfs or kernel with another part behind the first.',
    hint: 'Nothing need be done; the further parts of an initramfs: `unmkinitramfs`.',
    reference: 'https://www.gnu.org/software/gzip/manual/gzip.html',
    confidence: 'likely',
  },
]
