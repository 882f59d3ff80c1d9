/** Whole reports of hosts and builds: of each cause that the surroundings of a message decide. */
import { printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  ['cargo-not-in-path', '$ sudo cargo build --release\nsudo: cargo: command not found'],
  [
    'cargo-not-in-path',
    "$ curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y\n$ cargo build\nbash: cargo: command not found",
  ],
  [
    'rustup-toolchain-missing',
    "error: toolchain '1.83.0-x86_64-unknown-linux-gnu' is not installed\nhelp: run `rustup toolchain install` to install it",
  ],
  [
    'rustup-toolchain-missing',
    "error: toolchain 'nightly-2024-05-01-x86_64-unknown-linux-gnu' is not installed",
  ],
  [
    'rust-lint-denied',
    'error: this `if` statement can be collapsed\n   = note: `-D clippy::collapsible-if` implied by `-D warnings`\n##[error]Process completed with exit code 101.',
  ],
  [
    'commit-not-signed-off',
    "1: UC1 Body does not contain a 'Signed-off-by' line\n##[error]Process completed with exit code 1.",
  ],
  ['commit-not-signed-off', 'Sign-off check: DCO missing in commit 1a2b3c'],
  [
    'cargo-vendor-incomplete',
    'error: no matching package named `vm-memory` found\nlocation searched: directory source `/build/vendor` (which is replacing registry `crates-io`)',
  ],
  [
    'container-other-architecture',
    'exec /usr/bin/sh: exec format error\nERROR: failed to solve: process "/bin/sh -c apt-get update" did not complete successfully: exit code: 255',
  ],
  [
    'container-other-architecture',
    '#8 [2/5] RUN apt-get update\n#8 0.312 exec /bin/sh: exec format error\n#8 ERROR: process "/bin/sh -c apt-get update" did not complete successfully: exit code: 1',
  ],
  [
    'kernel-target-of-other-architecture',
    "$ make Image -j8\nmake: *** No rule to make target 'Image'.  Stop.\n$ uname -m\nx86_64",
  ],
  [
    'kernel-target-of-other-architecture',
    "make[1]: *** No rule to make target 'bzImage'.  Stop.\n$ uname -m\naarch64",
  ],
  [
    'cross-tool-missing',
    '$ make ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- Image\nmake: aarch64-linux-gnu-gcc: No such file or directory',
  ],
  [
    'cross-tool-missing',
    '$ build -a AARCH64 -t GCC5 -p ArmVirtPkg/ArmVirtCloudHv.dsc\n/bin/sh: 1: aarch64-linux-gnu-gcc: not found',
  ],
  [
    'linker-rwx-note',
    "ld: vmlinux: section `.vmlinux.info' ... \nld: warning: vmlinux has a LOAD segment with RWX permissions",
  ],
  [
    'package-renamed',
    "$ sudo apt install qemu-kvm libvirt-bin bridge-utils\nPackage libvirt-bin is not available, but is referred to by another package.\nThis may mean that the package is missing, has been obsoleted, or\nis only available from another source\nE: Package 'libvirt-bin' has no installation candidate",
  ],
  ['package-renamed', "E: Package 'qemu-kvm' has no installation candidate"],
  [
    'virtiofsd-call-of-old',
    "$ /usr/libexec/virtiofsd --socket-path=/tmp/vfs -o source=/srv -o cache=always -f\nerror: unexpected argument '-f' found",
  ],
  [
    'virtiofsd-call-of-old',
    "$ /usr/libexec/virtiofsd --socket-path=/run/vfs.sock -o source=/srv,cache=auto\nerror: Found argument '-o' which wasn't expected, or isn't valid in this context",
  ],
  [
    'virtiofsd-not-in-path',
    '$ virtiofsd --socket-path=/tmp/vfs --shared-dir=/srv\nvirtiofsd: command not found\n$ dpkg -L virtiofsd | grep bin',
  ],
  [
    'virtiofsd-not-in-path',
    'error: unable to find virtiofsd: exec /usr/lib/qemu/virtiofsd: No such file or directory',
  ],
  [
    'host-stall-under-vm',
    'rcu: INFO: rcu_sched self-detected stall on CPU\nrcu: \t3-....: (20999 ticks this GP) idle=2ca/1/0x4000000000000000 softirq=1221/1221 fqs=5249\nCPU: 3 PID: 2211 Comm: CPU 1/KVM Tainted: P           O 5.15.0',
  ],
  [
    'host-stall-under-vm',
    'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:\nCPU: 5 PID: 991 Comm: qemu-system-x86 Not tainted 6.1.0',
  ],
  [
    'musl-link-of-glibc-objects',
    "$ cargo build --release --target x86_64-unknown-linux-musl\n  = note: /usr/bin/ld: libring.a(x.o): undefined reference to `__memcpy_chk'",
  ],
  ['musl-link-of-glibc-objects', "/usr/bin/ld: libslirp.a(misc.o): undefined reference to `__isoc23_strtol'"],
  [
    'nix-build-kvm-closed',
    "building '/nix/store/aaa-disk-image.drv'...\nCould not access KVM kernel module: Permission denied\nqemu-system-x86_64: failed to initialize kvm: Permission denied\nerror: builder for '/nix/store/aaa-disk-image.drv' failed with exit code 1",
  ],
  [
    'nix-build-kvm-closed',
    "nixos-test> qemu-kvm: Could not access KVM kernel module: Permission denied\nerror: builder for '/nix/store/abc-vm-test-run-x.drv' failed with exit code 1",
  ],
  [
    'iommu-none-found',
    '$ dmesg | grep -i iommu\n[    0.351] iommu: Default domain type: Translated\n[    0.351] iommu: DMA domain TLB invalidation policy: lazy mode\n$ lscpu | grep Model\nModel name:                         AMD Ryzen 7 5800X 8-Core Processor\n$ ls /sys/kernel/iommu_groups/\n$',
  ],
  [
    'binary-on-noexec',
    '$ ./cloud-hypervisor\n-bash: ./cloud-hypervisor: Permission denied\n$ ls -l cloud-hypervisor\n-rwxr-xr-x 1 max max 4521344 Mar  4 10:00 cloud-hypervisor\n$ mount | grep /data\n/dev/sdb1 on /data type ext4 (rw,nosuid,nodev,noexec,relatime)',
  ],
  [
    'binary-needs-glibc',
    '/ # ./cloud-hypervisor\nsh: ./cloud-hypervisor: not found\n/ # ls -l cloud-hypervisor\n-rwxr-xr-x    1 root     root       4521344 Mar  4 10:00 cloud-hypervisor\n/ # cat /etc/os-release | head -1\nNAME="Alpine Linux"',
  ],
  [
    'binary-needs-glibc',
    '$ docker run -it --rm alpine:3.19 sh\n/ # wget -q https://x/cloud-hypervisor && chmod +x cloud-hypervisor && ls -l cloud-hypervisor && ./cloud-hypervisor\n-rwxr-xr-x    1 root     root       4521344 Mar  4 10:00 cloud-hypervisor\nsh: ./cloud-hypervisor: not found',
  ],
  [
    'binary-is-error-page',
    "$ ./cloud-hypervisor-static\n./cloud-hypervisor-static: line 1: syntax error near unexpected token `newline'\n./cloud-hypervisor-static: line 1: `<!DOCTYPE html>'",
  ],
  [
    'binary-is-error-page',
    '$ ./cloud-hypervisor\n./cloud-hypervisor: line 1: Not: command not found\n$ ls -l cloud-hypervisor\n-rwxr-xr-x 1 max max 9 Mar  4 10:00 cloud-hypervisor',
  ],
  [
    'limits-file-not-applied',
    '$ cat /etc/security/limits.d/vm.conf\nmax hard memlock unlimited\nmax soft memlock unlimited\n$ ulimit -l\n65536',
  ],
  [
    'limits-file-not-applied',
    '$ ulimit -l\n8192\n$ grep memlock /etc/security/limits.conf\n*  hard memlock unlimited',
  ],
  [
    'vhost-device-refused',
    'cloud-hypervisor: VhostVsock Open("/dev/vhost-vsock"): Permission denied\n$ ls -l /dev/vhost-vsock\ncrw------- 1 root root 10, 241 May  1 10:00 /dev/vhost-vsock',
  ],
  [
    'vhost-device-refused',
    'qemu-system-x86_64: -netdev tap,id=n0,ifname=tap0,script=no,vhost=on: tap: open vhost char device failed: Permission denied',
  ],
  [
    'affinity-outside-cpuset',
    'cloud-hypervisor: CpuManager: sched_setaffinity: Invalid argument (os error 22)\n$ cat /sys/fs/cgroup/system.slice/vm.service/cpuset.cpus.effective\n0-3\n$ grep affinity vm.json\n"affinity":[{"vcpu":0,"host_cpus":[8]}]',
  ],
  [
    'affinity-outside-cpuset',
    "Error: Operation not permitted\ntaskset: failed to set pid 0's affinity: Invalid argument\n$ nproc\n4\n$ taskset -c 12 ./run.sh",
  ],
  [
    'container-device-not-on-host',
    '$ docker run --device=/dev/kvm alpine ls -l /dev/kvm\ndocker: Error response from daemon: error gathering device information while adding custom device "/dev/kvm": no such file or directory.',
  ],
  [
    'systemd-no-space-inotify',
    '$ sudo systemctl restart docker\nFailed to allocate directory watch: No space left on device',
  ],
  [
    'systemd-no-space-inotify',
    '$ sudo systemctl start vm1\nFailed to start vm1.service: No space left on device',
  ],
  [
    'vhost-user-socket-left',
    '2024-01-01T00:00:00Z|00012|dpdk|INFO|VHOST_CONFIG: failed to bind to /var/run/openvswitch/vhu1: Address already in use; remove it and try again',
  ],
  [
    'vhost-user-socket-left',
    '2024Z|VHOST_CONFIG: (/tmp/vhost0) failed to bind to /tmp/vhost0: Address already in use; remove it and try again',
  ],
  [
    'dmar-firmware-remark',
    '[    0.0] DMAR: [Firmware Bug]: No firmware reserved region can cover this RMRR [0x00000000bf7d0000-0x00000000bf7dffff], contact BIOS vendor for fixes',
  ],
  [
    'iommu-not-requested',
    '$ ls /sys/kernel/iommu_groups/\n$ dmesg | grep -e DMAR -e IOMMU\n[    0.008733] ACPI: DMAR 0x000000008E2B2000 000088 (v02 INTEL  EDK2     00000002      01000013)\n[    0.036191] DMAR: Host address width 39\n[    0.036192] DMAR: DRHD base: 0x000000fed91000 flags: 0x1\n$ cat /proc/cmdline\nBOOT_IMAGE=/vmlinuz-6.8.0-49-generic root=UUID=1fcd ro quiet splash',
  ],
  [
    'iommu-not-requested',
    '# dmesg | grep -e DMAR -e IOMMU\n[    0.007] ACPI: DMAR 0x00000000 (v01 ALASKA A M I    00000001 INTL 00000001)\n[    0.032] DMAR: Host address width 46\n[    0.032] DMAR: DRHD base: 0x000000fbffc000 flags: 0x1\n# cat /etc/default/grub | grep CMDLINE\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"',
  ],
  [
    'iommu-off-in-firmware',
    '[    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz-5.15.0 root=/dev/sda2 ro intel_iommu=on\n[    0.000000] Warning: PCIe ACS overrides enabled; This may allow non-IOMMU protected peer-to-peer DMA\n$ dmesg | grep -i -e dmar -e iommu\n[    0.128312] DMAR: IOMMU enabled\n$ find /sys/kernel/iommu_groups -type l\n$',
  ],
  [
    'iommu-group-shared',
    '$ ./list-iommu-groups.sh\nIOMMU Group 0 00:00.0 Host bridge [0600]: Intel Corporation 8th Gen Core [8086:3ec2] (rev 07)\nIOMMU Group 1 00:01.0 PCI bridge [0604]: Intel Corporation 6th-10th Gen Core PCIe Controller (x16) [8086:1901] (rev 07)\nIOMMU Group 1 01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GP104 [GeForce GTX 1070] [10de:1b81] (rev a1)\nIOMMU Group 1 01:00.1 Audio device [0403]: NVIDIA Corporation GP104 High Definition Audio Controller [10de:10f0] (rev a1)\nIOMMU Group 1 02:00.0 Non-Volatile memory controller [0108]: Samsung NVMe [144d:a808]\n$ sudo cloud-hypervisor --device path=/sys/bus/pci/devices/0000:01:00.0/ --kernel ./CLOUDHV.fd\nError booting VM: VmBoot(DeviceManager(VfioCreate(OpenGroup(Operation not permitted (os error 1), "1"))))',
  ],
  [
    'iommu-group-shared',
    'IOMMU Group 13 04:00.0 Ethernet controller [0200]: Intel Corporation I210 [8086:1533] (rev 03)\nIOMMU Group 13 05:00.0 USB controller [0c03]: ASMedia ASM1142 [1b21:1242]\nqemu-system-x86_64: -device vfio-pci,host=04:00.0: vfio 0000:04:00.0: group 13 is not viable\nPlease ensure all devices within the iommu_group are bound to their vfio bus driver.',
  ],
  [
    'vfio-driver-of-host-first',
    '$ lspci -nnk -s 01:00.0\n01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA104 [GeForce RTX 3070] [10de:2484] (rev a1)\n\tSubsystem: Micro-Star International Co., Ltd. [MSI] GA104 [1462:3901]\n\tKernel driver in use: nvidia\n\tKernel modules: nvidiafb, nouveau, nvidia_drm, nvidia\n$ cat /etc/modprobe.d/vfio.conf\noptions vfio-pci ids=10de:2484,10de:228b',
  ],
  [
    'vfio-driver-of-host-first',
    '$ lspci -k -s 0b:00\n0b:00.0 VGA compatible controller: Advanced Micro Devices, Inc. [AMD/ATI] Navi 23 [Radeon RX 6600]\n\tKernel driver in use: amdgpu\n\tKernel modules: amdgpu\n$ cat /proc/cmdline\nBOOT_IMAGE=/vmlinuz-linux root=/dev/nvme0n1p2 rw amd_iommu=on iommu=pt vfio-pci.ids=1002:73ff,1002:ab28',
  ],
  [
    'hugepages-fewer-than-asked',
    '$ echo 16 | sudo tee /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages\n16\n$ cat /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages\n3',
  ],
  [
    'hugepages-fewer-than-asked',
    '$ cat /proc/cmdline\nroot=/dev/sda1 default_hugepagesz=1G hugepagesz=1G hugepages=64\n$ grep HugePages_Total /proc/meminfo\nHugePages_Total:      58',
  ],
  [
    'container-shm-small',
    '$ docker run --device /dev/kvm --memory 2g -v $PWD:/w chv sh -c "cloud-hypervisor --memory size=4G,shared=on --kernel /w/vmlinux"\nBus error (core dumped)\n$ docker exec x df -h /dev/shm\nshm   64M   64M     0 100% /dev/shm',
  ],
  [
    'cgroup-v1-path-on-v2',
    'Error: failed to write 200000 > /sys/fs/cgroup/cpu/system.slice/vm1/cpu.cfs_quota_us: No such file or directory\n$ stat -fc %T /sys/fs/cgroup\ncgroup2fs',
  ],
  [
    'cgroup-v1-path-on-v2',
    'level=error msg="Failed to create cgroup: mkdir /sys/fs/cgroup/memory/kata: no such file or directory"',
  ],
  [
    'unit-start-limit',
    "systemd[1]: vm1.service: Scheduled restart job, restart counter is at 5.\nsystemd[1]: Stopped Cloud Hypervisor VM 1.\nsystemd[1]: vm1.service: Start request repeated too quickly.\nsystemd[1]: vm1.service: Failed with result 'exit-code'.\nsystemd[1]: Failed to start Cloud Hypervisor VM 1.",
  ],
  [
    'unit-start-limit',
    "● chv@web.service - VM web\n     Active: failed (Result: start-limit-hit)\nsystemd[1]: chv@web.service: Start request repeated too quickly.\nsystemd[1]: chv@web.service: Failed with result 'start-limit-hit'.",
  ],
  [
    'kvm-for-root-only',
    'max@DESKTOP-9K2:~$ uname -a\nLinux DESKTOP-9K2 5.15.167.4-microsoft-standard-WSL2 #1 SMP x86_64 GNU/Linux\nmax@DESKTOP-9K2:~$ ls -l /dev/kvm\ncrw------- 1 root root 10, 232 Jan 14 10:02 /dev/kvm\nmax@DESKTOP-9K2:~$ ./cloud-hypervisor --kernel ./vmlinux\nError booting VM: VmCreate(KvmOpen(Permission denied (os error 13)))',
  ],
  [
    'kvm-group-is-root',
    '$ ls -l /dev/kvm\ncrw-rw---- 1 root root 10, 232 Jan  9 10:00 /dev/kvm\n$ qemu-system-x86_64 -enable-kvm\nCould not access KVM kernel module: Permission denied',
  ],
  [
    'kvm-closed-in-actions',
    '##[group]Run ./boot.sh\nopen /dev/kvm: Permission denied\n##[error]Process completed with exit code 1.',
  ],
  [
    'kvm-group-not-yet',
    '$ sudo usermod -aG kvm $USER\n$ cloud-hypervisor --kernel vmlinux --disk path=focal.raw --cpus boot=2\ncloud-hypervisor: 12.3ms: <vmm> ERROR:...\nError: Failed to open /dev/kvm: Permission denied (os error 13)\n$ id\nuid=1000(max) gid=1000(max) groups=1000(max),4(adm),27(sudo)\n$ getent group kvm\nkvm:x:108:max',
  ],
  [
    'kvm-group-not-yet',
    "max@mx:~$ sudo adduser max kvm\nAdding user `max' to group `kvm' ...\nDone.\nmax@mx:~$ kvm\nCould not access KVM kernel module: Permission denied\nkvm: failed to initialize kvm: Permission denied",
  ],
  [
    'kvm-closed-to-user',
    "ERROR   | x86_64 emulation currently requires hardware acceleration!\nCPU acceleration status: This user doesn't have permissions to use KVM (/dev/kvm).\nThe KVM line in /etc/group is: [kvm:x:104:]",
  ],
  [
    'kvm-closed-to-user',
    '   LXC: Checking for Linux >= 2.6.26                                         : PASS\n  QEMU: Checking if device /dev/kvm is accessible                            : FAIL (Check /dev/kvm is world writable or you are in a group that is allowed to access it)',
  ],
  [
    'android-emulator-needs-kvm',
    'ERROR   | x86_64 emulation currently requires hardware acceleration!\nCPU acceleration status: KVM is not usable here',
  ],
  [
    'unit-waits-for-kvm',
    '[ 5.1] systemd[1]: kvm.service: Unit entered failed state.\n[ 5.1] systemd[1]: dev-kvm.device: Job dev-kvm.device/start timed out.\n[ 5.2] systemd[1]: Timed out waiting for device dev-kvm.device - /dev/kvm.\n[ 5.2] systemd[1]: Dependency failed for vm1.service - VM 1.',
  ],
  [
    'kvm-in-wsl1',
    "PS C:\\> wsl -l -v\n  NAME            STATE           VERSION\n* Ubuntu-22.04    Running         1\nmax@DESKTOP-9K2:~$ uname -r\n4.4.0-19041-Microsoft\nmax@DESKTOP-9K2:~$ ls -l /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory",
  ],
  [
    'kvm-in-wsl2',
    "max@DESKTOP-9K2:~$ uname -r\n5.15.167.4-microsoft-standard-WSL2\nmax@DESKTOP-9K2:~$ sudo modprobe kvm_intel\nmodprobe: ERROR: could not insert 'kvm_intel': Operation not supported\nmax@DESKTOP-9K2:~$ cat /mnt/c/Users/max/.wslconfig\n[wsl2]\nmemory=8GB\nnestedVirtualization=false",
  ],
  [
    'kvm-in-wsl2',
    'Error: KVM is not available on this host: open /dev/kvm: no such file or directory (WSL2, kernel 5.10.16.3-microsoft-standard-WSL2)',
  ],
  [
    'kvm-on-ec2',
    'ubuntu@ip-172-31-4-18:~$ kvm-ok\nINFO: Your CPU does not support KVM extensions\nKVM acceleration can NOT be used',
  ],
  [
    'kvm-on-ec2',
    "ubuntu@ip-172-31-4-18:~$ lscpu | grep -E 'Hypervisor|Virtual|Model name'\nModel name:          Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz\nHypervisor vendor:   KVM\nVirtualization type: full\nubuntu@ip-172-31-4-18:~$ ls -l /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory\nubuntu@ip-172-31-4-18:~$ curl -s http://169.254.169.254/latest/meta-data/instance-type\nm5.xlarge",
  ],
  [
    'kvm-on-gce',
    "$ gcloud compute ssh vm -- ls -l /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory\nConnection to 34.90.1.2 closed.",
  ],
  [
    'kvm-on-hyper-v',
    "[    0.000000] Hypervisor detected: Microsoft Hyper-V\n[    1.221] kvm: no hardware support for 'kvm_intel'\n$ ls /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory",
  ],
  [
    'kvm-on-hyper-v',
    '$ cat /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name\nMicrosoft Corporation\nVirtual Machine\n$ grep -c vmx /proc/cpuinfo\n0',
  ],
  [
    'kvm-on-vmware',
    "$ systemd-detect-virt\nvmware\n$ sudo modprobe kvm_intel\nmodprobe: ERROR: could not insert 'kvm_intel': Operation not supported",
  ],
  [
    'kvm-on-vmware',
    '$ sudo dmesg | grep -i kvm\n[    2.1] kvm: no hardware support\n$ sudo dmidecode -s system-product-name\nVMware Virtual Platform',
  ],
  [
    'kvm-on-virtualbox',
    "$ sudo modprobe kvm_amd\nmodprobe: ERROR: could not insert 'kvm_amd': Operación no soportada\n$ systemd-detect-virt\noracle",
  ],
  [
    'kvm-on-virtualbox',
    "$ systemd-detect-virt\noracle\n$ ls -l /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory",
  ],
  [
    'kvm-on-mac-vm',
    '% limactl start default\nINFO[0000] Using the existing instance "default"\nlima$ ls /dev/kvm\nls: cannot access \'/dev/kvm\': No such file or directory\nlima$ uname -a\nLinux lima-default 6.8.0-49-generic #49-Ubuntu SMP PREEMPT_DYNAMIC aarch64 GNU/Linux',
  ],
  [
    'kvm-on-mac-vm',
    '$ docker run --rm --device /dev/kvm alpine true\ndocker: Error response from daemon: error gathering device information while adding custom device "/dev/kvm": no such file or directory\n$ uname -sm\nDarwin arm64',
  ],
  [
    'kvm-on-arm-32-bit',
    "pi@raspberrypi:~ $ ls -la /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory\npi@raspberrypi:~ $ uname -m\narmv7l\npi@raspberrypi:~ $ dmesg | grep -i kvm",
  ],
  [
    'kvm-not-given-to-container',
    '$ docker run --rm -it chv:latest cloud-hypervisor --kernel /vmlinux --disk path=/d.raw\nError: VmmCreate / Failed to open /dev/kvm: No such file or directory (os error 2)\n$ ls -l /dev/kvm\ncrw-rw---- 1 root kvm 10, 232 Jun  3 09:00 /dev/kvm',
  ],
  [
    'kvm-not-given-to-container',
    '$ kubectl exec -it chv -- cloud-hypervisor --kernel /vmlinux --disk path=/d.raw\nError: Failed to open hypervisor interface\n  1: no supported hypervisor\ncommand terminated with exit code 1',
  ],
  [
    'kvm-hidden-by-unit',
    '# systemctl cat vm1\n[Service]\nUser=chv\nExecStart=/usr/bin/cloud-hypervisor --api-socket /run/chv/vm1.sock --kernel /srv/vmlinux --disk path=/srv/a.raw\nPrivateDevices=yes\nNoNewPrivileges=yes\n# journalctl -u vm1 -n 3\nJun 11 08:00:01 h cloud-hypervisor[911]: Error: Failed to open /dev/kvm: No such file or directory (os error 2)',
  ],
  [
    'kvm-off-in-bios-told',
    '$ kvm-ok\nINFO: /dev/kvm does not exist\nHINT:   sudo modprobe kvm_intel\nINFO: Your CPU supports KVM extensions\nINFO: KVM (vmx) is disabled by your BIOS\nHINT: Enter your BIOS setup and enable Virtualization Technology (VT),\n      and then hard poweroff/poweron your system\nKVM acceleration can NOT be used',
  ],
  [
    'kvm-off-in-bios-told',
    "$ sudo modprobe kvm_intel\nmodprobe: ERROR: could not insert 'kvm_intel': Operation not supported\n$ dmesg | grep kvm\n[    5.334] kvm: disabled by bios",
  ],
  [
    'kvm-in-system-container',
    'root@ct101:~# cloud-hypervisor --kernel vmlinux\nError: Failed to open /dev/kvm: No such file or directory (os error 2)\nroot@ct101:~# systemd-detect-virt\nlxc',
  ],
  [
    'kvm-in-system-container',
    'root@vps:~# systemd-detect-virt\nopenvz\nroot@vps:~# modprobe kvm\nmodprobe: FATAL: Module kvm not found in directory /lib/modules/2.6.32-042stab120.11',
  ],
  [
    'kvm-in-vm-without-nesting',
    "root@ubuntu-4gb-fsn1-1:~# egrep -c '(vmx|svm)' /proc/cpuinfo\n0\nroot@ubuntu-4gb-fsn1-1:~# dmidecode -s system-manufacturer\nHetzner",
  ],
  [
    'kvm-in-vm-without-nesting',
    '$ lscpu | grep Hyperv\nHypervisor vendor:   KVM\n$ kvm-ok\nINFO: /dev/kvm does not exist',
  ],
  [
    'kvm-processor-module-not-loaded',
    "$ ls -l /dev/kvm\nls: impossible d'accéder à '/dev/kvm': Aucun fichier ou dossier de ce type\n$ egrep -c '(vmx|svm)' /proc/cpuinfo\n8",
  ],
  [
    'kvm-processor-module-not-loaded',
    "$ lsmod | grep kvm\nkvm                  1036288  0\n$ grep -c vmx /proc/cpuinfo\n16\n$ ls /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory",
  ],
  [
    'module-key-untrusted',
    "$ sudo modprobe vboxdrv\nmodprobe: ERROR: could not insert 'vboxdrv': Key was rejected by service",
  ],
  [
    'module-key-untrusted',
    "kvm: externally loaded; modprobe: ERROR: could not insert 'nvidia': Required key not available",
  ],
  [
    'modules-of-other-kernel',
    '$ sudo modprobe kvm\nmodprobe: FATAL: Module kvm not found in directory /lib/modules/6.6.9-arch1-1\n$ uname -r\n6.6.9-arch1-1\n$ ls /lib/modules\n6.7.0-arch3-1',
  ],
]

