/** What happens while a running VM is given another size. */
import { type Cause, doc } from '../cause.ts'

export const resizes: readonly Cause[] = [
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
