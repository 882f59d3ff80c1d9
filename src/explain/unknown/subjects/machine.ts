/** The parts of a virtual machine: what is usual there, and where to look. */
import type { Subject } from './subject.ts'

/** What many words fit stands last. */
export const machineSubjects: readonly Subject[] = [
  {
    words: /\b(?:swtpm|tpm\d?(?:\.0)?|TPM2?|tpm_\w+)\b/,
    isOurs: true,
    layer: 'device',
    is: 'a TPM (--tpm, swtpm)',
    usual:
      'swtpm does not run, listens on another socket, was started for another VM, or cannot use the directory of its state: with --daemon a relative path is another one.',
    look: 'Read the log of swtpm (`--log file=FILE,level=20`), give absolute paths, and start it again before each VM.',
    page: 'tpm.md',
  },
  {
    words: /\b(?:migrat\w+|send-migration|receive-migration)\b/i,
    layer: 'start',
    is: 'a live migration',
    usual:
      'both sides need the same release, the same kind of processor and what the VM names (disks, TAPs, back-ends); the receiver must wait first; the VM runs on at one side only. From release 53 on send-migration answers at once and works in the background.',
    look: 'Ask `ch-remote --api-socket FILE info` on both sides, and read the logs of both VMMs at that time.',
    page: 'live_migration.md',
  },
  {
    words: /\b(?:paused?(?! ?(?:container|image)|:\d)|pausing|Vm(?:Pause|Resume)|resumed?)\b/,
    layer: 'start',
    is: 'a VM that is paused and goes on (resume)',
    usual:
      'a paused VM stands still until it is resumed, and its clock with it; that a device which the guest has not set up yet needs no activation is information; a pause before the kernel runs, in the firmware, is a rare path on which old releases do not go on.',
    look: 'Ask `ch-remote --api-socket FILE info` for the state (Paused, Running), and pause only when the guest has booted; compare the newest release.',
    page: 'snapshot_restore.md',
  },
  {
    words:
      /\b(?:memory-ranges|(?<!image which has )snapshots?(?!\w)|snapshotting|restor(?:e|ed|ing)(?! bars)|vm\.resume)\b/i,
    layer: 'start',
    is: 'a snapshot, or a restore from one',
    usual:
      'a VM is paused for it and after it (resume); sizes, paths, addresses and keys are those of the snapshot; back-ends (virtiofsd, vhost-user) and vsock connections have no state in it; memory that is not shared (shared=off, also of a file) is copied into memory-ranges; release and processor must fit.',
    look: 'See `ch-remote --api-socket FILE info` (Paused?), config.json of the snapshot, and the log of the VMM that restores.',
    page: 'snapshot_restore.md',
  },
  {
    words: /\b(?:virtio-?fs|virtiofsd)\b/i,
    isOurs: true,
    layer: 'socket',
    is: 'a shared directory (virtio-fs, virtiofsd)',
    usual:
      'the memory must be shared (`--memory shared=on`), virtiofsd must run first and serves one VM, then it ends; the guest needs CONFIG_VIRTIO_FS and mounts by the tag: `mount -t virtiofs TAG DIRECTORY`. Each request is dear: cache and thread pool of virtiofsd decide how fast it is.',
    look: 'Read what virtiofsd prints from its start on, and `dmesg | grep -i virtiofs` in the guest.',
    page: 'fs.md',
  },
  {
    words: /\b(?:vhost-?user\w*|vhost_user\w*|SPDK|DPDK)\b/i,
    isOurs: true,
    layer: 'socket',
    is: 'a device that another program serves (vhost-user)',
    usual:
      'the memory must be shared (`--memory shared=on` or huge pages), that program must listen first, as a user who may use the socket, with as many queues as the device asks for.',
    look: 'Read what that program prints from its start on; `ss -xlp | grep SOCKET` shows whether it listens.',
    page: 'vhost-user-blk-testing.md',
  },
  {
    words:
      /\bvfio(?!-bindings)\S{0,20}|\b(?:passthrough|pass(?:ed)?[ -]through|IOMMU|SR-?IOV|mdev|BAR ?\d|Expansion ROM|(?:Region \d+: )?Memory at [0-9a-f]{6,16})\b|(?<![\w-])GPUs?(?![\w-])|\/sys\/bus\/pci\/devices|VF\(n\)|Memory at </i,
    isOurs: true,
    layer: 'device',
    is: 'a passed-through device (VFIO)',
    usual:
      'the IOMMU must be on, all functions of its group bound to vfio-pci, and the limit on locked memory larger than the guest; resets and interrupts (MSI-X) depend on the card and on interrupt remapping; large BARs need room.',
    look: 'See `sudo dmesg | grep -iE "vfio|DMAR|AMD-Vi"` of the host, `lspci -vv` in the guest, and `chv-doctor check vfio`.',
    page: 'vfio.md',
  },
  {
    words: /\b(?:vsock|AF_VSOCK|CID)\b/,
    isOurs: true,
    layer: 'socket',
    is: 'vsock',
    usual:
      'the host connects to the socket of --vsock and sends "CONNECT PORT" with a line feed; the guest needs its driver and a program that listens at that port; from the guest, connections arrive at SOCKET_PORT on the host.',
    look: 'In the guest `ss --vsock -l`; on the host `ss -xlp | grep SOCKET`.',
    page: 'vsock.md',
  },
  {
    words: /\b(?:desired_vcpus|max_vcpus|resize.{0,40}(?:vcpus|--cpus)|cpu\d+: (?:offline|online))\b/i,
    layer: 'cpu',
    is: 'a change of the number of vCPUs of a running VM (resize)',
    usual:
      'the guest must take part: it switches new CPUs online itself, and gives one back by ACPI (on arm64 only with UEFI firmware); the next change is refused until it did; max= of --cpus is the upper bound. Changes in quick succession made old releases stand still.',
    look: 'Compare `ch-remote --api-socket FILE info` with `lscpu` and `dmesg | tail` in the guest, and wait for one change before the next.',
    page: 'hotplug.md',
  },
  {
    words: /\b(?:desired_ram|hotplug_size|hotplugged_size|lsmem|resize-zone)\b/i,
    layer: 'memory',
    is: 'a change of the memory of a running VM (resize)',
    usual:
      'room for it must be given at the start (hotplug_size= of --memory), the guest switches new memory online itself, and only virtio-mem gives some back.',
    look: 'Compare `ch-remote --api-socket FILE info` with `lsmem` and `dmesg | tail` in the guest.',
    page: 'hotplug.md',
  },
  {
    words: /\b(?:hot-?plug\w*|hot-?add\w*|resize|add-(?:disk|net|device|fs)|remove-device)\b/i,
    layer: 'device',
    is: 'a change of a running VM (hotplug)',
    usual:
      'the guest must take part: ACPI (on arm64 only with UEFI firmware) and its drivers; a device that is removed is gone only when the guest gave it back.',
    look: 'Compare `ch-remote --api-socket FILE info` with `lspci` and `dmesg | tail` in the guest.',
    page: 'hotplug.md',
  },
  {
    words: /\b(?:cloud-init|user-data|meta-data|network-config|CIDATA|NoCloud|cloud-localds)\b/i,
    isOurs: true,
    layer: 'guest',
    is: 'cloud-init and its seed',
    usual:
      'the seed is a disk of its own with the label CIDATA; it is read again only with another instance-id; the network is matched by the MAC that --net gives, a glob or name may fit nothing; YAML is indented by spaces.',
    look: '`chv-doctor check cloud-init` judges the seed; in the guest `cloud-init status --long`, /var/log/cloud-init.log, and what it wrote for the network.',
    page: 'README.md#firmware-booting',
  },
  {
    words:
      /\b(?:huge ?pages?|AnonHugePages|ShmemPmdMapped|transparent_hugepage|nr_hugepages|hugetlb\w*|memory zones?|NUMA|balloon|virtio-mem)\b/i,
    layer: 'memory',
    is: 'the memory of the VM',
    usual:
      'huge pages must be reserved and free, in the size that is asked for; shared memory counts in /dev/shm and in the cgroup; a balloon or virtio-mem needs its driver in the guest.',
    look: '`grep -i huge /proc/meminfo`, `free -m`, and `chv-doctor check memory`.',
    page: 'memory.md',
  },
  {
    words:
      /\b(?:EDK2|UEFI|OVMF|CLOUDHV\S*|hypervisor-fw|GRUB|shimx64|MokListRT|BOOTX64|BOOTAA64|boot ?loader)\b/i,
    isOurs: true,
    layer: 'guest',
    is: 'the firmware or boot loader of the guest',
    usual:
      'an image without an EFI partition, a firmware for another architecture or monitor (OVMF in place of CLOUDHV.fd), an exception (#PF, #GP) in a build of the firmware, or a boot entry whose console= is not connected.',
    look: 'Watch the serial port (`--serial tty --console off`), compare CLOUDHV.fd, hypervisor-fw and a direct boot of the kernel; `chv-doctor check firmware disk-image`.',
    page: 'uefi.md',
  },
  {
    words: /\bbrctl\b|\bbridge (?:name|id|link|fdb)\b|\bmaster br\w*|\bbr\d: port \d/,
    layer: 'network',
    is: 'a bridge of the host',
    usual:
      'a bridge without an address of its own choice takes the lowest MAC of its ports, so that a TAP that joins can change it, and others do not reach it until they ask again (ARP); the address of the host belongs to the bridge, not to its port; with STP a port forwards only after half a minute; a wireless port cannot join.',
    look: 'See `ip -d link show BRIDGE`, `ip addr`, `ip neigh` and `bridge link` before and after; `ip link set BRIDGE address MAC` fixes its MAC.',
    page: 'README.md#firmware-booting',
  },
  {
    words:
      /\b(?:tap\d{0,3}|macvtap|bridge|br0|DHCP|(?<!vmm\.)ping(?!.{0,40}(?:socket|vmm|API))|tcpdump|iptables|nft|masquerade|MTU|enp\d\w*|eth0)\b/i,
    layer: 'network',
    is: 'the network of the guest',
    usual:
      'the TAP is down or belongs to another user, the host does not forward or masquerade, a firewall drops (Docker, ufw), the MAC in the seed and the one of --net differ, or nobody answers DHCP on that interface.',
    look: '`chv-doctor check` looks at the host side; `sudo tcpdump -ni TAP` shows whether the guest sends at all, `ip addr` in the guest what it has.',
    page: 'README.md#firmware-booting',
  },
  {
    words: /^[\s|`-]*\d{1,3}\.\d{2}%\s|\b(?:perf (?:top|record|report|kvm)|KVM_RUN|__GI___ioctl|vcpu_run)\b/,
    isOurs: true,
    layer: 'cpu',
    is: 'the load that the threads of a VM make (a profile, top)',
    usual:
      'the thread of a vCPU (vcpu0, …) runs the guest in an ioctl (KVM_RUN): time there is time of the guest, which computes, polls, or leaves for the VMM again and again (I/O, timers, a console that is read byte by byte). It is no error, and does not tell why.',
    look: 'See `top` and `perf top` in the guest, `sudo perf kvm stat live` on the host for the reasons of the exits, and leave devices out one by one.',
    page: 'cpu.md',
  },
  {
    words: /\b(?:ttyS0|ttyAMA0|hvc0|PL011|serial (?:port|console)|console=\w+|getty)\b/i,
    layer: 'console',
    is: 'the consoles of the guest',
    usual:
      'ttyS0 (arm64: ttyAMA0, a PL011) is --serial, hvc0 is --console; the kernel must name one that is connected (console=), and have its driver.',
    look: 'Use `--serial tty --console off` with `console=ttyS0` (arm64: ttyAMA0), or `--console tty` with `console=hvc0`.',
    page: 'logging.md',
  },
  {
    words:
      /\b(?:qcow2?|vhdx?|raw image|backing file|\/dev\/vd[a-z]|virtio-?blk|virtio_blk|partition table)\b/i,
    isOurs: true,
    layer: 'disk',
    is: 'a disk of the VM',
    usual:
      'the type should be said (image_type=), a backing file must be allowed (backing_files=on), one image belongs to one VM at a time, and what others write to it meanwhile damages it.',
    look: '`qemu-img info FILE` and `qemu-img check FILE` while no VM uses it; `chv-doctor check disk-image`.',
    page: 'README.md#disk-image',
  },
]
