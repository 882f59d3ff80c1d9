/** Lines of guests and of the disks below them, each with a piece of what its words stand for. */

const fileSystems: readonly (readonly [line: string, says: string])[] = [
  ['rtc_cmos rtc_cmos: broken or not accessible', 'real-time clock of a PC'],
  ['Device eth0 has different MAC address than expected, ignoring.', 'HWADDR in ifcfg'],
  ['start_image() returned Not Found', 'shim starts the loader beside it'],
  [
    'XFS (dm-0): Metadata corruption detected at xfs_agi_verify+0xd6/0x150 [xfs], xfs_agi block 0x2',
    'XFS found its own structures damaged',
  ],
  [
    "XFS (vdb1): Filesystem has duplicate UUID 1d3c8f2e-5c1b-4f0a-8c53-a3b1e1f4f0a7 - can't mount",
    'two file systems with one UUID',
  ],
  [
    'ERROR: The filesystem has valuable metadata changes in a log which needs to',
    'mount it once and unmount it',
  ],
  ['xfs_growfs: /dev/vda1 is not a mounted XFS filesystem', 'xfs_growfs works on the mount point'],
  ['resize2fs: Permission denied to resize filesystem', 'refuses to resize a mounted ext4'],
  ['resize2fs: New size smaller than minimum (532480)', 'only down to what its files'],
  ['The filesystem is already 2621440 (4k) blocks long.  Nothing to do!', 'There is nothing to grow'],
  ["Please run 'e2fsck -f /dev/vda1' first.", 'only after a full check'],
  [
    'BTRFS error (device vdb): devid 2 uuid 8f3a6e3f-3f6e-4c80-9d32-a7c1c6c3a0d5 is missing',
    'A btrfs over several disks',
  ],
  [
    'BTRFS: error (device dm-1) in btrfs_commit_transaction:2418: errno=-5 IO failure (Error while writing out transaction)',
    'btrfs met an error that it cannot undo',
  ],
  ["cannot mount '/tank/data': directory is not empty", 'does not mount over a directory'],
  ['FAT-fs (vda1): IO charset iso8859-1 not found', 'FAT needs a table of characters'],
  ['Metadata kept in Windows cache, refused to mount.', 'Windows did not close that NTFS'],
  ['swapon: /swapfile: skipping - it appears to have holes.', 'A swap file must have all its blocks'],
  [
    'mount.nfs: access denied by server while mounting 10.0.0.1:/export',
    'refuses the export to this address',
  ],
  ["mount: /mnt: unknown filesystem type 'LVM2_member'.", 'That device holds no file system itself'],
  [
    'mount: /boot/efi: special device /dev/disk/by-uuid/ABCD-1234 does not exist.',
    'mount (or /etc/fstab) names a device',
  ],
  ['ISOFS: Unable to identify CD-ROM format.', 'holds no ISO 9660 file system'],
  ["mount: /mnt: can't read superblock on /dev/vdb1.", 'the first block of that file system'],
  [
    'Superblock last mount time (Tue Mar 14 10:22:01 2023, now = Thu Jan  1 00:00:12 1970) is in the future.',
    'The clock of that machine is behind',
  ],
  [
    'mkfs.xfs: /dev/vdb appears to contain an existing filesystem (ext4).',
    'mkfs does not overwrite what it finds',
  ],
  ['mount: /mnt: WARNING: source write-protected, mounted read-only.', 'mount goes on read-only; a remark'],
]

const volumes: readonly (readonly [line: string, says: string])[] = [
  [
    'WARNING: VG vg0 is missing PV k3QwFo-vG3n-hPYe-W0bK-Yl7O-xXqV-6y7mLt (last written to /dev/vdb).',
    'A disk (physical volume) that belongs',
  ],
  ["  Can't open /dev/vdb exclusively.  Mounted filesystem?", 'cannot be opened exclusively'],
  [
    '  Insufficient free space: 2560 extents needed, but only 0 available',
    'The volume group has too few free extent',
  ],
  ['  Device /dev/vdb excluded by a filter.', 'LVM ignores that disk'],
  ['  Cannot update duplicate PVs for VG vg0.', 'sees one physical volume on two devices'],
  ['  Check of pool vg0/thinpool failed (status:1). Manual repair required!', 'did not pass thin_check'],
  [
    'device-mapper: thin: 253:4: switching pool to out-of-data-space (queue IO) mode',
    'A thin pool is full or nearly so',
  ],
  ['No key available with this passphrase.', 'no key slot opens with this passphrase'],
  ['cryptsetup: Not enough available memory to open a keyslot.', 'Opening a LUKS2 key slot with Argon2'],
  [
    'device-mapper: table: 253:0: crypt: Error allocating crypto tfm (-ENOENT)',
    'lacks the cipher of that encrypted disk',
  ],
  ['Failed to unseal secret using TPM2: State not recoverable', 'gives the key of that disk only in the s'],
  [
    "cannot import 'tank': pool was previously in use from another system.",
    'was not exported by the machine',
  ],
  [
    "WARNING: Pool 'tank' has encountered an uncorrectable I/O failure and has been suspended.",
    'ZFS stopped the pool because its disks',
  ],
  ['The ZFS modules cannot be auto-loaded.', 'found no zfs module for the running kern'],
  [
    'mdadm: /dev/md0 assembled from 1 drive - not enough to start the array while not clean - consider --force.',
    'Too few of the disks of a RAID array',
  ],
  ['mdadm: No arrays found in config file or automatically', 'mdadm looked for RAID arrays and found n'],
  ['md: kicking non-fresh vdb1 from array!', 'missed writes that the others have'],
  ['multipathd[611]: sdb: add missing path', 'multipath knows disks by their WWID'],
  ['multipathd[611]: mpatha: remaining active paths: 0', 'A path of a multipath disk went away'],
]

