/** Where the start or first set-up of Windows stops, by its stop codes, its boot manager and Cloudbase-Init. */
import { type Cause, doc } from '../../cause.ts'

const windows = doc('windows.md')
const codes = 'https://learn.microsoft.com/windows-hardware/drivers/debugger/bug-check-code-reference2'
const cloudbase = 'https://cloudbase-init.readthedocs.io/en/latest/'

export const windowsStart: readonly Cause[] = [
  {
    id: 'windows-boot-device-inaccessible',
    line: [
      /\bINACCESSIBLE[_ ]BOOT[_ ]DEVICE\b/,
      /\b(?:STOP:?|[Bb]ug ?[Cc]heck(?: code)?:?|stop ?code:?) 0x0{0,6}7[bB]\b/,
    ],
    what: 'Windows started and does not reach the disk that it lies on (INACCESSIBLE_BOOT_DEVICE, stop code 0x7B).',
    why: 'The driver of the disk of this VM is not in its start: viostor for a virtio disk, vioscsi for virtio-scsi. Usual after a move from another hypervisor or kind of disk (SATA, IDE, VMware), and with an image that was made without virtio-win.',
    hint: 'Install virtio-win in the running Windows before the move, with a small second virtio disk attached once, so that viostor starts at boot. On the image: start a Windows ISO with virtio-win attached, `drvload D:\\viostor\\w11\\amd64\\viostor.inf`, then `dism /image:C:\\ /add-driver /driver:D:\\viostor\\w11\\amd64`; `virt-v2v` does it from Linux.',
    check: 'disk-image',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-processor-unfit',
    line: [
      /\b(?:UNSUPPORTED[_ ]PROCESSOR|HAL[_ ]INITIALIZATION[_ ]FAILED|MULTIPROCESSOR[_ ]CONFIGURATION[_ ]NOT[_ ]SUPPORTED|UNSUPPORTED[_ ]INSTRUCTION[_ ]MODE)\b/,
      /\b(?:STOP:?|[Bb]ug ?[Cc]heck(?: code)?:?|stop ?code:?) 0x0{0,6}(?:5[cCdD]|3[eE])\b/,
    ],
    what: 'Windows stopped, because it does not accept the virtual processor or machine.',
    why: 'Windows 11 24H2 and Server 2025 need SSE4.2 and POPCNT (x86-64-v2), and each release a timer and an interrupt controller that it knows: without kvm_hyperv=on, with a reduced CPU model (qemu64, kvm64) or odd numbers of sockets it stops here.',
    hint: 'Cloud Hypervisor: `--firmware CLOUDHV.fd --cpus boot=2,kvm_hyperv=on`; QEMU and libvirt: `-cpu host` (host-passthrough) with the hv_* features and one socket. Compare `lscpu` of the host for sse4_2 and popcnt.',
    check: 'firmware',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-signature-refused',
    line: [/\b0x[cC]0000428\b/, /Windows cannot verify the digital signature for this file/],
    what: 'Windows refuses a driver or file of its start, because its digital signature is not accepted (0xc0000428).',
    why: 'A virtio driver that is not signed by Microsoft (a build of your own, some old virtio-win), one for another release of Windows, or a changed file. Secure Boot makes it stricter.',
    hint: 'Use the drivers of virtio-win for that release (its directory w10, w11, 2k22, amd64). F8 or the recovery, "Disable driver signature enforcement", starts it once; `bcdedit /set testsigning on` (without Secure Boot) for a driver of your own.',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-boot-data-broken',
    line: [
      /Boot Configuration Data (?:for your PC|file|store)?.{0,40}(?:missing|doesn't contain|contains? errors|does not contain)/,
      /\b0x[cC]0000(?:00[fF]|034|098|14[cC])\b/,
    ],
    needs: ({ says }) => says(/windows|boot|BCD|recovery|winload|error code/i),
    what: 'The boot manager of Windows does not find or accept its configuration (BCD) or a file that the BCD names.',
    why: 'c000000f and c0000034: an entry or file is missing, as after a clone, a conversion or a new EFI partition; c000014c and c0000098: the BCD or a registry file is damaged, as after a VM that was killed. An image made for BIOS has no BCD for UEFI.',
    hint: 'Start the ISO of Windows, Shift+F10: `diskpart` gives the EFI partition a letter (assign letter=S), then `bcdboot C:\\Windows /s S: /f UEFI`; `chkdsk C: /f`. With a virtio disk load viostor there first (`drvload`). A BIOS image: `mbr2gpt /convert`.',
    check: 'disk-image',
    reference:
      'https://learn.microsoft.com/troubleshoot/windows-client/performance/stop-error-windows-cannot-start',
    confidence: 'likely',
  },
  {
    id: 'windows-registry-damaged',
    line: [
      /\b[cC]0000218\b|\bRegistry File Failure\b|\bBAD[_ ]SYSTEM[_ ]CONFIG[_ ]INFO\b|\bREGISTRY[_ ]ERROR\b/,
    ],
    what: 'Windows cannot load a file of its registry and stops.',
    why: 'The file (SYSTEM, SOFTWARE, SAM) or its disk is damaged: the VM was ended while Windows wrote, the image was cut off or used twice, or the storage of the host gave errors.',
    hint: 'On a copy of the image start the recovery of a Windows ISO (viostor loaded): `chkdsk C: /f`, then a restore point, or the copies in C:\\Windows\\System32\\config\\RegBack if they are not empty; else a backup.',
    check: 'disk-image',
    reference: codes,
    confidence: 'likely',
  },
  {
    id: 'windows-setup-interrupted',
    line: [
      /computer restarted unexpectedly or encountered an unexpected error/,
      /Windows installation cannot proceed/,
    ],
    what: 'Windows Setup was interrupted by a restart and refuses to go on.',
    why: 'The VM was reset in the middle of the installation or of sysprep (a blue screen, a kill, too little memory), or an answer file (unattend.xml) failed.',
    hint: 'Shift+F10 on that screen, `regedit`, HKLM\\SYSTEM\\Setup\\Status\\ChildCompletion: set setup.exe to 3, close the message, so that Setup goes on after a restart. C:\\Windows\\Panther\\setuperr.log has the reason; a fresh installation with 4 GiB of memory is the sure way.',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-oobe-failed',
    line: [
      /\bOOBE(?:KEYBOARD|REGION|LOCAL|EULA|SETTINGS|IDPS|AADV\d{1,2}|LANGUAGE|ZDP|ENTERPRISEREGISTRATION)\b/,
      /There's a problem that's keeping us from getting your PC ready/,
    ],
    what: 'A page of the first set-up of Windows (OOBE) could not be carried out; Windows itself runs.',
    why: 'It needs the network for some pages, a clock that is right and its own packages: a VM without a driver for its network card (NetKVM), an image that was generalised twice, or an answer file without these pages answered.',
    hint: 'Try again or skip; Shift+F10 opens a prompt, where `OOBE\\BYPASSNRO` goes on without a network and `pnputil /add-driver D:\\NetKVM\\w11\\amd64\\*.inf /install` installs the card. For unattended images answer the pages in unattend.xml (HideOnlineAccountScreens, SkipMachineOOBE).',
    reference: 'https://learn.microsoft.com/windows-hardware/customize/desktop/customize-oobe',
    confidence: 'likely',
  },
  {
    id: 'cloudbase-init-no-metadata',
    severity: 'warning',
    line: [
      /cloudbase.{0,200}(?:No metadata service found|No available service found|Metadata service .{0,60}not (?:found|available))/i,
      /cloudbaseinit\.metadata\.\S{1,80} \[-\] .{0,80}(?:169\.254\.169\.254|Max retries exceeded|Could not find|No config drive)/,
      /(?:No metadata service found|Metadata not found for service: '?\w{1,40})/,
    ],
    needs: ({ says }) => says(/cloudbase/i),
    what: 'Cloudbase-Init in the Windows guest found no metadata: no user, password, name or network is set from a seed.',
    why: 'It asks each service of metadata_services= in turn: a line about 169.254.169.254 is one cloud that is not there and is normal. A NoCloud seed is read only by NoCloudConfigDriveService, from a disk with the label cidata (ISO 9660 or FAT), for which Windows needs the driver of the disk.',
    hint: 'In cloudbase-init.conf and cloudbase-init-unattend.conf: `metadata_services=cloudbaseinit.metadata.services.nocloudservice.NoCloudConfigDriveService`, and config_drive_cdrom, config_drive_vfat and config_drive_raw_hhd set to true; attach the seed (`chv-doctor fix cloud-init`), then restart the service.',
    check: 'cloud-init',
    reference: cloudbase,
    confidence: 'likely',
  },
  {
    id: 'cloudbase-init-plugin-failed',
    line: [
      /plugin '(?<plugin>\w{1,60})' failed with error '?(?<words>.{1,200}?)\.?'?$/i,
      /cloudbaseinit\.plugins\.\S{1,80} \[-\] (?<words>.{0,120}(?:[Ff]ailed|[Ee]rror|password).{0,120})/,
    ],
    needs: ({ says }) => says(/cloudbase/i),
    what: 'A part of Cloudbase-Init ({plugin|see the line}) failed in the Windows guest: {words|see its log}.',
    why: 'The others go on. A password must meet the policy of Windows (length and kinds of characters); user data must begin with #ps1_sysnative, #cloud-config or another line that it knows; extending a volume needs free space right behind it.',
    hint: 'Correct that value in the seed and give it a new instance-id; the log is C:\\Program Files\\Cloudbase Solutions\\Cloudbase-Init\\log\\cloudbase-init.log.',
    check: 'cloud-init',
    reference: cloudbase,
    confidence: 'likely',
  },
]
