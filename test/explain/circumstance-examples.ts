/** One example of each cause about drivers of a guest, resizing, units and ends of the program itself. */
import { printed } from './injected.ts'

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
  [
    'unit-step-failed',
    '(cloud-hypervisor)[812]: ch@vm.service: Failed at step NETWORK spawning /usr/bin/cloud-hypervisor: Operation not permitted',
  ],
  ['unit-timeout', "systemd[1]: microvm@web.service: Failed with result 'timeout'."],
  ['unit-killed', "microvm@web.service: Failed with result 'core-dump'."],
  [
    'cpu-resize-failed',
    `Error running command: Server responded with an error: InternalServerError: VmResize(VmResize(CpuManager(VcpuFd(${errno(17)}))))`,
  ],
  [
    'download-failed',
    'wget https://cloud-images.ubuntu.com/x/current/x-server-cloudimg-amd64.img\n2026-01-01 10:00:01 ERROR 404: Not Found.',
  ],
  [
    'payload-tiny',
    'cloud-hypervisor: 12.5ms: <vmm> INFO:vmm/src/vm.rs:1100 -- Loading RAW firmware at 0xfffffff7 (size: 9)',
  ],
  [
    'image-tool-no-space',
    'qemu-img convert -O raw a.img a.raw\nqemu-img: error while writing at byte 1310720000: No space left on device',
  ],
  [
    'image-tool-missing-file',
    "qemu-img: Could not open 'a.img': Could not open 'a.img': No such file or directory",
  ],
  [
    'image-tool-locked',
    'qemu-img: Could not open \'a.qcow2\': Failed to get shared "write" lock\nIs another process using the image [a.qcow2]?',
  ],
  ['seed-tool-failed', 'mkdosfs: unable to open /tmp/ubuntu-cloudinit.img: Permission denied'],
  ['libvirt-request-refused', 'error: internal error: Failed to create VM with http status code 500'],
  [
    'virtiofsd-panicked',
    "thread 'vring_worker' panicked at 'called `Result::unwrap()` on an `Err` value: QueueReader(FindMemoryRegion)', src/main.rs:222:18",
  ],
  [
    'guest-initramfs-bad',
    '[    0.5] Initramfs unpacking failed: invalid magic at start of compressed archive',
  ],
  [
    'guest-fs-readonly',
    '[    2.3] EXT4-fs (vda1): write access unavailable, cannot proceed (try mounting with noload)',
  ],
  [
    'kata-module-missing',
    'time="2022-07-07T23:28:53Z" level=error msg="Module is not loaded and it can not be inserted. Please consider running with sudo or as root" name=kata-runtime',
  ],
  [
    'arm-cache-shared',
    'cloud-hypervisor: 157.2ms: <vmm> WARN:arch/src/aarch64/fdt.rs:428 -- L2 cache shared with other cpus',
  ],
  [
    'disk-resize-refused',
    'Error: ch-remote exited with the following chain of errors:\n  0: http client error\n  1: Server responded with InternalServerError\n  2: Error from API\n  3: The disk could not be resized\n  4: Failed resizing a disk image',
  ],
  [
    'tap-setting-denied',
    `Error booting VM: VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapSetNetmask(IoctlError(35100, ${errno(1)}))))))`,
  ],
  ['qcow2-check-errors', '1226355 errors were found on the image.'],
  ['guest-packet-rejected', 'From 192.168.249.1 icmp_seq=1 Destination Port Unreachable'],
  [
    'firewall-command-failed',
    'iptables v1.8.7 (nf_tables):  CHAIN_ADD failed (Invalid argument): chain PREROUTING',
  ],
  [
    'memory-grow-refused',
    `Error running command: Server responded with an error: InternalServerError: VmResize(VmResize(MemoryManager(GuestMemoryRegion(Mmap(${errno(22)})))))`,
  ],
]

export const circumstanceExamples = printed(texts)
