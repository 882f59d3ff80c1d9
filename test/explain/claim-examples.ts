/** One example of each cause that took the place of one which claimed too much. */
import { printed } from './injected.ts'

const record = (thread: string, source: string, text: string) =>
  `cloud-hypervisor:   1.204101s: <${thread}> ERROR:${source}:312 -- ${text}`

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'tidying-up-late',
    'time="2024-10-15T17:24:04Z" level=warning msg="stop virtiofsd failed" error="os: process already finished" name=containerd-shim-v2 source=virtcontainers/hypervisor subsystem=virtiofsd',
  ],
  [
    'guest-overlay-layer-missing',
    "mount: /sysroot/usr: special device overlay does not exist.\n[    1.2] overlayfs: failed to resolve '/sysroot/run/lower': -2",
  ],
  ['guest-overlay-limits', '[    1.2] overlayfs: upper fs does not support RENAME_WHITEOUT.'],
  [
    'guest-driver-waits',
    '[   28.6] watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [systemd-udevd:97]\n[   28.6] pc : virtnet_send_command+0xf4/0x150',
  ],
  [
    'guest-arm-cpus-missing',
    '[    0.04] psci: failed to boot CPU16 (-22)\n[    0.05] CPU16: failed to boot: -22',
  ],
  [
    'kata-kvm-missing',
    'Error: failed to create shim task: Could not access KVM kernel module: No such file or directory\nqemu-system-x86_64: failed to initialize kvm: No such file or directory: unknown',
  ],
  [
    'kata-kvm-denied',
    'ctr: failed to create shim task: Could not access KVM kernel module: Permission denied: unknown',
  ],
  [
    'mshv-state-refused',
    record(
      'vmm',
      'vmm/src/lib.rs',
      'Migration failed: MigrateSend(Snapshot(Could not get vCPU state GetMsrEntries(Hypercall 80 failed with 0x5: InvalidParameter)))',
    ),
  ],
  [
    'mshv-hypercall-refused',
    'Error booting VM: VmBoot(CpuManager(VcpuCreate(Hypercall 78 failed with 0xb: InsufficientMemory)))',
  ],
  ['vcpu-state-unread', 'Could not get vCPU state GetXsaveState(Failed to get XSAVE state)'],
  ['kvm-module-absent', 'modprobe: FATAL: Module kvm_intel not found in directory /lib/modules/5.10.0-aws'],
  ['module-load-denied', "modprobe: ERROR: could not insert 'vhost_net': Operation not permitted"],
  ['module-load-refused', "modprobe: ERROR: could not insert 'vfio_pci': Key was rejected by service"],
  [
    'rust-vmm-panicked',
    "thread 'main' panicked at /root/.cargo/registry/src/x/vfio-user-0.1.1/src/lib.rs:9:7:\nindex out of bounds: the len is 2 but the index is 2",
  ],
  [
    'virtual-iommu-missing',
    record(
      'vmm',
      'vmm/src/lib.rs',
      'Error when adding new disk to the VM: DeviceManager(MissingVirtualIommu)',
    ),
  ],
  [
    'guest-apic-refused',
    '[    0.4] unchecked MSR access error: WRMSR to 0x6e0 (tried to write 0x0000000000001234)',
  ],
  [
    'guest-msr-write-refused',
    '[    0.4] unchecked MSR access error: WRMSR to 0x1a4 (tried to write 0x000000000000000f) at rIP: 0xffffffff8106d0a4',
  ],
  ['openvswitch-port-old', '|netdev_dpdk|WARN|dpdkvhostuser ports are considered deprecated; migrate'],
  [
    'disk-opened-readonly',
    record(
      '_disk1_q0',
      'virtio-devices/src/block.rs',
      'Request failed: Os { code: 9, kind: Uncategorized, message: "Bad file descriptor" }',
    ),
  ],
  ['vhost-user-rate-limit', 'ParsingConfig(Validation(VhostUserRateLimiterNotSupported))'],
  ['vcpu-pause-timeout', 'Pause(Error signalling vCPUs: Timeout when waiting for signal to be acknowledged)'],
  ['qcow2-copied-flag', 'ERROR OFLAG_COPIED data cluster: l2_entry=80000000000 refcount=1'],
  ['guest-disk-absent', "[    1.1] /dev/vdb1: Can't open blockdev"],
  [
    'host-kernel-crashed',
    'BUG: unable to handle page fault for address: ffffc90000000000\nCPU: 3 PID: 812 Comm: vcpu1 Not tainted 6.1.0\nRIP: 0010:vmx_update_pi_irte+0x1a/0x90 [kvm_intel]',
  ],
  ['guest-bsd-panic', 'kernel: page fault trap, code=0\npanic: trap type 6, code=0, pc=ffffffff8100a264'],
  [
    'kata-cleanup-failed',
    'containerd[812]: level=error msg="failed to shutdown shim task and the shim might be leaked"',
  ],
  [
    'kata-runtime-crashed',
    'panic: runtime error: index out of range [1] with length 1\ngoroutine 1 [running]:\ngithub.com/kata-containers/kata-containers/src/runtime/virtcontainers.newSandbox(0x1)',
  ],
  [
    'kata-answer-unreadable',
    'kata[812]: resize memory\n  1: get vminfo\n     Server: Cloud Hypervisor API\n\n  3: trailing characters at line 1 column 92',
  ],
  [
    'guest-without-uefi',
    '[    0.000000] Machine model: linux,dummy-virt\n[    0.000000] efi: UEFI not found.',
  ],
  [
    'net-fds-in-request',
    "cloud-hypervisor: 0.012345s: <http-server> WARN:vmm/src/vm_config.rs:518 -- FDs in 'NetConfig' won't be deserialized as they are most likely invalid now. Deserializing them as -1.",
  ],
]

export const claimExamples = printed(texts)
