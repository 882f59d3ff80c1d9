/**
 * One example of each cause that no run of scenarios.ts brings about: words of public reports and of the
 * sources, most of them for causes that need a command or an order of events beside the words.
 */
import { guestExamples } from './guest-examples.ts'
import type { Injected } from './injected.ts'

const record = (level: string, text: string) =>
  `cloud-hypervisor:   1.204101s: <vmm> ${level}:vmm/src/lib.rs:1 -- ${text}\n`
const booting = (error: string) => `Error booting VM: VmBoot(${error})\n`
const os = (code: number) => `Os { code: ${code}, kind: Uncategorized, message: "x" }`
const hugepages = 'cloud-hypervisor --kernel k.elf --memory size=1G,hugepages=on\n'

const errors: readonly (readonly [cause: string, text: string])[] = [
  [
    'landlock-no-rule',
    `cloud-hypervisor --landlock --kernel k.elf --vsock cid=3,socket=/run/a\n${booting(`DeviceManager(CreateVsockBackend(UnixBind(${os(13)})))`)}`,
  ],
  [
    'restore-net-descriptors',
    `Error restoring VM: VmRestore(DeviceManager(CreateVirtioNet(TapError(IoctlError(1, ${os(22)})))))\n`,
  ],
  [
    'restore-passed-through-device',
    record('ERROR', 'VM Restore failed: DeviceManager(AllocateBars(IoRegistrationFailed(1, BarInUse(0))))'),
  ],
  [
    'restore-userfaultfd-denied',
    'Error: Cloud Hypervisor exited with the following chain of errors:\n  0: Error restoring VM\n  1: The VM could not be restored\n  2: Failed to create userfaultfd\n  3: Operation not permitted (os error 1)\n',
  ],
  [
    'restore-on-demand-failed',
    'Error restoring VM: VmRestore(MemoryManager(Restore(OnDemandRestore(RegisterRegion))))\n',
  ],
  ['snapshot-file-missing', `Error restoring VM: VmRestore(MemoryManager(SnapshotOpen(${os(2)})))\n`],
  ['migration-refused', `Migration failed: MigrateSocket(${os(111)})\n`],
  [
    'migration-failed',
    'Migration failed: MigrateSocket(Error { kind: UnexpectedEof, message: "failed to fill whole buffer" })\n',
  ],
  [
    'gic-unsupported',
    booting(
      'DeviceManager(CreateInterruptController(CreateGic(CreateVgic(Vgic error CreateGic(CreateDevice(No such device (os error 19)))))))',
    ),
  ],
  [
    'tdx-refused',
    'Error: Cloud Hypervisor exited with the following chain of errors:\n  0: Error booting VM\n  1: Error retrieving TDX capabilities through the hypervisor API\n  2: Invalid argument (os error 22)\n',
  ],
  ['sev-refused', booting('InitializeSevSnpVm(InitializeSevSnp)')],
  ['kvm-not-offered', 'INFO: Your CPU does not support KVM extensions\n'],
  [
    'kvm-out-of-memory',
    "thread 'vmm' panicked at 'called `Result::unwrap()` on an `Err` value: VmCreate(Cannot allocate memory (os error 12))', vmm/src/vm.rs:706:48\n",
  ],
  ['payload-memory-missing', `${hugepages}${booting('KernelLoad(Elf(ReadKernelImage))')}`],
  [
    'kernel-taken-for-firmware',
    `cloud-hypervisor --kernel /boot/vmlinuz-7.0 --cmdline x --disk path=/srv/a.raw\n${booting('UefiLoad(UefiTooBig)')}`,
  ],
  [
    'disk-readonly-write',
    record('ERROR', 'Request check failed: Request { request_type: Out, sector: 9 } ReadOnly'),
  ],
  ['host-storage-failed', record('WARN', `Request failed: Request { request_type: In, sector: 7 } ${os(5)}`)],
  ['disk-host-full', record('WARN', `Request failed: Request { request_type: Out, sector: 7 } ${os(28)}`)],
  [
    'disk-compressed-qcow2',
    record('ERROR', `Failed to process queue (submit): RequestExecuting(AsyncRead(ReadVectored(${os(95)})))`),
  ],
  [
    'disk-device-empty',
    'failed to hotplug block device &{File:/dev/loop0 Format:raw} error: 500 reason: ["Error from API","The disk could not be added to the VM","Failed to parse disk image format","failed to fill whole buffer"]\n',
  ],
  [
    'net-fd-behind-sudo',
    `$ sudo cloud-hypervisor --kernel k.elf --net fd=3,mac=$mac 3<>$tap\n${booting(`DeviceManager(CreateVirtioNet(TapError(IoctlError(${os(25)}))))`)}`,
  ],
  ['net-fd-not-tap', booting(`DeviceManager(CreateVirtioNet(TapError(IoctlError(2147767506, ${os(25)}))))`)],
  ['tap-gone', record('ERROR', `Error programming tap offload: IoctlError(${os(77)})`)],
  ['tap-set-down', record('ERROR', `Error running worker: HandleEvent(NetQueuePair(WriteTap(${os(5)})))`)],
  ['net-frame-refused', record('ERROR', 'net: tx: failed writing to tap: Invalid argument (os error 22)')],
  ['net-read-refused', record('ERROR', `Failed to read tap: ${os(22)}`)],
  [
    'tap-made-multi-queue',
    `# sudo ip tuntap add name t0 mode tap multi_queue\n${booting(`DeviceManager(CreateVirtioNet(OpenTap(TapOpen(CreateTap(${os(22)})))))`)}`,
  ],
  ['tun-forbidden', booting(`DeviceManager(CreateVirtioNet(OpenTap(TapOpen(OpenTun(${os(1)})))))`)],
  ['vsock-cid-in-use', booting(`DeviceManager(CreateVhostVsock(VhostVsockSetCid(${os(98)})))`)],
  ['vhost-vsock-missing', booting(`DeviceManager(CreateVhostVsock(VhostVsockOpen(${os(2)})))`)],
  [
    'vhost-user-gone-at-reboot',
    `VMM thread exited with error: VmReboot(DeviceManager(CreateVirtioFs(VhostUserConnect(VhostUserProtocol(SocketConnect(${os(111)}))))))\n`,
  ],
  ['vhost-user-queues', booting('DeviceManager(CreateVirtioFs(BadQueueNum))')],
  [
    'vfio-user-refused',
    `ApiError(VmAddUserDevice(DeviceManager(VfioUserCreateClient(StreamRead(${os(104)})))))\n`,
  ],
  [
    'api-json-refused',
    'error: 400 reason: SerdeJsonDeserialize(Error("missing field `sock`", line: 1, column: 845))\n',
  ],
  [
    'api-state-refused',
    '["Error from API","The VM could not be paused","invalid VM state transition: Paused to Paused"]\n',
  ],
  [
    'api-unknown-device',
    '["Error from API","The device could not be removed from the VM","No device with id \\"_net9\\" to remove"]\n',
  ],
  ['vmm-thread-gone', 'Error booting VM: ResponseRecv(RecvError)\n'],
  [
    'vmm-not-up',
    'failed to launch cloud-hypervisor: "Failed to connect to API (timeout 10s): error: Get vmm.ping: no such file"\n',
  ],
  [
    'api-connection-lost',
    'Error: ch-remote exited with the following chain of errors:\n  0: http client error\n  1: Error writing to or reading from HTTP socket\n  2: Broken pipe (os error 32)\n',
  ],
  ['libvirt-driver-skipped', 'Initialization of mandatory cloud-hypervisor state driver skipped\n'],
  ['thread-panicked', record('ERROR', '_vsock1 thread panicked')],
  ['pci-slots-exhausted', booting('DeviceManager(AllocatePciDeviceId(NoPciDeviceSlotAvailable))')],
  [
    'pci-segment-crash',
    "thread 'vmm' panicked at vmm/src/device_manager.rs:1:1:\nindex out of bounds: the len is 1 but the index is 3\n",
  ],
  ['memory-zone-not-aligned', booting(`MemoryManager(SharedFileSetLen(${os(22)}))`)],
  [
    'memory-hotplug-exceeded',
    record('ERROR', 'Error when resizing VM: MemoryManager(InsufficientHotplugRam)'),
  ],
  [
    'memory-resize-invalid',
    record('ERROR', 'Error when resizing VM: MemoryManager(InvalidResizeBelowBootSize(1, 2))'),
  ],
  ['file-size-limit', 'File size limit exceeded (core dumped)\n'],
  ['disk-flag-each', 'Unrecognized argument: path=/tmp/seed.img\n'],
  ['argument-unrecognized', 'Unrecognized argument: --nope\n'],
  ['edk2-crashed', '!!!! X64 Exception Type - 0D(#GP - General Protection)  CPU Apic ID - 00000000 !!!!\n'],
  ['hypervisor-fw-shim', 'Something has gone seriously wrong: import_mok_state() failed: Unsupported\n'],
  ['hypervisor-fw-panicked', "PANIC: panicked at 'assertion failed: status == Status::SUCCESS'\n"],
  ['hypervisor-fw-no-loader', 'Failed to find EFI partition\n'],
  ['windows-stopped', '<INSTANCE CLASSNAME="BLUESCREEN">\n'],
  ['guest-device-wait', '[*     ] A start job is running for /dev/disk/by-label/root (5s / 1min 30s)\n'],
  ['guest-initramfs-shell', '(initramfs)\n'],
  [
    'guest-virtio-driver',
    '[    1.0] virtio_blk virtio1: probe with driver virtio_blk failed with error -28\n',
  ],
  ['guest-cpus-missing', '[    0.2] smpboot: do_boot_cpu failed(-1) to wakeup CPU#1\n'],
  ['guest-disk-errors', '[    5.1] I/O error, dev vda, sector 900100 op 0x1:(WRITE) flags 0x800\n'],
  [
    'guest-cloud-init-mac',
    "RuntimeError: Not all expected physical devices present: {'52:54:00:00:00:01'}\n",
  ],
  [
    'guest-cloud-init-stage',
    '[FAILED] Failed to start cloud-init-local.service - Cloud-init: Local Stage (pre-network).\n',
  ],
]

