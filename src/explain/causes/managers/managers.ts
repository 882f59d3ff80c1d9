/** What managers, containers and services around Cloud Hypervisor say, where its own words do not stand beside it. */

import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'
import { embeddedError } from '../../reading/forms.ts'

const api = doc('api.md')
const kata = 'https://github.com/kata-containers/kata-containers/tree/main/docs'

const namesUs = ({ says }: Evidence): boolean =>
  says(
    /cloud[- ]?hypervisor|ch-remote|\bclh\b|\bchv?\b|virtchd|\/api\/v1\/vmm?\.|ch-api|kata|kuasar|containerd-shim|virtcontainers|runtime handler: \S{0,40}vmm/i,
  )

/** Units of Cloud Hypervisor and of what starts it. */
const aboutUnits =
  /cloud-?hypervisor|virtiofsd|microvm|\bchv?-|virtchd|\bvm[\w@-]{0,40}\.service|\b(?:containerd|docker|crio|kubelet|k3s(?:-agent)?)\.service: (?:Main process exited|Failed with|Start request)/i

export const managers: readonly Cause[] = [
  {
    id: 'container-no-kvm',
    line: [
      /(?:gathering device information while adding custom device|error adding devices?|stat|lstat|mknod) "?\/dev\/kvm"?:? .{0,60}(?:no such file|not permitted)/i,
      /\/dev\/kvm.{0,60}(?:is not a device|not a device node)/i,
      /Insufficient devices\.kubevirt\.io\/kvm/,
    ],
    what: 'The container did not get /dev/kvm, because its host does not have it (or does not give it away).',
    why: 'The KVM modules are not loaded on that host, virtualisation is off there, or it is a virtual machine without nested virtualisation. In Kubernetes no node offers the device.',
    hint: 'On the host: `ls -l /dev/kvm`, `sudo modprobe kvm_intel` (or kvm_amd); then `--device /dev/kvm` for the container, or the device plugin of the cluster.',
    check: 'kvm',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'container-no-program',
    line: [
      /exec: "(?:\S{0,200}\/)?(?:cloud-hypervisor|ch-remote)\S{0,40}": (?:executable file not found|stat|no such file|permission denied)/,
      /fork\/exec \S{0,200}cloud-hypervisor\S{0,40}: (?:no such file|permission denied|exec format)/,
    ],
    what: 'The program cloud-hypervisor is not at the place where the manager or container looks for it, or cannot be run there.',
    why: 'It is not in the image or not in the PATH of that service, is not executable, or is for another architecture or C library.',
    hint: 'Put the static binary there (`chv-doctor fix install-cloud-hypervisor` gets it), executable, and correct the path in the configuration of the manager.',
    check: 'cloud-hypervisor',
    reference: doc('README.md#use-pre-built-binaries'),
    confidence: 'likely',
  },
  {
    id: 'kata-file-missing',
    line: [
      /(?:file|path|File|rootfs \()\s?\(?\S{0,40}\/(?:kata\S{0,40}|opt\/kata)\S{0,160} (?:does not exist|no such file)/i,
      /(?:Missing|missing) (?:hypervisor )?(?:kernel|image|initrd|firmware) path/,
      /Both (?:image|initrd) and (?:image|initrd) (?:path|are) (?:set|defined)|image and initrd path cannot be both set/i,
      /No (?:kernel|image|initrd).{0,30} (?:configured|specified).{0,40}kata/i,
    ],
    what: 'Kata does not find a file that its configuration names (kernel, image, initrd or the VMM).',
    why: 'configuration-clh.toml names paths of another installation, or its artifacts were not installed on this node; the runtime stops before Cloud Hypervisor is started.',
    hint: 'Compare the paths in the configuration (`kata-runtime env`) with what is on the node; `kata-runtime check` looks at the node.',
    reference: kata,
    confidence: 'likely',
  },
  {
    id: 'kata-module-missing',
    line: [
      /Module is not loaded and it can ?not be inserted/i,
      /kernel (?:property|module) (?:(?<module>\w{2,30}) )?not found/,
    ],
    // Its check words the record of a property so, and nobody else does.
    needs: (evidence) => namesUs(evidence) || /^kernel property not found/.test(evidence.text),
    what: 'A kernel module that Kata needs ({module|kvm, vhost or vhost_vsock}) is not loaded on this node, and could not be loaded.',
    why: 'The check ran without root, the module is not in the kernel of the host, or virtualisation is switched off in its firmware.',
    hint: 'Run `sudo kata-runtime check`, and `sudo modprobe kvm_intel` (or kvm_amd), `vhost`, `vhost_net`, `vhost_vsock` on the node.',
    check: 'kvm',
    reference: kata,
    confidence: 'likely',
  },
  {
    id: 'kata-runtime-unknown',
    line: [
      /no runtime for "kata\S{0,40}" is configured/,
      /RuntimeHandler "kata\S{0,40}" not (?:supported|found)/i,
      /RuntimeClass(?:\.node\.k8s\.io)? "kata\S{0,40}" not found/,
      /unknown or invalid runtime name:? .{0,20}kata/i,
      /Unknown runtime specified kata/,
      /runtime handler "?kata[\w.-]{0,40}"? (?:is not found|from runtime list)/i,
      /default OCI runtime "kata[\w.-]{0,40}" not found/,
      /invalid runtime_path for runtime '?kata/,
      /runtime "io\.containerd\.kata\S{0,40}" binary not installed/,
      /containerd-shim-kata\S{0,20}.{0,40}(?:not found|no such file)/i,
    ],
    what: 'The container runtime of the node does not know Kata under that name.',
    why: 'The RuntimeClass names a handler that is not in the configuration of containerd or CRI-O, or the shim is not installed in its PATH.',
    hint: 'Put containerd-shim-kata-v2 into the PATH of that daemon (`sudo ln -s /opt/kata/bin/containerd-shim-kata-v2 /usr/local/bin/`), add the runtime to /etc/containerd/config.toml (CRI-O: /etc/crio/crio.conf.d/; Docker: "runtimes" in /etc/docker/daemon.json with "runtimeType": "io.containerd.kata.v2"), restart it, and apply the RuntimeClass. k3s and RKE2 read config.toml.tmpl (containerd 2: config-v3.toml.tmpl) below /var/lib/rancher/k3s/agent/etc/containerd (rke2/agent) instead; restart k3s after a change.',
    reference: kata,
    confidence: 'likely',
  },
  {
    id: 'api-http-status',
    line: [
      /^(?:< )?HTTP\/1\.[01] (?<code>4\d\d|5\d\d)\b(?<words>[ \w-]{0,40})/,
      /^\[?"?(?<words>Internal Server Error|Bad Request)"?\]?$/,
    ],
    needs: namesUs,
    what: 'The API answered with {code|an error} {words|}.',
    why: '404 is an address that it does not have (it begins with /api/v1/) or a VM that was not created; 400 a body that is no valid JSON of this release; 405 another method (PUT for most requests, GET for info and ping); 500 a request that the VMM could not carry out, whose reason is in the body, and without one in the log of the VMM.',
    hint: 'Read the body (`curl -sS -i`) and the log of the VMM (`-v --log-file FILE`), and compare the request with cloud-hypervisor.yaml of this release.',
    reference: api,
    confidence: 'possible',
  },
  {
    id: 'manager-socket-failed',
    patterns: [
      [
        /dial unix (?<socket>\S{1,200}): connect: (?<words>no such file or directory|connection refused|permission denied)/,
      ],
    ],
    errnos: [1, 2, 13, 111],
    needs: namesUs,
    what: 'A manager could not connect to the socket {socket|} of a VM: {words|see the message}.',
    why: 'No such file and refused: the VMM (or the backend behind that socket) is not running, has ended, or uses another path. Permission denied: the socket belongs to another user.',
    hint: 'See whether Cloud Hypervisor runs and what it printed last; compare the paths.',
    reference: api,
    confidence: 'possible',
  },
  {
    id: 'libvirt-not-supported',
    line: [
      /this function is not supported by the connection driver/,
      /\bunsupported configuration: /,
      /(?:Cloud[- ]Hypervisor|\bch driver\b).{0,80}(?:does(?:n't| not) support|(?<!Operation )not supported|supports? only|unsupported)/i,
    ],
    needs: ({ says }) =>
      says(
        /\bch:\/\/|cloud-?hypervisor|virtchd|type=['"](?:hyperv|ch)['"]|\bch driver\b|configuration: ch\b/i,
      ),
    what: 'The ch driver of libvirt does not do what the domain or command asks for.',
    why: 'It knows a small part of what the driver of QEMU does: few devices, no CDROM or graphics, few commands. The message names the part.',
    hint: 'Take that element out of the XML of the domain, or start Cloud Hypervisor without libvirt.',
    reference: 'https://libvirt.org/drvch.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-no-daemon',
    line: [
      /Failed to connect socket to '\S{0,120}virtchd-sock'/,
      /no connection driver available for ch:/,
      /Cannot recv data: Connection reset by peer.{0,40}ch:/,
    ],
    errnos: [2, 111],
    what: 'libvirt has no driver for Cloud Hypervisor running: virtchd does not answer.',
    why: 'The service is not started or not installed; many distributions build libvirt without the ch driver.',
    hint: '`sudo systemctl enable --now virtchd.socket`; if there is no such unit, install the ch driver of libvirt (libvirt-daemon-driver-ch) or build it.',
    reference: 'https://libvirt.org/drvch.html',
    confidence: 'likely',
  },
  {
    id: 'nomad-driver-missing',
    line: [
      /Constraint "?missing drivers"?.{0,60}filtered \d+ node/i,
      /(?:driver|plugin) ?=?"?(?:cloud-hypervisor|ch|virt)"?.{0,80}(?:not found|unhealthy|undetected|failed to (?:launch|dispense|fingerprint))/i,
    ],
    needs: (evidence) => namesUs(evidence) || evidence.says(/nomad/i),
    what: 'Nomad has no node whose driver for Cloud Hypervisor is in order.',
    why: 'The plugin is not in the plugin_dir of the client, not configured there, or found no program, no /dev/kvm or no bridge on that node.',
    hint: 'See `nomad node status -verbose NODE` for its drivers, and the log of the client at its start.',
    reference: 'https://developer.hashicorp.com/nomad/plugins/drivers',
    confidence: 'likely',
  },
  {
    id: 'unit-timeout',
    line: [
      /Failed with result 'timeout'/,
      /\.service: (?:start|State '[\w-]{1,30}') ?(?:operation )?timed out/,
      /^Job for \S{1,120} failed because a timeout was exceeded/,
    ],
    needs: ({ says }) => says(aboutUnits),
    what: 'systemd ended the unit because it took too long to start (timeout): no error of Cloud Hypervisor itself is in this text.',
    why: 'A unit of Type=notify counts as started only when the guest or the program reports READY; TimeoutStartSec= (90 seconds by default) was over before that. The guest boots too slowly (many at once, nested virtualisation), does not come up, or never sends its notification (over vsock).',
    hint: 'Read the console of that guest up to the time limit (`journalctl -u UNIT -b`). If it comes up, only too late: raise TimeoutStartSec=, or start fewer at once. If it is up and never notifies: switch the notification off (Type=simple).',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html',
    confidence: 'likely',
  },
  {
    id: 'unit-step-failed',
    line: [/Failed at step (?<step>(?!EXEC)[A-Z_]{3,30}) spawning (?<program>\S{1,200}): (?<words>.{1,80})/],
    needs: ({ says }) => says(aboutUnits),
    what: 'systemd could not prepare the service: it failed at step {step|see the message} ({words|see the message}).',
    why: 'The program was not started at all. CAPABILITIES and USER need a manager that may give them (the one of the system, not of a user or a container), NAMESPACE directories that exist and user namespaces, CHDIR and STDOUT a path, CGROUP and LIMITS a value that is permitted.',
    hint: 'Look at the settings of the unit that belong to that step (`systemctl cat UNIT`), and take them out one by one; man systemd.exec lists the steps.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html',
    confidence: 'likely',
  },
  {
    id: 'unit-killed',
    line: [/\.service: Failed with result '(?:signal|core-dump|watchdog)'/],
    needs: ({ says }) => says(aboutUnits),
    what: 'systemd reports that a signal ended the service.',
    why: '9/KILL is the memory of the host, a limit, or a stop that took too long; 7/BUS huge pages or a full /dev/shm; 31/SYS the seccomp filter; 6/ABRT and 11/SEGV a crash of the program; 15/TERM an ordinary stop.',
    hint: 'Read what the program printed last (`journalctl -u UNIT -b`) and `sudo dmesg` at that time.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'unit-ended',
    line: [
      /Main process exited, code=exited, status=(?<status>\d{1,3})\/\w+/,
      /Start request repeated too quickly/,
      /^Job for \S{1,120} failed because /,
      /\.service: Failed with result '(?:exit-code|start-limit-hit|protocol|resources|exec-condition)'/,
    ],
    needs: ({ says }) => says(aboutUnits),
    what: 'systemd reports that the service ended (status: {status|not in this line}), and not why.',
    why: 'What the program printed stands in the journal before this line; restarting it again and again does not change that. 1 is an error that it printed, 2 a command line that it does not understand, 101 a panic, 126 and 127 a script that found no program, 200 to 243 a step of systemd before the program (203 EXEC: the file cannot be run, 217 USER).',
    hint: 'Read `journalctl -u UNIT -b -n 50` from the first failure on, and give it to `chv-doctor explain -`.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'manager-timeout',
    line: [
      /context deadline exceeded/,
      /(?:timed? ?out|timeout) (?:while |waiting )(?:for )?(?:the )?(?:VM|guest|sandbox|agent|shim)\b/i,
    ],
    needs: namesUs,
    what: 'A manager waited for the VM or for the program in it, and gave up: its time limit (deadline) ran out.',
    why: 'The line is one of the manager (containerd, Kata, Kuasar), not from Cloud Hypervisor. The VM did not start, its guest boots too slowly (nested virtualisation, a busy host) or does not come up at all; this line does not say which.',
    hint: 'See whether Cloud Hypervisor runs, read its log, that of the sandboxer or shim, and the console of the guest at that time; raise the time limit of the manager only when the guest does come up.',
    reference: api,
    confidence: 'possible',
  },
  {
    id: 'task-not-created',
    line: [
      /failed to create (?:shim|containerd) task: (?<words>.{1,300})/,
      /[Ff]ailed to create pod sandbox: (?<words>.{1,300})/,
      /run pod sandbox: (?<words>.{1,300})/,
    ],
    // An error of ours in the same line says more.
    needs: ({ says, text }) =>
      !embeddedError.test(text) &&
      says(/kata|\bclh\b|cloud-?hypervisor|kuasar|virt|runtimeclass/i) &&
      !says(/qemu-system|firecracker/i),
    what: 'The container runtime could not start the pod: {words|see the message}{below|}. Whether a VM was started, these words do not say.',
    why: '{errno|} They come from the runtime on the node (containerd, the shim of Kata) or from the agent in the guest, which pass the last error on. Without a path or device in it the reason stands in the journal of that node.',
    hint: '`journalctl -t kata -t containerd --since "-10min"` on that node: look for the first line of level error of that sandbox, and for lines of cloud-hypervisor. With none of the latter it failed before the VM. `kata-runtime check` looks at the node. {apart|}',
    reference: 'https://github.com/kata-containers/kata-containers/tree/main/docs',
    confidence: 'possible',
  },
]
