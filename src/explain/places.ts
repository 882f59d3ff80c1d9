/** Where in the life of a virtual machine an error that is not known happened, by the names in its text. */
import type { Layer } from './diagnosis.ts'

export interface Place {
  readonly layer: Layer
  /** "while …" */
  readonly doing: string
}

/** The first that fits: what names one device or one step before what names a whole layer. */
const places: readonly (readonly [Layer, RegExp, string])[] = [
  ['confinement', /landlock|seccomp/i, 'confining itself (Landlock, seccomp)'],
  ['device', /vfio-user|VfioUser|user device/i, 'setting up a vfio-user device'],
  [
    'device',
    /vfio|\bIommuDmaMap|iommu table|passthrough|region #\d|device BAR/i,
    'handling a passed-through device (VFIO)',
  ],
  ['device', /vdpa/i, 'setting up a vDPA device'],
  ['hypervisor', /\btdx\b|tdvf/i, 'starting a confidential guest (TDX)'],
  ['hypervisor', /\bsev\b|sev[-_]snp|ArmRme|\brealm/i, 'starting a confidential guest'],
  ['payload', /igvm/i, 'loading the IGVM file'],
  [
    'hypervisor',
    /\bv?gic\b|\bv?aia\b|interrupt ?controller|CreateV?(?:Gic|Aia)|SetDeviceAttribute/i,
    'creating the interrupt controller',
  ],
  ['socket', /virtio-fs|VirtioFs|\b_fs\d/i, 'talking to virtiofsd (virtio-fs)'],
  ['socket', /vsock/i, 'handling the vsock device'],
  [
    'network',
    /virtio-net|VirtioNet|OpenTap|\btaps?\b|vhost-user-net|VhostUserNet|--net\b|ParseNetwork|\bnet: [rt]x|NetQueuePair|^net\d{0,2}(?:_|$)/i,
    'handling the network',
  ],
  [
    'disk',
    /\bdisk|virtio-blk|AsyncIo|io_uring|IoUring|vhost-user-blk|VirtioBlock|VhostUserBlk|qcow|vhdx|LockingError|--disk\b|RequestParsing|RequestExecuting|\bblock\b/i,
    'handling a disk',
  ],
  ['socket', /vhost-?user/i, 'talking to a vhost-user backend'],
  ['other', /VmSnapshot\(|snapshotted|Cannot snapshot VM|Failed to snapshot/, 'taking a snapshot'],
  [
    'socket',
    /migration|migrating|VmSendMigration|VmReceiveMigration|Migrate(?:Socket|Send|Receive)/i,
    'migrating',
  ],
  [
    'socket',
    /api[ -]?socket|api[ -]server (?:thread|socket)|--api-socket|StartVmmThread|Http(?:Server|Error|Method|Api)|\bHTTP (?:API|socket|server|thread|request)|SerdeJson|Error from API/i,
    'answering on the API socket',
  ],
  ['console', /console|(?<!de)serial(?!i[sz])|\bpty\b|debugcon|--serial/i, 'setting up the consoles'],
  [
    'memory',
    /memory[ _]?manager|\bmemory\b|hugepage|--memory|Mmap|GuestMemory/i,
    'setting up the guest memory',
  ],
  [
    'payload',
    /kernel(?! returned)|firmware|initramfs|initrd|cmdline|payload|bzImage|uefi/i,
    'loading the firmware or kernel',
  ],
  ['device', /pmem|persistent memory/i, 'setting up persistent memory'],
  ['device', /balloon/i, 'setting up the balloon'],
  ['device', /\brng\b/i, 'setting up the random number device'],
  ['device', /watchdog/i, 'setting up the watchdog'],
  ['device', /\btpm\b/i, 'setting up the TPM'],
  ['device', /iommu/i, 'setting up the virtual IOMMU'],
  ['cpu', /vcpu(?!s?['"])|\bcpus?\b(?!['"])|CpuManager/i, 'setting up or running the virtual CPUs'],
  ['device', /virtio|device[ _]?manager|--device|\bpci\b|\bqueue\b/i, 'setting up a device'],
  ['other', /snapshot|restor/i, 'restoring a snapshot'],
  [
    'hypervisor',
    /(?<!start[ _]|cloud[- ])hypervisor|kvm|mshv|VmCreate|Failed to create Vm\b/i,
    'talking to the hypervisor of the kernel',
  ],
  ['usage', /^error: |parsing|ParsingConfig|validat/i, 'reading its command line'],
]

/** Files of our sources that are about one device: their name says which, as that of its thread does. */
const deviceSource =
  /(?:^|\/)(?:virtio-devices|vm-virtio|devices|block|vhost_user_\w+)\/(?:\S{1,80}\/)?(\w+)\.rs$/

/**
 * @param thread that wrote the record; its name says which device, where the text does not
 * @param source the file that wrote it
 * @param text of the error; words of an errno and messages of other programs say nothing about the place
 */
export const placeOf = (text: string, thread = '', source = ''): Place => {
  const bare = text.replace(/message: "[^"]{0,400}"|[^›(\n]{0,200}\(os error \d{1,3}\)/g, '')
  const find = (words: string) => places.find(([, expression]) => expression.test(words))
  const [layer, , doing] = find(bare) ??
    find(deviceSource.exec(source)?.[1] ?? '') ??
    find(thread.replace(/^_/, '')) ?? ['other' as const, null, 'running']
  return { layer, doing }
}
