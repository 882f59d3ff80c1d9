/**
 * Failures that no argument brings about: KVM and the kernel were made to answer so (by injected
 * errors on v49.0, see `cause`), or the text stands in the sources of the release named.
 */
export interface Injected {
  readonly cause: string
  readonly text: string
}

/** @returns examples of causes as they are printed, with the end of their last line */
export const printed = (texts: readonly (readonly [cause: string, text: string])[]): readonly Injected[] =>
  texts.map(([cause, text]) => ({ cause, text: `${text}\n` }))

const chain = (debug: string, ...levels: string[]) =>
  [
    `cloud-hypervisor:   0.003405s: <main> ERROR:src/lib.rs:23 -- Fatal error: ${debug}`,
    'Error: Cloud Hypervisor exited with the following chain of errors:',
    ...levels.map((level, index) => `  ${index}: ${level}`),
    '',
  ].join('\n')

const boot = ['Error booting VM', 'The VM could not boot']
const device = [...boot, 'Error from device manager']

const panic = (place: string, words: string) =>
  `
thread 'vmm' (19) panicked at ${place}:
${words}
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
cloud-hypervisor:   0.002274s: <main> ERROR:src/lib.rs:23 -- Fatal error: ThreadJoin(Any { .. })
Error: Cloud Hypervisor exited with the following error:
  Failed to join on VMM thread: Any { .. }
`

const unwrapped = (error: string) => `called \`Result::unwrap()\` on an \`Err\` value: ${error}`

