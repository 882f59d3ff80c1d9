/** What the kernel of a guest and its boot loaders say of the machine that they find. */
import { type Cause, doc } from '../cause.ts'

const uefi = doc('uefi.md')
const readme = doc('README.md')

export const guestMachine: readonly Cause[] = [
  {
    id: 'guest-acpi-missing',
    line: [
      /ACPI BIOS Error \(bug\): A valid RSDP was not found/,
      /ACPI: Unable to (?:locate|find) (?:RSDP|the RSDP)/,
    ],
    what: 'The kernel of the guest found no ACPI tables, and so neither PCI devices nor disks.',
    why: 'It was not started as Cloud Hypervisor hands its tables over (PVH), or by a loader that loses them.',
    hint: 'Use a kernel with CONFIG_PVH and CONFIG_ACPI, or boot through CLOUDHV.fd; drop acpi=off.',
    check: 'kernel-image',
    reference: doc('README.md#building-your-kernel'),
    confidence: 'likely',
  },
  {
    id: 'guest-pci-window',
    severity: 'warning',
    line: [
      /pci \S{7,14}: BAR \d{1,2}[: ].{0,60}(?:no space for|failed to assign|can't assign|no compatible bridge window)/,
      /can't claim BAR \d+ /,
    ],
    what: 'The kernel of the guest did not find a place for an address range (BAR) of a PCI device.',
    why: 'The window of addresses of that PCI segment is too small for it: large passed-through devices, or many of them. A kernel that prints it for small devices usually goes on.',
    hint: 'If the device does not work in the guest: put it on a segment of its own (`pci_segment=`), or give that segment more (`--pci-segment …,mmio64_aperture_weight=`).',
    reference: doc('device_model.md'),
    confidence: 'possible',
  },
  {
    id: 'guest-clock-unstable',
    severity: 'note',
    line: [
      /Marking clocksource '?tsc'? (?:as )?unstable/i,
      /Fast TSC calibration failed|Unable to calibrate against PIT|TSC found unstable/i,
      /8254 timer not connected to IO-APIC/,
      /Failed to access perfctr msr/,
    ],
    what: 'The guest does not trust the clock of the processor (TSC), or did not find an old timer: usually harmless.',
    why: 'Under nested virtualisation and on busy hosts the clock jumps; old timers and counters of a PC are not there on this machine. The kernel takes another clock (kvm-clock).',
    hint: 'Nothing need be done, unless the time of the guest runs wrong: then see `cat /sys/devices/system/clocksource/clocksource0/current_clocksource` in it.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-irq-missing',
    line: [
      /can't find irq for device/,
      /virtio\d+: (?:failed to (?:find|request) vqs?|Unable to (?:find|allocate))/i,
    ],
    what: 'A virtio device of the guest got no interrupt.',
    why: 'The devices of Cloud Hypervisor use MSI-X: the kernel needs CONFIG_PCI_MSI and ACPI, and must not be started with pci=nomsi, noapic or acpi=off.',
    hint: 'Use the kernel of the image itself, and drop such parameters from --cmdline.',
    check: 'kernel-image',
    reference: doc('README.md#building-your-kernel'),
    confidence: 'likely',
  },
  {
    id: 'grub-out-of-memory',
    line: [/^error: (?:\S{0,120}:\d+:)?\s?out of memory\.?$/],
    what: 'The boot loader (GRUB) had not enough memory for kernel and initrd.',
    why: 'Both are loaded into the memory of the guest at once; small guests, very large initrds and defects of some releases of GRUB with much memory are the reasons.',
    hint: 'Give the guest another size of memory (`--memory size=2G`), a smaller initrd, or boot its kernel directly.',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'efi-stub-failed',
    line: [/^EFI stub: ERROR: (?<words>.{1,160})/],
    what: 'The kernel of the guest could not be started by the firmware: {words|see the message}.',
    why: 'The part of the kernel that runs under UEFI (EFI stub) gave up: memory that is too small or too scattered, an initrd that the firmware does not hand over, or a kernel for another machine.',
    hint: 'Give the guest more memory, use CLOUDHV.fd (on aarch64 CLOUDHV_EFI.fd), or boot its kernel directly with --kernel.',
    check: 'firmware',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'firmware-boots-network',
    line: [/^\s*(?:>>\s?)?Start (?:PXE|HTTP) (?:Boot )?over IPv[46]/, /\bPXE-E\d{2}\b/],
    what: 'The firmware found nothing to boot on the disks and tries the network.',
    why: 'No disk has an EFI partition with a boot loader: the disk was not given, is not raw, is a bare file system, or is for another architecture.',
    hint: 'Give a cloud image for EFI, converted to raw, as the first disk.',
    check: 'disk-image',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'windows-boot-manager',
    line: [
      /\b0x[cC]000(?:0225|000[fFeE]|0001|0098|014[cC]|0428)\b/,
      /Windows failed to start\./,
      /required device (?:isn't connected|is inaccessible)/,
      /\*{3} STOP: 0x(?<code>[0-9A-F]{8})/i,
    ],
    needs: ({ says }) =>
      says(/windows|winload|boot(?:mgr| manager| selection)|STOP: 0x|required device|BCD/i),
    what: 'Windows did not start: its boot manager or kernel stopped (code {code|see the message}).',
    why: 'The virtio driver of the disk (viostor) is not in the image, the image was made for another firmware (BIOS instead of UEFI), or it was started without CLOUDHV.fd and kvm_hyperv=on. 7B and c0000225 are the disk.',
    hint: 'Install the virtio drivers into the image on another machine first, then start it with `--firmware CLOUDHV.fd --cpus boot=2,kvm_hyperv=on`.',
    check: 'firmware',
    reference: doc('windows.md'),
    confidence: 'likely',
  },
  {
    id: 'windows-console-up',
    severity: 'note',
    line: [
      /Computer is booting, SAC started and initialized/,
      /^SAC>\s*$/,
      /The CMD command is now available/,
    ],
    what: 'Windows runs: this is its console on the serial port (SAC).',
    why: 'It is what a Windows guest shows there; nothing is wrong with it.',
    hint: 'Type `cmd`, then `ch -sn Cmd0001`, to log in; or use RDP over its network.',
    reference: doc('windows.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-its-missing',
    severity: 'note',
    line: [/\bITS: No ITS available/, /GICv3: no VLPI support/, /\bno ITS for device\b/i],
    what: 'The interrupt controller of the guest (GICv3) lacks parts that its kernel asked for: harmless.',
    why: 'Kernels print what the controller does not have. Devices use MSI through the ITS: where that itself is missing, virtio devices do not appear.',
    hint: 'Nothing need be done if the disks appear.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-silent-after-firmware',
    severity: 'note',
    line: [/^EFI stub: Exiting boot services/, /^exit_boot_services$/, /^BdsDxe: starting Boot\d{4} /],
    // With words of a kernel or a loader behind it, it did not end here.
    needs: ({ says }) =>
      !says(
        /Linux version|Booting Linux on|\[ {0,5}\d\.\d{6}\]|GRUB|systemd|login:|Welcome to|Shell>|PANIC|Exception/,
      ),
    what: 'The firmware handed over to the loader or kernel of the guest; what it says from here on does not appear.',
    why: 'A kernel writes where its console= says: ttyS0 (on aarch64 ttyAMA0) is the serial port, hvc0 the console. Without such an option it is silent, although it runs; or it hangs in its first steps.',
    hint: 'Add `console=ttyS0` (aarch64 `console=ttyAMA0`) and `earlycon` to the command line of the kernel, in the boot loader of the image or in --cmdline, with `--serial tty --console off`.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
]
