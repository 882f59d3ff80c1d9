/**
 * What programs say that call Cloud Hypervisor, or only meant to: launchers, runtimes, plug-ins, clusters.
 * Each entry names the writer and how far it came, because the reason of the VMM is not in these words.
 */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const api = doc('api.md')
const kata = 'https://github.com/kata-containers/kata-containers/tree/main/docs'

const isNoOtherMonitor = ({ says }: Evidence): boolean =>
  !says(/firecracker|\bfc_vcpu|qemu-system|crosvm|virtualbox|vmware/i)

const aboutMachines = ({ says }: Evidence): boolean =>
  says(/virt|kata|cloud[- ]?hypervisor|\bclh\b|\bvms?\b|virtualmachine|\/api\/v1\/vmm?\./i)

const ownLog =
  'Look on that node for the output of cloud-hypervisor itself (journal, the directory of the VM, `--log-file`) at that time, and give it to `chv-doctor explain`; `chv-doctor check` there looks at the host.'

export const callers: readonly Cause[] = [
  {
    id: 'caller-no-address',
    line: [/\bdial unix ?"?"?: missing address/],
    needs: isNoOtherMonitor,
    what: 'A program that calls Cloud Hypervisor (Kata, a manager) tried to connect to an empty path: it does not know the address of the API socket.',
    why: 'The words are those of the caller (Go). It has lost the path, or never got one, because the VM was not started or was taken down already; Cloud Hypervisor was never reached, and the line says nothing about it.',
    hint: `Look further above for what the caller did first. ${ownLog}`,
    reference: api,
    confidence: 'likely',
  },
  {
    id: 'api-request-unanswered',
    line: [
      /\/api\/v1\/vmm?\.(?<request>[\w.-]{2,30})\\?"?: (?:context deadline exceeded|net\/http: (?:request canceled|timeout)|i\/o timeout)/,
    ],
    what: 'The request vm.{request|…} of a manager got no answer from Cloud Hypervisor before its deadline (a timeout).',
    why: 'The VMM was reached, and hung or was too slow over it. The reason is not in this line: resizing vCPUs and memory waits for threads and for the guest, a snapshot for the storage; on arm64 a guest booted directly takes no vCPUs by hotplug.',
    hint: `See with \`ch-remote --api-socket FILE info\` whether it answers now. ${ownLog}`,
    reference: api,
    confidence: 'possible',
  },
  {
    id: 'api-empty-reply',
    line: [/^curl: \(52\) Empty reply from server/],
    needs: aboutMachines,
    what: 'The API closed the connection without an answer (an empty reply).',
    why: 'Mostly the VMM ended while it worked on the request: a crash, its sandbox (seccomp), the memory of the host. The reason is not in this line.',
    hint: `Look at the end of its output, and at \`sudo dmesg\` at that time. ${ownLog}`,
    reference: api,
    confidence: 'possible',
  },
  {
    id: 'cdi-unresolvable',
    line: [/unresolvable CDI devices? (?<device>[\w./=:,-]{1,120})/],
    what: 'The container runtime finds no CDI specification on this node for the device {device|that the line names}.',
    why: 'CDI (container device interface) files in /etc/cdi and /var/run/cdi tell which files belong to such a name; the device plug-in or operator of the cluster writes them. It is resolved before any VM: neither Cloud Hypervisor nor VFIO was reached.',
    hint: 'List the files (`ls /etc/cdi /var/run/cdi`, `nvidia-ctk cdi list`), and see whether the device plug-in or GPU operator runs on that node and is set up for passthrough.',
    reference: 'https://github.com/cncf-tags/container-device-interface',
    confidence: 'likely',
  },
  {
    id: 'webhook-unreachable',
    line: [/failed calling webhook "(?<webhook>[^"\\]{1,160})"/, /failed to call webhook: /],
    needs: aboutMachines,
    what: 'The API server of Kubernetes could not call the webhook {webhook|that the line names}: an error of the cluster, before any VM.',
    why: 'The controller behind that service does not run or is not ready yet, its certificate is not, or the network of the cluster does not reach it. Cloud Hypervisor has no part in it.',
    hint: 'See `kubectl get pods -A` and `kubectl get endpoints -A` for the pods of that controller, and `kubectl logs` of them; apply the object again once they are ready.',
    reference: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
    confidence: 'likely',
  },
  {
    id: 'cluster-client-not-connected',
    line: [/\bServiceError: client error \(Connect\)|\bHyperError: .{0,60}\(Connect\b/],
    what: 'A program could not connect to the API server of Kubernetes, to which it reports or from which it takes its work.',
    why: 'The words are those of the Kubernetes client for Rust (kube-rs), with the connection itself refused, not resolved or not trusted. The VM beside it need not be concerned.',
    hint: 'See in that pod whether KUBERNETES_SERVICE_HOST is set and `curl -k https://$KUBERNETES_SERVICE_HOST` answers; a network policy, or a network that the VM has taken over from the pod, may stand in between.',
    reference: 'https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/',
    confidence: 'likely',
  },
  {
    id: 'libvirt-connection-closed',
    line: [
      /(?:client socket is closed|Cannot (?:recv|write) data: (?:Broken pipe|Connection reset)|End of file while reading data)(?!.{0,60}ch:)/i,
      /\bDisconnected from \S{1,80} due to (?:end of file|keepalive timeout|I\/O error)/,
    ],
    needs: ({ says }) => says(/libvirt|virError|virsh|qemu:\/\/|^error: internal error/i),
    what: 'The connection of a program (a driver of Nomad, a tool) to the daemon of libvirt is closed.',
    why: 'libvirtd or virtchd was restarted or ended, and the caller still uses the old connection. It is no error of a VM or of Cloud Hypervisor: VMs go on running.',
    hint: 'See that the daemon runs (`systemctl status libvirtd virtchd`), then restart the caller (the client of Nomad) so that it connects again.',
    reference: 'https://libvirt.org/daemons.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-no-answer',
    line: [/curl_easy_perform\(\) returned an error: (?<words>[^\n]{1,100})/],
    what: 'A request of libvirt to the VMM ended without an answer: {words|see the message}.',
    why: 'libvirt asks Cloud Hypervisor over its API socket. The VMM ended or closed the connection while it worked on the request, or is gone; this line does not say why.',
    hint: 'Read the end of the log of the domain in /var/log/libvirt/ch/ (after a migration on both hosts), where the VMM says why, and `sudo dmesg`.',
    reference: 'https://libvirt.org/drvch.html',
    confidence: 'possible',
  },
  {
    id: 'caller-cannot',
    line: [/^(?:create|start|stop|pause|resume|delete|snapshot|migrate) ?(?:is )?not supported\.?$/],
    confidence: 'possible',
    what: 'This is not a message of Cloud Hypervisor: a program around it (a manager such as flintlock, a plug-in) says that it does not support that operation.',
    why: 'Cloud Hypervisor names the request and a reason in its answers. Such a short line comes from a list of capabilities of the caller, which lacks the operation for this hypervisor; nothing in it tells of a VM.',
    hint: 'Use a newer release of that program, or do the step with `ch-remote`.',
    reference: api,
  },
  {
    id: 'caller-spawn-failed',
    line: [
      /failed to spawn (?:the )?vm (?:machine )?process\b/i,
      /could not run vm: no logs available/i,
      /failed to (?:start|launch|spawn) (?:the )?(?:vmm?|hypervisor|virtual machine) process\b/i,
    ],
    needs: isNoOtherMonitor,
    what: 'The program around it (a launcher, a platform such as Zero-OS) reports that the process of the VM did not start or did not stay.',
    why: 'The reason is unknown here: the wrapper has no output of the process. It may be anything that ends Cloud Hypervisor at once.',
    hint: ownLog,
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'caller-time-limit',
    line: [
      /failed to (?:install|start|deploy|create|boot|launch) (?:the )?(?:vms?|virtual machine|guest)\b.{0,40} (?:in|within|after) (?<limit>\d{1,4} ?(?:s|m|sec\w*|min\w*))\b/i,
    ],
    needs: isNoOtherMonitor,
    what: 'The program around it gave up: its own time limit ({limit|see the line}) was over before the VM was there.',
    why: 'What held it up is not said: a slow download or storage, a guest that does not come up, or a VM that never started.',
    hint: ownLog,
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'caller-file-missing',
    line: [
      /\b(?<kind>kernel|rootfs|root disk|image|firmware|initrd) file (?<file>\/\S{1,300}) (?:(?:does |do )?n(?:o|')t exists?|is missing|不存在)/,
    ],
    needs: aboutMachines,
    what: 'A program around Cloud Hypervisor misses its {kind|own} file {file|that the line names}: it does not exist there, and no VM was started.',
    why: 'The launcher looks for the file on that node before it calls Cloud Hypervisor. It was not installed or deployed there, belongs to another version of the tool, or was not built to the end.',
    hint: 'See whether the file is there (`ls -l` on that node, for the user of the service); install the guest kernel and images of that tool again, or build the template anew.',
    reference: api,
    confidence: 'likely',
  },
  {
    id: 'kata-shim-panicked',
    line: [/\bA panic occurred at (?<place>(?:crates|src|libs)\/\S{1,160}:\d+)/],
    what: 'The shim of Kata (runtime-rs) panicked at {place|a place in its own sources}; Cloud Hypervisor itself did not crash.',
    why: 'A defect of Kata. Where it is about a level, the shim could not read it out of a line of the log that Cloud Hypervisor wrote in debug mode.',
    hint: 'Update Kata; as a workaround switch `enable_debug` of the hypervisor off in its configuration, and report it to Kata.',
    reference: kata,
    confidence: 'likely',
  },
  {
    id: 'spdk-not-started',
    line: [
      /\*ERROR\*: .{0,40}(?:Unable to initialize|Cannot init|Failed to initialize) (?:the )?(?:SPDK|DPDK|env)/i,
      /\bEAL: (?:FATAL|Cannot init|Error - exiting)/,
    ],
    needs: ({ says }) => !says(/\bEAL: .{0,20}Getting a vfio_dev_fd for \S{1,20} failed/),
    what: 'SPDK (or DPDK) could not set up its own environment: an error of the storage or network back-end, not of Cloud Hypervisor.',
    why: 'It takes free huge pages, its lock files in /var/tmp or /var/run of the same user, and the right to use memory or devices; which of them, these lines do not say. A VM needs the back-end to run before it is started.',
    hint: 'Read its output from the start on; see `grep -i huge /proc/meminfo`, and whether another SPDK runs on these cores (`--cpumask`).',
    reference: doc('vhost-user-blk-testing.md'),
    confidence: 'likely',
  },
]
