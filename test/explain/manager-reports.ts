/** What people paste of managers of VMs, images and other architectures, and what works. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  [
    'mount-refused-afterwards',
    'mount[7]: mount: /srv/share: filesystem was mounted, but any subsequent operation failed: Operation not permitted.',
  ],
  [
    'firecracker-terminal-refused',
    "[vm:main:WARN:src/vmm/src/builder.rs:172] Cannot set raw mode for the terminal. Error(5)\nthread 'main' panicked at 'Jailer error: Failed to daemonize: setsid: Operation not permitted (os error 1)', src/jailer/src/main.rs:376:27",
  ],
  [
    'guest-virtiofs-too-early',
    '[3.0] virtiofs: tag <root> not found\n[3.2] virtiofs virtio7: discovered new tag: root',
  ],
  [
    'kvm-of-other-architecture',
    'qemu-system-x86_64: -machine accel=kvm: no accelerator found\n$ uname -m\naarch64',
  ],
  [
    'qemu-option-in-file-name',
    "qemu-system-x86_64: -drive if=virtio,file=/srv/a.qcow2: Could not open '/srv/a.qcow2,cache=none': No such file or directory",
  ],
  ['qemu-memory-unaligned', 'qemu-system-ppc64: Memory size 0x90100000 is not aligned to 256 MiB'],
  [
    'qemu-cpu-property-foreign',
    "qemu-system-aarch64: can't apply global host-arm-cpu.vmx=off: Property 'host-arm-cpu.vmx' not found",
  ],
  [
    'qemu-flash-size',
    'qemu-system-aarch64: device requires 67108864 bytes, block backend provides 2097152 bytes',
  ],
  [
    'qemu-pmu-interrupt',
    'qemu-kvm: PMU: KVM_SET_DEVICE_ATTR: Invalid argument\nqemu-kvm: failed to set irq for PMU',
  ],
  [
    'qemu-aio-unknown',
    "qemu-system-x86_64: -blockdev driver=file,aio=io_uring: Parameter 'aio' does not accept value 'io_uring'",
  ],
  [
    'libvirt-session-no-home',
    "error: Cannot create user runtime directory '/nonexistent/.cache/libvirt': Permission denied",
  ],
  ['libvirt-console-no-pty', 'error: internal error: character device serial0 is not using a PTY'],
  ['kvm-arm32-cpu', '[    1.2] kvm [1]: Error, CPU 0 not supported!'],
  ['kernel-file-cut-off', 'readelf: Error: Reading 1792 bytes extends past end of file for section headers'],
  [
    'hugepages-partly-reserved',
    'Succesfully allocated 900 / 4096\nNot able to allocate all hugepages. Reverting...',
  ],
  [
    'nft-reserved-word',
    'Failed to run: nft -f -: exit status 1 (/dev/stdin:5:6-9: Error: syntax error, unexpected list\noifname list masquerade',
  ],
  [
    'device-mapper-hash-missing',
    'device-mapper: table: 252:0: verity: Cannot initialize hash function (-ENOENT)',
  ],
  ['guest-waits-for-random', '# cat /proc/9/stack\n[<0>] wait_for_random_bytes+0x57/0x60'],
  [
    'ssh-keys-empty',
    '2025-01-01 07:31:29,361 - util.py[DEBUG]: Writing to /home/debian/.ssh/authorized_keys - wb: [600] 0 bytes',
  ],
  [
    'kubevirt-root-mount-unknown',
    '{"component":"virt-handler","level":"info","msg":"re-enqueuing VirtualMachineInstance a/b","reason":"failed to detect root mount point of containerDisk d on the node: no mount containing / found"}',
  ],
  ['k3s-config-root-only', 'error: open /etc/rancher/k3s/k3s.yaml: permission denied'],
  ['kata-plugin-unknown', 'Can not find plugin for hypervisor cloud-hypervisor'],
  [
    'libvirt-virtiofs-session',
    'error: unsupported configuration: virtiofs is not yet supported in session mode\nFailed. Try again? [y,n,i,f,?]:',
  ],
  [
    'libvirt-tool-not-executed',
    'error: Failed to start network lab\nerror: internal error: Failed to apply firewall rules /usr/sbin/iptables -w --table filter --list-rules:\nlibvirt: error : cannot execute binary /usr/sbin/iptables: Permission denied',
  ],
  [
    'vgpu-start-failed',
    '[ 812.1] [nvidia-vgpu-vfio] 5b0e9ff1-b292-474e-aaf4-58e863ae2053: start failed. status: 0x1\nqemu-system-x86_64: -device vfio-pci: error getting device from group 9: Input/output error',
  ],
  [
    'dragonball-memory-size',
    'failed to create shim task: Others("start vm: set vm configuration: vmm action error: MachineConfig(InvalidMemorySize(2049))")',
  ],
  [
    'cgroup-cpuset-empty',
    'OCI runtime create failed: write /sys/fs/cgroup/cpu/mine/3f2a/tasks: no space left on device: unknown (kata-runtime)',
  ],
  [
    'firecracker-guest-ended',
    'Unexpected exit reason on vcpu run: Shutdown\nKilling vCPU threads\nFirecracker exiting successfully. exit_code=0',
  ],
  [
    'libvirt-image-denied',
    'Error starting domain: internal error: process exited while connecting to monitor: 2023-04-12T09:11:21.812381Z qemu-system-x86_64: -blockdev {"driver":"file","filename":"/home/joe/VMs/win10.qcow2","node-name":"libvirt-1-storage","auto-read-only":true,"discard":"unmap"}: Could not open \'/home/joe/VMs/win10.qcow2\': Permission denied\n\nTraceback (most recent call last):\n  File "/usr/share/virt-manager/virtManager/asyncjob.py", line 72, in cb_wrapper\n    callback(asyncjob, *args, **kwargs)\n  File "/usr/share/virt-manager/virtManager/object/domain.py", line 1402, in startup\n    self._backend.create()\n  File "/usr/lib/python3/dist-packages/libvirt.py", line 1353, in create\n    raise libvirtError(\'virDomainCreate() failed\')\nlibvirt.libvirtError: internal error: process exited while connecting to monitor',
  ],
  [
    'libvirt-network-off-shown',
    '$ virsh net-list --all\n Name      State      Autostart   Persistent\n----------------------------------------------\n default   inactive   no          yes',
  ],
  [
    'libvirt-no-address-shown',
    '$ virsh list\n Id   Name     State\n------------------------\n 3    debian   running\n\n$ virsh domifaddr debian\n Name       MAC address          Protocol     Address\n-------------------------------------------------------------------------------\n\n$ virsh net-dhcp-leases default\n Expiry Time   MAC address   Protocol   IP address   Hostname   Client ID or DUID\n-----------------------------------------------------------------------------------',
  ],
  [
    'virsh-console-silent',
    "$ virsh console ubuntu22\nConnected to domain 'ubuntu22'\nEscape character is ^] (Ctrl + ])",
  ],
  [
    'qemu-img-shrink',
    "$ qemu-img resize vm.qcow2 10G\nqemu-img: Use the --shrink option to perform a shrink operation.\nqemu-img: warning: Shrinking an image will delete all data beyond the shrunken image's end. Before performing such an operation, make sure there is no important data there.",
  ],
  [
    'qemu-img-has-snapshots',
    "$ qemu-img resize vm.qcow2 +20G\nqemu-img: Can't resize an image which has snapshots",
  ],
  [
    'image-backing-missing',
    "qemu-system-x86_64: -hda overlay.qcow2: Could not open backing file: Could not open 'ubuntu-base.img': No such file or directory",
  ],
  [
    'mount-image-has-partitions',
    '$ sudo mount -o loop disk.img /mnt\nmount: /mnt: wrong fs type, bad option, bad superblock on /dev/loop0, missing codepage or helper program, or other error.\n$ fdisk -l disk.img\nDisk disk.img: 10 GiB, 10737418240 bytes, 20971520 sectors\nUnits: sectors of 1 * 512 = 512 bytes\nDevice     Boot   Start      End  Sectors  Size Id Type\ndisk.img1  *       2048  1050623  1048576  512M 83 Linux\ndisk.img2       1050624 20969471 19918848  9.5G 8e Linux LVM',
  ],
  [
    'loop-partition-node-missing',
    'losetup: disk.img: failed to set up loop device: No such file or directory\n+ mount /dev/loop0p1 /mnt\nmount: /mnt: special device /dev/loop0p1 does not exist.',
  ],
  [
    'libvirt-two-connections',
    '$ virsh list --all\n Id   Name   State\n--------------------\n\n$ sudo virsh list --all\n Id   Name      State\n--------------------------\n -    ubuntu    shut off',
  ],
  [
    'libvirt-migration-disk-missing',
    "$ virsh migrate --live vm1 qemu+ssh://host2/system\nerror: Cannot access storage file '/var/lib/libvirt/images/vm1.qcow2': No such file or directory",
  ],
  [
    'vagrant-plugin-library',
    "Vagrant failed to install the requested plugin because it depends\non development files for a library which is not currently installed\non this system. The following library is required by the 'vagrant-libvirt' plugin:\n\n  libvirt\n\nIf a package manager is used on this system, please install the development\npackage for the library.",
  ],
  [
    'vagrant-exports-invalid',
    'NFS is reporting that your exports file is invalid. Vagrant does\nthis check before making any changes to the file. Please correct\nthe issues below and execute "vagrant reload":\n\nexports:2: unknown option "nohide"',
  ],
  [
    'virtualbox-network-range',
    'The IP address configured for the host-only network is not within the\nallowed ranges. Please update the address used to be within the allowed\nranges and run the command again.\n\n  Address: 192.168.33.10\n  Ranges: 192.168.56.0/21',
  ],
  [
    'proxmox-kvm-unavailable',
    'TASK ERROR: KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.',
  ],
  [
    'proxmox-container-start',
    'run_buffer: 321 Script exited with status 255\nlxc_init: 847 Failed to run lxc.hook.pre-start for container "105"\n__lxc_start: 2008 Failed to initialize container "105"\nTASK ERROR: startup for container \'105\' failed',
  ],
  [
    'incus-kvm-missing',
    '$ incus launch images:debian/12 v1 --vm\nError: Failed instance creation: Failed creating instance record: Instance type "virtual-machine" is not supported on this server: KVM support is missing (no /dev/kvm)',
  ],
  ['seed-tool-absent', '$ cloud-localds seed.img user-data\ncloud-localds: command not found'],
  [
    'seed-tool-absent',
    '$ mkisofs -output cidata.iso -volid cidata -joliet -rock user-data meta-data\nzsh: command not found: mkisofs',
  ],
  [
    'swtpm-state-denied',
    'Starting vTPM manufacturing as tss:tss @ Thu 01 Sep 2022 09:14:06 PM\nNeed read/write rights on statedir /var/lib/libvirt/swtpm/2a0e/tpm2 for user tss.',
  ],
  [
    'chroot-other-architecture',
    "$ sudo chroot rootfs-arm64 /bin/bash\nchroot: failed to run command '/bin/bash': Exec format error",
  ],
  [
    'container-other-architecture',
    "$ docker run --rm -it arm64v8/debian uname -m\nWARNING: The requested image's platform (linux/arm64/v8) does not match the detected host platform (linux/amd64/v3) and no specific platform was requested\nexec /usr/bin/uname: exec format error",
  ],
  [
    'qemu-user-loader-missing',
    "$ qemu-aarch64 ./hello\nqemu-aarch64: Could not open '/lib/ld-linux-aarch64.so.1': No such file or directory",
  ],
  [
    'qemu-user-crashed',
    'Setting up libc-bin (2.31-13+deb11u5) ...\nqemu: uncaught target signal 11 (Segmentation fault) - core dumped\nSegmentation fault (core dumped)\ndpkg: error processing package libc-bin (--configure):',
  ],
  [
    'chroot-shell-missing',
    '# chroot /mnt/root\nchroot: failed to run command ‘/bin/bash’: No such file or directory',
  ],
  [
    'guestfs-image-denied',
    "virt-customize: error: libguestfs error: could not create appliance through libvirt.\n\nTry running qemu directly without libvirt using this environment variable:\nexport LIBGUESTFS_BACKEND=direct\n\nOriginal error from libvirt: internal error: process exited while connecting to monitor: Could not open '/tmp/x/overlay1.qcow2': Permission denied [code=1 int1=-1]",
  ],
  [
    'guestfs-image-locked',
    'virt-sysprep: error: libguestfs error: guestfs_launch failed, unexpected earlier error. Failed to get "write" lock. Is another process using the image [/var/lib/libvirt/images/a.qcow2]?',
  ],
  [
    'virt-resize-no-method',
    'virt-resize: error: unknown/unavailable method for expanding the xfs filesystem on /dev/sda2',
  ],
  ['qemu-vnc-in-place-of-window', '$ qemu-system-x86_64 -hda disk.img\nVNC server running on ::1:5900'],
  ['qemu-bios-missing', "qemu: could not load PC BIOS 'bios-256k.bin'"],
  [
    'ansible-python-library',
    'fatal: [kvmhost]: FAILED! => {"changed": false, "msg": "The `libvirt` module is not importable. Check the requirements."}',
  ],
  [
    'proxmox-login-refused',
    'fatal: [localhost]: FAILED! => {"changed": false, "msg": "authorization on proxmox cluster failed with exception: Couldn\'t authenticate user: root@pam to https://10.0.0.5:8006/api2/json/access/ticket"}',
  ],
  [
    'proxmox-permission',
    'Error: error creating VM: received an HTTP 403 response - Reason: Permission check failed (/vms/100, VM.Config.Disk)',
  ],
  [
    'seed-tool-absent',
    'Error: error while starting the creation of CloudInit\'s ISO image: exec: "mkisofs": executable file not found in $PATH\n\n  with libvirt_cloudinit_disk.commoninit,',
  ],
  [
    'disk-format-misnamed',
    "    <disk type='file' device='disk'>\n      <driver name='qemu' type='raw'/>\n      <source file='/var/lib/libvirt/images/debian-12-generic-amd64.qcow2'/>\n      <target dev='vda' bus='virtio'/>\n    </disk>\n\nSeaBIOS: Boot failed: not a bootable disk\nNo bootable device.",
  ],
  ['virt-clone-running', 'ERROR    Domain with devices to clone must be paused or shutoff.'],
  [
    'libvirt-image-denied',
    'The emulator may not have search permissions for the path \'/home/anna/isos/Fedora.iso\'.\n\nUnable to complete install: \'internal error: process exited while connecting to monitor: 2024-02-01T10:33:21.918Z qemu-system-x86_64: -blockdev {"driver":"file","filename":"/home/anna/isos/Fedora.iso","node-name":"libvirt-1-storage","auto-read-only":true,"discard":"unmap"}: Could not open \'/home/anna/isos/Fedora.iso\': Permission denied\'',
  ],
  [
    'libvirt-block-job-unready',
    "$ virsh blockcommit web vda --active --pivot\nerror: block copy still active: disk 'vda' not ready for pivot yet",
  ],
  [
    'libvirt-snapshot-record-only',
    "error: Failed to delete snapshot s1\nerror: internal error: unable to execute QEMU command 'snapshot-delete': Device 'drive-virtio-disk0' does not have the requested snapshot 's1'",
  ],
  [
    'disk-attached-as-raw',
    '$ virsh attach-disk web /var/lib/libvirt/images/data.qcow2 vdb --persistent\nDisk attached successfully\nguest$ lsblk /dev/vdb\nNAME MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\nvdb  252:16   0  193K  0 disk',
  ],
  ['proxmox-id-taken', "unable to create VM 100 - VM 100 already exists on node 'pve'"],
  [
    'proxmox-subscription-repository',
    "E: Failed to fetch https://enterprise.proxmox.com/debian/pve/dists/bookworm/InRelease  401  Unauthorized [IP: 51.91.38.34 443]\nE: The repository 'https://enterprise.proxmox.com/debian/pve bookworm InRelease' is not signed.",
  ],
  [
    'proxmox-cluster-ssh',
    "2024-01-02 11:02:11 # /usr/bin/ssh -e none -o 'BatchMode=yes' -o 'HostKeyAlias=pve2' root@10.0.0.12 /bin/true\n2024-01-02 11:02:11 Host key verification failed.\n2024-01-02 11:02:11 ERROR: migration aborted (duration 00:00:00): Can't connect to destination address using public key\nTASK ERROR: migration aborted",
  ],
  [
    'packer-image-gone',
    'qemu.ubuntu: output will be in this color.\n==> qemu.ubuntu: Retrieving ISO\n==> qemu.ubuntu: Trying https://releases.ubuntu.com/22.04/ubuntu-22.04.1-live-server-amd64.iso\n==> qemu.ubuntu: Download failed bad response code: 404\n==> qemu.ubuntu: error downloading ISO: [bad response code: 404]',
  ],
  [
    'terraform-provider-source',
    'Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for provider hashicorp/libvirt: provider registry registry.terraform.io does not have a provider named registry.terraform.io/hashicorp/libvirt',
  ],
  ['vagrant-volume-left', "Volume for domain is already created. Please run 'vagrant destroy' first."],
  [
    'lvm-group-name-twice',
    '# vgchange -ay\n  WARNING: VG name ubuntu-vg is used by VGs 8JrQqz-xxx and 9Fkd2a-yyy.\n  Fix duplicate VG names with vgrename uuid, a device filter, or system IDs.',
  ],
  [
    'nbd-still-held',
    '$ sudo qemu-nbd -d /dev/nbd0\n/dev/nbd0 disconnected\n$ lsblk /dev/nbd0\nNAME                   MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nnbd0                    43:0    0  20G  0 disk\n└─nbd0p3                43:3    0  19G  0 part\n  └─ubuntu--vg-ubuntu--lv 253:3 0  10G  0 lvm',
  ],
  [
    'chroot-other-architecture',
    'E: qemu-user-static: arm64 can neither be executed natively nor via qemu user emulation with binfmt_misc',
  ],
  [
    'container-other-architecture',
    'error: creating build container: ... \nSTEP 3/5: RUN apt-get update\nexec container process `/bin/sh`: Exec format error\nError: building at STEP "RUN apt-get update": while running runtime: exit status 1',
  ],
  [
    'libvirt-address-twice',
    'error: XML error: Attempted double use of PCI Address 0000:00:05.0\nFailed. Try again? [y,n,i,f,?]:',
  ],
  [
    'virt-viewer-no-screen',
    "$ virt-viewer vm\n(virt-viewer:4821): virt-viewer-WARNING **: vm: Guest does not have a graphic display; can't connect",
  ],
  [
    'virt-install-console-argument',
    "$ virt-install --name c9 --memory 2048 --vcpus 2 --disk size=20 --location http://mirror/BaseOS/x86_64/os/ --graphics none\nStarting install...\nRetrieving 'vmlinuz'                       |  12 MB  00:00:01\nConnected to domain 'c9'\nEscape character is ^] (Ctrl + ])",
  ],
  [
    'libvirt-saved-state-unfit',
    "error: Failed to start domain 'w'\nerror: operation failed: job 'restore' failed: 'pc-q35-5.2' machine type mismatch: load of migration failed: Invalid argument",
  ],
  [
    'incus-image-unknown',
    'Error: Failed instance creation: Failed getting remote image info: Failed getting image: The requested image couldn\'t be found for fingerprint "ubuntu/24.04"',
  ],
  [
    'incus-image-unknown',
    "Error: Failed instance creation: Failed getting remote image info: Failed getting image: The requested image couldn't be found\n$ lxc launch images:debian/12 v1 --vm",
  ],
  [
    'proxmox-volume-taken',
    "TASK ERROR: volume 'local-lvm:vm-100-disk-0' already exists\nWARN: no efidisk configured! Using temporary efivars disk.",
  ],
  [
    'proxmox-no-shrink',
    '# qm disk resize 100 scsi0 -10G\nunable to parse size string / shrinking disks is not supported',
  ],
  [
    'proxmox-backup-target',
    'ERROR: Backup of VM 102 failed - vma_queue_write: write error - Broken pipe\nINFO: Failed at 2024-05-01 02:11:40\nERROR: job errors',
  ],
  ['proxmox-container-release', "TASK ERROR: unable to create CT 200 - unsupported debian version '13.0'"],
  [
    'mount-of-qcow2',
    '$ sudo mount -o loop ubuntu.qcow2 /mnt\nmount: /mnt: wrong fs type, bad option, bad superblock on /dev/loop3, missing codepage or helper program, or other error.',
  ],
  [
    'chroot-other-architecture',
    "chroot: failed to run command '/debootstrap/debootstrap': Exec format error\nE: debootstrap exited with code 126",
  ],
  [
    'binfmt-no-emulator',
    'update-binfmts: warning: qemu-aarch64: no executable /usr/bin/qemu-aarch64-static found',
  ],
  [
    'container-other-architecture',
    'ERROR: failed to solve: process "/bin/sh -c apt-get update" did not complete successfully: exit code: 255\n#9 0.243 exec /bin/sh: exec format error',
  ],
  [
    'libvirt-cd-missing',
    "error: Failed to start domain 'web'\nerror: Cannot access storage file '/home/u/Downloads/ubuntu-22.04.iso' (as uid:64055, gid:108): No such file or directory",
  ],
  [
    'libvirt-pool-full',
    'error: cannot upload to volume debian.qcow2\nerror: cannot close volume debian.qcow2\nerror: Cannot recv data: No space left on device',
  ],
  [
    'seed-label-unset',
    '$ genisoimage -o seed.iso user-data meta-data\nTotal translation table size: 0\n183 extents written (0 MB)',
  ],
  [
    'windows-setup-no-drive',
    "<target dev='vda' bus='virtio'/>\nWindows Setup: No drives were found. Click Load driver to provide a mass storage driver for installation.",
  ],
  [
    'libvirt-image-denied',
    "erreur : Impossible de démarrer le domaine 'vm'\nerreur : erreur interne : le processus s'est terminé pendant la connexion au moniteur : Could not open '/home/luc/vm.qcow2': Permission non accordée",
  ],
  [
    'virsh-missing',
    '🤷  Exiting due to PROVIDER_KVM2_NOT_FOUND: The \'kvm2\' provider was not found: exec: "virsh": executable file not found in $PATH',
  ],
  [
    'ovirt-storage-denied',
    'VM web is down with error. Exit message: internal error: qemu unexpectedly closed the monitor: qemu-kvm: -drive file=/rhev/data-center/mnt/nfs/..: Could not open: Permission denied.',
  ],
  [
    'qemu-display-not-initialised',
    'qemu-system-aarch64 -M virt -cpu host -accel hvf -m 4G -cdrom ubuntu-arm64.iso\n(only: "Guest has not initialized the display (yet).")',
  ],
  [
    'pvresize-not-a-volume',
    '$ sudo pvresize /dev/sda\n  Failed to find physical volume "/dev/sda".\n  0 physical volume(s) resized or updated / 0 physical volume(s) not resized',
  ],
  [
    'lvreduce-asks',
    '  WARNING: Reducing active and open logical volume to 5.00 GiB.\n  THIS MAY DESTROY YOUR DATA (filesystem etc.)\nDo you really want to reduce vg/lv? [y/n]:',
  ],
  ['lvm-volume-of-group', '  Can\'t initialize physical volume "/dev/sdb" of volume group "vg0" without -ff'],
  ['swtpm-state-newer', 'kvm: tpm-emulator: TPM result for CMD_INIT: 0x101 operation failed'],
  [
    'swtpm-state-newer',
    'swtpm_setup: Could not start swtpm: TPM emulator: libtpms/tpm2: Error: state blob version unsupported',
  ],
  [
    'libvirt-pool-off-shown',
    '$ virsh pool-list --all\n Name      State      Autostart\n---------------------------------\n images    inactive   no',
  ],
  ['libvirt-domain-paused-shown', '$ virsh domstate web --reason\npaused (I/O error)'],
  [
    'proxmox-storage-off-shown',
    '# pvesm status\nName             Type     Status           Total            Used       Available        %\nbackup            nfs   inactive               0               0               0    0.00%',
  ],
  [
    'libvirt-network-off-shown',
    '$ virsh net-list --all\n Name      Status     Automatischer Start   Persistent\n default   inaktiv   nein   ja',
  ],
]

export const managerReports = printed(texts)

/** Tables and commands of hosts on which nothing failed. */
export const healthyManagers: readonly string[] = [
  '$ virsh net-list --all\n Name      State    Autostart   Persistent\n--------------------------------------------\n default   active   yes         yes',
  '$ virsh pool-list --all\n Name      State    Autostart\n-------------------------------\n default   active   yes',
  '$ virsh list --all\n Id   Name     State\n-------------------------\n 1    web      running\n -    db       shut off',
  '$ virsh domifaddr web\n Name       MAC address          Protocol     Address\n-------------------------------------------------------------------------------\n vnet0      52:54:00:4b:1f:11    ipv4         192.168.122.31/24',
  "$ virsh console web\nConnected to domain 'web'\nEscape character is ^] (Ctrl + ])\n\nDebian GNU/Linux 12 web ttyS0\n\nweb login:",
  "$ virsh shutdown web\nDomain 'web' is being shutdown\n$ virsh list --all\n Id   Name   State\n-----------------------\n -    web    shut off",
  "<disk type='file' device='disk'>\n  <driver name='qemu' type='raw'/>\n  <source file='/var/lib/libvirt/images/web.raw'/>\n  <target dev='vda' bus='virtio'/>\n</disk>\n<disk type='file' device='disk'>\n  <driver name='qemu' type='qcow2'/>\n  <source file='/var/lib/libvirt/images/web.qcow2'/>\n</disk>",
  '$ genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data\nTotal translation table size: 0\nTotal rockridge attributes bytes: 331\n183 extents written (0 MB)',
  '$ lsblk\nNAME    MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\nvda     252:0    0   40G  0 disk\n├─vda1  252:1    0 39.9G  0 part /\n└─vda15 252:15   0  106M  0 part /boot/efi',
  '$ lsblk\nNAME   MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\nsda      8:0    0  100G  0 disk\n├─sda1   8:1    0    8G  0 part /\n└─sda2   8:2    0   92G  0 part /home',
  '$ sudo qemu-nbd -d /dev/nbd0\n/dev/nbd0 disconnected\n$ lsblk /dev/nbd0\nNAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nnbd0  43:0    0   0B  0 disk',
  '$ df -h /\nFilesystem                         Size  Used Avail Use% Mounted on\n/dev/mapper/ubuntu--vg-ubuntu--lv   38G   12G   24G  34% /\n$ sudo vgs\n  VG        #PV #LV #SN Attr   VSize   VFree\n  ubuntu-vg   1   1   0 wz--n- <38.00g    0',
  '# pvesm status\nName             Type     Status           Total            Used       Available        %\nlocal             dir     active        98497780        12318080        81130152   12.51%\nlocal-lvm     lvmthin     active       141557760        50111447        91446312   35.40%',
  '$ qemu-img resize vm.qcow2 +10G\nImage resized.',
  '$ sudo virsh net-start default\nNetwork default started',
  '$ terraform apply\nlibvirt_domain.vm: Creation complete after 2s [id=3f1]\nApply complete! Resources: 3 added, 0 changed, 0 destroyed.',
  '$ docker run --privileged --rm tonistiigi/binfmt --install all\ninstalling: arm64 OK',
  '# mmdebstrap --arch=arm64 bookworm root.tar\nI: arm64 cannot be executed natively, but transparently using qemu-user binfmt emulation\nI: success in 312.1204 seconds',
  "$ virsh suspend web\nDomain 'web' suspended\n$ virsh list\n Id   Name   State\n----------------------\n 1    web    paused",
  '$ sudo losetup -fP --show disk.raw\n/dev/loop0\n$ lsblk /dev/loop0\nNAME      MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nloop0       7:0    0   2G  0 loop\n└─loop0p1 259:0    0   2G  0 part',
  '$ virsh attach-disk web /data/d.qcow2 vdb --driver qemu --subdriver qcow2\nDisk attached successfully\nguest# lsblk /dev/vdb\nvdb  252:16   0  10G  0 disk',
]
