/** What a disk answers while the guest runs: records of the VMM hold the errno that the guest does not see. */
import { type Cause, doc, issue } from '../../cause.ts'
import type { Pattern } from '../../patterns.ts'

const page = doc('README.md#disk-image')

/** A request of the guest that the host refused, as releases from 0.11 on word it. */
const refused: readonly Pattern[] = [
  [/Request failed(?: with batch submission)?: Request \{/],
  [/Failed to process queue \(submit\): RequestExecuting\(/],
  [/Failed to execute request: (?:Read|Write|Flush|IOError)/],
]

const refusedWith = (errno: number): readonly Pattern[] => refused.map((pattern) => [...pattern, errno])

export const diskIo: readonly Cause[] = [
  {
    id: 'disk-sector0-refused',
    severity: 'warning',
    patterns: [
      ['Attempting to write to sector 0 on a disk without specifying image_type'],
      [
        /Request check failed: Request \{/,
        /request_type: (?:Out|WriteZeroes|Discard)/,
        'sector: 0,',
        'ReadOnly',
      ],
    ],
    anyLevel: true,
    what: 'The guest tried to write the first sector of a disk, which is refused because the disk has no image_type.',
    why: 'From 50.1 on a guest must not be able to change what its image is taken for (GHSA-jmr4-g2hv-mjj6). Making a file system, growing or repartitioning the disk then fails, and a guest may reboot over it.',
    hint: 'Say what the disk is: `path=FILE,image_type=raw` (or qcow2). A manager such as Kata needs a release that passes the type on.',
    reference: issue(7754),
  },
  {
    id: 'disk-readonly-write',
    severity: 'warning',
    patterns: [[/Request check failed: Request \{/, 'ReadOnly']],
    anyLevel: true,
    what: 'The guest tried to write to a disk that it may only read.',
    why: 'The disk was given with readonly=on, or the sector belongs to what Cloud Hypervisor keeps from being written.',
    hint: 'Drop `readonly=on` if the guest is to write there; else mount it read-only in the guest.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'disk-opened-readonly',
    patterns: [
      ...refusedWith(9),
      [/^Request failed: (?:Os \{|Error)/, 9],
      [/\bAsync(?:Write|Flush)\w*\(|WriteVectored\(|Failed to execute request: Write/, 9],
    ],
    anyLevel: true,
    what: 'The guest wrote to a disk whose file Cloud Hypervisor has open for reading only (EBADF).',
    why: 'A write to a file that was opened for reading gives this errno. The disk was given with readonly=on, and the guest or its firmware writes to it (or flushes it) all the same; older releases do not keep that from the host.',
    hint: 'Give the disk without readonly=on; for a root that must not change use a copy or an overlay (qcow2 with a backing file), or mount it read-only in the guest (`ro` on its command line).',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'host-storage-failed',
    patterns: refusedWith(5),
    anyLevel: true,
    what: 'The storage of the host failed to read or write a block of a disk (EIO).',
    why: 'The device or file system below the image reported an I/O error; the guest only sees that its disk failed.',
    hint: 'Look at `sudo dmesg` of the host for the device below the image, and at its health (`smartctl -a`).',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'disk-host-full',
    patterns: [...refusedWith(28), ...refusedWith(122)],
    anyLevel: true,
    what: 'The host had no space left for a block that the guest wrote.',
    why: 'A sparse or qcow2 image grows as the guest writes; the file system below it is full, or a quota is used up.',
    hint: 'Free space on the file system of the image (`df -h DIRECTORY`), then restart the guest.',
    check: 'disk-space',
    reference: page,
  },
  {
    id: 'disk-compressed-qcow2',
    patterns: [[/AsyncRead\(|ReadVectored\(|Failed to execute request: Read\(|RequestExecuting\(Read/, 95]],
    anyLevel: true,
    what: 'A block of the disk cannot be read because it is compressed.',
    why: 'Cloud images are downloaded as compressed qcow2 (also with the ending .img), and this release reads no compressed blocks.',
    hint: 'Convert the image: `qemu-img convert -O raw IN OUT`, and give OUT to --disk. For direct boot root= is then a partition, such as /dev/vda1.',
    check: 'disk-image',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'disk-request-failed',
    severity: 'warning',
    patterns: refused,
    anyLevel: true,
    what: 'The host refused a request of the guest to a disk.',
    why: '{errno|} The record names the request, the sector and the errno: ENOSPC is a full file system, EIO failing storage, EINVAL an unaligned request (direct=on), EOPNOTSUPP an operation that the file system does not have.',
    hint: 'Go by the errno in the record; `sudo dmesg` of the host says more about failing storage.',
    reference: page,
    confidence: 'possible',
  },
]
