/** What firmware and boot loaders say on the serial port. */
import { type Cause, doc, issue } from '../cause.ts'

const uefi = doc('uefi.md')
const windows = doc('windows.md')

export const firmwareGuest: readonly Cause[] = [
  {
    id: 'edk2-crashed',
    line: [
      /^!{4} (?:X64|IA32|AArch64) Exception Type\b/,
      /^(?:Synchronous|SError|IRQ|FIQ) Exception at 0x[0-9A-F]{6,}/i,
      /^ASSERT(?:_EFI_ERROR|_RETURN_ERROR)? (?:\[\w+\]|\(|\S{1,200}\.c\(\d+\))/,
      /^MpInitChangeApLoopCallback\(\) (?!done)/,
    ],
    what: 'The firmware (EDK2, CLOUDHV.fd) crashed inside the guest.',
    why: 'This is a defect of that build of the firmware, or of a loader that it started; several are known with nested virtualisation, many vCPUs and large memories, and are mended in newer builds.',
    hint: 'Use a newer CLOUDHV.fd (on aarch64 CLOUDHV_EFI.fd), try `--cpus boot=1`, or boot the image with hypervisor-fw.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: issue(6817),
    confidence: 'likely',
  },
  {
    id: 'edk2-ap-loop',
    severity: 'note',
    line: [/^MpInitChangeApLoopCallback\(\) done!?$/],
    what: 'The firmware (EDK2) parked the other CPUs: the last line that it prints before the loader takes over.',
    why: 'What comes next is the boot loader or kernel. If nothing follows, that one hangs or speaks elsewhere; a reboot of a VM that was restored from a snapshot is known to stop here.',
    hint: 'Start the VM afresh instead of rebooting it, and see that the guest speaks on the console that you watch.',
    reference: uefi,
    confidence: 'possible',
  },
  {
    id: 'hypervisor-fw-shim',
    line: [
      /import_mok_state\(\) failed: Unsupported/,
      /(?:Failed to set|Could not create) MokList\w{0,20}: Unsupported/,
      /^Relocation failed: Unsupported/,
      /^Reloc \d+ block size \d+ is invalid/,
    ],
    what: 'hypervisor-fw cannot run the boot loader (shim) of this image.',
    why: 'The loader asks for functions of UEFI that this small firmware does not have: variables, a TPM log, relocation.',
    hint: 'Boot the image with CLOUDHV.fd (EDK2; on aarch64 CLOUDHV_EFI.fd), or try a newer hypervisor-fw.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'hypervisor-fw-grub',
    line: [
      /^error: (?:could not set EFI variable [`'"]|failed to install protocols)/,
      /^error: .{0,60}(?:LoadFile2|load_file2|LoaderDevicePartUUID)/i,
      /^EFI stub: ERROR: .{0,60}initrd/i,
    ],
    what: 'The firmware lacks functions of UEFI that the boot loader (GRUB) of this image asks for: hypervisor-fw is known for it.',
    why: 'GRUB sets variables and hands the initrd over through a protocol of UEFI. Without them the kernel starts without its initrd, and then finds no root file system.',
    hint: 'Boot the image with CLOUDHV.fd (EDK2; on aarch64 CLOUDHV_EFI.fd); or boot its kernel directly, with --kernel, --initramfs and --cmdline.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'hypervisor-fw-panicked',
    line: [/^PANIC: panicked at /],
    what: 'The firmware hypervisor-fw panicked inside the guest.',
    why: 'It could not deal with this disk, image or machine: a defect or a limit of that build.',
    hint: 'Use CLOUDHV.fd (EDK2) or a newer hypervisor-fw, or boot the kernel directly.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'hypervisor-fw-no-loader',
    line: [
      /^(?:Failed to (?:find|open|load) (?:EFI|boot ?loader|bootloader)|Error (?:loading|opening) (?:default entry|bootloader)|Unable to boot from disk|No (?:EFI|boot) partition found)/i,
      /^(?:Error (?:reading|opening) (?:partition|EFI)|Failed to open filesystem)\b/i,
    ],
    what: 'hypervisor-fw found nothing to boot on the disk.',
    why: 'The image has no EFI partition with a boot loader, is not raw, or was cut off.',
    hint: 'Give a raw cloud image for EFI as the first disk; CLOUDHV.fd boots more kinds of images.',
    check: 'disk-image',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'edk2-image-unsupported',
    severity: 'note',
    line: [
      /^Error: Image at [0-9A-F]{6,16} start failed: (?:Unsupported|Not Found|Already started|00000001)/i,
    ],
    what: 'A driver of the firmware (EDK2) was not needed on this machine.',
    why: 'Debug builds of EDK2 print such a line for each driver that finds no device: this is normal, and not why a guest does not boot.',
    hint: 'Look for the lines of the boot loader behind it; Windows needs CLOUDHV.fd and `kvm_hyperv=on`.',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'windows-stopped',
    line: [
      /<INSTANCE CLASSNAME="BLUESCREEN">/,
      /\b(?:SYSTEM_THREAD_EXCEPTION_NOT_HANDLED|INACCESSIBLE_BOOT_DEVICE|HAL_INITIALIZATION_FAILED|CLOCK_WATCHDOG_TIMEOUT|KMODE_EXCEPTION_NOT_HANDLED|UNSUPPORTED_PROCESSOR|ACPI_BIOS_ERROR|IRQL_NOT_LESS_OR_EQUAL|CRITICAL_PROCESS_DIED|UNMOUNTABLE_BOOT_VOLUME)\b/,
    ],
    what: 'Windows stopped with a blue screen in the guest.',
    why: 'Windows needs CLOUDHV.fd as firmware, `kvm_hyperv=on`, and the virtio drivers in its image; with hypervisor-fw or without these it stops at the start. INACCESSIBLE_BOOT_DEVICE means the driver of the disk.',
    hint: 'Start it with `--firmware CLOUDHV.fd --cpus boot=2,kvm_hyperv=on`, from an image into which the virtio drivers were installed.',
    check: 'firmware',
    reference: windows,
    confidence: 'likely',
  },
]
