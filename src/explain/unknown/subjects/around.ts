/** What stands around a virtual machine: the kernels, the programs that start it, measuring, packages. */
import type { Subject } from './subject.ts'

const docs = 'README.md'

/** What many words fit stands last. */
export const subjectsAround: readonly Subject[] = [
  {
    words:
      /\b(?:Oops|Call Trace|Kernel panic|BUG:|general protection fault|RIP: 0|soft lockup|hard LOCKUP|rcu\w*: .{0,40}stall\w*|hung_task|blocked for more than|Tainted: |Comm: \S+|not syncing|exception RIP|machine_kexec|oops_end|segfault at)/,
    isOurs: true,
    layer: 'guest',
    is: 'a crash or a stall in a kernel: the one of the guest, where the lines stand on its console, else the one of the host',
    usual:
      'a defect of that kernel or of a driver in it, a device that answers otherwise than the driver expects, memory that changed below it (restore, balloon, hotplug, DAX), or vCPUs that get no time from the host. "RIP" or "pc" and the call trace name the function.',
    look: 'Try another kernel, leave out the device whose driver stands in the trace, and compare fewer vCPUs and a host that is not busy.',
    page: 'https://docs.kernel.org/admin-guide/bug-hunting.html',
  },
  {
    words: /\b(?:IRQs?|APIC|IOAPIC|GIC|MSI-?X?|interrupts?|INTx|clocksource|TSC|kvmclock|hpet|timer)\b/,
    layer: 'guest',
    is: 'interrupts or timers of the guest',
    usual:
      'Cloud Hypervisor offers MSI-X and an IOAPIC (arm64: a GIC), no legacy INTx for passed-through devices; a driver that wants INTx gets none. Timers go wrong after a restore, with nested virtualisation, and where the clock source of the host is unstable.',
    look: 'See `cat /proc/interrupts` and `dmesg | grep -iE "apic|irq|clocksource"` in the guest; compare `clocksource=` and `noapictimer` on its command line, and a newer release.',
    page: 'device_model.md',
  },
  {
    words: /\b(?:Windows|viostor|NetKVM|vioscsi|bugcheck|BSOD|BLUESCREEN|virtio-win|WinPE)\b/,
    isOurs: true,
    layer: 'guest',
    is: 'a Windows guest',
    usual:
      'the virtio drivers (virtio-win) in the image, the firmware (CLOUDHV.fd) and the features of Hyper-V decide what it can do; a driver of another version stops at a device (D1).',
    look: 'Watch the serial console (SAC), install newer virtio-win drivers, and compare one vCPU.',
    page: 'windows.md',
  },
  {
    words:
      /\b(?:kata[\w-]*|containerd|shim|sandbox|ttrpc|virtcontainers|runtime-rs|CreateContainer|PodSandbox|kubelet|nerdctl|crictl)\b/i,
    layer: 'other',
    is: 'a container runtime that starts a VM (Kata or another one)',
    usual:
      'the shim on the node starts the VMM, and an agent in the guest does the rest over vsock: mounts, devices, network, processes. A line may come from either; what the agent in the guest says is passed on by the shim. Time-outs mean that the guest did not boot, its agent does not run, or a device did not appear there.',
    look: 'Read `journalctl -t kata -t containerd --since "-10min"` of that node with debugging switched on, and look for the first error of that sandbox; the debug console shows the guest.',
    page: 'https://github.com/kata-containers/kata-containers/tree/main/docs',
  },
  {
    words:
      /\b(?:ch-remote|ServerResponse|InternalServerError|BadRequest|api-socket|\/api\/v1|HTTP output|Unix ?socket|curl --unix-socket|vmm\.ping|vm\.(?:create|boot|info))\b/i,
    isOurs: true,
    layer: 'socket',
    is: 'the API of Cloud Hypervisor and a client of it (ch-remote, curl, a launcher)',
    usual:
      'a refusal (400, 500) has its reason in the answer of newer releases and in the log of the VMM; no or half an answer means that the VMM closed the connection because it ended or crashed; a socket that is not there that it has not started. Actions (vm.boot, vm.pause, vm.resume, vm.shutdown, vm.delete, vmm.ping) take no body, not even an empty object; vm.create and what adds or changes something takes JSON.',
    look: 'Read the log of the VMM (`-v --log-file FILE`) and its standard error at that time; `ch-remote --api-socket FILE ping` asks whether it lives.',
    page: 'api.md',
  },
  {
    words: /\b(?:kvm[\w-]*|nested (?:virt\w*|kvm|paging)|vmx|EPT|NPT|VMCS|VMEXIT|mshv)\b/i,
    layer: 'hypervisor',
    is: 'the hypervisor in the kernel (KVM, MSHV)',
    usual:
      'its device file is missing or closed to this user, virtualisation is off in the firmware, the host is a virtual machine whose hypervisor passes only parts on, or the kernel is too old for what is asked.',
    look: '`chv-doctor check` looks at KVM on this host, and `sudo dmesg | grep -i kvm` shows what its kernel says.',
    page: docs,
  },
  {
    words: /\b(?:[KMGT]?bits\/sec|[KMGT]i?B\/s|IOPS|iperf3?|fio|sysbench|netperf)\b/,
    layer: 'other',
    is: 'how fast something is (the network, a disk, the processors)',
    usual:
      'queues (num_queues=, one or two for each vCPU), direct I/O, the kind of image, vhost, offloads of the TAP, huge pages, pinned vCPUs, a debug build and nested virtualisation decide; receiving and sending, reading and writing go different ways.',
    look: 'Change one of these at a time, measure both directions, and compare the same on the host and with the newest release.',
    page: 'performance_metrics.md',
  },
  {
    words: /\b(?:virsh|libvirt\w*|virtchd|virtqemud|domain|ch:\/\/\/)\b/i,
    layer: 'other',
    is: 'libvirt, which starts Cloud Hypervisor by its driver "ch"',
    usual:
      'the driver knows a part of what libvirt can describe: with an element that it does not know a domain is refused; the reason of an end stands in the log of the domain.',
    look: 'Read /var/log/libvirt/ch/NAME.log, and `journalctl -u virtchd`.',
    page: 'https://libvirt.org/drvch.html',
  },
  {
    words:
      /\b(?:exit(?:ed)? (?:status|code|unsuccessfully|with)|status=\d+|terminated|killed|signal \d+|SIG[A-Z]{3,6}|core dumped|segfault)\b|\bcode=exited\b/,
    layer: 'start',
    is: 'a process that ended',
    usual:
      'the line tells that and how it ended, not why: the reason stands in what the process printed before (standard error, its log), or, for a signal, in the kernel log.',
    look: 'Look for its last words before this line: `journalctl -b -n 100`, the log of the VMM (`-v --log-file FILE`), `sudo dmesg | tail`.',
    page: 'logging.md',
  },
  {
    words:
      /\b(?:cargo|rustc|apt(?:-get)?|dnf|rpm|dpkg|pacman|zypper|gpg|make: \*\*\*|ninja|cmake|docker build|nix(?:os)?-(?:build|rebuild))\b/,
    layer: 'start',
    is: 'building or installing software, before any VM',
    usual:
      'a package or tool that is missing or of another version, a mirror or key that could not be fetched, or an earlier step that failed: the first error counts, not the last.',
    look: 'Read the output from its first error on; the release binaries need no build.',
    page: 'building.md',
  },
]
