/** What Firecracker, its launchers, gVisor and unikernel runtimes say that run beside Cloud Hypervisor. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const firecracker = 'https://github.com/firecracker-microvm/firecracker/blob/main/docs/getting-started.md'
const gvisor = 'https://gvisor.dev/docs/user_guide/debugging/'

const isFirecracker = ({ says }: Evidence): boolean =>
  says(/firecracker|fault_message|\bfcnet|microvm|ignite|flintlock|jailer/i)

export const otherMonitors: readonly Cause[] = [
  {
    id: 'firecracker-terminal-refused',
    line: [/Cannot set (?:raw|canonical) mode for the terminal/],
    what: 'Firecracker cannot switch the terminal to raw mode, which it needs for the serial console of the guest on standard input and output.',
    why: 'Its standard input is no terminal, or not one that this process group owns (a background job, the jailer, another session); the error of the vCPU behind it follows from that.',
    hint: 'Start it in the foreground of a terminal of its own, or give it no terminal: redirect standard input (`< /dev/null`), or `--daemonize` of the jailer, which must not be the leader of a process group then.',
    reference: 'https://github.com/firecracker-microvm/firecracker/blob/main/docs/jailer.md',
    confidence: 'likely',
  },
  {
    id: 'firecracker-guest-ended',
    severity: 'note',
    line: [/\bvcpu run: Shutdown\b/, /\bFirecracker exiting successfully\. exit_code=0/],
    what: 'The guest shut down or reset itself, and Firecracker ended with success (0): no crash.',
    why: 'A reboot of the guest ends the micro-VM of Firecracker; the "unexpected exit reason Shutdown" is that reset.',
    hint: 'Nothing is to be repaired. Where the guest should go on, its console says why it ended: init that returned, `reboot`, or a panic with panic=1.',
    reference: 'https://github.com/firecracker-microvm/firecracker/blob/main/docs/getting-started.md',
    confidence: 'likely',
  },
  {
    id: 'firecracker-socket-left',
    line: [
      /Failed to open the API socket at: (?<socket>\S{1,160}?)\. Check that it is not already used/,
      /FailedToBindSocket\("(?<socket>[^"]{1,160})"\)/,
    ],
    what: 'Firecracker did not start, because its API socket {socket|} exists already.',
    why: 'Firecracker does not remove the file at its end; or another one runs with that path.',
    hint: '`sudo ss -xlp | grep SOCKET`: if nobody listens there, remove the file (`rm SOCKET`) before the start; else take another path (--api-sock).',
    reference: firecracker,
    confidence: 'likely',
  },
  {
    id: 'firecracker-no-socket',
    line: [/[Ff]irecracker did not create API socket (?<socket>\S{1,160}?):/],
    what: 'The launcher started Firecracker, and its API socket {socket|} did not appear in time: Firecracker ended at once.',
    why: 'Its own output says why: /dev/kvm that is missing or closed to this user, an old socket file at that path, a jailer that could not set up its directory.',
    hint: 'Read its log or standard error, see `ls -l /dev/kvm`, and run that binary by hand with --api-sock.',
    reference: firecracker,
    confidence: 'likely',
  },
  {
    id: 'firecracker-kernel-missing',
    line: [
      /The (?<kind>kernel|initrd) file cannot be opened(?: due to invalid kernel path or invalid permissions)?:? ?(?<words>.{0,120})/,
    ],
    needs: isFirecracker,
    what: 'Firecracker could not open the {kind|kernel} file that the request names: {words|see the message}.',
    why: 'The path is wrong or relative to another directory, or its user may not read it; with the jailer paths are those inside of the chroot.',
    hint: '`ls -l PATH` as the user of Firecracker; give absolute paths, and with the jailer link or copy the file below its chroot.',
    reference: firecracker,
    confidence: 'likely',
  },
  {
    id: 'firecracker-kernel-format',
    line: [
      /(?:failed to load ELF kernel image|Kernel Loader|kernel[- ]?loader).{0,80}(?:Invalid [Ee]lf magic number|InvalidElfMagicNumber|Invalid PE)/,
    ],
    needs: isFirecracker,
    what: 'Firecracker does not take that kernel file: it is not of the format that it boots.',
    why: 'On x86_64 it wants an uncompressed ELF kernel (vmlinux), on arm64 a PE Image; the vmlinuz of a distribution is a compressed bzImage.',
    hint: "`file KERNEL`; take out the ELF with `scripts/extract-vmlinux vmlinuz > vmlinux` of the kernel sources, or use the kernels that Firecracker's guide names.",
    reference: firecracker,
    confidence: 'likely',
  },
  {
    id: 'firecracker-tap',
    line: [
      /(?:Open tap device failed|Invalid TUN\/TAP Backend provided by (?<tap>[\w.-]{1,16})).{0,200}/,
      /Could not create the network device: .{0,240}/,
    ],
    needs: isFirecracker,
    what: 'Firecracker could not use the TAP of the request: {said|see the message}.',
    why: 'Not permitted: the TAP does not exist and Firecracker may not make one (it takes CAP_NET_ADMIN), or it belongs to another user. Busy: another process is attached to it. With the jailer it must be in the network namespace that --netns names.',
    hint: '`ip -d link show NAME`; make it for that user beforehand: `sudo ip tuntap add NAME mode tap user USER && sudo ip link set NAME up`; `sudo fuser -v /dev/net/tun` shows who holds TAPs.',
    reference: 'https://github.com/firecracker-microvm/firecracker/blob/main/docs/network-setup.md',
    confidence: 'likely',
  },
  {
    id: 'firecracker-drive-missing',
    line: [
      /(?:Block device error|virtio block device|Error manipulating the backing file).{0,160}backing file: (?<words>.{1,100})/,
    ],
    needs: isFirecracker,
    what: 'Firecracker could not open the file of a drive: {words|see the message}.',
    why: 'path_on_host names a file that is not there, is empty or may not be opened by this user. flintlock and firecracker-containerd leave it empty where the snapshotter (native, overlayfs) gives a directory and no block device.',
    hint: 'See path_on_host in the request or configuration (`ls -l`); with containerd set up the snapshotter devmapper with a thin pool and use it for the images; with the jailer the path counts inside of the chroot.',
    reference: firecracker,
    confidence: 'likely',
  },
  {
    id: 'firecracker-start-ended',
    line: [
      /Put \\?"?http:\/\/localhost\/actions\\?"?: (?<words>EOF|unexpected EOF|read: connection reset by peer)/,
    ],
    what: 'Firecracker ended while it started the VM (InstanceStart): {words|no answer}.',
    why: 'The line is of its caller and holds no reason. Usual are KVM that does not work there (a VirtualBox or cloud VM without nested virtualisation, /dev/kvm closed), too little memory, or its seccomp filter (exit by SIGSYS).',
    hint: '`ls -l /dev/kvm`, `grep -cE "vmx|svm" /proc/cpuinfo`; read the log of Firecracker (in firecracker-containerd with debug in its runtime configuration), and `sudo dmesg | tail`.',
    reference: firecracker,
    confidence: 'likely',
  },
  {
    id: 'firecracker-request-order',
    line: [/The requested operation is not supported (?<when>before|after) starting the microVM/],
    what: 'Firecracker refused the request, because it belongs to another time ({when|before or after} the start of the VM is too early or too late for it).',
    why: 'Kernel, disks, network and machine-config are given before InstanceStart; pause, snapshots, metrics of the balloon and changes of a drive work only on a VM that runs.',
    hint: 'Change the order of the requests; for another configuration start a new Firecracker process.',
    reference: firecracker,
    confidence: 'likely',
  },
  {
    id: 'cube-port-unreached',
    line: [
      /PortBindingFailed\b.{0,40}The initialization timeout or detecting|The initialization timeout or detecting (?<address>[\d.]{7,15}) port failed/,
    ],
    what: 'CubeSandbox started a sandbox and did not reach its port {address|} from the host in time.',
    why: 'Either the program in the sandbox does not listen (yet), or the packets do not get there: the network of the sandboxes overlaps another one of the host, such as a LAN in 192.168.x.x, whose more specific route takes them to the physical card.',
    hint: '`ip route` and `ip route get ADDRESS` with the address of the sandbox must name the device of CubeSandbox (cube-dev); if not, give the sandboxes a range that nothing else uses. Else look at the output of the program in the sandbox.',
    reference: 'https://github.com/TencentCloud/CubeSandbox',
    confidence: 'possible',
  },
  {
    id: 'gvisor-sandbox-ended',
    line: [
      /cannot (?:create sandbox: cannot )?read client sync file: (?<words>waiting for sandbox to start: EOF)/,
      /urpc method "(?<method>[\w.]{1,60})" failed: (?<words>EOF)/,
    ],
    what: 'The sandbox process of gVisor (runsc) ended while it started ({method|at its first step}); the VM monitor has no part in it.',
    why: 'The line is of runsc outside and holds no reason: the platform does not work there (KVM without /dev/kvm, ptrace or systrap that a policy forbids), too little memory, or an old kernel.',
    hint: 'Switch its log on (`--debug --debug-log=/tmp/runsc/`), read the file …boot.txt, and try another platform (`--platform=systrap`).',
    reference: gvisor,
    confidence: 'likely',
  },
  {
    id: 'gvisor-not-permitted',
    line: [/cannot create gofer process: .{0,160}(?:operation not permitted|permission denied)/],
    what: 'gVisor (runsc) was not permitted to make the namespaces of its helper process (gofer).',
    why: 'It runs without root, or inside of a container, and user namespaces are refused there (Ubuntu: kernel.apparmor_restrict_unprivileged_userns; a seccomp profile).',
    hint: 'Run it as root on the host, or with --rootless and user namespaces allowed (`sysctl kernel.unprivileged_userns_clone kernel.apparmor_restrict_unprivileged_userns`); in a container it takes --privileged.',
    reference: gvisor,
    confidence: 'likely',
  },
  {
    id: 'launcher-no-virtualisation',
    line: [
      /HOST_VIRT_UNAVAILABLE|doesn't have VT-X\/AMD-v enabled/,
      /CPU does not support KVM extensions/,
      /KVM virtualisation configured, but not available/,
      /KVM support is missing \(no \/dev\/kvm\)/,
    ],
    what: 'The launcher finds no hardware virtualisation on this machine (no usable KVM), so that it starts no VM.',
    why: 'VT-x or AMD-V (SVM) is switched off in the firmware, the module kvm_intel or kvm_amd is not loaded, or this machine is itself a virtual one without nested virtualisation.',
    hint: '`grep -cE "vmx|svm" /proc/cpuinfo`: with a flag there `sudo modprobe kvm_intel` (or kvm_amd) and look at `ls -l /dev/kvm`; without one switch it on in the BIOS, or nested virtualisation in the hypervisor around this machine.',
    check: 'kvm',
    reference: 'https://docs.kernel.org/virt/kvm/x86/running-nested-guests.html',
    confidence: 'likely',
  },
  {
    id: 'launcher-virtiofsd-late',
    line: [
      /[Tt]im(?:ed|e) ?out (?:while )?waiting for (?:the )?virtiofsd\b(?: (?:socket|to (?:listen|be ready|start)))?(?: (?:at|on|for|in))?:? ?(?<socket>\/\S{1,160})?/,
      /virtiofsd exited before (?:its )?(?:socket|listening|it was)/,
    ],
    what: 'The launcher waited for virtiofsd, and its socket {socket|} did not appear: the VM was not started.',
    why: 'virtiofsd ended at once (its own output says why: a directory that is not there, a socket path whose directory is missing or not writable, a sandbox that takes root), or makes its socket at another path.',
    hint: 'Run the same virtiofsd command by hand and read what it says; as an ordinary user give it `--sandbox=none` or namespace with /etc/subuid; see that the directory of the socket exists.',
    reference: 'https://gitlab.com/virtio-fs/virtiofsd',
    confidence: 'likely',
  },
]
