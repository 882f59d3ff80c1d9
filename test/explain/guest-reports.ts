/** Whole reports of guests: what a person pastes from inside of one, and what it is about first. */
import { printed } from './injected.ts'

type Texts = readonly (readonly [cause: string, text: string])[]

const texts: Texts = [
  [
    'guest-root-not-grown',
    'lsblk\nvda       252:0    0   40G  0 disk \n├─vda1    252:1    0    1G  0 part /boot\n└─vda2    252:2    0    9G  0 part \n  └─rl-root 253:0  0    8G  0 lvm  /',
  ],
  ['user-data-first-line-misspelt', '#!cloud-config\nusers:\n  - default'],
  [
    'guest-interface-renamed',
    '[FAILED] Failed to start Raise network interfaces.\nifup[512]: Cannot find device "ens18"',
  ],
  [
    'guest-root-disk-unseen',
    'Loading Linux 6.1.0-18-amd64 ...\nLoading initial ramdisk ...\nGave up waiting for root file system device.\nALERT!  LABEL=cloudimg-rootfs does not exist.  Dropping to a shell!\n(initramfs) cat /proc/partitions\nmajor minor  #blocks  name\n\n   7        0      65000 loop0\n(initramfs)',
  ],
  [
    'guest-root-loop-device',
    'Gave up waiting for root device.  Common problems:\nALERT!  /dev/loop0p1 does not exist.  Dropping to a shell!\n(initramfs)',
  ],
  [
    'guest-root-name-of-other-bus',
    'ALERT!  /dev/sda2 does not exist.  Dropping to a shell!\n(initramfs) ls /dev/vd*\n/dev/vda /dev/vda1 /dev/vda2',
  ],
  [
    'guest-root-name-of-other-bus',
    '[    0.803] virtio_blk virtio1: [vda] 4612096 512-byte logical blocks (2.36 GB/2.20 GiB)\n[    0.812]  vda: vda1 vda14 vda15\n[    0.900] VFS: Cannot open root device "/dev/sda1" or unknown-block(0,0): error -19\n[    0.901] Please append a correct "root=" boot option; here are the available partitions:\n[    0.902] fe00         2306048 vda\n[    0.903]  driver: virtio_blk\n[    0.904]   fe01         2193391 vda1 3a0a1d1f-b5f5-4a4e-9c9b-5e5b5ac9b7a1\n[    0.905]   fe0e            4096 vda14\n[    0.906]   fe0f          108544 vda15\n[    0.907] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
  ],
  [
    'guest-root-name-of-other-bus',
    'waiting for device /dev/sda1 to appear........\nTimed out waiting for device /dev/sda1, trying to mount anyway.\nmounting /dev/sda1 on /...\nmount: mounting /dev/sda1 on /mnt-root/ failed: No such file or directory',
  ],
  [
    'guest-root-name-of-other-bus',
    " * Mounting root: failed.\nmount: mounting /dev/sda3 on /sysroot failed: No such file or directory\ninitramfs emergency recovery shell launched. Type 'exit' to continue boot\nsh: can't access tty; job control turned off\n~ #",
  ],
  [
    'guest-root-lvm-inactive',
    'ALERT!  /dev/mapper/ubuntu--vg-ubuntu--lv does not exist.  Dropping to a shell!\n(initramfs) blkid\n/dev/vda1: UUID="9B4C-12FA" TYPE="vfat"\n/dev/vda3: UUID="xxxx" TYPE="LVM2_member"',
  ],
  [
    'guest-root-lvm-inactive',
    '[  191.10] dracut-initqueue[501]: Warning: /dev/fedora/root does not exist\n[  191.11] dracut-initqueue[501]: Warning: /dev/mapper/fedora-root does not exist\nStarting Dracut Emergency Shell...\ndracut:/# lvm lvs\ndracut:/# ',
  ],
  [
    'guest-root-disk-unseen',
    '[    2.4] sr 0:0:0:0: Attached scsi CD-ROM sr0\nGave up waiting for root file system device.  Common problems:\n - Boot args (cat /proc/cmdline)\nALERT!  PARTUUID=2f8c0c1e-02 does not exist.  Dropping to a shell!\n(initramfs) blkid\n(initramfs) ls /dev/disk\nls: /dev/disk: No such file or directory\n(initramfs) ',
  ],
  [
    'guest-root-id-absent',
    "Begin: Running /scripts/local-block ... done.\ndone.\nGave up waiting for root file system device.  Common problems:\n - Boot args (cat /proc/cmdline)\n   - Check rootdelay= (did the system wait long enough?)\n - Missing modules (cat /proc/modules; ls /dev)\nALERT!  UUID=0f2b8b6c-4b07-4b4e-8c4e-7a2c3f2d9b6a does not exist.  Dropping to a shell!\n\nBusyBox v1.36.1 (Ubuntu 1:1.36.1-6ubuntu3.1) built-in shell (ash)\nEnter 'help' for a list of built-in commands.\n\n(initramfs)",
  ],
  [
    'guest-root-id-absent',
    '[  187.934] dracut-initqueue[412]: Warning: dracut-initqueue: timeout, still waiting for following initqueue hooks:\n[  187.936] dracut-initqueue[412]: Warning: /lib/dracut/hooks/initqueue/finished/devexists-\\x2fdev\\x2fdisk\\x2fby-uuid\\x2f6d2b0f8a.sh: "[ -e "/dev/disk/by-uuid/6d2b0f8a" ]"\n[  187.940] dracut-initqueue[412]: Warning: dracut-initqueue: starting timeout scripts\n[  187.990] dracut-initqueue[412]: Warning: Could not boot.\n         Starting Dracut Emergency Shell...\nWarning: /dev/disk/by-uuid/6d2b0f8a does not exist\n\nGenerating "/run/initramfs/rdsosreport.txt"\n\nEntering emergency mode. Exit the shell to continue.\nType "journalctl" to view system logs.\ndracut:/#',
  ],
  [
    'guest-root-id-absent',
    ":: running hook [udev]\n:: Triggering uevents...\nERROR: device 'UUID=5b6ff7ab' not found. Skipping fsck.\n:: mounting 'UUID=5b6ff7ab' on real root\nmount: /new_root: can't find UUID=5b6ff7ab.\nERROR: Failed to mount 'UUID=5b6ff7ab' on real root\nYou are now being dropped into an emergency shell.\nsh: can't access tty; job control turned off\n[rootfs ~]#",
  ],
  [
    'guest-root-id-absent',
    "<<< NixOS Stage 1 >>>\n\nloading module virtio_balloon...\nloading module dm_mod...\nrunning udev...\nStarting systemd-udevd version 255.4\nkbd_mode: KDSKBMODE: Inappropriate ioctl for device\nwaiting for device /dev/disk/by-label/nixos to appear...................\nTimed out waiting for device /dev/disk/by-label/nixos, trying to mount anyway.\nmounting /dev/disk/by-label/nixos on /...\nmount: mounting /dev/disk/by-label/nixos on /mnt-root/ failed: No such file or directory\n\nAn error occurred in stage 1 of the boot process, which must mount the\nroot filesystem on `/mnt-root' and then start stage 2.  Press one\nof the following keys:\n\n  r) to reboot immediately\n  *) to ignore the error and continue",
  ],
  [
    'guest-root-virtiofs-unmounted',
    '[    1.300] VFS: Cannot open root device "myfs" or unknown-block(0,0): error -6\n[    1.301] Please append a correct "root=" boot option; here are the available partitions:\n[    1.302] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n[    0.000] Command line: console=hvc0 root=myfs rootfstype=virtiofs rw',
  ],
  [
    'guest-root-disk-without-partitions',
    '$ cloud-hypervisor --kernel vmlinux --disk path=jammy-server-cloudimg-amd64.img --cmdline "console=ttyS0 root=/dev/vda1"\n[    0.412] virtio_blk virtio0: [vda] 1290240 512-byte logical blocks (661 MB/630 MiB)\n[    0.500] VFS: Cannot open root device "vda1" or unknown-block(0,0): error -6\n[    0.501] Please append a correct "root=" boot option; here are the available partitions:\n[    0.502] fe00          645120 vda\n[    0.503]  driver: virtio_blk\n[    0.504] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
  ],
  [
    'guest-fs-mount',
    '[    2.11] virtio-fs: tag <rootfs> not found\n[    2.12] VFS: Unable to mount root "rootfs" (virtiofs), err=-22\n[    2.13] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
  ],
  [
    'initramfs-memory-full',
    "(initramfs) \nwget: can't write: No space left on device\nUnable to find a live file system on the network\n(initramfs)",
  ],
  [
    'initramfs-memory-full',
    '[   14.221] dracut-initqueue[812]: curl: (23) Failed writing body\n[   14.300] dracut-initqueue[812]: Warning: failed to download live image: error 23',
  ],
  [
    'installer-memory-low',
    '[   44.1] Anaconda: Not enough RAM\nanaconda: error: 1024 MiB of RAM is required to install Fedora, but you only have 512 MiB',
  ],
  [
    'installer-kernel-modules-mismatch',
    'Loading additional components\nNo kernel modules were found. This probably is due to a mismatch between the kernel used by this version of the installer and the kernel version available in the archive.',
  ],
  ['autoinstall-not-confirmed', 'Autoinstall config ... Continue with autoinstall? (yes|no)'],
  [
    'installer-step-failed',
    "finish: subiquity/Install/install/curtin_install: FAIL\ncurtin: Installation failed with exception: Unexpected error while running command.\nCommand: ['mount', ...]",
  ],
  [
    'windows-requirements',
    "This PC can't run Windows 11\nThis PC doesn't meet the minimum system requirements to install this version of Windows.",
  ],
  [
    'windows-devices-without-driver',
    'PS C:\\> Get-NetAdapter\nPS C:\\> ipconfig\nWindows IP Configuration\nPS C:\\> Get-PnpDevice -Status Error\nStatus     Class           FriendlyName\n------     -----           ------------\nError                      Ethernet Controller\nError                      PCI Device',
  ],
  [
    'windows-devices-without-driver',
    'C:\\>pnputil /enum-devices /problem\nInstance ID:                PCI\\VEN_1AF4&DEV_1041\nDevice Description:         Ethernet Controller\nStatus:                     Problem\nProblem Code:               28 (0x1C) [CM_PROB_FAILED_INSTALL]',
  ],
  [
    'user-data-first-line-late',
    'My user-data is ignored, this is the file:\n\n$ cat user-data\n\n# my config\n#cloud-config\nusers:\n  - name: bob\n    sudo: ALL=(ALL) NOPASSWD:ALL\n    ssh_authorized_keys:\n      - ssh-ed25519 AAAAC3Nza bob@host',
  ],
  ['user-data-first-line-late', 'user-data:\n---\n#cloud-config\nhostname: foo'],
  [
    'user-data-first-line-misspelt',
    "2024-05-02 09:11:22,612 - __init__.py[WARNING]: Unhandled non-multipart (text/x-not-multipart) userdata: 'b'#cloud-confg\\nusers:'...'",
  ],
  ['user-data-first-line-misspelt', '$ cat user-data\n# cloud-config\nhostname: foo\nusers:\n  - name: foo'],
  [
    'user-data-still-encoded',
    'cat /var/lib/cloud/instance/user-data.txt\nI2Nsb3VkLWNvbmZpZwpob3N0bmFtZTogdGVzdAp1c2VyczoKICAtIG5hbWU6IGJvYgo=',
  ],
  [
    'user-data-still-encoded',
    "__init__.py[WARNING]: Unhandled non-multipart (text/x-not-multipart) userdata: 'b'I2Nsb3VkLWNvbmZpZwp1c2Vyczo='...'",
  ],
  [
    'user-data-still-encoded',
    'resource "libvirt_cloudinit_disk" "init" {\n  name      = "init.iso"\n  user_data = base64encode(data.template_file.user_data.rendered)\n}\n\non the vm:\n$ sudo cat /var/lib/cloud/instance/user-data.txt\nI2Nsb3VkLWNvbmZpZwp1c2VyczoKICAtIG5hbWU6IHVidW50dQo=',
  ],
  [
    'seed-password-not-hashed',
    '#cloud-config\nusers:\n  - name: test\n    passwd: mysecret\n    lock_passwd: false\n    shell: /bin/bash\n\nLogin incorrect',
  ],
  [
    'seed-password-locked',
    '#cloud-config\nusers:\n  - name: test\n    plain_text_passwd: test\n    sudo: ALL=(ALL) NOPASSWD:ALL\n\nvm login: test\nPassword:\nLogin incorrect',
  ],
  [
    'seed-network-in-user-data',
    '#cloud-config\nhostname: vm1\nnetwork:\n  version: 2\n  ethernets:\n    ens3:\n      addresses: [192.168.1.10/24]\n      gateway4: 192.168.1.1\n\nafter boot:\n$ ip a show ens3\n2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    inet 192.168.1.77/24 metric 100 brd 192.168.1.255 scope global dynamic ens3',
  ],
  [
    'seed-meta-data-missing',
    '$ genisoimage -output seed.iso -volid cidata -joliet -rock user-data\n$ ... \n2024-03-03 util.py[DEBUG]: Reading from /run/cloud-init ...\ncloud-init status: disabled',
  ],
  [
    'seed-label-other',
    'ubuntu@host:~/vm$ ls seed/\nuser-data\nubuntu@host:~/vm$ cloud-localds seed.img user-data \nubuntu@host:~/vm$ blkid seed.img\nseed.img: BLOCK_SIZE="2048" UUID="2024-01-01-00-00-00-00" LABEL="CONFIG" TYPE="iso9660"',
  ],
  [
    'seed-card-name-other',
    'network-config:\nversion: 2\nethernets:\n  eth0:\n    dhcp4: true\n\nin the vm:\n$ ip -br a\nlo               UNKNOWN        127.0.0.1/8 ::1/128\nens5             DOWN',
  ],
  [
    'cloud-init-already-ran',
    "I changed my user-data and rebuilt the iso but nothing changes on reboot\ncloud-init[500]: Cloud-init v. 24.1 running 'modules:final'\n$ cat /var/lib/cloud/instance/meta-data\ninstance-id: iid-local01\n2024 helpers.py[DEBUG]: config-runcmd already ran (freq=once-per-instance)",
  ],
  [
    'cloud-init-degraded-deprecated',
    "$ cloud-init status --long\nstatus: done\nextended_status: degraded done\nboot_status_code: enabled-by-generator\nlast_update: Thu, 01 Jan 1970 00:00:25 +0000\ndetail: DataSourceNoCloud [seed=/dev/vdb]\nerrors: []\nrecoverable_errors:\nDEPRECATED:\n\t- Config key 'lists' is deprecated in 22.3 and scheduled to be removed in 27.3. Use 'users' instead.",
  ],
  [
    'cloud-init-exit-two',
    '$ cloud-init status --wait\n..................................................................................\nstatus: done\n$ echo $?\n2',
  ],
  [
    'cloud-init-exit-two',
    '==> qemu.ubuntu: Provisioning with shell script: /tmp/packer-shell123\n    qemu.ubuntu: + cloud-init status --wait\n    qemu.ubuntu: status: done\n==> qemu.ubuntu: Script exited with non-zero exit status: 2. Allowed exit codes are: [0]',
  ],
  [
    'cloud-init-schema',
    "root@vm:~# cloud-init schema --system --annotate\n#cloud-config\nuser:\t\t# E1\n  - name: bob\n# Errors: -------------\n# E1: [{'name': 'bob'}] is not of type 'object', 'string'",
  ],
  [
    'cloud-init-not-config',
    '$ cloud-init schema -c user-data\nError:\nCloud config schema errors: format-l1.c1: File user-data needs to begin with "#cloud-config"',
  ],
  [
    'cloud-init-yaml',
    '2024-01-01 [WARNING]: Failed loading yaml blob. Invalid format at line 5 column 3: "while parsing a block mapping\n  in "<unicode string>", line 3, column 1:\n    users:\n    ^\nexpected <block end>, but found \'-\'\n  in "<unicode string>", line 5, column 3:\n      - name: bob\n      ^"',
  ],
  [
    'guest-root-not-grown',
    'I gave the disk 50G with qemu-img resize but df still shows 2G\n$ lsblk\nNAME    MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\nvda     252:0    0   50G  0 disk\n├─vda1  252:1    0  2.1G  0 part /\n├─vda14 252:14   0    4M  0 part\n└─vda15 252:15   0  106M  0 part /boot/efi\n$ df -h /\nFilesystem      Size  Used Avail Use% Mounted on\n/dev/vda1       2.0G  1.9G   32M  99% /',
  ],
  [
    'guest-volume-full',
    'user@ubuntu:~$ df -h\nFilesystem                         Size  Used Avail Use% Mounted on\ntmpfs                              392M  1.1M  391M   1% /run\n/dev/mapper/ubuntu--vg-ubuntu--lv   24G   23G     0 100% /\nuser@ubuntu:~$ sudo vgs\n  VG        #PV #LV #SN Attr   VSize  VFree\n  ubuntu-vg   1   1   0 wz--n- 48.00g 24.00g',
  ],
  [
    'growpart-write-failed',
    "2024 - cc_growpart.py[WARNING]: Failed growing /dev/vda: failed to resize: disk=/dev/vda, ptnum=1: Unexpected error while running command.\nCommand: ['growpart', '/dev/vda', '1']\nExit code: 2\nStderr: sfdisk: /dev/vda: The last GPT entry is not at the end",
  ],
  [
    'guest-interface-renamed',
    'ifup: failed to bring up eth0\nCannot find device "eth0"\nroot@debian:~# ip -br link\nlo               UNKNOWN        00:00:00:00:00:00\nens4             DOWN           12:34:56:78:90:ab',
  ],
  [
    'guest-machine-id-shared',
    'Both VMs get the same IP address from dhcp after I cloned the image\nvm1$ cat /etc/machine-id\na1b2c3d4e5f60718293a4b5c6d7e8f90\nvm2$ cat /etc/machine-id\na1b2c3d4e5f60718293a4b5c6d7e8f90',
  ],
  [
    'guest-time-not-synchronized',
    '$ timedatectl\n               Local time: Tue 2024-01-02 10:00:00 UTC\n           Universal time: Tue 2024-01-02 10:00:00 UTC\n                 RTC time: Tue 2024-01-02 14:12:33\n                Time zone: Etc/UTC (UTC, +0000)\nSystem clock synchronized: no\n              NTP service: inactive',
  ],
  [
    'guest-chrony-no-source',
    'chronyc sources\nMS Name/IP address         Stratum Poll Reach LastRx Last sample\n===============================================================================',
  ],
  [
    'guest-ignores-power-button',
    "$ virsh shutdown vm1\nDomain 'vm1' is being shutdown\n$ virsh list\n Id   Name   State\n----------------------\n 3    vm1    running",
  ],
  [
    'guest-ignores-power-button',
    '$ ch-remote --api-socket /tmp/ch.sock power-button\n# nothing happens, guest keeps running\nguest$ systemctl status acpid\nUnit acpid.service could not be found.\nguest$ zcat /proc/config.gz | grep ACPI_BUTTON\n# CONFIG_ACPI_BUTTON is not set',
  ],
  [
    'guest-selinux-relabel',
    '*** Warning -- SELinux targeted policy relabel is required.\n*** Relabeling could take a very long time, depending on file',
  ],
  [
    'guest-getty-other-console',
    'I only see kernel messages up to\n[    1.923] Run /sbin/init as init process\nand no login prompt with --console tty; my inittab:\n::respawn:/sbin/getty -L ttyS0 115200 vt100',
  ],
  [
    'guest-netplan-permissions',
    '** (generate:1234): WARNING **: 10:11:12.123: Permissions for /etc/netplan/50-cloud-init.yaml are too open. Netplan configuration should NOT be accessible by others.',
  ],
  [
    'guest-requested-init-failed',
    '[    0.9] Kernel panic - not syncing: Requested init /myinit failed (error -13).',
  ],
  [
    'guest-requested-init-failed',
    '[    0.9] Kernel panic - not syncing: Requested init /sbin/overlay-init failed (error -2).',
  ],
  [
    'guest-device-wait',
    '[ ***  ] A start job is running for dev-disk-by\\x2duuid-1234\\x2d5678.device (42s / 1min 30s)',
  ],
  ['guest-no-power-off', '[   22.1] reboot: Power down\n(VM keeps running, 100% cpu)'],
  [
    'seed-ssh-password-off',
    '#cloud-config\nusers:\n  - name: bob\n    plain_text_passwd: secret\n    lock_passwd: false\n\n$ ssh bob@192.168.249.2\nbob@192.168.249.2: Permission denied (publickey).',
  ],
]

