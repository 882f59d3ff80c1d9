/** One example of each cause in the words of the programs around a VM: managers, tools, the guest and the host. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'spdk-buffers-few',
    'iobuf.c: 296:spdk_iobuf_channel_init: *ERROR*: Failed to populate iobuf large buffer cache. You may need to increase spdk_iobuf_opts.large_pool_count (1024)',
  ],
  [
    'spdk-memory-unfit',
    'vhost.c:1089:start_device: *ERROR*: vhost device 0: Guest memory size is not a 2MB multiple',
  ],
  [
    'virtiofsd-memory-unknown',
    'virtiofsd called `Result::unwrap()` on an `Err` value: QueueWriter(FindMemoryRegion)',
  ],
  [
    'kata-memory-probe',
    'rpc error: code = Unknown desc = write /sys/devices/system/memory/probe: file exists: unknown',
  ],
  [
    'seed-label-in-boot-sector',
    '/dev/vdb: SEC_TYPE="msdos" LABEL_FATBOOT="cidata" UUID="0000-1234" TYPE="vfat"',
  ],
  ['cloud-init-no-blkid', 'ERROR: failed running [127]: blkid -c /dev/null -o export'],
  [
    'guest-memory-block-size',
    '[    5.09] Block size [0x40000000] unaligned hotplug range: start 0xe0000000, size 0x80000000',
  ],
  ['program-loader-missing', '/usr/local/bin/cloud-hypervisor: cannot execute: required file not found'],
  ['measured-network', '$ iperf -c 192.168.249.2\n[  1] 0.00-10.40 sec  14.0 MBytes  11.3 Mbits/sec'],
  ['kvm-owner-unmapped', 'crw-rw---- 65534:65534 /dev/kvm'],
  ['nomad-driver-unknown', "unknown driver 'virt'"],
  [
    'virtiofsd-state-lost',
    '[2025-05-29T11:04:29Z DEBUG virtiofsd::server] Replying ERROR, header: OutHeader { error: -9 (Bad file descriptor), unique: 35264, len: 16 }',
  ],
  [
    'virtiofsd-unprivileged',
    'WARN  virtiofsd::passthrough] File handles do not appear safe to use, disabling file handles altogether',
  ],
  [
    'tap-lacks-multi-queue',
    'error: Unable to create multiple fds for tap device tap0 (maybe existing device was created without multi_queue flag): Invalid argument',
  ],
  ['kata-cpus-not-online', 'failed to online 2 CPU(s) after 100 retries'],
  [
    'kata-memory-above-maximum',
    'Error: failed to create shim: Unable to hotplug 1024000 MiB memory, the SB has 4096 MiB and the maximum amount is 31753 MiB: unknown',
  ],
  [
    'guest-notification-read',
    'cloud-hypervisor: 1.2s: <vcpu0> ERROR:virtio-devices/src/transport/pci_device.rs:1200 -- Unexpected read from notification BAR: offset = 0x6008',
  ],
  [
    'guest-memory-unhandled',
    'cloud-hypervisor: 1028.8s: <vcpu0> WARN:vmm/src/vm.rs:411 -- Guest MMIO read to unregistered address 0x7ffff08000',
  ],
  ['virtio-mem-region-full', 'HTTP500 "new size 0x30000000 is bigger than region_size 0x20000000"'],
  ['guest-halted', '[    0.044784] reboot: System halted'],
  ['guest-spurious-interrupt', 'spurious APIC interrupt through vector ff on CPU#1, should never happen.'],
  ['vsock-ended-by-restore', 'open_fd_count query failed: vsock closed after the reset'],
  [
    'guest-triple-fault-restored',
    'Event: source = vm event = restored\nEvent: source = vm event = resuming\nGuest likely triple-faulted',
  ],
  [
    'tap-netmask-without-address',
    'cloud-hypervisor: 1.2s: <vmm> ERROR:vmm/src/lib.rs:1 -- Error from device manager: CreateVirtioNet(OpenTap(TapSetNetmask(IoctlError(35100, Os { code: 99, kind: AddrNotAvailable, message: "Cannot assign requested address" }))))',
  ],
  [
    'api-number-out-of-range',
    '400 : SerdeJsonDeserialize(Error("invalid value: integer `256`, expected u8", line: 1, column: 3397))',
  ],
  ['trace-goes-on', '127444 dup(225)                         = 228'],
  [
    'out-of-memory-in-cgroup',
    '[12345.6] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=ns,mems_allowed=0,oom_memcg=/system.slice/vm1.service,task_memcg=/system.slice/vm1.service,task=cloud-hyperviso,pid=4233,uid=0\n[12345.7] Memory cgroup out of memory: Killed process 4233 (cloud-hyperviso) total-vm:4399120kB',
  ],
  [
    'build-target-missing',
    'cargo build --release --target=x86_64-unknown-linux-musl --bin cloud-hypervisor\n  = note: the `x86_64-unknown-linux-musl` target may not be installed',
  ],
  [
    'build-cargo-too-old',
    'error: failed to parse lock file at: /home/u/cloud-hypervisor/Cargo.lock\nCaused by: lock file version `4` was found, but this version of Cargo does not understand this lock file, perhaps Cargo needs to be updated?',
  ],
  [
    'build-download-failed',
    'warning: spurious network error (3 tries remaining): [28] Timeout was reached (Connection timed out after 30001 milliseconds)\nerror: failed to get `vfio-bindings` as a dependency of package `cloud-hypervisor v48.0.0`',
  ],
  ['build-killed', 'collect2: fatal error: ld terminated with signal 9 [Killed]'],
  [
    'build-no-space',
    'error: failed to write `/src/target/release/deps/libvmm.rmeta`: No space left on device (os error 28)',
  ],
  ['build-repository-owner', "fatal: detected dubious ownership in repository at '/cloud-hypervisor'"],
  [
    'build-edk2-failed',
    '/bin/sh: 1: nasm: not found\nmake: *** [GNUmakefile:366: Build/CloudHvX64/...] Error 127',
  ],
  ['build-kernel-config', "make: *** No rule to make target 'ch_defconfig'.  Stop."],
  ['package-of-vmm-unknown', 'error: snap "cloud-hypervisor" not found'],
  ['package-of-vmm-unfit', 'dpkg: dependency problems prevent configuration of cloud-hypervisor'],
  [
    'build-no-toolchain',
    "error: rustup could not choose a version of cargo to run, because one wasn't specified explicitly, and no default is configured.\ncloud-hypervisor",
  ],
  ['build-feature-unknown', 'error: Package `cloud-hypervisor v40.0.0` does not have feature `acpi`'],
  [
    'build-nothing-to-install',
    'error: there is nothing to install in `cloud-hypervisor`, because it has no binaries',
  ],
  ['build-library-missing', 'ld: cannot find -lseccomp\nvirtiofsd'],
  ['clock-before-certificate', 'curl: (60) SSL certificate problem: certificate is not yet valid'],
  [
    'certificate-unknown-issuer',
    'curl: (60) SSL certificate problem: unable to get local issuer certificate',
  ],
  ['network-mtu', 'curl: (28) SSL connection timeout'],
  [
    'file-is-a-page',
    '$ file focal-server-cloudimg-amd64.img\nfocal-server-cloudimg-amd64.img: HTML document, ASCII text',
  ],
  ['file-is-packed', 'vmlinux: gzip compressed data, max compression'],
  [
    'checksum-wrong',
    'focal-server-cloudimg-amd64.img: FAILED\nsha256sum: WARNING: 1 computed checksum did NOT match',
  ],
  ['qemu-img-format-missing', 'qemu-img: overlay.qcow2: Backing file specified without backing format'],
  ['qemu-img-usage', "qemu-img: Expecting one image file name\nTry 'qemu-img --help' for more information"],
  ['qemu-img-wrong-format', "qemu-img: Could not open 'noble.img': Image is not in qcow2 format"],
  [
    'qcow2-marked-corrupt',
    "qemu-img: Could not open 'disk.qcow2': IO error: qcow2: Image is corrupt; cannot be opened read/write",
  ],
  [
    'shim-mok',
    'Could not create MokListRT: Not Found\nSomething has gone seriously wrong: import_mok_state() failed: Not Found',
  ],
  ['systemd-boot-failed', 'Failed to execute Arch Linux (\\vmlinuz-linux): Load Error'],
  ['grub-note', 'error: no suitable video mode found.\nBooting in blind mode'],
  ['uboot-no-boot', 'U-Boot 2023.01\nNo ethernet found.\n=> \ncloud-hypervisor --kernel u-boot.bin'],
  ['ignition-failed', 'ignition[650]: failed to fetch config: resource requires networking'],
  [
    'guest-bsd',
    'Consoles: EFI console\nFreeBSD/amd64 EFI loader, Revision 1.1\npanic: running without device atpic requires a local APIC',
  ],
  ['guest-unikernel', 'OSv: could not find virtio console, halting'],
  [
    'hypervisor-fw-defect',
    "Booting with PVH Boot Protocol\npanicked at 'attempt to subtract with overflow', src/fat.rs:220:21",
  ],
  ['firmware-wrong-architecture', "Image type X64 can't be loaded on AARCH64 UEFI system."],
  ['firmware-no-memory-range', 'ConvertPages: failed to find range 100000 - 1FFFFF'],
  ['kata-vmm-missing', 'ERROR: hypervisor=clh fork/exec /usr/bin/cloud-hypervisor: cannot allocate memory'],
  [
    'kata-hotplug-refused',
    'failed to hotplug block device &{File:/dev/dm-12 Format:raw ID:drive-8a} error: 500  reason:',
  ],
  [
    'kata-resize-memory-refused',
    'level=warning msg="failed to update memory error: 500  reason: " current-memory=2048 new-memory=4096 source=virtcontainers subsystem=cloudHypervisor',
  ],
  ['kata-vm-state', "level=error msg=\"VM state is not 'Running' after 'BootVM'\" subsystem=cloudHypervisor"],
  ['kata-unsupported-by-clh', "cloudHypervisor doesn't support swap"],
  ['kata-image-and-initrd', 'image or initrd must be defined in the configuration file'],
  [
    'kata-host-network',
    'Error response from daemon: failed to create shim task: Host networking requested, not supported by runtime: unknown.',
  ],
  [
    'kata-docker-network',
    'docker container needs network device hotplug but the configured hypervisor does not support it',
  ],
  ['kata-shim-deadline', 'Error: start vm: hypervisor running check failed: deadline has elapsed'],
  [
    'kata-guest-device-timeout',
    'rpc error: code = Internal desc = Timeout waiting for block device pci 02/00',
  ],
  [
    'kata-guest-mount-failed',
    'failed to mount /dev/vdb to /run/kata-containers/abc/rootfs, with error: EACCES: Permission denied',
  ],
  [
    'kata-command-not-found',
    'Warning  Failed  2m  kubelet  Error: failed to create containerd task: failed to create shim task: the file sleep was not found: unknown',
  ],
  [
    'kata-cgroup-failed',
    'failed to create shim task: Could not create the sandbox resource controller mkdir /sys/fs/cgroup/memory/kata_overhead: read-only file system: unknown',
  ],
  [
    'kata-node-not-capable',
    'level=error msg="System is not capable of running Kata Containers"\nERROR: System is not capable of running Kata Containers',
  ],
  ['kata-hypervisor-name', "Invalid hypervisor type: 'cloud_hypervisor'"],
  [
    'kata-image-pull',
    'failed to create containerd task: failed to create shim task: rpc status: Status { code: INTERNAL, message: "[CDH] [ERROR]: Image Pull error: Failed to pull image docker.io/library/nginx from all mirror/mapping locations or original location: image: docker.io/library/nginx:latest, error: Errors happened when pulling image: Failed to pull manifest", details: [], special_fields: SpecialFields { unknown_fields: UnknownFields { fields: None }, cached_size: CachedSize { size: 0 } } }: unknown',
  ],
  [
    'kata-policy-blocked',
    'failed to create shim task: rpc error: code = PermissionDenied desc = "CreateContainerRequest is blocked by policy: "',
  ],
  [
    'kata-shim-version',
    'Warning  FailedCreatePodSandBox  12s (x4 over 49s)  kubelet  Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to start shim: start failed: aborting the shim startup due to version mismatch',
  ],
  [
    'kata-snapshotter-missing',
    'failed to create containerd container: error unpacking image: failed to extract layer sha256:ab: snapshotter devmapper was not found: not found',
  ],
  [
    'kata-virtiofsd-missing',
    'level=error msg="failed to launch virtiofsd: fork/exec /opt/kata/libexec/virtiofsd: no such file or directory"',
  ],
  ['kata-virtiofsd-ended', 'virtiofsd quits'],
  [
    'kata-agent-unreachable',
    'OCI runtime exec failed: cannot enter container 123, with err rpc error: code = Unavailable desc = ttrpc: closed',
  ],
  ['kata-guest-kernel-lacks', 'rpc error: code = Internal desc = modprobe nvidia failed: exit status: 1'],
  [
    'kata-template-file',
    'runtime-rs: failed to patch snapshot memory sharing: parse /run/vc/vm/config.json: expected value at line 1 column 1',
  ],
  [
    'kata-monitor-stale',
    'level=warning msg="failed to get metrics" error="dial unix /run/vc/sbs/1234/shim-monitor.sock: connect: connection refused"',
  ],
  [
    'kata-device-gone',
    'failed to create containerd task: could not open /dev/mapper/snap-12: No such device or address',
  ],
  [
    'kata-network-interface',
    'level=error msg="failed to update interface" error="rpc error: code = Internal desc = update interface: Link not found (Address: 52:54:00:aa:bb:cc)"',
  ],
  [
    'kata-inotify-limit',
    'failed to create shim task: rpc error: code = Internal desc = failed to add watch: No space left on device (os error 28)',
  ],
  [
    'kata-left-behind',
    'failed to start shim: start failed: io.containerd.kata.v2: create new shim socket: listen unix: bind: address already in use',
  ],
  [
    'kata-launch-failed',
    'level=error msg="failed to launch cloud-hypervisor: \\"timeout\\"" subsystem=cloudHypervisor',
  ],
  ['config-file-toml', '/usr/bin/kata-runtime: cannot find usable config file'],
  ['kata-attestation', '[CDH] [ERROR]: Get Resource failed: Attestation error: RCAR handshake failed'],
  ['cluster-pod-restarts', 'kata-deploy-x7k2p   0/1   CrashLoopBackOff   5 (20s ago)   4m'],
  [
    'cluster-exec-failed',
    'error: unable to upgrade connection: container not found ("nginx")\nkubectl exec, kata',
  ],
  [
    'guest-root-unknown-fs',
    'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(254,0)',
  ],
  [
    'guest-root-name-wrong',
    'VFS: Cannot open root device "PARTUUID=8bb858b9" or unknown-block(0,0): error -6\nPlease append a correct "root=" boot option; here are the available partitions:\nfd00             368 vda\n driver: virtio_blk\nKernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
  ],
  [
    'guest-root-no-disk',
    'VFS: Cannot open root device "vda1" or unknown-block(0,0): error -6\nPlease append a correct "root=" boot option; here are the available partitions:\nKernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
  ],
  ['cloud-init-yaml', 'Invalid YAML: inconsistent indentation: /etc/netplan/50-cloud-init.yaml:9:6'],
  [
    'cloud-init-not-config',
    "2024-05-05 12:00:00,101 - __init__.py[WARNING]: Unhandled non-multipart (text/x-not-multipart) userdata: 'b'users:'...'",
  ],
  [
    'cloud-init-schema',
    "cloud-config failed schema validation!\nError: users.0: Additional properties are not allowed ('sudoers' was unexpected)",
  ],
  [
    'cloud-init-status',
    'status: degraded done\nextended_status: degraded done\nerrors: []\nrecoverable_errors:\nWARNING:\n\t- Failed to create user ubuntu',
  ],
  ['cloud-init-disabled', 'status: disabled\ndetail: Cloud-init disabled by cloud-init-generator'],
  [
    'cloud-init-module-failed',
    "cloud-init[700]: cc_set_passwords.py[WARNING]: Service 'ssh' could not be restarted",
  ],
  ['guest-kernel-unpack', 'LZ4 data is corrupt\n-- System halted'],
  ['guest-secure-boot', 'Verification failed: (0x1A) Security Violation'],
  ['grub-file-missing', "error: file '/boot/vmlinuz' not found."],
  [
    'hypervisor-fw-old-virtio',
    '[INFO] Found PCI device vendor=1af4 device=1042 in slot=2\n[ERROR] Error configuring block device: UnsupportedVersion',
  ],
  [
    'guest-selinux-policy',
    'systemd[1]: Failed to load SELinux policy, freezing.\n[!!!!!!] Failed to load SELinux policy.',
  ],
  ['guest-kernel-bug', 'kernel BUG at mm/page_alloc.c:1234!\ninvalid opcode: 0000 [#1] SMP PTI'],
  ['guest-fs-special', 'mount: /mnt: special device myfs does not exist.\nmount -t virtiofs myfs /mnt'],
  [
    'guest-virtio-legacy',
    'virtio_blk virtio2: virtio: device uses modern interface but does not have VIRTIO_F_VERSION_1',
  ],
  ['guest-msr-unknown', 'unchecked MSR access error: RDMSR from 0x1b at rIP'],
  [
    'guest-init-illegal-instruction',
    'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000004',
  ],
  [
    'guest-init-segfault',
    '[    1.2] Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b',
  ],
  [
    'guest-init-killed',
    '[    2.1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009\nagent-ctl kata-agent',
  ],
  ['guest-init-command-missing', 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00007f00'],
  ['guest-init-exited', 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100'],
  ['guest-init-finished', 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000000'],
  [
    'guest-program-illegal-instruction',
    'kvm: vcpu0: disabled cpuid leaf; illegal instruction in guest: traps: python3[512] trap invalid opcode ip:7f',
  ],
  ['guest-fs-features', 'XFS (vda4): Superblock has unknown incompatible features (0x20) enabled.'],
  ['guest-volume-missing', "cannot import 'rpool': no such pool available"],
  ['guest-fs-check', '/dev/vda1 contains a file system with errors, check forced.'],
  [
    'guest-disk-full',
    '[   12.3] EXT4-fs (vda1): mounted filesystem\n-bash: cannot create temp file for here-document: No space left on device',
  ],
  [
    'guest-overlay-refused',
    'overlayfs: upper fs does not support tmpfile. overlayfs: upper fs missing required features.',
  ],
  ['guest-loop-missing', 'mount: mounting /dev/loop0 on /.modloop failed: No such device'],
  [
    'guest-gpt-not-at-end',
    'Warning: Not all of the space available to /dev/vda appears to be used, you can fix the GPT',
  ],
  ['guest-balloon-short', "virtio_balloon virtio4: Out of puff! Can't get 1 pages"],
  [
    'guest-memory-hotplug-failed',
    'acpi PNP0C80:00: add_memory failed\nacpi PNP0C80:00: acpi_memory_enable_device() error',
  ],
  [
    'guest-cpu-online-failed',
    'smpboot: CPU 2 is now offline? cpu not online: echo 1 > /sys/devices/system/cpu/cpu2/online: Invalid argument',
  ],
  [
    'guest-pci-hotplug',
    'virtio_pci: added by hotplug\npcieport 0000:00:01.0: pciehp: Slot(1): Card not present',
  ],
  ['guest-login-terminal', 'getty: /dev/ttyS0: not a tty'],
  ['guest-clock-device', 'rtc_cmos rtc_cmos: unable to read current time'],
  [
    'windows-no-driver',
    "Windows Setup: We couldn't find any drives. To get a storage driver, click Load driver.",
  ],
  ['guest-arm-interrupts', 'KVM: vgic: no GICv3 host; GICv2 only'],
  ['guest-x2apic-note', "x2apic: IRQ remapping doesn't support X2APIC mode"],
  [
    'docker-not-reached',
    '[cloud-hypervisor] ERROR: dev_cli: unable to pull ghcr.io/cloud-hypervisor/cloud-hypervisor:20250815-0',
  ],
  [
    'cluster-network-plugin',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "cc1": plugin type="calico" failed (add): error adding host side routes for interface: cali1b',
  ],
  ['cluster-no-node', '0/1 nodes are available: 1 Insufficient memory. pod uses runtimeClassName kata-clh'],
  ['container-not-privileged', 'mount: /dev/fuse: Permission denied, /dev/kvm: Operation not permitted'],
  [
    'libvirt-virt-type',
    'error: invalid argument: could not find capabilities for domaintype=kvm\nvirsh -c ch:///session',
  ],
  [
    'libvirt-not-authorised',
    "error: failed to connect to the hypervisor\nerror: authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'\nvirsh -c ch:///system list",
  ],
  [
    'libvirt-monitor-socket',
    "error: Failed to start domain 'cirros'\nerror: internal error: Failed to connect to socket '/run/libvirt/ch/cirros-socket': No such file or directory",
  ],
  [
    'libvirt-storage-denied',
    "error: Failed to start domain 'ch-vm'\nerror: Cannot access storage file '/var/lib/libvirt/images/jammy.raw' (as uid:64055, gid:108): Permission denied\nch:///system",
  ],
  [
    'libvirt-network-missing',
    "error: Failed to start domain 'ch1'\nerror: Network not found: no network with matching name 'default'",
  ],
  [
    'libvirt-domain-state',
    'error: Failed to destroy domain\nerror: Requested operation is not valid: domain is not running   virtchd',
  ],
  [
    'libvirt-domain-xml',
    'error: Failed to define domain from ch.xml\nerror: XML error: missing domain type attribute\nvirsh -c ch:///system define ch.xml',
  ],
  ['libvirt-host-setup', 'Failed to create v1 controller cpu for group: No space left on device  virtchd'],
  ['libvirt-console', 'error: operation failed: Active console session exists for this domain'],
  [
    'ssh-key-file-open',
    "WARNING: UNPROTECTED PRIVATE KEY FILE!\nPermissions 0644 for '/home/u/.ssh/id_rsa' are too open.",
  ],
  ['ssh-too-many-keys', 'Received disconnect from 192.168.249.2 port 22:2: Too many authentication failures'],
  [
    'ssh-old-algorithms',
    'Unable to negotiate with 192.168.1.5 port 22: no matching host key type found. Their offer: ssh-rsa',
  ],
  ['ssh-password-expired', 'Your password has expired. You must change your password now and login again!'],
  ['ssh-host-key-unverified', 'Host key verification failed.'],
  [
    'firewall-not-root',
    'iptables v1.8.7 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)',
  ],
  [
    'firewall-module-missing',
    "iptables v1.8.4 (legacy): can't initialize iptables table `nat': Table does not exist (do you need to insmod?)",
  ],
  [
    'firewall-lock',
    'Another app is currently holding the xtables lock. Perhaps you want to use the -w option?',
  ],
  ['firewall-rule-not-there', 'iptables: Bad rule (does a matching rule exist in that chain?).'],
  ['sysctl-refused', "sysctl: permission denied on key 'net.ipv4.ip_forward'"],
  [
    'sysctl-key-missing',
    'sysctl: cannot stat /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory',
  ],
  ['ip-needs-root', 'RTNETLINK answers: Operation not permitted'],
  ['ip-exists-already', 'RTNETLINK answers: File exists'],
  ['ip-name-too-long', 'Error: argument "cloud-hypervisor-tap0" is wrong: "dev" not a valid ifname'],
  ['bridge-takes-no-wifi', "can't add wlp2s0 to bridge br0: Operation not supported"],
  ['route-gateway-invalid', 'Error: Nexthop has invalid gateway.'],
  ['dnsmasq-failed', 'dnsmasq-dhcp: DHCP packet received on tap0 which has no address'],
  [
    'network-manager-holds',
    'Error: Connection activation failed: No suitable device found for this connection (device lo not available because device is strictly unmanaged).',
  ],
  [
    'firewall-logged-drop',
    '[UFW BLOCK] IN=tap0 OUT=eth0 MAC= SRC=192.168.249.2 DST=8.8.8.8 LEN=84 PROTO=ICMP',
  ],
  ['conntrack-full', 'nf_conntrack: table full, dropping packet'],
  ['address-not-of-link', 'IPv4: martian source 192.168.249.1 from 192.168.249.2, on dev tap0'],
  ['tap-no-carrier', 'tap0: NO-CARRIER state DOWN\nbefore the guest is started'],
  ['netns-failed', 'setting the network namespace "vm1" failed: Invalid argument'],
  ['macvtap-device-gone', '/dev/tap12: No such device or address'],
  ['vsock-module-conflict', "modprobe: ERROR: could not insert 'vhost_vsock': Device or resource busy"],
  ['guest-time-service', "chronyd[400]: Can't synchronise: no selectable sources\non the guest"],
  ['growpart-no-partition', 'growpart: cannot find partition 1 in /dev/vda'],
  ['ip-no-device', 'Cannot find device "tap0"'],
  ['ping-unanswered', 'arp: tap0: no entry; 192.168.249.2 (incomplete)'],
  [
    'name-server-silent',
    ';; communications error to 127.0.0.53#53: timed out\n;; no servers could be reached',
  ],
  [
    'package-server-unreached',
    'WARNING: updating and opening http://dl-cdn.alpinelinux.org/alpine/v3.19/main: temporary error (try again later)',
  ],
  ['vsock-connect-failed', 'socat[123] E connect(5, AF=40 cid:3 port:1234, 16): No such device'],
  [
    'virtiofsd-id-map',
    '[ERROR virtiofsd] Error entering sandbox: WriteUidMap(newuidmap: uid range [0-1) -> [1000-1001) not allowed)',
  ],
  [
    'virtiofsd-sandbox-denied',
    '[2024-05-02T10:11:12Z ERROR virtiofsd] Error entering sandbox: Fork(Os { code: 1, kind: PermissionDenied, message: "Operation not permitted" })',
  ],
  [
    'virtiofsd-socket',
    '[ERROR virtiofsd] Error creating listener: FailedCreatingListener(SocketCreate(Os { code: 98, kind: AddrInUse, message: "Address in use" }))',
  ],
  ['virtiofsd-directory', '[ERROR virtiofsd] `/srv/share` does not exist'],
  [
    'virtiofsd-file-handles',
    '[ERROR virtiofsd] Failed to open file handle for the root node: Operation not permitted (os error 1)',
  ],
  [
    'virtiofsd-open-files',
    '[ERROR virtiofsd] Error increasing number of open files: Operation not permitted (os error 1)\n[WARN virtiofsd::limits] Failure when trying to set the limit to 1000000, the hard limit (524288) of open file descriptors is used instead.',
  ],
  ['virtiofsd-capability', '[ERROR virtiofsd] Error creating filesystem: Cannot enable POSIX ACLs'],
  ['virtiofsd-arguments', "virtiofsd: unrecognized option '--socket-group'"],
  ['virtiofsd-client-gone', '[INFO  virtiofsd] Client disconnected, shutting down'],
  ['virtiofsd-waiting', '[INFO  virtiofsd] Waiting for vhost-user socket connection...'],
  [
    'virtiofsd-protocol',
    '[ERROR virtiofsd::passthrough::device_state] Error restoring inode: No such file or directory',
  ],
  [
    'spdk-request-refused',
    "vhost_blk.c: *ERROR*: Can't find vhost controller\nrpc: error: Code=-32602 Msg=No such device\nspdk vhost",
  ],
  ['openvswitch-port-exists', 'bridge|WARN|could not add network device p1 to ofproto (File exists)'],
  [
    'openvswitch-failed',
    'netdev_dpdk|ERR|vhost-user socket device setup failure for socket /tmp/vhost-user0',
  ],
  [
    'passt-not-connected',
    'Failed to connect to passt socket: Connection refused\ncloud-hypervisor --net vhost_user=true,socket=/tmp/passt.sock',
  ],
  ['swtpm-failed', 'swtpm: Could not open UnixIO socket: No such file or directory'],
  [
    'dpdk-no-hugepages',
    'EAL: No available 1048576 kB hugepages reported\nEAL: FATAL: Cannot get hugepage information.',
  ],
  ['nix-runner-unsupported', 'error: cloud-hypervisor will not change user'],
  ['nix-assertion', 'error:\nFailed assertions:\n- MicroVM my-microvm: boot-after-seconds needs a socket'],
  [
    'nix-evaluation',
    "error: attribute 'cloud-hypervisor-graphics' missing\nat /nix/store/abc-source/flake.nix:12:3",
  ],
  [
    'nix-microvm-dependency',
    "microvm-virtiofsd@web.service: Failed with result 'exit-code'.\nsystemd[1]: Dependency failed for MicroVM 'web'.",
  ],
  [
    'unit-user-missing',
    'chv.service: Failed to determine user credentials: No such process\nchv.service: Main process exited, code=exited, status=217/USER',
  ],
  [
    'unit-file-invalid',
    "vm.service: Unit configuration has fatal error, unit will not be started. cloud-hypervisor\n/etc/systemd/system/vm.service:8: Missing '=', ignoring line.",
  ],
  [
    'unit-device-rule',
    "Failed to set devices.allow/devices.deny: cloud-hypervisor.service: Device '/dev/kvm' not found",
  ],
  ['unit-not-authorised', 'Failed to start cloud-hypervisor.service: Interactive authentication required.'],
  ['unit-unknown', 'Failed to start cloud-hypervisor.service: Unit cloud-hypervisor.service not found.'],
  ['sudo-no-password', 'sudo: a terminal is required to read the password; either use the -S option'],
  ['group-kvm-missing', "usermod: group 'kvm' does not exist"],
  ['program-file-busy', 'bash: ./cloud-hypervisor: Text file busy'],
  ['host-is-no-linux', 'zsh: bad CPU type in executable: ./cloud-hypervisor-static'],
  [
    'outer-hypervisor-no-nesting',
    "Virtualized AMD-V/RVI is not supported on this platform. Module 'HV' power on failed.",
  ],
  [
    'client-no-socket',
    "requests.exceptions.ConnectionError: ('Connection aborted.', FileNotFoundError(2, 'No such file or directory'))\nrequests_unixsocket http+unix://%2Ftmp%2Fch.sock/api/v1/vm.info",
  ],
  [
    'client-decode-failed',
    'json: cannot unmarshal number 18446744073709551615 into Go struct field MemoryConfig.memory.size of type int64\ncloud-hypervisor',
  ],
  [
    'launcher-process-ended',
    'ERROR: microvm failed: hypervisor process exited: exit status 1\ncloud-hypervisor',
  ],
  [
    'launcher-request-refused',
    '"error": "failed to create machine: error creating VM: 500 Internal Server Error", controller="machine"  cloud-hypervisor-provider',
  ],
  [
    'launcher-program-missing',
    'fatal: [host1]: FAILED! => {"changed": true, "cmd": "cloud-hypervisor --version", "msg": "[Errno 2] No such file or directory: b\'cloud-hypervisor\'", "rc": 2}',
  ],
  [
    'launcher-network-denied',
    'Driver Failure: failed to create bridge br0: operation not permitted  (nomad cloud-hypervisor)',
  ],
  ['mshv-unusable', 'mshv_root: Hypervisor version mismatch'],
  ['test-guest-silent', "thread 'test_x' failed: SSH command failed after 6 tries\ntest_infra"],
  [
    'test-failed',
    'thread \'test_snapshot_restore\' panicked at test_infra/src/lib.rs:940:\nSSH command failed after 6 tries: Connection(Os { code: 113, kind: HostUnreachable, message: "No route to host" })',
  ],
  [
    'lint-failed',
    'error: this expression creates a reference which is immediately dereferenced by the compiler\n  --> vmm/src/vm.rs:2012:44\n   = note: `-D clippy::needless-borrow` implied by `-D warnings`',
  ],
  [
    'pipeline-ended',
    'ERROR: script returned exit code 101\nFinished: FAILURE\ncargo test --release --target x86_64-unknown-linux-gnu "common_parallel::"',
  ],
  ['fuzzer-finding', 'SUMMARY: libFuzzer: out-of-memory (used: 2080Mb; limit: 2048Mb)\ncargo fuzz run pmem'],
  ['trace-kvm-call', 'ioctl(11, KVM_RUN, 0) = -1 EFAULT (Bad address)'],
  ['trace-call-failed', 'openat(AT_FDCWD, "/dev/kvm", O_RDWR|O_CLOEXEC) = -1 EACCES (Permission denied)'],
  [
    'gdb-disconnected',
    'warning: Error reading: Connection reset by peer\nRemote communication error.  Target disconnected.: Connection reset by peer.\n(gdb) target remote /tmp/ch-gdb-sock',
  ],
  ['guest-cpus-offline', 'ch-remote resize --cpus 4\nOff-line CPU(s) list:            1-3'],
  [
    'process-busy',
    '  PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n 4123 root      20   0 4.9g   1.1g   1.1g S  99.9  7.2  12:01.10 cloud-hyperviso\n vcpu0',
  ],
  ['network-slow', '[SUM]   0.00-10.00  sec  1.1 GBytes   950 Mbits/sec\nbetween guest and host'],
  ['disk-slow', 'fio: randwrite: IOPS=212, BW=848KiB/s\ncloud-hypervisor --disk path=disk.qcow2'],
  ['task-not-created', 'Failed to create pod sandbox: unknown reason of kata'],
  [
    'memory-pressure-killed',
    'systemd-oomd[800]: Killed /user.slice/user-1000.slice/user@1000.service/app.slice/vm.scope due to memory pressure for /user.slice being 71.33% > 50.00% for > 20s with reclaim activity\ncloud-hypervisor',
  ],
  [
    'hugepages-not-allocated',
    'hugetlb: allocating 4096 of page size 2.00 MiB failed.  Only allocated 1022 hugepages.',
  ],
  [
    'kvm-other-hypervisor',
    'VBoxManage: error: VT-x is being used by another hypervisor (VERR_VMX_IN_VMX_ROOT_MODE)',
  ],
  ['kvm-nested-off', 'kvm_intel: nested VMX support is not enabled'],
  ['kvm-guest-counter-ignored', 'kvm: KVM_SET_TSS_ADDR need to be called before entering vcpu'],
  ['kvm-page-tables-wrong', 'kvm: vcpu 0 EPT misconfiguration\nkvm_intel: EPT: Misconfiguration.'],
  [
    'vfio-device-asleep',
    'vfio-pci 0000:01:00.0: Unable to change power state from D3cold to D0, device inaccessible',
  ],
  [
    'vfio-unsafe-interrupts',
    'vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param "allow_unsafe_interrupts" to enable VFIO IOMMU support on this platform',
  ],
  [
    'vfio-rmrr',
    'vfio-pci 0000:03:00.0: Device is ineligible for IOMMU domain attach due to platform RMRR requirement.  Contact your platform vendor.',
  ],
  [
    'seccomp-audit-record',
    'type=SECCOMP msg=audit(1660.3:77): auid=0 uid=0 pid=991 comm="_net1_qp0" exe="/usr/local/bin/cloud-hypervisor" sig=31 arch=c00000b7 syscall=435',
  ],
  ['tun-module-missing', 'open: No such device\nip tuntap add dev tap0 mode tap'],
  ['vfio-file-refused', 'Failed to open /dev/iommu: Permission denied (os error 13)'],
  [
    'hugepages-none-free',
    'HugePages_Total:     512\nHugePages_Free:        0\ncloud-hypervisor --memory size=1G,hugepages=on',
  ],
  ['open-files-exhausted', 'ls /proc/4123/fd | wc -l\n1024\ncloud-hypervisor: Too many open files'],
  ['kvm-internal-error', 'KVM internal error. Suberror: 1'],
  ['dbus-refused', 'D-Bus server: zbus: org.freedesktop.DBus.Error.AccessDenied'],
  [
    'guest-share-denied',
    "touch: cannot touch '/mnt/share/x': Operation not permitted\nmount -t virtiofs share /mnt/share",
  ],
  ['guest-share-connection', 'mount: /mnt: mount(2) system call failed: Connection reset by peer.  virtiofs'],
  ['console-messages-dropped', '** 12 printk messages dropped **'],
  ['request-power-button', 'ch-remote --api-socket=/tmp/ch.sock power-button\nnothing happens in the guest'],
  [
    'request-shutdown',
    'ch-remote --api-socket /tmp/ch.sock shutdown\nguest is killed immediately without running shutdown scripts',
  ],
  [
    'request-resize-memory',
    'ch-remote --api-socket /tmp/ch.sock resize --memory 4G\nfree -h in the guest still shows 1G',
  ],
  ['request-resize-cpus', 'ch-remote --api-socket /tmp/ch.sock resize --cpus 4'],
  ['request-resize-balloon', 'ch-remote --api-socket /tmp/ch.sock resize --balloon 512M'],
  ['request-add-device', 'ch-remote --api-socket /tmp/ch.sock add-disk path=/x.raw'],
  ['request-snapshot', 'ch-remote --api-socket /tmp/ch.sock snapshot file:///snap'],
  [
    'panic-arithmetic',
    "thread 'vcpu0' panicked at 'attempt to subtract with overflow', net_util/src/queue_pair.rs:88:21",
  ],
  [
    'panic-index',
    "thread '_net1_qp0' panicked at virtio-devices/src/net.rs:300:10:\nrange end index 65562 out of range for slice of length 65536",
  ],
  [
    'panic-not-implemented',
    "thread 'vcpu1' panicked at hypervisor/src/kvm/aarch64/mod.rs:300:9:\nnot implemented",
  ],
  [
    'panic-allocation',
    "thread 'main' panicked at block/src/qcow/vec_cache.rs:33:9:\nmemory allocation of 1099511627776 bytes failed capacity overflow",
  ],
  [
    'panic-no-value',
    "thread 'vmm' panicked at vmm/src/memory_manager.rs:900:30:\ncalled `Option::unwrap()` on a `None` value",
  ],
  [
    'panic-assertion',
    "thread 'vmm' panicked at arch/src/x86_64/mod.rs:80:5:\nassertion `left == right` failed\n  left: 1\n right: 2",
  ],
  [
    'panic-unhandled-error',
    "thread 'http-server' panicked at 'called `Result::unwrap()` on an `Err` value: Os { code: 98, kind: AddrInUse, message: \"Address already in use\" }', vmm/src/api/http/mod.rs:301",
  ],
  [
    'panic-lock-poisoned',
    "thread 'vmm' panicked at vmm/src/device_manager.rs:1200:44:\ncalled `Result::unwrap()` on an `Err` value: PoisonError { .. }",
  ],
  [
    'kata-request-failed',
    'time="2020-07-28T12:53:59.8Z" level=warning msg="VmInfoGet failed" arch=amd64 source=virtcontainers subsystem=cloudHypervisor',
  ],
  [
    'unit-condition-unmet',
    'systemd[1]: Setup MicroVM macvtap interfaces was skipped because of an unmet condition check (ConditionPathExists=/var/lib/microvms/a/current/share/microvm/macvtap-interfaces).',
  ],
]

export const writerExamples = printed(texts)
