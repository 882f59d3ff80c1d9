/** Tools that fetch, convert and make what a VM starts from: downloads, qemu-img, FAT and ISO images, seeds. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#disk-image')

/** Anyone downloads and makes images: something in the text must be what a VM starts from. */
const isForVm = ({ says }: Evidence): boolean =>
  says(
    /cloud-?hypervisor|hypervisor-fw|CLOUDHV|ch-remote|cloudimg|cloud-images|cloud-?init|cidata|user-data|vmlinux|bzImage|\.(?:raw|qcow2|img|fd)\b/i,
  )

export const imageTools: readonly Cause[] = [
  {
    id: 'download-failed',
    line: [
      /^(?:\S{10,30} )?ERROR (?<status>[45]\d\d): (?<words>[^.]{1,60})/,
      /^HTTP request sent, awaiting response\.{3} (?<status>[45]\d\d)\b(?<words>.{0,60})/,
      /^curl: \((?:18|22|23|28|35|56|60)\) (?<words>.{1,160})/,
      /^wget: (?<words>(?:unable to resolve|server returned error|can't connect|error getting response|bad address).{0,120})/,
    ],
    needs: (evidence) => isForVm(evidence) && !evidence.says(/--unix-socket|http:\/\/localhost/),
    what: 'A file could not be downloaded: {status|} {words|see the message}.',
    why: '404 is an address that is not there: a release that does not exist, a file with another name, or an image that was taken away (releases of a distribution come to an end). 403 and 429 are a limit of the server or a proxy, other errors the network or a certificate. What was stored under that name may be a page of HTML or a part of the file.',
    hint: 'Remove what was stored, and take the address from the list of releases; `chv-doctor list artifacts` shows what chv-doctor fetches itself, and verifies.',
    check: 'disk-image',
    reference: doc('README.md#use-pre-built-binaries'),
    confidence: 'likely',
  },
  {
    id: 'image-tool-no-space',
    line: [
      /^(?:qemu-img|dd|cp|truncate|fallocate|tar|xz|gzip|zstd|mcopy|genisoimage|xorriso)\b.{0,200}(?:No space left on device|Disk full|kein Speicherplatz mehr verfügbar|Aucun espace disponible sur le périphérique|No queda espacio en el dispositivo)/,
    ],
    needs: (evidence) => isForVm(evidence) || evidence.text.startsWith('qemu-img: '),
    what: 'The disk of the host is full: an image could not be written (no space left on device, ENOSPC).',
    why: 'A converted raw image takes as much as its contents, and up to its whole size on file systems without holes.',
    hint: 'See `df -h` and `df -i`; remove the half-written file, make room or write to another file system, and convert again.',
    check: 'disk-space',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'image-tool-missing-file',
    line: [/^qemu-img: .{0,200}No such file or directory/],
    what: 'qemu-img did not find the image: the file that was named is not there.',
    why: 'It was not downloaded (or under another name), the directory is another one than meant, or a ~ stands inside of quotation marks; for an overlay it may be the file below it.',
    hint: '`ls -l` the path that the message names; `qemu-img info --backing-chain FILE` shows the files below an overlay.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'image-tool-locked',
    line: [
      /^qemu-(?:img|nbd): .{0,200}(?:Failed to (?:get|lock) .{0,20}(?:lock|byte)|Is another process using)/,
    ],
    what: 'The image was not touched, because another program uses it (it is locked).',
    why: 'A VM, or another qemu-img or qemu-nbd, has it open. Changing an image under a running VM destroys it.',
    hint: 'Stop the VM first (`sudo fuser -v FILE` names who has it open); to look only: `qemu-img info -U FILE`.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'qcow2-copied-flag',
    line: [/ERROR OFLAG_COPIED (?:L2|data) cluster: l[12]_/],
    severity: 'warning',
    what: 'qemu-img found qcow2 entries without the flag that says that a cluster belongs to one image only (OFLAG_COPIED).',
    why: 'The flag only spares a look at the counters (refcounts). A program that wrote the image left it out, as releases of Cloud Hypervisor up to 49 do: by itself no data of the guest are damaged. Other errors in the same output are another matter.',
    hint: 'Stop the VM, copy the image, and run `qemu-img check -r all` on it; use a newer release, or a raw image.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'qcow2-check-errors',
    line: [
      /^(?:qemu-img check: )?(?:ERROR|Leaked) cluster \d+ refcount=\d+ reference=\d+/,
      /^\d+ (?:errors were found on the image|leaked clusters were found)/,
      /^qcow2: Image is corrupt/,
    ],
    what: 'qemu-img found the tables of the qcow2 image damaged.',
    why: 'Leaked clusters only waste space. Errors mean that data of the guest may be lost: two programs wrote to the image, the VM was killed in the middle of a write, or a defect of the release (50 to 52 have some: images with several queues, compressed or enlarged images).',
    hint: 'Stop the VM, copy the image, and try `qemu-img check -r all` on the copy; then convert it (`qemu-img convert -O raw IN OUT`) and run fsck in the guest. A raw image has no such tables; use the newest release for qcow2.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'image-tool-failed',
    line: [
      /^qemu-img: (?:Could not open|error while|Unknown (?:file format|driver)|Invalid image size|.{0,80}(?:Permission denied|Image is (?:corrupt|not in)|unrecognized option|requires))/,
    ],
    what: 'qemu-img could not read or write an image: {said|see the message}.',
    why: '{errno|} The image is not of the format that was given with -f, is damaged, or the file may not be read or written by this user; or the command is not in its order (`qemu-img convert -f qcow2 -O raw IN OUT`).',
    hint: 'See `qemu-img info FILE` without -f for what it is, and `ls -l FILE` for whose it is.',
    check: 'disk-image',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'seed-tool-failed',
    line: [
      /^(?:mcopy|mdir|mformat|mlabel)\b.{0,200}|^Cannot initialize '[A-Z:]{0,3}:?'$|^(?:[A-Z]|:):?\/: .{0,80}/,
      /^(?:mkdosfs|mkfs\.(?:vfat|fat|msdos)): .{1,200}/,
      /^(?:cloud-localds|genisoimage|mkisofs|xorriso)\b ?:? .{0,160}(?:not found|[Ff]ail\w*|[Ee]rror|[Uu]nable|[Cc]annot|No such|[Dd]enied|FAILURE)/,
      /^failed to write \S{0,120}\.(?:img|iso)$/,
    ],
    needs: isForVm,
    what: 'The seed (an image for cloud-init) could not be made: {said|see the message}.',
    why: '{errno|} The tools (mkdosfs of dosfstools, mcopy of mtools, genisoimage, cloud-localds) are missing, the file exists already and belongs to root or to an earlier run, or the image was not formatted before files were copied into it.',
    hint: 'Remove the old file (as the user who made it) and run the steps again in their order; or let `chv-doctor fix cloud-init` make the seed, which needs none of these tools.',
    check: 'cloud-init',
    fix: { id: 'create-cloud-init', args: {} },
    reference: readme,
    confidence: 'likely',
  },
]
