/** The memory of the guest and its resizing, where only the errno tells why. */
import { type Cause, doc } from '../../cause.ts'
import { family } from './family.ts'

const page = doc('memory.md')
const hotplug = doc('hotplug.md')

export const memoryFamilies: readonly Cause[] = [
  {
    id: 'memory-file-directory',
    patterns: [
      ['Using a directory as a backing file for memory is not supported'],
      ['DirectoryAsBackingFileForMemory'],
    ],
    what: 'The file= of --memory or --memory-zone names a directory.',
    why: 'Releases from 22 on take a file there; for shared memory without a file of its own there is shared=on.',
    hint: 'Name a file, or drop file= and write `shared=on`.',
    reference: page,
  },
  family({
    id: 'memory-numa-refused',
    words: /NUMA|multiple NUMA nodes/,
    names: ['ApplyNumaPolicy', 'InvalidNumaConfig', 'InvalidSharedMemoryZoneWithHostNuma'],
    onlyOurs: true,
    doing: 'placing the memory on the NUMA nodes of the host (--numa, host_numa_node=)',
    why: 'The node must exist on the host (`numactl -H`), a zone belongs to one node, and shared memory cannot be placed in every case.',
    hint: 'Compare `numactl -H` with host_numa_node= and --numa; leave both out to see whether that is it.',
    reference: page,
  }),
  family({
    id: 'memory-resize-failed',
    words:
      /[Rr]esiz(?:e|ing) (?:the )?memory|memory zone|could not be resized|virtio-mem|hotplug memory|No ACPI slot|Resize invalid|DMA mapping handler/,
    names: [
      'VmResize',
      'VmResizeZone',
      'ResizeZone',
      'NoSlotAvailable',
      'InvalidSize',
      'CreateVirtioMem',
      'VirtioMemResizeFail',
      'MissingVirtioMemHandler',
      'UnknownMemoryZone',
      'MissingZoneIdentifier',
      'DuplicateZoneId',
      'InvalidHotplugMethodWithMemoryZones',
    ],
    doing: 'setting up or resizing memory that can grow (hotplug_size, virtio-mem, zones)',
    why: 'With ACPI memory grows by 128 MiB up to eight times, with virtio-mem within hotplug_size; a zone is resized by its id.',
    hint: 'Compare the request with size=, hotplug_size=, hotplug_method= and the ids of the zones (`ch-remote info`).',
    reference: hotplug,
  }),
  family({
    id: 'sgx-failed',
    words: /\bSGX\b|provisioning device/,
    names: [String.raw`Sgx\w+`, 'EpcSectionSizeInvalid'],
    onlyOurs: true,
    doing: 'setting up SGX (--sgx-epc)',
    why: 'It needs an Intel processor with SGX, its driver and a size that is a multiple of a page; release 48 removed the option.',
    hint: 'Drop --sgx-epc, or see /dev/sgx_vepc.',
    reference: doc('release-notes.md'),
  }),
  family({
    id: 'memory-setup-failed',
    words:
      /Memory manager error|Error from a memory manager|Mmap backed guest memory|(?:create|map) (?:a |an )?(?:new )?(?:map region|MmapRegion|memory map)|Failed to (?:memory map|stat filesystem)|Guest (?:region collection|address overflow)|user memory region|snapshot (?:file|into region)|backing (?:path|file)/,
    names: [
      'MemoryManager',
      'MmapRegion',
      'NewMmapRegion',
      'Mmap',
      'GuestMemory',
      'GuestRegionCollection',
      'SnapshotRead',
      'SnapshotCopy',
      'RemoveUserMemoryRegion',
      'SetUserMemoryRegion',
      'GetFileSystemBlockSize',
      'InvalidAmountExternalBackingFiles',
      'InvalidMemoryPath',
    ],
    onlyOurs: true,
    doing: 'making or mapping the memory of the guest',
    why: 'The memory is mapped into the VMM and given to KVM; its size, its kind of pages, its file and the limits of the host all have a say.',
    hint: 'Compare a run with plain memory: `--memory size=512M`, without hugepages, zones and files.',
    reference: page,
    check: 'memory',
  }),
]
