/** Where the set-up, repair or generalisation of Windows stops. */
import { type Cause, doc } from '../../cause.ts'

const windows = doc('windows.md')
const sysprep =
  'https://learn.microsoft.com/windows-hardware/manufacture/desktop/sysprep--generalize--a-windows-installation'

export const windowsSetup: readonly Cause[] = [
  {
    id: 'windows-bootmgr-missing',
    line: [/\b(?:BOOTMGR|NTLDR) is (?:missing|compressed)|CDBOOT: Couldn't find (?:BOOTMGR|NTLDR)/],
    what: 'A BIOS started the boot code of Windows, and it did not find the boot manager (BOOTMGR) on that disk.',
    why: 'The active partition is not the one of Windows (a disk with data only, or another first disk), the copy lost it, or the ISO was copied in a wrong way. Windows on Cloud Hypervisor starts by UEFI and does not come past here.',
    hint: 'Start the disk that holds Windows first; for Cloud Hypervisor use an image that was installed by UEFI with `--firmware CLOUDHV.fd` (`mbr2gpt /convert /allowFullOS` turns one round). From a Windows ISO: `bootrec /fixboot`, `bcdboot C:\\Windows`.',
    check: 'disk-image',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-repair-starts',
    line: [
      /^(?:Preparing Automatic Repair|Automatic Repair couldn't repair|Your PC did not start correctly)/,
      /An operating system wasn't found/,
    ],
    what: 'Windows or its boot manager could not start the system and offers a repair.',
    why: 'It comes after two starts that did not end well (a blue screen, a VM that was killed), with a disk whose driver (viostor) is missing after a move from another hypervisor, or a disk that is damaged, cut off or another one than Windows was installed on.',
    hint: 'Choose the command prompt there: `diskpart`, `list disk` shows whether the disk is seen; without it attach the virtio-win ISO and `drvload D:\\viostor\\w11\\amd64\\viostor.inf`. Then `chkdsk C: /f`, `bcdboot C:\\Windows /s S: /f UEFI`. C:\\Windows\\System32\\LogFiles\\Srt\\SrtTrail.txt has the reason.',
    check: 'disk-image',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-setup-no-disk',
    line: [/media driver your computer needs is missing/],
    what: 'Windows Setup has no driver for the disk of the VM and does not see it (or its own medium).',
    why: 'Windows has no virtio drivers of its own. The message about a media driver is the same for the ISO, where that is a virtio disk.',
    hint: 'Attach the ISO of virtio-win as a further disk, choose "Load driver" and take viostor of that Windows and architecture (viostor\\w11\\amd64); NetKVM the same for the network. In an unattended set-up name these directories in DriverPaths.',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-setup-partition',
    line: [
      /couldn't create a new partition or locate an existing one/,
      /Windows cannot be installed to this disk|hardware may not support booting to this disk/,
    ],
    what: 'Windows Setup sees the disk and does not accept it for the installation.',
    why: 'Its partition table is of another kind than the firmware wants (UEFI: GPT), it holds old partitions, it is smaller than Windows needs (64 GB for Windows 11), or the medium of the set-up counts as the first disk.',
    hint: 'Shift+F10 in Setup: `diskpart`, `select disk N`, `clean` (it deletes all on that disk), `convert gpt`, then refresh and choose the free space; give the target disk before the ISOs.',
    check: 'disk-image',
    reference: windows,
    confidence: 'likely',
  },
  {
    id: 'windows-sysprep-failed',
    line: [
      /Sysprep was not able to validate your Windows installation|A fatal error occurred while trying to sysprep/,
    ],
    what: 'Sysprep refused to generalise this Windows.',
    why: 'Mostly an app that was installed or updated for one user only (from the Store), BitLocker that is still on, an update that waits for a restart, or a system that was generalised too often.',
    hint: 'C:\\Windows\\System32\\Sysprep\\Panther\\setupact.log names it ("Package … was installed for a user, but not provisioned for all users"): `Get-AppxPackage -AllUsers NAME | Remove-AppxPackage -AllUsers`, `manage-bde -off C:`, a restart, then again.',
    reference: sysprep,
    confidence: 'likely',
  },
  {
    id: 'windows-unattend-refused',
    line: [
      /Windows could not (?:apply|parse or process) (?:the )?unattend(?:ed)?.{0,40}(?:pass \[(?<pass>\w{1,20})\])?/,
    ],
    what: 'Windows Setup does not accept its answer file (unattend.xml) in the pass {pass|that it names} and stops.',
    why: 'XML that does not parse, a component or value that this version of Windows does not have, the wrong architecture (processorArchitecture), a product key of another edition, or a computer name that is too long (15 characters).',
    hint: 'Shift+F10: C:\\Windows\\Panther\\setuperr.log and setupact.log name component and line; check the file in Windows System Image Manager against the image. Cloudbase-Init keeps its own in C:\\Program Files\\Cloudbase Solutions\\Cloudbase-Init\\conf.',
    reference:
      'https://learn.microsoft.com/windows-hardware/manufacture/desktop/update-windows-settings-and-scripts-create-your-own-answer-file-sxs',
    confidence: 'likely',
  },
]
