/** What the choice of devices and places for a VM brings about: macvtap, Windows, displays, shared storage, tools. */
import type { Cause } from '../../cause.ts'

const format = 'https://libvirt.org/formatdomain.html'

export const guestKinds: readonly Cause[] = [
  {
    id: 'macvtap-host-unreachable',
    severity: 'warning',
    line: [
      /<source dev=['"](?<device>[\w.-]{1,20})['"] mode=['"]bridge['"]/,
      /\bmacvtap\S{0,20} .{0,60}(?:mode bridge|host)/i,
    ],
    needs: ({ says }) =>
      says(
        /Destination Host Unreachable|100% packet loss|No route to host|can(?:not|'t) (?:ping|reach)|unreachable/i,
      ),
    what: 'The VM is attached by macvtap to {device|a card of the host}: it reaches the network, and host and VM do not reach each other.',
    why: 'macvtap sends frames straight out through the card; none of them turns round to the host. It is made so, and no fault of the guest.',
    hint: 'For traffic between host and VM: a bridge on the host (netplan or nmcli: br0 with the card in it; <interface type="bridge"><source bridge="br0"/>), or a second card of the VM in the network "default", or a macvlan on the host: `sudo ip link add mv0 link {device|CARD} type macvlan mode bridge` with an address of its own.',
    reference: `${format}#direct-attachment-to-physical-interface`,
    confidence: 'likely',
  },
  {
    id: 'windows-setup-no-drive',
    line: [/No drives were found\. Click Load driver to provide a mass storage driver/i],
    what: 'Windows Setup sees no disk: it has no driver for the virtio disk of the VM.',
    why: 'Windows brings no virtio drivers; until one is loaded a virtio-blk or virtio-scsi disk does not exist for it.',
    hint: 'Attach virtio-win.iso as a second CD drive, and in Setup "Load driver": viostor\\w11\\amd64 for virtio-blk, vioscsi\\w11\\amd64 for virtio-scsi (and NetKVM for the network); or install on a SATA disk and change it afterwards.',
    reference: 'https://github.com/virtio-win/virtio-win-pkg-scripts',
    confidence: 'likely',
  },
  {
    id: 'qemu-display-not-initialised',
    severity: 'warning',
    line: [/Guest has not initialized the display/],
    what: 'The guest has shown nothing on its display so far.',
    why: 'Mostly no firmware or boot loader runs: the machine "virt" of arm64 and riscv64 has no firmware and no display unless it is given both; on a PC the guest hangs before its video starts, or writes to the serial port alone.',
    hint: 'arm64: `-bios QEMU_EFI.fd` (or edk2-aarch64-code.fd, which comes with QEMU), `-device virtio-gpu-pci -device qemu-xhci -device usb-kbd`, and the ISO of that architecture; else look at the serial console: `-serial stdio` or `-nographic`.',
    reference: 'https://www.qemu.org/docs/master/system/arm/virt.html',
    confidence: 'likely',
  },
  {
    id: 'ovirt-storage-denied',
    line: [/\/rhev\/data-center\/\S{0,200}.{0,80}Permission denied/],
    what: 'QEMU may not open a disk on a storage domain of oVirt or RHV.',
    why: 'There vdsm and kvm are the user 36 and the group 36: the export must belong to 36:36 and must not map them to another user.',
    hint: 'On the NFS server: `chown -R 36:36 EXPORT`, `chmod 0755 EXPORT`, options `rw,anonuid=36,anongid=36`, `exportfs -ra`; on the host `ls -ln` of the path in the line, and `sudo setsebool -P virt_use_nfs 1`.',
    reference: 'https://www.ovirt.org/documentation/administration_guide/',
    confidence: 'likely',
  },
  {
    id: 'virsh-missing',
    line: [
      /exec: "(?<tool>virsh|virt-install|virt-customize|guestfish|virt-builder)": executable file not found/,
      /(?:^|[\s:])(?<tool>virsh|virt-install|virt-customize|virt-viewer|guestfish|guestmount|virt-builder|virt-manager): (?:\d{1,4}: )?(?:command )?not found/,
      /command not found: (?<tool>virsh|virt-install|virt-customize|guestfish|virt-manager)$/,
    ],
    what: 'The program {tool|virsh} is not installed on this machine.',
    why: 'virsh is in libvirt-clients (Debian, Ubuntu) or libvirt-client (Fedora, RHEL), virt-install in virtinst or virt-install, guestfish and virt-customize in libguestfs-tools or guestfs-tools. The daemon is a package of its own.',
    hint: 'Debian, Ubuntu: `sudo apt-get install qemu-system-x86 libvirt-daemon-system libvirt-clients virtinst` (and libguestfs-tools); Fedora, RHEL: `sudo dnf install qemu-kvm libvirt virt-install` (and guestfs-tools). Then `sudo usermod -aG libvirt $USER` and log in again.',
    reference: 'https://libvirt.org/manpages/virsh.html',
    confidence: 'likely',
  },
  {
    id: 'swtpm-state-newer',
    line: [
      /\bstate blob version unsupported\b|TPM result for CMD_INIT: 0x(?<code>[\da-f]{1,3}) operation failed/,
    ],
    what: 'swtpm cannot load the stored state of the TPM (code {code|not in this line}).',
    why: '"version unsupported": a newer libtpms wrote it (another host, or a downgrade). Another code of CMD_INIT: the file is damaged, empty or not readable for the user of swtpm.',
    hint: 'Install the newer libtpms and swtpm, or start the VM where it ran before; see `ls -l` of tpm2-00.permall below the state directory. Without it the guest gets a new TPM: keys that it held (BitLocker: have the recovery key) are lost.',
    reference: 'https://github.com/stefanberger/swtpm/wiki',
    confidence: 'likely',
  },
  {
    id: 'pvresize-not-a-volume',
    line: [/Failed to find physical volume "(?<device>[^"]{1,80})"/],
    what: 'LVM has no physical volume {device|there}: the name is that of the disk, or of another partition.',
    why: 'The physical volume is mostly a partition (/dev/sda3, /dev/vda2), and must grow after that partition did.',
    hint: '`sudo pvs` names it. In order: `sudo growpart /dev/sda 3`, `sudo pvresize /dev/sda3`, `sudo lvextend -r -l +100%FREE /dev/VG/LV`.',
    reference: 'https://man7.org/linux/man-pages/man8/pvresize.8.html',
    confidence: 'likely',
  },
  {
    id: 'lvm-volume-of-group',
    line: [
      /Can't initialize physical volume "(?<device>[^"]{1,80})" of volume group "(?<group>[^"]{1,80})" without -ff/,
      /Physical volume '?(?<device>\/dev\/\S{1,80}?)'? is already in volume group '?(?<group>[\w+.-]{1,80})/,
    ],
    what: 'The device {device|} belongs to the volume group {group|} already; LVM does not make it anew.',
    why: 'It is in use there, or was part of a group on another machine. With -ff everything on it would be lost.',
    hint: '`sudo pvs -o +vg_name` and `sudo lvs {group|VG}` show what is on it. To use it take that group; to free it: `sudo pvmove DEVICE`, `sudo vgreduce VG DEVICE`, `sudo pvremove DEVICE`.',
    reference: 'https://man7.org/linux/man-pages/man8/pvcreate.8.html',
    confidence: 'likely',
  },
  {
    id: 'lvreduce-asks',
    severity: 'warning',
    line: [/WARNING: Reducing active (?:and open )?logical volume to (?<size>.{2,20})\.$/],
    what: 'LVM asks before it makes the volume smaller ({size|see the line}): a file system that is larger would be cut off.',
    why: 'lvreduce knows the volume alone. The file system must be smaller first; XFS cannot shrink at all, and ext4 only while it is not mounted.',
    hint: 'Answer n. For ext4, unmounted: `sudo e2fsck -f /dev/VG/LV`, then `sudo lvreduce -r -L SIZE /dev/VG/LV`, which shrinks the file system first. XFS: back up, make it anew, restore.',
    reference: 'https://man7.org/linux/man-pages/man8/lvreduce.8.html',
    confidence: 'likely',
  },
]