/** What is well, beside words of these causes. */
const healthy: readonly string[] = [
  '$ ls -l /dev/kvm\ncrw-rw---- 1 root kvm 10, 232 Jan  9 10:00 /dev/kvm',
  '$ kvm-ok\nINFO: /dev/kvm exists\nKVM acceleration can be used',
  'IOMMU Group 1 00:01.0 PCI bridge [0604]: Intel Corporation\nIOMMU Group 1 01:00.0 VGA compatible controller [0300]: NVIDIA\nIOMMU Group 1 01:00.1 Audio device [0403]: NVIDIA\nIOMMU Group 2 02:00.0 Ethernet [0200]: Intel vfio',
  '[ 0.1] DMAR: Host address width 39\n[ 0.1] DMAR: IOMMU enabled\n[ 0.3] DMAR: Intel(R) Virtualization Technology for Directed I/O\n[ 0.4] pci 0000:00:00.0: Adding to iommu group 0\n$ ls /sys/kernel/iommu_groups\n0 1 2 3',
  '01:00.0 VGA compatible controller: NVIDIA\n\tKernel driver in use: vfio-pci\n\tKernel modules: nouveau',
  '$ echo 1024 | sudo tee /proc/sys/vm/nr_hugepages\n1024\n$ cat /proc/sys/vm/nr_hugepages\n1024\n$ grep HugePages_Total /proc/meminfo\nHugePages_Total:    1024',
  'shm              64M     0   64M   0% /dev/shm',
  'Started vm1.service - Cloud Hypervisor VM 1.\nvm1.service: Deactivated successfully.',
  '$ systemd-detect-virt\nkvm\n$ lscpu | grep -i hyperv\nHypervisor vendor: KVM',
  '[ 0.0] DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16\n[ 1.2] systemd[1]: Detected virtualization kvm.\n[ 2.1] virtio_blk virtio1: [vda] 20971520 512-byte logical blocks\nWelcome to Debian GNU/Linux 12 (bookworm)!',
  '   Compiling vmm v0.1.0 (/src/vmm)\n    Finished `release` profile [optimized] target(s) in 3m 12s',
  '$ sudo apt install qemu-system-x86\nqemu-system-x86 is already the newest version (1:8.2.2+ds-0ubuntu1).\n0 upgraded, 0 newly installed, 0 to remove and 3 not upgraded.',
  'max@PC:~$ uname -r\n5.15.167.4-microsoft-standard-WSL2\nmax@PC:~$ ls -l /dev/kvm\ncrw-rw---- 1 root kvm 10, 232 Jan 14 10:02 /dev/kvm',
  'cloud-hypervisor: 12ms: <vmm> INFO:vmm/src/lib.rs:500 -- Booted',
  '$ stat -fc %T /sys/fs/cgroup\ncgroup2fs\n$ cat /sys/fs/cgroup/cgroup.controllers\ncpuset cpu io memory hugetlb pids rdma misc',
  '$ modprobe -r kvm_intel && modprobe kvm_intel nested=1\n$ cat /sys/module/kvm_intel/parameters/nested\nY',
  "[ 1.1] Loaded X.509 cert 'Canonical Ltd. Secure Boot Signing'\n[ 1.2] module: x509 signature ok",
  'INFO virtiofsd] Waiting for vhost-user socket connection...\nINFO virtiofsd] Client connected, servicing requests',
  'kvm: x:108: ok\n$ id -nG\nmax kvm sudo',
  '  QEMU: Checking for hardware virtualization                                 : PASS\n  QEMU: Checking if device /dev/kvm exists                                   : PASS\n  QEMU: Checking if device /dev/kvm is accessible                            : PASS',
  '$ cat /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages\n0\n$ echo 1024 | sudo tee /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages\n1024\n$ cat /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages\n1024',
  'HugePages_Total:     300\n$ sudo sysctl -w vm.nr_hugepages=4096\nvm.nr_hugepages = 4096',
  "max@mx:~$ sudo adduser max kvm\nAdding user `max' to group `kvm' ...",
  '$ ulimit -l\nunlimited\n$ cat /etc/security/limits.d/vm.conf\nmax - memlock unlimited',
]

export const hostReports = printed(texts)
export const healthyHosts: readonly string[] = healthy
