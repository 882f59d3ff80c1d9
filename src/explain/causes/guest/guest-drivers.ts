/** What drivers of a guest say of the devices that they find: shares, cards, and the virtio drivers of Windows. */
import { type Cause, doc, issue } from '../../cause.ts'

export const guestDrivers: readonly Cause[] = [
  {
    id: 'guest-gpu-library',
    line: [/NVML_ERROR_LIB_RM_VERSION_MISMATCH|Failed to initialize NVML: Driver\/library version mismatch/],
    what: 'The NVIDIA library of a program in the guest and the kernel module that is loaded there are of different versions.',
    why: 'The library comes with the image of a container or an update, the module with the kernel of the guest: both must be of the same driver release.',
    hint: 'Use an image without a driver of its own (the container toolkit brings the one of the machine), or the same version; after an update restart the guest. `cat /proc/driver/nvidia/version` shows the module.',
    reference: 'https://docs.nvidia.com/deploy/nvml-api/',
    confidence: 'likely',
  },
  {
    id: 'guest-virtio-access-platform',
    line: [/(?:(?<driver>\w+) (?<device>virtio\d+): )?device must provide VIRTIO_F_ACCESS_PLATFORM/],
    what: 'The guest is a protected one (TDX, SEV) and does not take the device {device|} ({driver|see the line}): it does not offer VIRTIO_F_ACCESS_PLATFORM.',
    why: 'The memory of a confidential guest is encrypted, so its drivers take only devices that use the memory which the guest shares with them (bounce buffers). virtiofsd and most other vhost-user back-ends do not offer that feature.',
    hint: 'Leave a shared directory (virtio-fs) and vhost-user devices out of a confidential guest and use a disk; with `iommu=on` Cloud Hypervisor offers the feature for its own devices.',
    reference: doc('intel_tdx.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-fs-dax',
    line: [
      /\bfuse_setup_one_mapping\b/,
      /\bfuse_(?:dax|dax_mem_range|iomap)\w*\b.{0,60}(?:fail|err)/i,
      /virtio_?fs.{0,60}\b(?:dax|cache window|No cache capability)\b/i,
      /\bdax(?:=\w+)?\b.{0,40}(?:not supported|unsupported|failed).{0,40}(?:virtio-?fs|fuse)?/i,
    ],
    what: 'virtiofs with DAX (files of the share mapped into the guest) failed in the kernel of the guest.',
    why: '{errno|} DAX needs a virtiofsd and a VMM that both serve the mappings (their back channel), and are of the same time; virtiofsd as it is today, and Cloud Hypervisor from 24 on, do not. -22 is a request that virtiofsd did not accept.',
    hint: 'Mount the share without dax (`mount -t virtiofs TAG /mnt`), drop dax= and cache_size= of --fs (in Kata: virtio_fs_cache_size = 0), and use a virtiofsd that fits the release.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-fs-error',
    line: [
      /^(?:\[ *[\d.]+\] ?)?(?:virtio[-_]?fs|fuse_\w{2,30})\b.{0,160}(?:fail|error|err=|timed? ?out|-\d{1,3}\b)/i,
      /(?:Transport endpoint is not connected|Stale file handle).{0,80}|\bESTALE\b.{0,40}virtio-?fs/i,
    ],
    needs: ({ text, says }) => /virtio[-_]?fs|fuse/i.test(text) || says(/virtio-?fs/i),
    what: 'The shared directory (virtiofs) gave the guest an error: {said|see the message}.',
    why: '{errno|} The answer comes from virtiofsd on the host. If it ended or was restarted, or the VM was restored, its open files are gone; else the directory, its permissions or its sandbox on the host refuse the request.',
    hint: 'See whether virtiofsd still runs and what it printed; mount the share again (`umount`, `mount -t virtiofs TAG /mnt`), or restart virtiofsd and the VM together.',
    reference: doc('fs.md'),
    confidence: 'possible',
  },
  {
    id: 'windows-driver',
    line: [
      /\b(?:NetKVM|netkvm|viostor|vioscsi|vioser|viorng|vioinput|viofs|pvpanic(?! got)|virtio-win)\b.{0,160}\b(?:error|fail\w*|code|event|problem|stop\w*|not start\w*|detected)\b/i,
      /\bCM_PROB_\w+|(?:Problem Code|\(Code) (?:10|28|31|39|43|52)\b|Dieses Gerät wurde angehalten|This device (?:cannot start|has been stopped)|Windows has stopped this device/i,
      /NDIS Event \d+/,
      /Red Hat VirtIO .{0,60}(?:error|fail\w*|problem|Code)\b/i,
    ],
    what: 'A driver of Windows could not start or run a device of the VM (virtio drivers: NetKVM, viostor, vioscsi).',
    why: 'Driver and release do not fit, or the driver is missing. NetKVM of virtio-win 0.1.271 and later stops (code 43, event 10317) with releases before 52, which answer a control command that they do not know with an error. Code 28 is a driver that is not installed, 10 one that cannot start its device, 52 a signature that is not accepted.',
    hint: 'Use Cloud Hypervisor 52 or newer, or the drivers of virtio-win 0.1.240; install the driver of the device from the virtio-win image, and see its properties in the device manager.',
    check: 'cloud-hypervisor',
    reference: issue(7925),
    confidence: 'likely',
  },
  {
    id: 'guest-gpu-driver',
    line: [
      /\bNVRM: (?!loading|Persistence|objClInitPcieChipset).{1,200}/,
      /\bnvidia(?:-\w+)? ?[\w:.]{0,14}: .{0,60}(?:probe|fail|error|unable)/i,
      /NVIDIA-SMI has failed|No devices were found$|RmInitAdapter failed/,
      /\b(?:amdgpu|nouveau|i915|xe) [\w:.]{7,14}: .{0,100}(?:fail|error|fatal|timeout|timed out)/i,
      /\bUnable to determine the device handle for GPU/,
    ],
    needs: ({ text, says }) =>
      /NVRM|NVIDIA-SMI|RmInitAdapter/.test(text) ||
      says(/vfio|cloud-?hypervisor|virtio|--device\b|passthrough|\bclh\b|\bguest\b| 0000:00:/i),
    what: 'The driver of a passed-through graphics card or accelerator could not set it up in the guest: {said|see the message}.',
    why: 'Usual reasons: a memory area of the card (BAR) found no place or "is 0M" (a window of the PCI segment that is too small, or firmware that did not place it), a reset that the card does not survive (the first start works, the second does not), a kernel or driver of the guest that does not know the card, or not all functions of the card passed through (audio, USB).',
    hint: 'Look at `dmesg | grep -iE "BAR|NVRM|vfio"` in the guest and `sudo dmesg | grep -i vfio` on the host. Pass all functions of the card, give it a segment of its own or more room (`--platform num_pci_segments=2`, `--pci-segment pci_segment=1,mmio64_aperture_weight=4`), boot with CLOUDHV.fd or a kernel directly, and compare a newer release.',
    reference: doc('vfio.md'),
    confidence: 'possible',
  },
  {
    id: 'guest-card-driver',
    line: [
      /\b(?:mlx5_core|mlx4_core|ixgbe|ixgbevf|i40e|iavf|ice|igb|igbvf|e1000e?|bnxt_en|nvme|qat_\w+|mpt3sas|megaraid_sas|xhci_hcd|efa|ena) (?:nvme\d+|[\da-f]{4}:[\da-f]{2}:[\da-f]{2}\.\d)\b.{0,160}(?:fail|error|timeout|timed out|unable|abort|not responding|probe|still in reset|no done completion)/i,
      /\bnvme nvme\d+: .{0,100}(?:timeout|controller is down|Device not ready|aborting|Removing after probe failure)/i,
    ],
    needs: ({ says }) => says(/vfio|cloud-?hypervisor|virtio|--device\b|passthrough|\bguest\b| 0000:00:/i),
    what: 'The driver of a passed-through device could not set it up or lost it: {said|see the message}.',
    why: 'Interrupts (MSI-X) or memory accesses (DMA) do not reach it, its reset failed, or its memory area (BAR) has no place: a host without interrupt remapping, a device that still belonged to the host, or a limit of this release for that device. A virtual function (SR-IOV) also needs its physical function on the host up ("PF still in reset").',
    hint: 'See `sudo dmesg | grep -iE "vfio|DMAR|AMD-Vi"` of the host at that time, and `lspci -vv` in the guest; start the VM anew after a reset of the device (`echo 1 | sudo tee /sys/bus/pci/devices/ADDRESS/reset`), and compare a newer release.',
    reference: doc('vfio.md'),
    confidence: 'possible',
  },
  {
    id: 'hypervisor-fw-stuck',
    severity: 'warning',
    line: [
      /^Bar: type=Memory\w+ address=/,
      /^PCI Device: \d+:\d+\.\d [\da-f]{4}:[\da-f]{4}/,
      /^Found PCI device vendor=/,
    ],
    // With words of a loader or a kernel behind it, it did not end here.
    needs: ({ says }) =>
      !says(
        /Linux version|Booting Linux on|[Cc]ommand line:|EFI stub|Decompressing Linux|\bGRUB\b|systemd|login:|Welcome to|PANIC|Exception|Found bootloader|Executable loaded|Bootable partition|shim|MokList|error: /i,
      ),
    what: 'The firmware hypervisor-fw listed the devices and says nothing after that: no boot loader was started.',
    why: 'It looks for a virtio disk with an EFI partition, and reads the boot loader from it. It may take some seconds; for ever it stays there with an image that is not raw, has no EFI partition, or whose loader it cannot run. On AArch64 (arm64) it does not get stock images of Ubuntu past shim and GRUB in many builds. Warnings about shared caches (L2) are harmless.',
    hint: 'Boot the same image with CLOUDHV.fd (EDK2; on arm64 CLOUDHV_EFI.fd), which says more and boots more, or its kernel directly with --kernel, --initramfs and --cmdline; `qemu-img info FILE` says whether it is raw.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: issue(2210),
    confidence: 'possible',
  },
]
