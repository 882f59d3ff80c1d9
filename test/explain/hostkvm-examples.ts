/** One example of each cause of a host: KVM, its processors and memory, VFIO, confidential guests, units of systemd. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  ['kvm-off-in-firmware', '[    4.871045] kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 0'],
  ['kvm-module-incomplete', "modprobe: ERROR: could not insert 'kvm_intel': Input/output error"],
  ['kvm-vendor-module-loaded', "kvm: already loaded vendor module 'kvm_intel'"],
  [
    'kvm-held-by-other',
    'ioctl(KVM_CREATE_VM) failed: 16 Device or resource busy\nqemu-system-x86_64: failed to initialize kvm: Device or resource busy',
  ],
  ['kvm-create-no-memory', 'qemu-system-x86_64: ioctl(KVM_CREATE_VM) failed: 12 Cannot allocate memory'],
  ['kvm-group-unnamed', 'crw-rw---- 1 root 993 10, 232 Nov  2 09:12 /dev/kvm'],
  ['arm-hyp-missing', '[    0.1] kvm [1]: HYP mode not available'],
  ['arm-started-at-el1', '[    0.0] CPU: All CPU(s) started at EL1'],
  ['arm-gic-unfit', 'qemu-system-aarch64: Unable to create KVM VGIC device: No such device'],
  ['kvm-not-used-by-qemu', "qemu-system-x86_64: CPU model 'host' requires KVM or HVF"],
  [
    'cpu-feature-not-on-host',
    "qemu-system-x86_64: warning: host doesn't support requested feature: CPUID.01H:ECX.vmx [bit 5]",
  ],
  ['kvm-run-refused', 'error: kvm run failed Bad address'],
  ['kvm-entry-dump', '[ 410.0] kvm_intel: set kvm_intel.dump_invalid_vmcs=1 to dump internal KVM state.'],
  [
    'kvm-host-remark',
    '[ 9911.0] kvm [3012]: vcpu3, guest rIP: 0xfffff80316a5d3c1 vmx_set_msr: BTF|LBR in IA32_DEBUGCTLMSR 0x1, nop',
  ],
  [
    'host-kvm-warning',
    '[ 123.0] WARNING: CPU: 3 PID: 4121 at arch/x86/kvm/mmu/mmu.c:5201 kvm_mmu_reset+0x20/0x90 [kvm]',
  ],
  [
    'host-kvm-fault',
    '[ 123.0] BUG: kernel NULL pointer dereference, address: 0000000000000008\n[ 123.0] RIP: 0010:kvm_mmu_zap_all+0x20/0x90 [kvm]',
  ],
  ['other-hypervisor-without-vtx', 'VT-x is not available (VERR_VMX_NO_VMX)'],
  ['wsl-virtualisation-missing', 'WSL2 is not supported with your current machine configuration.'],
  [
    'cloud-nesting-unsupported',
    'An error occurred (InvalidParameterCombination) when calling the RunInstances operation: Nested virtualization is not supported for this instance type',
  ],
  [
    'cpu-flaw-reported',
    '[ 0.1] RETBleed: WARNING: Spectre v2 mitigation leaves CPU vulnerable to RETBleed attacks, data leaks possible!',
  ],
  ['microcode-old', '[ 0.9] x86/CPU: Running old microcode'],
  ['cpu-feature-off-in-firmware', '[ 3.1] x86/tme: not enabled by BIOS'],
  [
    'memory-page-broken',
    '[ 10.1] MCE: Killing qemu-system-x86:4121 due to hardware memory corruption fault at 7f2c',
  ],
  [
    'hardware-error-corrected',
    'EDAC MC0: 1 CE memory read error on CPU_SrcID#0_MC#0_Chan#1_DIMM#0 (channel:1 slot:0 page:0x12f offset:0x0 grain:32 syndrome:0x0)',
  ],
  [
    'hardware-error-reported',
    '[ 1832.7] mce: [Hardware Error]: CPU 6: Machine Check: 0 Bank 5: bea0000000000108',
  ],
  [
    'pcie-error-corrected',
    '[ 99.1] pcieport 0000:00:1c.4: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)',
  ],
  [
    'pcie-error-uncorrected',
    '[ 99.1] vfio-pci 0000:01:00.0: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Transaction Layer, (Requester ID)',
  ],
  [
    'vhost-net-missing',
    "qemu-system-x86_64: -netdev tap,id=n0,vhost=on: vhost-net requested but could not be initialized: Could not open '/dev/vhost-net': No such file or directory",
  ],
  [
    'other-vmm-cgroup-memory',
    '[ 400.0] Memory cgroup out of memory: Killed process 9331 (qemu-system-x86) total-vm:5123412kB, anon-rss:4194112kB',
  ],
  [
    'other-vmm-out-of-memory',
    '[ 7211.0] Out of memory: Killed process 4121 (qemu-system-x86) total-vm:9123412kB, anon-rss:8234112kB',
  ],
  [
    'page-allocation-failed',
    '[ 400.0] qemu-system-x86: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null)',
  ],
  [
    'memory-overcommit-refused',
    '[ 1.1] __vm_enough_memory: pid: 4221, comm: cloud-hyperviso, bytes: 8589934592 not enough memory for the allocation',
  ],
  [
    'other-vmm-hugepages-short',
    'qemu-system-x86_64: unable to map backing store for guest RAM: Cannot allocate memory',
  ],
  [
    'other-vmm-memory-refused',
    "qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory",
  ],
  [
    'hugepages-directory-unusable',
    "qemu-system-x86_64: -mem-path /dev/hugepages: can't open backing store /dev/hugepages for guest RAM: Permission denied",
  ],
  ['hugepage-size-missing', '[ 0.0] hugepagesz: Unsupported page size 1024 M'],
  ['limit-raise-refused', 'bash: ulimit: max locked memory: cannot modify limit: Operation not permitted'],
  [
    'memory-lock-refused',
    'qemu-system-x86_64: mlockall: Cannot allocate memory\nqemu-system-x86_64: locking memory failed',
  ],
  ['numa-binding-refused', 'set_mempolicy: Operation not permitted'],
  ['sysfs-write-needs-root', 'bash: /sys/kernel/mm/ksm/run: Permission denied'],
  ['host-task-blocked', '[ 9123.1] INFO: task qemu-system-x86:4122 blocked for more than 120 seconds.'],
  ['other-vmm-crashed', 'systemd-coredump[3312]: Process 2213 (qemu-system-x86) of user 107 dumped core.'],
  ['heap-corrupted', 'free(): invalid pointer'],
  [
    'vfio-dma-locked-limit',
    'vfio_dma_map(0x5595, 0x100000000, 0x180000000, 0x7f3d) = -12 (Cannot allocate memory)',
  ],
  [
    'vfio-dma-bar-unmapped',
    'qemu-system-x86_64: vfio_dma_map(0x56, 0x100000000000, 0x10000000, 0x7f) = -14 (Bad address)',
  ],
  [
    'vfio-dma-refused',
    'qemu-kvm: vfio_container_dma_map(0x56, 0x383000000000, 0x2000000, 0x7f) = -22 (Invalid argument)',
  ],
  [
    'vfio-group-file-refused',
    'qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: failed to open /dev/vfio/1: Permission denied',
  ],
  [
    'vfio-no-group-for-device',
    'qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: no iommu_group found: No such file or directory',
  ],
  [
    'vfio-container-refused',
    'vfio 0000:01:00.0: failed to setup container for group 12: Failed to set iommu for container: Operation not permitted',
  ],
  [
    'vfio-device-not-given',
    'qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: error getting device from group 1: Invalid argument',
  ],
  [
    'vfio-rom-unreadable',
    '[ 42.1] vfio-pci 0000:01:00.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
  ],
  [
    'vfio-romfile-missing',
    'vfio-pci,host=0000:01:00.0,romfile=/root/vbios.rom: failed to find romfile "/root/vbios.rom"',
  ],
  [
    'vfio-remark',
    '[ 3.2] vfio-pci 0000:01:00.0: vgaarb: VGA decodes changed: olddecodes=io+mem,decodes=io+mem:owns=io+mem',
  ],
  ['vfio-device-wanted-back', 'vfio-pci 0000:3b:02.0: Relaying device request to user (#0)'],
  [
    'vfio-module-not-there',
    'modprobe: FATAL: Module vfio-pci not found in directory /lib/modules/5.15.167.4-microsoft-standard-WSL2',
  ],
  [
    'vfio-reset-unavailable',
    'qemu-system-x86_64: vfio: Cannot reset device 0000:01:00.1, no available reset mechanism.',
  ],
  [
    'vfio-device-off-the-bus',
    "error: Unable to reset PCI device 0000:01:00.0: internal error: Unknown PCI header type '127'",
  ],
  [
    'iommufd-missing',
    'qemu-system-x86_64: -object iommufd,id=iommufd0: Failed to open /dev/iommu: No such file or directory',
  ],
  ['iommufd-bind-refused', 'vfio 0000:01:00.0: error bind device fd=21 to iommufd=20: Invalid argument'],
  ['sriov-no-room', '[ 33.1] i40e 0000:3b:00.0: not enough MMIO resources for SR-IOV'],
  ['device-file-owner-refused', "chown: changing ownership of '/dev/vfio/12': Operation not permitted"],
  [
    'iommu-not-in-use',
    '  QEMU: Checking if IOMMU is enabled by kernel : WARN (IOMMU appears to be disabled in kernel. Add intel_iommu=on to kernel cmdline arguments)',
  ],
  ['kernel-memory-damaged', 'kernel: BUG: Bad page state in process qemu-system-x86  pfn:12f3a'],
  [
    'kernel-busy-remark',
    'kernel: workqueue: vmstat_shepherd hogged CPU for >10000us 4 times, consider switching to WQ_UNBOUND',
  ],
  ['split-lock-mode', 'x86/split lock detection: warning about user-space split_locks'],
  ['kvm-ignores-msrs', 'kvm: Running KVM with ignore_msrs=1 and report_ignored_msrs=0 is not a'],
  [
    'kvm-too-many-cpus',
    "Number of SMP cpus requested (1024), exceeds max cpus supported by machine 'pc-q35-8.2' (288)",
  ],
  [
    'phys-bits-too-few',
    'qemu-system-x86_64: Address space limit 0x7fffffffff < 0xcfffffffff phys-bits too low (39)',
  ],
  ['kvm-msr-refused-for-vmm', 'qemu-system-x86_64: error: failed to set MSR 0x48f to 0x7fffff00036dfb'],
  [
    'kvm-slot-refused',
    'qemu-system-x86_64: kvm_set_user_memory_region: KVM_SET_USER_MEMORY_REGION failed, slot=1, start=0x0, size=0x80000000: Invalid argument',
  ],
  ['kvm-unknown-exit', 'KVM: unknown exit, hardware reason 31'],
  [
    'other-seccomp-kill',
    'audit: type=1326 audit(1.1:2): auid=1000 uid=1000 gid=1000 ses=1 subj=unconfined pid=211 comm="virtiofsd" exe="/usr/libexec/virtiofsd" sig=31 arch=c000003e syscall=334 compat=0 ip=0x7f code=0x80000000',
  ],
  ['crashed-by-signal', 'Trace/breakpoint trap (core dumped)'],
  ['cpu-time-limit', 'CPU time limit exceeded'],
  [
    'cgroup-attribute-refused',
    "vm1.service: Failed to set 'cpuset.cpus' attribute on '/system.slice/vm1.service' to '0-64': Numerical result out of range",
  ],
  ['realtime-refused', 'sched_setscheduler: Operation not permitted'],
  ['kernel-log-restricted', 'dmesg: read kernel buffer failed: Operation not permitted'],
  ['debugging-restricted', 'ptrace: Operation not permitted.'],
  ['kvm-flag-absent', "$ egrep -c '(vmx|svm)' /proc/cpuinfo\n0"],
  [
    'cgroup-controller-refused',
    'bash: echo: write error: Device or resource busy\n# echo +memory > /sys/fs/cgroup/vm/cgroup.subtree_control',
  ],
  ['kvm-vcpu-not-made', 'error: kvm_init_vcpu: kvm_get_vcpu failed (0): Invalid argument'],
  [
    'pci-reset-not-possible',
    "failed to reset PCI device '0000:01:00.0', but trying to continue as not all devices need a reset",
  ],
  ['pci-bind-failed', 'TASK ERROR: Cannot bind 0000:01:00.0 to vfio'],
  [
    'pci-device-of-other-vm',
    'error: Requested operation is not valid: PCI device 0000:03:00.0 is in use by driver QEMU, domain win11',
  ],
  [
    'pci-interrupt-pin-invalid',
    "kvm: ../hw/pci/pci.c:1487: pci_irq_handler: Assertion `0 <= irq_num && irq_num < PCI_NUM_PINS' failed.",
  ],
  [
    'vfio-not-offered',
    "error: unsupported configuration: host doesn't support passthrough of host PCI devices",
  ],
  ['pci-no-endpoint', 'error: internal error: Non-endpoint PCI devices cannot be assigned to guests'],
  ['pci-not-detached', 'error: unmanaged PCI device 0000:03:00.0 must be manually detached from the host'],
  [
    'locked-memory-limit-refused',
    'cannot limit locked memory of process 4411 to 18253611008: Operation not permitted',
  ],
  [
    'dpdk-interface-in-use',
    'Warning: routing table indicates that interface 0000:03:00.0 is active. Not modifying',
  ],
  ['vfio-driver-not-loaded', "Error: Driver 'vfio-pci' is not loaded."],
  ['interrupt-bypass-off', 'irqbypass consumer (token 00000000a1b2) registration fails: -16'],
  ['module-parameter-unknown', "kvm_intel: unknown parameter 'nestd' ignored"],
  [
    'mdev-none-left',
    'bash: echo: write error: No space left on device\n# echo 1 > /sys/class/mdev_bus/0000:00:02.0/mdev_supported_types/i915-GVTg_V5_4/create',
  ],
  ['sriov-parent-down', 'ixgbevf 0000:3b:10.0: PF still in reset state. Is the PF interface up?'],
  ['nvidia-card-taken', 'NVRM: No NVIDIA devices probed.'],
  ['kvm-vmcs-field-refused', 'kernel: kvm: vmwrite failed: field=2406 val=0 err=12'],
  [
    'arm-register-unsupported',
    'kernel: kvm [4411]: Unsupported guest sys_reg access at: ffff8000 [600003c5]',
  ],
  ['arm-access-undecoded', 'kernel: kvm [4411]: Data abort outside memslots with no valid syndrome info'],
  ['core-dump-incomplete', 'Resource limits disable core dumping for process 4411 (cloud-hyperviso).'],
  [
    'oom-killer-started',
    'kernel: CPU 0/KVM invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0',
  ],
  [
    'other-vmm-killed-early',
    'earlyoom[511]: sending SIGTERM to process 4411 uid 107 "qemu-system-x86": badness 930, VmRSS 12011 MiB',
  ],
  ['numa-node-unavailable', 'error: unsupported configuration: NUMA node 3 is unavailable'],
  ['subuid-range-missing', 'newuidmap: uid range [0-1) -> [1000-1001) not allowed'],
  ['igd-legacy-mode-off', 'vfio-pci: IGD device 0000:00:02.0 has no ROM, legacy mode disabled'],
  ['interrupt-remapping-off', '[ 0.2] DMAR-IR: x2apic is disabled because BIOS sets x2apic opt out bit.'],
  [
    'iommu-tables-broken',
    '[  0.1] DMAR: [Firmware Bug]: Your BIOS is broken; DMAR reported at address fed90000 returns all ones!',
  ],
  ['iommu-boot-remark', '[ 1.0] AMD-Vi: Unable to read/write to IOMMU perf counter.'],
  [
    'iommu-interrupt-fault',
    '[ 99.1] DMAR: [INTR-REMAP] Request device [02:00.0] fault index 0x0 [fault reason 0x25] Blocked a compatibility format interrupt request',
  ],
  ['iommu-hangs', '[ 99.1] AMD-Vi: Event logged [IOTLB_INV_TIMEOUT device=0a:00.0 address=0x10f4a5c30]'],
  [
    'nvidia-driver-not-loaded',
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.",
  ],
  ['nvidia-module-kind', 'NVRM: installed in this system is not supported by open nvidia.ko'],
  ['nvidia-card-unreachable', 'Unable to determine the device handle for GPU0000:01:00.0: Unknown Error'],
  ['sev-status-absent', '[ 1.1] ccp 0000:02:00.1: SEV: failed to get status. Error: 0x0'],
  ['sev-without-asids', '[ 5.3] kvm_amd: SEV-ES disabled (ASIDs 0 - 0)'],
  ['sev-host-not-ready', '[ 5.3] ccp 0000:22:00.1: SEV: failed to INIT error 0x3, rc -5'],
  [
    'sev-launch-refused',
    "qemu-system-x86_64: sev_launch_start: LAUNCH_START ret=1 fw_error=12 'Resource limit exceeded'",
  ],
  [
    'sev-file-refused',
    "qemu-system-x86_64: sev_common_kvm_init: Failed to open /dev/sev 'Permission denied'",
  ],
  ['tdx-module-absent', '[ 3.2] kvm_intel: SEAMCALL failed: TDX Module not loaded.'],
  ['tdx-not-offered', '[ 3.2] kvm_intel: TDX not supported by the host platform'],
  ['tdx-call-refused', 'qemu-system-x86_64: KVM_TDX_INIT_VM failed: Invalid argument'],
  [
    'unit-namespace-failed',
    '(visor)[991]: vm1.service: Failed to set up mount namespacing: /run/vm: No such file or directory',
  ],
  [
    'unit-capabilities-refused',
    '(visor)[991]: vm1.service: Failed to apply ambient capabilities (before UID change): Operation not permitted',
  ],
  [
    'unit-directory-missing',
    'vm1.service: Changing to the requested working directory failed: No such file or directory',
  ],
  [
    'unit-limit-refused',
    'vm1.service: Failed at step LIMITS spawning /usr/bin/cloud-hypervisor: Operation not permitted',
  ],
  ['unit-output-refused', 'vm1.service: Failed to set up standard output: Permission denied'],
  [
    'unit-own-directory-failed',
    'vm1.service: Failed to set up special execution directory in /var/lib: File exists',
  ],
  ['unit-cgroup-refused', 'vm1.service: Main process exited, code=exited, status=219/CGROUP'],
  ['unit-seccomp-refused', 'vm1.service: Main process exited, code=exited, status=228/SECCOMP'],
  [
    'unit-exec-format',
    'systemd[2131]: vm1.service: Failed at step EXEC spawning /opt/vm/start.sh: Exec format error',
  ],
  [
    'unit-selinux-home',
    'type=AVC msg=audit(1.3:412): avc:  denied  { execute } for  pid=3120 comm="(rvisor)" name="cloud-hypervisor" dev="dm-0" scontext=system_u:system_r:init_t:s0 tcontext=unconfined_u:object_r:user_home_t:s0 tclass=file permissive=0',
  ],
  ['unit-stop-timeout', "vm1.service: State 'stop-sigterm' timed out. Killing."],
  ['unit-protocol', "vm1.service: Failed with result 'protocol'."],
  [
    'unit-key-ignored',
    "/etc/systemd/system/vm1.service:12: Unknown key name 'AmbientCapabilites' in section 'Service', ignoring.",
  ],
  ['unit-oom-killed', "machine-web.scope: Failed with result 'oom-kill'."],
  [
    'no-new-privileges',
    'sudo: The "no new privileges" flag is set, which prevents sudo from running as root.',
  ],
  ['userns-restricted', 'bwrap: setting up uid map: Permission denied'],
]

export const hostkvmExamples = printed(texts)
