/** The rarer causes, in words that stand in the sources of releases 40 to 53 (or in a shell, the kernel, a guest). */
import type { Injected } from './injected.ts'

const chain = (cause: string, ...levels: string[]): Injected => ({
  cause,
  text: `Error: Cloud Hypervisor exited with the following chain of errors:\n${levels.map((level, at) => `  ${at}: ${level}\n`).join('')}`,
})
const boot = (cause: string, ...levels: string[]) =>
  chain(cause, 'Error booting VM', 'The VM could not boot', ...levels)
const device = (cause: string, ...levels: string[]) => boot(cause, 'Error from device manager', ...levels)
const tap = (cause: string, ...levels: string[]) =>
  device(cause, 'Cannot create virtio-net device', 'Failed to open taps', ...levels)
const memory = (cause: string, ...levels: string[]) => boot(cause, 'Memory manager error', ...levels)
const refused = (cause: string, ...levels: string[]) =>
  chain(cause, 'Error parsing config', 'Error validating configuration', ...levels)
const warning = (cause: string, words: string): Injected => ({
  cause,
  text: `cloud-hypervisor:   0.031s: <vmm> WARN:vmm/src/device_manager.rs:2756 -- ${words}\n`,
})
const error = (cause: string, words: string): Injected => ({
  cause,
  text: `cloud-hypervisor:   0.031s: <vmm> ERROR:hypervisor/src/kvm/mod.rs:2531 -- ${words}\n`,
})
const line = (cause: string, text: string): Injected => ({ cause, text: `${text}\n` })

const eperm = 'Operation not permitted (os error 1)'
const eacces = 'Permission denied (os error 13)'
const einval = 'Invalid argument (os error 22)'

