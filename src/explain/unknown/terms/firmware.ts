/** Words of firmware, boot loaders and of what a kernel file is. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const firmwareTerms: Terms = [
  [
    /\bstart_image\(\) returned\b|\bFailed to open \\EFI\\\S{1,80} - Not Found\b/,
    'shim starts the loader beside it (grubx64.efi, grubaa64.efi): "Not Found" says that this file is missing in its directory of the EFI partition, "Unsupported" that the firmware cannot start it.',
  ],
  [
    /\bsymbol [`']grub_\w{1,60}' not found\b/,
    'The core of GRUB and its modules in /boot/grub are of different versions: an update wrote one and not the other, mostly because grub-install went to another disk. `grub-install` onto the disk (or EFI partition) that is booted makes them one again.',
  ],
  [
    /^error: (?:\.\.\/\S{1,80}:\d{1,5}:)?(?:attempt to read or write outside of (?:disk|partition)|can't find command [`']|sparse file not allowed|diskfilter writes are not supported)/,
    'These are words of GRUB. "outside of disk": the image is cut off or the firmware reads less of it than the file system has. "can\'t find command": a module is missing or GRUB is of another build. "sparse file" and "diskfilter": it cannot save its environment there, which is harmless after a key or a wait.',
  ],
  [
    /^error: (?:\.\.\/\S{1,80}:\d{1,5}:)?(?:no video mode activated|no server is specified|invalid environment block|(?:variable )?[`']?prefix' (?:is not|isn't) set)/,
    'These are words of GRUB: "no video mode" and "environment block" are remarks after which it goes on (the file grubenv is damaged or missing: `grub-editenv /boot/grub/grubenv create`); "no server" and "prefix" say that it does not know where its own files are.',
  ],
  [
    /\bgrub2?-install: error: cannot find EFI directory\b/,
    'grub-install for UEFI wants the EFI partition mounted at /boot/efi (or named by --efi-directory=): mount it first, in a chroot, too; for a start by BIOS it is --target=i386-pc.',
  ],
  [
    /\bcontains no BIOS Boot Partition\b|\bwill not proceed with blocklists\b/,
    'grub-install for BIOS needs on a GPT disk a small partition of type BIOS boot (`sgdisk -t N:ef02`); Cloud Hypervisor starts images by UEFI, for which it is --target=x86_64-efi and an EFI partition.',
  ],
  [
    /\bfailed to get canonical path of\b/,
    'grub-probe and grub-install look for the device below / or /boot, and in a chroot, container or live system find none: mount the root file system of the image itself there and bind /dev, /proc and /sys into it.',
  ],
  [
    /\bCould not determine UEFI Secure Boot status\b|\bFIRMWARE BUG: kernel image not aligned\b/,
    'A remark of the EFI stub, after which the kernel goes on: the firmware keeps no variable for Secure Boot, or loaded the kernel at an address that is not aligned, and the stub moves it.',
  ],
  [
    /\bwhich backs the random seed file is world accessible\b|\brandom-seed is world accessible\b/i,
    'bootctl remarks that others may read the random seed on the EFI partition: mount that with umask=0077 in /etc/fstab. The boot does not depend on it.',
  ],
  [
    /\bCouldn't find EFI system partition\b/,
    'bootctl found no mounted EFI partition at /efi, /boot or /boot/efi: mount it there, or name it with --esp-path=; in a guest without UEFI firmware there is none to find.',
  ],
  [
    /\bCould not prepare Boot variable\b/,
    'efibootmgr could not write a boot entry into the variables of the firmware: "No space left" is the store of variables, not a disk (old entries and dump-* in /sys/firmware/efi/efivars fill it); another reason is a firmware without a store.',
  ],
  [
    /\bSystem BootOrder not found\b|\bCreating boot entry "Boot[0-9A-F]{4}" with label\b/,
    "shim's fallback program (fbx64.efi) found no boot entries in the firmware, makes one from the CSV file beside the loader, and starts it or resets: normal at the first boot. Where the firmware forgets its variables, it does so at every start of the VM.",
  ],
  [
    /^Failed to (?:open|load image) \\EFI\\\S{1,80}\b(?:grub\w{1,8}|fb\w{3,5}|mm\w{3,5})\.efi\b/i,
    'shim runs and does not find the next loader beside it: it looks in its own directory for grubx64.efi (arm64: grubaa64.efi), or for fbx64.efi in \\EFI\\BOOT. A copied or rebuilt EFI partition lacks that file.',
  ],
  [
    /\bUnable to locate embedded \.\w{1,12} section\b/,
    'The stub of a unified kernel image (UKI) found no section of that name in its file: it was put together without a kernel or command line (`ukify build --linux= --initrd= --cmdline=`), or is the bare stub.',
  ],
  [
    /\binvalid dtb and unrecognized\/unsupported machine ID\b/,
    'A 32-bit ARM kernel got no device tree that it can use: on ARM Cloud Hypervisor runs arm64 kernels alone (the file Image); with other machines the dtb of the board is missing.',
  ],
  [
    /\bCan't work out which disk we are booting from\b|\bGuessed BIOS device 0x[0-9a-f]{8} not found\b/,
    'These are words of the loader of FreeBSD for BIOS, which does not know the disk that it came from: use an image for UEFI, with CLOUDHV.fd.',
  ],
  [
    /^can't load 'kernel'/,
    'The loader of FreeBSD runs and finds no kernel on the file system that it looks at: at its prompt `lsdev` lists the disks, `set currdev=disk0p2:` (or zfs:POOL/ROOT/default:) chooses one, `boot` goes on.',
  ],
  [
    /^ZFS: (?:can't find (?:root filesystem|pool)|i\/o error - all block copies unavailable)/,
    'The loader of FreeBSD cannot read the ZFS pool it starts from: a disk of it is not there, the image is cut off, or the pool has features newer than the loader (`zpool upgrade` without an update of the boot code).',
  ],
  [
    /\bsbi_trap_error: /,
    'OpenSBI, the firmware of a RISC-V machine below the kernel, met a trap that it could not handle: its mcause and mepc lines below tell which address; the next stage was not where it was expected, or device tree and machine do not fit.',
  ],
  [
    /\bBad Linux (?:ARM64|RISCV) Image magic\b/,
    'U-Boot (booti) takes an uncompressed Image of that architecture: the file is compressed (Image.gz, vmlinuz), of another architecture, or was not loaded to that address.',
  ],
  [
    /^Boot Failed\. EFI (?!Network)\w/,
    'The firmware (EDK2) could not start a loader from that entry and tries the next: the disk holds no loader below \\EFI\\BOOT, or one made for another architecture.',
  ],
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
