/** What Kata's agent says from inside the guest, and its runtime about a guest that runs. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const docs = 'https://github.com/kata-containers/kata-containers/tree/main/docs'

const isKata = ({ says }: Evidence): boolean =>
  says(/kata|\bclh\b|shim task|containerd task|virtcontainers|ttrpc|agent|rpc error: code = /i)

export const kataGuest: readonly Cause[] = [
  {
    id: 'kata-virtiofsd-missing',
    line: [
      /(?:launch|start|spawn|run)\w* (?:the )?virtiofsd\b.{0,120}(?<words>no such file or directory|permission denied|text file busy)/i,
      /fork\/exec \S{0,160}virtiofsd\S{0,20}: (?<words>.{1,60})/,
    ],
    errnos: [2, 8, 13, 20],
    needs: isKata,
    what: 'Kata could not start virtiofsd, which shares the files of the container with the guest: {words|see the message}.',
    why: 'virtio_fs_daemon in the configuration names a place where this node does not have it. Without it no VM with shared_fs = "virtio-fs" starts.',
    hint: 'Compare `virtio_fs_daemon` and `valid_virtio_fs_daemon_paths` in configuration-clh.toml with what is on the node (`ls -l /opt/kata/libexec/virtiofsd /usr/libexec/virtiofsd`).',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-virtiofsd-ended',
    severity: 'warning',
    line: [/virtiofsd (?:quits|had stopped|exited|died)|The virtiofsd had stopped/],
    what: 'virtiofsd, which serves the files of this sandbox, ended: what follows (a lost agent, a stopped sandbox) comes from that or from the end of the VM.',
    why: 'It ends when the VMM closes the connection, so as a rule the VM ended first; it may also have been killed (memory) or crashed.',
    hint: 'See in the journal of the node which came first: lines of cloud-hypervisor (a panic, seccomp, OOM in `dmesg`), or of virtiofsd.',
    reference: docs,
    confidence: 'possible',
  },
  {
    id: 'kata-agent-unreachable',
    line: [
      /ttrpc: closed|rpc error: code = Unavailable desc = (?<words>(?!connection closed before server preface|.{0,120}(?:vsock\b|timed out)|.{0,80}(?:handshake|dial unix \/(?:var\/)?run\/containerd)).{1,120})|cannot enter container \S{1,80}, with err .{1,160}/,
    ],
    needs: isKata,
    what: 'The runtime of Kata lost its connection to the agent in the guest (ttrpc closed): the guest ended, hangs, or was killed.',
    why: 'Commands into a container (exec, stats, stop) go over vsock to the agent. Why it is gone, this line does not say: the guest ran out of memory, panicked, or the VMM ended.',
    hint: 'See whether cloud-hypervisor of that sandbox runs (`pgrep -af SANDBOX`), `dmesg` of the node (OOM), and the console of the guest (enable_debug = true); give the VM more memory (default_memory, limits of the pod).',
    reference: docs,
    confidence: 'possible',
  },
  {
    id: 'kata-guest-kernel-lacks',
    line: [
      /seccomp feature not supported by guest kernel/,
      /sysctl "?(?<what>[\w.]{3,60})"? ?.{0,60}(?:not allowed|no such file)/,
      /modprobe (?<what>\w{2,40}) failed|load_kernel_module .{0,80}/,
      /can't find device (?<what>\/dev\/\S{1,80})/,
      /VM device path "?(?<what>\S{1,80}?)"? doesn't exist/,
      /(?:EPERM|EINVAL|ENOSYS|ENODEV): .{0,60}(?:setrlimit|mount|sysctl|seccomp|keyctl|unshare)/,
    ],
    needs: isKata,
    what: 'The agent of Kata could not give the container what it asks for, because the guest does not have it: {what|see the message}.',
    why: 'The container sees the kernel of the guest, not that of the node: modules, sysctls, device files and features of the node are not there unless the guest kernel has them and the device was passed in. A VFIO device has another name in the guest.',
    hint: 'Use a guest kernel with that option or module (kernel_modules = in the configuration, an image with the modules), pass the device in by the device plugin or CDI, or drop the sysctl or seccomp profile from the pod.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-template-file',
    line: [
      /(?:patch snapshot memory sharing|copy template (?:config|state)|access (?:state|config) file|Template memory path).{0,200}/,
    ],
    needs: ({ says }) => says(/kata|runtime-rs|template|\bclh\b|shim/i),
    what: 'Kata could not use its template VM: a file of the snapshot (config.json, state.json, memory) is missing or damaged.',
    why: 'With VM templating each sandbox is restored from a snapshot that was made once (template_path). It was not made, was made by another release of Cloud Hypervisor, or its directory (a tmpfs) was removed.',
    hint: 'Make it anew (`kata-ctl factory destroy`, then `init`), see the files under template_path, or switch enable_template off.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-monitor-stale',
    severity: 'note',
    line: [/shim-monitor\.sock: connect: (?:connection refused|no such file or directory)/],
    what: 'kata-monitor asked a sandbox for its numbers that is gone already: harmless.',
    why: 'The directory of that sandbox was left under /run/vc/sbs after its shim ended.',
    hint: 'Nothing need be done; if it happens for a sandbox that should run, see whether its shim does.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-cpus-not-online',
    line: [/failed to online (?<count>\d{1,4}) CPU\(s\) after \d{1,5} retries/],
    what: "Kata's agent in the guest waited for {count|the} CPUs that never appeared there.",
    why: 'The runtime asks for them after the VM has started: its driver for Cloud Hypervisor did not really resize the VM, --cpus has a max= that is too low, or the kernel of the guest cannot take CPUs up (ACPI, CONFIG_HOTPLUG_CPU).',
    hint: 'Look in the log of Cloud Hypervisor for the request VmResize and its answer; give the VM its CPUs at the start (default_vcpus, static_sandbox_resource_mgmt), or use a release of Kata that resizes it.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-memory-above-maximum',
    line: [
      /Unable to hotplug (?<asked>\d{1,12}) MiB memory, the SB has (?<has>\d{1,12}) MiB and the maximum amount is (?<most>\d{1,12}) MiB/,
      /hotplug (?<asked>\d{1,12}) MB memory, is greater than the max memory (?<most>\d{1,12}) MB/,
    ],
    what: 'Kata was to add {asked|more} MiB of memory to the VM, more than its maximum of {most|that node} MiB.',
    why: 'It adds up the memory limits of the containers of a pod and plugs that in; the VM can grow to the memory of the node, or to default_maxmemory. runc only sets a limit, which may be larger than the node.',
    hint: 'Lower the memory limit of the pod, or take a node with more memory.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-memory-probe',
    line: [/\/sys\/devices\/system\/memory\/probe: file exists/i],
    what: "Kata's agent in the guest announced memory that the guest has already (EEXIST).",
    why: 'The guest has a kernel with CONFIG_ARCH_MEMORY_PROBE, so that the agent takes it for one that must be told of memory that was added; ACPI had told it before.',
    hint: 'Use the guest kernel that Kata builds (without CONFIG_ARCH_MEMORY_PROBE), or a newer agent.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-device-gone',
    line: [
      /could not open (?<file>\/dev\/(?:mapper\/)?\S{1,100}): (?:No such device or address|No such file or directory)/,
    ],
    needs: isKata,
    what: 'The block device {file|} of the container was gone when it was to be given to the VM.',
    why: 'The snapshotter (devmapper) removed or deactivated it, or the volume was detached meanwhile.',
    hint: '`sudo dmsetup ls`, `lsblk` on the node, and the log of containerd; see that the thin pool is not full (`sudo dmsetup status`).',
    reference: docs,
    confidence: 'likely',
  },
]
