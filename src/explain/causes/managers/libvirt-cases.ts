/** Failures of libvirt that more general words would answer: read before those. */
import type { Cause } from '../../cause.ts'

const virsh = 'https://libvirt.org/manpages/virsh.html'
const format = 'https://libvirt.org/formatdomain.html'

export const libvirtCases: readonly Cause[] = [
  {
    id: 'libvirt-address-twice',
    line: [
      /Attempted double use of (?<kind>PCI|SCSI|virtio-serial|CCW)? ?[Aa]ddress '?(?<address>[\w:.]{2,30})/,
      /target '(?<address>\w{2,12})' duplicated for disk sources/,
      /Found duplicate drive address for disk with target name '(?<address>\w{2,12})'/,
    ],
    what: 'Two devices in the XML of the domain have the same address or target name ({address|see the message}).',
    why: 'A device was copied within the XML together with its <address> or <target>, or edited by hand to one that another has.',
    hint: 'Delete the <address …/> line of the device that was added (libvirt chooses a free one when it stores the XML) and give a disk its own <target dev="vdb"/>. At "Try again?" y opens the editor with your text.',
    reference: `${format}#device-addresses`,
    confidence: 'likely',
  },
  {
    id: 'virt-viewer-no-screen',
    line: [/Guest does not have a graphic display|Cannot determine the graphic type for the guest/],
    what: 'virt-viewer has nothing to show: the domain has no graphics device (VNC, SPICE).',
    why: 'It was made with --graphics none (or for a serial console only).',
    hint: '`virsh console NAME` opens its serial console; for a screen add <graphics type="vnc" port="-1"/> and <video><model type="virtio"/></video> with `virsh edit NAME`, then stop and start it.',
    reference: `${format}#graphical-framebuffers`,
    confidence: 'likely',
  },
  {
    id: 'virt-install-console-argument',
    severity: 'warning',
    line: [/^Escape character is \^\] ?(?:\(Ctrl \+ \]\))?$/],
    needs: ({ says }) =>
      says(/virt-install/) &&
      says(/--graphics[= ]none|--nographics/) &&
      !says(/console=tty|login: ?|\[ {0,6}\d+\.\d{3,6}\]|systemd|GRUB|error:/i),
    what: 'virt-install waits at the serial console, on which the installer prints nothing.',
    why: 'With --graphics none there is no screen, and the kernel of the installer writes to the serial port only when it is told to. --cdrom cannot be told; --location can.',
    hint: 'Leave with Ctrl and ], `virsh destroy NAME && virsh undefine NAME`, and start again with `--location URL_OR_ISO --extra-args "console=ttyS0,115200n8"`; or without --graphics none and with virt-viewer or VNC.',
    reference: 'https://github.com/virt-manager/virt-manager/blob/main/man/virt-install.rst',
    confidence: 'likely',
  },
  {
    id: 'libvirt-cd-missing',
    line: [
      /Cannot access storage file '(?<file>[^']{1,200}\.(?:iso|ISO))'.{0,40}: No such file or directory/,
    ],
    needs: ({ says }) => !says(/virsh\b.{0,80}\bmigrate\b/),
    what: 'The ISO {file|} in the CD drive of the domain is gone, so the domain is not started.',
    why: 'The installation image was moved or deleted after the installation, and the XML still names it.',
    hint: '`virsh domblklist NAME` shows the drive (sda, hda); `virsh change-media NAME sda --eject --config` takes it out; or put the file back.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'libvirt-saved-state-unfit',
    line: [
      /job '?restore'? failed: (?<words>.{1,160})/,
      /(?<words>machine type mismatch|[Mm]issing section footer|Unknown savevm section).{0,80}load of migration failed/,
      /Failed to load [\w.:/-]{2,60}: (?<words>.{3,80})/,
    ],
    needs: ({ says }) => says(/libvirt|virsh|Failed to start domain|domain|load of migration failed/i),
    what: 'The saved memory of the domain cannot be loaded by this QEMU or with this XML: {words|see the message}.',
    why: 'At its last shutdown the VM was saved (virsh managedsave, a restart of the host with libvirt-guests), and since then QEMU was updated or the machine type or devices changed.',
    hint: 'Undo the change (machine type, devices, the older QEMU) and start once more; if the saved memory may be lost, as at a power cut: `virsh managedsave-remove NAME`, then `virsh start NAME`.',
    reference: virsh,
    confidence: 'likely',
  },
  {
    id: 'libvirt-pool-full',
    line: [
      /Cannot recv data: No space left on device/,
      /(?:cannot|[Uu]nable to|[Ff]ailed to) (?:extend|allocate|fill|preallocate|create|write).{0,20} (?:file|volume|path) '?(?<file>[^']{1,160}?)'?: No space left on device/,
    ],
    needs: ({ says }) => says(/virsh|libvirt|\bvolume\b|\bpool\b|vol-|storage/i),
    what: 'The storage pool of libvirt has no room for {file|that volume}: the file system on which it lies is full.',
    why: '/var/lib/libvirt/images is mostly part of the root file system. A raw volume takes its whole size when it is allocated; a qcow2 grows.',
    hint: '`df -h /var/lib/libvirt/images`, `virsh vol-list --details POOL`; remove volumes and ISOs that no VM uses, or make a pool on a larger disk: `virsh pool-define-as big dir --target /DATA/images`, `virsh pool-build big`, `virsh pool-start big`.',
    reference: 'https://libvirt.org/storage.html',
    confidence: 'likely',
  },
  {
    id: 'incus-image-unknown',
    line: [
      /Failed getting image: (?:The requested image couldn't be found|Image not found)(?: for fingerprint "(?<name>[^"]{1,80})")?/,
      /Failed getting remote image info: .{0,80}couldn't be found(?: for fingerprint "(?<name>[^"]{1,80})")?/,
      /The requested image couldn't be found for fingerprint "(?<name>[^"]{1,80})"/,
    ],
    what: 'The image server has no image {name|of that name} for this kind of instance.',
    why: 'The name lacks its remote (images:), is spelt for another server ("ubuntu:24.04" of LXD is "images:ubuntu/24.04" for Incus), has no variant for VMs or this architecture, or the release is no longer served; LXD itself is not served by images.linuxcontainers.org any more.',
    hint: '`incus image list images: debian type=virtual-machine` (LXD: `lxc image list images:` or `ubuntu:`) shows names; `incus launch images:debian/12 NAME --vm`; with cloud-init: images:debian/12/cloud.',
    reference: 'https://linuxcontainers.org/incus/docs/main/howto/images_remote/',
    confidence: 'likely',
  },
  {
    id: 'proxmox-volume-taken',
    line: [/volume '(?<volume>[\w.-]{1,40}:\S{1,100})' already exists/],
    what: 'The storage of Proxmox has a volume {volume|} already.',
    why: 'It is left from a VM or container that was removed without its disks, or from a step that was broken off.',
    hint: '`qm disk rescan` shows it as unused disk of its VM; `pvesm list STORAGE` and `grep -r NAME /etc/pve` show whether a VM uses it; if none does: `pvesm free {volume|VOLUME}`.',
    reference: 'https://pve.proxmox.com/pve-docs/pvesm.1.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-no-shrink',
    line: [/shrinking disks is not supported/],
    what: 'Proxmox enlarges disks only: it does not make one smaller.',
    why: 'What lies behind the new end would be lost. A size without + is the whole size, not what is added.',
    hint: 'Give `+10G` to add; to get smaller add a second, smaller disk and copy the system inside of the guest (or from a live CD with Clonezilla), or restore a backup of a smaller container (`pct restore … --rootfs STORAGE:SIZE`).',
    reference: 'https://pve.proxmox.com/pve-docs/qm.1.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-backup-target',
    line: [
      /vma_queue_write: write error - (?<words>Broken pipe|No space left on device|Input\/output error)/,
    ],
    what: 'The backup of Proxmox could not be written to its target: {words|}.',
    why: 'Broken pipe means that the compressor behind it (zstd, lzo) ended: mostly the target is full or a share went away; its own line stands above. I/O error: the disk or share of the target fails.',
    hint: '`pvesm status` and `df -h` of the target; older backups: "Prune" or keep-last; a local disk for temporary files: `tmpdir:` in /etc/vzdump.conf; then run it again (`vzdump ID --storage NAME`).',
    reference: 'https://pve.proxmox.com/pve-docs/vzdump.1.html',
    confidence: 'likely',
  },
  {
    id: 'proxmox-container-release',
    line: [
      /unsupported (?<system>debian|ubuntu|fedora|centos|alpine|opensuse|devuan) version '?(?<version>[\w.]{1,16})/i,
    ],
    what: 'This release of Proxmox does not know {system|that system} {version|} in containers.',
    why: 'The package pve-container sets network and init of each system up, and has a list of releases that it knows; one that came out later is refused.',
    hint: '`apt-get update && apt-get install pve-container` (with the repositories of Proxmox set up); else update Proxmox, take an older template, or set `--ostype unmanaged` (network is then set up in the container by hand).',
    reference: 'https://pve.proxmox.com/pve-docs/pct.1.html',
    confidence: 'likely',
  },
]
