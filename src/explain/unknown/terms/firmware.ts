/** Words of firmware, boot loaders and of what a kernel file is. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const firmwareTerms: Terms = [
  [
    /\bgrubby\b|\bgrub2?-set-default\b|\bBootLoaderSpec\b|\/loader\/entries\b/,
    'grubby and grub-set-default choose among the boot entries that there are: a kernel needs its file in /boot and an entry of its own (`grubby --info=ALL`) before it can be the default.',
  ],
  [
    /\bSecurity Violation\b|\bSBAT\b|\bimport_mok_state\b|\bMok(?:List|Manager)\w*\b|\bshim(?:x64|aa64)(?:\.efi)?\b|\bshim(?:\.efi|\.c\b|_lock\b)|\bSecure ?Boot\b/,
    'shim and Secure Boot accept only boot loaders and kernels that are signed by a key in the firmware: hypervisor-fw has no variables for keys and no Secure Boot, and a build of CLOUDHV.fd may have none either; shim then says so and goes on, or gives up.',
  ],
  [
    /\bRelocation failed\b|\bReloc \d+ block size\b/,
    'The firmware loads a boot loader (a PE file) and moves it to its address by its relocations: a file that it cannot read in this way is one that this firmware (hypervisor-fw above all) does not support; CLOUDHV.fd (EDK2) takes more.',
  ],
  [
    /\bgrub rescue\b|\bgrub>|\berror: (?:no such (?:partition|device)|unknown filesystem|file [`']?\/\S+ not found|symbol [`']?\w+)|\bGRUB\b|\bgrub2?-(?:install|mkconfig|probe)\b/,
    'GRUB looks for its configuration and modules on the disk it was installed for: a file system with features that it does not know, another UUID, or a part that was not copied leaves it at a prompt.',
  ],
  [
    /\bASSERT_EFI_ERROR\b|\bASSERT \[\w+\]|\bASSERT \/?\S{1,200}\.c\(\d+\)/,
    'An ASSERT stops a debug build of the firmware where something is not as its code expects: of EDK2 often another build, a device that it does not know, or too little memory; release builds and other versions go on.',
  ],
  [
    /\bSynchronous Exception\b|\bX64 Exception Type\b|![!]{2,4} .{0,30}Exception/,
    'An exception in the firmware is a crash of that build of it: compare another one (CLOUDHV.fd of the same release as Cloud Hypervisor recommends, hypervisor-fw), with a file for this architecture.',
  ],
  [
    /\bBdsDxe\b|\bNo bootable option\b|\bBoot\d{4}\b|\bEFI\/BOOT\b|\bBOOT(?:X64|AA64)\.EFI\b/i,
    'The firmware (BdsDxe in EDK2) starts \\EFI\\BOOT\\BOOTX64.EFI (arm64: BOOTAA64.EFI) from an EFI system partition: a disk without one, as images for BIOS alone, or one whose format it does not see cannot be booted by it.',
  ],
  [
    /\bUEFI Interactive Shell\b|\bstartup\.nsh\b|\bShell>/,
    'The UEFI shell comes up when no boot entry worked: `map -r` lists the file systems that the firmware sees; FS0: is the first.',
  ],
  [
    /\bPXE\b|\biPXE\b|\bStart (?:PXE|HTTP) over IPv[46]\b/i,
    'PXE is the start over the network: the firmware tries it after the disks; without a boot server this costs time and does no harm.',
  ],
  [
    /\bPVH\b|\bXEN_ELFNOTE\w*|\bELF ?(?:note|entry)\b|\bvmlinux\b.{0,40}\b(?:ELF|PVH|note)\b/i,
    'Direct boot on x86-64 takes an ELF kernel with a PVH entry (XEN_ELFNOTE_PHYS32_ENTRY) or a bzImage; on arm64 an uncompressed Image.',
  ],
  [
    /\bHdrS\b|\bsetup header\b|\bbzImage\b|\bboot_params\b/,
    'A bzImage has the setup header of Linux ("HdrS") near its beginning: a file without it is another format, or damaged.',
  ],
  [
    /\bsystemd-boot\b|\bsd-boot\b|\bsystemd-stub\b|\bbootctl\b|\bUKI\b|\bunified kernel\b/i,
    'systemd-boot starts entries from the EFI system partition, a unified kernel image (UKI) holds kernel, initrd and command line in one EFI program: both need UEFI firmware, and neither is a kernel for --kernel.',
  ],
  [
    /\bNvVars?\b|\bvariable (?:store|services?)\b|\bSetVariable\b|\befivars?\b|\bEFI variables\b|\befibootmgr\b/i,
    'Variables of the firmware (boot entries, keys) need a store: hypervisor-fw has none and CLOUDHV.fd forgets them at the end of the VM, so that what an installer or efibootmgr writes there is lost.',
  ],
  [
    /\bEFI stub: |\bEFI_STUB\b|\bEXITBOOT|\bExitBootServices\b/i,
    'The EFI stub is the part of a kernel that the firmware starts: after its last line the kernel runs, which is silent until its console is set up (console=, earlycon).',
  ],
  [
    /\b(?:fdt(?!\.rs)|device tree|dtb|DTB)\b/,
    'The device tree describes the machine to an arm64 or RISC-V kernel: Cloud Hypervisor makes it itself, one from outside is not used.',
  ],
  [
    /\bIGVM\b|\bigvm\b/,
    'An IGVM file holds firmware and first state of a confidential guest (SEV-SNP): release and build of Cloud Hypervisor must support it (feature igvm), and the file must be made for this platform.',
  ],
  [
    /\bfw_cfg\b/,
    'fw_cfg passes files to firmware and guest (--fw-cfg-config, feature fw_cfg of the build): the guest finds them below /sys/firmware/qemu_fw_cfg with CONFIG_FW_CFG_SYSFS.',
  ],
  [
    /\bSMBIOS\b|\bdmidecode\b|\bDMI\b(?!: )/,
    'SMBIOS (DMI) is what the machine says of itself: --platform gives serial_number=, uuid= (from v53 on system_serial_number= and system_uuid=) and oem_strings=.',
  ],
]
