/** One example of each cause in the words of containers, clusters and other launchers of VMs. */
import { printed } from './injected.ts'

const sandbox = 'Failed to create pod sandbox: rpc error: code = Unknown desc = '

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'container-runtime-unknown',
    'ctr: failed to start shim: start failed: failed to resolve runtime path: invalid runtime name urunc, correct runtime name should be either format like `io.containerd.runc.v2` or a full path to the binary',
  ],
  [
    'container-runtime-ended',
    `${sandbox}failed to create containerd task: failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/78/log.json: no such file or directory): runc did not terminate successfully: exit status 127: unknown`,
  ],
  [
    'container-cgroups-path',
    'OCI runtime create failed: runc create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/kubepods/burstable/pod1/2" instead: unknown',
  ],
  [
    'container-cgroups-missing',
    'failed to create containerd task: cgroups: cgroup mountpoint does not exist: unknown',
  ],
  [
    'container-command-missing',
    'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown',
  ],
  [
    'container-nested-denied',
    'runc create failed: unable to start container process: error during container init: error mounting "proc" to rootfs at "/proc": mount proc:/proc (via /proc/self/fd/6), flags: 0xe: operation not permitted',
  ],
  [
    'container-overlay-refused',
    "overlayfs: filesystem on '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs' not supported as upperdir",
  ],
  [
    'container-image-unknown',
    'Error response from daemon: manifest for ubuntu:24.4 not found: manifest unknown: manifest unknown',
  ],
  ['container-registry-limit', 'toomanyrequests: You have reached your unauthenticated pull rate limit.'],
  [
    'container-registry-plain',
    'failed to do request: Head "https://registry.local:5000/v2/vm/manifests/latest": http: server gave HTTP response to HTTPS client',
  ],
  [
    'container-name-taken',
    'docker: Error response from daemon: Conflict. The container name "/kata-test" is already in use by container "5a2c".',
  ],
  ['container-kill-denied', 'Error response from daemon: cannot stop container: 7c2f: permission denied'],
  [
    'crun-handler-missing',
    'Error: OCI runtime error: crun: the handler `krun` is not supported by this build',
  ],
  [
    'program-not-in-path',
    'FATA[0000] failed to import image: exec: "dmsetup": executable file not found in $PATH',
  ],
  ['containerd-config-version', 'containerd: invalid disabled plugin URI "cri" expect io.containerd.x.vx'],
  [
    'containerd-plugin-skipped',
    'time="2025-01-01T00:00:00Z" level=warning msg="failed to load plugin" error="path /var/lib/containerd/io.containerd.snapshotter.v1.btrfs (ext4) must be a btrfs filesystem to be used with the btrfs snapshotter"',
  ],
  ['containerd-plugin-missing', 'ctr: snapshotter not loaded: devmapper: invalid argument'],
  [
    'devmapper-pool-gone',
    'time="2025-01-01T00:00:00Z" level=warning msg="failed to load plugin" error="failed to create pool \\"devpool\\": failed to reload thin-pool device: device does not exist"',
  ],
  [
    'devmapper-pool-disagrees',
    'dmsetup message failed: device-mapper: message ioctl on devpool failed: File exists',
  ],
  [
    'containerd-cri-off',
    'FATA[0000] getting status of runtime: rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService',
  ],
  [
    'container-runtime-down',
    'failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
  ],
  [
    'shim-gone',
    '"KillPodSandbox" failed: rpc error: code = Unknown desc = failed to forcibly stop sandbox container "9": failed to kill: ttrpc: closed',
  ],
  [
    'shim-event-lost',
    'level=error msg="post event" error="failed to publish event: ttrpc: closed: unknown" source=containerd-kata-shim-v2',
  ],
  ['shim-cleanup-remark', 'level=warning msg="cleaning up after shim disconnected" id=8b6 namespace=k8s.io'],
  [
    'sandbox-name-reserved',
    `${sandbox}failed to reserve sandbox name "kata-test_default_0a8f_0": name "kata-test_default_0a8f_0" is reserved for "5b11"`,
  ],
  [
    'sandbox-deadline',
    'Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
  ],
  [
    'cni-flannel-not-ready',
    `${sandbox}failed to setup network for sandbox "8c2f": plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory`,
  ],
  [
    'cni-calico-not-ready',
    `${sandbox}failed to setup network for sandbox "8c2f": plugin type="calico" failed (add): stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running and has mounted /var/lib/calico/`,
  ],
  [
    'cni-unauthorized',
    `${sandbox}failed to setup network for sandbox "8c2f": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized`,
  ],
  [
    'cni-cilium-not-ready',
    `${sandbox}plugin type="cilium-cni" name="cilium" failed (add): unable to connect to Cilium daemon: failed to create cilium agent client after 30.000000 seconds timeout: Get "http://localhost/v1/config": dial unix /var/run/cilium/cilium.sock: connect: no such file or directory`,
  ],
  [
    'cni-bridge-address',
    `${sandbox}plugin type="bridge" failed (add): failed to set bridge addr: "cni0" already has an IP address different from 10.244.1.1/24`,
  ],
  ['cni-program-missing', 'failed to find plugin "bridge" in path [/opt/cni/bin]'],
  [
    'cni-addresses-used-up',
    'plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.4.0.1-10.4.0.254',
  ],
  [
    'cni-attachment-unknown',
    'GetNetworkDelegates: failed getting the delegate: getKubernetesDelegate: cannot find a network-attachment-definition (br-lan) in namespace (ns1): network-attachment-definitions.k8s.cni.cncf.io "br-lan" not found',
  ],
  [
    'cni-version-unfit',
    'plugin type="bridge" failed (add): incompatible CNI versions; config is "1.0.0", plugin supports ["0.3.1" "0.4.0"]',
  ],
  [
    'cluster-network-not-installed',
    '"Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"',
  ],
  [
    'pod-evicted',
    'Warning  Evicted  5s  kubelet  The node was low on resource: ephemeral-storage. Threshold quantity: 2139512454, available: 1893244Ki.',
  ],
  [
    'cluster-node-pressure',
    '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.',
  ],
  [
    'cluster-node-tainted',
    '0/1 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.',
  ],
  [
    'cluster-node-not-ready',
    '0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
  ],
  [
    'kubelet-object-missing',
    'MountVolume.SetUp failed for volume "config" : configmap "vm-config" not found',
  ],
  ['pod-oom-killed', 'Last State: Terminated\n  Reason:       OOMKilled\n  Exit Code:    137'],
  [
    'pod-probe-failed',
    'Readiness probe failed: Get "http://10.244.1.5:8080/": dial tcp 10.244.1.5:8080: connect: connection refused',
  ],
  [
    'pod-security-refused',
    'pods "vm" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
  ],
  [
    'kubectl-no-config',
    'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
  ],
  [
    'kubectl-other-cluster',
    'Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
  ],
  ['cluster-kind-unknown', 'error: no matches for kind "VirtualMachine" in version "kubevirt.io/v1"'],
  ['cluster-no-storage-class', 'no persistent volumes available for this claim and no storage class is set'],
  [
    'kubelet-not-joined',
    'failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file "/var/lib/kubelet/config.yaml", error: open /var/lib/kubelet/config.yaml: no such file or directory',
  ],
  [
    'kubelet-cgroup-driver',
    'failed to run Kubelet: misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"',
  ],
  [
    'kubelet-swap-on',
    'failed to run Kubelet: running with swap on is not supported, please disable swap or set --fail-swap-on flag to false.',
  ],
  [
    'kubelet-credentials-missing',
    'failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory',
  ],
  ['kubelet-memory-cgroup', '[ERROR SystemVerification]: missing required cgroups: memory'],
  ['cluster-volume-waits', 'waiting for first consumer to be created before binding'],
  ['pod-restarting', 'Back-off restarting failed container kata-deploy in pod kata-deploy-x_kube-system(1)'],
  ['cluster-pod-waiting', 'NAME READY STATUS RESTARTS AGE\nnginx-kata   0/1   ContainerCreating   0   14m'],
  [
    'kubevirt-migration-disks',
    'cannot migrate VMI: PVC testvm-disk is not shared, live migration requires that all PVCs must be shared (using ReadWriteMany access mode)',
  ],
  [
    'kubevirt-migration-network',
    'cannot migrate VMI which does not use masquerade, bridge with kubevirt.io/allow-pod-bridge-network-live-migration VM annotation or a migratable plugin to connect to the pod network',
  ],
  [
    'cdi-volume-small',
    'Unable to process data: Virtual image size 10737418240 is larger than the reported available storage 8368709632. A larger PVC is required.',
  ],
  [
    'cdi-source-unreachable',
    'Unable to process data: Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found',
  ],
  [
    'kubevirt-console-refused',
    '$ virtctl console testvm\nInternal error occurred: dialing virt-handler: websocket: bad handshake',
  ],
  ['kubevirt-volume-unnamed', "spec.template.spec.domain.devices.disks[0].Name 'rootdisk' not found."],
  ['kubevirt-feature-off', 'GPU feature gate is not enabled in kubevirt-config'],
  [
    'kubevirt-device-not-permitted',
    'HostDevice nvidia.com/TU104GL_Tesla_T4 is not permitted in permittedHostDevices configuration',
  ],
  [
    'kubevirt-firmware-missing',
    "server error. command SyncVMI failed: \"LibvirtError(Code=67, Domain=10, Message='unsupported configuration: Unable to find any firmware to satisfy 'efi'')\"",
  ],
  [
    'kubevirt-launcher-gone',
    'failed to detect VMI pod: dial unix //pods/4f/volumes/kubernetes.io~empty-dir/sockets/launcher-sock: connect: connection refused',
  ],
  ['kubevirt-guest-waits', "- message: 'Guest VM is not reported as running'"],
  [
    'nova-no-host',
    'nova.exception.NoValidHost: No valid host was found. There are not enough hosts available.',
  ],
  [
    'nova-port-binding',
    'nova.exception.PortBindingFailed: Binding failed for port 4d, please check neutron logs for more information.',
  ],
  [
    'nova-vif-not-plugged',
    'nova.exception.VirtualInterfaceCreateException: Virtual Interface creation failed',
  ],
  ['nova-cpu-unfit', "nova.exception.InvalidCPUInfo: Unacceptable CPU info: CPU doesn't have compatibility."],
  [
    'cloudstack-no-capacity',
    'com.cloud.exception.InsufficientServerCapacityException: Unable to create a deployment for VM instance',
  ],
  [
    'cloudstack-agent-network',
    'cloudstack-agent: ERROR Unable to start agent: Failed to get private nic name',
  ],
  [
    'nomad-libvirt-unreachable',
    "client.driver_mgr: error initializing driver: driver=virt error=\"failed to connect to hypervisor: qemu:///system: virError(Code=38, Domain=7, Message='Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory')\"",
  ],
  [
    'nomad-image-path',
    'Driver Failure  rpc error: code = Unknown desc = could not create domain, err: image path "/var/lib/virt/x.img" is not in the allowed paths',
  ],
  [
    'nomad-cgroup-missing',
    'Driver Failure  failed to launch command with executor: rpc error: code = Unknown desc = failed to set executor cgroup: open /sys/fs/cgroup/nomad.slice/cgroup.procs: no such file or directory',
  ],
  [
    'firecracker-socket-left',
    'RunWithApiError error: Failed to open the API socket at: /tmp/fc.sock. Check that it is not already used.',
  ],
  [
    'firecracker-no-socket',
    'Firecracker did not create API socket ./firecracker.sock: context deadline exceeded',
  ],
  [
    'firecracker-kernel-missing',
    '{"fault_message":"The kernel file cannot be opened: No such file or directory (os error 2)"}',
  ],
  [
    'firecracker-kernel-format',
    '{"fault_message":"Cannot load kernel due to invalid memory configuration or invalid kernel image: Kernel Loader: failed to load ELF kernel image: Invalid Elf magic number"}',
  ],
  [
    'firecracker-tap',
    '{"fault_message":"Could not create the network device: Open tap device failed: Error while creating ifreq structure: Operation not permitted (os error 1). Invalid TUN/TAP Backend provided by tap0."}',
  ],
  [
    'firecracker-request-order',
    '{"fault_message":"The requested operation is not supported after starting the microVM."}',
  ],
  ['cube-port-unreached', 'ret_msg:"The initialization timeout or detecting 10.88.1.40 port failed."}'],
  [
    'gvisor-sandbox-ended',
    'OCI runtime create failed: creating container: cannot create sandbox: cannot read client sync file: waiting for sandbox to start: EOF: unknown',
  ],
  [
    'gvisor-not-permitted',
    'runsc: FATAL ERROR: running container: creating container: cannot create gofer process: gofer: fork/exec /proc/self/exe: operation not permitted',
  ],
  ['launcher-virtiofsd-late', 'timed out waiting for virtiofsd socket /run/vms/a/virtiofs.sock'],
  ['kata-no-oci-command', 'Error: OCI runtime error: kata-runtime: Invalid command "create"'],
  [
    'container-registry-unreachable',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  [
    'container-disk-full',
    'failed to pull and unpack image: failed to extract layer sha256:aa: mount callback failed on /var/lib/containerd/tmpmounts/containerd-mount2: no space left on device',
  ],
  [
    'container-gpu-toolkit',
    'docker: Error response from daemon: could not select device driver "" with capabilities: [[gpu]].',
  ],
  [
    'container-port-taken',
    'driver failed programming external connectivity on endpoint vm: Bind for 0.0.0.0:8080 failed: port is already allocated.',
  ],
  [
    'container-mount-source',
    'docker: Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /srv/vm.',
  ],
  [
    'container-subids-few',
    'potentially insufficient UIDs or GIDs available in user namespace (requested 0:42 for /etc/gshadow): Check /etc/subuid and /etc/subgid',
  ],
  [
    'container-newuidmap-rights',
    'Error: cannot set up namespace using "/usr/bin/newuidmap": should have setuid or have filecaps setuid: exit status 1',
  ],
  [
    'nerdctl-rootless-missing',
    'rootless containerd not running? (hint: use `containerd-rootless-setuptool.sh install` to start rootless containerd)',
  ],
  [
    'kubelet-devices-short',
    'Allocate failed due to requested number of devices unavailable for devices.kubevirt.io/kvm. Requested: 1, Available: 0, which is unexpected',
  ],
  ['cluster-volume-elsewhere', '0/3 nodes are available: 3 node(s) had volume node affinity conflict.'],
  [
    'cluster-claim-unbound',
    '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/1 nodes are available',
  ],
  ['cluster-field-unknown', 'strict decoding error: unknown field "spec.runtimeClass"'],
  [
    'cluster-request-above-limit',
    'The Pod "vm" is invalid: spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
  ],
  [
    'cluster-kubelet-unreachable',
    'Error from server: Get "https://10.0.0.5:10250/containerLogs/default/vm/compute": dial tcp 10.0.0.5:10250: connect: no route to host',
  ],
  [
    'kubelet-node-name',
    '"Unable to register node with API server" err="nodes \\"n1\\" is forbidden: node \\"n0\\" is not allowed to modify node \\"n1\\""',
  ],
  [
    'kubeadm-token-expired',
    'could not find a JWS signature in the cluster-info ConfigMap for token ID "abcdef"',
  ],
  [
    'kubelet-not-healthy',
    'Get "http://localhost:10248/healthz": dial tcp 127.0.0.1:10248: connect: connection refused.',
  ],
  ['launcher-no-virtualisation', 'launch failed: CPU does not support KVM extensions.'],
  ['containerd-database-locked', 'level=warning msg="waiting for response from boltdb open" plugin=bolt'],
  [
    'kubeadm-bridge-settings',
    '[ERROR FileContent--proc-sys-net-bridge-bridge-nf-call-iptables]: /proc/sys/net/bridge/bridge-nf-call-iptables does not exist',
  ],
  [
    'coco-no-evidence',
    'Security validate failed: RCAR handshake failed: get evidence failed: Get TEE evidence failed',
  ],
  [
    'kata-guest-pull-space',
    '[CDH] [ERROR]: Image Pull error: Failed to pull image: Failed to unpack layer: No space left on device (os error 28)',
  ],
  ['kata-sandbox-unknown', 'kata-runtime: open /run/vc/sbs/6fa/persist.json: no such file or directory'],
  [
    'kata-guest-no-dbus',
    'failed to create shim task: Others("failed to handler message create container Caused by: 0: create 1: agent create container 2: rpc status: code: INTERNAL message: Caused by: 0: Establishing a D-Bus connection")',
  ],
  [
    'sandbox-task-deadline',
    'Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = failed to create containerd task: failed to create shim task: context deadline exceeded',
  ],
  [
    'dmsetup-device-unknown',
    'device-mapper: reload ioctl on fc-dev-thinpool  failed: No such device or address',
  ],
  [
    'firecracker-drive-missing',
    'RunWithoutApiError error: Failed to build MicroVM from Json: Block device error: Unable to create the virtio block device: Virtio backend error: Error manipulating the backing file: No such file or directory (os error 2) firecracker',
  ],
  [
    'firecracker-start-ended',
    'ctr: start failed: aws.firecracker: unexpected error from CreateVM: rpc error: code = Unknown desc = failed to create VM: failed to start the VM: Put http://localhost/actions: EOF',
  ],
  ['kata-needs-root', 'kata-runtime: open /run/vc/sbs: permission denied'],
  [
    'kata-config-missing',
    'ctr: failed to create shim task: Cannot find usable config file (config file "/etc/kata-containers/configuration.toml" unresolvable: file /etc/kata-containers/configuration.toml does not exist): not found',
  ],
  [
    'kata-annotation-refused',
    'failed to create shim task: annotation io.katacontainers.config.hypervisor.default_memory is not enabled: unknown',
  ],
  [
    'kata-qemu-bus-fixed',
    "kata: failed to create shim task: QMP command failed: Bus 'pcie.0' does not support hotplugging: unknown",
  ],
  [
    'nix-option-unknown',
    "error: The option `microvm.vms' does not exist. Definition values:\n       - In `/nix/store/abc-source/hosts/a.nix':",
  ],
  [
    'nix-option-type',
    'error: A definition for option `microvm.interfaces."[definition 1-entry 1]".type\' is not of type `one of "user", "tap"\'. Definition values:',
  ],
  [
    'nix-feature-off',
    "error: experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes' to enable it",
  ],
]

export const kataExamples = printed(texts)
