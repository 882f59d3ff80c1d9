/** Which program wrote a line that is not known, in the words of the line or of what stood around it. */
import type { Failure } from '../reading/failure.ts'
import { kernelTrouble } from './failure-words.ts'
import { toolOf } from './tools.ts'

/** Programs that are met around a virtual machine, by how they write. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/\bqemu-system-\w+: |\bQMP\b|\bqemu-(?:kvm|img|nbd): /, 'QEMU, another monitor, or its tools'],
  [
    /\bfirecracker\b|anonymous-instance|fault_?message|\bfc_(?:api|vcpu)|\/snapshot\/load\b/i,
    'Firecracker, another monitor',
  ],
  [/\bdrm:|\[drm\b/, 'a graphics driver of a kernel'],
  [/\*(?:ERROR|WARNING|NOTICE)\*|\bspdk_/, 'SPDK, which serves disks to virtual machines'],
  [/\bVHOST_CONFIG\b/, 'the vhost library of DPDK, which SPDK and Open vSwitch use to serve devices'],
  [/\bvirtiofsd\b/, 'virtiofsd, which serves a directory of the host to the guest'],
  [kernelTrouble, 'a kernel: the one of the guest, where it stands on its console'],
  [/^error\[E\d{4}\]|could not compile|^\s*--> \S+\.rs:\d/, 'a compiler or build tool'],
  [/^(?:-?(?:ba|da|z|k|fi)?sh|sudo|env): /, 'a shell, about what it was told to start'],
  [/\bds-identify\b|\bcloud-init\b|\bblkid -c \/dev\/null -o export\b/, 'cloud-init, in the guest'],
  [
    /\bkata-agent\b|\bagent create container\b|\/sys\/devices\/system\/memory\/probe\b/,
    'Kata\u2019s agent in the guest',
  ],
  [/\bkata\b|containerd-shim|\bsharefs\b|virtcontainers/i, 'Kata, or the container runtime around it'],
  [/\bnomad\b/i, 'Nomad or a driver of it'],
  [
    /\binitrd-nixos-\w+|\bnixos-activation\b/,
    'NixOS while it starts (the guest, where it stands on its console)',
  ],
  [/^(?:\w+\.){0,8}[A-Z]\w*(?:Error|Exception|Timeout\w*): /, 'a program in Python, or of a library in it'],
  [/\bcrosvm\b/i, 'crosvm, another monitor'],
  [/\b--overwrite is false\b/, 'kubectl, which was to set a label or annotation'],
  [/^losetup: /, 'losetup, which makes a disk of a file'],
  [/^EAL: /, 'DPDK, which a program uses that serves devices (SPDK, Open vSwitch)'],
  [
    /\b(?:vring_worker|vhu_\w+|vhost[-_]device\w*|vhost_user_\w+)\b/,
    'a daemon that serves a device of a VM (vhost-user, of vhost-device)',
  ],
  [
    /\bdtc\b.{0,80}-[IO] d|\((?:duplicate_node_names|\w+_property|\w+_format)\): \//,
    'dtc, the compiler of device trees',
  ],
  [/\bkatautils\b/, 'Kata\u2019s runtime, about its configuration file (configuration.toml)'],
  [/\b(?:pasta|passt)\b/, 'passt or pasta, which connects networks without privileges'],
  [
    /^(?:Warning|Error|Remark) {2,8}\d{4} -/,
    'iasl, the compiler of ACPI tables (DSDT), about the tables that it was given',
  ],
  [
    /\bderivation\w*\b|\/nix\/store\/|\.nix\b|\bexpected a set but found\b|\bwhile (?:calling|evaluating) /,
    'Nix, which evaluates or builds the VM, before any is started',
  ],
  [/\bcrash> |\[exception RIP: /, 'crash, which reads the dump of a kernel'],
  [/\bvcpu\d{1,4}\[\d+\]: /, 'a kernel, about a thread of a VMM that runs a virtual CPU'],
  [/\bvir[A-Z]\w{3,60}:\d+ : |\bdaemonRunStateInit\b/, 'libvirt'],
  [
    /\b(?:WARN|FATA|ERRO)\[\d{4}\]/,
    'a program in Go of the container world (ctr, nerdctl, Docker, Podman, buildkit)',
  ],
  [/\bnetavark\b|\baardvark-dns\b|\brootlessport\b|\bconmon\b/, 'Podman, or a program that it starts'],
  [/\bError response from daemon: |^docker: /, 'the Docker daemon or its client'],
  [
    /^(?:Error from server|The connection to the server|error: You must be logged in|Unable to connect to the server)\b/,
    'kubectl, with the answer of the API server of the cluster',
  ],
  [
    /^(?:Warning|Normal) {1,20}(?:Failed\w*|Evicted|BackOff|Unhealthy|NodeNotReady|UnexpectedAdmissionError)\b|\bdefault-scheduler\b|\battachdetach-controller\b/,
    'Kubernetes: an event of a pod (`kubectl describe pod`)',
  ],
  [/^fatal: \[[\w.-]{1,80}\]: (?:FAILED|UNREACHABLE)! =>/, 'Ansible'],
  [/^\[talos\]|\btalosctl\b/, 'Talos Linux, the system of that node'],
  [
    /^(?:traps|random|request_module|iso9660|ISOFS|ntfs3|squashfs|EXT4-fs|FAT-fs|device-mapper|md(?:\/raid\w{0,3}:\w{1,10})?|nvme nvme\d{1,4}|block nbd\d{1,4}|loop\d{0,4}|neighbour|wireguard|sched|perf|genirq|hrtimer|nf_conntrack|hugetlbfs|clocksource|IPv4|IPv6|TCP)[ :(]|^[^\s:]{1,16}: page allocation failure: order:/,
    'a kernel: the one of the guest, where it stands on its console',
  ],
  [/^kernel: /, 'a kernel'],
  [/\brustjail\b/, 'Kata\u2019s agent in the guest'],
  [
    /\bcrates\/(?:hypervisor|resource|runtimes|shim|agent|service)\/src\b|\bruntime-rs\b/,
    'Kata\u2019s runtime in Rust (runtime-rs)',
  ],
  [
    /\bcube(?:mastercli|master|let|box|sandbox|toolbox)\w*/i,
    'CubeSandbox, a service of sandboxes on Cloud Hypervisor, or its tools',
  ],
  [/\bswiftlet\w*|\bkubeswift\b/i, 'KubeSwift, which runs VMs in a Kubernetes cluster'],
  [/\bflintlockd?\b|\bliquidmetal\b/i, 'flintlock, a service that starts micro-VMs'],
  [/\bvirtink\b/i, 'Virtink, which runs VMs in a Kubernetes cluster'],
  [/\b(?:flistd|zinit|tfgrid|twinId)\b/, 'Zero-OS, a system of nodes that starts VMs'],
  [/\bcocoon\b/i, 'cocoon, a manager of VMs on Cloud Hypervisor'],
  [/\bhypeman\b/i, 'Hypeman, a service that starts VMs'],
  [/\bubicloud\b|\brhizome\b|\bubiblk\b/i, 'Ubicloud, a service that starts VMs'],
]

