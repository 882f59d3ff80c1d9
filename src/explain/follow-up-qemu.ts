/** What follows from an error of QEMU, of libvirt or of the small VM of libguestfs. */
import { isCause, type Rule } from './follow-up-rule.ts'

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

export const managerRules: readonly Rule[] = [
  // A process that is not the owner of its terminal is mostly the leader of a group, too.
  {
    first: isCause('firecracker-terminal-refused'),
    later: isCause('firecracker-jailer-refused', 'vmm-panic', 'aborted'),
    anyOrder: true,
  },
  { first: isCause('guest-virtiofs-too-early'), later: isCause('guest-fs-mount'), anyOrder: true },
  { first: isCause('libvirt-tool-not-executed'), later: isCause('libvirt-firewall-refused'), anyOrder: true },
  { first: isCause('vgpu-start-failed'), later: isCause('vfio-device-not-given'), anyOrder: true },
  // The emulator of a foreign program says its signal before the shell does.
  { first: isCause('qemu-user-crashed'), later: isCause('segfault', 'aborted'), anyOrder: true },
  {
    first: isCause('guestfs-image-denied', 'guestfs-appliance-by-libvirt'),
    later: isCause('libvirt-monitor-closed'),
    anyOrder: true,
  },
  // A VM by macvtap does not answer its host.
  { first: isCause('macvtap-host-apart'), later: isCause('ping-unanswered'), anyOrder: true },
  // The format that a disk was given is why its guest finds nothing to boot.
  {
    first: isCause('disk-format-misnamed'),
    later: isCause('guest-firmware-no-boot', 'firmware-boots-network', 'disk-without-table'),
    anyOrder: true,
  },
]