const disks: readonly (readonly [line: string, says: string])[] = [
  ["qemu-img: Can't resize an image which has snapshots", 'A qcow2 image with snapshots inside'],
  [
    'qcow2: Marking image as corrupt: Overlaps with active L2 table; further corruption events will be suppressed',
    'tables of the qcow2 image that contradic',
  ],
  ['qemu-system-x86_64: Failed to get "write" lock', 'QEMU locks its images'],
  ['loop: Write error at byte offset 1048576, length 4096.', 'could not write to the file behind it'],
  ['qemu-nbd: Failed to open /dev/nbd0: No such file or directory', 'once the module nbd is loaded'],
  [
    'iscsiadm: initiator reported error (24 - iSCSI login failed due to authorization failure)',
    'does not list the name of this initiator',
  ],
  ['iscsiadm: No records found', 'iscsiadm has no record of a target'],
  [' session1: session recovery timed out after 120 secs', 'lost the connection of an iSCSI session'],
  [
    'could not add new controller: failed to write to nvme-fabrics device',
    '`nvme connect` failed in the kernel',
  ],
  [
    'Error: Partition(s) 1 on /dev/vda have been written, but we have been unable to inform the kernel of the change, probably because it/they are in use.',
    'The new partition table is written',
  ],
  ['FAILED: failed to get start and end for /dev/vda1 in /dev/vda', 'takes the disk and the number apart'],
  [
    'Error: The primary GPT table is corrupt, but the backup appears OK, so that will be used.',
    'The first copy of the partition table',
  ],
  [
    'dumpe2fs: Attempt to read block from filesystem resulted in short read while trying to open /dev/vdb1',
    'is shorter than its file system or parti',
  ],
  ['virtio_blk virtio2: virtio_blk: invalid block size: 0x3', 'names a size of its blocks'],
]

const kernelStart: readonly (readonly [line: string, says: string])[] = [
  [
    'request_module: kmod_concurrent_max (0) close to 0 (max_modprobes: 50), for module binfmt-464c, throttling...',
    'asked to run an ELF program and has noth',
  ],
  ["RAMDISK: Couldn't find valid RAM disk image starting at 0.", 'took the initrd for a disk image'],
  ["run-init: can't execute '/sbin/init': No such file or directory", 'found no init in it that runs'],
  [
    "systemd[1]: Failed to switch root: Specified switch root path '/sysroot' does not seem to be an OS tree. os-release file is missing.",
    'mounted /sysroot and found no',
  ],
  ['ERROR: Failed to mount the real root device.', 'could not mount what root= names'],
  ['stage 2 init script (/mnt-root/init) not found', 'The initrd of NixOS mounted the root'],
  ['devtmpfs: error mounting -2', 'a root file system or initramfs without'],
  ['Cannot open access to console, the root account is locked.', 'there is no root password to log in with'],
  [
    "systemd[1]: Failed to look up module alias 'autofs4': Function not implemented",
    'systemd wanted to load that module',
  ],
  [
    'systemd[1]: Timed out waiting for device dev-ttyS0.device - /dev/ttyS0.',
    'waits for a console device before it sta',
  ],
  [
    "dracut: dracut module 'crypt' will not be installed, because command 'cryptsetup' could not be found!",
    'dracut leaves a part out of the initramf',
  ],
  ["==> WARNING: Possibly missing firmware for module: 'qla2xxx'", 'found no firmware file of a driver'],
  ["==> ERROR: module not found: 'virtio_blk'", 'said while an initramfs is made'],
  ['update-initramfs: failed for /boot/initrd.img-6.8.0-45-generic with 1.', 'The initramfs was not made'],
]

