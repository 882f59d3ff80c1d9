/** Examples of each cause in the words of QEMU, libvirt, libguestfs and other managers of VMs. */
import { printed } from './injected.ts'

type Texts = readonly (readonly [cause: string, text: string])[]

const texts: Texts = [
  [
    'qemu-kvm-denied',
    '$ qemu-system-x86_64 -enable-kvm -m 2048 -hda disk.img\nCould not access KVM kernel module: Permission denied\nqemu-system-x86_64: failed to initialize kvm: Permission denied',
  ],
  [
    'qemu-kvm-denied',
    'Mar 04 09:12:11 node2 libvirtd[1188]: internal error: process exited while connecting to monitor: Could not access KVM kernel module: Permission denied\nMar 04 09:12:11 node2 libvirtd[1188]: qemu-system-x86_64: failed to initialize KVM: Permission denied',
  ],
  [
    'qemu-kvm-missing',
    'Could not access KVM kernel module: No such file or directory\nqemu-system-x86_64: failed to initialize KVM: No such file or directory\nqemu-system-x86_64: falling back to tcg',
  ],
  [
    'qemu-kvm-missing',
    'qemu-system-x86_64: -accel kvm: Could not access KVM kernel module: No such file or directory',
  ],
  ['qemu-cpu-features-refused', "qemu-system-x86_64: Host doesn't support requested features"],
  [
    'qemu-cpu-features-refused',
    "kvm: warning: host doesn't support requested feature: CPUID.01H:ECX.avx [bit 28]\nkvm: Host doesn't support requested features\nTASK ERROR: start failed: QEMU exited with code 1",
  ],
  ['qemu-cpu-host-needs-kvm', "qemu-system-aarch64: -cpu host: unable to find CPU model 'host'"],
  ['qemu-cpu-model-unknown', "qemu-system-x86_64: unable to find CPU model 'Haswell-v9'"],
  [
    'qemu-cpu-model-unknown',
    "error: unsupported configuration: CPU model 'EPYC-Genoa' not supported by hypervisor",
  ],
  [
    'qemu-machine-unknown',
    'qemu-system-x86_64: -machine pc-i440fx-xenial: unsupported machine type\nUse -machine help to list supported machines',
  ],
  [
    'qemu-machine-unknown',
    'qemu-system-x86_64: unsupported machine type: "pc-q35-9.0"\nUse -machine help to list supported machines',
  ],
  [
    'qemu-machine-none',
    'qemu-system-aarch64: No machine specified, and there is no default\nUse -machine help to list supported machines',
  ],
  [
    'qemu-memory-short',
    'qemu-system-x86_64: -object memory-backend-file,id=ram,size=8G,mem-path=/dev/hugepages: os_mem_prealloc: preallocating memory failed: Bad address',
  ],
  ['qemu-memory-short', 'qemu-system-x86_64: qemu_prealloc_mem: preallocating memory failed: Bad address'],
  [
    'qemu-cpus-too-many',
    "qemu-system-x86_64: -smp 300: Invalid SMP CPUs 300. The max CPUs supported by machine 'pc-i440fx-8.0' is 255",
  ],
  [
    'qemu-vfio-container-refused',
    'kvm: -device vfio-pci,host=0000:02:00.0,id=hostpci0: vfio 0000:02:00.0: failed to setup container for group 14: Failed to set group container: Invalid argument\nTASK ERROR: start failed: QEMU exited with code 1',
  ],
  [
    'qemu-cpu-topology',
    'qemu-system-x86_64: Invalid CPU topology: product of the hierarchy must match maxcpus: sockets (1) * dies (1) * cores (4) * threads (1) != maxcpus (8)',
  ],
  ['qemu-accelerator-invalid', 'qemu-system-aarch64: -accel kvm: invalid accelerator kvm'],
  [
    'qemu-accelerator-invalid',
    'qemu-system-x86_64.exe: WHPX: No accelerator found, hr=00000000\nqemu-system-x86_64.exe: failed to initialize whpx: No space left on device',
  ],
  ['qemu-drive-index-taken', 'qemu-system-x86_64: -hdb seed.img: drive with bus=0, unit=1 (index=1) exists'],
  [
    'qemu-drive-index-taken',
    'qemu-system-aarch64: -hda disk.img: machine type does not support if=ide,bus=0,unit=0',
  ],
  ['qemu-sound-remark', "audio: Could not init `pa' audio driver"],
  ['qemu-sound-remark', "ALSA lib confmisc.c:767:(parse_card) cannot find card '0'"],
  [
    'qemu-vfio-device-refused',
    'qemu-system-x86_64: -device vfio-pci,host=0000:01:00.0: vfio 0000:01:00.0: failed getting region info for VGA region index 8: Invalid argument',
  ],
  ['qemu-display-unreachable', 'gtk initialization failed'],
  ['qemu-display-unreachable', 'Could not initialize SDL(No available video device) - exiting'],
  [
    'qemu-part-not-built',
    "qemu-system-x86_64: -netdev user,id=net0: network backend 'user' is not compiled into this binary",
  ],
  ['qemu-part-not-built', "qemu-system-x86_64: -display gtk: Parameter 'type' does not accept value 'gtk'"],
  [
    'qemu-port-taken',
    'qemu-system-x86_64: -vnc :1: Failed to find an available port: Address already in use',
  ],
  ['qemu-port-taken', 'error: internal error: Failed to reserve port 49152'],
  ['qemu-option-removed', 'qemu-system-x86_64: -soundhw hda: invalid option'],
  [
    'qemu-device-unconnected',
    "qemu-system-x86_64: -device virtio-net-pci,netdev=net0: Property 'virtio-net-pci.netdev' can't find value 'net0'",
  ],
  [
    'qemu-device-unconnected',
    'qemu-system-x86_64: -device virtio-blk-pci,drive=hd0: Device needs media, but drive is empty',
  ],
  [
    'qemu-bus-missing',
    "qemu-system-x86_64: -device scsi-hd,drive=hd: No 'SCSI' bus found for device 'scsi-hd'",
  ],
  [
    'qemu-bus-missing',
    'qemu-system-x86_64: -device virtio-blk-pci,drive=drive0: PCI: slot 3 function 0 not available for virtio-blk-pci, in use by virtio-net-pci',
  ],
  ['qemu-stdio-twice', 'qemu-system-x86_64: -monitor stdio: cannot use stdio by multiple character devices'],
  [
    'qemu-direct-refused',
    'qemu-system-x86_64: -drive file=d.raw,aio=native: aio=native was specified, but it requires cache.direct=on, which was not specified.',
  ],
  [
    'qemu-direct-refused',
    "qemu-system-x86_64: -drive file=/mnt/d.img,cache=none: file system may not support O_DIRECT\nCould not open '/mnt/d.img': Invalid argument",
  ],
  ['qemu-kernel-options', 'qemu-system-x86_64: Error loading uncompressed kernel without PVH ELF Note'],
  ['qemu-kernel-options', 'qemu-system-x86_64: linux kernel too old to load a ram disk'],
  ['qemu-remark', 'qemu-system-x86_64: warning: netdev hub port 0 has no peer'],
  ['qemu-remark', 'qemu-system-x86_64: warning: hub 0 is not connected to host network'],
  ['qemu-ended-by-signal', 'qemu-system-x86_64: terminating on signal 15 from pid 1234 (/usr/sbin/libvirtd)'],
  [
    'qemu-tap-denied',
    'qemu-system-x86_64: -netdev tap,id=net0,ifname=tap0,script=no,downscript=no: could not configure /dev/net/tun (tap0): Operation not permitted',
  ],
  [
    'qemu-tap-busy',
    'qemu-kvm: -netdev tap,ifname=vnet7,id=n1: could not configure /dev/net/tun (vnet7): Device or resource busy',
  ],
  [
    'qemu-tap-flags',
    '/usr/libexec/qemu-kvm: -netdev tap,fd=3: could not configure /dev/net/tun: Invalid argument',
  ],
  [
    'qemu-tun-missing',
    'qemu-system-x86_64: -netdev tap,id=n0: could not open /dev/net/tun: No such file or directory',
  ],
  [
    'qemu-tun-missing',
    "error: Failed to start domain 'vm'\nerror: Unable to open /dev/net/tun, is tun module loaded?: No such file or directory",
  ],
  [
    'qemu-tun-denied',
    'qemu-system-x86_64: -netdev tap,id=n0: could not open /dev/net/tun: Permission denied',
  ],
  [
    'qemu-network-script',
    'qemu-system-x86_64: -netdev tap,id=hn0: network script /etc/qemu-ifup failed with status 256',
  ],
  [
    'qemu-network-script',
    "bridge 'vmbr1' does not exist\nkvm: network script /var/lib/qemu-server/pve-bridge failed with status 512\nTASK ERROR: start failed: QEMU exited with code 1",
  ],
  [
    'qemu-bridge-acl',
    "failed to parse default acl file `/etc/qemu/bridge.conf'\nqemu-system-x86_64: bridge helper failed",
  ],
  [
    'qemu-bridge-acl',
    'access denied by acl file\nqemu-system-x86_64: -netdev bridge,br=br0,id=net0: bridge helper failed',
  ],
  [
    'qemu-bridge-helper-unprivileged',
    'failed to create tun device: Operation not permitted\nqemu-system-x86_64: -nic bridge: bridge helper failed',
  ],
  [
    'qemu-bridge-missing',
    "failed to get mtu of bridge `br0': No such device\nqemu-system-x86_64: -netdev bridge,id=hn0: bridge helper failed",
  ],
  [
    'qemu-bridge-missing',
    "error: Failed to start domain 'ubuntu'\nerror: Cannot get interface MTU on 'br0': No such device",
  ],
  ['qemu-bridge-helper-failed', 'qemu-system-x86_64: -nic bridge,br=br0: bridge helper failed'],
  [
    'qemu-port-forward',
    "qemu-system-x86_64: -netdev user,id=net0,hostfwd=tcp::2222-:22: Could not set up host forwarding rule 'tcp::2222-:22'",
  ],
  ['qemu-port-forward', "qemu-system-x86_64: Could not set up host forwarding rule 'tcp::22-:22'"],
  [
    'qemu-disk-not-opened',
    "qemu-system-x86_64: -drive file=disk.qcow2,if=virtio: Could not open 'disk.qcow2': No such file or directory",
  ],
  [
    'qemu-disk-not-opened',
    "qemu-system-x86_64: -drive file=/var/lib/libvirt/images/a.qcow2: Could not open '/var/lib/libvirt/images/a.qcow2': Permission denied",
  ],
  [
    'qemu-disk-locked',
    'qemu-system-x86_64: -drive file=a.qcow2,if=virtio: Failed to get "write" lock\nIs another process using the image [a.qcow2]?',
  ],
  ['qemu-disk-locked', 'error: Failed to start domain \'vm\'\nerror: Failed to get "write" lock'],
  [
    'qemu-disk-other-format',
    'qemu-system-x86_64: -drive file=vm.img,format=qcow2: Image is not in qcow2 format',
  ],
  [
    'qemu-disk-other-format',
    'qemu-storage-daemon: --blockdev driver=qcow2,node-name=disk,file=file0: Image is not in qcow2 format',
  ],
  ['qemu-firmware-missing', "qemu-system-x86_64: -bios OVMF.fd: could not load PC BIOS 'OVMF.fd'"],
  ['qemu-firmware-missing', "qemu: could not load PC BIOS '/usr/share/ovmf/OVMF.fd'"],
  [
    'qemu-vsock-device',
    'qemu-system-x86_64: -device vhost-vsock-pci,guest-cid=3: vhost-vsock: failed to open vhost device: No such file or directory',
  ],
  [
    'qemu-vsock-device',
    'Error: Failed to load kernel module "vhost_vsock"\nError: Failed setting up device: vhost_vsock kernel module not loaded',
  ],
  [
    'qemu-vsock-cid-taken',
    'qemu-system-x86_64: -device vhost-vsock-pci,id=vhost-vsock-pci0,guest-cid=3: vhost-vsock: unable to set guest cid: Address already in use',
  ],
  [
    'qemu-vfio-denied',
    'error: internal error: child reported (status=125): unable to open /dev/vfio/12: Operation not permitted',
  ],
  ['qemu-vfio-no-iommu', 'TASK ERROR: cannot prepare PCI pass-through, IOMMU not present'],
  [
    'qemu-socket-failed',
    'qemu-system-x86_64: -chardev socket,path=/tmp/qga.sock,server=on,wait=off,id=qga0: Failed to bind socket to /tmp/qga.sock: Permission denied',
  ],
  [
    'qemu-socket-failed',
    "qemu-system-x86_64: -chardev socket,id=chr0,path=/tmp/vhost-fs.sock: Failed to connect to '/tmp/vhost-fs.sock': No such file or directory",
  ],
  [
    'qemu-hwrng-missing',
    "qemu-system-x86_64: -object rng-random,filename=/dev/hwrng,id=rng0: Could not open '/dev/hwrng': No such device",
  ],
  [
    'qemu-migration-load',
    "error: internal error: qemu unexpectedly closed the monitor: qemu-kvm: error while loading state for instance 0x0 of device 'cpu'\nqemu-kvm: load of migration failed: Operation not permitted",
  ],
  ['qemu-migration-load', 'qemu-kvm: load of migration failed: Invalid argument'],
  ['libvirt-firmware-missing', "error: internal error: Unable to find any firmware to satisfy 'efi'"],
  [
    'libvirt-firmware-missing',
    "error: operation failed: Unable to find 'efi' firmware that is compatible with the current configuration",
  ],
  [
    'libvirt-tpm-missing',
    "error: Failed to start domain 'win11'\nerror: unsupported configuration: TPM version '2.0' is not supported",
  ],
  [
    'libvirt-tpm-missing',
    "error: Failed to start domain 'fedora'\nerror: internal error: Unable to find 'swtpm_setup' binary in $PATH",
  ],
  ['libvirt-virtiofs-setup', 'error: operation failed: Unable to find a satisfying virtiofsd'],
  ['libvirt-virtiofs-setup', "error: unsupported configuration: 'virtiofs' requires shared memory"],
  [
    'libvirt-backing-unusable',
    "error: Cannot access backing file '/var/lib/libvirt/images/base.qcow2' of storage file '/var/lib/libvirt/images/vm.qcow2' (as uid:107, gid:107): No such file or directory",
  ],
  [
    'libvirt-backing-format-unsaid',
    "error: Failed to start domain vm\nerror: Requested operation is not valid: format of backing image '/images/base.img' of image '/images/vm.qcow2' was not specified in the image metadata (See https://libvirt.org/kbase/backing_chains.html for troubleshooting)",
  ],
  [
    'libvirt-undefine-refused',
    "error: Failed to undefine domain 'vm1'\nerror: Requested operation is not valid: cannot undefine domain with nvram",
  ],
  [
    'libvirt-undefine-refused',
    "error: Failed to undefine domain 'vm1'\nerror: Requested operation is not valid: cannot undefine domain with 2 snapshots",
  ],
  [
    'libvirt-name-taken',
    "error: operation failed: domain 'vm1' already exists with uuid 1e0c4a1b-8c2a-2ba8-bfd3-4a4a8f2b1e0c",
  ],
  ['libvirt-name-taken', "ERROR    Guest name 'vm1' is already in use."],
  [
    'libvirt-hotplug-full',
    'error: Failed to attach device from net.xml\nerror: internal error: No more available PCI slots',
  ],
  [
    'libvirt-hotplug-full',
    'error: Failed to attach disk\nerror: Requested operation is not valid: target vda already exists',
  ],
  [
    'libvirt-snapshot-unsupported',
    'error: Operation not supported: internal snapshot for disk vda unsupported for storage type raw',
  ],
  [
    'libvirt-snapshot-unsupported',
    'error: Operation not supported: internal snapshots of a VM with pflash based firmware are not supported',
  ],
  ['libvirt-agent-silent', 'error: Guest agent is not responding: QEMU guest agent is not connected'],
  ['libvirt-agent-silent', 'error: argument unsupported: QEMU guest agent is not configured'],
  [
    'libvirt-state-lock',
    'error: Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainCreate)',
  ],
  ['libvirt-device-unfit', 'error: XML error: No PCI buses available'],
  [
    'libvirt-device-unfit',
    "error: internal error: No <source> 'bridge' attribute specified with <interface type='bridge'/>",
  ],
  [
    'libvirt-usb-missing',
    'error: Failed to detach device from usb.xml\nerror: device not found: host usb device vendor=0x046d product=0xc52b not found',
  ],
  ['libvirt-usb-missing', 'error: Did not find USB device 046d:c52b'],
  [
    'libvirt-saved-state-broken',
    "error: Failed to start domain 'vm1'\nerror: internal error: cannot parse process status data",
  ],
  [
    'libvirt-saved-state-broken',
    'error: Failed to restore domain: operation failed: save image is incomplete',
  ],
  [
    'libvirt-monitor-closed',
    'libvirtd[123]: Unable to read from monitor: Connection reset by peer\nlibvirtd[123]: internal error: qemu unexpectedly closed the monitor',
  ],
  [
    'libvirt-monitor-closed',
    'cockpit-machines: VM vm1 failed to start: internal error: qemu unexpectedly closed the monitor',
  ],
  [
    'libvirt-same-host',
    'virsh migrate --live vm1 qemu+ssh://kvm2/system\nerror: internal error: Attempt to migrate guest to the same host 1234',
  ],
  ['libvirt-migration-unsafe', 'error: Unsafe migration: Migration without shared storage is unsafe'],
  [
    'libvirt-migration-blocked',
    "error: internal error: unable to execute QEMU command 'migrate': State blocked by non-migratable device '0000:00:05.0/vfio'",
  ],
  [
    'libvirt-migration-blocked',
    'error: Requested operation is not valid: domain has assigned non-USB host devices',
  ],
  [
    'libvirt-cpu-unfit',
    "error: operation failed: guest CPU doesn't match specification: missing features: invtsc",
  ],
  [
    'libvirt-cpu-unfit',
    'error: unsupported configuration: guest and host CPU are not compatible: Host CPU does not provide required features: svm',
  ],
  ['libvirt-migration-ended', 'error: operation failed: migration out job: unexpectedly failed'],
  ['libvirt-migration-ended', "error: operation failed: job 'migration out' unexpectedly failed"],
  [
    'libvirt-save-failed',
    "error: Failed to save domain 'vm1'\nerror: operation failed: domain save job: unexpectedly failed",
  ],
  [
    'libvirt-save-failed',
    "error: operation failed: job 'domain save' failed in post-copy / No space left on device",
  ],
  [
    'libvirt-seclabel-foreign',
    'error: Failed to start domain vm1\nerror: unsupported configuration: Unable to find security driver for model selinux',
  ],
  [
    'libvirt-seclabel-foreign',
    "error: Failed to start domain 'vm1'\nerror: unsupported configuration: Security driver model 'apparmor' is not available",
  ],
  ['libvirt-disk-target-unknown', 'error: invalid argument: disk vdb was not found'],
  ['libvirt-disk-target-unknown', 'error: No found disk whose source path or target is vdb'],
  [
    'libvirt-session-daemon',
    "error: Failed to connect socket to '/run/user/1000/libvirt/virtqemud-sock': No such file or directory",
  ],
  [
    'libvirt-daemon-absent',
    "error: failed to connect to the hypervisor\nerror: Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory",
  ],
  [
    'libvirt-daemon-absent',
    "error: failed to connect to the hypervisor\nerror: Failed to connect socket to '/var/run/libvirt/virtqemud-sock': Connection refused",
  ],
  [
    'libvirt-pool-missing',
    "error: failed to get pool 'default'\nerror: Storage pool not found: no storage pool with matching name 'default'",
  ],
  [
    'libvirt-pool-missing',
    "error: Failed to start pool default\nerror: cannot open directory '/var/lib/libvirt/images': No such file or directory",
  ],
  [
    'libvirt-pool-conflict',
    "error: Failed to define pool from pool.xml\nerror: operation failed: Storage source conflict with pool: 'default'",
  ],
  [
    'libvirt-pool-conflict',
    "There was error while creating libvirt storage pool: Call to virStoragePoolDefineXML failed: operation failed: Storage source conflict with pool: 'images'",
  ],
  [
    'libvirt-volume-state',
    "error: Failed to create vol vm.qcow2\nerror: storage volume 'vm.qcow2' exists already",
  ],
  ['libvirt-volume-state', "error: internal error: pool 'data' has asynchronous jobs running."],
  [
    'libvirt-label-refused',
    "error: unable to set security context 'system_u:object_r:svirt_image_t:s0:c123,c456' on '/mnt/nfs/vm.img': Operation not supported",
  ],
  [
    'libvirt-apparmor-profile',
    "error: Failed to start domain 'vm1'\nerror: internal error: Unable to apply AppArmor profile",
  ],
  [
    'libvirt-apparmor-profile',
    "error: internal error: cannot load AppArmor profile 'libvirt-8c2a2ba8-bfd3-4a4a-8f2b-1e0c4a1b8b1a'",
  ],
  [
    'libvirt-hook-failed',
    'error: failed to create mount point for libvirt-guests: Hook script execution failed: internal error: Child process (LC_ALL=C PATH=/usr/bin /etc/libvirt/hooks/qemu vm1 prepare begin -) unexpected exit status 1',
  ],
  [
    'libvirt-hook-failed',
    'error: Failed to start domain win10\nerror: Hook script execution failed: internal error: Child process (LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/bin HOME=/ USER=root LOGNAME=root /etc/libvirt/hooks/qemu win10 prepare begin -) unexpected exit status 126: libvirt:  error : cannot execute binary /etc/libvirt/hooks/qemu: Permission denied',
  ],
  [
    'libvirt-remote-failed',
    'error: End of file while reading data: nc: unix connect failed: No such file or directory: Input/output error',
  ],
  [
    'libvirt-remote-failed',
    'error: Cannot recv data: Host key verification failed.: Connection reset by peer',
  ],
  ['libvirt-emulator-missing', 'error: internal error: Cannot find suitable emulator for x86_64'],
  [
    'libvirt-emulator-missing',
    'error: Cannot check QEMU binary /usr/libexec/qemu-kvm: No such file or directory',
  ],
  [
    'libvirt-session-bus',
    'Error starting domain: internal error: Unable to get session bus connection: Cannot spawn a message bus without a machine-id',
  ],
  [
    'libvirt-log-remark',
    'virtlogd[200]: Client hit max requests limit 1. This may result in keep-alive timeouts.',
  ],
  [
    'libvirt-log-remark',
    'libvirtd[700]: this function is not supported by the connection driver: virConnectGetCPUModelNames',
  ],
  ['libvirt-unknown-cause', 'error: An error occurred, but the cause is unknown'],
  [
    'libvirt-handle-stale',
    "error: Failed to start domain 'vm1'\nerror: unable to stat: /mnt/iso/x.iso: Stale file handle",
  ],
  ['libvirt-volume-denied', "error: cannot open volume '/dev/vg0/vm': Permission denied"],
  [
    'libvirt-network-range-taken',
    'error: Failed to start network default\nerror: internal error: Network is already in use by interface virbr0',
  ],
  [
    'libvirt-network-range-taken',
    'libvirt.libvirtError: internal error: Network is already in use by interface ens3',
  ],
  [
    'libvirt-bridge-name-taken',
    "error: Failed to define network from net.xml\nerror: operation failed: network 'default' already exists with uuid 1c2a",
  ],
  ['libvirt-bridge-name-taken', "error: internal error: bridge name 'virbr0' already in use."],
  [
    'libvirt-bridge-refused',
    'error: Failed to start network default\nerror: Unable to create bridge virbr0: Package not installed',
  ],
  [
    'libvirt-bridge-refused',
    "error: Failed to start domain 'vm'\nerror: Unable to add bridge virbr0 port vnet0: Operation not supported",
  ],
  [
    'libvirt-firewall-refused',
    "error: Failed to start network default\nerror: internal error: firewalld is set to use the nftables backend, but the required firewalld 'libvirt' zone is missing. Either set the firewalld backend to 'iptables', or ensure that firewalld has a 'libvirt' zone by upgrading firewalld to a version supporting rule priorities (0.7.0+) and/or rebuilding libvirt with --with-firewalld-zone",
  ],
  [
    'libvirt-firewall-refused',
    'error: Failed to start network default\nerror: internal error: Failed to initialize a valid firewall backend',
  ],
  [
    'libvirt-macvtap-refused',
    'error: error creating macvtap interface macvtap0@eno1 (52:54:00:aa:bb:cc): Device or resource busy',
  ],
  ['libvirt-macvtap-refused', 'error: Unable to get index for interface enp3s0: No such device'],
  [
    'libvirt-dnsmasq-refused',
    'error: Failed to start network default\nerror: internal error: Child process (VIR_BRIDGE_NAME=virbr0 /usr/sbin/dnsmasq --conf-file=/var/lib/libvirt/dnsmasq/default.conf --leasefile-ro --dhcp-script=/usr/lib/libvirt/libvirt_leaseshelper) unexpected exit status 2: \ndnsmasq: failed to create listening socket for 192.168.122.1: Address already in use',
  ],
  [
    'libvirt-image-confined',
    'audit: type=1400 audit(1600000000.123:45): apparmor="DENIED" operation="open" profile="libvirt-8c2a2ba8-bfd3-4a4a-8f2b-1e0c4a1b8b1a" name="/data/vm.qcow2" pid=1234 comm="qemu-system-x86" requested_mask="r" denied_mask="r" fsuid=64055 ouid=0',
  ],
  [
    'libvirt-image-confined',
    'type=AVC msg=audit(1600000000.123:45): avc:  denied  { read } for  pid=1234 comm="qemu-kvm" name="vm.qcow2" dev="dm-0" ino=123 scontext=system_u:system_r:svirt_t:s0:c1,c2 tcontext=unconfined_u:object_r:user_home_t:s0 tclass=file permissive=0',
  ],
  [
    'libvirt-tpm-failed',
    "error: Failed to start domain 'w11'\nerror: operation failed: swtpm died and reported:",
  ],
  [
    'libvirt-tpm-failed',
    "error: Failed to start domain 'w11'\nerror: internal error: Could not run '/usr/bin/swtpm_setup'. exitstatus: 1; Check error log '/var/log/swtpm/libvirt/qemu/w11-swtpm.log' for details.",
  ],
  [
    'libvirt-nvram-missing',
    "error: Failed to start domain 'a'\nerror: cannot open file '/var/lib/libvirt/qemu/nvram/a_VARS.fd': No such file or directory",
  ],
  [
    'libvirt-image-of-two',
    "error: Failed to start domain 'b'\nerror: Requested operation is not valid: Setting different SELinux label on /var/lib/libvirt/images/a.qcow2 which is already in use",
  ],
  [
    'libvirt-image-of-two',
    'error: Requested operation is not valid: Setting different DAC user or group on /vms/a.qcow2 which is already in use',
  ],
  [
    'libvirt-host-device-taken',
    'libvirt.libvirtError: internal error: Device 0000:0a:00.0 not found: could not access /sys/bus/pci/devices/0000:0a:00.0/config: No such file or directory',
  ],
  [
    'image-base-missing',
    "qemu-img: ovl.qcow2: Could not open '/images/base.qcow2': No such file or directory\nCould not open backing image.",
  ],
  [
    'image-base-missing',
    "qemu-img: Could not open 'vm.qcow2': Could not open backing file: Could not open 'base.qcow2': No such file or directory",
  ],
  [
    'image-write-limit',
    '$ qemu-img convert -O raw win.qcow2 /mnt/usb/win.raw\nqemu-img: error while writing at byte 4294966784: File too large',
  ],
  ['image-read-failed', 'qemu-img: error while reading at byte 123456: Input/output error'],
  ['image-format-unknown', "qemu-img: Image is not in raw format? Unknown file format 'vdmk'"],
  ['image-format-unknown', "qemu-img: Unknown file format 'img'"],
  ['image-format-cannot', 'qemu-img: This image format does not support checks'],
  [
    'image-format-cannot',
    'qemu-img: This image does not support resize\nqemu-img: Image format driver does not support resize',
  ],
  ['image-of-other-tool', "qemu-img: Could not open 'x.vmdk': invalid VMDK image descriptor"],
  [
    'image-of-other-tool',
    "qemu-img: Could not open 'disk.vhdx': VHDX image file 'disk.vhdx' opened read-only, but contains a log that needs to be replayed",
  ],
  ['image-tables-refused', "qemu-img: Could not open 'd.qcow2': L1 size too big"],
  [
    'image-tables-refused',
    "qemu-img: Could not open 'd.qcow2': qcow2: Image is corrupt: L2 table offset 0x2a2a2a00 unaligned (L1 index: 0); further non-fatal corruption events will be suppressed",
  ],
  [
    'image-feature-newer',
    "qemu-img: Could not open 'disk.qcow2': 'qcow2' version 3 requires feature: Unknown incompatible feature: 10",
  ],
  [
    'image-file-denied',
    "qemu-img: error while converting qcow2: Could not create 'out.qcow2': Permission denied",
  ],
  ['image-file-denied', "qemu-img: Could not open '/dev/sdb': Permission denied"],
  ['nbd-device-missing', 'qemu-nbd: Failed to open /dev/nbd0: No such file or directory'],
  ['nbd-device-missing', 'mount: /mnt: special device /dev/nbd0p1 does not exist.'],
  [
    'nbd-device-taken',
    'qemu-nbd: Failed to set NBD socket\nqemu-nbd: Disconnect client, due to: Failed to read request: Unexpected end-of-file before all bytes were read',
  ],
  [
    'nbd-device-taken',
    'Failed to set NBD socket\nDisconnect client, due to: Failed to send reply: Unable to write to socket: Broken pipe',
  ],
  [
    'storage-daemon-export',
    "qemu-storage-daemon: --export type=vhost-user-blk,id=e0,node-name=disk,addr.type=unix,addr.path=/tmp/vub.sock: Invalid parameter 'vhost-user-blk'",
  ],
  [
    'image-driver-unfit',
    'qemu-kvm: -blockdev {"driver":"file","filename":"/dev/vg/lv"}: \'file\' driver requires \'/dev/vg/lv\' to be a regular file',
  ],
  [
    'image-over-network',
    "qemu-img: Could not open 'https://cloud.debian.org/x.qcow2': CURL: Error opening file: The requested URL returned error: 404",
  ],
  [
    'image-check-clean',
    'No errors were found on the image.\n163840/163840 = 100.00% allocated, 0.00% fragmented, 0.00% compressed clusters\nImage end offset: 10739318784',
  ],
  ['image-directory-missing', "qemu-img: Could not create '/dev/vg0/lv': No such file or directory"],
  [
    'guestfs-kernel-unreadable',
    "cp: cannot open '/boot/vmlinuz-5.15.0-91-generic' for reading: Permission denied\nsupermin: cp -p '/boot/vmlinuz-5.15.0-91-generic' '/var/tmp/.guestfs-1000/appliance.d.abc/kernel': command failed, see earlier errors",
  ],
  [
    'guestfs-kernel-unreadable',
    "supermin: error: cp -p '/boot/vmlinuz-6.8.0-31-generic' '/var/tmp/.guestfs-1001/appliance.d.lz3/kernel': command failed, see earlier errors\ncp: cannot open '/boot/vmlinuz-6.8.0-31-generic' for reading: Permission denied",
  ],
  [
    'guestfs-no-kernel',
    'supermin: failed to find a suitable kernel (host_cpu=x86_64).\n\nI looked for kernels in /boot and modules in /lib/modules.',
  ],
  [
    'guestfs-appliance-by-libvirt',
    'virt-cat: error: libguestfs error: could not create appliance through libvirt.',
  ],
  ['guestfs-no-os', 'virt-customize: error: no operating systems were found in the guest image'],
  ['guestfs-no-os', 'virt-sysprep: error: no operating systems were found in the guest image'],
  [
    'guestfs-appliance-failed',
    'libguestfs: error: /usr/bin/supermin exited with error status 1.\nTo see full error messages you may need to enable debugging.\nDo:\n  export LIBGUESTFS_DEBUG=1 LIBGUESTFS_TRACE=1',
  ],
  [
    'guestfs-appliance-failed',
    'libguestfs: error: appliance closed the connection unexpectedly.\nThis usually means the libguestfs appliance crashed.',
  ],
  [
    'guestfs-fuse-refused',
    "fusermount: option allow_other only allowed if 'user_allow_other' is set in /etc/fuse.conf\nlibguestfs: error: fuse_mount: /mnt",
  ],
  ['guestfs-partition-missing', 'virt-resize: error: libguestfs error: /dev/sda2: not found on disk image'],
  [
    'guestfs-partition-missing',
    'virt-resize: error: /dev/sda3: partition not found in the source disk image',
  ],
  [
    'guestfs-architecture',
    'virt-customize: error: host cpu (x86_64) and guest arch (aarch64) are not compatible, so you cannot use command line options that involve running commands in the guest.',
  ],
  [
    'guestfs-command-failed',
    'virt-customize: error: dnf -y install qemu-guest-agent: command exited with an error',
  ],
  ['guestfs-image-full', 'virt-sparsify: error: /var/tmp: not enough free space on the temporary directory'],
  [
    'guestfs-image-full',
    'libguestfs: error: file receive cancelled by daemon: ext2: No space left on device',
  ],
  [
    'guestfs-builder-template',
    'virt-builder: error: cannot find os-version ‘ubuntu-22.04’ with architecture ‘x86_64’.\nUse --list to list available guest types.',
  ],
  [
    'guestfs-builder-template',
    "$ virt-builder fedora-38\nvirt-builder: error: curl (https://builder.libguestfs.org/index.asc) failed: exit code 22\ngpg: error running '/usr/bin/gpg-agent'",
  ],
  ['guestfs-network-helper', 'virt-df: warning: libguestfs: error: passt exited with status 1'],
  ['guestfs-network-helper', 'virt-customize: error: libguestfs error: passt exited with status 1'],
  [
    'virt-install-os-unknown',
    'ERROR    --os-variant/--osinfo OS name is required, but no value was set or detected.',
  ],
  [
    'virt-install-os-unknown',
    "ERROR    Unknown OS name 'ubuntu24.04'. See `--osinfo list` for valid values.",
  ],
  [
    'virt-install-location',
    "ERROR    Error validating install location: Could not find an installable distribution at 'http://archive.ubuntu.com/ubuntu/dists/jammy/main/installer-amd64/'",
  ],
  [
    'virt-install-location',
    "ERROR    unsupported format character\nERROR    Couldn't find hvm kernel for Ubuntu tree.",
  ],
  [
    'virt-install-path-closed',
    "WARNING  /home/user/iso/debian.iso may not be accessible by the hypervisor. You will need to grant the 'libvirt-qemu' user search permissions for the following directories: ['/home/user']",
  ],
  [
    'virt-install-no-viewer',
    "WARNING  Unable to connect to graphical console: virt-viewer not installed. Please install the 'virt-viewer' package.",
  ],
  ['virt-install-no-viewer', 'WARNING  No console to launch for the guest, defaulting to --wait -1'],
  ['virt-install-memory', 'ERROR    Requested memory is greater than maximum host memory'],
  [
    'virt-install-disk',
    "ERROR    Error: --disk size=20,path=/vms/a.img: Size must be specified for non existent volume 'a.img'",
  ],
  [
    'virt-install-disk',
    "ERROR    Disk /var/lib/libvirt/images/vm1.qcow2 is already in use by other guests ['vm0'].",
  ],
  [
    'virt-install-no-method',
    'ERROR    An install method must be specified\n(--location URL, --cdrom CD/ISO, --pxe, --import, --boot hd|cdrom|...)',
  ],
  [
    'virt-viewer-refused',
    'Error launching details: Error reading from server: spice: Could not connect to localhost: Connection refused',
  ],
  [
    'incus-no-vms',
    '$ lxc launch ubuntu:24.04 vm1 --vm\nError: Failed instance creation: Failed creating instance record: Instance type "virtual-machine" is not supported on this server: QEMU command not available for CPU architecture',
  ],
  [
    'incus-secure-boot',
    'Error: The image used by this instance is incompatible with secureboot. Please set security.secureboot=false on the instance',
  ],
  ['incus-agent-absent', "Error: LXD VM agent isn't currently running"],
  ['incus-agent-absent', "$ incus exec vm1 bash\nError: VM agent isn't currently running"],
  [
    'incus-storage-missing',
    'Error: Failed instance creation: No storage pool found. Please create a new storage pool',
  ],
  ['incus-storage-missing', 'Error: Failed getting root disk: No root device could be found'],
  [
    'manager-socket-closed-to-user',
    'Error: Get "http://unix.socket/1.0": dial unix /var/snap/lxd/common/lxd/unix.socket: connect: permission denied',
  ],
  [
    'manager-socket-closed-to-user',
    "launch failed: multipass socket access denied\nPlease check that you have read/write permissions to '/var/snap/multipass/common/multipass_socket'",
  ],
  [
    'multipass-failed',
    'launch failed: KVM support is not enabled on this machine.\nPlease ensure the following:',
  ],
  [
    'multipass-failed',
    'launch failed: The following errors occurred:\ntimed out waiting for initialization to complete',
  ],
  ['vagrant-provider-missing', 'No usable default provider could be found for your system.'],
  [
    'vagrant-provider-missing',
    "The provider 'libvirt' could not be found, but was requested to\nback the machine 'default'. Please use a provider that exists.",
  ],
  ['vagrant-box-provider', "The box you're attempting to add doesn't support the provider you requested."],
  [
    'vagrant-boot-timeout',
    'Timed out while waiting for the machine to boot. This means that\nVagrant was unable to communicate with the guest machine within\nthe configured ("config.vm.boot_timeout" value) time period.',
  ],
  [
    'incus-qemu-exited',
    'Error: Failed to run: forklimits limit=memlock:unlimited:unlimited fd=3 -- /usr/bin/qemu-system-x86_64 -S -name vm: : exit status 1',
  ],
  [
    'incus-qemu-exited',
    'LXD: Error: Failed instance creation: Failed to run: /snap/lxd/current/sbin/forklimits fd=3 limit=memlock:unlimited:unlimited -- /snap/lxd/1/bin/qemu-system-x86_64 -S -name v1 -uuid x -cpu host : exit status 1',
  ],
  [
    'libvirt-guest-address-unknown',
    "terraform: Error: couldn't retrieve IP address of domain id: x. Please check following: 1) is the domain running proplerly? 2) has the network interface an IP address?",
  ],
  ['proxmox-locked', "TASK ERROR: can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"],
  ['proxmox-locked', 'TASK ERROR: VM is locked (backup)'],
  ['proxmox-volume-missing', "TASK ERROR: volume 'local:iso/debian.iso' does not exist"],
  ['proxmox-volume-missing', "TASK ERROR: storage 'local-lvm' does not support content-type 'iso'"],
  [
    'proxmox-configuration-missing',
    "TASK ERROR: unable to find configuration file for VM 100 on node 'pve'\nTASK ERROR: Configuration file 'nodes/pve/qemu-server/100.conf' does not exist",
  ],
  ['proxmox-no-answer', 'TASK ERROR: timeout waiting on systemd'],
  [
    'proxmox-no-answer',
    "TASK ERROR: start failed: command '/usr/bin/kvm -id 101 -name test' failed: got timeout",
  ],
  [
    'lvm-thin-pool-trouble',
    "TASK ERROR: activating LV 'pve/vm-100-disk-0' failed:   Activation of logical volume pve/vm-100-disk-0 is prohibited while logical volume pve/data_tmeta is active.",
  ],
  [
    'lvm-thin-pool-trouble',
    "lvcreate 'pve/vm-101-disk-0' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold.",
  ],
  ['proxmox-no-quorum', 'cluster not ready - no quorum? (500)'],
  ['proxmox-qemu-exited', 'TASK ERROR: start failed: QEMU exited with code 1'],
  [
    'proxmox-scope-left',
    'TASK ERROR: start failed: org.freedesktop.systemd1.UnitExists: Unit 100.scope was already loaded or has a fragment file.',
  ],
  ['lvm-volume-absent', 'TASK ERROR: no such logical volume pve/vm-102-disk-1'],
  [
    'lvm-volume-absent',
    "TASK ERROR: can't activate LV '/dev/pve/vm-100-disk-0':   Failed to find logical volume \"pve/vm-100-disk-0\"",
  ],
]

