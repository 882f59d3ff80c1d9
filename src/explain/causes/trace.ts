/** What people paste who looked for themselves: system calls that failed, debuggers, load, tables of the guest. */
import { type Cause, doc } from '../cause.ts'
import type { Evidence } from '../evidence.ts'

const kvmApi = 'https://docs.kernel.org/virt/kvm/api.html'

const namesUs = ({ says }: Evidence): boolean => says(/cloud-?hypervis|ch-remote|\bvcpu\d|KVM_/i)

export const traces: readonly Cause[] = [
  {
    id: 'trace-kvm-call',
    line: [/\bioctl\(\d+(?:<[^>]{0,60}>)?, (?<call>KVM_[A-Z0-9_]{3,40})\b.{0,200}= -1 (?<name>E[A-Z]{2,15})/],
    what: 'The trace shows that KVM refused the request {call|that it names}: {name|see the message}.',
    why: '{errno|} EAGAIN and EINTR of KVM_RUN are the ordinary course. KVM_RUN with EFAULT is guest memory that could not be had (huge pages, a file that became shorter, a full /dev/shm); KVM_CREATE_VM with EBUSY another hypervisor (VirtualBox), with ENOMEM memory; KVM_CREATE_VCPU with EEXIST or EBUSY a number that is taken; KVM_SET_USER_MEMORY_REGION with EINVAL or EEXIST an address that is not aligned or overlaps; KVM_CHECK_EXTENSION does not fail.',
    hint: 'Compare with the log of Cloud Hypervisor at that time, and `sudo dmesg | tail`. {apart|}',
    check: 'kvm',
    reference: kvmApi,
    confidence: 'possible',
  },
  {
    id: 'trace-call-failed',
    line: [
      /\b(?<call>open(?:at2?)?|mmap|mount|connect|bind|execve|ioctl|prctl|seccomp|fallocate|madvise|mbind|mlock\d?|io_uring_setup|setsockopt|socket|clone3?|unlink(?:at)?|mkdir(?:at)?|access|pread64|pwrite64|fcntl|landlock_\w+)\((?<arguments>.{0,300})\) ? {0,20}= -1 (?<name>E[A-Z]{2,15})\b/,
    ],
    needs: (evidence) =>
      namesUs(evidence) ||
      evidence.says(/\/dev\/(?:kvm|mshv|net\/tun|vfio)|hypervisor|MAP_HUGETLB|MAP_NORESERVE/),
    what: 'The trace (strace) shows a system call that failed: {call|see the message} with {name|an error}.',
    why: '{errno|} One failed call is no error by itself: programs try things and go on. What counts is the last one before the program gave up, and what it printed then. mmap with MAP_HUGETLB and ENOMEM: no free huge pages. open of /dev/kvm with EACCES: the user is not in the group of the file; with ENOENT: KVM is not loaded.',
    hint: 'See whether what follows in the trace is an error that the program prints, and its end. {apart|}',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'trace-goes-on',
    severity: 'note',
    line: [/^(?:\[pid +)?\d+\]? +[a-z_0-9]+\(.{0,400}\) += (?:0x[\da-f]+|\d+)(?: |$)/],
    needs: ({ says }) => !says(/= -1 E[A-Z]|\+\+\+ (?:killed|exited)|--- SIG/),
    what: 'The text is a trace (strace) of system calls that succeed; what ended the program is not in it.',
    why: 'A seccomp filter that refuses a call shows as `--- SIGSYS` and `+++ killed by SIGSYS +++` right behind the call, in the thread that made it; an error as `= -1` with its name.',
    hint: 'Give the last lines of the trace, of all threads (`strace -f`); of seccomp the kernel names the call, too: `sudo dmesg | grep -i seccomp` or the audit log.',
    reference: doc('seccomp.md'),
    confidence: 'possible',
  },
  {
    id: 'thread-waits-for-reader',
    severity: 'warning',
    line: [
      /^#0 .{0,60}(?<![a-z])writev?(?:64)? \((?:fd=)?(?<descriptor>[12])\b/,
      /\bpipe_write\+0x/,
      /\bwrite\((?<descriptor>[12])<pipe:/,
    ],
    what: 'A thread stands still in a write to {descriptor|a pipe} (1 is standard output, 2 standard error): what it writes to is full, and nobody reads it.',
    why: 'A pipe holds 64 KiB. With `--serial tty` or `--console tty` the guest writes to standard output, and its vCPU waits there until the other end of the pipe reads on; the guest then seems to hang.',
    hint: 'Have the program at the other end read all the time, or send the output to a file (`--serial file=PATH`, `COMMAND > FILE 2>&1`). `ls -l /proc/PID/fd` shows where it goes.',
    reference: 'https://man7.org/linux/man-pages/man7/pipe.7.html',
    confidence: 'likely',
  },
  {
    id: 'thread-stack',
    severity: 'note',
    line: [/^#0 {1,4}(?:0x[\da-f]{4,16} in )?(?<function>[A-Za-z_][\w:]{2,80}) ?\(/],
    what: 'The text is the stack of a thread (of a debugger, or a core dump): it crashed or stood in {function|the function of its first line}.',
    why: 'The first frame is where it was, those below called it. Paths name the program: librte_ and vhost_user are of DPDK or SPDK, the back-end of a device; vmm, virtio-devices of Cloud Hypervisor. A stack alone does not tell whether it crashed: "SIGSEGV", "Thread … received signal" would.',
    hint: 'Give the lines above it (the signal), and the output of that program; of a crash its project wants `thread apply all bt` and the version.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'gdb-disconnected',
    line: [
      /Remote communication error\.|Remote connection closed|could not connect: (?:Connection refused|No such file|Connection timed out)\.?/,
      /warning: Error reading: Connection reset by peer/,
    ],
    needs: ({ says }) => says(/gdb|target remote/i),
    what: 'The debugger lost (or did not get) its connection to the VM.',
    why: 'The VM ended, was started without --gdb path=SOCKET, or the build lacks the feature (guest_debug): release binaries do not have it. Its stub knows only a part of the protocol of gdb (hardware breakpoints, x86_64 and arm64).',
    hint: 'Build with `--features guest_debug`, start with `--gdb path=/tmp/ch-gdb-sock`, then `target remote /tmp/ch-gdb-sock`, use hbreak, and see the log of the VMM for what it refused.',
    reference: doc('gdb.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-cpus-offline',
    line: [/\bOff-line CPU\(s\) list:\s+(?<cpus>\S+)/],
    needs: ({ says }) => says(/resize|hotplug|cloud-?hypervisor|ch-remote|--cpus|kata/i),
    severity: 'warning',
    what: 'The processors {cpus|} were added to the guest and are offline: the guest has seen them and must switch them on.',
    why: 'The kernel leaves new CPUs offline unless a rule of udev or the distribution puts them online. Nothing failed in Cloud Hypervisor.',
    hint: 'In the guest: `for c in /sys/devices/system/cpu/cpu*/online; do echo 1 | sudo tee $c; done`; for always a udev rule: SUBSYSTEM=="cpu", ACTION=="add", ATTR{online}="1".',
    reference: doc('hotplug.md'),
    confidence: 'likely',
  },
  {
    id: 'process-busy',
    severity: 'note',
    line: [
      /^\s*\d+ \S{1,20} +\d+ +-?\d+ .{0,60} [SRD] +(?<load>\d{2,5}(?:\.\d)?) .{0,40}(?:cloud-hyper\w*|vcpu\d+)/,
    ],
    what: 'The process of the VM uses the processor ({load|much} %): a vCPU runs all the time. By itself that is no error.',
    why: 'A vCPU that computes uses 100 % of one CPU of the host. If the guest shows nothing at that time, its firmware or kernel runs in a circle: an image without a boot loader, a console that is not there, a clock that does not tick (nested virtualisation), or an endless reset.',
    hint: '`top -H -p PID` shows which thread (vcpu0, _disk0, _net1); `sudo perf kvm stat live -p PID` shows why the guest leaves to the host; watch the serial port (`--serial tty --console off`).',
    reference: doc('debug-port.md'),
    confidence: 'possible',
  },
  {
    id: 'network-slow',
    severity: 'note',
    line: [/\[(?:SUM| {0,3}\d+)\] .{0,60}(?<rate>[\d.]+ [KMG]?bits\/sec)/],
    needs: ({ says }) => says(/cloud-?hypervisor|--net|\btap\d?|vhost|guest|\bvm\b/i),
    what: 'The text measures the network: {rate|see the line}; nothing failed.',
    why: 'How fast a TAP is depends on queues, offloads and the host: one queue pair uses one thread, offloads that are off cost much, a bridge with a firewall or NAT more, and nested virtualisation most. A vhost-user or vDPA device avoids the thread.',
    hint: 'Compare with more queues (`num_queues=4` and `--cpus boot=4`, the TAP made with multi_queue), larger ones (`queue_size=1024`), offloads on, MTU 9000; pin threads; and the same test from the host to itself.',
    reference: doc('performance_metrics.md'),
    confidence: 'possible',
  },
  {
    id: 'disk-slow',
    severity: 'note',
    line: [
      /\bIOPS=(?<rate>[\d.]+[kM]?), BW=/,
      /\bIOPS: (?<rate>[\d.]+[kM]?)/,
      /\b(?<rate2>\d+(?:\.\d+)?[kM]?) IOPS\b/,
      /\b(?:seq|rand)\w{0,8}[ .-]?(?:read|write)s?\b.{0,20}\b\d+(?:\.\d+)? [KMG]i?B\/s/i,
      /\bsysbench fileio\b/,
    ],
    needs: ({ says }) => says(/cloud-?hypervisor|--disk|virtio|guest|\bvm\b|qcow2/i),
    what: 'The text measures the speed of a disk {rate|}{rate2|}; nothing failed.',
    why: 'A qcow2 image costs more than a raw one, small writes that are flushed wait for the storage of the host, without direct=on the page cache of the host takes part, and one queue uses one thread. A share (virtiofsd) pays with each request more, above all with --cache=never, without a thread pool and with nested virtualisation. io_uring that is switched off on the host leaves slower ways.',
    hint: 'Compare a raw image with `image_type=raw,direct=on`, `num_queues=N` (not more than vCPUs), `sysctl kernel.io_uring_disabled`, and the same fio run on the host in that directory; a rate limit (`ops_size=`, `bw_size=`) slows down on purpose.',
    reference: doc('performance_metrics.md'),
    confidence: 'possible',
  },
]
