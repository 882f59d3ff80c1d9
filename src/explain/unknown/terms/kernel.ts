/** Words of a Linux kernel: of the guest on its console, of the host in its log. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const kernelTerms: Terms = [
  [
    /\bmodule verification failed: signature and\/or required key missing - tainting kernel\b/,
    'A module without a signature that this kernel knows was loaded all the same: a remark ("tainted"), it works. Only with Secure Boot or module.sig_enforce such a module is refused.',
  ],
  [
    /\bPANIC: double fault\b|\bPANIC: early exception\b/,
    'The kernel met a fault while it handled one (a stack that overflowed or is gone), or before it could handle any: a defect of that kernel, or memory and processor that are not as it expects, as with a wrong start address, a damaged image or nested virtualisation.',
  ],
  [
    /\burandom warning\(s\) missed\b/,
    'A remark of the kernel: programs read random numbers before its generator was ready; from "crng init done" on it is. A --rng (virtio-rng) and RDRAND make that early.',
  ],
  [
    /\bdirect PCI access is restricted\b|\bis restricted; see man kernel_lockdown\.7/,
    'The kernel is locked down (Secure Boot, or lockdown= on its command line) and refuses this access to the hardware, to root as well: `cat /sys/kernel/security/lockdown` shows the mode; with most kernels it ends with Secure Boot switched off.',
  ],
  [
    /\b(?:modprobe: FATAL|rmmod: ERROR): Module \S{1,60} is in use\b/,
    'A module cannot be unloaded while something uses it: `lsmod` names the modules in its last column, a number there without names stands for programs (for kvm a VM that runs, for nvidia Xorg or persistenced).',
  ],
  [
    /\bpage allocation failure: order:[1-9]/,
    'A driver asked for several pages of memory in one piece and got none, as memory is scattered: often a warning after which it tries again with less; a higher vm.min_free_kbytes helps where it comes often.',
  ],
  [
    /\bpanic: (?:vm_fault\w{0,12}:|page fault$|mountroot\b|Going nowhere without my init)|\bddb\{\d{1,3}\}>|^db>/,
    'These are words of a BSD kernel that stopped (panic) or stands in its debugger: `trace` (or `bt`) shows where it was, `show panic` why, `boot reboot` or `reset` leaves it. As a guest it needs UEFI, virtio 1.x and a serial console.',
  ],
  [
    /\bstack-protector: |\bcorrupted stack end\b|\bKernel stack is corrupted\b/,
    'The stack of a function in the kernel was overwritten: a defect of that kernel or a driver, or memory that changed below it, as after a restore or migration with memory that does not belong to it.',
  ],
  [
    /\bFatal exception\b|\bAsynchronous SError\b|\bFatal (?:hardware|machine check)\b|\bUncorrected hardware\b(?! memory error in user-access)/,
    'The kernel met an exception that it cannot go on after: the oops or error right above names the place.',
  ],
  [
    /\bSystem is deadlocked on memory\b|\bno killable processes\b|\bOut of memory: compulsory panic\b/,
    'The kernel had no memory left and no process to end: `--memory size=` is too small for what the guest starts with (an initramfs is unpacked into memory, too).',
  ],
  [
    /\bpanic_on_warn\b|\b(?:softlockup|hung_task|rcu): .{0,20}panic\b|\bsoftlockup: hung tasks\b|\bhung_task: blocked tasks\b/,
    'A setting (panic_on_warn, hung_task_panic, softlockup_panic) turns what else is a warning into a panic: the warning above it is the reason.',
  ],
  [
    /\bNot all CPUs entered\b|\bIO-APIC \+ timer\b|\bfailed to (?:calibrate|start) (?:the )?timer\b/i,
    'The kernel found no timer or no answer of its CPUs: interrupts do not arrive, as under nested virtualisation, on a host that is busy, or with an old release.',
  ],
  [
    /\bcbb-fabric\b|\bPWRDOWN_ERR\b/,
    'The control backbone (cbb) is the bus of NVIDIA Tegra (Jetson): PWRDOWN_ERR says that the register at that address was read while its block has no power, because its power domain is off or belongs to the other side (host or guest).',
  ],
  [
    /\bSystem halted\b/,
    'A guest that halts stops its processors without switching the machine off: the VMM goes on running; `poweroff` (with ACPI in its kernel) ends it.',
  ],
  [
    /\breboot: Power down\b/,
    '"Power down" says that the guest switched itself off, as poweroff or the end of its init do; what ran in it before says why.',
  ],
  [
    /\bMissing ENDBR\b|\bcontrol protection fault\b|\bcet\.c\b/,
    'IBT (CET) lets the processor jump only to marked places (ENDBR): a kernel or module that was built without them crashes over it; `ibt=off` on the command line of that kernel switches it off.',
  ],
  [
    /\bsgx\b|\bEPC section\b/i,
    'SGX keeps enclaves in memory of its own (EPC): remarks of the kernel on it are mostly harmless; Cloud Hypervisor has had no SGX since v48.',
  ],
  [
    /\bInitramfs unpacking failed\b|\binvalid magic at start of compressed archive\b|\bjunk (?:within|in) compressed archive\b/i,
    'The kernel unpacks the initramfs into memory: "write error" is too little memory (--memory size=), another message an archive that is cut off, or packed in a way that this kernel does not know.',
  ],
  [
    /\boom_(?:score_)?adj\b(?!:-?\d)/,
    '/proc/PID/oom_score_adj says how readily the kernel kills a process when memory is short: a program that sets it needs the PID of a process that lives.',
  ],
  [
    /\bip_?set\b|\bxt_\w+\b|\bnf_tables\b.{0,40}\b(?:not|fail|unsupported)/,
    'ipset, xt_… and nf_tables are modules of the kernel behind the firewall: a small guest kernel is often built without them.',
  ],
  [
    /\bCONFIG_(?!(?:FILE|DIR|PATH|HOME|MAP|JSON|YAML)\b)[A-Z0-9_]{3,40}\b/,
    'CONFIG_… are the options that a kernel was built with (/proc/config.gz, /boot/config-VERSION): =m needs the module in the image, and what is not set needs another kernel.',
  ],
  [
    /\b(?:AnonHugePages|ShmemPmdMapped|ShmemHugePages|transparent_hugepage|shmem_enabled|THP)\b/,
    'Transparent huge pages (THP) make memory faster without being asked for: for anonymous memory by transparent_hugepage/enabled, for shared memory (shared=on) only where shmem_enabled allows it; else hugepages=on does it.',
  ],
  [
    /\bblocked for more than \d+ seconds\b|\bhung_task\b/,
    'A hung task is a thread of the kernel or a process that waits for I/O or a lock (by default from two minutes on): the device below it (disk, network file system) does not answer, or another thread that holds the lock is blocked itself.',
  ],
  [
    /\brcu\w*\b.{0,80}\bstall|\bsoft lockup\b|\bhard LOCKUP\b|\bwatchdog: BUG\b/,
    'A stall or lockup says that a vCPU made no progress for seconds: the host gave it no time (overcommitted, stopped, nested), an interrupt was lost, or the kernel runs in a loop there.',
  ],
  [
    /\bunaligned hotplug range\b|\bmemory_block_size|\badd_memory failed\b/,
    'Linux adds memory in whole blocks (/sys/devices/system/memory/block_size_bytes, 128 MiB or up to 2 GiB): start and size must be multiples of a block.',
  ],
  [
    /\/proc\/modules\b/,
    '/proc/modules is there only in a kernel with loadable module support (CONFIG_MODULES); without it all its drivers are built in.',
  ],
  [
    /\bno irq handler for vector\b|\birq \d+: nobody cared\b|\bspurious interrupt/i,
    'An interrupt came that no driver had claimed: it is lost, or belongs to a device whose driver is not set up (yet) or gave it up.',
  ],
  [
    /\bNMI\b/,
    'An NMI is an interrupt that cannot be masked: the host sends it on request (vm.nmi, `ch-remote nmi`), or a watchdog or profiler uses it; kernel.unknown_nmi_panic decides whether a guest panics over one that nobody asked for.',
  ],
  [
    /\bmce: \[?Hardware|\bMachine check\b/i,
    'A machine check is an error that the processor reports of itself or of memory: of a host a matter of its hardware.',
  ],
  [
    /\bpage allocation failure\b(?!: order:[1-9])|\bOut of memory: Killed\b|\boom-kill\b|\binvoked oom-killer\b|\bkilled by the OOM killer\b/,
    'The kernel had no memory left, of the machine or of the cgroup that it names: it ended a process, or refused a request. A guest has what `--memory size=` gives it.',
  ],
  [
    /\binvalid opcode\b(?!: \d{4} \[#)|\bIllegal instruction\b|\bSIGILL\b|\bx86-64-v[234]\b/,
    'An instruction was met that this processor does not know or the VM does not show: the software is built for a newer level of processor (x86-64-v2, v3), or a nested or older host hides the feature. Some programs also end themselves in this way when a check of theirs fails.',
  ],
  [
    /\bNULL pointer dereference\b|\bunable to handle (?:kernel )?(?:page fault|paging request)\b|\bgeneral protection fault[,:]|\bUnable to handle kernel\b/i,
    'The kernel used memory that is not there, which is a defect of it or of the driver whose function the trace names, or memory that changed below it.',
  ],
  [
    /\bsegfault at\b|\bSegmentation fault\b|\bSIGSEGV\b/,
    'A segmentation fault is a crash of that program itself: a defect of it, or libraries that do not belong to it.',
  ],
  [
    /\bsplit[_ ]lock\b|\bbus[_ ]lock\b/i,
    'A split lock is an atomic access across two cache lines, which the kernel slows down or refuses (split_lock_detect=).',
  ],
  [
    /\bdisagrees about version of symbol\b|\bUnknown symbol\b|\bInvalid module format\b|\bvermagic\b|\bExec format error.{0,40}\.ko\b/i,
    'A module belongs to exactly one build of the kernel: this one was built for another version or configuration.',
  ],
  [
    /\b(?:insmod|modprobe|could not insert)\b.{0,80}\bRequired key not available\b|\b[Ll]ockdown: |\bKey was rejected by service\b|\bunsigned module\b/,
    'With Secure Boot (lockdown) the kernel loads only modules that are signed by a key it trusts, and refuses access to some of its memory.',
  ],
  [
    /\bmodprobe: (?:FATAL(?!: Module \S{1,60} is in use)|can't load|ERROR: (?!could not insert))|\bModule \S+ not found in directory\b|(?<!cannot be found at |build or )\/lib\/modules\//,
    'Modules are looked for in /lib/modules/VERSION of the running kernel: where an image holds those of another version, or none, none can be loaded, and only what is built in works.',
  ],
  [
    /\bSWIOTLB\b|\bswiotlb\b|\bbounce buffer/i,
    'SWIOTLB is the bounce buffer for DMA in the low memory of the guest: `swiotlb=` on the command line of its kernel sets its size, and guests with encrypted memory need a large one.',
  ],
  [
    /\bPMU\b|\bperf(?:_event)?: |\bperf_event_open\b/,
    'The PMU counts events of the processor for perf. A guest has one only where KVM offers it and the tables (on arm64 ACPI or the device tree with its interrupt) describe it; without it perf uses software events, and nothing else fails.',
  ],
  [
    /\btsc\b.{0,40}\bunstable\b|\bclocksource: |\bkvm-?clock\b/i,
    'The clock source decides how a guest measures time (kvm-clock, tsc): one that is called unstable is replaced by a slower one. After a restore, a pause or under nested virtualisation it may jump.',
  ],
  [
    /\bACPI (?:BIOS )?(?:Error|Warning|Exception)\b|\bAE_[A-Z_]{4,30}\b/,
    'ACPI errors of a kernel are about the tables of the machine: AE_NOT_FOUND and AE_ALREADY_EXISTS are mostly harmless remarks at boot, if the device that they name is not missed.',
  ],
  [
    /\bcrng\b|\bentropy\b|\bvirtio[_-]rng\b|\bhw_?rng\b/i,
    'Random numbers of a guest come from --rng (virtio-rng, /dev/urandom of the host) and the processor; without them early programs wait.',
  ],
  [
    /\bVIRTIO_F_(?:ACCESS|IOMMU)_PLATFORM\b|\bACCESS_PLATFORM\b/,
    'VIRTIO_F_ACCESS_PLATFORM is the feature by which a device agrees to go through the IOMMU or encrypted memory: a confidential guest (TDX, SEV) demands it of every device, and a device or back-end that does not offer it cannot be used there.',
  ],
  [
    /\brespawning too fast\b|\bagetty\b|\bserial-getty\b/,
    'A getty asks for a login on a console device: it ends at once where that device (ttyS0, hvc0) is not there, because --serial or --console is off or the kernel has no driver for it.',
  ],
  [
    /\b(?:virtio_balloon|balloon)\b/i,
    'The balloon takes memory from the guest, which must have it free, and its driver (virtio_balloon) must run; with deflate_on_oom=on the guest gets it back when it is short.',
  ],
  [
    /\bvirtio[_-]mem\b/i,
    'virtio-mem adds and removes memory in blocks of the device (hotplug_method=virtio-mem): the guest needs CONFIG_VIRTIO_MEM, and memory that is in use cannot be removed.',
  ],
  [
    /\bPSCI\b|\bMPIDR\b|\bfailed to boot CPU|\bCPU\d+: failed to (?:boot|come online)\b/i,
    'PSCI is the call by which an arm64 kernel starts its other CPUs, each known by its MPIDR: a refusal leaves the guest with fewer CPUs than it was given; releases and host kernels differ in how many they can start.',
  ],
  [
    /\bunchecked MSR\b|\b(?:unhandled|ignored|disabled by cpuid).{0,20}(?:rdmsr|wrmsr)\b|\b(?:rdmsr|wrmsr)\b|\bMSR 0x/i,
    'An MSR is a register of the processor: one that KVM does not emulate gives an error in the guest, which kernels mostly survive; kvm.ignore_msrs=1 on the host answers 0.',
  ],
  [
    /\bKVM internal error\b|\bemulation failure\b|\bKVM_INTERNAL_ERROR\w*|\bEXIT_INTERNAL_ERROR\b|\bsuberror\b/i,
    'KVM met an instruction that it could not emulate: the guest jumped to where there is no code, or reaches a device with an instruction that KVM does not know.',
  ],
  [
    /\btriple[- ]fault(?:ed)?\b|\bEXIT_SHUTDOWN\b|\bVcpuExit::Shutdown\b/i,
    'A triple fault is a fault while a fault is handled: the processor resets. It is the usual end of a kernel that dies before it can print: one that does not fit this start (not PVH, wrong address, too little memory).',
  ],
  [
    /\bKVM_GET_DIRTY_LOG\b|\b(?:start|stop|get|read|retriev|send|migrat)\w*\b.{0,30}\bdirty[_ ](?:log|logging|pages?|memory|ranges)\b|\bdirty (?:page )?rate\b|\bpre-?copy\b/i,
    'A live migration copies the memory while the guest runs (pre-copy), and then what it has written meanwhile (dirty pages), again and again: it converges only where the link is faster than the guest writes; the downtime that is allowed and a time-out decide when it stops.',
  ],
  [
    /\bXSAVE\w*\b|\bXCR0\b|\bXCOMP_PERM\b|\bAMX\b(?!"?:\s?false)|\bAVX-?512\w*\b/i,
    'XSAVE is the state of the extended registers (AVX-512, AMX): with AMX it is larger than 4 KiB, which old releases and kernels cannot save or set, and the other host must have the same features.',
  ],
  [
    /\bCPUID\b/i,
    'CPUID tells a guest which features its processor has: a snapshot or a migration needs all of them on the other host, and nested virtualisation, microcode and kernel parameters change them.',
  ],
  [
    /\b(?:vring|virtqueue|avail(?:able)? ring|used ring|descriptor chain|desc(?:riptor)? table)\b|\bvq->|\bid \d+ (?:is not a head|out of range)/i,
    'A virtqueue is the ring in the memory of the guest by which driver and device pass requests: an index or descriptor that is wrong means that both are out of step, mostly after a reset, restore or reconnect of one of them, or memory that is not shared.',
  ],
  [
    /\bunregistered address\b|\b(?:PIO|MMIO) (?:read|write)\b|(?<!Debug )\bI\/O port\b/,
    'A read or write at an I/O port or address (PIO, MMIO) without a device is answered with ones or dropped: guests look for devices in this way, and it is harmless by itself.',
  ],
  [
    /\bcgroup2?\b.{0,60}\b(?:controller|subtree_control|cpuset|pids|delegat)/i,
    'A cgroup controller (cpu, memory, cpuset, io) must be enabled in each group above (cgroup.subtree_control), and for an ordinary user it must be delegated.',
  ],
  [
    /\binotify\b|\bfsnotify\w*\b|\bfanotify\b/,
    'inotify and fsnotify watch files for changes: their limits are fs.inotify.max_user_watches and max_user_instances.',
  ],
]
