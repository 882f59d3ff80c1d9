/** What is handed to the kernel: its initramfs and its command line. */
import { type Cause, doc } from '../../cause.ts'
import { fileError } from './file-error.ts'

const initramfsFile = ['Cannot open initramfs file', 'InitramfsFile('] as const
const formats = doc('README.md#custom-kernel-and-disk-image')

export const kernelInputs: readonly Cause[] = [
  {
    id: 'payload-tiny',
    patterns: [[/Loading RAW firmware at 0x[\da-f]+ \(size: (?<size>\d{1,5})\)/]],
    anyLevel: true,
    severity: 'warning',
    what: 'The file that is given as firmware has only {size|a few} bytes: that is no firmware.',
    why: 'A server that does not have the file answers with a short text ("Not Found" has 9 bytes), which a download stores under its name. What is no ELF file is loaded as it is.',
    hint: 'Look at it (`cat FILE`), and fetch it again from an address that exists: `chv-doctor fix fetch-firmware`.',
    check: 'firmware',
    fix: { id: 'fetch-firmware', args: {} },
    reference: doc('README.md#firmware-booting'),
    confidence: 'likely',
  },
  {
    id: 'kernel-option-missing',
    severity: 'warning',
    line: [
      /^# (?<option>CONFIG_(?:PVH|VIRTIO(?:_(?:PCI|BLK|NET|CONSOLE|FS|VSOCKETS|MEM|BALLOON))?|HVC_DRIVER|SERIAL_8250(?:_CONSOLE)?|SERIAL_AMBA_PL011(?:_CONSOLE)?|PCI(?:_MSI|_HOST_GENERIC)?|ACPI|X86_X2APIC|KVM_GUEST|EXT4_FS|ISO9660_FS|VFAT_FS|FUSE_FS)) is not set/,
    ],
    what: 'The kernel of the guest is built without {option|a driver that it needs here}.',
    why: 'A VM of Cloud Hypervisor has virtio devices on PCI with MSI-X (VIRTIO_PCI, VIRTIO_BLK, VIRTIO_NET, PCI_MSI), and is booted by PVH on x86. What the guest says goes to a serial port (x86: SERIAL_8250_CONSOLE, ttyS0; arm64: SERIAL_AMBA_PL011_CONSOLE, ttyAMA0) or to the virtio console (VIRTIO_CONSOLE, hvc0). Kernels that are made for another monitor (Firecracker: virtio over MMIO, another serial port on arm64) lack some of them.',
    hint: 'Build it with the configuration that Cloud Hypervisor names (`make ch_defconfig` in its Linux tree), take a kernel of a distribution, or use what is built in, such as `console=hvc0` with `--console tty` in place of a serial port without a driver.',
    check: 'kernel-image',
    reference: doc('README.md#building-your-kernel'),
    confidence: 'likely',
  },
  {
    id: 'initramfs-missing',
    patterns: fileError(initramfsFile, 2),
    what: 'The initramfs that --initramfs names is not there.',
    why: 'The path is wrong, relative to another directory, or begins with a ~ that no shell replaced.',
    hint: 'Give the absolute path of a file that exists.',
    check: 'kernel-image',
    confirmedBy: ['kernel-image/initramfs-missing'],
    reference: formats,
  },
  {
    id: 'initramfs-denied',
    patterns: fileError(initramfsFile, 13),
    what: 'The user was not permitted to read the initramfs.',
    why: 'Images in /boot are often readable by root alone.',
    hint: 'Copy it to a place of your own: `sudo install -m 644 FILE ~/`.',
    reference: formats,
  },
  {
    id: 'initramfs-too-large',
    patterns: [
      ['Cannot load the initramfs into memory'],
      ['Cannot determine initramfs load address'],
      [/InitramfsLoad\b|InitramfsAddress/],
    ],
    // A file that cannot be read is another matter.
    needs: ({ text }) => !/(?:os error |code: )(?!12\b|14\b)\d/.test(text),
    what: 'The initramfs does not fit into the guest memory.',
    why: 'The memory must hold kernel and initramfs side by side, and what unpacks from it.',
    hint: 'Give the guest more: `--memory size=1G`.',
    check: 'memory',
    reference: formats,
    confidence: 'likely',
  },
  {
    id: 'cmdline-too-long',
    patterns: [['would make command line too long'], [/CmdLine(?:InsertStr|Create)\(/, 'TooLarge']],
    what: 'The kernel command line is too long.',
    why: 'More than 64 KiB cannot be handed to a kernel.',
    hint: 'Shorten --cmdline.',
    reference: formats,
  },
  {
    id: 'cmdline-invalid',
    patterns: [
      ['Cannot modify the kernel command line'],
      ['Cannot create the kernel command line'],
      ['CmdLineInsertStr('],
    ],
    what: 'The kernel command line has a character that it must not have.',
    why: 'Only printable ASCII can be handed over; a paste from a web page brings in others (typographic quotes, no-break spaces).',
    hint: 'Type the quotes and spaces of --cmdline again.',
    reference: formats,
  },
  {
    id: 'cmdline-ignored',
    severity: 'warning',
    patterns: [[/Ignoring (?<option>cmdline|initramfs) parameter as firmware/]],
    what: 'The option --{option|cmdline} has no effect.',
    why: 'With --firmware the guest brings its own kernel, command line and initramfs on the disk.',
    hint: 'Drop it, or boot the kernel directly with --kernel.',
    reference: doc('README.md#firmware-booting'),
  },
]
