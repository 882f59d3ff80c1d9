/** What devices share: places on the PCI bus, interrupts, address ranges, descriptors, and their queues. */
import { type Cause, doc } from '../../cause.ts'
import { has } from '../../evidence.ts'
import { family } from './family.ts'

const model = doc('device_model.md')
const hotplug = doc('hotplug.md')

const activation: Cause = family({
  id: 'device-activation-failed',
  words:
    /Failed to activate (?:virtio |the )?device|[Ee]rror activating virtio devices?|Cannot activate virtio devices|Cannot (?:perform )?activate[.:]/,
  names: ['ActivateVirtioDevices', 'VirtioActivate', 'BadActivate', 'ActivateError'],
  doing: 'activating a virtio device, when the driver of the guest took it over',
  why: 'That is when its queues and threads are set up. Which device it was, and why, stands in the record before it; limits on descriptors or threads, and a driver that set up its queues wrongly, are usual.',
  hint: 'Read the ERROR record before it (run with `-v`), and raise `ulimit -n`.',
  reference: model,
})

export const busFamilies: readonly Cause[] = [
  {
    id: 'pci-slot-in-use',
    patterns: [
      [
        /(?:Valid PCI device identifier but already used|Given PCI device ID[^›]{0,60}(?:in use|used)): ?(?<slot>\d+)?/,
      ],
      [/AlreadyInUsePciDeviceSlot\((?<slot>\d+)\)/],
      ['DeviceIdAlreadyInUse'],
    ],
    what: 'The PCI slot {slot|} of the guest is still in use by another device.',
    why: 'A device that was removed keeps its slot until the guest has let go of it (ejected it); the request to add one came before that, or two devices ask for the same slot. {phase|}',
    hint: 'Wait until the guest has released the device (`ch-remote info` no longer lists it; the event monitor reports device_removed), or give the new one another id or slot. A guest without PCI hotplug never releases it.',
    reference: hotplug,
    confidence: 'likely',
  },
  family({
    id: 'pci-failed',
    words:
      /PCI (?:BARs?|bus|device ID|device identifier)|Missing PCI|Cannot add PCI device|device slot on the PCI bus|No PCI support|PCI b\/d\/f/,
    names: [
      'AddPciDevice',
      'AllocateBars',
      'FreePciBars',
      'NoPciBus',
      'GetPciDeviceId',
      'PutPciDeviceId',
      'ReservePciDeviceId',
      'FreePciDeviceId',
      'InvalidPciDeviceSlot',
      'MissingPciDevice',
      'RemoveDeviceFromPciBus',
      'UnknownPciBdf',
      'VirtioDevice',
      'CreateVirtioPciDevice',
      'AllocateDeviceAddrs',
    ],
    doing: 'giving a device its place on the PCI bus of the guest',
    why: 'A segment has 32 slots and a window of addresses; both can be used up, or two devices ask for the same.',
    hint: 'Leave devices out one by one, or use more segments (`--platform num_pci_segments=2`).',
    reference: model,
  }),
  family({
    id: 'hotplug-failed',
    words: /hotplug notification|Not allowed to remove this type of device|could not be removed from the VM/,
    names: [
      'HotPlugNotification',
      'RemovalNotAllowed',
      'VmRemoveDevice',
      'RemoveDeviceFromIoBus',
      'RemoveDeviceFromMmioBus',
    ],
    doing: 'adding a device to the running VM or removing one',
    why: 'Only disks, network, fs, pmem, vsock and passed-through devices can come and go, and the guest must support PCI hotplug (ACPI).',
    hint: 'List the devices with `ch-remote --api-socket FILE info`.',
    reference: hotplug,
  }),
  family({
    id: 'interrupts-failed',
    words:
      /Cannot (?:allocate|configure the) IRQ|interrupt (?:source group|allocator|controller)|GSI|IOAPIC|irqfd|ioevent|Failed to (?:un)?register (?:irq|interrupt|IO) ?event|irq_?fd|\bMSI(?:-X)?\b|\bINTx\b|(?:updating|masking) vector|(?:enabling|masking|unmasking|updating|triggering) the interrupt/i,
    names: [
      'AllocateIrq',
      'Irq',
      'CreateInterruptGroup',
      'UpdateInterruptGroup',
      'CreateIoapic',
      'RegisterIoevent',
      'UnRegisterIoevent',
      'RegisterIrqFd',
      'RegisterIoEvent',
      'EnableInterruptController',
      'AllocateGsi',
      'IrqFd',
      'SetGsiRouting',
    ],
    onlyOurs: true,
    doing: 'connecting the interrupts or notifications of a device through KVM',
    why: 'Each queue takes interrupts and descriptors of KVM; there are limits on both, and a kernel or a nested KVM may lack a part.',
    hint: 'Try fewer devices and queues; see `ulimit -n` and the kernel log of the host.',
    reference: model,
  }),
  family({
    id: 'address-range-failed',
    words:
      /Cannot find a memory range|Could not find a MMIO range|Failed to allocate (?:IO port|MMIO address|a memory range)|(?:port io|mmio|MMIO|IO) bus|legacy device to Bus|memory unavailable/,
    names: [
      'AllocateIOPort',
      'AllocateIoPort',
      'AllocateMMIOAddress',
      'AllocateMmioAddress',
      'MmioRangeAllocation',
      'MemoryRangeAllocation',
      'FsRangeAllocation',
      'VirtioMemRangeAllocation',
      'BusError',
      'PioInsert',
      'MmioInsert',
      'MissingAddressRange',
    ],
    onlyOurs: true,
    doing: 'finding a range of addresses for a device or its memory',
    why: 'The address space of the guest is as wide as the processor (or max_phys_bits) allows; memory, hotplug_size, large BARs and shared regions have to fit in it.',
    hint: 'Try a smaller hotplug_size, fewer large devices, or no max_phys_bits.',
    reference: doc('memory.md'),
  }),
  {
    ...activation,
    id: 'backend-activation-failed',
    needs: (evidence) =>
      has(evidence, 'fs') ||
      /vhost|virtio-?fs|_fs\d/i.test(evidence.text) ||
      evidence.says(/virtiofsd|vhost-user|vhost_user/i),
    why: 'That is when the connection to the program behind a vhost-user device (virtiofsd) is set up. It has ended, was started for an earlier run, or refused a request. {phase|}',
    hint: 'Start virtiofsd (or the other backend) anew for each run, and read the ERROR record before it and the log of that program.',
  },
  activation,
  family({
    id: 'descriptors-failed',
    words:
      /(?:Cannot|Failed to|Error|error) ?(?:creat|clon|read|writ|duplicat)\w* (?:an? |the |to |from |kill |exit |vhost )?(?:EventFd|event ?fd|[Ee]poll|epoll context|file descriptor|timerfd|TimerFd)|epoll_(?:ctl|wait)|Failed (?:waiting on|to add fd to) epoll|calling dup\(\)|Failed to clone/i,
    names: [
      'EventFd',
      'EventFdClone',
      'EventFdCreate',
      'EventFdRead',
      'EventFdWrite',
      'EventfdError',
      'CloneKillEventFd',
      'CreateKillEventFd',
      'CloneExitEventFd',
      'Epoll',
      'EpollCtl',
      'EpollWait',
      'EpollCreateFd',
      'EpollError',
      'DupFd',
      'CloneFile',
    ],
    onlyOurs: true,
    doing: 'making or using a file descriptor for its events',
    why: 'Descriptors are limited for a process and for the system; a closed one was handed over wrongly.',
    hint: 'See `ulimit -n` and `ls /proc/PID/fd | wc -l`.',
    reference: 'https://man7.org/linux/man-pages/man2/getrlimit.2.html',
  }),
]