/** "host name[123]: ", "[+] name: ", "name: ", "(prog) name[1]" */
const inHead = /(?:^|[\s\]])([A-Za-z][\w.@-]{1,60})\[\d+\]: ?$|\[\+\] ([a-z][\w.-]{1,40}): /
const inText = /^(?:\[\+\] )?([a-z][a-z0-9_.-]{2,40})(?:\[\d+\])?: /

/** They look like a name and are none. */
const noName =
  /^(?:error|erro|fatal|panic|warning|warn|info|failed|reason|message|msg|note|hint|caused|rpc|exception|response|status|json|x509|tls|http2|yaml|context|exec|toomanyrequests|unauthorized|denied|manifest|boltdb|open|stat|lstat|read|write|dial|listen|mkdir|unlink|unlinkat|rename|bind|connect|traps|request_module|userauth_pubkey|perf|genirq|neighbour|sched|loop)$/

/**
 * @param around all that the text says: one name may stand for those of its neighbours, which have none
 * @returns who wrote it, to stand behind "by"; null where nothing tells
 */
export const writerOf = (failure: Failure, around: readonly Failure[]): string | null => {
  const text = failure.texts[0] ?? ''
  const head = failure.lines[0]?.head ?? ''
  const tool = toolOf(text, head)
  if (tool !== null) return tool
  const known = programs.find(([expression]) => expression.test(text) || expression.test(head))
  const [, unit, service] = inHead.exec(head) ?? []
  const named = unit ?? service
  if (known) return named === undefined ? known[1] : `${known[1]} ("${named}")`
  const name = named ?? inText.exec(text)?.[1]
  if (name !== undefined && !noName.test(name)) return `the program "${name}"`
  const near = programs.find(([expression]) => around.some(({ texts }) => expression.test(texts[0] ?? '')))
  return near ? near[1] : null
}
