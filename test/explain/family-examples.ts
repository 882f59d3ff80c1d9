/** One example of each family and note: words of the sources of releases 0.3 to 53. */
import type { Injected } from './injected.ts'

const chain = (debug: string, ...levels: string[]) =>
  [
    `cloud-hypervisor:   0.003405s: <main> ERROR:src/lib.rs:23 -- Fatal error: ${debug}`,
    'Error: Cloud Hypervisor exited with the following chain of errors:',
    ...levels.map((level, index) => `  ${index}: ${level}`),
    '',
  ].join('\n')
const record = (level: string, text: string) =>
  `cloud-hypervisor:   1.982375s: <vmm> ${level}:vmm/src/lib.rs:12 -- ${text}\n`
const einval = 'Os { code: 22, kind: InvalidInput, message: "Invalid argument" }'
const errno = 'Invalid argument (os error 22)'

const texts: readonly (readonly [cause: string, text: string])[] = [
  ['guest-cpu-out-of-range', record('WARN', 'Out of range vCPU id: 7')],
  ['disk-sparse-unsupported', record('WARN', 'Failed to stat file descriptor for sparse probe: 7')],
  [
    'disk-async-unavailable',
    record(
      'INFO',
      'io_uring not supported: failed to create io_uring instance: Cannot allocate memory (os error 12)',
    ),
  ],
  ['disk-qcow2-repaired', record('WARN', 'QCOW2 image is marked corrupt, opening read-only: 7')],
  ['disk-record-only', record('WARN', "Could not generate device id. We'll use a default.")],
  ['memory-hint-refused', record('WARN', 'Ejection of memory not currently supported')],
  [
    'option-deprecated',
    record('ERROR', 'Using deprecated vCPU syntax. Use --cpus boot=<boot_vcpus>[,max=<max_vcpus]'),
  ],
  ['vsock-connection-note', record('ERROR', 'vsock: error reading from backing stream: lp=7, pp=7, err=7')],
  ['vhost-user-disconnected', record('ERROR', 'failed to reconnect vhost-user backend: 7')],
  ['vcpu-slow-answer', record('WARN', 'Detected faulty MSR 0x7 while getting MSRs')],
  ['guest-register-unusual', record('WARN', 'failed to deliver MSI message, blocked by guest')],
  [
    'vhost-user-request-failed',
    chain(
      'VmBoot(DeviceManager(NoVirtioFsSock))',
      'The VM could not boot',
      'Error from device manager',
      'Virtio-fs device was created without a socket',
    ),
  ],
  [
    'vfio-user-failed',
    chain(
      'VmBoot(DeviceManager(UserDeviceSocketInUse("x")))',
      'The VM could not boot',
      'Error from device manager',
      'VFIO-user socket path already in use: 7',
    ),
  ],
  ['vfio-no-iommu-group', 'VfioNoIommuGroup("/sys/bus/pci/devices/0000:03:00.0/iommu_group")'],
  [
    'vfio-request-failed',
    chain(
      'VmBoot(DeviceManager(NoDevicePassthroughSupport))',
      'The VM could not boot',
      'Error from device manager',
      'No support for device passthrough',
    ),
  ],
  [
    'guest-buffer-outside-memory',
    record('WARN', 'Descriptor buffer extends past guest memory: addr=0x7 len=7'),
  ],
  ['guest-request-malformed', record('WARN', 'Guest gave us too few descriptors in a descriptor chain')],
  ['device-record', record('ERROR', 'Failed to get queue event: 7')],
  ['guest-queue-invalid', record('ERROR', 'Cannot perform activate. Expected 7 queue(s), got 7')],
  ['network-record', record('ERROR', 'Failed to read tap: 7')],
  ['disk-record', record('ERROR', 'No free clusters in get_new_cluster()')],
  ['memory-record', record('ERROR', 'failed discarding memory range: Os { code: 22 }')],
  ['vcpu-record', record('ERROR', 'Error removing vCPU: 7')],
  ['eject-failed', record('ERROR', 'Accessing unknown location at base 0x7, offset 0x7')],
  [
    'worker-failed',
    `cloud-hypervisor:   0.025820s: <main> ERROR:cloud-hypervisor/src/lib.rs:24 -- Fatal error: ThreadCleanup("x")
Error: Cloud Hypervisor exited with the following error:
  Failed to join on threads: 7`,
  ],
  ['guest-reset-record', record('ERROR', 'Error triggering ACPI reset event: 7')],
  ['device-activation-failed', 'DeviceManager(VirtioActivate(BadActivate))'],
  [
    'pci-slot-in-use',
    chain(
      'VmBoot(DeviceManager(AddPciDevice(AlreadyInUsePciDeviceSlot(7))))',
      'The VM could not boot',
      'Error from device manager',
      'Cannot add PCI device',
      'Valid PCI device identifier but already used: 7',
    ),
  ],
  [
    'pci-failed',
    chain(
      'VmBoot(DeviceManager(NoPciBus))',
      'The VM could not boot',
      'Error from device manager',
      'Missing PCI bus',
    ),
  ],
  [
    'hotplug-failed',
    chain(
      'VmBoot(DeviceManager(RemovalNotAllowed("x")))',
      'The VM could not boot',
      'Error from device manager',
      'Not allowed to remove this type of device from the VM: 7',
    ),
  ],
  [
    'interrupts-failed',
    chain(
      'VmBoot(EnableInterruptController(InvalidTriggerMode))',
      'The VM could not boot',
      'Cannot enable interrupt controller',
      'Invalid trigger mode',
    ),
  ],
  [
    'address-range-failed',
    chain(
      'VmBoot(DeviceManager(AllocateIoPort))',
      'The VM could not boot',
      'Error from device manager',
      'Failed to allocate IO port',
    ),
  ],
  [
    'backend-activation-failed',
    `cloud-hypervisor --kernel k --fs tag=a,socket=/tmp/s
Error activating virtio devices: ActivateVirtioDevices(VirtioActivate(BadActivate))`,
  ],
  ['descriptors-failed', chain(`EventFdClone(${einval})`, 'Error cloning EventFd', errno)],
  [
    'ch-remote-no-command',
    `thread 'main' panicked at src/bin/ch-remote.rs:509:14:
internal error: entered unreachable code`,
  ],
  ['option-value-empty', 'Failed parsing parameters ParseSizeParam(ParseIntError { kind: Empty })'],
  ['option-refused-old', chain(`InvalidCpuCount(${einval})`, 'Error parsing CPU count', errno)],
  [
    'api-answer-unreadable',
    chain('HttpApiClient(ServerResponse("x"))', 'http client error', 'Server responded with error 7: 7'),
  ],
  [
    'api-request-failed',
    `cloud-hypervisor:   0.025820s: <main> ERROR:cloud-hypervisor/src/lib.rs:24 -- Fatal error: NotFound
Error: Cloud Hypervisor exited with the following error:
  Not Found`,
  ],
  [
    'landlock-rule-failed',
    `Error: Cloud Hypervisor exited with the following chain of errors:
  0: The VM could not be created
  1: Landlock: cannot add rule
  2: Invalid argument (os error 22)`,
  ],
  [
    'event-monitor-failed',
    chain(`EventMonitorThreadSpawn(${einval})`, `Error spawning \`event-monitor\` thread`, errno),
  ],
  [
    'pmem-failed',
    chain(
      'VmBoot(DeviceManager(MissingVirtioPmemResources))',
      'The VM could not boot',
      'Error from device manager',
      'Expected resources for virtio-pmem could not be found',
    ),
  ],
  [
    'rng-failed',
    chain(
      `VmBoot(DeviceManager(CreateVirtioRng(${einval})))`,
      'The VM could not boot',
      'Error from device manager',
      'Cannot create virtio-rng device',
      errno,
    ),
  ],
  [
    'balloon-failed',
    chain(
      'VmBoot(DeviceManager(MissingVirtioBalloon))',
      'The VM could not boot',
      'Error from device manager',
      "Missing virtio-balloon, can't proceed as expected",
    ),
  ],
  [
    'watchdog-failed',
    chain(
      `VmBoot(DeviceManager(CreateVirtioWatchdog(${einval})))`,
      'The VM could not boot',
      'Error from device manager',
      'Cannot create virtio-watchdog device',
      errno,
    ),
  ],
  [
    'virtual-iommu-failed',
    chain(
      'VmBoot(DeviceManager(InvalidIommuHotplug))',
      'The VM could not boot',
      'Error from device manager',
      'Cannot hotplug device behind vIOMMU',
    ),
  ],
  [
    'console-device-failed',
    chain(
      'VmBoot(DeviceManager(InvalidConsoleFd))',
      'The VM could not boot',
      'Error from device manager',
      'Invalid console fd',
    ),
  ],
  [
    'small-device-failed',
    chain('VmBoot(FwCfgDisabled)', 'The VM could not boot', 'Error using fw_cfg while disabled'),
  ],
  [
    'vsock-failed',
    chain(
      'VmBoot(DeviceManager(CreateVsockConvertPath))',
      'The VM could not boot',
      'Error from device manager',
      'Failed to convert Path to &str for the virtio-vsock device',
    ),
  ],
  [
    'network-device-failed',
    chain(
      `VmBoot(DeviceManager(CreateVirtioNet(TapError(${einval}))))`,
      'The VM could not boot',
      'Error from device manager',
      'Cannot create virtio-net device',
      'Using existing tap',
      errno,
    ),
  ],
  [
    'disk-device-failed',
    chain(
      'VmBoot(DeviceManager(CreateVirtioBlock))',
      'The VM could not boot',
      'Cannot create virtio-blk device',
    ),
  ],
  [
    'vdpa-failed',
    chain(
      'VmBoot(DeviceManager(CreateVdpaConvertPath))',
      'The VM could not boot',
      'Error from device manager',
      'Failed to convert Path to &str for the vDPA device',
    ),
  ],
  ['tpm-failed', record('ERROR', 'Failed to tpm Register. 7 is not a valid field in Reg 7')],
  [
    'memory-file-directory',
    chain(
      'VmBoot(MemoryManager(DirectoryAsBackingFileForMemory))',
      'The VM could not boot',
      'Memory manager error',
      'Using a directory as a backing file for memory is not supported',
    ),
  ],
  [
    'memory-numa-refused',
    chain('VmBoot(InvalidNumaConfig)', 'The VM could not boot', 'Invalid NUMA configuration'),
  ],
  [
    'memory-resize-failed',
    chain('VmBoot(ResizeZone)', 'The VM could not boot', 'Failed resizing a memory zone'),
  ],
  ['sgx-failed', 'MemoryManager(EpcSectionSizeInvalid)'],
  [
    'memory-setup-failed',
    chain(
      'VmBoot(MemoryManager(GuestAddressOverFlow))',
      'The VM could not boot',
      'Memory manager error',
      'Guest address overflow',
    ),
  ],
  [
    'vcpu-state-refused',
    chain(
      `VmBoot(CpuManager(StartRestoreVcpu(${einval})))`,
      'The VM could not boot',
      'Error from CPU manager',
      'Error starting vCPU after restore',
      errno,
    ),
  ],
  [
    'vcpu-failed',
    chain(
      'VmBoot(CpuManager(UnexpectedVmExit))',
      'The VM could not boot',
      'Error from CPU manager',
      'Unexpected VmExit',
    ),
  ],
  [
    'boot-tables-failed',
    chain(`VmBoot(CreatingE820Map(${einval}))`, 'The VM could not boot', 'Error creating e820 map', errno),
  ],
  ['hypervisor-call-refused', 'Error: VmBoot(CapabilityMissing("x"))'],
  [
    'hypervisor-open-failed',
    'Failed to open hypervisor interface (is hypervisor interface available?): UnsupportedVmType("x")',
  ],
  [
    'tdx-firmware-refused',
    chain(
      'VmBoot(ParseTdvf(InvalidDescriptorSize))',
      'The VM could not boot',
      'Error parsing TDVF',
      'Invalid descriptor size',
    ),
  ],
  [
    'igvm-failed',
    chain(
      'VmBoot(IgvmLoad(MissingIgvm))',
      'The VM could not boot',
      'Cannot load the igvm into memory',
      'IGVM file not provided',
    ),
  ],
  [
    'payload-failed',
    chain(
      'VmBoot(KernelLoadThreadJoin("x"))',
      'The VM could not boot',
      'Error joining kernel loading thread',
    ),
  ],
  ['pause-failed', `Pause(${einval})`],
  ['snapshot-failed', `Snapshot(${einval})`],
  [
    'migration-state-failed',
    `cloud-hypervisor:   0.025820s: <main> ERROR:cloud-hypervisor/src/lib.rs:24 -- Fatal error: ValidationError("x")
Error: Cloud Hypervisor exited with the following error:
  Error validating send migration parameters: 7`,
  ],
  [
    'restore-failed',
    chain('VmBoot(InvalidRestoreSourceUrl)', 'The VM could not boot', 'Invalid restore source URL'),
  ],
  [
    'console-failed',
    chain(
      `VmBoot(DeviceManager(CreateSerialManager(SetNonBlocking(${einval}))))`,
      'Error booting VM',
      'The VM could not boot',
      'Error from device manager',
      'Cannot create serial manager',
      'Error making input file descriptor non-blocking',
      errno,
    ),
  ],
  [
    'debugging-failed',
    chain(
      'VmBoot(Debug(PoisonedState))',
      'The VM could not boot',
      'Error debugging VM',
      'The lock is poisened',
    ),
  ],
  [
    'kvm-memory-region-refused',
    chain(
      `VmBoot(MemoryManager(CreateUserMemoryRegion(CreateUserMemory(${einval}))))`,
      'Error booting VM',
      'The VM could not boot',
      'Memory manager error',
      'Failed to create the user memory region',
      errno,
    ),
  ],
  ['guest-asked-for-end', record('INFO', 'ACPI Shutdown signalled')],
]

export const familyExamples: readonly Injected[] = texts.map(([cause, text]) => ({ cause, text }))
