/** Devices of the host that are passed through to the guest. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'
import { devices } from '../../reading/command-line.ts'

const vfio = doc('vfio.md')

/** Under which sysfs shows the device of a PCI address. */
const pciDirectory =
  /^\/sys\/(?:bus\/pci\/(?:devices|drivers\/[\w-]{1,40})|devices\/pci[\w:./]{1,120})\/[\da-f]{4}:[\da-f]{2}:[\da-f]{2}\.[0-7]\/?$/i

const creates = /Cannot create a VFIO device|VfioCreate\(/

/** What is said where the link to the IOMMU group cannot be read. */
const isNoPath = /invalid path|InvalidPath/i

/** Whether every --device of the command is written as the directory of a PCI device. */
const namesPciDevices = ({ command }: Evidence): boolean => {
  const named = command ? devices(command, 'device') : []
  return named.length > 0 && named.every(({ path }) => pciDirectory.test(path ?? ''))
}

export const vfioDevices: readonly Cause[] = [
  {
    id: 'vfio-region-unaligned',
    patterns: [
      [/VfioMapRegion\(/, 22],
      [/MMIO region|map VFIO|VFIO region/i, /user memory region|user memory/i, 22],
    ],
    what: 'A memory area (BAR) of the passed-through device could not be mapped into the guest.',
    why: 'KVM maps whole pages only, and refuses an area that is not aligned to them (EINVAL). On a host kernel with 64 KiB pages (common on arm64) an area or its MSI-X table is smaller than one page; releases differ in how they go round that. It is not a lack of guest memory.',
    hint: 'See `getconf PAGESIZE`: with 65536 use a host kernel with 4 KiB pages, and a newer release; else leave the device out.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'iommu-map-refused',
    patterns: [
      [
        /IommuDmaMap\(|failed to add guest memory map into iommu table|failed to map memory for VFIO container/,
        22,
      ],
    ],
    what: 'The IOMMU of the host refused to map an address for a passed-through device (VFIO): the address is beyond what it can translate, or not aligned (EINVAL).',
    why: 'The IOMMU of small processors translates 39 bits of address ("Host address width 39" in the kernel log); a guest with a virtual IOMMU (iommu=on), or with memory or BARs above that, asks for more. An address that is no multiple of a page of the host, or that lies in a range that the host reserves, is refused as well.',
    hint: 'See `sudo dmesg | grep -iE "DMAR|address width"`. With a virtual IOMMU add `--platform iommu_address_width=39` (from release 44), or drop iommu=on of that device; else give the guest less address space with `--cpus boot=N,max_phys_bits=39`.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'iommu-map-limit',
    patterns: [
      [
        /IommuDmaMap\(|failed to add guest memory map into iommu table|failed to map memory for VFIO container/,
        28,
      ],
    ],
    what: 'VFIO refused another mapping for a passed-through device: the number of mappings is used up (ENOSPC).',
    why: 'The driver vfio_iommu_type1 keeps 65,535 mappings for each container unless told otherwise; no disk is full.',
    hint: 'Raise it: `echo 1000000 | sudo tee /sys/module/vfio_iommu_type1/parameters/dma_entry_limit`; huge pages for the guest need fewer.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'virtual-iommu-missing',
    patterns: [[/\bMissingVirtualIommu\b/], ['Missing virtual IOMMU']],
    what: 'A device asks for iommu=on, and this VM has no virtual IOMMU.',
    why: 'The virtual IOMMU (virtio-iommu) is made when the VM is created, for the devices that have iommu=on then; it cannot be added to a running VM. The IOMMU of the host is another one and not at fault.',
    hint: 'Add the device without iommu=on, or create the VM with a virtual IOMMU: a device with iommu=on from the start, or `--platform num_pci_segments=2,iommu_segments=1` with `pci_segment=1` for the device.',
    reference: doc('iommu.md'),
    confidence: 'likely',
  },
  {
    id: 'vfio-teardown',
    severity: 'warning',
    patterns: [
      [
        /(?:Could not|Failed to|Error) (?:delete|remove|unmap|unset|close|free|disable)\b[^›]{0,60}(?:VFIO|vfio|iommu)/,
      ],
      [/Could not unset container/],
    ],
    anyLevel: true,
    what: 'Cloud Hypervisor could not release a passed-through device (VFIO) in order: {said|see the message}.',
    why: '{errno|} This is said while a device is taken down: at the end of the VM, at its reboot, or when the device is removed. By then its descriptors may be closed already; the message follows from the end and is not its reason. Where the VM ended as it was meant to, it is harmless.',
    hint: 'Look at what stands before it, if the VM was not to end. If the device cannot be used again, see `sudo dmesg | grep -i vfio`; a newer release closes in another order.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'vfio-not-loaded',
    patterns: [
      ['failed to open /dev/vfio/vfio container', 2],
      ['VfioCreate(OpenContainer(', 2],
      ['VfioCreate(OpenContainer(', 19],
      ['failed to open /dev/vfio/vfio container', 19],
    ],
    what: 'There is no /dev/vfio/vfio.',
    why: 'The VFIO modules are not loaded; the message comes before the device itself is looked at.',
    hint: 'Load it (`sudo modprobe vfio-pci`) and switch the IOMMU on (VT-d or AMD-Vi in the firmware, `intel_iommu=on`).',
    reference: vfio,
  },
  {
    id: 'vfio-denied',
    patterns: [
      [/failed to open \/dev\/vfio\/\S+/, 13],
      [/VfioCreate\(Open(?:Container|Group)\(/, 13],
    ],
    what: 'The user was not permitted to open the VFIO device.',
    why: 'Files in /dev/vfio belong to root.',
    hint: 'Give the group of the device to your user: `sudo chown $USER /dev/vfio/N`.',
    check: 'vfio',
    confirmedBy: ['vfio/no-access'],
    reference: vfio,
  },
  {
    id: 'vfio-busy',
    patterns: [
      [/failed to open \/dev\/vfio\/\S+/, 16],
      [/VfioCreate\(Open(?:Container|Group)\(/, 16],
    ],
    what: 'The device is in use by another program.',
    why: 'A VFIO group can be opened once: another VM, or an older Cloud Hypervisor that still runs, holds it.',
    hint: 'Stop the other VM: `sudo fuser -v /dev/vfio/N` names its process.',
    reference: vfio,
  },
  {
    id: 'vfio-not-bound',
    patterns: [
      [/failed to open \/dev\/vfio\/\S+ group/],
      [/Vfio(?:Pci)?Create\((?:Vfio\w{1,20}\()?OpenGroup\(/],
      ['failed to get Group Status'],
      ['VfioCreate(GetGroupStatus'],
    ],
    errnos: [2, 6, 19],
    what: 'The device is not bound to vfio-pci.',
    why: 'There is no /dev/vfio/N for its IOMMU group: the driver of the host still has the device.',
    hint: "Unbind it from its driver and bind it to vfio-pci, as upstream's page shows.",
    check: 'vfio',
    confirmedBy: ['vfio/other-driver', 'vfio/no-file'],
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'vfio-group-not-viable',
    patterns: [['group is not viable'], ['GroupViable']],
    line: [/\bgroup \d{1,5} is not viable\b/],
    what: 'Other devices of the same IOMMU group are still used by the host.',
    why: 'A group can only be passed through as a whole.',
    hint: 'Bind all of `ls /sys/bus/pci/devices/ADDRESS/iommu_group/devices` to vfio-pci.',
    check: 'vfio',
    confirmedBy: ['vfio/group-not-whole'],
    reference: vfio,
  },
  {
    id: 'vfio-no-iommu',
    patterns: [
      ["failed to set container's IOMMU driver type"],
      ['ContainerSetIOMMU'],
      ['failed to add vfio group into vfio container'],
    ],
    errnos: [1, 19, 22, 95],
    what: 'The host has no IOMMU that VFIO can use.',
    why: 'It is switched off in the firmware or on the kernel command line, or lacks interrupt remapping.',
    hint: 'Switch on VT-d or AMD-Vi and `intel_iommu=on`; without interrupt remapping `vfio_iommu_type1.allow_unsafe_interrupts=1`.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'vfio-no-iommu-group',
    patterns: [
      [/Failed to find iommu_group for: ?(?<device>[^›\n]{1,200})/],
      [/VfioNoIommuGroup\("(?<device>[^"]{1,200})"/],
      [/VfioNoIommuGroup/],
      [creates, /iommu_group/],
      [creates, isNoPath],
    ],
    needs: (evidence) => !isNoPath.test(evidence.text) || namesPciDevices(evidence),
    what: 'The device {device|that --device names} has no IOMMU group on this host: the IOMMU is switched off, or there is no device at that address.',
    why: 'Cloud Hypervisor reads the link iommu_group in the directory that path= names. Without an IOMMU (VT-d or AMD-Vi in the firmware set-up, `intel_iommu=on` on the kernel command line) no device has that link; without the device the directory itself is missing.',
    hint: 'See whether `ls /sys/kernel/iommu_groups` lists any: if not, switch the IOMMU on and restart the host; else correct the path, `/sys/bus/pci/devices/0000:01:00.0/` (`lspci -D` lists the addresses). Then bind all functions of the device to vfio-pci.',
    check: 'vfio',
    confirmedBy: ['vfio/no-iommu', 'vfio/no-such-device'],
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'vfio-path-wrong',
    patterns: [
      [creates, isNoPath],
      [creates, 'failed to get PCI device'],
    ],
    what: 'The path of --device leads to no device with an IOMMU group.',
    why: 'It is the directory of a PCI device in sysfs (/sys/bus/pci/devices/ADDRESS), in which Cloud Hypervisor reads the link iommu_group. Another path, a slip in the address or a USB device does not have it; with the IOMMU switched off no device has.',
    hint: 'Write `path=/sys/bus/pci/devices/0000:01:00.0/`, and see `ls -l` of iommu_group in it.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'vfio-failed',
    patterns: [
      ['Cannot create a VFIO device'],
      ['Cannot create a VFIO PCI device'],
      ['Failed to DMA map VFIO device'],
      [/Vfio(?:Pci)?Create\(/],
    ],
    what: 'The device of the host could not be passed through (VFIO): {said|see the message}.',
    why: '{errno|} VFIO, the driver or the IOMMU refused a step; the innermost message says which.',
    hint: "Compare with the steps of upstream's page, and look at `sudo dmesg | grep -i vfio`.",
    reference: vfio,
    confidence: 'possible',
  },
  {
    id: 'vfio-optional-region',
    severity: 'note',
    patterns: [[/Could not get region #\d+ info/], [/Could not get VFIO IRQ info for index \d+/]],
    what: 'A passed-through device lacks a region or an interrupt that Cloud Hypervisor asked for.',
    why: 'Every device is asked for all that there can be (VGA region, requests, errors), and none has it all: nothing is wrong.',
    hint: 'Nothing need be done; it is harmless and not the cause of another error.',
    reference: vfio,
  },
  {
    id: 'vfio-bar-moved',
    severity: 'warning',
    patterns: [['Failed moving device BAR']],
    anyLevel: true,
    what: 'The guest or its firmware gave a device an address (BAR) that could not be set up.',
    why: 'Guests write such values while they ask for the size of a BAR, and take them back; whether this one mattered is not in the text.',
    hint: 'If the passed-through device works, it is harmless; else try a newer firmware and a newer release.',
    reference: vfio,
    confidence: 'possible',
  },
]
