/** The kernel of the guest: processors that stand still, memory that runs out, faults and panics. */
import { type Cause, doc } from '../cause.ts'

const readme = doc('README.md')
const stalls = 'https://docs.kernel.org/RCU/stallwarn.html'
const lockups = 'https://docs.kernel.org/admin-guide/lockup-watchdogs.html'

export const guestKernel: readonly Cause[] = [
  {
    id: 'host-cpu-stalled',
    line: [/(?:soft|hard) lockup.{0,60}\[(?:vcpu\d+|cloud-hyperviso\w*):\d+\]/i],
    what: 'The kernel of the host reports a CPU that did not get on while it ran the VM.',
    why: 'A thread of Cloud Hypervisor held a CPU of the host inside the kernel (KVM) for too long: a defect of the host kernel, nested virtualisation, or a host that is itself a guest of a busy one.',
    hint: 'Use a newer kernel on the host, and fewer vCPUs than the host has CPUs; the call trace behind the line names the function.',
    reference: lockups,
    confidence: 'likely',
  },
  {
    id: 'guest-cpu-stalled',
    line: [
      /\brcu(?:_\w{1,20})?: .{0,40}(?:detected (?:expedited )?stalls?\b|\(t=\d+ jiffies|kthread (?:starved|timer wakeup didn't happen))/,
      /\brcu_\w{1,20} (?:self-)?detected (?:expedited )?stalls?\b/,
      /\brcu_\w{1,20} kthread (?:starved|timer wakeup didn't happen)/,
      /BUG: soft lockup/,
      /\bhard LOCKUP\b/i,
      /Kernel panic - not syncing: (?:Hard LOCKUP|softlockup|RCU Stall)/i,
      /^(?:\[ *[\d.]+\] ?)?(?:Sending )?NMI backtrace for cpu \d/,
      /\bNMI handler \(.{0,80}\) took too long to run/,
    ],
    what: 'A CPU of the guest stood still for seconds (a lockup or RCU stall), says the guest kernel.',
    why: 'A virtual CPU is a thread of the host. If the host is overloaded, is a virtual machine itself (nested), or was paused or suspended, the thread gets no CPU time, and the guest kernel takes that for a fault of its own. A driver that loops in the guest looks the same; the text does not tell which.',
    hint: 'Look at the load of the host (`top`, `vmstat 1`, st and r columns) at that time, and give the guests together no more vCPUs than the host has CPUs. If the guest panics over it, `nmi_watchdog=0` or `nowatchdog` on its kernel command line lets it go on.',
    reference: stalls,
    confidence: 'likely',
  },
  {
    id: 'guest-task-blocked',
    line: [
      /INFO: task \S{1,40}:\d+ blocked for more than \d+ seconds/,
      /Kernel panic - not syncing: hung_task/,
    ],
    what: 'A program of the guest hangs in its kernel (blocked for minutes).',
    why: 'It waits for a device that does not answer: a disk on slow or stuck storage of the host, virtiofsd that is gone, or a host without CPU time for the guest.',
    hint: 'See `iostat -x 1` and `sudo dmesg` of the host, and whether virtiofsd or another backend still runs; the call trace behind the line names the device.',
    reference: lockups,
    confidence: 'possible',
  },
  {
    id: 'guest-out-of-memory',
    line: [
      /Kernel panic - not syncing: (?:Out of memory|System is deadlocked on memory)/i,
      /Out of memory and no killable processes/i,
      /Initramfs unpacking failed: write error/i,
    ],
    what: 'The guest has too little memory to start.',
    why: 'Kernel, initramfs and what unpacks from it must lie in the memory of the guest side by side.',
    hint: 'Give the guest more: `--memory size=1G` or 2G.',
    reference: doc('memory.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-init-ended',
    line: [/Kernel panic - not syncing: Attempted to kill init/],
    what: 'The first program of the guest (init) ended, and its kernel stopped with a panic.',
    why: 'init crashed or gave up: a library or file is missing in the root file system, it is for another architecture or processor (exitcode 0x00000004 is an illegal instruction), an `init=` names a program that ends, or a script of the initramfs found no root file system.',
    hint: 'Read the lines above the panic: they are the last words of init. A stock cloud image with CLOUDHV.fd is the surest start.',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'guest-kernel-fault',
    line: [
      /\bBUG: (?:unable to handle|kernel NULL pointer)/,
      /^(?:\[ *[\d.]+\](?:\[ *[CT]\d+\])? ?)?(?:general protection fault|Internal error: \w{2,20})\b.{0,80}(?:\[#|SMP|PREEMPT)/,
      /\bOops: .{0,60}\[#\d+\]/,
      /Unable to handle kernel (?:paging request|NULL pointer)/,
    ],
    what: 'The kernel met a fault in its own code (an oops).',
    why: 'A driver or the kernel itself read or ran what is not there: a defect of that kernel, or a device that answers otherwise than it expects. The line with RIP or pc names the function.',
    hint: 'Try another kernel in the guest (the newest of its distribution), and leave out the device whose driver stands in the call trace.',
    reference: 'https://docs.kernel.org/admin-guide/bug-hunting.html',
    confidence: 'possible',
  },
  {
    id: 'guest-cpus-missing',
    line: [
      /(?:smpboot|CPU\d+).{0,40}(?:do_boot_cpu failed|failed to (?:boot|come online)|Not responding|: stuck)/,
      /x2apic.{0,40}(?:not supported|disabled|required)/i,
    ],
    what: 'Virtual CPUs of the guest did not come up.',
    why: 'Its kernel lacks CONFIG_X86_X2APIC, which this machine needs, or KVM is slow or incomplete (nested virtualisation).',
    hint: 'Try `--cpus boot=1`; use a kernel with CONFIG_X86_X2APIC, or a host with KVM on the hardware.',
    check: 'kernel-image',
    reference: doc('README.md#building-your-kernel'),
    confidence: 'likely',
  },
  {
    id: 'guest-no-init',
    line: [/Kernel panic - not syncing: (?:No working init found|Requested init)/],
    what: "The guest's kernel found no program to start.",
    why: 'The root file system is empty or another one than meant, or for another architecture.',
    hint: 'Look at `root=` and `init=` of the command line, and at the image.',
    check: 'disk-image',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
  {
    id: 'guest-kernel-panic',
    line: [/Kernel panic - not syncing/],
    what: "The guest's kernel stopped with a panic.",
    why: 'The words behind "not syncing" say what it could not do without: "Attempted to kill init" is a first program that ended, "VFS" a root file system, "No working init" an empty one.',
    hint: 'Read the lines above the panic; a stock cloud image with CLOUDHV.fd is the surest start.',
    check: 'disk-image',
    reference: readme,
    confidence: 'possible',
  },
]
