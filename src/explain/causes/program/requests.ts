/**
 * Requests to a running VM, pasted with nothing that tells of an error: what they do, and what must be done in the
 * guest so that something is seen.
 */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const hotplug = doc('hotplug.md')

/** Beside an error the request is not the question; on arm64 doubts about the set-up say more. */
const isQuiet = ({ says }: Evidence): boolean =>
  !says(
    /aarch64|arm64|ttyAMA0|EFI\.fd|\b(?:error|ERROR|Error|failed|Failed|refused|denied|panicked|cannot|Cannot|rejected)\b|HTTP\/1\.1 [45]|\(os error/,
  )

const request = (words: string): RegExp => new RegExp(`(?:\\bch-remote\\b.{0,200} |/api/v1/vm\\.)${words}`)

export const requests: readonly Cause[] = [
  {
    id: 'request-power-button',
    severity: 'note',
    line: [request('power-button\\b')],
    needs: isQuiet,
    what: 'The power button was pressed: the guest is asked to shut down, and decides itself whether it does.',
    why: 'It takes ACPI and a program in the guest that listens (systemd-logind or acpid). A guest without either, that hangs, or whose kernel was started with acpi=off does nothing; firmware and boot loaders do not listen.',
    hint: 'See in the guest whether logind or acpid runs (`HandlePowerKey=` in logind.conf); wait until it is up. `ch-remote shutdown` ends the VM at once, without the guest.',
    reference: doc('api.md'),
    confidence: 'possible',
  },
  {
    id: 'request-shutdown',
    severity: 'note',
    line: [request('(?:shutdown|shutdown-vmm|delete)\\b')],
    needs: isQuiet,
    what: 'The request shutdown (or delete) ends the VM at once, as if the plug were pulled: the guest is not asked.',
    why: 'Files that the guest has not written yet are lost. The process stays and waits for the next VM; shutdown-vmm ends it, too.',
    hint: 'Ask the guest first: `ch-remote --api-socket FILE power-button`, or `poweroff` in it; then shutdown-vmm.',
    reference: doc('api.md'),
    confidence: 'possible',
  },
  {
    id: 'request-resize-memory',
    severity: 'note',
    line: [request('resize\\b.{0,60}--memory\\b'), request('resize\\b.{0,40}desired_ram')],
    needs: (evidence) => isQuiet(evidence) && !evidence.says(/virtio[-_]mem|hotplug_method/),
    what: 'The memory of the running VM was to be resized; no error stands in the text. What arrives is seen in the guest only once its kernel puts it online.',
    why: 'It takes hotplug_size= in --memory at the start (without it there is no room to grow), a size in bytes or with M or G that is a multiple of 128 MiB, and a guest with ACPI and CONFIG_MEMORY_HOTPLUG. Over ACPI memory only grows: less takes effect at the next boot, or with hotplug_method=virtio-mem.',
    hint: 'In the guest: `grep -l offline /sys/devices/system/memory/*/state`, then `echo online | sudo tee` into these; for always `echo online | sudo tee /sys/devices/system/memory/auto_online_blocks`. `ch-remote info` shows what the VMM gives.',
    reference: hotplug,
    confidence: 'possible',
  },
  {
    id: 'request-resize-disk',
    severity: 'note',
    line: [request('resize-disk\\b')],
    needs: (evidence) => isQuiet(evidence) && !evidence.says(/\b[45]\d\d\b|direct=on|InternalServerError/),
    what: 'A disk of the running VM was to be resized; no error stands in the text.',
    why: 'Cloud Hypervisor enlarges the image (raw images only) and tells the guest, whose driver virtio_blk reports the new size in the kernel log; partitions and file systems stay as large as they were.',
    hint: 'In the guest: `dmesg | tail` ("capacity change") and `lsblk`, then `sudo growpart /dev/vda 1 && sudo resize2fs /dev/vda1` (`xfs_growfs /` for XFS). Where the disk is not larger: `ls -l IMAGE` on the host, and the id of the disk in `ch-remote info`.',
    reference: hotplug,
    confidence: 'possible',
  },
  {
    id: 'request-resize-cpus',
    severity: 'note',
    line: [request('resize\\b.{0,60}--cpus\\b'), request('resize\\b.{0,40}desired_vcpus')],
    needs: isQuiet,
    what: 'The number of CPUs of the running VM was to be changed; no error stands in the text. New CPUs lie offline in the guest until they are switched on.',
    why: 'It takes max= in --cpus at the start, ACPI and CONFIG_HOTPLUG_CPU in the guest; on arm64 a CPU cannot be added to a VM that runs.',
    hint: 'In the guest: `lscpu | grep -i line`, then `for c in /sys/devices/system/cpu/cpu*/online; do echo 1 | sudo tee $c; done`.',
    reference: hotplug,
    confidence: 'possible',
  },
  {
    id: 'request-resize-balloon',
    severity: 'note',
    line: [request('resize\\b.{0,60}--balloon\\b')],
    needs: isQuiet,
    what: 'The balloon of the VM was to be resized; no error stands in the text: the guest gives that much memory to the host, if its driver does.',
    why: 'It takes --balloon at the start and CONFIG_VIRTIO_BALLOON in the guest. The guest shows less free memory, and the process on the host becomes smaller only by pages that were in use before.',
    hint: 'See `dmesg | grep balloon` and `free -m` in the guest, and RSS of the process; huge pages and passed-through devices (VFIO) keep the memory pinned.',
    reference: doc('balloon.md'),
    confidence: 'possible',
  },
  {
    id: 'request-add-device',
    severity: 'note',
    line: [request('add-(?<kind>disk|net|fs|pmem|vsock|device|user-device|vdpa)\\b')],
    needs: isQuiet,
    what: 'A device ({kind|see the command}) was added to the running VM; no error stands in the text. The guest sees it by PCI hotplug over ACPI.',
    why: 'Without ACPI or CONFIG_HOTPLUG_PCI_ACPI in the guest (direct boot on arm64, small kernels) the VMM adds it, and the guest is not told.',
    hint: 'See the answer (its PCI address) with `lspci` and `dmesg | tail` in the guest; `echo 1 | sudo tee /sys/bus/pci/rescan` looks once more; a new disk is then /dev/vdX, a share is mounted by its tag.',
    reference: hotplug,
    confidence: 'possible',
  },
  {
    id: 'request-snapshot',
    severity: 'note',
    line: [request('(?:snapshot|restore)\\b'), /\bvm restore --(?:cpus?|memory)\b/],
    needs: (evidence) =>
      isQuiet(evidence) &&
      !evidence.says(/virtiofs|virtio-fs|_virtio-pci-_fs|kvm_hyperv|--fs\b|userfaultfd|VmRestore/),
    what: 'A snapshot was taken or restored; no error stands in the text.',
    why: 'A VM must be paused for a snapshot and is paused after a restore: it runs on only after resume. Up to release 52 its clock goes on from the time of the snapshot (from 53 on it is set forward), its network (MAC, addresses, open connections) and keys are those of the snapshot, also in a second copy, and its disks are not part of it. How many CPUs and how much memory it has is part of the snapshot, too: other numbers in config.json do not change it.',
    hint: '`ch-remote --api-socket FILE resume`; set the clock in the guest (`chronyc makestep`); give each copy disks, TAP, socket paths and MAC of its own by changing config.json of the snapshot, and new host keys.',
    reference: doc('snapshot_restore.md'),
    confidence: 'possible',
  },
  {
    id: 'request-migration',
    severity: 'note',
    line: [request('(?<side>send|receive)-migration\\b')],
    needs: isQuiet,
    what: 'A VM was to be migrated ({side|send or receive}); no error stands in the text.',
    why: 'From release 53 on send-migration answers at once (204) and the transfer goes on in the background: "Running" right after it is no failure. Before, it answers when all is transferred, or failed. The VM of the sender ends when the other side has taken over; receive-migration answers only then, and waits until a sender comes.',
    hint: 'Ask `ch-remote --api-socket FILE info` on both sides until the sender has ended and the receiver says Running; the logs of both tell why a transfer ended.',
    reference: doc('live_migration.md'),
    confidence: 'possible',
  },
]