const beside: readonly (readonly [cause: string, text: string])[] = [
  ['tool-api-socket', "curl: (7) Couldn't connect to server\n"],
  ['setcap-unsupported', "Failed to set capabilities on file './ch' (Operation not supported)\n"],
  ['macvtap-denied', 'bash: /dev/tap5: Permission denied\n'],
  ['tun-ioctl', 'ioctl(TUNSETIFF): Device or resource busy\n'],
  [
    'virtiofsd-failed',
    '[2024-05-01T10:00:00Z ERROR virtiofsd] Error entering sandbox: Operation not permitted\n',
  ],
  ['vhost-backend-memory', 'VHOST_CONFIG: mmap region 1 failed. Cannot allocate memory\n'],
  ['iommu-off', 'vfio-pci 0000:01:00.0: no IOMMU found\n'],
  [
    'security-module-denied',
    'audit: type=1400 apparmor="DENIED" operation="open" name="/dev/kvm" comm="cloud-hyperviso"\n',
  ],
  ['kvm-entry-failed', 'KVM: entry failed, hardware error 0x80000021\n'],
  ['uefi-shell', 'UEFI Interactive Shell v2.2\n'],
  ['grub-stopped', 'grub rescue>\n'],
  ['kata-agent-silent', 'failed to check if grpc server is working: timed out connecting to vsock 3:1024\n'],
  ['libvirt-ch-failed', "error: internal error: Failed to connect to Cloud-Hypervisor's API socket\n"],
  ['vfio-busy', booting(`DeviceManager(VfioCreate(OpenGroup(${os(16)}, "/dev/vfio/12")))`)],
  [
    'vhost-user-denied',
    record(
      'ERROR',
      `Failed connecting the backend after trying for 1 minute: VhostUserProtocol(SocketConnect(${os(13)}))`,
    ),
  ],
  ['cpu-resize-invalid', 'ApiError(VmResize(CpuManager(DesiredVCpuCountExceedsMax)))\n'],
  [
    'arm-vcpu-refused',
    booting('CpuManager(VcpuArmInit(Failed to init vcpu: Invalid argument (os error 22)))'),
  ],
  ['io-uring-unavailable', record('ERROR', `failed to create new AsyncIo: IoUring(${os(1)})`)],
  [
    'snapshot-not-paused',
    '["Error from API","The VM could not be snapshotted","Cannot snapshot VM","VM is not paused"]\n',
  ],
  [
    'snapshot-of-other-release',
    '["Error from API","The VM could not be restored","Failed to restore migratable component","missing field `foo` at line 1 column 2"]\n',
  ],
]

