/**
 * A guest of our own, small enough to be written out by hand: 137 to 245 bytes that print one line on the
 * serial port and switch the machine off. It proves that a virtual machine starts on this host, and
 * needs neither a download nor a disk.
 */
import { arm64Guest } from './arm64-guest.ts'
import { x86Guest } from './x86-guest.ts'

/** What the guest prints when it runs. */
export const guestMessage = 'CHV-DOCTOR-GUEST-OK'

/** Where Cloud Hypervisor puts the serial port: layout::LEGACY_SERIAL_MAPPED_IO_START, arch/src/aarch64/layout.rs. */
const arm64Serial = 0x0900_0000

/**
 * @param arch as `uname -m` writes it
 * @returns null where there is no guest for it
 */
export const probeGuest = (arch: string): Uint8Array | null => {
  if (arch === 'x86_64') return x86Guest(guestMessage)
  return arch === 'aarch64' ? arm64Guest(guestMessage, arm64Serial) : null
}
