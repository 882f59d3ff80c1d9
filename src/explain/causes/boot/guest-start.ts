/** What stops a guest in its first seconds: unpacking, Secure Boot, loaders, SELinux, defects; and what only looks so. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#custom-kernel-and-disk-image')
const uefi = doc('uefi.md')

/** File systems without a device: what stands in the place of one is a mere name, and no tag of a share. */
const notPseudo =
  '(?!(?:overlay(?:fs)?|tmpfs|ramfs|none|proc|sysfs|devtmpfs|devpts|cgroup2?|bpf|debugfs|tracefs|configfs|securityfs|mqueue|hugetlbfs|binfmt_misc|pstore|efivarfs|rpc_pipefs|nfsd|unionfs|aufs)[, ])'

export const guestStart: readonly Cause[] = [
  {
    id: 'guest-kernel-unpack',
    line: [
      /^(?:-- System halted|Out of memory while (?:allocating|decompressing) .{0,60})$/,
      /(?:LZ4|XZ|ZSTD|LZMA|GZIP|bzip2|LZO)\S{0,14} (?:data is corrupt|-compressed data is corrupt)|^(?:crc error|invalid compressed format|uncompression error|Decoding failed|ZSTD-compressed data .{0,40})/,
      /^(?:Kernel is not a valid ELF file|Destination (?:address|physical address) (?:inappropriately aligned|too large|beyond))/,
    ],
    needs: ({ says }) => says(/halted|[Dd]ecompress|compressed|ELF|Destination|bzImage|[Kk]ernel/),
    what: 'The kernel of the guest could not unpack itself and halted: {said|see the message}.',
    why: 'The file is cut off or damaged (a download or a copy that ended early), or the memory of the guest is too small for it. Nothing of the VMM failed.',
    hint: 'Compare its checksum and size with its source (`sha256sum FILE`), give the guest more (`--memory size=1G`), or use an uncompressed vmlinux.',
    check: 'kernel-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-secure-boot',
    line: [
      /SBAT (?:self-)?(?:check|data) failed|Security Policy Violation/,
      /(?:bad shim signature|has invalid signature|Verification failed: \(0x1A\))/,
      /error: (?:prohibited by secure boot policy|verification requested but nobody cares)/,
      /(?:Failed to load image|failed to (?:load|start) Boot\d{4} .{0,300}): (?:Security Violation|Access Denied)|Secure ?Boot (?:violation|.{0,20}invalid signature)/i,
    ],
    what: 'A loader of the guest refused a file because of its signature (shim, Secure Boot, SBAT), or could not load the kernel for that reason.',
    why: 'shim and GRUB check signatures also where the firmware does not enforce them: an image whose loader was revoked (SBAT), a kernel without a signature, or files of different distributions.',
    hint: 'Use a newer image of the distribution, boot its loader without shim (grubx64.efi as \\EFI\\BOOT\\BOOTX64.EFI), use a CLOUDHV.fd without Secure Boot, or boot the kernel directly with --kernel.',
    check: 'firmware',
    reference: uefi,
    confidence: 'possible',
  },
  {
    id: 'grub-file-missing',
    line: [
      /^error: (?:\S{0,120}:\d+: ?)?(?:file [`'‘](?=[/(])|(?:disk|partition) [`'‘])(?<file>[^'’]{1,160})['’] not found/,
      /^error: prefix is not set\.?/,
    ],
    what: 'The boot loader (GRUB) does not find {file|its own files}.',
    why: 'Its configuration names a kernel or initrd that is not on that partition (removed, another /boot), or GRUB looks at another disk or partition than it was installed for. It runs, so firmware and disk work.',
    hint: 'In its shell: `ls`, `ls (hd0,gpt1)/` show what it sees, then `set root=` and `linux …`. Mend it from the image itself (`update-grub`, `grub-install`), use an unchanged cloud image, or boot its kernel directly with --kernel, --initramfs and --cmdline.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'hypervisor-fw-old-virtio',
    line: [/Error configuring (?:block|net\w*) device: (?<words>\w{1,40})/],
    what: 'hypervisor-fw could not use a disk of the VM: {words|see the message}.',
    why: 'The firmware speaks virtio 1.x over PCI with few features. UnsupportedVersion, FeatureNegotiationFailed: the firmware and the VMM are of different times, or the disk has an option (iommu=on, packed rings, other sector sizes) that it does not know.',
    hint: 'Use the newest release of hypervisor-fw or CLOUDHV.fd (`chv-doctor fix fetch-firmware`), and the disk without such options.',
    check: 'firmware',
    reference: 'https://github.com/cloud-hypervisor/rust-hypervisor-firmware',
    confidence: 'likely',
  },
  {
    id: 'guest-selinux-policy',
    line: [/Failed to load SELinux policy/],
    what: 'systemd in the guest found no SELinux policy that it can load, and froze.',
    why: 'The image is set to enforce SELinux, and its policy is missing or damaged, or the kernel that was given with --kernel is built without SELinux or is older than the policy.',
    hint: 'Boot the image with its own kernel (through CLOUDHV.fd), or add `selinux=0` (or `enforcing=0`) to the kernel command line and repair the policy in the guest.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-kernel-bug',
    line: [
      /^(?:\[ *[\d.]+\] ?)?kernel BUG at (?<place>\S{1,120})!?/,
      /^(?:\[ *[\d.]+\] ?)?(?:Oops: )?invalid opcode: 0000 \[#\d\]/,
    ],
    what: 'A kernel stopped at a BUG, an assertion of its own ({place|see the message}): the one of the guest, where the line stands on its console; else that of the host.',
    why: 'A defect of that kernel or of a driver in it, or memory that is not as it was (a snapshot restored elsewhere, a damaged host). The line RIP: and the call trace below it name the function.',
    hint: 'Try another release of the kernel in the guest, and the VM with fewer devices; report it to the distribution with the whole trace. On the host: a newer kernel of the host.',
    reference: 'https://docs.kernel.org/admin-guide/bug-hunting.html',
    confidence: 'possible',
  },
  {
    id: 'guest-fs-special',
    line: [
      new RegExp(String.raw`mount: .{0,80}special device (?<tag>${notPseudo}[\w.-]{1,60}) does not exist`),
      /mount(?:\.\w+)?: .{0,80}: (?<tag>[\w.-]{1,60}): Can't lookup blockdev/,
      new RegExp(
        String.raw`wrong fs type, bad option, bad superblock on (?<tag>${notPseudo}[\w.-]{1,60}), missing`,
      ),
    ],
    needs: ({ says }) => says(/virtio-?fs|\.r[ow]-store|microvm/i) && !says(/tag <[^>]{1,80}> not found/),
    what: 'The guest has no virtiofs device with the tag {tag|that mount names}, or mount did not get `-t virtiofs`.',
    why: 'A share is mounted by the tag= of --fs, not by a path of the host. Without the type, mount looks for a disk of that name; without CONFIG_VIRTIO_FS in its kernel the guest has no such type.',
    hint: '`mount -t virtiofs TAG /mnt` with the tag of the command; `grep virtiofs /proc/filesystems` and `dmesg | grep virtiofs` in the guest tell whether driver and device are there.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-virtio-legacy',
    line: [
      /virtio: device uses modern interface but does not have VIRTIO_F_VERSION_1|VIRTIO_F_VERSION_1 .{0,40}not (?:offered|negotiated)/,
    ],
    what: 'A driver of the guest and a virtio device do not agree on the version of the interface.',
    why: 'Cloud Hypervisor has only virtio 1.x (modern). A back-end (vhost-user, vDPA) that does not offer VIRTIO_F_VERSION_1, or a very old driver in the guest (legacy), does not fit.',
    hint: 'Use a newer back-end and a newer kernel in the guest; for Windows the newest virtio-win.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-apic-refused',
    line: [/unchecked MSR access error: WRMSR to (?<register>0x(?:1b|6e0|8[0-3][\da-f]))\b/],
    what: 'The hypervisor refused the guest a register of its interrupt controller or timer (APIC, MSR {register|}).',
    why: 'The kernel set up its timer or interrupts as the features of the processor promise (0x832 is the timer of the APIC, 0x6e0 the TSC deadline), and the hypervisor of the host (KVM, or MSHV of Microsoft) does not have that mode. A guest whose timer is not set up stands still soon after.',
    hint: 'Use a newer release of Cloud Hypervisor, which hides what the hypervisor does not have, and a newer kernel on the host; to compare, give the guest `lapic=notscdeadline` or `nox2apic` on its command line.',
    reference: 'https://docs.kernel.org/virt/kvm/x86/msr.html',
    confidence: 'likely',
  },
  {
    id: 'guest-msr-write-refused',
    severity: 'warning',
    line: [/unchecked MSR access error: WRMSR to (?<register>0x[\da-f]{1,8})/],
    what: 'The hypervisor refused a value that the kernel of the guest wrote to a register of the processor (MSR {register|}).',
    why: 'The kernel goes on without what it wanted to switch on. Whether that matters the line does not say: it does where the guest stops or a driver fails directly behind it.',
    hint: 'See what the guest says next. If it ends there, compare a newer release, a newer kernel on the host, and the release with the same host and another kernel in the guest.',
    reference: 'https://docs.kernel.org/virt/kvm/x86/msr.html',
    confidence: 'possible',
  },
  {
    id: 'guest-msr-unknown',
    severity: 'note',
    line: [/unchecked MSR access error: RDMSR from (?<register>0x[\da-f]{1,8})/],
    what: 'A kernel used a register of the processor (MSR {register|}) that the virtual machine does not have: mostly harmless.',
    why: 'The kernel probes what real processors have, gets a fault, notes it and goes on. It does not end a guest.',
    hint: 'Nothing need be done, unless a crash follows directly; then look at that.',
    reference: 'https://docs.kernel.org/virt/kvm/x86/msr.html',
    confidence: 'likely',
  },
]
