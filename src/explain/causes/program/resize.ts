/** What happens while a running VM is given another size. */
import { type Cause, doc } from '../../cause.ts'

export const resizes: readonly Cause[] = [
  {
    id: 'virtio-mem-region-full',
    patterns: [[/new size (?<asked>0x[\da-f]+) is bigger than region_size (?<most>0x[\da-f]+)/]],
    line: [/new size (?<asked>0x[\da-f]+) is bigger than region_size (?<most>0x[\da-f]+)/],
    layer: 'memory',
    what: 'The VM was to get more memory over virtio-mem ({asked|…} bytes) than its region holds ({most|…} bytes, hotplug_size).',
    why: 'With hotplug_method=virtio-mem memory grows within the region that hotplug_size= reserved at the start: size plus hotplug_size is the most.',
    hint: 'Ask for less than that in all, or start the VM with a larger hotplug_size.',
    reference: doc('hotplug.md'),
    confidence: 'likely',
  },
  {
    id: 'disk-resize-refused',
    patterns: [[/[Dd]isk could not be resized|VmResizeDisk\(|Failed resizing a disk image/]],
    what: 'A disk of the running VM could not be resized: {said|see the message}.',
    why: '{errno|} Only a raw image that is a file of its own can be given another size while the VM runs: not a qcow2, a vhost-user disk, a device of the host, or a disk that is read-only; and its id must be one that the VM has.',
    hint: 'See `ch-remote info` for the id and kind of the disk; else stop the VM, enlarge the image (`qemu-img resize`), and start it again.',
    reference: doc('hotplug.md'),
    confidence: 'likely',
  },
  {
    id: 'memory-grow-refused',
    patterns: [
      ['Error from region creation'],
      ['GuestMemoryRegion('],
      ['Failed to create the user memory region'],
      ['CreateUserMemoryRegion('],
    ],
    needs: ({ phase }) => phase === 'resize',
    what: 'The memory of the running VM could not be resized: no region could be made for the additional memory.',
    why: '{errno|} EINVAL is a region of no bytes (the size that was asked for is the present one; old releases report that as an error) or a size that is no multiple of 128 MiB; ENOMEM is the memory of the host, a limit on it, or huge pages that are not there.',
    hint: 'Compare the size with what `ch-remote info` says. If it is the same, nothing is to be done; else ask for a multiple of 128 MiB within hotplug_size=, and look at `free -h` of the host.',
    reference: doc('hotplug.md'),
    confidence: 'likely',
  },
]
