/** What firmware, shim and other first loaders print where they refuse, miss or wait for something. */
import { type Cause, doc } from '../../cause.ts'

const uefi = doc('uefi.md')
const shim = 'https://github.com/rhboot/shim'
const stub = 'https://docs.kernel.org/admin-guide/efi-stub.html'

/** With a kernel, or a choice of the loader behind it, it did not end here. */
const wentOn = /Linux version|Booting Linux on|systemd\[1\]|login:|Welcome to /

export const bootStart: readonly Cause[] = [
  {
    id: 'firmware-secure-boot-refused',
    line: [
      /BdsDxe: failed to (?:load|start) (?<entry>Boot\d{4}) .{0,300}: (?<words>Access Denied|Security Violation)/,
      /The image (?:on|at|in) .{0,80} (?:is not signed|failed (?:verification|authentication))|Image was not authorized/,
    ],
    what: 'The firmware enforces Secure Boot and refused the loader of the entry {entry|} ({words|not signed}): it is not signed by a key that the firmware trusts.',
    why: 'Usual are a firmware with the keys of Microsoft (OVMF …secboot, .ms.fd) and an image whose loader is not signed (NixOS, Arch, images of your own, many ISOs), or a loader that was revoked (dbx). It is no matter of file permissions. hypervisor-fw has no Secure Boot.',
    hint: 'Start the VM with a firmware without Secure Boot (CLOUDHV.fd as it is released; OVMF_CODE_4M.fd instead of OVMF_CODE_4M.secboot.fd, with fresh variables); or use an image with a signed shim, or sign the loader (sbctl, sbsign) and enrol its key in the variables of the firmware.',
    check: 'firmware',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'firmware-loader-gave-up',
    line: [
      /BdsDxe: failed to start (?<entry>Boot\d{4}) .{0,300}: (?<words>Aborted|Time ?out|Not Ready|No Response|00000001)$/,
    ],
    what: 'The firmware started the loader of the entry {entry|} from the disk, and the loader gave up ({words|see the message}).',
    why: 'The disk and its EFI partition work. The loader (shim, GRUB, systemd-boot, Windows) ended by itself: its own lines right above say why; without such lines it was left by hand (exit), or found nothing to boot.',
    hint: 'Look at the lines between "starting" and "failed to start"; choose another entry in the boot manager of the firmware (a key at its start), or boot the kernel directly with --kernel, --initramfs and --cmdline.',
    check: 'disk-image',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'uefi-shell-no-file-system',
    line: [
      /^[`'"](?<map>(?:FS|BLK)\d{1,2}):?['"`] is not (?:a valid mapping|recognized as an internal or external command)/,
      /^(?:ls\/dir|dir|ls|cd|edit): (?:Current directory not specified|Cannot find mapped device|File Not Found)/,
    ],
    what: 'The UEFI shell has no {map|such file system}: the firmware sees no FAT file system on any disk.',
    why: 'FS0:, FS1: are the FAT partitions that it found. None is there when no disk was given, the disk is not raw as the firmware reads it, it has no EFI partition, or the firmware has no driver for that kind of disk.',
    hint: '`map -r` lists what it sees: BLK0 without FS0 is a disk without a FAT partition. Give a cloud image for EFI converted to raw (`qemu-img convert -O raw`); `fdisk -l FILE` on the host must list a partition "EFI System".',
    check: 'disk-image',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'shim-next-loader-missing',
    line: [
      /^(?:Failed to (?:open|load image)) (?<file>\\EFI\\\S{1,80}\b(?:grub\w{1,8}|fb\w{2,5}|systemd-boot\w{0,8})\.efi) ?[-:] ?Not Found/,
      /^start_image\(\) returned Not Found/,
    ],
    what: 'shim, the signed first loader, does not find the loader beside it ({file|grubx64.efi, on arm64 grubaa64.efi}).',
    why: 'shim always starts the file of that name in its own directory of the EFI partition. It is missing where only BOOTX64.EFI was copied to \\EFI\\BOOT, GRUB was installed to another directory (\\EFI\\debian, \\EFI\\ubuntu), or its package was removed.',
    hint: 'Mount the EFI partition (on the host or in the guest at /boot/efi) and copy grubx64.efi (grubaa64.efi) from the directory of the distribution beside shim; or `grub-install --removable` in the system, on Fedora and RHEL reinstall grub2-efi-x64 and shim-x64.',
    check: 'disk-image',
    reference: shim,
    confidence: 'likely',
  },
  {
    id: 'shim-mokmanager-missing',
    line: [
      /^Failed to (?:open|load image) \\EFI\\\S{1,80}\bmm\w{2,5}\.efi ?[-:] ?Not Found/,
      /^Failed to start MokManager: (?<words>.{1,60})/,
    ],
    what: 'shim wants to start its key manager (MokManager, mmx64.efi or mmaa64.efi) and does not find it.',
    why: 'It does so when a key waits to be enrolled (`mokutil --import` before the restart), or when the next loader was refused because of its signature. The file is missing beside shim on the EFI partition.',
    hint: 'Copy mmx64.efi (arm64: mmaa64.efi) of the package shim beside BOOTX64.EFI or shimx64.efi, or take the request back in the system (`mokutil --revoke-import`); look for a line about a signature above.',
    check: 'disk-image',
    reference: shim,
    confidence: 'likely',
  },
  {
    id: 'shim-makes-boot-entry',
    severity: 'note',
    line: [
      /System BootOrder not found\. {1,2}Initializing defaults/,
      /^Creating boot entry "(?<entry>Boot[\dA-F]{4})" with label "(?<label>[^"]{1,60})"/,
    ],
    needs: ({ says }) => !says(wentOn),
    what: 'shim found no boot entries in the firmware, makes one from its list {label|} and starts it or resets the machine: normal at a first boot.',
    why: 'Its fallback program (fbx64.efi) does so wherever the variables of the firmware are empty. A firmware that keeps them in memory only (CLOUDHV.fd) forgets them at the end of the VM, so that it comes at each start; where it ends in a loop of resets, the entry cannot be written.',
    hint: 'Wait for the loader behind it. In a loop: boot GRUB directly (copy grubx64.efi to \\EFI\\BOOT\\BOOTX64.EFI, or remove fbx64.efi from \\EFI\\BOOT so that shim starts GRUB itself), or boot the kernel with --kernel.',
    reference: shim,
    confidence: 'likely',
  },
  {
    id: 'firmware-network-file-refused',
    line: [/^(?:NBP file downloaded successfully|Boot [Ff]ailed\. EFI Network)/],
    needs: ({ says }) =>
      says(/NBP file downloaded successfully/) &&
      says(/Boot [Ff]ailed\. EFI Network|failed to start|Shell>|Boot Failed/),
    what: 'The firmware got a boot file over the network, and it did not start or came back.',
    why: 'DHCP named a file for another kind of machine: pxelinux.0 and undionly.kpxe are for BIOS, UEFI takes an EFI program of its own architecture (bootx64.efi, ipxe.efi, shimx64.efi; arm64: …aa64.efi), with Secure Boot a signed one. Or that loader found no configuration and ended.',
    hint: 'Let DHCP choose by the architecture that the client sends (option 93: 7 or 9 is UEFI x86-64, 11 arm64): dnsmasq `dhcp-match=set:efi64,option:client-arch,7` and `dhcp-boot=tag:efi64,ipxe.efi`.',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'shim-loader-unverified',
    line: [/^Bootloader has not verified loaded image/, /System is compromised\. {1,2}[Hh]alting/],
    what: 'shim stopped the machine, because the loader behind it started a kernel without having it verified.',
    why: 'Under Secure Boot the loader must check the kernel through shim. A GRUB (or other loader) that was not built for shim does not do so.',
    hint: 'Use the GRUB of the same distribution as shim (Debian, Ubuntu: grub-efi-amd64-signed; Fedora: grub2-efi-x64), or start the loader without shim and without Secure Boot.',
    check: 'firmware',
    reference: shim,
    confidence: 'likely',
  },
  {
    id: 'efi-stub-initrd',
    line: [
      /EFI stub: ERROR: .{0,60}(?:failed to (?:load|open|read)|couldn't (?:load|open)) .{0,20}initrd\S{0,20}(?:: (?<code>0x[\da-f]{8,16}))?/,
    ],
    what: 'The EFI stub of the kernel did not get its initrd (code {code|not given}).',
    why: 'A code ending in 0e is a file that is not there: initrd= on the command line must name it with backslashes on the same EFI partition. One ending in 09 is too little memory. A firmware such as hypervisor-fw may not serve the protocol (LoadFile2) by which GRUB hands the initrd over.',
    hint: 'Correct the path (`initrd=\\initrd.img-VERSION`), give the guest more memory, use CLOUDHV.fd (arm64: CLOUDHV_EFI.fd), or boot with --kernel and --initramfs.',
    check: 'firmware',
    reference: stub,
    confidence: 'likely',
  },
  {
    id: 'efi-stub-page-size',
    line: [/This (?<size>\d{1,2} KB) granular kernel is not supported by your CPU/],
    what: 'The kernel of the guest is built for pages of {size|another size}, which the processor does not offer.',
    why: 'arm64 kernels are built for pages of 4, 16 or 64 KiB; not every processor has the last two (Apple and many small cores have no 64 KiB).',
    hint: 'Use the ordinary kernel with pages of 4 KiB (on RHEL kernel instead of kernel-64k, on Ubuntu linux-generic instead of linux-generic-64k).',
    check: 'kernel-image',
    reference: stub,
    confidence: 'likely',
  },
  {
    id: 'efi-stub-memory',
    line: [
      /EFI stub: ERROR: (?<words>.{0,80}(?:allocate|alloc|Failed to relocate|memory).{0,80})/,
      /^(?:EFI stub: ERROR: )?(?:efi_allocate_pages|efi_low_alloc|exit_boot|exit_efi)\(\) failed!?/,
    ],
    what: 'The EFI stub of the kernel did not get memory from the firmware, or could not take the machine over from it.',
    why: 'A code ending in 09 (out of resources) is too little memory for kernel and initrd, or none in one piece at the address that the kernel wants. Old kernels also stumble over the memory map of a newer firmware.',
    hint: 'Give the guest more memory (`--memory size=2G`), use a newer kernel or CLOUDHV.fd, or boot its kernel directly with --kernel, --initramfs and --cmdline.',
    check: 'firmware',
    reference: stub,
    confidence: 'likely',
  },
  {
    id: 'kernel-cpu-unfit',
    line: [
      /This kernel requires an? (?<wanted>[\w-]{2,20}) CPU, but only detected an? (?<found>[\w-]{2,20}) CPU/,
      /This kernel requires the following features not present on the CPU/,
      /Unable to boot - please use a kernel appropriate for your CPU/,
    ],
    what: 'The kernel of the guest does not run on this (virtual) processor: it stopped before its first line.',
    why: 'It needs {wanted|another one}: a 64-bit kernel on a 32-bit one, or features (listed below that line) that the processor lacks or the hypervisor hides.',
    hint: 'Give the guest the whole processor of the host (QEMU, libvirt: host-passthrough or `-cpu host`; VirtualBox: a 64-bit type and VT-x on), or use a kernel for an older or 32-bit processor.',
    check: 'kernel-image',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
  {
    id: 'bios-no-boot',
    line: [
      /^(?:Non-System disk or disk error|Missing operating system(?=\W*$)|Operating System not found|Invalid system disk|Invalid partition table|Error loading operating system|Reboot and Select proper Boot device)/,
      /FATAL: (?:Could not read from the boot medium|No bootable medium found)/,
      /^(?:Boot failed: (?:could not read the boot disk|Could not read from CDROM))/,
    ],
    what: 'A BIOS (not UEFI) found no code on the disk that it could boot.',
    why: 'The disk is empty, holds data only, was made for UEFI alone (no boot code in its first sector), or is read in the wrong format. Cloud Hypervisor has no BIOS: these words come from QEMU, VirtualBox or a machine of its own kind.',
    hint: 'Start an image for UEFI with a UEFI firmware (QEMU: OVMF; Cloud Hypervisor: `--firmware CLOUDHV.fd`); see with `qemu-img info FILE` and `fdisk -l FILE` what it is, and whether it is first in the boot order.',
    check: 'disk-image',
    reference: uefi,
    confidence: 'likely',
  },
  {
    id: 'bios-silent',
    severity: 'note',
    line: [/^Booting from (?:Hard Disk|DVD\/CD|CD-Rom|Floppy|ROM)\.{3}$/],
    needs: ({ says }) =>
      !says(wentOn) &&
      !says(/Boot failed|No bootable device|^error: |grub|GRUB|ISOLINUX|SYSLINUX|Loading |[Ii]PXE|kernel/),
    what: 'A BIOS (SeaBIOS of QEMU) started the code on the disk, and nothing more appears.',
    why: 'The loader or kernel behind it may run and write to the screen only: it needs console=ttyS0, and GRUB a serial terminal. Else the disk holds no working loader for BIOS: it is made for UEFI, empty behind its first sector, or in another format than it is read as.',
    hint: 'Look at the screen (VNC) of the VM; start an image for UEFI with UEFI firmware (OVMF; Cloud Hypervisor: `--firmware CLOUDHV.fd`), and add `console=ttyS0` to the command line of its kernel.',
    check: 'disk-image',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'syslinux-files-missing',
    line: [
      /(?:isolinux\.bin|ldlinux\.(?:sys|c32|e64|e32)) (?:missing|not found|is missing)|Failed to load (?:ldlinux\.\w{3}|COM32 file|libcom32\.c32|vesamenu\.c32)/,
      /No DEFAULT or UI configuration directive found/,
      /^(?:SYSLINUX|ISOLINUX|EXTLINUX)\b.{0,120}(?:Boot error|Unknown keyword|not found|Failed)/,
      /Could not find kernel image: (?<file>\S{1,120})/,
    ],
    what: 'SYSLINUX (ISOLINUX, EXTLINUX) started and does not find a file of its own, its configuration or the kernel {file|}.',
    why: 'The medium was copied in a way that lost files or their places (an ISO unpacked onto a stick or disk), the modules (*.c32) are of another version than the loader, or the configuration names a kernel that is not there.',
    hint: 'Write the ISO as it is (`dd`, or give it as a disk); keep ldlinux.c32, libcom32.c32 and the menu of the same release as the loader beside it. For UEFI and Cloud Hypervisor take an image with an EFI loader.',
    check: 'disk-image',
    reference: 'https://wiki.syslinux.org/wiki/index.php?title=Common_Problems',
    confidence: 'likely',
  },
  {
    id: 'ipxe-failed',
    line: [
      /(?<words>[\w ,'/:-]{3,60}) \(https?:\/\/ipxe\.org\/(?<code>[\da-f]{8})\)/,
      /^No more network devices$/,
    ],
    needs: ({ says }) => says(/ipxe/i),
    what: 'iPXE could not boot over the network: {words|it tried all network devices}.',
    why: 'The address in the line explains its code. Usual: no answer of DHCP or of the server (Connection timed out, Network unreachable), a path that is not there (No such file, 404), a server with TLS that this build does not take (Operation not permitted, Permission denied), and "Exec format error" for a file that this build cannot start (a BIOS loader under UEFI, a kernel for another architecture, an error page).',
    hint: 'In the shell of iPXE (Ctrl-B): `dhcp`, `ifstat`, `route`, then `kernel URL`, `initrd URL`, `boot`; fetch the same URL with curl on that network. Where it was to start from the disk, see why no disk came first.',
    reference: 'https://ipxe.org/err',
    confidence: 'likely',
  },
  {
    id: 'boot-from-cd-not-confirmed',
    severity: 'note',
    line: [/^Press any key to boot from (?:CD|the (?:CD|DVD)|USB)/],
    needs: ({ says }) => !says(wentOn),
    what: 'The boot program of a Windows ISO waits a few seconds for a key; without one it goes on with the next entry.',
    why: 'So an unattended start ends in the shell of the firmware or in "No bootable option", though the ISO is right. On the serial port the key must be typed there.',
    hint: 'Press a key at once on that console, or make the ISO with efisys_noprompt.bin in place of efisys.bin (`oscdimg -b`, or `xorriso` with that file as the EFI image).',
    reference: doc('windows.md'),
    confidence: 'likely',
  },
]
