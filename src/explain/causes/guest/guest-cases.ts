/** What a guest shows without an error: read before what more general words say of it. */
import type { Cause } from '../../cause.ts'

export const guestCases: readonly Cause[] = [
  {
    id: 'guest-virtiofs-too-early',
    line: [/\bvirtiofs: tag <(?<tag>[^>]{1,60})> not found/],
    needs: ({ says }) => says(/virtiofs .{0,40}discovered new tag/),
    what: 'The guest tried to mount the share {tag|} before its kernel had found the device: the tag itself is right.',
    why: 'The log shows the same tag discovered later: nothing in the initramfs waited for the virtio device.',
    hint: 'Let it wait or try again: load virtiofs and virtio_pci in the initramfs before the mount, a newer dracut (root=virtiofs:TAG), or build both into the kernel.',
    reference: 'https://docs.kernel.org/filesystems/virtiofs.html',
    confidence: 'likely',
  },
  {
    id: 'guest-waits-for-random',
    line: [/\bwait_for_random_bytes\b/],
    what: 'The process waits until the random generator of the kernel is ready: the guest has too little entropy.',
    why: 'A young guest without virtio-rng, or whose processor is not trusted for it, can wait for minutes.',
    hint: 'Give it the device (Cloud Hypervisor has `--rng` by default; QEMU: -device virtio-rng-pci) with CONFIG_HW_RANDOM_VIRTIO in its kernel, or boot with random.trust_cpu=1.',
    reference: 'https://docs.kernel.org/admin-guide/kernel-parameters.html',
    confidence: 'likely',
  },
  {
    id: 'ssh-keys-empty',
    severity: 'warning',
    line: [/Writing to (?<file>\S{1,160}\/authorized_keys) - wb: \[\d{3}\] 0 bytes/],
    what: 'cloud-init wrote an empty {file|authorized_keys}: it was given no ssh key.',
    why: 'Neither the meta-data (public-keys) nor the user-data (ssh_authorized_keys) that it read has one, or it read another data source than was meant.',
    hint: '`cloud-init query ds` and `cloud-init status --long` show what it read; put the key under ssh_authorized_keys: of the user-data, with a new instance-id.',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/modules.html',
    confidence: 'likely',
  },
]