/** Nothing comes behind them: so they cannot stand beside the output of another run. */
const lone: Texts = [
  [
    'guest-silent-after-efi-stub',
    "Booting `Ubuntu'\n\nEFI stub: Loaded initrd from LINUX_EFI_INITRD_MEDIA_GUID device path\nEFI stub: Measured initrd data into PCR 9",
  ],
  [
    'boot-from-cd-not-confirmed',
    'BdsDxe: starting Boot0001 "UEFI QEMU DVD-ROM QM00003 " from PciRoot(0x0)/Pci(0x1F,0x2)/Sata(0x1,0xFFFF,0x0)\nPress any key to boot from CD or DVD......\nBdsDxe: failed to start Boot0001 "UEFI QEMU DVD-ROM QM00003 " from PciRoot(0x0)/Pci(0x1F,0x2)/Sata(0x1,0xFFFF,0x0): Time out',
  ],
]

/** Where nothing is wrong, or nothing that the text shows. */
export const healthyGuests: readonly string[] = [
  '[    1.2] Run /init as init process\n[    2.1] EXT4-fs (vda1): mounted filesystem 1234 r/w with ordered data mode.\nUbuntu 24.04 LTS vm ttyS0\nvm login:',
  '#cloud-config\nusers:\n  - name: bob\n    passwd: $6$abc$defghi\n    lock_passwd: false\n    ssh_authorized_keys:\n      - ssh-ed25519 AAAA bob\nssh_pwauth: true',
  '$ cloud-init status --long\nstatus: done\nextended_status: done\nboot_status_code: enabled-by-generator\nerrors: []\nrecoverable_errors: {}',
  '$ lsblk\nNAME    MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nvda     252:0    0  50G  0 disk\n├─vda1  252:1    0  49G  0 part /\n└─vda15 252:15   0 106M  0 part /boot/efi',
  '$ df -h\n/dev/mapper/ubuntu--vg-ubuntu--lv   24G   13G   10G  57% /',
  '$ timedatectl\nSystem clock synchronized: yes\n              NTP service: active',
  '$ chronyc sources\nMS Name/IP address         Stratum Poll Reach LastRx Last sample\n===============================================================================\n^* ntp1.example.org              2   6   377    14   +121us[ +201us] +/-   18ms',
  '$ cloud-localds seed.img user-data meta-data\n$ genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data',
  'network:\n  version: 2\n  ethernets:\n    ens3:\n      dhcp4: true\n$ ip -br a\nlo UNKNOWN 127.0.0.1/8\nens3             UP             192.168.1.5/24',
  '#!/bin/bash\ncat > user-data <<EOT\n#cloud-config\npassword: test\nchpasswd: { expire: False }\nssh_pwauth: True\nEOT',
  '# create the user data\ncat <<EOT > user-data\n#cloud-config\nhostname: test\nEOT',
  'EFI stub: Loaded initrd from LINUX_EFI_INITRD_MEDIA_GUID device path\nEFI stub: Exiting boot services...\n[    0.000000] Linux version 6.8.0',
  "$ virsh shutdown vm1\nDomain 'vm1' is being shutdown",
  '$ sudo systemctl status systemd-timesyncd\nActive: active (running)\n$ cat /etc/machine-id\n0123456789abcdef0123456789abcdef',
  'CONFIG_VIRTIO_BLK=y\n# CONFIG_INPUT_EVDEV is not set\n# CONFIG_ACPI_BUTTON is not set\nCONFIG_NET=y',
  'cloud-init[612]: Cloud-init v. 24.1 finished at Thu. Datasource DataSourceNoCloud [seed=/dev/vdb]. Up 12 seconds',
  '$ qemu-img info jammy.img\nfile format: qcow2\nvirtual size: 2.2 GiB',
  '::respawn:/sbin/getty -L ttyS0 115200 vt100\nttyS0::respawn:/sbin/getty -L ttyS0 115200 vt100',
  'Content-Type: multipart/mixed; boundary="==B=="\nMIME-Version: 1.0\n--==B==\nContent-Type: text/cloud-config\n\n#cloud-config\nhostname: x',
  '# /etc/fstab\n/dev/sda1 / ext4 defaults 0 1\nUUID=123 /boot/efi vfat umask=0077 0 1',
]

export const guestReports = printed(texts)
export const loneGuestReports = printed(lone)