const kernelHardware: readonly (readonly [line: string, says: string])[] = [
  ['kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 0', 'VT-x or AMD-V, called SVM'],
  ['kvm: vcpu 0: requested 128 ns lapic timer period limited to 200000 ns', 'min_timer_period_us'],
  [
    'L1TF CPU bug present and SMT on, data leak possible. See CVE-2018-3646 and https://www.kernel.org/doc/html/latest/admin-guide/hw-vuln/l1tf.html for details.',
    'data of its neighbour thread',
  ],
  [
    'Memory failure: 0x1f8a3c2: Sending SIGBUS to cloud-hyperviso:2211 due to hardware memory corruption',
    '(an uncorrectable error, ECC)',
  ],
  [
    'perf: interrupt took too long (2501 > 2500), lowering kernel.perf_event_max_sample_rate to 79750',
    'how often perf may sample',
  ],
  ['hrtimer: interrupt took 12345678 ns', 'A timer interrupt took long'],
  ['sched: RT throttling activated', 'Threads of real-time priority'],
  [
    'NOHZ tick-stop error: local softirq work is pending, handler #08!!!',
    'went idle while work of an interrupt',
  ],
  ['NETDEV WATCHDOG: eth0 (igb): transmit queue 0 timed out', 'did not send a packet in time'],
  [
    'CPU3: Core temperature above threshold, cpu clock throttled (total events = 1234)',
    'too hot and runs slower',
  ],
  [
    'genirq: Flags mismatch irq 16. 00000000 (vfio-intx(0000:01:00.0)) vs. 00000080 (i801_smbus)',
    'does not share it',
  ],
  [
    'pcieport 0000:00:1c.0: DPC: containment event, status:0x1f01 source:0x0000',
    'cut off the device below it',
  ],
  ['nvme nvme0: failed to set APST feature (2)', 'works all the same'],
  ['cma: Failed to reserve 64 MiB', 'set aside memory for large DMA buffers'],
  ['SError Interrupt on CPU0, code 0x00000000be000000 -- SError', 'an access that the bus refused'],
  ['Oops - illegal instruction [#1]', 'ran an instruction that its processor'],
  ['8250_core: serial8250: too much work for irq4', 'got more interrupts than it works off'],
]

const kernel: readonly (readonly [line: string, says: string])[] = [
  [
    'module verification failed: signature and/or required key missing - tainting kernel',
    'was loaded all the same',
  ],
  ['traps: PANIC: double fault, error_code: 0x0', 'met a fault while it handled one'],
  ['random: 7 urandom warning(s) missed due to ratelimiting', 'before its generator was ready'],
  [
    'Lockdown: Xorg: direct PCI access is restricted; see man kernel_lockdown.7',
    'refuses this access to the hardware',
  ],
  ['modprobe: FATAL: Module kvm_intel is in use.', 'A module cannot be unloaded while'],
  [
    'cloud-hyperviso: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null),cpuset=/,mems_allowed=0',
    'several pages of memory in one piece',
  ],
  [
    'panic: vm_fault_lookup: fault on nofault entry, addr: 0xfffffe0000000000',
    'words of a BSD kernel that stopped',
  ],
]

const firmware: readonly (readonly [line: string, says: string])[] = [
  ["error: symbol `grub_calloc' not found.", 'The core of GRUB and its modules'],
  ["error: attempt to read or write outside of disk `hd0'.", 'firmware reads less of it than the file'],
  ['error: no server is specified.', 'does not know where its own files are'],
  ['grub-install: error: cannot find EFI directory.', 'wants the EFI partition mounted at'],
  [
    "grub-install: warning: this GPT partition label contains no BIOS Boot Partition; embedding won't be possible.",
    'a small partition of type BIOS boot',
  ],
  [
    "/usr/sbin/grub-probe: error: failed to get canonical path of `overlay'.",
    'look for the device below / or /boot',
  ],
  ['EFI stub: ERROR: Could not determine UEFI Secure Boot status.', 'A remark of the EFI stub, after which'],
  [
    "! Mount point '/boot' which backs the random seed file is world accessible, which is a security hole! !",
    'may read the random seed on the EFI',
  ],
  [
    "Couldn't find EFI system partition. It is recommended to mount it to /boot or /efi.",
    'bootctl found no mounted EFI partition',
  ],
  ['Could not prepare Boot variable: No space left on device', 'could not write a boot entry into the va'],
  ['System BootOrder not found.  Initializing defaults.', "shim's fallback program (fbx64.efi)"],
  ['Failed to open \\EFI\\BOOT\\grubx64.efi - Not Found', 'does not find the next loader beside it'],
  [
    'systemd-stub: Unable to locate embedded .linux section: Not found',
    'found no section of that name in its fil',
  ],
  ['Error: invalid dtb and unrecognized/unsupported machine ID', 'A 32-bit ARM kernel got no device tree'],
  ["Can't work out which disk we are booting from.", 'the loader of FreeBSD for BIOS'],
  ["can't load 'kernel'", 'The loader of FreeBSD runs and finds no'],
  ["ZFS: can't find root filesystem", 'cannot read the ZFS pool it starts from'],
  [
    'sbi_trap_error: hart0: trap0: load access fault handler failed (error -2)',
    'met a trap that it could not handle',
  ],
  ['Bad Linux ARM64 Image magic!', 'U-Boot (booti) takes an uncompressed'],
  ['Boot Failed. EFI Hard Drive', 'could not start a loader from that entry'],
]

