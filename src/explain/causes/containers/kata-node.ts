/** What Kata, containerd and the cluster say of a node: files, networks, limits, deployments. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const docs = 'https://github.com/kata-containers/kata-containers/tree/main/docs'

const isKata = ({ says }: Evidence): boolean =>
  says(/kata|\[CDH\]|\bclh\b|shim task|containerd|virtcontainers|rpc error: code = /i)

/** Another VMM that a container runtime started: alone its words are no matter of ours. */
const isRuntime = ({ says }: Evidence): boolean =>
  says(
    /\bkata\b|OCI runtime|containerd|shim task|RunPodSandbox|\bcri-?o\b|failed to launch qemu|virt-launcher|SyncVMI|virError\(|LibvirtError\(/i,
  )

export const kataNode: readonly Cause[] = [
  {
    id: 'kata-network-interface',
    line: [
      /Link not found \((?<what>[^)]{1,80})\)/,
      /Failed to add (?:filter|qdisc|htb \w{1,12}) for (?:network )?index \d+ ?: .{1,160}/,
      /Could not (?:create|enable|set|get|disable) (?:the )?(?:TAP|veth|ifb|link|MAC)\b.{0,200}/,
      /Could not setup (?:macvtap|vhost) fds .{1,160}/,
    ],
    // Without that device no TAP is made at all.
    needs: (evidence) => isKata(evidence) && !/\/dev\/net\/tun\b/.test(evidence.text),
    what: 'Kata could not connect the network of the pod with the VM ({what|see the message}).',
    why: '"Link not found" comes from the guest: it does not have the card with that MAC (yet), because it was not added, or its kernel did not see it. The others come from the node: it lacks a kernel module (sch_ingress, act_mirred, cls_matchall, macvtap, vhost_net), or the runtime may not change the network there.',
    hint: 'On the node: `lsmod | grep -E "sch_ingress|act_mirred|vhost_net"`, `sudo modprobe` them, and internetworking_model in the configuration (tcfilter, macvtap); for the guest look at `ip link` by the debug console and at the log of Cloud Hypervisor (add-net).',
    reference: docs,
    confidence: 'possible',
  },
  {
    id: 'kata-inotify-limit',
    line: [
      /failed to add watch: (?:No space left on device|Too many open files)|inotify_(?:init|add_watch)\S{0,12}: .{0,60}|too many open files.{0,40}inotify|(?:creating|create|new) (?:a )?watcher.{0,60}too many open files/i,
    ],
    what: 'A limit of inotify (watches or instances of a user) is used up: "no space left" here is no full disk.',
    why: 'Programs that watch files (the agent of Kata for config maps, kubelets, editors) share these limits.',
    hint: '`sudo sysctl fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=1048576` on the node (for the guest of Kata by kernel_params or its image).',
    reference: 'https://man7.org/linux/man-pages/man7/inotify.7.html',
    confidence: 'likely',
  },
  {
    id: 'kata-left-behind',
    line: [
      /failed to unmount (?:vm|sandbox) .{1,200}/i,
      /create new shim socket: .{0,40}address already in use/,
      /(?:^|› |: )(?:bind address|bind(?:ing)? (?:the )?(?:shim )?socket|start shim).{0,80}Address (?:already )?in use/i,
      /(?:device or resource busy|directory not empty).{0,120}\/run\/(?:kata-containers|vc)\//,
    ],
    needs: isKata,
    what: 'Something of an earlier sandbox is left on the node (a mount, a socket), and is in the way or could not be removed.',
    why: 'A shim or VM was killed, or still ends. "Address already in use" for the socket of the shim means that one for this very container runs.',
    hint: '`pgrep -af "containerd-shim-kata|cloud-hypervisor|virtiofsd"`, `mount | grep kata-containers`; end what belongs to no pod, `umount -l` its mounts, take another name for the container, or restart the node.',
    reference: docs,
    confidence: 'possible',
  },
  {
    id: 'kata-kvm-missing',
    line: [
      /Could not access KVM kernel module: No such (?:file or directory|device)/,
      /failed to initialize kvm: No such (?:file or directory|device)/i,
    ],
    needs: isRuntime,
    what: 'The container runtime (Kata, KubeVirt) started its VMM, here QEMU, on a machine that has no /dev/kvm.',
    why: 'The KVM modules are not loaded, or the machine is itself a virtual one without nested virtualisation, as most instances of clouds are. Cloud Hypervisor needs the same device.',
    hint: '`ls -l /dev/kvm`, `grep -cE "vmx|svm" /proc/cpuinfo`: with a flag there `sudo modprobe kvm_intel` or `kvm_amd`; without one use a bare-metal instance or one that offers nested virtualisation.',
    check: 'kvm',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-kvm-denied',
    line: [
      /Could not access KVM kernel module: (?:Permission denied|Operation not permitted)/,
      /failed to initialize kvm: (?:Permission denied|Operation not permitted)/i,
    ],
    needs: isRuntime,
    what: 'The container runtime (Kata, KubeVirt) started its VMM, here QEMU, and that may not open /dev/kvm.',
    why: 'The runtime runs as a user, in a container or under a security module that has no access to the device. KVM itself is there.',
    hint: '`ls -l /dev/kvm`, and the user, the device list (`--device /dev/kvm`) and the profile under which containerd or docker runs the shim.',
    check: 'kvm',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-launch-failed',
    line: [/failed to launch cloud-hypervisor: (?<words>.{1,160})/],
    what: 'Kata started cloud-hypervisor, and it did not come up: {words|see the message}.',
    why: 'A timeout means that its API socket did not answer: the VMM ended at once (no /dev/kvm, an argument that this release does not know, no memory), or the node is too slow.',
    hint: 'Read `journalctl -t kata` of the node for lines of cloud-hypervisor (with `enable_debug = true`), and run the program of `path =` by hand; `ls -l /dev/kvm`.',
    check: 'kvm',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'config-file-toml',
    line: [
      /(?:failed to load TOML|[Ii]nvalid config type|(?<![\w.-])toml: |TOML parse error|the following key was already defined|duplicated tables).{0,200}/,
      /cannot find usable config file/i,
    ],
    needs: isKata,
    what: 'A configuration file (TOML, of containerd or Kata) cannot be read: {said|see the message}.',
    why: 'The numbers in brackets are line and column. A key or table stands twice (often appended by a script such as kata-deploy), quotes are missing, or the file is not where the program looks for it.',
    hint: 'Look at that line; `containerd config dump` and `kata-runtime env` tell whether the file is read. Restart containerd afterwards.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-attestation',
    line: [
      /(?:Attestation error|RCAR handshake failed|attestation-agent|\bKBS\b|\[CDH\] \[ERROR\]: Get Resource failed|Attestation Agent token provider|Kbs client error).{0,160}/,
    ],
    needs: (evidence) =>
      isKata(evidence) || /RCAR handshake|Attestation Agent|Kbs client/.test(evidence.text),
    what: 'The guest (confidential containers) could not attest itself to the key broker (KBS), so it got no secret or image key.',
    why: 'The KBS is not reached from the guest (its address, network, certificate), refuses the evidence (401: policy, reference values), does not have the secret under that path (404), or the VM is no confidential one at all: with Cloud Hypervisor only TDX and SEV-SNP builds are.',
    hint: 'See that the guest reaches the address (agent.aa_kbc_params=), read the log of the KBS at that time, and try the sample attester first.',
    reference: 'https://confidentialcontainers.org/docs/',
    confidence: 'likely',
  },
  {
    id: 'kubelet-whole-cores',
    line: [/SMT Alignment Error: requested (?<asked>\d+) cpus not multiple cpus per core = (?<threads>\d+)/],
    what: 'The kubelet gives pods whole cores only (CPU manager, full-pcpus-only), and {asked|the number} CPUs are no multiple of the {threads|} threads of a core.',
    why: 'With that policy a core is not shared. What the runtime adds for the VMM (pod overhead) counts, too.',
    hint: 'Ask for an even number of CPUs, or take the policy option away from the kubelet of that node.',
    reference: 'https://kubernetes.io/docs/tasks/administer-cluster/cpu-management-policies/',
    confidence: 'likely',
  },
  {
    id: 'kata-config-type',
    line: [/type mismatch for (?<key>katautils\.\S{1,60}): expected (?<wanted>\w+) but found (?<found>\w+)/],
    what: 'The configuration file of Kata (configuration.toml) has a value of another type than belongs there: {key|a section} wants {wanted|a table}, and {found|something else} was found.',
    why: 'A key stands in the wrong section: those of the agent belong below [agent.kata], those of a hypervisor below [hypervisor.clh]; directly below [agent] or [hypervisor] only tables are allowed. Or a number has quotes, or a text has none.',
    hint: 'Compare the file with the one that the release ships (/opt/kata/share/defaults/kata-containers/), and move the key; `kata-runtime env` reads it and says whether it is valid.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'cluster-pod-restarts',
    line: [
      /\b(?<pod>[\w.-]{1,80})\s+\d+\/\d+\s+(?:Init:)?(?<state>CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|ErrImageNeverPull|InvalidImageName|CreateContainerError|CreateContainerConfigError|RunContainerError|UnexpectedAdmissionError|Evicted|OOMKilled)\b/,
    ],
    needs: ({ says }) => says(/kata|virt|cloud-?hypervisor|\bvm|runtimeclass/i),
    what: 'The pod {pod|} of the cluster does not stay up ({state|see the line}); the table does not tell why.',
    why: 'CrashLoopBackOff: its program ends again and again; OOMKilled: its limit of memory (which for a VM includes the VMM); ImagePullBackOff and ErrImagePull: the image cannot be fetched; CreateContainerConfigError: a Secret or ConfigMap is missing; Evicted: its node ran short of memory or disk (MemoryPressure, DiskPressure in `kubectl describe node`), or the pod passed its limit of local storage. Init: stands for one of its init containers.',
    hint: '`kubectl logs POD --previous` and `kubectl describe pod POD` (events at the end) show the reason; give those to `chv-doctor explain`.',
    reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    confidence: 'likely',
  },
  {
    id: 'cluster-pod-waiting',
    severity: 'note',
    line: [
      /container "[^"]{1,80}" in pod "(?<pod>[^"]{1,120})" is waiting to start: (?<state>ContainerCreating|PodInitializing|[\w' ]{1,60})/,
      /\b(?<pod>[\w.-]{1,80})\s+\d+\/\d+\s+(?<state>Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+)\s+\d+\s+(?:\([\w ]{1,20}\)\s+)?\d+(?:m|h|d)/,
    ],
    needs: ({ says }) => says(/kata|virt|cloud-?hypervisor|\bvm|runtimeclass/i),
    what: 'The pod {pod|} of the cluster has not started yet ({state|see the line}); the table does not tell why.',
    why: 'Pending: no node fits, or a volume (PVC) is missing. ContainerCreating: the runtime, the network plug-in or a volume holds it up on its node. Init: an init container has not ended.',
    hint: '`kubectl describe pod POD`: the events at the end (FailedScheduling, FailedCreatePodSandBox, FailedMount) hold the reason; give those to `chv-doctor explain`.',
    reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    confidence: 'likely',
  },
  {
    id: 'cluster-pod-terminating',
    line: [/\b(?<pod>[\w.-]{1,80})\s+\d+\/\d+\s+Terminating\b/],
    needs: ({ says }) => says(/kata|virt|cloud-?hypervisor|\bvm|runtimeclass/i),
    what: 'The pod {pod|} of the cluster does not go away (Terminating): it was deleted, and the node has not reported its end.',
    why: 'The runtime has not stopped the sandbox: its shim (containerd-shim-kata-v2), its VMM or virtiofsd still runs or hangs, a volume cannot be unmounted, or the node does not answer. The table does not tell which.',
    hint: 'On its node: `ps aux | grep -E "shim-kata|cloud-hypervisor|virtiofsd"`, and `journalctl -u containerd` for that sandbox; `kubectl delete pod POD --grace-period=0 --force` removes it from the cluster alone, not what runs.',
    reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    confidence: 'likely',
  },
  {
    id: 'cluster-exec-failed',
    line: [
      /unable to upgrade connection: (?<words>.{1,120})/,
      /command terminated with exit code (?<code>137|139|143|126|127)/,
    ],
    needs: ({ says }) => says(/kata|virt|cloud-?hypervisor|\bvm|runtimeclass|kubectl/i),
    what: 'A command in a pod did not run or was ended: {words|}{code|}.',
    why: 'Container not found: it is not running (any more). 137: it was killed, mostly by the memory limit of the pod, which in a VM is its memory; 139 a crash, 126 and 127 a program that is not in the image.',
    hint: '`kubectl describe pod POD` for the state and last end of the container; with Kata give the VM more memory (limits of the pod, default_memory).',
    reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/',
    confidence: 'possible',
  },
]
