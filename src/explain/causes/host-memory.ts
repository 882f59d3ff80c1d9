/** Memory of a host: huge pages, overcommitment, limits on locked memory, the OOM killer, NUMA; and programs that hang or crash there. */
import { type Cause, doc } from '../cause.ts'

const hugetlb = 'https://docs.kernel.org/admin-guide/mm/hugetlbpage.html'
const limits = 'https://man7.org/linux/man-pages/man2/getrlimit.2.html'

/** Monitors and their helpers other than Cloud Hypervisor, as the kernel shortens their names. */
const others = String.raw`(?:qemu[\w.-]{0,15}|kvm|CPU \d+\/KVM|firecracker|crosvm|virtiofsd|stratovirt|dragonball|VBoxHeadless|vmware-vmx|libvirtd|virtqemud)`

export const hostMemory: readonly Cause[] = [
  {
    id: 'other-vmm-cgroup-memory',
    line: [
      new RegExp(String.raw`Memory cgroup out of memory: Kill(?:ed)? process \d+ \((?<program>${others})\)`),
      new RegExp(`oom-kill:constraint=CONSTRAINT_MEMCG.{1,400}task=(?<program>${others}),`),
    ],
    what: 'The kernel of the host killed {program|the VM} (OOM killer), because its cgroup had reached its limit of memory; the host itself may have had enough.',
    why: 'The cgroup (container, pod, unit) has to hold the memory of the guest and that of the program itself (buffers of devices, page tables, caches), which is some hundred MiB more.',
    hint: 'Raise the limit (memory.max: MemoryMax= of the unit, `--memory` of the container, limits.memory of the pod), or give the guest less; `cat memory.events` in that cgroup counts oom_kill.',
    check: 'limits',
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html#memory',
    confidence: 'likely',
  },
  {
    id: 'other-vmm-out-of-memory',
    line: [
      new RegExp(String.raw`(?<!cgroup )[Oo]ut of memory: Kill(?:ed)? process \d+ \((?<program>${others})\)`),
      new RegExp(`oom-kill:constraint=CONSTRAINT_(?!MEMCG).{1,400}task=(?<program>${others}),`),
    ],
    what: 'The host ran out of memory, and its kernel killed {program|the VM} (OOM killer).',
    why: 'The memory of a guest is taken page by page as it uses it, so a VM starts even where all guests together are larger than the host. Huge pages that are reserved, ZFS (ARC) and caches take a part as well. With CONSTRAINT_MEMORY_POLICY or a cpuset one NUMA node was used up.',
    hint: 'Compare `free -h` and the memory of all VMs; give the guests less, add swap or memory, limit ZFS (zfs_arc_max), release huge pages that nobody uses (`sudo sysctl vm.nr_hugepages=N`).',
    check: 'memory',
    reference: 'https://docs.kernel.org/mm/oom.html',
    confidence: 'likely',
  },
  {
    id: 'page-allocation-failed',
    severity: 'warning',
    line: [/^(?<program>[\w.:/ -]{1,40}): page allocation failure: order:(?<order>[1-9]\d?)\b/],
    what: 'The kernel found no {order|large}-order block of contiguous memory for {program|a program}: free memory is scattered, or nearly used up.',
    why: 'A driver or KVM asked for 2 to the power of the order pages in one piece. Often it tries again with less, and this is a warning; where something fails directly behind it, this is why.',
    hint: '`cat /proc/buddyinfo`, `free -h`; `sudo sysctl vm.compact_memory=1` joins free pages, `sudo sysctl vm.min_free_kbytes=N` (a larger N) keeps more free; give guests less memory, or huge pages that are reserved at the boot.',
    check: 'memory',
    reference: 'https://docs.kernel.org/admin-guide/sysctl/vm.html',
    confidence: 'likely',
  },
  {
    id: 'memory-overcommit-refused',
    line: [/__vm_enough_memory: .{0,120}not enough memory for the allocation/, /^vm\.overcommit_memory = 2$/],
    needs: ({ text, says }) =>
      !text.startsWith('vm.') || says(/(?:Cannot allocate|Out of) memory|ENOMEM|os error 12/),
    what: 'The kernel refused memory by its rule of overcommitting, though it may be free.',
    why: 'With vm.overcommit_memory=2 all programs together may reserve no more than CommitLimit (swap and overcommit_ratio, 50 % of memory); with 0 a single request must not be larger than memory and swap.',
    hint: '`grep -i commit /proc/meminfo`; `sudo sysctl vm.overcommit_memory=1` (or 0, or a larger vm.overcommit_ratio), more swap, or a smaller guest.',
    check: 'memory',
    reference: 'https://docs.kernel.org/mm/overcommit-accounting.html',
    confidence: 'likely',
  },
  {
    id: 'other-vmm-hugepages-short',
    line: [
      /unable to map backing store for (?:guest RAM|hugepages): (?:Cannot allocate|Out of) memory/,
      /Insufficient free host memory pages available to allocate guest RAM/,
    ],
    what: 'The memory of the guest could not be had from huge pages or its file: fewer are free than the guest is large.',
    why: 'Huge pages must be reserved before, of the size that is asked for and on the NUMA node to which the VM is bound; other VMs or files that were left in /dev/hugepages may hold them.',
    hint: '`grep -i huge /proc/meminfo` and `cat /sys/devices/system/node/node*/hugepages/hugepages-*/free_hugepages`; `sudo sysctl vm.nr_hugepages=N` (2 MiB each: 512 for 1 GiB on top of those in use); 1 GiB pages at the boot.',
    check: 'memory',
    reference: hugetlb,
    confidence: 'likely',
  },
  {
    id: 'other-vmm-memory-refused',
    line: [
      /cannot set up guest memory '(?<region>[^']{1,60})': (?:Cannot allocate|Out of) memory/,
      /unable to allocate guest RAM|failed to allocate guest memory.{0,60}(?:Cannot allocate|Out of) memory/i,
    ],
    what: 'The host did not give the memory of the guest ({region|its RAM}): the request was refused as a whole (ENOMEM).',
    why: 'The guest is larger than memory and swap of the host allow (vm.overcommit_memory), than `ulimit -v`, or than what is left.',
    hint: 'Give the guest less memory, or end others: `free -h`, `ulimit -v`, `sysctl vm.overcommit_memory`, `grep -i commit /proc/meminfo`.',
    check: 'memory',
    reference: 'https://docs.kernel.org/mm/overcommit-accounting.html',
    confidence: 'likely',
  },
  {
    id: 'hugepages-directory-unusable',
    line: [
      /can't open backing store (?<file>\/\S{0,60}huge\S{0,80}) for guest RAM: (?<words>[A-Z][\w ]{3,40})/,
      /hugetlbfs filesystem is not mounted or disabled by administrator config/,
      /\bopen\w{0,3}[( ]["']?(?<file>\/dev\/hugepages\S{0,80}?)["']?[):,].{0,30}(?<words>Permission denied)/,
      /Failed to mount Huge Pages File System/,
    ],
    what: 'The place for huge pages ({file|hugetlbfs, usually /dev/hugepages}) cannot be used: {words|it is not mounted, or its service does not use it}.',
    why: 'It belongs to root, so an ordinary user needs a directory or mount of its own; it may not be mounted, the kernel may have no hugetlbfs (containers, small kernels), or libvirt was started before it was there.',
    hint: '`findmnt -t hugetlbfs`; `sudo mount -t hugetlbfs -o uid=USER,mode=0770 none /dev/hugepages` (1 GiB: `-o pagesize=1G` at another place); restart libvirtd or virtqemud afterwards. Cloud Hypervisor with hugepages=on needs no mount.',
    check: 'memory',
    reference: hugetlb,
    confidence: 'likely',
  },
  {
    id: 'hugepage-size-missing',
    line: [
      /\b(?:HugeTLB|hugepagesz|hugetlbfs|hugetlb): .{0,30}[Uu]nsupported (?:page|hugepagesz)/,
      /\bhugepages=\d+ does not follow a valid hugepagesz/,
      /\bhugepagesz=\S{1,12} (?:specified twice|is not supported|is invalid)/,
    ],
    what: 'The kernel does not take the huge pages of its command line or mount: it has none of that size here.',
    why: '1 GiB pages need a processor with pdpe1gb, which a VM mostly does not show; and on the command line hugepagesz= must stand directly before the hugepages= that it is for.',
    hint: '`ls /sys/kernel/mm/hugepages` lists the sizes, `grep -c pdpe1gb /proc/cpuinfo` tells of 1 GiB; write `default_hugepagesz=1G hugepagesz=1G hugepages=N` in that order, or use 2M; in a VM give it the processor of the host.',
    check: 'memory',
    reference: hugetlb,
    confidence: 'likely',
  },
  {
    id: 'limit-raise-refused',
    line: [
      /\bulimit: (?:[\w-]{1,20} ){0,3}[\w-]{1,20}: cannot modify limit: Operation not permitted/,
      /\bprlimit: failed to set (?:the )?(?<limit>\w{2,12}) resource limit: Operation not permitted/,
      /error setting rlimit type \d+: operation not permitted/i,
      /\bsetrlimit\(?(?:RLIMIT_)?(?<limit2>[A-Z]{2,12})?.{0,40}Operation not permitted/,
    ],
    what: 'A limit of the session {limit|}{limit2|} was not raised: an ordinary user may go up to the hard limit only.',
    why: 'The hard limit is set at the login or by the unit (`ulimit -H -a`), and only root (CAP_SYS_RESOURCE) goes beyond; in a container that capability is mostly missing.',
    hint: 'For logins a line in /etc/security/limits.d (`USER - memlock unlimited`) and a new login; for a unit LimitMEMLOCK=infinity or LimitNOFILE=; for a container `--ulimit memlock=-1`; for a program that runs `sudo prlimit --pid PID --memlock=unlimited`.',
    check: 'limits',
    reference: limits,
    confidence: 'likely',
  },
  {
    id: 'memory-lock-refused',
    line: [
      /\bmlock(?:all)?(?:\(\S{0,40}\))?(?: failed)?: (?:(?:Cannot allocate|Out of) memory|Operation not permitted|Resource temporarily unavailable)/,
      /\blocking memory failed\b/,
    ],
    what: 'The program could not lock its memory: the limit RLIMIT_MEMLOCK is smaller than that.',
    why: 'Locked memory is not swapped out. Ordinary users may lock 64 KiB to 8 MiB by default; for a VM all of the guest is meant.',
    hint: '`ulimit -l` shows the limit in KiB; LimitMEMLOCK=infinity in the unit, `USER - memlock unlimited` in /etc/security/limits.d, `--ulimit memlock=-1` for a container; or do without locking.',
    check: 'limits',
    reference: limits,
    confidence: 'likely',
  },
  {
    id: 'numa-binding-refused',
    line: [
      /\bset_mempolicy: Operation not permitted|\bsetting membind: (?:Operation not permitted|Invalid argument)/,
      /cannot bind memory to host NUMA nodes?: (?:Operation not permitted|Invalid argument)/,
      /\b(?:mbind|set_mempolicy)\b.{0,60}(?:Operation not permitted|EPERM)/,
    ],
    what: 'The memory was not bound to a NUMA node: the kernel or the sandbox of a container does not permit it, or that node cannot be used.',
    why: 'Operation not permitted: the default seccomp profile of Docker and Podman refuses these calls without CAP_SYS_NICE. Invalid argument: the node does not exist, has no memory, or is outside of the cpuset of the process.',
    hint: '`numactl --hardware` and `grep Mems_allowed_list /proc/self/status`; a container: `--cap-add SYS_NICE`; else name another node, or leave the binding out.',
    reference: 'https://man7.org/linux/man-pages/man2/set_mempolicy.2.html',
    confidence: 'likely',
  },
  {
    id: 'sysfs-write-needs-root',
    line: [
      /^-?(?:ba|z|da|k|a)?sh: (?:line \d{1,4}: |\d{1,4}: )?(?:cannot create )?(?<file>\/(?:sys|proc\/sys)\/\S{1,160}?): [Pp]ermission denied$/,
      /^(?:zsh|fish): permission denied: (?<file>\/(?:sys|proc\/sys)\/\S{1,160})$/,
      /^tee: ['‘]?(?<file>\/(?:sys|proc\/sys)\/\S{1,160}?)['’]?: Permission denied$/,
    ],
    what: 'The setting of the kernel {file|in /sys} was not written: only root may.',
    why: 'A redirection (>) is opened by the shell itself, as the ordinary user, so that `sudo echo 1 > FILE` does not help. In a container /sys and /proc/sys are mostly read-only, for root too.',
    hint: '`echo VALUE | sudo tee FILE`, or a root shell (`sudo -i`); for /proc/sys `sudo sysctl -w NAME=VALUE`. In a container do it on the host.',
    reference: 'https://docs.kernel.org/filesystems/sysfs.html',
    confidence: 'likely',
  },
  {
    id: 'host-task-blocked',
    line: [
      new RegExp(
        String.raw`INFO: task (?<program>${others}|vhost-\d+|kvm-\S{1,20}):\d+ blocked for more than (?<seconds>\d+) seconds`,
      ),
    ],
    what: 'On the host {program|the VM} hangs in the kernel for more than {seconds|120} seconds.',
    why: 'It waits for something that does not answer: mostly the storage below the images (NFS, Ceph, a slow or failing disk), else memory that must be swapped, or a passed-through device.',
    hint: 'Read the call trace below the line: nfs_, ceph_, ext4_/xfs_/zfs_ or blk_ name the storage, vfio_ a device. `iostat -x 1`, `ps -eo pid,stat,wchan:30,comm | grep " D"`, `sudo dmesg | grep -iE "error|timeout"` on the host.',
    reference: 'https://docs.kernel.org/admin-guide/lockup-watchdogs.html',
    confidence: 'likely',
  },
  {
    id: 'other-vmm-crashed',
    line: [
      new RegExp(
        String.raw`Process \d+ \((?<program>${others})\) of user \d+ (?:dumped core|terminated abnormally)`,
      ),
      new RegExp(String.raw`^(?<program>${others})\[\d+\]: segfault at `),
      /\bsegfault at .{1,160} in (?<program>qemu-\S{1,30}|firecracker|crosvm|virtiofsd)\[/,
      new RegExp(String.raw`\btraps: (?<program>${others})\[\d+\] (?:trap|general protection)`),
    ],
    what: 'The program {program|around the VM} crashed on the host; a VM that it runs ended with it.',
    why: 'It is a defect of that program or of a library that it uses (graphics, storage), or faulty memory of the host. abort in the stack trace stands for a check of the program itself that failed; its last words say which.',
    hint: '`coredumpctl info PID` shows signal and stack; read its log (of libvirt /var/log/libvirt/qemu/NAME.log). Update it, and leave out the device or option that the stack names; report it to its project.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/coredumpctl.html',
    confidence: 'likely',
  },
  {
    id: 'heap-corrupted',
    line: [
      /^(?:free|malloc|realloc|munmap_chunk|malloc_consolidate|_int_\w{3,8})\(\): (?:invalid|unaligned|corrupted|mismatching|double|unsorted|memory corruption)/,
      /^(?:double free or corruption|corrupted (?:size vs|double-linked)|\*\*\* stack smashing detected)/,
    ],
    what: 'The program ended itself because its own memory was overwritten (the C library found it, SIGABRT).',
    why: 'It is a defect of that program or of a library in it; the host and the configuration of the VM are not at fault. Faulty memory of the host is rare.',
    hint: 'Update the program, see the stack with `coredumpctl info`, and report it to its project. Cloud Hypervisor: try the static release binary.',
    reference: doc('README.md#use-pre-built-binaries'),
    confidence: 'likely',
  },
]
