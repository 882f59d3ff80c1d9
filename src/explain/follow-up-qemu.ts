/** What follows from an error of QEMU, of libvirt or of the small VM of libguestfs. */
import { isCause } from './follow-up-rule.ts'

/** That another monitor, or the program between, ended: the reason is said by another line. */
export const saysQemuEnded = isCause(
  'qemu-bridge-helper-failed',
  'libvirt-monitor-closed',
  'proxmox-qemu-exited',
  'incus-qemu-exited',
  'guestfs-appliance-failed',
  'guestfs-appliance-by-libvirt',
  'packer-qemu-failed',
)
