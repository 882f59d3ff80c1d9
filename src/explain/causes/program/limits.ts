/** Limits of the session or the host, which can strike anywhere. */
import type { Cause } from '../../cause.ts'

export const limits: readonly Cause[] = [
  {
    id: 'too-many-files',
    patterns: [[/\bVmm?|\bVMM?\b|EventFd|panicked at/, 24]],
    what: 'The program has more files open than it may.',
    why: 'Every disk, queue and vCPU takes some; the limit of the session (`ulimit -n`) is too low for this VM.',
    hint: 'Raise it before the start: `ulimit -n 65536`, or LimitNOFILE= in a service.',
    check: 'limits',
    confirmedBy: ['limits/too-few-files', 'limits/too-few-files-in-shell'],
    reference: 'https://man7.org/linux/man-pages/man2/getrlimit.2.html',
  },
  {
    id: 'no-space',
    patterns: [
      [/\bVmm?|\bVMM?\b/, 28],
      ['shared file', 28],
    ],
    // Of an IOMMU or of interrupts it is a table of the kernel that is full.
    needs: ({ text }) =>
      /file|disk|memory|mmap|snapshot|sock|log|serial|console|pmem|image|qcow|write/i.test(text) &&
      !/iommu|vfio|vdpa|irq|gsi|\bmsi|vcpu|hypervisor|seccomp|sgx|thread|panicked at/i.test(text),
    what: 'A file system of the host is full.',
    why: 'A file that the VM needs could not be made or extended; with shared=on or huge pages that may be the memory itself.',
    hint: 'Free some space: `df -h` shows where none is left; for the memory of a guest look at /dev/shm, too.',
    check: 'disk-space',
    reference: 'https://man7.org/linux/man-pages/man1/df.1.html',
  },
  {
    id: 'file-size-limit',
    signal: 'SIGXFSZ',
    what: 'The program exceeded its limit on the size of a file (SIGXFSZ).',
    why: 'RLIMIT_FSIZE counts the memory of the guest too when that is a file: shared=on, huge pages and file= make it one (memfd). A limit below the size of the memory, or of a disk that grows, ends the VM.',
    hint: 'Raise or drop the limit: `ulimit -f unlimited`, LimitFSIZE=infinity in a service, no --fsize of prlimit.',
    check: 'limits',
    confirmedBy: ['limits/file-too-large'],
    reference: 'https://man7.org/linux/man-pages/man2/getrlimit.2.html',
    confidence: 'likely',
  },
  {
    id: 'threads-exhausted',
    patterns: [
      [
        /\b(?:[Ss]pawn(?:ing|ed)?|[Cc]reat(?:e|ing)) .{0,40}\bthread|could not be spawned|Spawn\w{0,12}\(/,
        11,
      ],
    ],
    line: [
      /\bfork rejected by pids controller in (?<cgroup>\S{1,200})/,
      /failed to create new OS thread|pthread_create failed: Resource temporarily unavailable/,
      /\b(?:fork|clone3?|vfork|fork\/exec \S{1,200}): (?:retry: )?Resource temporarily unavailable/,
      /[Cc]annot fork\b|[Ff]ailed to fork\b.{0,40}Resource temporarily unavailable/,
      /\bclone3?\(.{1,300}\) = -1 EAGAIN/,
    ],
    what: 'No further thread or process could be started: a limit on their number is reached (EAGAIN).',
    why: 'Each vCPU, each queue of a device and the API take a thread. The limit is that of the cgroup {cgroup|} (pids.max: TasksMax= of a service, podPidsLimit of a kubelet, --pids-limit of a container), or that of the user (`ulimit -u`). Whoever waits for the thread that was not started runs into a time-out; that follows from it.',
    hint: 'Compare pids.current with pids.max in the cgroup of the program (`cat /proc/PID/cgroup`, `systemctl show -p TasksMax,TasksCurrent UNIT`), and see `ulimit -u` and `sudo dmesg | grep pids`. Raise that limit, or give the VM fewer vCPUs and queues.',
    check: 'limits',
    confirmedBy: ['limits/too-few-processes', 'limits/cgroup-too-few-tasks'],
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html#pid',
  },
  {
    id: 'out-of-memory-in-cgroup',
    layer: 'memory',
    line: [
      /Memory cgroup out of memory: Killed process \d+ \((?:cloud-hyperv|vcpu\d|_disk\d|_net\d|vmm\))/,
      /oom-kill:constraint=CONSTRAINT_MEMCG.*task=(?:cloud-hyperv|vcpu\d|_disk\d|_net\d)/,
    ],
    what: 'The kernel killed Cloud Hypervisor (OOM killer): its cgroup had reached its limit of memory.',
    why: 'The memory of a guest is taken page by page as it uses it. The cgroup (a service, a slice, a container) has to hold all of it and the VMM, however much the host has left.',
    hint: 'Raise the limit (MemoryMax= of the service, the limit of the container), or give the guest less memory.',
    check: 'limits',
    confirmedBy: ['limits/cgroup-too-little-memory', 'limits/cgroup-memory-in-use'],
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html#memory',
  },
]
