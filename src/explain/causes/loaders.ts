/** What boot loaders and first-boot programs of other systems print: shim, systemd-boot, GRUB, Ignition, BSD, unikernels. */
import { type Cause, doc } from '../cause.ts'

const uefi = doc('uefi.md')

export const loaders: readonly Cause[] = [
  {
    id: 'shim-mok',
    line: [
      /Could not create MokListRT|import_mok_state\(\) failed|Something has gone s?eriously wrong: .{0,80}mok/i,
      /mok(?:manager|util)?: .{0,60}(?:Not Found|failed)/i,
    ],
    // hypervisor-fw answers so, and has a cause of its own.
    needs: ({ says }) => !says(/(?:import_mok_state\(\) failed|MokList\w{0,20}): Unsupported/),
    what: 'shim, the first loader of the image, could not make its variables (MOK) in the firmware, and stopped.',
    why: 'The firmware keeps no (or too few) variables: hypervisor-fw has almost none, and CLOUDHV.fd keeps them in memory only. Some releases of shim take that for fatal.',
    hint: 'Use a newer image, or CLOUDHV.fd instead of hypervisor-fw; or boot GRUB without shim (copy grubx64.efi to \\EFI\\BOOT\\BOOTX64.EFI in the image), or the kernel directly.',
    check: 'firmware',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'systemd-boot-failed',
    line: [
      /Error loading EFI binary (?<file>\S{1,120}): (?<words>.{1,60})/,
      /Failed to (?:execute|open|load) (?!Boot[0-9A-F]{4} )(?<file>.{1,80}\.(?:efi|EFI)\)?|.{1,60}\(\\\S{1,80}\)): (?<words>.{1,60})/,
      /(?:Failed to open random seed file|Error opening root path|No loader found\. Configuration files)/,
    ],
    what: 'The boot loader of the image (systemd-boot) could not load {file|its kernel}: {words|see the message}.',
    why: 'Not found: the entry names a kernel that is not on the EFI partition (removed, or /boot is another partition). Load Error: the file is damaged or not for this architecture, or the firmware cannot load it (hypervisor-fw knows less than CLOUDHV.fd). "random seed" alone is a remark.',
    hint: 'Compare the files on the EFI partition with loader/entries in the image (mount it on the host, read-only), use CLOUDHV.fd, or boot the kernel directly with --kernel, --initramfs and --cmdline.',
    check: 'firmware',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'grub-note',
    severity: 'note',
    line: [
      /^error: no suitable video mode found\.?$/,
      /Booting in blind mode/,
      /failure (?:reading|writing) sector 0x[\da-f]+ (?:from|to) `hd\d'/,
    ],
    what: 'GRUB has no screen (or cannot write to its disk) here and goes on: by itself that is harmless.',
    why: 'The machine has no graphics. The kernel is started next and writes where its console= says. A write that fails is the environment block of GRUB on a disk that may not be written.',
    hint: 'If nothing follows: add `console=ttyS0` to the kernel command line in the image (GRUB_CMDLINE_LINUX, `GRUB_TERMINAL="console serial"`), with `--serial tty --console off`.',
    reference: doc('logging.md'),
    confidence: 'likely',
  },
  {
    id: 'uboot-no-boot',
    line: [
      /^=> ?$/,
      /No ethernet found\.$/,
      /\*\* (?:Bad device|Unable to read file|Invalid partition).{0,80}/,
    ],
    needs: ({ says }) => says(/U-Boot/),
    what: 'U-Boot runs as the firmware of the guest and found nothing that it could boot (or waits at its prompt).',
    why: 'Its build must have virtio over PCI and the console of this machine; without a boot script, an extlinux.conf or an EFI loader on a disk it stops at its prompt.',
    hint: 'At the prompt: `virtio scan`, `ls virtio 0:1`, `bootefi`; simpler is CLOUDHV.fd (arm64: CLOUDHV_EFI.fd) or the kernel directly.',
    check: 'firmware',
    reference: uefi,
    confidence: 'possible',
  },
  {
    id: 'ignition-failed',
    line: [
      /\bignition(?:\[\d+\])?: .{0,40}failed to fetch config: (?<words>.{1,120})/i,
      /^failed to fetch config: (?<words>(?:not a config|resource requires networking|.{0,80}).{0,60})/,
      /Failed to start (?:Ignition|ignition)\b.{0,60}/,
    ],
    what: 'Ignition, which sets up Flatcar and Fedora CoreOS at the first boot, got no configuration: {words|see the message}.',
    why: 'It asks the platform that the image was made for (ignition.platform.id on its kernel command line): a QEMU image looks at fw_cfg, which Cloud Hypervisor does not have (or only newer builds), an OpenStack or EC2 image at a metadata server. cloud-init seeds are not read by it.',
    hint: 'Take an image or set `ignition.platform.id=metal` with `ignition.config.url=http://…` on the kernel command line (direct boot), or put the config into the image; Flatcar of the OpenStack platform reads a config drive (label config-2).',
    reference: 'https://coreos.github.io/ignition/supported-platforms/',
    confidence: 'likely',
  },
  {
    id: 'guest-bsd',
    line: [
      /^(?:panic: (?:acpi: can't alloc|running without device atpic|.{0,60}mountroot)|mountroot> ?$|Mounting from \S{1,80} failed with error \d+)/,
    ],
    what: 'A BSD system runs as the guest: it came as far as its loader or kernel, and stopped at a device of this machine.',
    why: 'Cloud Hypervisor is made for Linux and Windows. BSD needs UEFI (CLOUDHV.fd), virtio 1.x over PCI (FreeBSD 13 and later, OpenBSD 7.x), and a console on the serial port; parts of a PC that it expects (PIC, PS/2, VGA) are not there. "failed with error 19" is a root device that it did not find: vtbd0 and its partitions.',
    hint: 'Start it with `--firmware CLOUDHV.fd --serial tty --console off`; in its loader `set console="efi"` or comconsole, and mount from ufs:/dev/vtbd0p2 (`?` at mountroot lists the disks); use its newest release.',
    check: 'firmware',
    reference: doc('README.md#guest-os'),
    confidence: 'possible',
  },
  {
    id: 'guest-unikernel',
    line: [
      /(?:ERR|CRIT|Crit|Err)\S{0,4} {1,4}\[libkvmplat\] .{1,120}/,
      /^OSv:? .{0,80}(?:could not|not found|abort).{0,60}/,
      /Unable to find multiboot\/PVH memory map/,
    ],
    what: 'A unikernel (Unikraft, OSv) started and did not find something of the machine that it was built for.',
    why: 'It must be built for Cloud Hypervisor or a machine like it: started over PVH, virtio 1.x over PCI, serial port at 0x3f8. Builds for QEMU (multiboot) or Firecracker (virtio over MMIO) do not fit.',
    hint: 'Build it for this platform (PVH entry, VIRTIO_PCI modern), and see whether its project lists Cloud Hypervisor.',
    check: 'kernel-image',
    reference: doc('README.md#guest-os'),
    confidence: 'possible',
  },
  {
    id: 'hypervisor-fw-defect',
    patterns: [
      [/panicked at .{0,160}src\/(?:fat|part|loader|bzimage|block|efi|virtio|paging|alloc)\S{0,12}\.rs/],
    ],
    needs: ({ says }) =>
      says(/Booting (?:with PVH|via)|hypervisor-fw|rust-hypervisor-firmware|Page tables setup/i),
    what: 'hypervisor-fw, the firmware of the guest, panicked: a defect in it, or a disk that it does not understand.',
    why: 'The file in the message says where: fat.rs and part.rs read the EFI partition, loader.rs and bzimage.rs what is on it.',
    hint: 'Use the newest hypervisor-fw or CLOUDHV.fd (`chv-doctor fix fetch-firmware`), an unchanged cloud image, and report it with the image to rust-hypervisor-firmware.',
    check: 'firmware',
    reference: 'https://github.com/cloud-hypervisor/rust-hypervisor-firmware/issues',
    confidence: 'likely',
  },
  {
    id: 'firmware-wrong-architecture',
    line: [/Image type (?<image>\w{2,12}) can't be loaded on (?<machine>\w{2,12}) UEFI system/],
    what: 'The boot loader on the disk is for another architecture ({image|…}) than the machine ({machine|…}).',
    why: 'An image for x86_64 (amd64) on an arm64 host, or the reverse. KVM runs only guests of its own architecture.',
    hint: 'Take the image for this architecture: `uname -m` (amd64 for x86_64, arm64 for aarch64).',
    check: 'disk-image',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'firmware-no-memory-range',
    line: [/ConvertPages: failed to find range [\dA-F]+ - [\dA-F]+/],
    severity: 'warning',
    what: 'The firmware (EDK2) could not give a loader the very place in memory that it asked for; it mostly goes on with another.',
    why: 'The loader or kernel wants a fixed address that the guest memory does not have or that is in use: too little memory, or an image for another machine.',
    hint: 'If the boot stops there, give the guest more memory (`--memory size=1G`), or another kernel (relocatable), or boot it directly.',
    check: 'firmware',
    reference: uefi,
    confidence: 'possible',
  },
]
