/** Services of a guest that fail at its start for a reason that is usual for each, and what systemd itself cannot start without. */
import { type Cause, doc } from '../../cause.ts'
import { failedToStart } from '../boot/failed-to-start.ts'

const debugging = 'https://systemd.io/DEBUGGING/'

export const guestServices: readonly Cause[] = [
  {
    id: 'guest-kernel-fs-unmounted',
    severity: 'note',
    line: [
      /Failed to mount (?:[\w@.\\-]{1,120}\.mount - )?(?<unit>(?:Kernel (?:Debug|Trace|Configuration)|FUSE Control|Huge Pages|POSIX Message Queue|Arbitrary Executable File Formats|RPC Pipe|NFSD configuration) (?:File System|Filesystem|filesystem))/,
    ],
    what: 'A file system of the kernel itself was not mounted in the guest ({unit|see the line}): mostly harmless.',
    why: 'This kernel is built without it, or its module is missing (a kernel that was given with --kernel and an image with modules of another version). No disk and no line of /etc/fstab is meant.',
    hint: 'Nothing need be done where nobody uses it; else boot the image with its own kernel (CLOUDHV.fd), or build the option in (CONFIG_DEBUG_FS, CONFIG_FUSE_FS, CONFIG_HUGETLBFS, CONFIG_BINFMT_MISC).',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-unit-login',
    line: [
      failedToStart('(?:Login Service|User Login Management|D-Bus System Message Bus|Authorization Manager)'),
      /Failed to listen on (?:dbus\.socket - )?D-Bus System Message Bus Socket/,
    ],
    what: 'A service that logins and most others of the guest rest on did not start ({unit|D-Bus}).',
    why: 'D-Bus and systemd-logind fail together. Usual: a root that is full or read-only, a damaged or half-updated system, /etc/passwd without the user messagebus or dbus, wrong labels of SELinux after a change from outside, or too little memory.',
    hint: 'On the console: `df -h`, `mount | grep " / "`, `journalctl -b -u dbus -u systemd-logind`. After files were changed from outside on a system with SELinux: an empty /.autorelabel in the image, or `enforcing=0` once.',
    check: 'disk-image',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-unit-docker',
    line: [
      failedToStart(
        '(?:Docker Application Container Engine|containerd container runtime|Podman API Service)',
      ),
    ],
    what: 'The container engine of the guest did not start: {unit|see the message}.',
    why: 'In a VM with a kernel of its own (--kernel) it mostly lacks what containers need: overlay, bridge, veth, nf_tables or iptables, cgroups. Else: a full disk, a damaged /var/lib/docker, a daemon.json that it does not accept, or the network of the guest.',
    hint: '`journalctl -b -u docker -u containerd` has its last words; check-config.sh of moby lists what the kernel lacks. Boot the image with its own kernel (CLOUDHV.fd), or build these options in.',
    reference: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-tmpfiles',
    severity: 'warning',
    line: [
      failedToStart(
        '(?:Create (?:Volatile|System) Files and Directories|Create Static Device Nodes in /dev(?: gracefully)?)',
      ),
    ],
    what: 'systemd-tmpfiles of the guest could not make some files or directories; the boot goes on.',
    why: 'The root is read-only or full, / or a directory in it belongs to another user ("unsafe path transition", as in an image that was unpacked by an ordinary user), or a file names a user that is not there.',
    hint: '`journalctl -b -u systemd-tmpfiles-setup` names them; `chown root:root /` and its directories in the image, or make the root writable.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd-tmpfiles.html',
    confidence: 'likely',
  },
  {
    id: 'guest-swap-failed',
    severity: 'warning',
    line: [
      /Failed to activate swap (?:[\w@.\\-]{1,120}\.swap - )?(?<device>\S{1,120}?)\.?$/,
      /Dependency failed for (?:[\w@.\\-]{1,120}\.swap - |swap\.target - )?Swaps?\b/,
    ],
    what: 'The guest could not switch its swap on {device|}; the boot goes on without it.',
    why: '/etc/fstab names a swap partition or file that is not there, has another UUID (made anew by mkswap, a cloned image), has no swap signature, or lies where swap files cannot be (an overlay, Btrfs with copy-on-write).',
    hint: 'Compare `blkid` and `swapon --show` with /etc/fstab; `mkswap DEVICE` makes a new signature, and `update-initramfs -u` where the initramfs waits for it to resume (RESUME=none in /etc/initramfs-tools/conf.d/resume).',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.swap.html',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-cloud-final',
    line: [failedToStart('(?:Execute cloud user/final scripts|Cloud-init: Final Stage)')],
    what: 'The last stage of cloud-init failed in the guest: a script or command of the seed (runcmd, scripts, packages) ended with an error.',
    why: 'Users, keys and the network are made in earlier stages and are not touched by it. A command of runcmd that does not end with 0, packages without a network, or a script without `#!` are usual.',
    hint: '`cloud-init status --long` and the end of /var/log/cloud-init-output.log name it; correct the user-data and give the seed a new instance-id.',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/howto/debugging.html',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-sshd',
    line: [
      failedToStart(
        '(?:OpenBSD Secure Shell server|OpenSSH (?:server daemon|Daemon)|OpenSSH per-connection server.{0,60}|SSH server)',
      ),
    ],
    what: 'The SSH server of the guest did not start ({unit|sshd}), so nobody can log in over the network.',
    why: 'Usual: no host keys (an image that was cleaned of them, /etc/ssh read-only), a line in sshd_config that it does not accept, port 22 in use, a disk that is full, or /run/sshd missing.',
    hint: 'On the console: `sshd -t` names the fault, `ssh-keygen -A` makes the host keys, `journalctl -b -u ssh` (Fedora, RHEL, Arch: sshd) has its words. Without a login put it into the seed (cloud-init makes host keys unless ssh_deletekeys is false and none are there).',
    reference: 'https://man.openbsd.org/sshd',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-modules',
    severity: 'warning',
    line: [
      failedToStart(
        '(?:Load Kernel Modules?|Load Kernel Module \\w{1,30}|Create (?:List|list) of (?:Static|static|required static) [Dd]evice [Nn]odes.{0,40})',
      ),
    ],
    what: 'A kernel module that a file in /etc/modules-load.d (or /etc/modules) names could not be loaded in the guest; the boot goes on.',
    why: 'The kernel that runs has no such module: it was given with --kernel and the image holds modules of another version, it is built in, or it is for hardware that a VM does not have.',
    hint: '`journalctl -b -u systemd-modules-load` names the module; boot the image with its own kernel (CLOUDHV.fd) where it is needed, else remove its line.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd-modules-load.service.html',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-sysctl',
    severity: 'note',
    line: [failedToStart('Apply Kernel Variables')],
    what: 'A setting of sysctl could not be made in the guest; the boot goes on.',
    why: 'A file in /etc/sysctl.d names a key that this kernel does not have (net.bridge.* before br_netfilter is loaded, an option that is not built in), or a value that it refuses.',
    hint: '`journalctl -b -u systemd-sysctl` names the key; a "-" in front of it in the file makes it optional.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/sysctl.d.html',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-remount',
    line: [failedToStart('Remount (?:Root and Kernel|API|Root) File Systems')],
    what: 'systemd of the guest could not mount its root again as /etc/fstab says, so it may stay read-only and what comes next fails, too.',
    why: 'The line of / in /etc/fstab names another UUID, type or option than the root has (as after a change of the file system), the disk is read-only (readonly=on), or the file system has errors.',
    hint: '`journalctl -b -u systemd-remount-fs` has the words of mount; compare `findmnt /` with the line in /etc/fstab. `mount -o remount,rw /` on the console makes it writable to correct that.',
    check: 'disk-image',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd-remount-fs.service.html',
    confidence: 'likely',
  },
  {
    id: 'guest-unit-network',
    line: [
      failedToStart(
        '(?:Raise network interfaces|LSB: (?:Bring up/down networking|Raise network interf\\w{1,6})|Network (?:Configuration|Service)|Network initialization)',
      ),
    ],
    what: 'The network of the guest was not configured: its service failed ({unit|see the message}).',
    why: 'Mostly the configuration names an interface that is not there: eth0 where it is ens3 or enp0s3 here, another MAC (HWADDR=, match:), or a file that was copied from another machine; DHCP that nobody answers, or an address given twice, are next.',
    hint: '`ip -br link` in the guest shows the names and MACs. Correct /etc/network/interfaces (Debian), /etc/sysconfig/network-scripts/ifcfg-* (older RHEL) or /etc/systemd/network, or give `net.ifnames=0` for eth0; `journalctl -b -u networking` (RHEL: network) has its words.',
    reference: doc('networking.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-unit-journal',
    line: [failedToStart('Journal Service|Flush Journal to Persistent Storage')],
    what: 'The journal of the guest (systemd-journald) did not start; where it goes on, others fail after it and nothing is logged.',
    why: 'Usual: the root or /run is full or read-only, too little memory, a damaged journal or root file system, or a kernel that lacks what it needs (cgroups, tmpfs). "timeout" and a watchdog before it mean a guest that gets too little CPU time or whose disk does not answer.',
    hint: 'See `df -h` and `mount | grep " / "` on the console, and lines about I/O errors above; give the guest more memory, and the kernel of the image itself. `systemd.journald.forward_to_console=1` on the command line of the kernel shows what is logged.',
    check: 'disk-image',
    reference: debugging,
    confidence: 'possible',
  },
  {
    id: 'guest-unit-udev-settle',
    severity: 'warning',
    line: [
      failedToStart(
        '(?:Wait for udev To Complete Device Initialization|udev Wait for Complete Device Initialization)',
      ),
      /A start job is running for (?:Wait for udev To Complete|udev Wait for Complete)/,
    ],
    what: 'The guest waited (up to 3 minutes) until all its devices were set up, and one was not ready.',
    why: 'A driver or rule of udev hangs: a passed-through card, a disk or multipath that does not answer, or too little CPU time. Old packages (ifupdown, LVM, ZFS) ask for that wait.',
    hint: '`journalctl -b -u systemd-udevd` and `dmesg` name the device; leave it out to compare, and mask systemd-udev-settle.service where nothing needs it.',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-default-target',
    line: [
      /Failed to (?:isolate default target|load default target|start default target|enqueue default target)(?:: (?<words>.{1,160}?))?\.?$/,
      /Falling back to rescue target/,
    ],
    what: 'systemd of the guest has no target that it could boot into: {words|see the message}.',
    why: '/etc/systemd/system/default.target points to a unit that is not there (systemd.unit= on the command line of the kernel as well), or the root holds an incomplete system (/usr not mounted, a copy without links).',
    hint: 'Start with `systemd.unit=multi-user.target` (or rescue.target) on the command line of the kernel, then `systemctl set-default multi-user.target`; look whether /usr/lib/systemd/system is in the image.',
    check: 'disk-image',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-machine-id-readonly',
    line: [
      /System cannot boot: Missing \/etc\/machine-id and \/etc\/? (?:is mounted read-only|is read-only|could not be)/,
    ],
    what: 'There is no /etc/machine-id in the guest, and /etc is read-only, so that systemd cannot make one: older releases stop there, newer ones go on without, and D-Bus and others then fail.',
    why: 'The image was cleaned by removing the file; the root is mounted read-only (ro on the command line of the kernel, readonly=on, squashfs or erofs).',
    hint: 'Put an empty file there in place of none (`touch etc/machine-id` in the image): systemd mounts a fresh id over it. Or mount the root writable (`rw`, no readonly=on), or give `systemd.machine_id=` on the command line of the kernel.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/machine-id.html',
    confidence: 'likely',
  },
  {
    id: 'guest-cgroup-v1-refused',
    line: [
      /Refusing to run under cgroup v1/,
      /Detected cgroup v1 hierarchy at \S{1,60}, which is no longer supported/,
      /Failed to mount cgroup at \/sys\/fs\/cgroup\/systemd: /,
    ],
    what: 'systemd and the kernel or container do not agree on the version of cgroups, so systemd does not start.',
    why: 'systemd from 256 on refuses cgroup v1 (258 has it no more): systemd.unified_cgroup_hierarchy=0 is on the command line of the kernel, or a host with v1 runs the container. The reverse is an old systemd (CentOS 7, Ubuntu 16.04) where only v2 is offered: it fails to mount /sys/fs/cgroup/systemd; in a container without rights that mount fails as well.',
    hint: 'New systemd: remove systemd.unified_cgroup_hierarchy=0 and cgroup_no_v1= from the command line. Old systemd: give its kernel or host `systemd.unified_cgroup_hierarchy=0`, or use a newer image; a container with systemd needs --privileged or the option for it (podman --systemd=always).',
    reference: 'https://systemd.io/CGROUP_DELEGATION/',
    confidence: 'likely',
  },
]
