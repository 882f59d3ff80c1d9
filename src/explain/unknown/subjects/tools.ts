/** Outputs of tools that hold no error and are pasted for what they show of a machine. */
import type { Subject } from './subject.ts'

/** By words that hardly anything else prints. */
export const toolSubjects: readonly Subject[] = [
  {
    words:
      /\bmicrovm\.(?:interfaces|hypervisor|shares|volumes|nixosModules|vms|mem|vcpu)\b|\bmicrovm = \{|"microvm@|\bmicrovm-(?:run|tap-interfaces|virtiofsd)\b|\bmacvtap = \{/,
    isOurs: true,
    layer: 'network',
    is: 'a VM that microvm.nix describes',
    usual:
      '`id` of an interface is the name of the TAP on the host (15 characters at most), `mac` what the network of the guest matches; the host must put the TAP into a bridge or give it an address itself (systemd-networkd, Name = "vm-*"), and NAT needs `networking.nat` with the bridge as an internal interface; Cloud Hypervisor takes the types tap and macvtap, and shares by virtiofs.',
    look: '`networkctl list` and `bridge link` on the host, `journalctl -u microvm@NAME -u microvm-tap-interfaces@NAME -b`, `networkctl status` in the guest.',
    page: 'https://microvm-nix.github.io/microvm.nix/interfaces.html',
  },
  {
    words: /^\S{1,200} on \/\S{0,200} type \w+ \(\w/,
    layer: 'other',
    is: 'file systems that are mounted (mount, findmnt)',
    usual:
      'the same place listed twice is a mount on top of another: each needs an umount of its own; a place in which a shell stands, or of which a file is open, is busy and stays mounted; other mount namespaces (containers, units) have lists of their own.',
    look: '`findmnt PATH`, `sudo fuser -vm PATH`; leave the directory, then `umount PATH`, once for each.',
    page: 'README.md',
  },
  {
    words: /\b\w+_u:\w+_r:\w+_t:s\d\b/,
    isOurs: true,
    layer: 'confinement',
    is: 'SELinux labels of processes or files (ps -Z, ls -Z)',
    usual:
      'the third part (…_t) is the domain that confines a process, or the type of a file: a VMM that keeps the domain of what started it (container_runtime_t, unconfined_t) is confined as that, and not as a VM (container_kvm_t, svirt_t); who starts it gives it the label.',
    look: 'Compare `ps -eZ | grep cloud-hypervisor` with what the policy wants, and `sudo ausearch -m avc -ts recent`.',
    page: 'README.md',
  },
  {
    words:
      /^\s*(?:\d+:\S{0,60}:)?\/(?:system|user|machine|kubepods)\.slice\b|\/proc\/(?:self|\$?\w+)\/cgroup\b/,
    isOurs: true,
    layer: 'confinement',
    is: 'the cgroup that a process runs in (/proc/PID/cgroup)',
    usual:
      'limits and accounting of memory, CPU time and devices are those of that group: a VMM that stays in the group of the service that started it (containerd, a launcher) is not accounted to the pod or VM it works for.',
    look: 'Compare `cat /proc/PID/cgroup` of the VMM with where it should be, and memory.current and memory.max of both groups.',
    page: 'README.md',
  },
  {
    words:
      /^\s*(?:Socket\(s\)|Core\(s\) per \w+|Thread\(s\) per core|NUMA node\d* CPU\(s\)|On-line CPU\(s\) list|Model name|L[123][di]? cache|available: \d+ nodes|node \d+ (?:cpus|size|free)|cpu cores|siblings|physical id|flags\t)\s*:/,
    isOurs: true,
    layer: 'cpu',
    is: 'what a machine shows of its processors (lscpu, numactl, /proc/cpuinfo)',
    usual:
      'a guest shows what its VM was given: sockets, cores and threads by topology= of --cpus (without it each vCPU is a socket), NUMA nodes by --numa, caches and features by the processor of the host and the release.',
    look: 'Compare `--cpus boot=N,topology=THREADS:CORES:DIES:PACKAGES` and --numa with it, and the same tool on the host.',
    page: 'cpu.md',
  },
  {
    words:
      /^\s*(?:(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] [A-Z]\w|Capabilities: \[|Region \d+: |Expansion ROM at|Kernel driver in use|Kernel modules: |LnkSta:|IOMMU group: )/,
    isOurs: true,
    layer: 'device',
    is: 'what lspci shows of PCI devices',
    usual:
      '"Kernel driver in use" says who has a device (vfio-pci for one that is passed through); regions that are ignored, disabled or unassigned found no room; in a guest, devices of the VM are of vendor 1af4 (virtio).',
    look: 'See `sudo lspci -vv -s ADDRESS` on both sides, and `dmesg | grep -iE "BAR|pci"` in the guest.',
    page: 'vfio.md',
  },
  {
    words:
      /^(?:NAME\s+(?:MAJ:MIN|SIZE|FSTYPE|LOG-SEC)|Disk \/dev\/|Disklabel type|Device\s+(?:Boot\s+)?Start\s+End|Sector size \(|file format: |virtual size: |loop\d+\s|vd[a-z]\d?\s)|\b(?:TYPE|PARTLABEL|PARTUUID)="/,
    isOurs: true,
    layer: 'disk',
    is: 'what tools show of a disk or image (lsblk, fdisk, blkid, qemu-img info)',
    usual:
      'an image without partitions has its file system at /dev/vda itself; a cloud image is partitioned for sectors of 512 bytes, which a device of 4096 does not show; a qcow2 that is taken for raw shows neither.',
    look: '`qemu-img info FILE`, `fdisk -l FILE`, and `lsblk -f` in the guest; `chv-doctor check disk-image`.',
    page: 'README.md#disk-image',
  },
  {
    words: /\b(?:DSDT|SSDT|MADT|FADT|SRAT|SLIT|RSDP|iasl|acpidump|dsdt\.dsl|\.aml|_EJ0|_CRS|_PRT|_HID)\b/,
    isOurs: true,
    layer: 'device',
    is: 'the ACPI tables of the guest (iasl, acpidump)',
    usual:
      'Cloud Hypervisor generates them: remarks and errors of the compiler on what it disassembled are about that code, not about a setting; most are harmless, and some were mended in later releases.',
    look: 'Compare the newest release, and `dmesg | grep -i acpi` in the guest: what its kernel does not complain of does not matter there.',
    page: 'device_model.md',
  },
  {
    words: /\b(?:dtc|dtb|dts|device tree|fdt(?:dump)?|compatible = "|#address-cells)\b/,
    layer: 'device',
    is: 'the device tree of an arm64 or RISC-V guest (dtc)',
    usual:
      'Cloud Hypervisor generates it: remarks of the compiler on what it read back are about that code, not about a setting.',
    look: 'Compare the newest release, and `dmesg | grep -iE "OF:|DT"` in the guest.',
    page: 'device_model.md',
  },
  {
    words:
      /^\s*(?:Handle 0x[0-9a-f]{4}, DMI type|Wrong DMI structures|(?:Manufacturer|Product Name|Serial Number|UUID): \S)/,
    isOurs: true,
    layer: 'device',
    is: 'what the machine says of itself (dmidecode, SMBIOS)',
    usual:
      'serial_number=, uuid= and oem_strings= of --platform are what a VM can be given; the rest is fixed.',
    look: 'Compare `--platform serial_number=…,uuid=…,oem_strings=[…]`.',
    page: 'device_model.md',
  },
  {
    words:
      /^\s*(?:tcp-segmentation-offload|tx-checksumming|rx-checksumming|generic-(?:segmentation|receive)-offload|Combined:|Pre-set maximums)\b/,
    isOurs: true,
    layer: 'network',
    is: 'the offloads and queues of a network card (ethtool)',
    usual:
      'offload_tso=, offload_ufo= and offload_csum= of --net and the flags of the TAP decide what the guest is offered; queues by num_queues= (two for each pair) and `ethtool -L` in the guest.',
    look: 'Compare `ethtool -k` of the TAP and in the guest.',
    page: 'README.md',
  },
]
