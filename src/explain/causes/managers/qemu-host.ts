/** What QEMU says of the host around it: disks, firmware files, sockets and passed-through devices. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const manual = 'https://www.qemu.org/docs/master/system/invocation.html'

/** Of qemu-img other entries tell. */
const isNoTool = ({ text }: Evidence): boolean => !/\bqemu-img\b/.test(text)

export const qemuHost: readonly Cause[] = [
  {
    id: 'qemu-disk-not-opened',
    line: [
      /-(?:drive|blockdev|hd[abcd]|cdrom|fda|initrd|pflash) .{1,400}: Could not open '(?<file>[^']{1,200})': (?<words>No such file or directory|Permission denied|Read-only file system|Is a directory)/,
      /\bqemu-(?:system-\w{1,20}|kvm|storage-daemon|nbd|io): .{0,300}Could not open '(?<file>[^']{1,200})': (?<words>No such file or directory|Permission denied|Read-only file system|Is a directory)/,
      /^kvm: .{0,300}Could not open '(?<file>[^']{1,200})': (?<words>No such file or directory|Permission denied)/,
    ],
    errnos: [1, 2, 13, 21, 30],
    needs: isNoTool,
    what: 'QEMU cannot open the image {file|of a disk}: {words|see the message}.',
    why: 'No such file: another directory or name, a volume that is not active, or a file below an overlay that was moved. Permission denied: this user may not read and write the file (of an overlay also the backing file below it) or pass a directory above it; under libvirt QEMU runs as libvirt-qemu or qemu, to which home directories are closed, and AppArmor or SELinux may refuse it, too.',
    hint: '`sudo namei -l FILE` shows owner and mode of each part; keep images in /var/lib/libvirt/images, and look for DENIED in `sudo dmesg`. OVMF_VARS.fd must be a copy of your own that is writable.',
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-disk-locked',
    line: [
      /Failed to get (?:shared )?"(?:write|consistent read|resize|write unchanged)" lock/,
      /^(?:error: )?Failed to lock byte 10\d/,
    ],
    needs: isNoTool,
    what: 'QEMU or its tool did not open the image because another program has it open and locked.',
    why: 'Mostly another VM (or the same one, started twice), qemu-nbd or a backup uses it. An ISO or base image that several VMs share must be read-only in each. On NFS the lock of a host that crashed may be left.',
    hint: '`sudo fuser -v FILE` or `sudo lslocks | grep qemu` names it: end that one; for a shared image use `readonly=on` (libvirt: `<readonly/>`), or make overlays.',
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-disk-other-format',
    line: [/: Image is not in (?<format>\w{2,10}) format\b/],
    needs: isNoTool,
    what: 'The image is not of the format {format|} that QEMU was told with format= or driver=.',
    why: "The name of a file says nothing: Ubuntu's .img is qcow2, other .img are raw, and a .qcow2 may be an error page, packed, or cut off.",
    hint: '`qemu-img info FILE` says what it is: give that format (libvirt: `<driver type="raw"/>`), or convert the image.',
    check: 'disk-image',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-firmware-missing',
    line: [
      /could not load PC BIOS '(?<file>[^']{1,200})'/i,
      /Could not find ROM image '(?<file>[^']{1,200})'/i,
      /Failed to open file '(?<file>\/[^']{1,160}(?:OVMF|AAVMF|edk2|QEMU_EFI)[^']{0,80})': (?<words>No such file or directory)/i,
      /could not (?:open|load) (?:option )?rom (?:file )?'(?<file>[^']{1,200})'/i,
    ],
    errnos: [2, 13],
    what: 'The firmware file {file|that the line names} is not there, or cannot be read.',
    why: 'The package with the UEFI firmware is not installed, or its files lie elsewhere in this distribution or release (/usr/share/OVMF/OVMF_CODE_4M.fd on newer Debian and Ubuntu, /usr/share/edk2 on Fedora and Arch); a name without a path is looked for in the data directory of QEMU.',
    hint: 'Install ovmf (Debian, Ubuntu; arm64: qemu-efi-aarch64) or edk2-ovmf (Fedora, Arch), and give the path that `ls /usr/share/OVMF /usr/share/edk2` shows. Cloud Hypervisor needs a firmware of its own (CLOUDHV.fd).',
    check: 'firmware',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-vsock-device',
    line: [
      /vhost-vsock: failed to open vhost device: (?<words>[A-Z][\w ]{3,40})/,
      /\bvhost_vsock kernel module not loaded\b|\bFailed to load kernel module "vhost_vsock"/,
      /unable to open '?\/dev\/vhost-vsock'?: (?<words>[A-Z][\w ]{3,40})/i,
    ],
    errnos: [1, 2, 13, 16, 19],
    what: 'The device /dev/vhost-vsock of the host cannot be used ({words|its module is not loaded}).',
    why: 'No such file: the module vhost_vsock is not loaded (VMware has a vsock module of its own that keeps it out). Permission denied: the file belongs to root and the group kvm.',
    hint: '`sudo modprobe vhost_vsock`, `ls -l /dev/vhost-vsock` (in a container it must be passed). Cloud Hypervisor needs no such device for its --vsock.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-vsock-cid-taken',
    line: [/unable to set guest cid: Address (?:already )?in use/i],
    errnos: [98],
    what: 'The vsock number (guest-cid) is in use by another VM on this host.',
    why: 'A CID of vhost-vsock belongs to one VM of the host; an old QEMU may still run.',
    hint: 'Choose another guest-cid for each VM (3 and up; libvirt: `<cid auto="yes"/>`).',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-vfio-denied',
    line: [
      /vfio .{1,40}: failed to open (?<file>\/dev\/vfio\/\w{1,10}): (?<words>Permission denied|Operation not permitted|(?:Device or )?resource busy)/i,
      /child reported \(status=125\): unable to open (?<file>\/dev\/vfio\/\w{1,10}): (?<words>[A-Z][\w ]{3,40})/,
    ],
    what: 'QEMU could not open the VFIO file {file|of the group} of a passed-through device: {words|see the message}.',
    why: 'Permission: the file belongs to root until it is given to the user that runs QEMU, or the cgroup or container does not allow the device. Busy: another VM has the group.',
    hint: '`ls -l /dev/vfio`, `sudo chown USER /dev/vfio/N`; with libvirt let it do that (`<hostdev managed="yes">`), and when it runs in a container give it /dev/vfio.',
    reference: 'https://docs.kernel.org/driver-api/vfio.html',
    confidence: 'likely',
  },
  {
    id: 'qemu-vfio-no-iommu',
    line: [
      /\bno iommu_group found\b/,
      /\bhost doesn't support passthrough of host PCI devices\b/,
      /\bcannot prepare PCI pass-?through, IOMMU not present\b/,
    ],
    what: 'The host has no IOMMU in use, without which no PCI device can be passed to a VM.',
    why: 'VT-d or AMD-Vi is off in the firmware (BIOS), or the kernel does not use it; a VM as host has one only if its own hypervisor gives it one. Without a pass-through nothing is missing.',
    hint: 'Switch it on in the firmware; on Intel add `intel_iommu=on` to the kernel command line (update-grub or grubby, then reboot); `ls /sys/kernel/iommu_groups` must not be empty.',
    reference: 'https://docs.kernel.org/driver-api/vfio.html',
    confidence: 'likely',
  },
  {
    id: 'qemu-socket-failed',
    line: [
      /-(?:chardev|serial|monitor|qmp|netdev) .{1,200}: Failed to (?<step>connect to|bind socket to) '?(?<socket>\/[^':]{1,160})'?: (?<words>[A-Z][\w ]{3,40})/,
    ],
    what: 'QEMU could not {step|use} the socket {socket|of its option}: {words|see the message}.',
    why: 'Connecting: the program behind it (virtiofsd, swtpm, a vhost-user back-end) must run before QEMU; no such file and refused mean that it does not. Binding: the directory is not there or not writable, or the file belongs to another user; longer paths than 107 characters do not work.',
    hint: 'Start the back-end first and look at its output; `ls -l` the socket and its directory as the user that runs QEMU.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-hwrng-missing',
    line: [/Could not open '(?<file>\/dev\/hwrng)': (?<words>[A-Z][\w ]{3,40})/],
    errnos: [1, 2, 13, 19],
    what: 'The host has no hardware random generator behind /dev/hwrng ({words|no such device}).',
    why: 'The file needs a driver with a device, and the user must be permitted to read it.',
    hint: 'Use `filename=/dev/urandom` (libvirt: `<backend model="random">/dev/urandom</backend>`).',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-migration-load',
    line: [
      /\berror while loading state (?:for instance 0x[\da-f]{1,8} of device|section id \d{1,6}\()\s?'?(?<device>[^')\n]{1,60})/,
      /\bUnknown savevm section or instance '(?<device>[^']{1,80})'|\bMissing section footer for (?<part>\S{1,60})/,
      /\bqemu\S{0,30}: load of migration failed: (?<words>[A-Z][\w ]{3,40})/,
    ],
    what: 'QEMU on the target could not take over the state of the VM ({device|see the message}): migration or resume failed, the VM on the source is unchanged.',
    why: 'The two sides differ: another machine type or CPU (features, microcode), other devices or sizes on the command line, or an older QEMU or kernel at the target than at the source.',
    hint: 'Use the same versioned machine type and a named CPU model on both, the same devices, and the same or a newer QEMU at the target; the log of the VM there has the first error.',
    reference: 'https://www.qemu.org/docs/master/devel/migration/main.html',
    confidence: 'likely',
  },
]
