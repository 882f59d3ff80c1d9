/** Units of a guest that set up devices, volumes and consoles at its boot. */
import { type Cause, doc } from '../../cause.ts'
import { failedToStart } from './failed-to-start.ts'

const debugging = 'https://systemd.io/DEBUGGING/'

export const guestDeviceUnits: readonly Cause[] = [
  {
    id: 'guest-agent-port-missing',
    severity: 'note',
    line: [
      /virtio-ports\S{0,4}org\.qemu\.guest_agent\.0/,
      /(?:Failed to start|Dependency failed for) (?:qemu-(?:guest-agent|ga)\.service - )?QEMU Guest Agent/,
    ],
    needs: ({ says }) =>
      says(/Timed out waiting|Failed to start|Dependency failed|No such file|failed to open|cannot open/i),
    what: 'The QEMU guest agent in the guest does not start, because the virtio-serial port that it speaks over (org.qemu.guest_agent.0) is not there: harmless.',
    why: 'The port is made by QEMU or libvirt (a channel in the XML of the domain); Cloud Hypervisor has no virtio-serial ports, so an image that was prepared for QEMU waits for it in vain (90 seconds at most, beside the boot).',
    hint: '`systemctl disable --now qemu-guest-agent` (or mask it) in the image. With QEMU and libvirt add the channel: `virsh attach-device` or `--channel unix,target.type=virtio,target.name=org.qemu.guest_agent.0`.',
    reference: 'https://wiki.libvirt.org/Qemu_guest_agent.html',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-udevd',
    line: [
      failedToStart(
        '(?:Rule-based Manager for Device Events and Files|udev Kernel Device Manager|Coldplug All udev Devices|udev Coldplug all Devices)',
      ),
    ],
    what: 'udev of the guest did not start, so devices get no names and the units that wait for them (disks by UUID, network, consoles) time out.',
    why: 'Usual: the kernel lacks what it needs (CONFIG_DEVTMPFS, CONFIG_INOTIFY_USER, CONFIG_SIGNALFD, CONFIG_NET, CONFIG_FHANDLE), the root is full, read-only or only half updated, or there is too little memory.',
    hint: 'Boot the image with its own kernel (CLOUDHV.fd) to compare; `journalctl -b -u systemd-udevd` and `/usr/lib/systemd/systemd-udevd --debug` on the console say what it lacks.',
    check: 'kernel-image',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-unit-crypt',
    line: [
      failedToStart(
        '(?:Cryptography Setup|Verity Setup|Verity Integrity Setup|Integrity Setup) for \\S{1,80}?',
      ),
    ],
    what: 'An encrypted or verified volume of the guest was not set up ({unit|see the line}), so what lies on it is not mounted.',
    why: 'Its disk is not there or has another UUID than /etc/crypttab (or the command line of the kernel) says, the passphrase, key file, TPM or root hash does not fit, or the kernel lacks dm-crypt, dm-verity or the cipher.',
    hint: '`journalctl -b -u "systemd-cryptsetup@*" -u "systemd-veritysetup@*"` names the reason; `blkid`, `cryptsetup luksDump DEVICE`, `dmsetup targets`. An entry that need not be there takes nofail in crypttab and fstab.',
    check: 'disk-image',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/crypttab.html',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-zfs',
    line: [
      failedToStart(
        '(?:Import ZFS pools by (?:cache file|device scanning)|Import ZFS pool "?[\\w.-]{1,40}"?|Install ZFS kernel module|Mount ZFS filesystems)',
      ),
    ],
    what: 'ZFS of the guest did not import or mount its pools.',
    why: 'Usual: no zfs module for the kernel that runs (an update before dkms was done, a kernel given with --kernel), a disk of the pool that was not given to the VM, an old /etc/zfs/zpool.cache, a pool last used by another hostid, or a mount point that is not empty.',
    hint: '`modprobe zfs`, then `zpool import` lists the pools that it finds and what is missing; `zpool import -f POOL` takes over one that no other machine uses; `zpool set cachefile=/etc/zfs/zpool.cache POOL` makes the cache anew.',
    check: 'disk-image',
    reference: 'https://openzfs.github.io/openzfs-docs/',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-minor',
    severity: 'note',
    line: [
      failedToStart(
        '(?:Setup Virtual Console|Set [Uu]p (?:Additional Binary Formats|console font and keymap|the console keyboard layout)|Hold until boot process finishes up|Terminate Plymouth Boot Screen|Record System Boot/Shutdown in UTMP|Crash recovery kernel arming|Kernel crash dump capture service|Rotate log files|Save/Restore Sound Card State|GPIO .{1,40}|LSB: .{0,20}sensors.{0,20}|Hardware RNG.{0,40}|Machine Check Exception Logging Daemon|Disk Manager|Daily (?:apt|Cleanup|man-db).{0,40})',
      ),
    ],
    what: 'A small service of the guest did not start ({unit|see the line}); the boot goes on without it, and it is no reason for a guest that stops.',
    why: 'It wants what this VM does not have: a screen (virtual console, plymouth), sensors or sound, memory that is set aside for a crash kernel (crashkernel=), or a module that the kernel lacks (binfmt_misc).',
    hint: '`systemctl status UNIT` tells more; `systemctl disable UNIT` (or mask) where nobody needs it. For kdump add crashkernel=256M to the command line of the kernel.',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-no-power-off',
    severity: 'warning',
    line: [/reboot: Power off not available/, /reboot: Power down$/],
    // A guest that is switched off says "Power down", too: only where somebody sees that the VM is still there.
    needs: ({ text, says }) =>
      /not available/.test(text) ||
      says(
        /(?:VM|process|hypervisor|qemu|guest) .{0,40}(?:keeps running|still running|stays|hangs|(?:does(?:n't| not)|never) (?:exit|stop|end|terminate))/i,
      ),
    what: 'The guest shut down and could not switch the machine off: its processors halt, and the VM runs on.',
    why: 'Its kernel has no way to power off: built without ACPI (or started with acpi=off), on arm64 without PSCI, on a small or custom kernel.',
    hint: 'Use a kernel with CONFIG_ACPI (arm64: CONFIG_ARM_PSCI_FW), drop acpi=off, or end with `reboot -f`, which resets; from outside `ch-remote --api-socket FILE shutdown-vmm`.',
    check: 'kernel-image',
    reference: doc('README.md#building-your-kernel'),
    confidence: 'likely',
  },
  {
    id: 'guest-rootwait',
    severity: 'warning',
    line: [
      /Waiting for root device (?<root>\S{1,120}?)\.{3}/,
      /Waiting (?<seconds>\d{1,6}) ?sec before mounting root device/,
    ],
    needs: ({ says }) => !says(/VFS: Mounted root|Run \/\S+ as init|systemd\[1\]|Kernel panic|login:/),
    what: 'The kernel of the guest waits for its root device {root|}, and nothing follows: with rootwait it does so without an end.',
    why: 'No disk of that name appears: root= names another one (/dev/sda1 where it is /dev/vda1, a partition that is not there), --disk is missing, or the kernel has no virtio_blk and virtio_pci built in. LABEL= and UUID= of a file system are no names for the kernel alone.',
    hint: 'Look above for "virtio_blk" and "vda:", which lists the partitions, and correct root=; without them use a kernel with CONFIG_VIRTIO_PCI=y and CONFIG_VIRTIO_BLK=y. `rootwait=10` (newer kernels) or leaving rootwait out shows the list of partitions.',
    check: 'disk-image',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
]
