/** What installers and live systems say in a VM: memory, requirements, steps that wait. */
import { type Cause, doc } from '../../cause.ts'

const memory = doc('memory.md')

/** A system that runs from its memory. */
const fromMemory =
  /^\(initramfs\)|dracut-(?:initqueue|pre-\w+)\[|\bcasper\b|live-boot|live:https?:|[Nn]etboot|Unpacking initramfs|root=\/dev\/ram0|rd\.live\.|squashfs.{0,40}(?:wget|curl|fetch)|Unable to find a (?:live|medium)/

export const installers: readonly Cause[] = [
  {
    id: 'initramfs-memory-full',
    line: [
      /(?:[Ww]rite|[Ww]riting|[Cc]opy|can't|cannot|tar|cp|wget|curl|mkdir|cpio).{0,160}[Nn]o space left on device/,
      /failed to download live image: error 23\b/,
    ],
    needs: ({ says, text }) =>
      (says(fromMemory) || /live image/.test(text)) &&
      !/\/(?:boot|var\/tmp|sysroot|root\/|target)\b/.test(text),
    what: 'The memory of the VM is too small: the initramfs or live system keeps its files in memory, and that is full.',
    why: 'No disk is meant. Until a root is mounted, / is a tmpfs (half of the memory as a rule), and what is downloaded or unpacked there (a squashfs, an ISO, stage 2 of an installer) must fit beside kernel and programs.',
    hint: 'Give the guest more: `--memory size=4G` (an ISO that is fetched over the network needs its own size and 1 to 2 GiB more); afterwards the installed system runs with less.',
    check: 'memory',
    reference: memory,
    confidence: 'likely',
  },
  {
    id: 'installer-memory-low',
    line: [
      /(?<need>\d{3,6}) ?Mi?B of (?:RAM|memory) is required to install .{1,60}only have (?<have>\d{2,6})/,
      /(?:This (?:computer|machine|system)|The (?:computer|machine|system)) (?:only )?has (?:only |less than )?(?<have>\d{2,6}) ?[MG]i?B.{0,60}(?:memory|RAM)/,
      /^.{0,40}(?:Not enough (?:RAM|memory) (?:for|to (?:install|continue))|Entering low memory mode|Insufficient memory to (?:install|run the installer))/,
      /requires at least (?<need>\d{1,6}) ?[MG]i?B of (?:RAM|memory|system memory)/,
    ],
    what: 'The installer needs more memory than the VM has ({have|see the message}; it asks for {need|more}).',
    why: 'Installers run from memory and want more than the system that they install. Nothing else failed.',
    hint: 'Start the VM for the installation with `--memory size=2G` (a graphical installer or a net installation 3 to 4G), or choose the text mode; reduce it afterwards.',
    check: 'memory',
    reference: memory,
    confidence: 'likely',
  },
  {
    id: 'installer-kernel-modules-mismatch',
    line: [
      /No kernel modules were found\. .{0,120}mismatch between the kernel/,
      /mirror does not support the specified release|kernel version available in the archive/,
    ],
    what: 'The Debian installer is older than the packages of its mirror: it finds no modules for the kernel that runs.',
    why: 'A netboot image (linux and initrd.gz) belongs to one point release; the mirror keeps the modules (udebs) of the newest only. Without them there is no driver for disks and network.',
    hint: 'Fetch linux and initrd.gz anew from the current directory of the mirror (dists/STABLE/main/installer-amd64/current/images/netboot), both of one day; or install from a full ISO.',
    reference: 'https://www.debian.org/releases/stable/installmanual',
    confidence: 'likely',
  },
  {
    id: 'autoinstall-not-confirmed',
    severity: 'warning',
    line: [/Continue with autoinstall\? \(yes\|no\)/],
    what: 'The installer of Ubuntu has read the autoinstall configuration and waits for "yes" before it erases the disk.',
    why: 'Without the word `autoinstall` on the command line of the kernel it asks, so that a seed by accident destroys nothing.',
    hint: 'Type yes on that console, or add `autoinstall` to the command line of the kernel (`--cmdline "… autoinstall ds=nocloud"`; virt-install: --extra-args; in grub.cfg of the ISO before ---, with ds=nocloud quoted).',
    reference: 'https://canonical-subiquity.readthedocs-hosted.com/en/latest/',
    confidence: 'likely',
  },
  {
    id: 'installer-step-failed',
    line: [
      /curtin: Installation failed with exception/,
      /subiquity\/Install\/install\S{0,60}: FAIL\b/,
      /subiquity\/\S{1,80}: FAIL: (?<words>.{1,120})/,
    ],
    what: 'The installer of Ubuntu (subiquity, curtin) stopped at a step {words|}; the reason stands in its own log.',
    why: 'Usual are a mirror that the guest does not reach, a disk that is too small or has partitions or LVM of before, an autoinstall storage section that fits no disk (match:, path: /dev/sda where it is vda), and too little memory.',
    hint: 'On the console (or Alt+F2) read `/var/log/installer/subiquity-server-debug.log` and `curtin-install.log`, the last error above "FAIL"; in storage: use `match:` with `size: largest`, or `path: /dev/vda`.',
    reference: 'https://canonical-subiquity.readthedocs-hosted.com/en/latest/',
    confidence: 'possible',
  },
  {
    id: 'windows-requirements',
    line: [
      /This PC can[’']?t run Windows 11|doesn[’']t meet the minimum (?:system )?requirements to install this version of Windows|This PC doesn[’']t currently meet (?:the )?Windows 11/,
      /The PC must support (?:TPM 2\.0|Secure Boot)/,
    ],
    what: 'The set-up of Windows 11 refuses this VM: TPM 2.0, Secure Boot, two processors, 4 GiB of memory or a 64 GB disk is missing.',
    why: 'In a VM it is mostly the TPM, then a firmware without Secure Boot, or too little memory and one vCPU.',
    hint: 'Give it a TPM by swtpm (`--tpm socket=PATH`; QEMU -tpmdev emulator with -device tpm-tis, libvirt `<tpm model="tpm-crb"><backend type="emulator" version="2.0"/></tpm>`), OVMF with Secure Boot where the hypervisor has it, 2 vCPUs, 4 GiB and 64 GB. Shift+F10 in the set-up and `Get-Tpm` or `tpm.msc` show what it sees.',
    reference: doc('windows.md'),
    confidence: 'likely',
  },
  {
    id: 'windows-devices-without-driver',
    line: [
      /^(?:Error|Unknown|Problem|\s{0,4}) {2,60}(?:\w{1,20} {2,60})?(?<device>Ethernet Controller|PCI Device|PCI Simple Communications Controller|SCSI Controller|Mass Storage Controller|PCI Encryption\/Decryption Controller)\b/,
      /^(?:Device Description|Name): +(?<device>Ethernet Controller|PCI Device|PCI Simple Communications Controller|SCSI Controller)$/,
    ],
    needs: ({ says }) =>
      says(/Get-PnpDevice|pnputil|Device Manager|CM_PROB_FAILED_INSTALL|Status +Class|PS [A-Z]:\\/),
    what: 'Windows sees the virtio devices of the VM and has no driver for them ({device|see the list}).',
    why: '"Ethernet Controller" is the network card (NetKVM), "SCSI Controller" the disk (viostor, vioscsi), "PCI Simple Communications Controller" the virtio console (vioserial), "PCI Device" the balloon, random numbers or vsock. They come from virtio-win, not from Windows.',
    hint: 'Attach virtio-win.iso and run `virtio-win-guest-tools.exe` or `virtio-win-gt-x64.msi`; single ones: `pnputil /add-driver D:\\NetKVM\\w11\\amd64\\netkvm.inf /install`. Without a network bring the files on a second disk.',
    reference: doc('windows.md'),
    confidence: 'likely',
  },
]
