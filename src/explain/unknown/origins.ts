/** Who wrote a line that is not known, by its first words. */
import type { Layer } from '../diagnosis.ts'
import { withoutFilesOfPeople } from './files-named.ts'

export interface Origin {
  readonly layer: Layer
  /** "a line of …" */
  readonly of: string
  /** Where to look next. */
  readonly look: string
}

/** Other monitors and services write similar lines, which are no matter of ours. */
const others =
  /qemu|firecracker|\bfc_vcpu|fault_message|snapshot\/load|crosvm|virtualbox|vmware|sshd|apparmor|dpkg|\bapt\b|nginx|mysql|postgres/i

const console = 'Read the lines before it on the console of the guest; `dmesg` in the guest has more.'
const kernelLog = 'See `sudo dmesg` of the host at that time.'

const origins: readonly (readonly [RegExp, Layer, string, string])[] = [
  [
    /^(?:EXT[234]|XFS|BTRFS|F2FS|FAT|SQUASHFS|JBD2|EROFS)\b|^vd[a-z]\d{0,3}\b|(?:\bdev(?:ice)?|\bdisk|\bon|[[(]) ?(?:\/dev\/)?vd[a-z]\d{0,3}\b/i,
    'guest',
    'a kernel about a disk or file system (the kernel of the guest, where the disk is called vd…)',
    console,
  ],
  [
    /^virtio(?!fsd)|(?<![/'])\bvirtio[_-](?:net|blk|fs|pci|console|rng|mem|balloon|vsock|iommu)\b(?!\.c\b|')/i,
    'guest',
    'the kernel of a guest, about a virtio device',
    console,
  ],
  [
    /^(?:pci(?:host)? |pci_bus |ACPI\b|PCI:|e820:|smpboot|x86\/|clocksource|Initramfs)/i,
    'guest',
    'a kernel that boots, about the machine it finds',
    console,
  ],
  [
    /\bvfio|iommu|\bDMAR\b|AMD-Vi/i,
    'device',
    'the kernel of the host or VFIO, about a passed-through device',
    kernelLog,
  ],
  [
    /^(?:tun|tap\w{0,12}|vhost(?:[-_]\w{2,8})?|br\w{0,12}|virbr\d{1,3}|macvtap\d{0,4})(?:-\d{1,8})?: /,
    'network',
    'the kernel of the host, about a TAP, a bridge or vhost',
    kernelLog,
  ],
  [
    /^kvm\b|\bKVM\b|\bkvm_(?:intel|amd|arch)/,
    'hypervisor',
    'KVM, the hypervisor in the kernel of the host',
    kernelLog,
  ],
  [
    /^(?:Bds|Dxe|Pei)\w*:|^Loading driver at|^EFI stub: /,
    'guest',
    'the firmware or a boot loader of the guest',
    'Compare another firmware: CLOUDHV.fd, hypervisor-fw.',
  ],
  [
    /cloud-init|DataSource\w+|util\.py\[/,
    'guest',
    'cloud-init in the guest',
    'Read /var/log/cloud-init.log in the guest; `chv-doctor check cloud-init` judges the seed.',
  ],
  [
    /\bkata\b|containerd-shim|virtcontainers|ttrpc|\bclh\b/i,
    'other',
    'Kata or the container runtime around it',
    'Look for lines of cloud-hypervisor in the journal of that node at that time.',
  ],
  [
    /\bkubelet\b|\brpc error: code = |\b(?:Run|Create)?PodSandbox\b|\bCreateContainer\w*\b|\bnomad\b|\badmission webhook\b/i,
    'other',
    'a container runtime, cluster or scheduler, which does not tell whether Cloud Hypervisor was reached',
    'Look for lines of cloud-hypervisor in the journal of that node at that time, and for the log in the directory of that sandbox.',
  ],
  [
    /(?<!to '|ZONE: |Package |for )libvirt(?!-python|\.pc)|virtchd|\bvirsh\b|\bvirError\b|^error: (?:Failed to \w+ (?:domain|network|pool|volume)|An error occurred, but the cause is unknown)|^(?:error: )?(?:internal error|operation failed|Requested operation is not valid|unsupported configuration): /,
    'other',
    'libvirt',
    'Read the log of the domain in /var/log/libvirt/ch/.',
  ],
  [
    /virtiofsd|swtpm|\bspdk\b|\bdpdk\b|VHOST_CONFIG/i,
    'socket',
    'a backend that serves a device of the VM',
    'Read what that program prints from its start on.',
  ],
  [
    /systemd\b|\.service\b|\[FAILED\]/,
    'other',
    'systemd (of the guest, where it stands on its console)',
    'Read `journalctl -xb` there.',
  ],
]

/** What shows that a text is about a virtual machine of ours, whoever wrote its lines. */
const aboutUs = /cloud-?hypervisor|\bch-remote\b|hypervisor-fw|CLOUDHV|\bclh\b|microvm|\/api\/v1\/vm/i

/** Where the text leaves open who wrote it. */
export const lookAround =
  'Give the output of Cloud Hypervisor itself as well: standard error, its log (`-v --log-file FILE`) or the journal of that unit at that time. `chv-doctor check` looks at the host.'

const surroundings: Origin = {
  layer: 'other',
  of: 'a program around Cloud Hypervisor, or of what it works with',
  look: lookAround,
}

/** @returns a general origin where the text is about us, else null */
export const originAround = (texts: readonly string[]): Origin | null =>
  texts.some((text) => aboutUs.test(text)) ? surroundings : null

/** @returns whether a line names another monitor or service: then the text is about that one */
export const isOfOthers = (text: string): boolean => others.test(text)

/** @returns who wrote the line, or null where its words do not tell */
export const originOf = (text: string): Origin | null => {
  const words = withoutFilesOfPeople(text)
  const found = origins.find(([expression]) => expression.test(words))
  return found ? { layer: found[1], of: found[2], look: found[3] } : null
}
