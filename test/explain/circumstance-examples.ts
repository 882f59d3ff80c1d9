/** One example of each cause about drivers of a guest, resizing, units and ends of the program itself. */
import type { Injected } from './injected.ts'

const errno = (number: number) => `Os { code: ${number}, kind: Other, message: "x" }`
const log = (text: string) =>
  `cloud-hypervisor:   1.204101s: <vmm> ERROR:vfio-ioctls/src/vfio_device.rs:312 -- ${text}`

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'qcow2-backing-nested',
    `Error booting VM: VmBoot(DeviceManager(CreateQcowDiskSync(${'BackingFileOpen(QcowError('.repeat(10)}MaxNestingDepthExceeded${'))'.repeat(10)})))`,
  ],
  ['iommu-map-refused', log('Error running worker: ExternalMapping(IommuDmaMap(Error(22)))')],
  ['iommu-map-limit', log('Error running worker: ExternalMapping(IommuDmaMap(Error(28)))')],
  ['vfio-teardown', log('Could not delete VFIO group: KvmSetDeviceAttr(Error(9))')],
  ['guest-fs-dax', '[    3.97] fuse_setup_one_mapping request failed at mem_offset=0x0 -22'],
  ['guest-fs-error', '[   12.97] virtio_fs virtio3: virtio_fs_enqueue_req: request failed, err=-107'],
  ['windows-driver', 'NetKVM: NDIS Event 10317: "The miniport has detected an internal error"'],
  [
    'guest-gpu-driver',
    'vfio-pci 0000:01:00.0: enabling device\nNVRM: The NVIDIA probe routine failed for 1 device(s).',
  ],
  [
    'guest-card-driver',
    'cloud-hypervisor --kernel k --device path=/sys/bus/pci/devices/0000:01:00.0\nmlx5_core 0000:00:05.0: wait_func:1136:(pid 1): ENABLE_HCA(0x104) timeout. Will cause a leak of a command resource',
  ],
  [
    'option-parser-panicked',
    "$ cloud-hypervisor --api-socket /tmp/api\nthread 'main' panicked at '`tdx` is not a name of an argument or a group.\nMake sure you're using the name of the argument itself.', clap-3.0.6/src/parse/matches/arg_matches.rs:598:14",
  ],
  ['rust-runtime-aborted', 'fatal runtime error: IO Safety violation: owned file descriptor already closed'],
  ['unit-timeout', "systemd[1]: microvm@web.service: Failed with result 'timeout'."],
  ['unit-killed', "microvm@web.service: Failed with result 'core-dump'."],
  [
    'cpu-resize-failed',
    `Error running command: Server responded with an error: InternalServerError: VmResize(VmResize(CpuManager(VcpuFd(${errno(17)}))))`,
  ],
  [
    'memory-grow-refused',
    `Error running command: Server responded with an error: InternalServerError: VmResize(VmResize(MemoryManager(GuestMemoryRegion(Mmap(${errno(22)})))))`,
  ],
]

export const circumstanceExamples: readonly Injected[] = texts.map(([cause, text]) => ({
  cause,
  text: `${text}\n`,
}))
