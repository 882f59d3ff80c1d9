/** What happens to a VM that runs: threads that end, harmless records of its log and of the host kernel. */
import { type Cause, doc } from '../../cause.ts'
import { isPanicOfOurs } from '../../panics.ts'

const tracker = 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues'

/** Names by which a text shows that it is about Cloud Hypervisor. */
const ourParts = /cloud-hypervisor|ch-remote|\bvmm\b/

export const running: readonly Cause[] = [
  {
    id: 'thread-panicked',
    patterns: [[/(?<thread>[\w`-]{2,40}) thread panicked/]],
    what: 'A thread of Cloud Hypervisor ({thread|see the message}) panicked, and the VM ended with it.',
    why: 'That is a defect of this release: a guest or a client must not be able to do that. A vsock thread does it when a client closes before its CONNECT line is complete (up to 42).',
    hint: 'Use a newer release; else report it with the line "panicked at" that stands on standard error.',
    reference: tracker,
    confidence: 'likely',
  },
  {
    id: 'rust-vmm-panicked',
    layer: 'device',
    patterns: [
      [
        /panicked at (?:\S{1,200}\/)?(?<crate>vfio[-_]user|vfio[-_]ioctls|acpi_tables|virtio-queue|vhost-user-backend|vhost)(?:-\d[\w.]{0,20})?\/(?:\S{1,80}\/)?src\//,
      ],
    ],
    // A thread of ours is certainly the VMM, of which more is said.
    needs: (evidence) => !isPanicOfOurs(evidence),
    what: 'A program that uses the library {crate|of rust-vmm} panicked: {said|see the message}.',
    why: 'Cloud Hypervisor uses that library, and so may the program behind a device (a backend of vfio-user or vhost-user); the name of the thread does not tell which of the two it was. A panic is a defect of that program or library, not of the host: a number that the other side gave was not checked.',
    hint: 'See which program ended; use a newer release of it, and report it there with the line "panicked at" and a log with RUST_BACKTRACE=1.',
    reference: 'https://github.com/rust-vmm',
    confidence: 'possible',
  },
  {
    id: 'option-parser-panicked',
    layer: 'usage',
    patterns: [
      ['panicked at', /is not (?:a name|an id) of an argument or a group|\bclap(?:_builder|_derive)?-\d/],
    ],
    needs: ({ text, says }) => ourParts.test(text) || says(ourParts),
    what: 'Cloud Hypervisor panicked while it read the options of its own command line: {said|see the message}.',
    why: 'The program asked its parser for an option that this build does not have (a build without a feature such as tdx, or a state between two releases). That is a defect of that build; nothing is wrong with the command.',
    hint: 'Use a release binary (`chv-doctor fix install-cloud-hypervisor`), or build with the default features of a released version.',
    check: 'cloud-hypervisor',
    reference: tracker,
    confidence: 'likely',
  },
  {
    id: 'rust-runtime-aborted',
    line: [/^fatal runtime error: .{1,200}/, /^thread '.{0,60}' has overflowed its stack/],
    what: 'A program of Rust (Cloud Hypervisor, if that is what ran) ended itself over a failed assumption: {said|see the message}.',
    why: 'Such a check is about the program, not about the command: "IO Safety violation" is a descriptor that was closed twice (debug builds before 42 do so with their console at a reboot), "overflowed its stack" an endless recursion. It is a defect of that release.',
    hint: 'Use the newest release binary (not a debug build): `chv-doctor fix install-cloud-hypervisor`; report it upstream with what was done before if that ends so, too.',
    check: 'cloud-hypervisor',
    reference: tracker,
    confidence: 'possible',
  },
  {
    id: 'guest-triple-fault-restored',
    layer: 'hypervisor',
    patterns: [['triple-faulted'], ['triple fault']],
    needs: ({ says }) =>
      says(/\brestor(?:ed|ing)\b|VmRestore|--restore\b/) && says(/\bresum(?:ed|ing)\b|VmResume/),
    what: 'The guest crashed (a triple fault) right after it was restored and resumed, and was reset: what runs now has booted anew and is not the saved state.',
    why: 'Its memory or the state of its processors is not as it was: a defect in the way it was restored (on demand, over userfaultfd, a page server), memory files that were changed, or another processor.',
    hint: 'Compare a restore that copies the memory at once (memory_restore_mode=copy), the same host, and the newest release; report it with both logs.',
    reference: doc('snapshot_restore.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-triple-fault',
    layer: 'hypervisor',
    patterns: [['triple-faulted'], ['triple fault']],
    what: 'The guest crashed at once (a triple fault) and was reset.',
    why: 'The kernel or firmware does not fit this machine: for another boot protocol or architecture, or the host cannot run it (nested KVM).',
    hint: 'Boot what is made for Cloud Hypervisor: CLOUDHV.fd, hypervisor-fw, or a kernel with CONFIG_PVH.',
    check: 'firmware',
    reference: doc('README.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-io-unhandled',
    severity: 'note',
    patterns: [[/Guest PIO (?:read|write) (?:to|from|at) (?:unregistered|unhandled) address/]],
    anyLevel: true,
    what: 'The guest talks to a port that no device serves.',
    why: '0x3f8 to 0x3ff is a serial port that --serial off took away, 0x80 a port for waiting, others are asked for by firmware that looks for devices: harmless.',
    hint: 'Nothing need be done. To see what the guest says, give it a serial port: `--serial tty --console off`.',
    reference: doc('device_model.md'),
  },
  {
    id: 'guest-memory-unhandled',
    severity: 'warning',
    patterns: [
      [
        /Guest MMIO (?<way>read|write) (?:to|from|at) (?:unregistered|unhandled) address (?<address>0x[\da-f]+)/,
      ],
    ],
    anyLevel: true,
    what: 'The guest has made a {way|access} at an address ({address|see the record}) where no device is; a read gives ones, a write is lost.',
    why: 'A single one comes from firmware or a driver that looks for a device: harmless. A row of them behind a device that was added, moved or reset says that the guest takes its registers (a BAR) to be elsewhere than the VMM has them: a defect of that release or driver, and the device does not work.',
    hint: 'If a device does not work: compare `lspci -vv` (its regions) in the guest with the address, the device given at the start instead of added, and the newest release.',
    reference: doc('device_model.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-halted',
    severity: 'warning',
    line: [
      /\breboot: System halted\b/,
      /^(?:The operating system has halted|System halted(?:, OK to turn off power)?)\.?$/,
    ],
    what: 'The guest halted its processors on purpose (halt), which does not end the VM: Cloud Hypervisor runs on.',
    why: 'A halted processor waits for an interrupt inside of KVM and tells the VMM nothing; only a power-off (ACPI) or a reset reaches it. A guest that was to power off and halts has no ACPI (acpi=off, a VM of libvirt without <acpi/>).',
    hint: 'In the guest `poweroff` (or `reboot`) instead of `halt`; from outside `ch-remote --api-socket FILE shutdown-vmm`, or end the process.',
    reference: doc('api.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-spurious-interrupt',
    severity: 'warning',
    line: [/spurious APIC interrupt through vector (?<vector>[\da-f]{2}) on CPU#(?<cpu>\d+)/],
    what: 'The kernel of the guest got an interrupt (vector {vector|ff}, CPU {cpu|that it names}) that no device asked for.',
    why: 'One alone does no harm. Where nothing follows it, the guest may wait for an interrupt that went to the wrong vector or CPU: a defect of the interrupt handling in that release, KVM or the guest kernel. These lines do not tell which.',
    hint: 'Compare `--cpus boot=1`, the newest release, another guest kernel, and no nested virtualisation.',
    reference: doc('cpu.md'),
    confidence: 'possible',
  },
  {
    id: 'guest-notification-read',
    severity: 'note',
    patterns: [[/Unexpected read from notification BAR/]],
    line: [/^Unexpected read from notification BAR/],
    anyLevel: true,
    what: 'A virtio driver of the guest reads a register through which it only tells the device of new work (the notification BAR); the record is no end, and the device goes on.',
    why: 'The register has nothing to be read. Drivers of Windows (NetKVM) on arm64 read it back after each write.',
    hint: 'Nothing need be done where the device works. Other releases of the driver, and of Cloud Hypervisor, may not say it.',
    reference: doc('device_model.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-virtio-register',
    severity: 'note',
    patterns: [[/invalid virtio (?:register|config) (?:byte |word |dword |qword )?(?:read|write)/]],
    anyLevel: true,
    what: 'A virtio driver of the guest read or wrote a register of its device in an unusual way.',
    why: 'Drivers of small systems (unikernels, boot loaders) do so, and the device passes over it: harmless where the device works.',
    hint: 'Nothing need be done if the device works in the guest; else the driver of the guest is to be mended.',
    reference: doc('device_model.md'),
    confidence: 'likely',
  },
  {
    id: 'host-msr-unhandled',
    severity: 'note',
    line: [/\bkvm \[\d+\]: (?:vcpu\d+,? )?.{0,40}(?:unhandled|ignored) (?:rd|wr)msr/],
    what: 'The guest asked for a register of the processor that KVM does not have.',
    why: 'Kernels probe for such registers at the start: harmless.',
    hint: 'Nothing need be done.',
    reference: 'https://docs.kernel.org/virt/kvm/api.html',
  },
]
