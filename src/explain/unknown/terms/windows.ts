/** Words of Windows in a guest. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const windowsTerms: Terms = [
  [
    /\bmedia driver your computer needs is missing\b|\bWe couldn't find any drives\b|\bTo get a storage driver, click Load driver\b/i,
    'Windows Setup has no driver for the disk: attach the ISO of virtio-win as a further disk, choose "Load driver" and take viostor of that version of Windows and architecture (viostor\\w11\\amd64, for example).',
  ],
  [
    /\bWindows cannot be installed to this disk\b|\bhardware may not support booting to this disk\b/i,
    'Windows Setup sees the disk and does not think that it can boot from it: the partition table is of another kind than the firmware wants (UEFI wants GPT), or the driver of the disk was loaded late. Delete its partitions there and let Setup make them.',
  ],
  [
    /\bThis PC (?:doesn't currently meet|can't run) Windows 11\b|\bPC must support (?:TPM 2\.0|Secure Boot)\b/i,
    'Windows 11 Setup asks for a TPM 2.0, Secure Boot, 4 GiB of memory and two processors: give the VM swtpm with --tpm and enough memory and processors. A firmware without Secure Boot does not pass; the values BypassTPMCheck and BypassSecureBootCheck below HKLM\\SYSTEM\\Setup\\LabConfig let Setup go on.',
  ],
  [
    /\bWindows could not complete the installation\b|\bWindows installation cannot proceed\b/i,
    'Windows Setup was interrupted or met an error in its last steps: the logs are in C:\\Windows\\Panther (setuperr.log, setupact.log), which Shift+F10 opens a prompt for. A restart of the VM in the middle, too little memory or an answer file (unattend.xml) with a fault are the usual reasons.',
  ],
  [
    /\bWindows could not (?:apply|parse or process) (?:the )?unattend\b/i,
    'The named pass of the answer file (unattend.xml) failed. Panther\\setuperr.log (below C:\\Windows or C:\\Windows\\System32\\Sysprep) names the component or package; often it is a value that this version of Windows does not know.',
  ],
  [
    /\bAn operating system wasn't found\b|\bAutomatic Repair couldn't repair\b|\bUNMOUNTABLE_BOOT_VOLUME\b/i,
    'Windows or its boot manager does not reach the volume of the system: the image is cut off or damaged, the disk or its controller is another than before, or viostor is missing. Start the repair system with the ISO of virtio-win attached, `drvload` viostor, then `chkdsk` and `bcdboot`.',
  ],
  [
    /\bcloudbaseinit\b|\bcloudbase-init\b/i,
    'cloudbase-init is the cloud-init of Windows: it takes metadata from the services that cloudbase-init.conf lists (metadata_services=), of which each that is not there is noted. For a seed disk it needs NoCloudConfigDriveService (label cidata); its log is in C:\\Program Files\\Cloudbase Solutions\\Cloudbase-Init\\log.',
  ],
  [
    /\bthe specified credentials were rejected by the server\b/,
    'WinRM of the guest refused user or password, or the way to log in (basic, NTLM) is switched off there: `winrm get winrm/config/service/auth` in Windows; a local user is written NAME or .\\NAME.',
  ],
  [
    /\bThe WinRM client cannot process the request\b/,
    'The WinRM client on this side refuses: with an address in place of a name, or outside of a domain, it wants HTTPS (port 5986) or the guest in its TrustedHosts (`Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value ADDRESS`).',
  ],
  [
    /\bCLOCK_WATCHDOG_TIMEOUT\b/,
    'A processor of the Windows guest did not answer a clock interrupt in time: the host gave its vCPU no time (overcommitted, paused, nested), or kvm_hyperv=on is missing. Compare fewer vCPUs.',
  ],
  [
    /\bReset to device, \\Device\\RaidPort\d/,
    'Event 129 of Windows says that a request to the disk took longer than its time-out (mostly 60 s) and the driver reset the device: the storage of the host is slow or stuck, or the back-end of the disk stopped.',
  ],
  [
    /\bINACCESSIBLE_BOOT_DEVICE\b|\b0x0{6}7B\b|\bSTOP:? 0x7B\b/i,
    'INACCESSIBLE_BOOT_DEVICE (stop code 0x7B): Windows does not reach its disk, mostly for lack of a driver: viostor of virtio-win must be in the image before it starts here.',
  ],
  [
    /\bCM_PROB_FAILED_START\b|\(Code 10\)|\b[Pp]roblem [Cc]ode 10\b|\bSTATUS_DEVICE_CONFIGURATION_ERROR\b|\bDEVPKEY_Device_ProblemStatus\b/,
    'Problem code 10 of Windows (CM_PROB_FAILED_START) says that the driver of a device in the guest could not start it: the driver and what the device offers (interrupts, BARs, queues) do not fit.',
  ],
  [
    /\bBLUESCREEN\b|\bSTOPCODE\b|\bbug ?check\b|\b(?:SYSTEM_SERVICE|KMODE|SYSTEM_THREAD)_EXCEPTION\w*|\bIRQL_NOT_LESS\w*|\bHAL_INITIALIZATION_FAILED\b|\bCLOCK_WATCHDOG_TIMEOUT\b|\bCRITICAL_PROCESS_DIED\b/i,
    'A stop code (bug check, blue screen) is a crash of the Windows kernel: mostly a driver (virtio-win of another version), a feature of the processor that is missing (0xC0000096 is a privileged instruction, an MSR for example), or no kvm_hyperv=on.',
  ],
  [
    /\bSAC>|\bEMS\b.{0,40}\b(?:bcdedit|console)|\bbcdedit\b/i,
    'SAC is the console of Windows on the serial port (EMS): `cmd` opens a channel, `i` lists the addresses.',
  ],
  [
    /\b0x[cC]0000(?:00[efEF]|098|0[eE]9|225)\b|\bwinload\b|\b(?:[Bb]ootmgr|BOOTMGR)\b|\bBCD\b/,
    'The boot manager of Windows (BCD, winload) did not find or accept what it should load: the disk or its partition is another one than when it was installed, or files are missing.',
  ],
  [
    /\b(?:viostor|vioscsi|NetKVM|netkvm|viorng|vioserial|VirtIOFS|virtio-win)\b/,
    'virtio-win holds the drivers of Windows for virtio (viostor: disk, NetKVM: network): without them Windows shows unknown devices, and old ones do not know newer releases.',
  ],
  [
    /\bWinRM\b|\bRDP\b|\bmstsc\b/,
    'RDP and WinRM need the network of Windows, its firewall opened and the service switched on.',
  ],
]
