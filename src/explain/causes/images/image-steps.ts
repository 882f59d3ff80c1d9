/** What shows that a file is not what it was taken for, or that a step of preparing an image was refused. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#disk-image')

const isForVm = ({ says }: Evidence): boolean =>
  says(
    /cloud-?hypervisor|hypervisor-fw|CLOUDHV|cloudimg|cloud-images|vmlinux|bzImage|qemu-img|\.(?:raw|qcow2|img|fd|iso)\b/i,
  )

export const imageSteps: readonly Cause[] = [
  {
    id: 'file-is-a-page',
    line: [
      /^(?<file>\S{1,200}): (?:HTML document|XML .{0,20}document|JSON (?:text )?data|ASCII text|Unicode text)/,
    ],
    needs: isForVm,
    what: 'The file {file|} is a text or web page, and no image, kernel or firmware: the download brought an error page.',
    why: 'The address was that of a page about the file (GitHub: /blob/ instead of /raw/ or a release), was moved, or the server answered with an error that was stored.',
    hint: 'Look at it (`head -c 300 FILE`), remove it, and fetch it again with `curl -fLO ADDRESS`, which stores no error pages; then compare `file FILE` and the checksum.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'file-is-packed',
    line: [
      /^(?<file>\S{1,200}): (?<kind>(?:(?:gzip|XZ|bzip2|Zstandard) compressed|Zip archive|POSIX tar|7-zip)\b.{0,60})/,
    ],
    needs: isForVm,
    what: 'The file {file|} is packed ({kind|compressed}): it must be unpacked before it is used.',
    why: 'Cloud Hypervisor unpacks neither images nor firmware; an uncompressed kernel (vmlinux, on arm64 Image) must not be packed either, only a bzImage unpacks itself.',
    hint: '`gunzip`, `xz -d`, `unzstd` or `tar -xf` it, then see with `file` what it holds.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'checksum-wrong',
    line: [/^(?<file>\S{1,200}): FAILED(?: open or read)?$/, /computed checksums? did NOT match/],
    // Words are compared without their case: "Error: failed" is none.
    needs: (evidence) => isForVm(evidence) && /: FAILED\b|did NOT/.test(evidence.text),
    what: 'The checksum of {file|a downloaded file} is not that of its source: the file is incomplete, damaged, or another release.',
    why: 'The download ended early, the file was changed since (a VM that was started from it writes to it), or "daily" images were replaced meanwhile.',
    hint: 'Fetch file and list of checksums again at the same time, and keep an unchanged copy from which VMs get theirs. Do not start from a file that does not match.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'qemu-img-format-missing',
    severity: 'note',
    line: [
      /Image format was not specified for '(?<file>[^']{1,200})' and probing guessed raw/,
      /Backing file specified without backing format/,
    ],
    what: 'QEMU or qemu-img guessed the format of an image, or wants to be told that of the backing file.',
    why: 'A guest could write a header that makes a raw image look like another format, so the format should be said. For an overlay newer qemu-img refuses to make it without -F.',
    hint: 'Write `-f raw` (or qcow2; for QEMU `-drive file=FILE,format=raw`), and for an overlay `-b FILE -F raw`; Cloud Hypervisor wants the same as image_type=.',
    reference: 'https://www.qemu.org/docs/master/tools/qemu-img.html',
    confidence: 'likely',
  },
  {
    id: 'qemu-img-usage',
    line: [
      /^qemu-img: (?:Expecting one image file name|Expected \w+ argument|Not enough arguments|Could not parse|Unknown option|Command not found: .{1,60}|Must specify|Invalid (?:option|parameter) .{1,80})/,
      /^qemu-img: (?:warning: )?Shrinking an image/,
      /^qemu-img: Use the --shrink option/,
    ],
    what: 'qemu-img did not do it: its arguments are not in order, or it was asked to make an image smaller.',
    why: 'The order is `qemu-img COMMAND -f FORMAT FILE …`. To shrink cuts off what lies behind the new end: partitions there are lost.',
    hint: '`qemu-img convert -f qcow2 -O raw IN OUT`, `qemu-img resize -f raw FILE +10G`, `qemu-img info FILE`. Do not use --shrink unless partitions and file systems in it were made smaller before, and a copy exists.',
    reference: 'https://www.qemu.org/docs/master/tools/qemu-img.html',
    confidence: 'likely',
  },
  {
    id: 'qemu-img-wrong-format',
    line: [
      /^qemu-img: Could not open '(?<file>[^']{1,200})': (?:Image is not in (?<format>\w{2,8}) format|.{0,60}invalid .{0,20}(?:magic|header))/,
    ],
    what: 'The image {file|} is not of the format {format|} that qemu-img was told with -f.',
    why: "The name of a file says nothing: Ubuntu's .img is qcow2, other .img are raw, and a .qcow2 may be an error page or packed.",
    hint: '`qemu-img info FILE` without -f says what it is; then convert with that format.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'qcow2-marked-corrupt',
    line: [/Image is corrupt; cannot be opened read\/write/],
    what: 'The qcow2 image is marked as damaged: it can only be opened for reading until it is checked.',
    why: 'A program that used it met tables that contradict each other (two writers, a kill in the middle of a write, a defect) and set that mark.',
    hint: 'Copy the image first; `qemu-img check FILE` shows the extent, `qemu-img check -r all` on the copy repairs the tables; then run fsck in the guest, or go back to a backup.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
]