const windows: readonly (readonly [line: string, says: string])[] = [
  [
    "We couldn't find any drives. To get a storage driver, click Load driver.",
    'Windows Setup has no driver for the disk',
  ],
  [
    "Windows cannot be installed to this disk. This computer's hardware may not support booting to this disk.",
    'does not think that it can boot from it',
  ],
  ["This PC doesn't currently meet Windows 11 system requirements", 'Windows 11 Setup asks for a TPM'],
  [
    'Windows could not complete the installation. To install Windows on this computer, restart the installation.',
    'Windows Setup was interrupted or met',
  ],
  [
    'Windows could not apply unattend settings during pass [specialize].',
    'The named pass of the answer file',
  ],
  ["Automatic Repair couldn't repair your PC", 'does not reach the volume of the system'],
  ['cloudbaseinit.init [-] No available service found', 'cloudbase-init is the cloud-init of Wind'],
  [
    'winrm.exceptions.InvalidCredentialsError: the specified credentials were rejected by the server',
    'refused user or password, or the way',
  ],
  [
    'The WinRM client cannot process the request. If the authentication scheme is different from Kerberos, or if the client computer is not joined to a domain, then HTTPS transport must be used or the destination machine must be added to the TrustedHosts configuration setting.',
    'wants HTTPS (port 5986) or the guest',
  ],
  [
    ':( Your PC ran into a problem and needs to restart. Stop code: CLOCK_WATCHDOG_TIMEOUT',
    'did not answer a clock interrupt in time',
  ],
  ['Reset to device, \\Device\\RaidPort1, was issued.', 'Event 129 of Windows'],
]

const cloudInit: readonly (readonly [line: string, says: string])[] = [
  [
    '2023-05-01 10:00:01,123 - DataSourceNoCloud.py[WARNING]: device /dev/vdb with label=CIDATA not a valid seed.',
    'found the seed disk, and not the files',
  ],
  [
    "RuntimeError: duplicate mac found! both 'eth0' and 'ens3' have mac '52:54:00:12:34:56'",
    'found two interfaces with one MAC addres',
  ],
  [
    '** (generate:412): WARNING **: 10:00:01.123: Permissions for /etc/netplan/50-cloud-init.yaml are too open. Netplan configuration should NOT be accessible by others.',
    'A remark of netplan: its files may hold',
  ],
  ['Invalid YAML: tabs are not allowed for indent:', 'does not permit tabs for the indentation'],
  [
    'ci-info: no authorized SSH keys fingerprints found for user ubuntu.',
    'has no ssh key in its authorized_keys',
  ],
  [
    "cloud-init[680]: 2023-05-01 10:00:01,123 - util.py[WARNING]: Failed to install packages: ['qemu-guest-agent']",
    'could not install packages of the user-d',
  ],
]

const confidential: readonly (readonly [line: string, says: string])[] = [
  [
    'RCAR handshake failed: Attest failed, retry 5 ... get nothing from KBS: error sending request for url (http://10.0.0.4:8080/kbs/v0/auth)',
    'asks the KBS for a challenge',
  ],
  [
    'Verifier evaluate failed: TDX Verifier: REPORT_DATA is different from that in TDX Quote',
    'binds it to this handshake',
  ],
  [
    'SNP Verifier: Failed to fetch VCEK from KDS: error status: 429 Too Many Requests',
    'is fetched from the key server of AMD',
  ],
  [
    'AMD-Vi: SNP: IOMMU SNP feature not enabled, SNP cannot be supported.',
    'The host does not start SEV-SNP:',
  ],
  ['ccp 0000:22:00.1: SEV: failed to INIT error 0x3, rc -5', 'lists what is missing'],
  ['kvm_amd: SEV unusable (ASIDs 1007 - 1006)', 'gives no ASIDs to that kind of guest'],
  ['virt/tdx: No TDX private KeyIDs available', 'set aside no keys for TDX'],
  ['virt/tdx: module initialization failed (-12)', '(PAMT, about 1/256'],
]

export const guestTermExamples: readonly (readonly [line: string, says: string])[] = [
  ...fileSystems,
  ...volumes,
  ...disks,
  ...kernelStart,
  ...kernelHardware,
  ...kernel,
  ...firmware,
  ...windows,
  ...cloudInit,
  ...confidential,
]
