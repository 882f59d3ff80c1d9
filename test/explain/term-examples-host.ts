/** Lines of the host and of what runs around a VM, each with a piece of what its words stand for. */

export const hostTermExamples: readonly (readonly [line: string, says: string])[] = [
  [
    'Topology Affinity Error: Resources cannot be allocated with Topology locality',
    'from NUMA nodes that fit together',
  ],
  [
    '"PLEG is not healthy" err="pleg was last seen active 3m5.2s ago; threshold is 3m0s"',
    'lists the containers of the node again',
  ],
  [
    'Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:vms:vmm" cannot create resource "pods" in API group "" in the namespace "vms"',
    'knows the caller and does not allow',
  ],
  [
    'The connection to the server 10.0.0.5:6443 was refused - did you specify the right host or port?',
    'kubectl found nobody at the address',
  ],
  ['error: You must be logged in to the server (Unauthorized)', 'the credentials in the kubeconfig'],
  [
    'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data kube-api-access-b2s5d]: timed out waiting for the condition',
    'of which those under "unmounted"',
  ],
  [
    'driver name rbd.csi.ceph.com not found in the list of registered CSI drivers',
    'not registered with the kubelet of that',
  ],
  [
    'MountVolume.SetUp failed for volume "kube-api-access-x7k2l" : object "default"/"kube-root-ca.crt" not registered',
    'mostly seen while a pod ends',
  ],
  ['CreateContainerConfigError: secret "kbs-client" not found', 'put the settings of the container'],
  [
    'misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"',
    'manage cgroups in the same way',
  ],
  [
    'running with swap on is not supported, please disable swap! or set --fail-swap-on to false.',
    'does not start on a node with swap',
  ],
  [
    'Allocate failed due to requested number of devices unavailable for intel.com/sriov_net. Requested: 1, Available: 0, which is unexpected',
    'fewer usable devices of that kind',
  ],
  [
    'spec.overhead: Invalid value: v1.PodOverhead: pod overhead set without corresponding RuntimeClass defined Overhead',
    'is set by an admission plug-in',
  ],
  [
    'Error from server: error dialing backend: dial tcp 10.0.0.7:10250: connect: connection refused',
    'by which logs, exec and port-forward go',
  ],
  ['error: Metrics API not available', 'the autoscalers need metrics-server'],
  [
    'Operation cannot be fulfilled on virtualmachines.vm.io "a": the object has been modified; please apply your changes to the latest version and try again',
    'Two writers changed the same object of',
  ],
  [
    'The Deployment "vm" is invalid: spec.selector: Invalid value: v1.LabelSelector{}: field is immutable',
    'does not let that field of an object',
  ],
  [
    'exceeded quota: compute, requested: limits.memory=4Gi, used: limits.memory=14Gi, limited: limits.memory=16Gi',
    'refuses the pod before it is made',
  ],
  [
    '[ERROR FileContent--proc-sys-net-bridge-bridge-nf-call-iptables]: /proc/sys/net/bridge/bridge-nf-call-iptables does not exist',
    'the name behind ERROR is the check',
  ],
  [
    'level=error msg="token CA hash does not match the Cluster CA certificate hash: a1 != b2"',
    'first asks the server for its CA',
  ],
  [
    'Failed to find memory cgroup, you may need to add "cgroup_memory=1 cgroup_enable=memory" to your linux cmdline (/boot/cmdline.txt on a Raspberry Pi)',
    'has its memory controller of cgroups',
  ],
  [
    'Unable to create endpoint: [PUT /endpoint/{id}][429] putEndpointIdTooManyRequests',
    'answers its CNI plug-in by the API',
  ],
  [
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    'found no usable configuration in',
  ],
  ['failed to find plugin "macvtap" in path [/opt/cni/bin]', 'whose program is not in its directory'],
  [
    'loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory',
    'runs on that node and has a range',
  ],
  [
    'failed to set bridge addr: "cni0" already has an IP address different from 10.244.1.1/24',
    'left from another network of pods',
  ],
  [
    'I0301 sriovdp: no devices in device pool, skipping creating resource server for sriov_net',
    'its selectors (vendor, device',
  ],
  [
    'Error registering network: failed to acquire lease: node "n1" pod cidr not assigned',
    'has no range of addresses for its pods',
  ],
  [
    'level=fatal msg="Error while creating daemon" error="daemon creation failed: unable to determine direct routing device" subsys=daemon',
    'which interface leads to the other nodes',
  ],
  [
    "error adding host side routes for interface: cali1, error: route (Ifindex: 3, Dst: 10.1.0.5/32) already exists for an interface other than 'cali1'",
    'over an interface that an earlier pod',
  ],
  [
    'failed to reserve sandbox name "vm_default_1_0": name "vm_default_1_0" is reserved for "8c"',
    'holds that name for an earlier attempt',
  ],
  [
    'CRI v1 runtime API is not implemented for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService',
    'answers without its CRI part',
  ],
  [
    'no matching manifest for linux/arm64/v8 in the manifest list entries',
    'does not offer the architecture of this',
  ],
  [
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown',
    'to be run inside of a container that runs',
  ],
  [
    'failed to recover state: failed to get metadata for stored sandbox',
    'could not read the records of a sandbox',
  ],
  [
    'WARN[0000] The cgroupv2 manager is set to systemd but there is no systemd user session available',
    'wants a session of systemd for its user',
  ],
  [
    'FATA[0001] rootless containerd not running? (hint: use `containerd-rootless-setuptool.sh install` to start rootless containerd)',
    'looks for a containerd of that user',
  ],
  [
    'FATA[0000] subnet 10.4.0.0/24 overlaps with other one on this address space',
    'overlaps one that is in use',
  ],
  ["fuse: device not found, try 'modprobe fuse' first", 'makes a FUSE file system needs'],
  ['Error: could not get runtime: database configuration mismatch', 'keeps its paths in its database'],
  [
    'error: Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainCreate)',
    'an earlier operation on that domain',
  ],
  ['error: internal error: Network is already in use by interface virbr0', 'has the same network: change'],
  [
    'error: unsupported configuration: Domain requires KVM, but it is not available. Check that virtualization is enabled in the host BIOS, and host configuration is setup to load the kvm modules.',
    'The domain is of type kvm',
  ],
  [
    'error: the CPU is incompatible with host CPU: Host CPU does not provide required features: svm',
    'features which this host (or the target',
  ],
  [
    'error: unsupported configuration: unable to find any master var store for loader: /usr/share/OVMF/OVMF_CODE.fd',
    'knows no NVRAM template',
  ],
  [
    "error: internal error: unable to execute QEMU command 'device_add': Bus 'pcie.0' does not support hotplugging",
    'a pcie-root-port must be there',
  ],
  [
    'error: Unsafe migration: Migration without shared storage is unsafe',
    'refuses to migrate a VM with disks',
  ],
  [
    'error: XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domain.rng',
    'has an element or attribute that libvirt',
  ],
  ['error: internal error: No PCI buses available', 'has no PCI bus for its devices'],
  [
    'error: Cannot check dnsmasq binary /usr/sbin/dnsmasq: No such file or directory',
    'by dnsmasq, which is not installed',
  ],
  [
    "error: can't connect to virtlogd: Unable to open file: /var/log/libvirt/qemu/vm.log: Permission denied",
    'virtlogd keeps the logs',
  ],
  ['libvirtd[1102]: End of file while reading data: Input/output error', 'no disk is meant'],
  [
    'ERROR    --os-variant/--osinfo OS name is required, but no value was',
    'wants to know the system of the guest',
  ],
  [
    'virt-host-validate: QEMU: Checking if IOMMU is enabled by kernel : WARN (IOMMU appears to be disabled in kernel. Add intel_iommu=on to kernel cmdline arguments)',
    'only pass-through needs it',
  ],
  [
    'QEMU: Checking for hardware virtualization : FAIL (Only emulated CPUs are available, performance will be significantly limited)',
    'looks at what QEMU could use',
  ],
  ['error: internal error: Unable to find a satisfying virtiofsd', 'by files in /usr/share/qemu/vhost-user'],
  ["error: unsupported configuration: 'virtiofs' requires shared memory", '<access mode="shared"/>'],
  [
    'qemu-system-x86_64: unable to map backing store for guest RAM: Cannot allocate memory',
    'be had from its file or huge pages',
  ],
  [
    'error: invalid argument: could not get preferred machine for /usr/bin/qemu-system-x86_64 type=kvm',
    'no machine type of that QEMU',
  ],
  [
    "System has not been booted with systemd as init system (PID 1). Can't operate.",
    'and here another program is it',
  ],
  [
    'systemd-journald[200]: File /var/log/journal/abc/system.journal corrupted or uncleanly shut down, renaming and replacing.',
    'sets the old file aside',
  ],
  [
    'systemd[1]: Detected unsafe path transition / → /dev during canonicalization of /dev/null.',
    'on which a directory of an ordinary user',
  ],
  ["systemd-udevd[231]: Specified user 'tss' unknown", 'A rule of udev names a user or group'],
  ['Failed to connect to bus: Host is down', 'There is no D-Bus of the system'],
  ['chv.service: Watchdog timeout (limit 1min)!', 'did not report within that time'],
  ['Failed to enable unit: Unit file chv.service is masked.', 'A masked unit is linked to /dev/null'],
  [
    "Warning: The unit file, source configuration file or drop-ins of chv.service changed on disk. Run 'systemctl daemon-reload' to reload units.",
    'old text of the unit',
  ],
  [
    'systemd-oomd[711]: Killed /user.slice/user-1000.slice/user@1000.service/app.slice/ch.scope due to memory pressure for /user.slice being 71.33% > 50.00% for > 20s with reclaim activity',
    'when memory stays short (PSI)',
  ],
  [
    'chv.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.',
    'The unit has no command to start',
  ],
  [
    "chv.service: Can't open PID file /run/chv.pid (yet?) after start: Operation not permitted",
    'With Type=forking systemd reads',
  ],
  ['chv.service: Failed to load environment files: No such file or directory', 'makes it optional'],
  ['chv.service: Failed to set up credentials: Protocol error', 'small files that systemd mounts'],
  ['NVRM: The NVIDIA probe routine was not called for 1 device(s).', 'to another driver on that machine'],
  ['RuntimeError: CUDA error: system not yet initialized (802)', '802: on machines with NVSwitch'],
  [
    'RuntimeError: CUDA unknown error - this may be due to an incorrectly set up environment, e.g. changing env variable CUDA_VISIBLE_DEVICES after program start.',
    'could not start the card',
  ],
  [
    '[nvidia-vgpu-vfio] 00000000-0000-0000-0000-000000000000: start failed. status: 0x0 Timeout Occured',
    'reports a fault of a vGPU',
  ],
  [
    'i915 0000:00:02.0: Unable to create a private tmpfs mount, hugepage support will be disabled(-19)',
    'goes on without huge pages',
  ],
  ['nouveau 0000:01:00.0: gr: init failed, -16', 'the free driver of NVIDIA cards'],
  [
    'systemd-resolved[512]: Using degraded feature set UDP instead of UDP+EDNS0 for DNS server 10.0.0.1.',
    'asks in a simpler way',
  ],
  [
    'dnsmasq-dhcp[1423]: DHCP packet received on br0 which has no address',
    'an address of its own in the range',
  ],
  ['dnsmasq-dhcp[1423]: no address range available for DHCP request via br0', 'No --dhcp-range of dnsmasq'],
  [
    'dnsmasq-dhcp[990]: DHCPDISCOVER(virbr0) 52:54:00:12:34:56 no address available',
    'All addresses of the range are leased',
  ],
  ['dnsmasq: Maximum number of concurrent DNS queries reached (max: 150)', 'asks itself in a circle'],
  [
    'dnsmasq[933]: possible DNS-rebind attack detected: host.internal.example.com',
    'an answer that names a private address',
  ],
  ['dnsmasq[812]: reducing DNS packet size for nameserver 8.8.8.8 to 1280', 'asks for smaller ones'],
  ['No subnet declaration for tap0 (no IPv4 addresses).', 'dhcpd serves only interfaces'],
  ["Error: ZONE_CONFLICT: 'virbr0' already bound to 'libvirt'", 'keeps each interface in one zone'],
  ["ERROR: Couldn't determine iptables version", 'ufw calls iptables and got no answer'],
  [
    "ERROR: COMMAND_FAILED: '/usr/sbin/iptables-restore -w -n' failed: iptables-restore: line 2 failed",
    'firewalld could not load its rules',
  ],
  [
    '/etc/nftables.conf:12:27-35: Error: Could not process rule: No such file or directory',
    'The kernel did not take the rule of nft',
  ],
  [
    'Error: syntax error, unexpected string, expecting newline or semicolon',
    'does not understand a word of the rule',
  ],
  [
    'The self-hosted runner: runner-7 lost communication with the server. Verify the machine is running and has a healthy network connection.',
    'heard nothing from the runner any more',
  ],
  ['A session for this runner already exists.', 'is connected as the same runner'],
  [
    'ERROR: Job failed (system failure): prepare environment: exit status 1. Check https://docs.gitlab.com/runner/shells/index.html#shell-profile-loading for more information',
    'one of its executor, not of the script',
  ],
  ['Error: Provider produced inconsistent result after apply', 'other values than it had planned'],
  [
    'provider registry registry.terraform.io does not have a provider named registry.terraform.io/acme/cloudhypervisor',
    'takes a provider without a source to be',
  ],
  [
    "Error: timeout while waiting for state to become 'running' (last state: 'creating', timeout: 5m0s)",
    '"last state" is where it stands',
  ],
  [
    'Failed to instantiate provider "registry.terraform.io/acme/ch": Incompatible API version with plugin',
    'speaks a version of the plug-in protocol',
  ],
  ['fatal: [host1]: FAILED! => {"msg": "Missing sudo password"}', 'uses sudo on that machine (become)'],
  [
    'fatal: [vm1]: FAILED! => {"msg": "Timeout (12s) waiting for privilege escalation prompt: "}',
    'waited for the prompt of sudo',
  ],
  [
    'fatal: [vm1]: FAILED! => {"msg": "Using a SSH password instead of a key is not possible because Host Key checking is enabled and sshpass does not support this."}',
    'logs in with a password by sshpass',
  ],
  [
    'fatal: [host1]: FAILED! => {"changed": false, "msg": "Could not find the requested service cloud-hypervisor: host"}',
    'found no unit of that name on that',
  ],
  [
    'fatal: [vm1]: FAILED! => {"changed": false, "module_stderr": "/bin/sh: 1: /usr/bin/python3: not found\\r\\n", "msg": "The module failed to execute correctly, you probably need to set the interpreter.", "rc": 127}',
    'its modules with Python on the target',
  ],
  ['hyper::Error(IncompleteMessage)', 'the connection before its answer was'],
  ['hyper::Error(Parse(Version))', 'something that is no HTTP/1 answer'],
  [
    'http2: server sent GOAWAY and closed the connection; LastStreamID=1999, ErrCode=NO_ERROR, debug=""',
    'is how an HTTP/2 server ends',
  ],
  [
    'upstream connect error or disconnect/reset before headers. reset reason: connection timeout',
    'answers in place of the service behind',
  ],
  [
    'rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5242880 vs. 4194304)',
    'takes messages of up to 4 MiB',
  ],
  [
    'rpc error: code = Unimplemented desc = unknown method StartVM for service vmd.v1.VMService',
    'answers Unimplemented where the server',
  ],
  ['ERROR: deadlock detected (SQLSTATE 40P01)', 'Two transactions of the database'],
  ['etcdserver: mvcc: database space exceeded', 'reached its quota (2 GiB unless'],
  ['etcdserver: request timed out, possibly due to connection lost', 'its disk is too slow for its log'],
  ['Dirty database version 12. Fix and force version.', 'broke off in the middle, and no further'],
  ['FATAL: the database system is starting up', 'runs and takes no connections yet'],
  ['ERROR: relation "sandboxes" does not exist at character 15', 'migrations of the program were not run'],
  ['tls: private key does not match public key', 'Certificate and key are not a pair'],
  [
    'Error: while executing request: response body doesn\'t match schema: Error at "/memory/size": Value is not integer',
    'A validator of OpenAPI compared',
  ],
  [
    'pydantic_core._pydantic_core.ValidationError: 1 validation error for VmConfig',
    'checks data against a model',
  ],
  [
    'Error! Your kernel headers for kernel 6.8.0-31-generic cannot be found at /lib/modules/6.8.0-31-generic/build or /lib/modules/6.8.0-31-generic/source.',
    'DKMS builds a module',
  ],
  [
    'error: the lock file /src/Cargo.lock needs to be updated but --locked was passed to prevent this',
    'Cargo.lock does not fit Cargo.toml',
  ],
  [
    "thread 'main' panicked at 'Unable to find libclang: \"couldn't find any valid shared libraries matching: ['libclang.so', 'libclang-*.so']\"'",
    'bindgen needs libclang',
  ],
  ['error: no override and no default toolchain set', 'no (complete) toolchain for this'],
  [
    "error: could not download file from 'https://static.rust-lang.org/dist/channel-rust-1.89.toml.sha256'",
    'did not reach static.rust-lang.org',
  ],
  ['    Blocking waiting for file lock on build directory', 'Another cargo (often rust-analyzer'],
  [
    'error: no bin target named `cloud-hypervisor` in default-run packages',
    'no program of that name in this release',
  ],
  ['warning: unused manifest key: package.rust-version', 'does not know a key of Cargo.toml'],
  [
    'arch/x86/entry/thunk_64.o: warning: objtool: missing symbol table',
    'of older kernels with newer binutils',
  ],
  [
    'cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH',
    'build without C with CGO_ENABLED=0',
  ],
  ["ModuleNotFoundError: No module named 'distutils'", 'Python 3.12 no longer has distutils'],
  [
    'ERROR: Could not build wheels for libvirt-python, which is required to install pyproject.toml-based projects',
    'pip builds that package from source',
  ],
  [
    'ERROR: failed to solve: process "/bin/sh -c cargo build --release" did not complete successfully: exit code: 101',
    '101 is how a program in Rust ends',
  ],
  [
    "E: dpkg was interrupted, you must manually run 'sudo dpkg --configure -a' to correct the problem.",
    'An earlier installation was cut off',
  ],
  ['WARNING: The following packages cannot be authenticated!', 'no trusted signature for the lists'],
  [
    'WARNING: Ignoring https://dl-cdn.alpinelinux.org/alpine/v3.18/main: temporary error (try again later)',
    'apk did not reach that repository',
  ],
  [
    "error: a 'x86_64-linux' with features {kvm} is required to build '/nix/store/x-vm-test.drv', but I am a 'x86_64-linux' with features {benchmark, big-parallel, nixos-test}",
    'Nix builds that derivation only on',
  ],
  [
    "error: experimental Nix feature 'nix-command' is disabled; add '--extra-experimental-features nix-command' to enable it",
    'nix-command flakes',
  ],
  [
    "error: cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Permission denied",
    'The Nix daemon decides who may use it',
  ],
  ['fatal: fetch-pack: invalid index-pack output', 'in the middle of a download'],
  ['fatal: Remote branch ch-6.2 not found in upstream origin', 'no branch, tag or file of that name'],
  [
    'error: Your local changes to the following files would be overwritten by checkout:',
    'git would lose changes',
  ],
  [
    "fatal: unable to access 'https://github.com/cloud-hypervisor/linux.git/': GnuTLS recv error (-110): The TLS connection was non-properly terminated.",
    'the number is one of GnuTLS, no errno',
  ],
  ['gzip: stdin: not in gzip format', 'is not what its name says or is cut off'],
  [
    'Failed to place all allocations: Task Group "vm" (failed to place 1 allocation): * Constraint "missing drivers": 4 nodes excluded by filter',
    'found no node for the task group',
  ],
  [
    'Task group "vm" on 2 nodes exhausted: * Dimension "memory" exhausted on 2 nodes',
    'counts what jobs ask for, not what',
  ],
  [
    'sshd[812]: fatal: Missing privilege separation directory: /run/sshd',
    'sshd wants the directory /run/sshd',
  ],
  [
    'sshd[901]: Authentication refused: bad ownership or modes for directory /home/ubuntu/.ssh',
    'sshd does not use the keys of a user who',
  ],
  [
    '"System is booting up. Unprivileged users are not permitted to log in yet. Please come back later. For technical details, see pam_nologin(8)."',
    'lets only root log in until',
  ],
  [
    'userauth_pubkey: signature algorithm ssh-rsa not in PubkeyAcceptedAlgorithms [preauth]',
    'share no way to sign with that key: an',
  ],
  [
    "Failed to set capabilities on file '/usr/bin/cloud-hypervisor': Operation not supported",
    'setcap takes root, a real file',
  ],
  ['bash: ulimit: open files: cannot modify limit: Operation not permitted', 'above the hard limit'],
  ["taskset: failed to set pid 4242's affinity: Invalid argument", 'The CPUs or the policy of a process'],
  ['set_mempolicy: Operation not permitted', 'calls for NUMA memory'],
  ['libnuma: Warning: node argument 1 is out of range', 'That NUMA node or CPU is not there'],
  [
    'snap-confine has elevated permissions and is not confined but should be. Refusing to continue to avoid permission escalation attacks',
    'snapd finds its AppArmor profile',
  ],
  ['sudo: unable to resolve host chv-host: Name or service not known', 'own host name of this machine'],
  [
    'br0: received packet on eth0 with own address as source address (addr:52:54:00:12:34:56, vlan:0)',
    'A frame came back to the bridge',
  ],
  ['systemd-networkd[621]: br0: Lost carrier', 'has its carrier only while'],
  ['VF 3 could not be set to vlan 100: Link is down', 'A card or virtual function has no link'],
  ['tun: unexpected GSO type: 0x0, gso_size 1368, hdr_len 66', 'the virtio header cannot express'],
  ['Error: Device can not be enslaved while up.', 'joins a bond or team only'],
  ["wg-quick: `wg0' already exists", 'wg-quick up NAME'],
  [
    'wireguard: wg0: Handshake for peer 3 (203.0.113.5:51820) did not complete after 5 seconds, retrying (try 2)',
    'other side of the tunnel does not answer',
  ],
  ["Key is not the correct length or format: `abcd='", '32 bytes in base64'],
  ['Error: mtu greater than device maximum.', 'shows minmtu and maxmtu'],
  ['RTNETLINK answers: Numerical result out of range', 'takes no such number or name'],
  ['RTNETLINK answers: No such process', 'no process is meant'],
  ['Error: either "local" is duplicate, or "192.168.249.1/24" is a garbage.', 'that word where it stands'],
  ['Object "tuntap" is unknown, try "ip help".', 'the one of BusyBox is smaller'],
  ["ip: can't find device 'tap0'", 'finds no interface of that name'],
  ['Error: Nexthop device is not up.', 'takes a route only over an interface'],
  ['Error: Specified qdisc kind is unknown.', 'tc sets queues (qdisc)'],
  ['curl: (18) transfer closed with 1048576 bytes remaining to read', 'cut off before its end (18)'],
  ['curl: (23) Failure writing output to destination', 'could not write what it received'],
  ['i40e 0000:18:00.0: VF 3 still in reset, try again later', 'still resetting that virtual function'],
  ['ice 0000:4b:00.0: VF 1 is untrusted, promiscuous mode denied', 'does not trust that virtual function'],
  ['ixgbe 0000:03:00.0 ens1f0: 3 Spoofed packets detected', 'another MAC or VLAN than the host set'],
  [
    'i40e 0000:18:00.0: Malicious Driver Detection event 0x02 on TX queue 3 PF number 0x00 VF number 0x41',
    'MDD (malicious driver detection)',
  ],
  ['iavf 0000:3b:02.0: Failed to init adminq: -53', 'no answer from its physical function'],
  [
    'vfio-pci 0000:03:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact your platform vendor.',
    'that this device uses by itself',
  ],
  ['AMD-Vi: Completion-Wait loop timed out', 'does not answer commands any more'],
  ['vfio-pci 0000:06:00.0: vfio_bar_restore: reset recovery - restoring BARs', 'writes its BARs back'],
  [
    'qemu-system-x86_64: vfio_dma_map(0x55d1, 0x0, 0x80000000, 0x7f) = -12 (Cannot allocate memory)',
    'where several devices have mappings of',
  ],
  [
    "EAL: Cannot use IOVA as 'PA' since physical addresses are not available",
    'may not read physical addresses',
  ],
  ['VHOST_CONFIG: (/tmp/vhost.sock) vhost peer closed', 'other end of the vhost-user socket'],
  [
    '0000:01:00.0 (144d a808): Active devices: mount@nvme0n1:nvme0n1p2, so not binding PCI dev',
    'leaves a disk alone that the host uses',
  ],
  [
    'swtpm: Error: Could not initialize the TPM2: SWTPM_NVRAM_LoadData: Error from SWTPM_NVRAM_DecryptData, TPM_FAIL',
    'The state of the TPM cannot be read',
  ],
  [
    'Need read/write rights on statedir /var/lib/swtpm-localca for user tss.',
    'makes certificates by swtpm-localca',
  ],
  ['vtnet0: cannot setup virtqueues: 6', 'are the virtio drivers of FreeBSD'],
  ['Failed to load object: /hello. Powering off.', 'OSv found no such program in its image'],
  [
    'virt-resize: error: /dev/sda1: partition not found in the source disk image',
    'is the one that libguestfs gives',
  ],
  ['Back-off restarting failed container vmm in pod vmm-0_default(9a7e)', 'starts and ends again and again'],
  ['bwrap: setting up uid map: Permission denied', 'needs user namespaces'],
  [
    "The requested image's platform (linux/amd64) does not match the detected host platform (linux/arm64/v8)",
    'does not offer the architecture of this',
  ],
  [
    "systemd-udevd[411]: /etc/udev/rules.d/99-kvm.rules:1 Unknown group 'kvm', ignoring.",
    'A rule of udev names a user or group',
  ],
  [
    'docker: Error response from daemon: Pool overlaps with other one on this address space',
    'overlaps one that is in use',
  ],
  ['tar: Unexpected EOF in archive', 'is not what its name says or is cut off'],
  [
    'process: bpf_prog_query(BPF_CGROUP_DEVICE) failed: invalid argument: unknown',
    'built with CONFIG_CGROUP_BPF',
  ],
  [
    'libtpms/tpm2: Entering failure mode; code: 8, location: NvPowerOn line 126',
    'emulated TPM (libtpms) stopped in its failure mode',
  ],
]
