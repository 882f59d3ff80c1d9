/** Examples of what a guest, its firmware and its network say, in the forms of several kernels; see examples.ts. */
const record = (level: string, text: string) =>
  `cloud-hypervisor:   1.204101s: <_net0_qp0> ${level}:net_util/src/queue_pair.rs:1 -- ${text}\n`

export const guestExamples: readonly (readonly [cause: string, text: string])[] = [
  ['host-cpu-stalled', 'kernel: watchdog: BUG: soft lockup - CPU#5 stuck for 22s! [vcpu0:12345]\n'],
  ['guest-cpu-stalled', '[   60.1] rcu: INFO: rcu_sched self-detected stall on CPU\n'],
  ['guest-cpu-stalled', 'Nov 11 12:00:01 vm kernel: rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:\n'],
  ['guest-cpu-stalled', '[    9.1] INFO: rcu_sched detected stalls on CPUs/tasks: { 3} (detected by 0)\n'],
  [
    'guest-cpu-stalled',
    '[   33.0] rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 0-... } 4 jiffies\n',
  ],
  ['guest-cpu-stalled', '[   33.0] rcu: rcu_preempt kthread starved for 5250 jiffies!\n'],
  ['guest-cpu-stalled', '[  112.2] watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [swapper/1:0]\n'],
  ['guest-cpu-stalled', '[    5.1] NMI watchdog: Watchdog detected hard LOCKUP on cpu 0\n'],
  ['guest-cpu-stalled', '[   28.1] Kernel panic - not syncing: softlockup: hung tasks\n'],
  [
    'payload-memory-file-full',
    'cloud-hypervisor --kernel k.elf --memory size=0 --memory-zone id=m,size=2G,file=/dev/shm\nError booting VM: VmBoot(KernelLoad(Elf(ReadKernelImage)))\n',
  ],
  ['guest-watchdog', record('ERROR', 'Watchdog triggered: 16 seconds since last ping')],
  ['guest-panic-event', record('INFO', 'pvpanic got guest event panic')],
  [
    'guest-panic-event',
    '{"timestamp":{"secs":1,"nanos":2},"source":"guest","event":"panic","properties":{"event":"panic"}}\n',
  ],
  ['guest-panic-event', '  "source": "guest",\n  "event": "panic",\n'],
  ['killed', 'vm-1 exited with code 137\n'],
  ['guest-task-blocked', '[  242.6] INFO: task jbd2/vda1-8:201 blocked for more than 120 seconds.\n'],
  ['guest-out-of-memory', '[    1.3] Kernel panic - not syncing: System is deadlocked on memory\n'],
  ['guest-out-of-memory', '[    0.8] Initramfs unpacking failed: write error\n'],
  ['guest-init-ended', '[    2.2] Kernel panic - not syncing: Attempted to kill init!\n'],
  ['guest-kernel-fault', '[    3.1] BUG: kernel NULL pointer dereference, address: 0000000000000008\n'],
  ['guest-kernel-fault', '[    3.2] Internal error: Oops: 96000004 [#1] PREEMPT SMP\n'],
  ['guest-fs-mount', '[   12.0] virtio-fs: tag <myfs> not found\n'],
  ['guest-fs-mount', "mount: unknown filesystem type 'virtiofs'\n"],
  ['guest-timer-broken', "[    0.1] Kernel panic - not syncing: IO-APIC + timer doesn't work!\n"],
  ['guest-virtio-register', record('WARN', 'invalid virtio register word read: 0x1')],
  ['virtiofsd-failed', '[2024-05-01T10:00:00Z ERROR virtiofsd] Waiting for daemon failed: HandleRequest\n'],
  ['virtiofsd-failed', '[ERROR virtiofsd::passthrough] cannot open /proc/self/fd\n'],
  [
    'tap-busy',
    '[2020-05-01T10:00:00Z ERROR vmm] VmBoot(ConfigureTap(Os { code: 16, kind: Other, message: "x" }))\n',
  ],
  ['hypervisor-fw-grub', 'error: failed to install protocols.\n'],
  ['guest-net-stuck', '[   84.1] NETDEV WATCHDOG: eth0 (virtio_net): transmit queue 0 timed out\n'],
  ['guest-net-stuck', 'in the guest:\nping: sendmsg: No buffer space available\n'],
  [
    'tap-send-full',
    record('WARN', 'net: tx: (recoverable) failed writing to tap: No buffer space available (os error 105)'),
  ],
  [
    'net-queue-ended',
    record(
      'ERROR',
      'Error running worker: HandleEvent(Error processing TX queue: NetQueuePair(WriteTap(Os { code: 11, kind: WouldBlock, message: "x" })))',
    ),
  ],
  ['guest-ended-early', 'failed to create sandbox: guest VM exited before agent was ready\n'],
  [
    'guest-ended-early',
    'Create sandbox failed:Not an expected event, expected:VsockServerReady, actual:VmShutdown\n',
  ],
  ['guest-agent-lost', 'Error: failed to connect to hybrid vsock: Connection reset by peer (os error 104)\n'],
  [
    'vfio-region-unaligned',
    'Error booting VM: VmBoot(DeviceManager(VfioMapRegion(CreateUserMemoryRegion(CreateUserMemory(Invalid argument (os error 22))))))\n',
  ],
]
