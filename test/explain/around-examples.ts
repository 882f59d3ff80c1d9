/** One example of each cause in the words of kernels, loaders, shells and managers. */
import { type Injected, printed } from './injected.ts'

const texts: readonly (readonly [cause: string, text: string])[] = [
  ['guest-fs-none', "EXT4-fs (vdb): VFS: Can't find ext4 filesystem"],
  [
    'guest-fs-damaged',
    '[    1.5] EXT4-fs error (device vda1): ext4_find_entry:1455: inode #2: comm systemd: reading directory lblock 0',
  ],
  ['guest-init-not-run', 'Run /init as init process\nFailed to execute /init (error -2)'],
  ['guest-initial-console', '[   10.1] Warning: unable to open an initial console.'],
  ['guest-partition-table', '[    1.2] GPT:Primary header thinks Alt. header is not at the end of the disk.'],
  [
    'guest-mount-failed',
    '[FAILED] Failed to mount /data.\n[DEPEND] Dependency failed for Local File Systems.',
  ],
  ['guest-systemd-frozen', '[!!!!!!] Failed to mount API filesystems.'],
  ['guest-9p-missing', '9pnet_virtio: no channels available for device store'],
  ['guest-module-missing', 'modprobe: FATAL: Module virtiofs not found in directory /lib/modules/6.2.0'],
  ['guest-service-failed', '[FAILED] Failed to start Snap Daemon.'],
  ['guest-grow-nothing', 'NOCHANGE: partition 1 is size 4612063. it cannot be grown'],
  [
    'guest-program-foreign',
    "[    1.0] virtio_blk virtio1: [vda] 8 512-byte logical blocks\nsh: can't execute '/bin/foo': Exec format error",
  ],
  [
    'guest-out-of-memory-kill',
    'Kernel command line: root=/dev/vda1\nOut of memory: Killed process 312 (systemd-udevd)',
  ],
  [
    'guest-acpi-missing',
    '[    0.5] ACPI BIOS Error (bug): A valid RSDP was not found (20230628/tbxfroot-210)',
  ],
  ['guest-pci-window', '[    0.4] pci 0000:00:03.0: BAR 4: no space for [mem size 0x00080000 64bit]'],
  [
    'guest-clock-unstable',
    "[    7.7] clocksource: timekeeping watchdog on CPU1: Marking clocksource 'tsc' as unstable because the skew is too large:",
  ],
  ['guest-irq-missing', "[    1.2] virtio_net virtio1: can't find irq for device"],
  ['grub-out-of-memory', 'error: out of memory.'],
  ['efi-stub-failed', 'EFI stub: ERROR: Failed to decompress kernel'],
  ['firmware-boots-network', '>>Start PXE over IPv4.'],
  ['windows-boot-manager', 'The boot selection failed because a required device is inaccessible. 0xc0000225'],
  ['windows-console-up', 'Computer is booting, SAC started and initialized.'],
  ['guest-its-missing', '[    0.0] ITS: No ITS available'],
  ['ssh-no-answer', 'ssh: connect to host 192.168.249.2 port 22: No route to host'],
  ['tool-missing', 'sudo: setcap: command not found'],
  ['guest-no-dhcp', 'No DHCPOFFERS received.'],
  ['ssh-refused', 'ssh: connect to host 192.168.249.2 port 22: Connection refused'],
  ['ssh-key-refused', 'cloud@192.168.249.2: Permission denied (publickey).'],
  ['ssh-host-key-changed', '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @'],
  ['guest-login-refused', 'Login incorrect'],
  ['guest-no-route', 'ping: connect: Network is unreachable'],
  ['guest-no-names', 'curl: (6) Could not resolve host: archive.ubuntu.com'],
  ['ip-command-refused', 'Error: argument "br0" is wrong: Invalid argument.'],
  [
    'container-no-kvm',
    'Warning  FailedScheduling  0/3 nodes are available: 3 Insufficient devices.kubevirt.io/kvm.',
  ],
  ['container-no-program', 'exec: "cloud-hypervisor": executable file not found in $PATH: unknown'],
  [
    'kata-file-missing',
    'failed to create shim: File /usr/share/kata-containers/vmlinux.container does not exist: not found',
  ],
  ['kata-runtime-unknown', 'failed to get sandbox runtime: no runtime for "kata-clh" is configured'],
  ['api-http-status', '> PUT /api/v1/vm.create HTTP/1.1\n< HTTP/1.1 400 Bad Request'],
  [
    'manager-socket-failed',
    'Put "http://localhost/api/v1/vm.boot": dial unix /run/chv/vm.sock: connect: permission denied',
  ],
  [
    'libvirt-not-supported',
    'error: this function is not supported by the connection driver: virDomainScreenshot (ch:///system)',
  ],
  [
    'libvirt-no-daemon',
    "error: Failed to connect socket to '/var/run/libvirt/virtchd-sock': No such file or directory",
  ],
  ['nomad-driver-missing', 'nomad: Constraint "missing drivers" filtered 1 node'],
  [
    'unit-ended',
    'Dec  1 12:00:00 host systemd[1]: cloud-hypervisor.service: Start request repeated too quickly.',
  ],
  ['image-tool-failed', "qemu-img: Could not open 'jammy.img': Invalid argument"],
  ['manager-timeout', 'rpc error: code = DeadlineExceeded desc = context deadline exceeded (kata clh)'],
  [
    'vmm-segfault',
    'kernel: cloud-hyperviso[1234]: segfault at 0 ip 00005581 sp 00007ffd error 4 in cloud-hypervisor[5580+1000]',
  ],
  [
    'vmm-invalid-opcode',
    'traps: cloud-hyperviso[1234] trap invalid opcode ip:5581 sp:7ffd error:0 in cloud-hypervisor',
  ],
  ['host-split-lock', 'x86/split lock detection: #AC: vcpu0/1234 took a split_lock trap at address: 0xfffff'],
  ['host-tsc-unstable', 'kvm: SMP vm created on host with unstable TSC; guest TSC will not be reliable'],
  ['vfio-dma-fault', 'DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr 0x0'],
  ['vfio-host-holds', "vfio-pci 0000:01:00.0: BAR 0: can't reserve [mem 0xe0000000-0xefffffff 64bit pref]"],
  [
    'vfio-bind-refused',
    'echo 10de 1b80 > /sys/bus/pci/drivers/vfio-pci/new_id\nbash: echo: write error: File exists',
  ],
  ['tun-not-usable', 'cannot open /dev/net/tun: No such file or directory'],
  [
    'build-rust-too-old',
    'error: package `cloud-hypervisor v40.0` cannot be built because it requires rustc 1.77 or newer',
  ],
]

export const aroundExamples = printed(texts)

/** Right only where no other words of a guest stand in the text. */
export const loneExamples: readonly Injected[] = [
  {
    cause: 'guest-silent-after-firmware',
    text: 'EFI stub: Booting Linux Kernel...\nEFI stub: Exiting boot services...\n',
  },
  {
    cause: 'windows-silent-after-firmware',
    text: 'BdsDxe: starting Boot0001 "Windows Boot Manager" from HD(1,GPT,0)/\\EFI\\Microsoft\\Boot\\bootmgfw.efi\n',
  },
  {
    cause: 'hypervisor-fw-stuck',
    text: 'Booting with FDT\nFound PCI device vendor=8086 device=d57 in slot=0\nBar: type=MemorySpace32 address=0x0 size=0x0\n',
  },
]