export const fromSource: readonly Injected[] = [
  memory('no-space', 'Failed to set shared file length', 'No space left on device (os error 28)'),
  chain(
    'threads-exhausted',
    'Failed to start the VMM thread',
    'Error spawning VMM thread',
    'Resource temporarily unavailable (os error 11)',
  ),
  boot(
    'threads-exhausted',
    'Error spawning kernel loading thread',
    'Resource temporarily unavailable (os error 11)',
  ),
  line(
    'out-of-memory-in-cgroup',
    'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/vm.slice,task_memcg=/vm.slice,task=cloud-hyperviso,pid=11571,uid=0',
  ),
  line(
    'out-of-memory-in-cgroup',
    'Memory cgroup out of memory: Killed process 11571 (cloud-hyperviso) total-vm:475888kB, anon-rss:65024kB, file-rss:6200kB, shmem-rss:0kB, UID:0 pgtables:220kB oom_score_adj:0',
  ),
  chain(
    'kvm-unavailable-check',
    'Failed to open hypervisor interface (is hypervisor interface available?)',
    'Failed to check availability of the hypervisor',
    eacces,
  ),
  error('guest-triple-fault', 'Guest likely triple-faulted'),
  boot('uefi-not-loadable', 'Cannot load the UEFI binary in memory', 'UEFI image too big'),
  boot('firmware-too-large', 'Firmware too big'),
  boot('firmware-memory', 'Failed to allocate firmware RAM', 'Cannot create the system allocator'),
  device(
    'qcow2-backing-broken',
    'Failed to create QcowDiskSync',
    'Backing file open error',
    'Failed to read header',
  ),
  device('vhdx-unusable', 'Failed to create FixedVhdxDiskSync', 'Failed to parse VHDx header'),
  device('disk-direct-refused', 'Cannot open disk path', einval),
  warning(
    'disk-type-unsaid',
    'No image_type specified - detected as qcow2. Configuration updated to persist type across reboots and migrations.',
  ),
  warning('qcow2-backing-off', 'QCOW2 image type autodetected. Disabling backing files'),
  warning('disk-request-failed', 'Request failed: Request { request_type: Out } RequestExecuting'),
  tap(
    'tap-configure',
    'Open tap device failed',
    'Unable to configure tap interface',
    'Bad address (os error 14)',
  ),
  tap('tap-address-denied', 'Setting tap IP and/or netmask failed', 'Ioctl failed (35094)', eperm),
  memory('memory-region-failed', 'Failed to create shared file', eperm),
  warning('prefault-failed', 'Failed to prefault pages: Bad address (os error 14)'),
  device(
    'memory-limit-locked',
    'Failed to DMA map VFIO device',
    'failed to add guest memory map into iommu table: Cannot allocate memory (os error 12)',
  ),
  refused('cpu-topology-dies', 'Dies per package must be 1'),
  boot('cpu-core-scheduling', 'Error from CPU manager', 'Error enabling core scheduling', einval),
  warning('cpu-no-core-scheduling', 'Kernel lacks CONFIG_SCHED_CORE support - no SMT isolation'),
  chain(
    'cpuid-incompatible',
    'Error restoring VM',
    'The VM could not be restored',
    'Error from CPU manager',
    'Error checking CPUID compatibility',
  ),
  chain(
    'console-terminal',
    'Error creating VM',
    'The VM could not be created',
    'Error creating console devices',
    'Error setting pty raw mode',
    'Inappropriate ioctl for device (os error 25)',
  ),
  line('api-client-denied', `Error opening HTTP socket: ${eacces}`),
  chain(
    'api-vm-not-created',
    'http client error',
    'Server responded with InternalServerError',
    'The VM could not boot',
    'VM is not created',
  ),
  chain(
    'api-vm-exists',
    'http client error',
    'Server responded with InternalServerError',
    'The VM could not be created',
    'VM is already created',
  ),
  chain(
    'api-vm-not-running',
    'http client error',
    'Server responded with InternalServerError',
    'The VM could not be paused',
    'VM is not running',
  ),
  boot('vsock-too-many', 'Too many virtio-vsock devices'),
  error('vhost-user-backend-lost', 'Backend disconnected for socket /tmp/fs.sock'),
  chain(
    'landlock-failed',
    'Error creating VM',
    'The VM could not be created',
    'Failed to apply landlock config during vm_create',
    'Error opening path',
  ),
  chain('seccomp-filter-refused', 'Failed to start the VMM thread', 'Error applying seccomp filter', einval),
  device(
    'vfio-denied',
    'Cannot create a VFIO device',
    `failed to open /dev/vfio/12 group: ${eacces}`,
    eacces,
  ),
  device(
    'vfio-no-iommu',
    'Cannot create a VFIO device',
    `failed to set container's IOMMU driver type as VfioType1V2: ${eperm}`,
  ),
  device('vfio-path-wrong', 'Cannot create a VFIO device', 'invalid path'),
  device('vfio-failed', 'Cannot create a VFIO PCI device', 'failed to reset device'),
  refused('device-path-twice', 'Duplicated device path: /sys/bus/pci/devices/0000:01:00.0'),
  refused('iommu-segment', 'Device is on an IOMMU PCI segment (1) but not placed behind IOMMU'),
  chain(
    'option-too-new-backing-files',
    'Error parsing config',
    'Error parsing --disk',
    'unknown option: backing_files',
  ),
  chain(
    'option-too-new-pci-device-id',
    'Error parsing config',
    'Error parsing --net',
    'unknown option: pci_device_id',
  ),
  {
    cause: 'flag-required',
    text: "error: the following required arguments were not provided:\n  --api-socket <api-socket>\n\nUsage: cloud-hypervisor --api-socket <api-socket>\n\nFor more information, try '--help'.\n",
  },
  {
    cause: 'flags-conflict',
    text: "error: the argument '--restore <restore>' cannot be used with '--kernel <kernel>'\n\nUsage: cloud-hypervisor --restore <restore>\n\nFor more information, try '--help'.\n",
  },
  line('illegal-instruction', 'Illegal instruction (core dumped)'),
  line('aborted', 'Aborted (core dumped)'),
  line('segfault', 'Segmentation fault (core dumped)'),
  line(
    'guest-no-init',
    '[    1.5] Kernel panic - not syncing: No working init found.  Try passing init= option to kernel.',
  ),
  chain(
    'restore-failed',
    'Error restoring VM',
    'The VM could not be restored',
    'Cannot restore VM',
    'Failed to parse JSON',
  ),
  {
    cause: 'vmm-panic',
    text: 'Error: Cloud Hypervisor exited with the following error:\n  Failed to join on VMM thread: Any { .. }\n',
  },
  refused('config-refused', 'Memory zone: a belongs to multiple NUMA nodes: 0 and 1'),
  chain(
    'option-refused',
    'Error parsing config',
    'Error parsing --generic-vhost-user: device_type "x" invalid (leading zeros or unknown string)',
  ),
  device('vhost-user-failed', 'Cannot create vhost-user-net device', 'Get features failed'),
  device(
    'disk-open-failed',
    'Cannot open disk path',
    'I/O error (path=d.raw op=open)',
    'Input/output error (os error 5)',
  ),
  tap('tap-setting-refused', 'Setting MTU failed', 'Ioctl failed (35106)', einval),
  tap('tap-open-failed', 'Open tap device failed', 'Missing multiqueue support in the kernel'),
  boot('kvm-vcpu-configure', 'Error from CPU manager', 'Error configuring vCPU', 'Failed to set Cpuid'),
  boot('kvm-setup-refused', 'Error initializing VM', 'Failed to set TSS address', einval),
  boot(
    'memory-too-small',
    'Cannot configure system',
    'The hvm_start_info structure extends past the end of guest memory',
  ),
]
