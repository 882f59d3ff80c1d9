/** What the guest is: how it starts, and its virtual hardware. */
import type { Shapes } from '../kinds.ts'

export const guestKeys = {
  boot: {
    kind: 'enum',
    values: ['firmware', 'kernel'],
    about: 'How the guest starts: a cloud image through firmware, or a kernel directly.',
    default: 'firmware',
  },
  network: {
    kind: 'enum',
    values: ['tap', 'bridge', 'none'],
    about: 'What the guest is connected to: a TAP that this host routes, a TAP on a bridge, or nothing.',
    default: 'tap',
  },
  bridge: {
    kind: 'interface',
    about: 'The existing bridge for `network: bridge`.',
    default: 'br0',
  },
  guest: {
    kind: 'integer',
    min: 1,
    max: 4096,
    about: 'Which of several guests this is about; each has a TAP, MAC, subnet, disk and seed of its own.',
    default: 1,
  },
  cpus: { kind: 'integer', min: 1, max: 254, about: 'Virtual CPUs.', default: 2 },
  memory: {
    kind: 'size',
    min: 64 * 2 ** 20,
    about: 'Guest memory, as 512M or 2G.',
    default: 2 ** 30,
  },
  hugepages: {
    kind: 'boolean',
    about: 'Back the guest memory with huge pages.',
    default: false,
  },
  hugepage_size: {
    kind: 'enum',
    values: ['64K', '2M', '32M', '512M', '1G', '16G'],
    about: 'Size of the huge pages. Hosts have 2M and often 1G; on aarch64 it depends on the size of a page.',
    default: '2M',
  },
  num_queues: {
    formerly: 'queues',
    kind: 'integer',
    min: 2,
    max: 64,
    about: 'Network queues (num_queues): 2 is one pair; more needs a multi_queue TAP.',
    default: 2,
  },
  devices: {
    kind: 'pci-addresses',
    about: 'PCI devices of the host that the guest gets (VFIO), as 0000:01:00.0.',
    default: [],
    guard: 'gives devices of this host to the guest',
  },
  guest_unit: {
    kind: 'boolean',
    about: 'Whether a systemd unit is to run the guest, from the start of the host on.',
    default: false,
  },
} as const satisfies Shapes
