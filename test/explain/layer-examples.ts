/** One example of each cause in the words of compilers, of programs that call Cloud Hypervisor, and of what only looks like a failure. */
import { printed } from './injected.ts'

const log = (text: string) => `cloud-hypervisor: 18.157200s: <vmm> ERROR:vmm/src/cpu.rs:1019 -- ${text}`

const texts: readonly (readonly [cause: string, text: string])[] = [
  ['build-compiler-missing', 'error occurred: Failed to find tool. Is `x86_64-linux-musl-gcc` installed?'],
  ['build-libc-old', "   Compiling vmm v0.1.0 (/src/vmm)\nundefined reference to `getrandom'"],
  ['build-link-failed', 'error: linking with `cc` failed: exit status: 1'],
  ['build-failed', 'error: could not compile `hypervisor` due to 14 previous errors'],
  ['caller-no-address', 'level=error msg="dial unix : missing address" name=containerd-shim-v2'],
  [
    'api-request-unanswered',
    'msg="failed to resize vCPUs" error="[clh] VmResizePut failed: Put \\"http://localhost/api/v1/vm.resize\\": context deadline exceeded"',
  ],
  [
    'api-empty-reply',
    'curl --unix-socket /tmp/ch-vm.sock http://localhost/api/v1/vm.boot\ncurl: (52) Empty reply from server',
  ],
  ['cdi-unresolvable', 'CDI device injection failed: unresolvable CDI devices nvidia.com/pgpu=vfio1'],
  [
    'webhook-unreachable',
    'Internal error occurred: failed calling webhook "mutate.virtualmachine.v1alpha1.virt.example.com": failed to call webhook: connect: connection refused',
  ],
  ['cluster-client-not-connected', 'failed to report running: ServiceError: client error (Connect)'],
  ['vsock-no-listener', 'socat - UNIX-CONNECT:./v.sock\nCONNECT 52'],
  [
    'package-newer-installed',
    '        package kernel-1:6.1.166-197.x86_64 (which is newer than kernel-6.6.69-1.x86_64) is already installed',
  ],
  [
    'thread-waits-for-reader',
    '#0  0x00007f8f1a85c2c7 in __libc_write (fd=1, buf=0x559f, nbytes=1) at write.c:27',
  ],
  ['guest-asked-for-end', 'DEBUG cloud-hypervisor: Rebooting.\nDEBUG cloud-hypervisor: Rebooting.'],
  [
    'build-rust-too-old',
    'error[E0658]: use of unstable library feature `is_some_with`\n --> vmm/src/vm.rs:1:1',
  ],
  ['guest-kernel-too-old', 'FATAL: kernel too old'],
  [
    'guest-net-stuck',
    'virtio_net virtio1: TX timeout on queue: 0, sq: output.0, vq: 0x1, name: output.0, 5010000 usecs ago',
  ],
  ['tpm-locality', 'WARN:devices/src/tpm.rs -- CRB_LOC_CTRL locality to write'],
  ['request-migration', 'PUT /api/v1/vm.send-migration\n204\n"state": "Running"'],
  ['option-memory-unit', 'ParseMemory(Conversion("hugepage_size", "2Mi"))'],
  [
    'library-too-old',
    "virtiofsd: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.35' not found (required by virtiofsd)",
  ],
  [
    'vmm-segfault',
    '[    2.366213] vcpu0[137]: segfault at 0 ip 0000000000000000 sp 00007fbc3b1e5448 error 14',
  ],
  ['sshd-no-host-keys', '[    5.206055] sshd[1326]: sshd: no hostkeys available -- exiting.'],
  ['guest-panic-nmi', '[    4.178595] Kernel panic - not syncing: NMI: Not continuing'],
  ['guest-irq-unhandled', '[   13.616927] __common_interrupt: 0.34 No irq handler for vector'],
  [
    'kernel-without-modules',
    'libkmod: kmod_module_new_from_loaded: could not open /proc/modules: No such file or directory',
  ],
  [
    'nix-evaluation',
    "error: function 'anonymous lambda' called with unexpected argument 'withDriveLetters'\n       at /nix/store/x-source/lib/runners/cloud-hypervisor.nix:1:1:",
  ],
  [
    'build-sources-unseen',
    'error: could not find `Cargo.toml` in `/cloud-hypervisor` or any parent directory',
  ],
  [
    'kata-cgroup-failed',
    'Others("failed to handle message start sandbox in task handler\n\nCaused by:\n    3: move vcpus to sandbox cgroup\n    7: File exists (os error 17)',
  ],
  [
    'client-decode-failed',
    'Serde(Error("unknown variant `Running`, expected one of `Created`, `Booted`, `Shutdown`", line: 1, column: 775))',
  ],
  [
    'test-guest-message',
    "==== Start 'wait_vm_boot' (FAILED) ====\nerror=\"WrongGuestMsg\"\n==== End 'wait_vm_boot' outout ====\ntest_infra",
  ],
  [
    'test-command-failed',
    '==== Start ssh command output (FAILED) ====\ncommand="sudo mount /dev/vdc m/"\nerror="NonZeroExitStatus(32)"\n==== End ssh command outout ====',
  ],
  ['package-key-not-fetched', 'gpg: no valid OpenPGP data found.'],
  ['kernel-option-missing', '# CONFIG_SERIAL_AMBA_PL011 is not set'],
  ['tpm-command-refused', 'Control Cmd CmdInit returned error code : 0x9'],
  ['disk-type-required', 'Image type required for disk'],
  ['ip-exists-already', 'ERROR: TAP device tap-ch-5001-0 already exists'],
  [
    'build-link-failed',
    "/target/debug/deps/libfdt.a(fdt_ro.o): In function `fdt_get_name':\n(.text+0x388): undefined reference to `strrchr'\ncollect2: error: ld returned 1 exit status",
  ],
  ['seccomp-violation', 'Seccomp violation with glibc 2.42'],
  [
    'libvirt-connection-closed',
    "virt: failed to start task: libvirt: virError(Code=1, Domain=7, Message='internal error: client socket is closed')",
  ],
  [
    'libvirt-no-answer',
    'error: internal error: curl_easy_perform() returned an error: Failure when receiving data from the peer',
  ],
  [
    'migration-peer-lost',
    'cloud-hypervisor: 92.15s: <migration> WARN:vmm/src/lib.rs:892 -- Failed to notify migration destination about failed migration: Socket error',
  ],
  ['caller-cannot', 'start is not supported'],
  ['caller-spawn-failed', "could not run vm: failed to spawn vm machine process '101921-1'"],
  ['caller-time-limit', 'failed to install k3s: failed to install vm in 5 minutes'],
  ['caller-file-missing', 'start of the VM: target kernel file /usr/local/x/y.vm not exist'],
  [
    'kata-shim-panicked',
    'A panic occurred at crates/hypervisor/src/ch/inner_hypervisor.rs:768: There should be a match for level',
  ],
  [
    'dpdk-vfio-device',
    'EAL: Getting a vfio_dev_fd for 0000:07:06.4 failed\ntestpmd: No probed ethernet devices\nEAL: Error - exiting with code: 1\n  Cause: Invalid port 1',
  ],
  ['spdk-not-started', 'app.c: 387:app_setup_env: *ERROR*: Unable to initialize SPDK env'],
  [
    'arm-vcpu-hotplug',
    'Error running command: Server responded with an error: InternalServerError: ApiError(VmResize(CpuManager(VcpuCreate(Failed to create Vcpu: Device or resource busy (os error 16)))))',
  ],
  [
    'cpu-resize-zero',
    `ch-remote --api-socket /tmp/api resize --cpus 0\n${log('Error when resizing VM: CpuManager(VcpuPendingRemovedVcpu)')}`,
  ],
  ['cpu-removal-pending', log('Error when resizing VM: CpuManager(VcpuPendingRemovedVcpu)')],
  [
    'arm-registers-sve',
    log('Could not get vCPU state: GetAarchCoreRegister(Invalid argument (os error 22))'),
  ],
  [
    'cpu-affinity-bounds',
    "thread 'vmm' panicked at /root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/libc-0.2.189/src/unix/linux_like/linux/mod.rs:1490:9:\nindex out of bounds: the len is 16 but the index is 16",
  ],
  [
    'instruction-not-emulated',
    log('VCPU generated error: VcpuRun(Failed to run vcpu: Unsupported instruction: "movsw [rdi], [rsi]")'),
  ],
  ['api-no-reason', 'ServerResponse(InternalServerError)'],
  [
    'api-state-already',
    'Error running command: Server responded with an error: InternalServerError: ApiError(VmPause(VmPause(InvalidStateTransition(Paused, Paused))))',
  ],
  ['wifi-parent', '4: macvtap0@wlp1s0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP'],
  [
    'unit-activating',
    'microvm@my-vm.service - MicroVM\n     Active: activating (start) since Sat 2024-08-10 15:48:56 UTC; 48s ago',
  ],
  ['firmware-is-data', 'Build/CLOUDHV.fd: data'],
  ['qcow2-lazy-refcounts', '    lazy refcounts: true\n    lazy refcounts: false'],
  [
    'guest-sgx-node',
    'sgx: [Firmware Bug]: Unable to map EPC section to online node. Fallback to the NUMA node 0.',
  ],
  [
    'guest-write-zeroes',
    'I/O error, dev vda, sector 9680 op 0x9:(WRITE_ZEROES) flags 0x800 phys_seg 0 prio class 2',
  ],
  ['guest-only-loopback', '# guest: ls /sys/class/net\nlo'],
  ['guest-powered-off', 'kata-agent: exit\n[    3.1] reboot: Power down'],
  ['guest-gpu-irq', "[  177.6] NVRM: Can't find an IRQ for your NVIDIA card!"],
  [
    'device-same-card',
    '--device path=/sys/bus/pci/devices/0000:01:00.0/ path=/sys/bus/pci/devices/0000:01:00.1/',
  ],
  [
    'seccomp-logged',
    'audit: type=1326 audit(1598709948.812:318): auid=4294967295 uid=0 gid=101 ses=4294967295 subj==unconfined pid=170622 comm="cloud-hyperviso" exe="/srv/cloud-hypervisor" sig=0 arch=c00000b7 syscall=48 compat=0 ip=0xffffb6083a3c code=0x7ffc0000',
  ],
  [
    'vhost-user-peer-gone',
    'qemu-system-x86_64: Failed to read msg header. Read -1 instead of 12. Original request 40.',
  ],
  ['kata-config-type', 'type mismatch for katautils.agent: expected table but found int64'],
  ['guest-virtio-access-platform', 'virtiofs virtio2: device must provide VIRTIO_F_ACCESS_PLATFORM'],
  [
    'guest-mtrr-loses-memory',
    "[    0.023863] WARNING: BIOS bug: CPU MTRRs don't cover all of memory, losing 2044MB of RAM.",
  ],
  [
    'guest-no-room-for-initrd',
    '[    0.146385] Kernel panic - not syncing: Cannot find place for new RAMDISK',
  ],
  ['vfio-capability-hidden', 'vfio-pci 0000:01:00.0: vfio_ecap_init: hiding ecap 0x1e@0x258'],
  ['guest-topology', '    Core(s) per socket:                 1\n    Socket(s):                          8'],
  ['disk-sector-size', '$ losetup --show -f --sector-size 4096 -P noble.raw\n/dev/loop6 # no partitions'],
  [
    'library-not-found',
    'microvm@ns-02: error while loading shared libraries: libnuma.so.1: cannot open shared object file: No such file or directory',
  ],
  [
    'cluster-pod-terminating',
    '$ kubectl get pods # runtimeClassName: kata\nconsumption-monitor-2wspf   0/1     Terminating        0          7m19s',
  ],
  [
    'guest-cache-topology',
    "[    0.104407] sched: CPU #48's llc-sibling CPU #0 is not on the same node! [node: 1 != 0]. Ignoring dependency.",
  ],
  ['guest-pmu-absent', '[    0.616800] No ACPI PMU IRQ for CPU0'],
  [
    'thread-stack',
    '#0  0x00007fffef47c347 in vhost_user_set_inflight_fd (pdev=0x7fffe2895998, main_fd=545) at ../lib/librte_vhost/vhost_user.c:1570',
  ],
  ['swtpm-no-state', 'swtpm: SWTPM_NVRAM_Init: Missing backend URI.'],
  [
    'cloud-init-mbr-layout',
    'Stderr: sfdisk: --Linux option is deprecated\n        Start sector 0 out of range.',
  ],
  ['guest-dm-target-missing', 'device-mapper: table: 252:0: verity: unknown target type'],
  [
    'gdb-no-symbols',
    'warning: No executable has been specified, and target does not support\ndetermining executable automatically.',
  ],
  ['fuse-unanswered', '[<ffffffffa0377840>] request_wait_answer+0xc0/0x1f0 [fuse]'],
  ['dhcp-checksum', 'eth1: checksum failure from 192.168.100.1'],
  ['guest-verity-mismatch', '[194754.361797] device-mapper: verity: 7:0: data block 24576 is corrupted'],
  ['guest-nixos-closure', 'Failed to start Find NixOS closure'],
  [
    'kernel-stack',
    '[ 1586.593561][ T8669] tpm2_del_space+0x28/0x73\n[ 1586.598718][ T8669] tpmrm_release+0x27/0x33',
  ],
  ['qcow2-leaked', 'Leaked cluster 77 refcount=1 reference=0'],
  [
    'sriov-vfs-refused',
    'echo 8 > /sys/class/net/eth1/device/sriov_numvfs\nwrite error: Cannot allocate memory',
  ],
  [
    'guest-swiotlb-missing',
    "[    1.015953] Kernel panic - not syncing: Can not allocate SWIOTLB buffer earlier and can't now provide you with the DMA bounce buffer",
  ],
  ['kubelet-whole-cores', 'SMT Alignment Error: requested 3 cpus not multiple cpus per core = 2'],
  ['guest-netplan-ovs', 'Cannot call Open vSwitch: ovsdb-server.service is not running.'],
  ['guest-gpu-library', 'NVML_ERROR_LIB_RM_VERSION_MISMATCH'],
]

export const layerExamples = printed(texts)