/** Beside a run of Cloud Hypervisor these are taken for words of the ch driver. */
const ofOtherDrivers: Texts = [
  [
    'libvirt-kvm-unusable',
    "error: unsupported configuration: Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'kvm'",
  ],
  ['libvirt-kvm-unusable', 'error: invalid argument: could not find capabilities for domaintype=kvm'],
  [
    'libvirt-xml-refused',
    'error: XML error: Missing machine type / unknown element\nerror: (domain_definition):12: Opening and ending tag mismatch: disk line 10 and devices',
  ],
  ['libvirt-domain-unknown', "$ virsh start vm9\nerror: failed to get domain 'vm9'"],
  ['libvirt-domain-unknown', "error: Domain not found: no domain with matching name 'web01'"],
  ['libvirt-domain-other-state', 'error: Requested operation is not valid: domain is not running'],
  ['libvirt-domain-other-state', 'error: Domain is already active'],
  [
    'libvirt-owner-refused',
    "error: Failed to set permissions: unable to set user and group to '64055:108' on '/mnt/cifs/disk.qcow2': Operation not permitted",
  ],
  [
    'libvirt-owner-refused',
    'error: Unable to set XATTR trusted.libvirt.security.dac on /var/lib/libvirt/qemu: Operation not permitted',
  ],
  [
    'libvirt-limits-refused',
    "error: Failed to start domain 'vm'\nerror: Failed to create v1 controller cpu for group: No such file or directory",
  ],
  [
    'libvirt-limits-refused',
    'error: cannot limit core file size of process 1234 to 0: Operation not permitted',
  ],
  [
    'libvirt-function-missing',
    'error: this function is not supported by the connection driver: virDomainSnapshotCreateXML',
  ],
]

export const virtExamples = printed(texts)
export const otherDriverExamples = printed(ofOtherDrivers)
