/** What an errno means of the parts of a machine: KVM, passed-through devices, memory, mounts, disks. */
import type { Part } from './reason.ts'

/** A more particular part stands first. */
export const machineParts: readonly Part[] = [
  {
    words: /\/dev\/kvm\b|\bkvm\b(?!\.\w)/i,
    reasons: {
      2: [
        '/dev/kvm is not there (ENOENT): its module is not loaded, virtualisation is off in the firmware (BIOS), or this host is itself a virtual machine without nested virtualisation.',
        '`chv-doctor check kvm` tells these apart.',
      ],
      13: [
        'This user may not open /dev/kvm (EACCES): its group is usually kvm, and a new membership counts from the next login on.',
        '`chv-doctor check kvm-permissions` tells why.',
      ],
      19: [
        'KVM has no device here (ENODEV): virtualisation is off in the firmware (BIOS), its module is not loaded, or this host is itself a virtual machine without nested virtualisation.',
        '`chv-doctor check kvm` tells these apart.',
      ],
      16: [
        'Another hypervisor holds the virtualisation of the processor (EBUSY), as VirtualBox or VMware do.',
        '`lsmod` shows vboxdrv or vmmon.',
      ],
    },
  },
  {
    words: /\bvfio-pci\b.{0,20}\bprobe\b/,
    reasons: {
      22: [
        'vfio-pci does not take the device (EINVAL): it is in no IOMMU group, mostly because the IOMMU is off (VT-d or AMD-Vi in the BIOS, intel_iommu=on on the command line of the host).',
        '`ls /sys/kernel/iommu_groups`; `chv-doctor check vfio`.',
      ],
    },
  },
  {
    words: /\bvfio\b|\/dev\/vfio\b|\biommu/i,
    reasons: {
      1: [
        'VFIO refuses it (EPERM): interrupt remapping is off, or a group holds a device that is not bound to vfio-pci.',
        '`sudo dmesg | grep -iE "vfio|DMAR|AMD-Vi"`.',
      ],
      2: [
        '/dev/vfio/GROUP is not there (ENOENT): the device is not bound to vfio-pci, or the IOMMU is off, so that it has no group.',
        '`ls -l /dev/vfio /sys/bus/pci/devices/ADDRESS/iommu_group`; `chv-doctor check vfio`.',
      ],
      12: [
        'The memory of the guest may not be locked (ENOMEM): RLIMIT_MEMLOCK is smaller than it.',
        '`ulimit -l`, LimitMEMLOCK= of a unit; `chv-doctor check limits`.',
      ],
      13: [
        'This user may not open /dev/vfio/GROUP (EACCES).',
        '`ls -l /dev/vfio`; give the group node to the user of the VM.',
      ],
      16: ['Another process or VM holds the group (EBUSY).', '`sudo fuser -v /dev/vfio/*`.'],
    },
  },
  {
    words: /\bcannot remove\b|\brmdir\b|\bunlink\w*\b/,
    reasons: {
      16: [
        'It is a mount point, or something below it is in use (EBUSY): such a directory cannot be removed.',
        '`findmnt PATH`, `sudo fuser -vm PATH`; what is in it can be removed, or unmount it first.',
      ],
    },
  },
  {
    words: /\bmount(?:ed|ing|point)?\b|\boverlayfs?\b|\bumount\b/i,
    reasons: {
      1: [
        'Mounting is not permitted here (EPERM): it takes CAP_SYS_ADMIN, which a container or user namespace does not have.',
        null,
      ],
      2: [
        'The source or the mount point is not there (ENOENT).',
        '`ls -ld` of both, where the program runs.',
      ],
      16: [
        'Something is mounted there already, or is in use (EBUSY).',
        '`findmnt PATH`, `sudo fuser -vm PATH`.',
      ],
      19: [
        'The kernel does not know that kind of file system (ENODEV): its module is missing.',
        '`cat /proc/filesystems` there, `modprobe`.',
      ],
      22: [
        'The kernel refuses an option or the source of the mount (EINVAL): a file system that cannot be the layer of an overlay (virtiofs, overlay in overlay), a wrong magic, or an unknown option.',
        '`dmesg | tail` there names it.',
      ],
    },
  },
  {
    words: /\buserfaultfd\b|\buffd\b/i,
    reasons: {
      1: [
        'userfaultfd is not permitted to this user (EPERM).',
        '`sysctl vm.unprivileged_userfaultfd`; else it takes CAP_SYS_PTRACE.',
      ],
      38: ['The kernel was built without userfaultfd (ENOSYS).', null],
    },
  },
  {
    words: /\bio_uring(?:_\w{2,20})?\b/i,
    reasons: {
      1: [
        'io_uring is switched off for this user (EPERM).',
        '`sysctl kernel.io_uring_disabled`; a container may forbid it by seccomp.',
      ],
      12: ['io_uring may not lock that much memory (ENOMEM).', '`ulimit -l`.'],
      38: ['The kernel has no io_uring, or a sandbox hides it (ENOSYS).', null],
    },
  },
  {
    words: /\bhuge ?pages?\b|\bhugetlb\w*|MAP_HUGETLB/i,
    reasons: {
      12: [
        'Too few huge pages of that size are free (ENOMEM).',
        '`grep -i huge /proc/meminfo`; `sudo sysctl vm.nr_hugepages=N`.',
      ],
      22: [
        'Huge pages of that size do not exist here (EINVAL), or the size is no multiple of them.',
        '`ls /sys/kernel/mm/hugepages`.',
      ],
    },
  },
  {
    words: /\b(?:inotify|fsnotify)\b|\badd watch\b|\bdirectory watch\b/i,
    reasons: {
      24: ['The limit on inotify instances is reached (EMFILE).', '`sysctl fs.inotify.max_user_instances`.'],
      28: [
        'The limit on inotify watches is reached (ENOSPC): no full disk.',
        '`sysctl fs.inotify.max_user_watches`.',
      ],
    },
  },
  {
    words: /\bcgroups?\b|\/sys\/fs\/cgroup/i,
    reasons: {
      2: [
        'That cgroup is not there (ENOENT): its controller is not enabled, or the host has the other version of cgroups.',
        '`stat -fc %T /sys/fs/cgroup` (cgroup2fs is version 2).',
      ],
      13: [
        'That cgroup belongs to another user (EACCES): it was not delegated.',
        '`systemd-run --user --scope -p Delegate=yes`.',
      ],
      17: [
        'A cgroup of that name is there already (EEXIST): left from an earlier run, or made by another program at the same time.',
        '`find /sys/fs/cgroup -name NAME`.',
      ],
      16: [
        'The cgroup is in use (EBUSY): it still holds processes or groups, or a group with processes cannot have controllers below it.',
        null,
      ],
      30: ['The cgroups are mounted read-only there (EROFS), as in most containers.', null],
    },
  },
  {
    words: /\/dev\/sev\b|\bSEV_\w+/,
    reasons: {
      1: [
        'The firmware command is not permitted (EPERM): one that changes something wants /dev/sev opened for writing, and root.',
        '`ls -l /dev/sev`.',
      ],
      2: [
        '/dev/sev is not there (ENOENT): SEV is off in the firmware or the kernel, or the module ccp is not loaded.',
        '`sudo dmesg | grep -i sev`.',
      ],
    },
  },
  {
    words: /\/dev\/(?:loop|nbd)\d{1,4}p\d|\bpartition scan of \w+/,
    reasons: {
      2: [
        'The partitions of that loop or nbd device have no device (ENOENT): the kernel did not scan its partition table, or udev has not made the files yet.',
        '`sudo partprobe DEVICE`, `losetup -P`, `udevadm settle`; `lsblk DEVICE` shows the partitions.',
      ],
      16: [
        'The kernel could not scan the partitions of that device (EBUSY): something else held it in that moment (udev, a mount of one of them), so their devices may be missing.',
        '`sudo partprobe DEVICE` or `losetup -P` scans them again; `lsblk DEVICE`.',
      ],
    },
  },
  {
    words: /\blosetup\b|\bloop device\b/i,
    reasons: {
      2: [
        'There is no loop device (ENOENT): its module is not loaded, or the container was not given one.',
        '`ls /dev/loop*`, `sudo modprobe loop`.',
      ],
      11: [
        'Another program took that loop device in the same moment, or still holds it (EAGAIN).',
        '`losetup -a`; try again.',
      ],
      16: ['That loop device is in use (EBUSY).', '`losetup -a`; `losetup -d DEVICE` gives one back.'],
    },
  },
  {
    words: /\b(?:aio|AsyncIo|io_setup|io_submit)\b/i,
    reasons: {
      11: [
        'The host has no context for asynchronous I/O left (EAGAIN): fs.aio-max-nr is used up, of which each queue of each disk takes a share.',
        '`cat /proc/sys/fs/aio-nr /proc/sys/fs/aio-max-nr`; `sudo sysctl fs.aio-max-nr=N`.',
      ],
      38: ['The kernel has no asynchronous I/O, or a sandbox hides it (ENOSYS).', null],
    },
  },
  {
    words: /\b(?:disk|image|qcow2?|raw|vhdx?|block device|\/dev\/(?:loop|nvme|sd|vd|nbd)\w*)\b/i,
    reasons: {
      2: [
        'The image is not there (ENOENT): another directory, a step that should have made it, or a container that does not see it.',
        '`ls -l IMAGE` where the program runs.',
      ],
      5: ['The storage below the image failed to read or write (EIO).', '`sudo dmesg | tail`.'],
      11: ['Another process has the image locked (EAGAIN).', '`sudo fuser -v IMAGE`, `lslocks`.'],
      13: ['This user may not open the image (EACCES).', '`namei -l IMAGE`.'],
      16: [
        'The device is in use (EBUSY): mounted, in a RAID or LVM, or given to another VM.',
        '`lsblk -f`, `sudo fuser -v DEVICE`.',
      ],
      22: [
        'The image or device does not take what was asked of it (EINVAL): direct I/O (O_DIRECT) on a file system without it, or a block size that does not fit.',
        'Compare `direct=off`, and `lsblk -o NAME,LOG-SEC`.',
      ],
      28: ['The file system of the image is full (ENOSPC).', '`df -h IMAGE`.'],
      30: ['The image lies on a file system that is read-only (EROFS).', '`findmnt -T IMAGE`.'],
    },
  },
]
