/** Devices of the guest whose reason for failing is in the errno. */
import { type Cause, doc } from '../../cause.ts'
import { family } from './family.ts'

const model = doc('device_model.md')

/** Devices that need nothing but memory and descriptors. */
const simple = (
  id: string,
  words: RegExp,
  names: readonly string[],
  what: string,
  reference: string,
  why = 'The device needs a few descriptors and a thread, and a place on the PCI bus.',
): Cause =>
  family({
    id,
    words,
    names,
    doing: `setting up ${what}`,
    why,
    hint: 'Start once without this device: then you see whether it is the only one that fails.',
    reference,
  })

export const deviceFamilies: readonly Cause[] = [
  family({
    id: 'pmem-failed',
    words: /virtio-pmem|persistent memory|\bpmem device could not be added/,
    names: [
      'CreateVirtioPmem',
      'VirtioPmem',
      'PmemRangeAllocation',
      'PmemFileSetLen',
      'PmemFileOpen',
      'MissingVirtioPmemResources',
    ],
    doing: 'setting up a persistent memory device (--pmem)',
    why: 'Its file is mapped into the address space of the guest: it must be a file that can be opened and mapped, a multiple of 2 MiB in size, and there must be room for it in the address space.',
    hint: 'Look at the file of --pmem (`ls -l`, `stat -f`), and compare a smaller one.',
    reference: doc('fs.md'),
  }),
  simple(
    'rng-failed',
    /virtio-rng/,
    ['CreateVirtioRng'],
    'the random number device (--rng)',
    model,
    'It reads from the file of src=, which is /dev/urandom without one; a chroot or container may not have it.',
  ),
  simple(
    'balloon-failed',
    /virtio-balloon|Failed to virtio-balloon resize/,
    ['CreateVirtioBalloon', 'VirtioBalloonResize', 'VirtioBalloonResizeFail', 'MissingVirtioBalloon'],
    'or resizing the balloon (--balloon)',
    doc('balloon.md'),
  ),
  simple(
    'watchdog-failed',
    /virtio-watchdog|Error programming timer fd/,
    ['CreateVirtioWatchdog', 'TimerfdSetup'],
    'the watchdog (--watchdog)',
    model,
  ),
  simple(
    'virtual-iommu-failed',
    /virtio-iommu|hotplug device behind vIOMMU|performing external (?:un)?mapping/,
    ['CreateVirtioIommu', 'InvalidIommuHotplug', 'ExternalMapping', 'ExternalUnmapping'],
    'or using the virtual IOMMU (iommu=on)',
    doc('iommu.md'),
    'A device behind the virtual IOMMU is mapped as the guest asks; a device that is added later must be on a segment with an IOMMU.',
  ),
  simple(
    'console-device-failed',
    /virtio-console|Invalid console (?:info|fd)/,
    ['CreateVirtioConsole', 'InvalidConsoleInfo', 'InvalidConsoleFd'],
    'the virtio console (--console)',
    doc('logging.md'),
  ),
  simple(
    'small-device-failed',
    /ivshmem|PvPanic|pvmemcontrol|virtio-rtc|fw_?cfg|debug-console output|RateLimiterGroup\b/i,
    [
      'IvshmemCreate',
      'PvPanicCreate',
      'CreatePvmemcontrol',
      'CreateVirtioRtc',
      'DebugconPtyOpen',
      'RateLimiterGroupCreate',
    ],
    'one of the small devices (shared memory, pvpanic, clock, fw_cfg, debug console, rate limit)',
    model,
  ),
  family({
    id: 'vsock-failed',
    layer: 'socket',
    words: /virtio-vsock|vsock device could not be added|host-side Unix socket/,
    names: [
      'CreateVirtioVsock',
      'CreateVsockBackend',
      'CreateVsockConvertPath',
      'UnixBind',
      'UnixAccept',
      'UnixConnect',
    ],
    doing: 'setting up the vsock device (--vsock)',
    why: 'It listens on a Unix socket at socket=, whose directory must exist and be writable, and whose file must not exist.',
    hint: 'Look at the path of socket= (`ls -ld DIRECTORY FILE`).',
    reference: doc('vsock.md'),
  }),
  family({
    id: 'network-device-failed',
    layer: 'network',
    words:
      /Cannot create virtio-net device|network device could not be added|Using existing tap|tap interface offload|Getting MAC address failed|Unable to (?:retrieve features|create tap)/,
    names: ['CreateVirtioNet', 'CreateNet', 'TapSetOffload', 'TapGetMac', 'GetFeatures', 'DuplicateTapFd'],
    doing: 'setting up a network device (--net)',
    why: 'It needs /dev/net/tun, an interface that is a TAP, and permission to attach to it.',
    hint: 'See `ip -d link show` for the interface, and what `chv-doctor check` says about it.',
    reference: doc('README.md#firmware-booting'),
    check: 'tap-device',
  }),
  family({
    id: 'disk-device-failed',
    layer: 'disk',
    words:
      /Cannot create virtio-blk device|Failed creating a new AsyncIo|Failed getting disk file size|Failed cloning disk file|disk could not be (?:added|resized)|Failed resizing a disk image|Disk resize|Cannot lock images of all block devices|Failed to detect image type/,
    names: [
      'CreateVirtioBlock',
      'CreateVirtioBlk',
      'NewAsyncIo',
      'DiskResize',
      'ResizeDisk',
      'VmAddDisk',
      'SetDirectIo',
    ],
    doing: 'setting up or changing a disk (--disk)',
    why: 'The image could be found, but not be opened, read or set up as a disk.',
    hint: 'Look at the image with `qemu-img info FILE` and `ls -l FILE`.',
    reference: doc('README.md#disk-image'),
    check: 'disk-image',
  }),
  family({
    id: 'vdpa-failed',
    words: /vDPA|vdpa|vhost-vdpa/,
    names: ['CreateVdpa', 'ActivateVdpa'],
    doing: 'setting up a vDPA device (--vdpa)',
    why: 'The kernel device /dev/vhost-vdpa-N refused a request: its driver lacks a feature, or too little memory may be locked.',
    hint: 'See `vdpa dev show`, `ulimit -l` and `sudo dmesg`.',
    reference: doc('vdpa.md'),
  }),
  family({
    id: 'tpm-failed',
    words: /\btpm\b|run cancel command|C[RT]{2}L_REQ|CmdGetTpm/i,
    names: ['CreateTpmDevice'],
    onlyOurs: true,
    doing: 'setting up or using the TPM (--tpm)',
    why: 'A program on the socket (swtpm) serves it; it must be started before, with a control channel and as TPM 2.0.',
    hint: 'See whether swtpm runs and what it prints.',
    reference: doc('tpm.md'),
  }),
]
