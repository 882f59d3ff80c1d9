/** Words of Windows in a guest. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const windowsTerms: Terms = [
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