const warnings: readonly (readonly [cause: string, text: string])[] = [
  [
    'disk-sector0-refused',
    record('WARN', 'Attempting to write to sector 0 on a disk without specifying image_type'),
  ],
  ['vfio-optional-region', record('ERROR', 'Could not get region #8 info')],
  [
    'vfio-bar-moved',
    record('ERROR', 'Failed moving device BAR: failed allocating new MMIO range: 0xe7f00000->0x0(0x80000)'),
  ],
  [
    'vsock-client-handshake',
    record('INFO', 'vsock: error adding local-init connection: UnixRead(WouldBlock)'),
  ],
  ['vsock-client-gone', record('WARN', 'vsock: unable to ack host connection: StreamWrite(BrokenPipe)')],
  ['guest-io-unhandled', record('WARN', 'Guest PIO read to unregistered address 0x3fd')],
  ['host-msr-unhandled', '[  319.4] kvm [2415]: vcpu0 unhandled rdmsr: 0x1c9\n'],
  ['edk2-ap-loop', 'MpInitChangeApLoopCallback() done!\n'],
  ['edk2-image-unsupported', 'Error: Image at 000BF8F1000 start failed: Unsupported\n'],
]

export const examples: readonly Injected[] = [...errors, ...beside, ...warnings, ...guestExamples].map(
  ([cause, text]) => ({
    cause,
    text,
  }),
)