export const injected: readonly Injected[] = [
  {
    cause: 'kvm-busy',
    text: panic('vmm/src/vm.rs:1099:47', unwrapped('VmCreate(Device or resource busy (os error 16))')),
  },
  {
    cause: 'kvm-unusable',
    text: panic('vmm/src/vm.rs:1099:47', unwrapped('VmCreate(No such device (os error 19))')),
  },
  {
    cause: 'kvm-unusable',
    text: panic('vmm/src/vm.rs:1465:47', unwrapped('VmCreate(Invalid argument (os error 22))')),
  },
  // Rust up to 1.72 wrote the message before the place.
  {
    cause: 'kvm-busy',
    text: `thread 'vmm' panicked at '${unwrapped('VmCreate(Device or resource busy (os error 16))')}', vmm/src/vm.rs:900:47\n`,
  },
  {
    cause: 'kvm-vcpu-refused',
    text: chain(
      'VmBoot(VmBoot(CpuManager(VcpuCreate(Failed to create Vcpu\n\nCaused by:\n    Invalid argument (os error 22)))))',
      ...boot,
      'Error from CPU manager',
      'Error creating vCPU',
      'Failed to create Vcpu',
      'Invalid argument (os error 22)',
    ),
  },
  {
    cause: 'kvm-memory-region',
    text: chain(
      'VmBoot(VmBoot(MemoryManager(CreateUserMemoryRegion(CreateUserMemory(Cannot allocate memory (os error 12))))))',
      ...boot,
      'Memory manager error',
      'Failed to create the user memory region',
      'Failed to create user memory',
      'Cannot allocate memory (os error 12)',
    ),
  },
  {
    cause: 'kvm-vcpu-run',
    text: 'cloud-hypervisor:   0.005414s: <vcpu0> ERROR:vmm/src/cpu.rs:1263 -- VCPU generated error: VcpuRun(Failed to run vcpu\n\nCaused by:\n    VCPU error Error(14))\n',
  },
  {
    cause: 'kvm-vcpu-run',
    text: 'cloud-hypervisor:   1.2s: <vcpu0> ERROR:vmm/src/cpu.rs:1263 -- VCPU generated error: VcpuRun(Failed to run vcpu\n\nCaused by:\n    Unexpected exit reason on vcpu run: InternalError)\n',
  },
  {
    cause: 'landlock-unsupported',
    text: `cloud-hypervisor:   0.001291s: <vmm_signal_handler> ERROR:vmm/src/lib.rs:748 -- Error creating Landlock object: ManageRuleset(HandleAccesses(Fs(Compat(Access(Incompatible { access: BitFlags<AccessFs>(0b111, Execute | WriteFile) })))))\n${chain('CreateLandlock(ManageRuleset(HandleAccesses(Fs(Compat(Access(Incompatible { access: BitFlags<AccessFs>(0b111, Execute | WriteFile) }))))))', 'Failed to create Landlock object', 'Error creating/adding/restricting ruleset', 'fully incompatible access-rights: BitFlags<AccessFs>(0b111, Execute | WriteFile)')}`,
  },
  {
    cause: 'tap-sysfs-denied',
    text: chain(
      'VmBoot(VmBoot(DeviceManager(CreateVirtioNet(OpenTap(ReadSysfsTunFlags(Os { code: 13, kind: PermissionDenied, message: "Permission denied" }))))))',
      ...device,
      'Cannot create virtio-net device',
      'Failed to open taps',
      'Failed to read the TAP flags from sysfs',
      'Permission denied (os error 13)',
    ),
  },
  {
    cause: 'qcow2-backing-denied',
    text: chain(
      'VmBoot(VmBoot(DeviceManager(Disk(BlockError { kind: Io, source: Some(BackingFileIo("/srv/disk.raw", Os { code: 13, kind: PermissionDenied, message: "Permission denied" })) }))))',
      ...device,
      'Cannot open disk path',
      'I/O error (path=over.qcow2 op=open)',
      'Backing file I/O error: /srv/disk.raw',
      'Permission denied (os error 13)',
    ),
  },
  {
    cause: 'disk-locks-unsupported',
    text: chain(
      'VmBoot(VmBoot(LockingError(DiskLockError(LockDiskImage { error: Io(Os { code: 37, kind: Uncategorized, message: "No locks available" }), lock_type: Write, path: "disk.raw" }))))',
      ...boot,
      'Error locking disk images: Another instance likely holds a lock',
      'Cannot lock images of all block devices',
      'Failed to get Write lock for disk image: disk.raw',
      'The lock state could not be checked or set',
      'No locks available (os error 37)',
    ),
  },
  {
    cause: 'vfio-group-not-viable',
    text: chain(
      'VmBoot(VmBoot(DeviceManager(VfioCreate(GroupViable))))',
      ...device,
      'Cannot create a VFIO device',
      'group is not viable',
    ),
  },
  {
    cause: 'vfio-not-bound',
    text: chain(
      'VmBoot(VmBoot(DeviceManager(VfioCreate(OpenGroup(Os { code: 2, kind: NotFound, message: "No such file or directory" }, "12")))))',
      ...device,
      'Cannot create a VFIO device',
      'failed to open /dev/vfio/12 group: No such file or directory (os error 2)',
      'No such file or directory (os error 2)',
    ),
  },
  {
    cause: 'vhost-user-backend-missing',
    text: `cloud-hypervisor:  60.059418s: <vmm> ERROR:virtio-devices/src/vhost_user/vu_common_ctrl.rs:412 -- Failed connecting the backend after trying for 1 minute: VhostUserProtocol(SocketConnect(Os { code: 2, kind: NotFound, message: "No such file or directory" }))\n${chain('VmBoot(VmBoot(DeviceManager(CreateVirtioFs(VhostUserConnect))))', ...device, 'Cannot create virtio-fs device', 'Connection to socket failed')}`,
  },
  {
    cause: 'hugepages-prefault',
    text: chain(
      'VmBoot(VmBoot(MemoryManager(PrefaultMemory(Os { code: 14, kind: Uncategorized, message: "Bad address" }))))',
      ...boot,
      'Memory manager error',
      'Failed to prefault memory',
      'Bad address (os error 14)',
    ),
  },
  // RUST_BACKTRACE=1 puts frames into the middle, numbered like a chain.
  {
    cause: 'tpm-unavailable',
    text: `cloud-hypervisor:   0.219949s: <main> ERROR:src/lib.rs:23 -- Fatal error: VmBoot(VmBoot(DeviceManager(CreateTpmDevice(Failed to create TPM Device

Stack backtrace:
   0: <unknown>
   1: anyhow::error::<impl anyhow::Error>::msg
   2: start_thread
             at ./nptl/pthread_create.c:442:8)

Stack backtrace:
   0: <unknown>
   1: start_thread
             at ./nptl/pthread_create.c:442:8)))))
Error: Cloud Hypervisor exited with the following chain of errors:
  0: Error booting VM
  1: The VM could not boot
  2: Error from device manager
  3: Cannot create tmp device
  4: Failed to create TPM Device : Init(x)
`,
  },
  // The walkthrough's own log of release 49, with the path of its build.
  {
    cause: 'tap-create-denied',
    text: `cloud-hypervisor:   0.016376s: <main> ERROR:/home/sky/vm/code/cloud-hypervisor/cloud-hypervisor/src/lib.rs:23 -- Fatal error: VmBoot(VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(ConfigureTap(Os { code: 1, kind: PermissionDenied, message: "Operation not permitted" })))))))
Error: Cloud Hypervisor exited with the following chain of errors:
  0: Error booting VM
  1: The VM could not boot
  2: Error from device manager
  3: Cannot create virtio-net device
  4: Failed to open taps
  5: Open tap device failed
  6: Unable to configure tap interface
  7: Operation not permitted (os error 1)
`,
  },
  // ch-remote, which gets the chain from the server.
  {
    cause: 'disk-missing',
    text: 'Error: ch-remote exited with the following chain of errors:\n  0: http client error\n  1: Server responded with InternalServerError\n  2: Error from API\n  3: The VM could not boot\n  4: Error from device manager\n  5: Cannot open disk path\n  6: No such file or directory (os error 2)\n',
  },
  {
    cause: 'api-client-no-server',
    text: 'Error opening HTTP socket: No such file or directory (os error 2)\n',
  },
  { cause: 'binary-not-found', text: 'bash: cloud-hypervisor: command not found\n' },
  { cause: 'binary-not-found', text: 'sudo: cloud-hypervisor: command not found\n' },
  { cause: 'binary-not-found', text: 'zsh: command not found: cloud-hypervisor\n' },
  { cause: 'binary-missing', text: 'bash: ./cloud-hypervisor: No such file or directory\n' },
  {
    cause: 'unit-program-not-started',
    text: 'x.service: Failed at step EXEC spawning /usr/lib/systemd/systemd-makefs: No such file or directory\n',
  },
  { cause: 'binary-not-executable', text: 'bash: ./cloud-hypervisor-static: Permission denied\n' },
  {
    cause: 'binary-capability-forbidden',
    text: 'bash: /usr/bin/cloud-hypervisor: Operation not permitted\n',
  },
  {
    cause: 'binary-wrong-architecture',
    text: 'bash: ./cloud-hypervisor-static-aarch64: cannot execute binary file: Exec format error\n',
  },
  {
    cause: 'binary-library-missing',
    text: "./cloud-hypervisor: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by ./cloud-hypervisor)\n",
  },
  { cause: 'hugepages-exhausted', text: 'Bus error (core dumped)\n' },
  {
    cause: 'hugepages-exhausted',
    text: 'Nov 23 12:00:00 host systemd[1]: vm.service: Main process exited, code=dumped, status=7/BUS\n',
  },
  {
    cause: 'seccomp-violation',
    text: '\n==== Possible seccomp violation ====\nTry running with `strace -ff` to identify the cause and open an issue: https://github.com/cloud-hypervisor/cloud-hypervisor/issues/new\n',
  },
  { cause: 'seccomp-violation', text: 'Bad system call (core dumped)\n' },
  {
    cause: 'out-of-memory-killed',
    text: '[12345.678901] Out of memory: Killed process 4242 (cloud-hyperviso) total-vm:8400000kB, anon-rss:7900000kB\n',
  },
  {
    cause: 'killed',
    text: 'Nov 23 12:00:00 host systemd[1]: vm.service: Main process exited, code=killed, status=9/KILL\n',
  },
  {
    cause: 'guest-no-root',
    text: '[    1.234567] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n',
  },
  {
    cause: 'guest-kernel-panic',
    text: '[    1.234567] Kernel panic - not syncing: Boot block list corrupt\n',
  },
  {
    cause: 'guest-sector0-errors',
    text: '[    5.1] blk_update_request: I/O error, dev vda, sector 0 op 0x1:(WRITE)\n',
  },
  {
    cause: 'kvm-extension-missing',
    text: 'Failed to open hypervisor interface (is hypervisor interface available?): Checking extensions\n',
  },
  { cause: 'disk-locked', text: 'The file is already locked\n' },
  {
    cause: 'build-libelf-missing',
    text: '<stdin>:1:10: fatal error: libelf.h: No such file or directory\ncompilation terminated.\n',
  },
  { cause: 'build-tool-missing', text: '/bin/sh: 1: flex: not found\n' },
  {
    cause: 'build-openssl-missing',
    text: 'certs/extract-cert.c:21:10: fatal error: openssl/bio.h: No such file or directory\n',
  },
  {
    cause: 'kvm-denied-eperm',
    text: chain(
      'CreateHypervisor(VmCreate(Operation not permitted (os error 1)))',
      'Failed to open hypervisor interface (is hypervisor interface available?)',
      'Failed to create Vm',
      'Operation not permitted (os error 1)',
    ),
  },
  {
    cause: 'memory-not-available',
    text: 'memory allocation of 32767901696 bytes failed\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n',
  },
  { cause: 'guest-firmware-no-boot', text: 'BdsDxe: No bootable option or device was found.\n' },
  {
    cause: 'guest-wait-online',
    text: '[FAILED] Failed to start systemd-networkd-wait-online.service - Wait for Network to be Configured.\n',
  },
  { cause: 'guest-cloud-init-no-seed', text: '[   20.1] cloud-init[801]: Used fallback datasource\n' },
  {
    cause: 'api-socket-exists',
    text: chain(
      'StartVmmThread(ApiSocketInUse("live.sock"))',
      'Failed to start the VMM thread',
      'API socket "live.sock" is already in use by another running instance',
    ),
  },
]
