/** Records of errors in the log while a VM runs; the thread and the words name the part. */
import { type Cause, doc } from '../../cause.ts'
import { family } from './family.ts'

const model = doc('device_model.md')

export const recordFamilies: readonly Cause[] = [
  {
    id: 'guest-queue-invalid',
    layer: 'device',
    patterns: [
      [
        /(?:Expected \d+ queue|Number of enabled queues lower|Queue \d+ is not valid|virtio queue .{0,40}(?:invalid size|out of bounds|breaks? alignment|not marked ready)|out of bounds descriptor to used ring|length mismatch: queue_evts|Failed to translate (?:desc_table|avail_ring|used_ring))/,
      ],
    ],
    onlyOurs: true,
    what: 'The driver in the guest set up the queues of a virtio device in a way that the device does not take: {said|see the message}.',
    why: 'It asked for other queues, sizes or addresses than the device offers. Old drivers, boot loaders and small kernels do so, and a guest that was reset in the middle of it.',
    hint: 'Compare the kernel of another distribution in the guest, leave out num_queues= and queue_size=, and see what the guest says of that device.',
    reference: model,
    confidence: 'possible',
  },
  family({
    id: 'network-record',
    layer: 'network',
    words:
      /\bnet: (?:tx|rx): |(?:RX|TX|tap|control|ctrl) queue|tap offload|write to TAP|[RT]X_RATE_LIMITER|virtio_net_hdr|read tap:/,
    onlyOurs: true,
    doing: 'moving frames between the guest and its interface on the host',
    why: 'The frame, or the interface at that moment, did not allow it. One frame is lost; if the network of the guest stands still afterwards, the interface of the host is down, deleted or full.',
    hint: 'See `ip -s link show` on the host for the interface of this VM.',
    reference: doc('README.md#firmware-booting'),
  }),
  family({
    id: 'disk-record',
    layer: 'disk',
    words:
      /io_uring|Aio|\baio\b|AsyncIo|Failed to execute request|lock state|DescriptorChain corrupted|Need a data descriptor|Only head descriptor|No free clusters|flushing disk image|cloning pmem|Failed (?:vectored|synchronizing|submitting batch|punching hole|writing zeroes)|async (?:read|write|flush|punch|write zeroes)|virtqueue thread/i,
    names: [
      'ReadVectored',
      'WriteVectored',
      'SubmitBatchRequests',
      'PunchHole',
      'WriteZeroes',
      'Fsync',
      String.raw`Async(?:Read|Write|Flush|IoError)\w*`,
    ],
    onlyOurs: true,
    doing: 'reading or writing a disk of the guest',
    why: 'The file or device below the disk, or asynchronous I/O of the host, refused a request; the guest sees an I/O error.',
    hint: 'Look at `sudo dmesg` and `df -h` of the host, and at the image with `qemu-img info FILE`.',
    reference: doc('README.md#disk-image'),
    check: 'disk-space',
  }),
  family({
    id: 'memory-record',
    layer: 'memory',
    words:
      /VirtioMem|discarding memory|DMA (?:un)?mapping addr|fallocate|madvise|Deallocating file space|Advising kernel|resize event|"resize" (?:response|generated)|hotplugged_size|User defined memory regions|inflate queue|deflate queue|request size|UFFD|memory region layout|non-continuous regions|physical memory ranges|region associated with guest physical/i,
    onlyOurs: true,
    doing: 'changing the memory of the running guest (balloon, virtio-mem, zones, restore on demand)',
    why: 'The kernel of the host refused to give memory or to take it back, or the options of --memory do not fit together.',
    hint: 'Compare size=, hotplug_size=, hotplugged_size= and hotplug_method=, and see `free -h` and the limits of the cgroup.',
    reference: doc('hotplug.md'),
  }),
  family({
    id: 'vcpu-record',
    layer: 'cpu',
    words:
      /Error removing vCPU|VM exit on|inject nmi|core scheduling|VCPU \S{1,10} error|HLT exit|exit reason on vcpu run|GHCB_MSR|XsaveState extra|CPU profile|immediate_exit/i,
    onlyOurs: true,
    doing: 'running a virtual CPU',
    why: 'KVM gave an answer that this release does not expect, the guest asked for its end, or the host lacks a feature.',
    hint: 'See `sudo dmesg | grep -i kvm`, and compare a newer kernel and a newer release.',
    reference: doc('cpu.md'),
  }),
  family({
    id: 'eject-failed',
    words:
      /Failed ejecting device|Accessing unknown location|Unexpected resource|Segment selection out of range|Error when removing/,
    onlyOurs: true,
    doing: 'removing a device that the guest let go of, or answering its PCI hotplug registers',
    why: 'The guest asked for a slot or a register that is empty, or the device was removed twice.',
    hint: 'List the devices with `ch-remote --api-socket FILE info`; one that is no longer there is gone.',
    reference: doc('hotplug.md'),
  }),
  family({
    id: 'worker-failed',
    words:
      /(?:Error|error) running (?:worker|rate)|Failed to spawn thread|failed to spawn virtio_\w+ worker|spawn_worker|[Ee]rror joining thread|worker (?:thread exited|panicked)|signal_handler thead|vring worker|daemon|main thread|Failed to join on/i,
    names: ['ThreadSpawn', 'ThreadCleanup', 'EpollHelper', 'HandleEvent', 'HandleTimeout'],
    onlyOurs: true,
    doing: 'running the thread of a device',
    why: 'It happened while {during|running}. Each queue of a device has a thread. It could not be started (a limit on threads: `ulimit -u`, TasksMax=), or ended over the error that stands in the message.',
    hint: 'The name of the thread says which device; read the records before it.',
    reference: model,
  }),
  family({
    id: 'guest-reset-record',
    words: /Error triggering (?:ACPI|i8042)|(?:ACPI|i8042) (?:reset|shutdown) event/,
    onlyOurs: true,
    doing: 'passing on that the guest asked for a reset or a shutdown',
    why: 'The VMM was ending already, or its event could not be written.',
    hint: 'See whether the VM has ended meanwhile; then nothing need be done.',
    reference: model,
  }),
  family({
    id: 'device-record',
    words:
      /queue event|(?:input|config|resize) event|signal (?:config|used)|config space|virtio config|Un(?:known|expected) event|failed (?:cloning|creating) (?:queue|rng|kill|pause)|timer fd|invalid data length|descriptor chain|parsing descriptor|guest memory address|Failed to (?:read|write) (?:queue|slice|from memory|cap_pci)|notification BAR|virtio request type|head descriptor|Out-of-bound access|shm region|rate.?limiter|reset device when not implemented|read-only field|request type is not right|Pending Bit Array|virtio-fs worker|worker thread/i,
    onlyOurs: true,
    doing: 'handling an event or a request of a virtual device',
    why: 'The driver in the guest asked for something that the device does not do, or the descriptors between the two are gone because the VM is being reset or ended.',
    hint: 'The thread or the file of the source in the record names the device{writer|}. At a reset or the end of the VM nothing need be done; else compare another kernel in the guest and a newer release.',
    reference: model,
  }),
]
