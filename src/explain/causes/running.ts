/** What happens to a VM that runs: threads that end, harmless records of its log and of the host kernel. */
import { type Cause, doc } from '../cause.ts'

const tracker = 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues'

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
    id: 'guest-io-unhandled',
    severity: 'note',
    patterns: [[/Guest (?:PIO|MMIO) (?:read|write) (?:to|from|at) (?:unregistered|unhandled) address/]],
    anyLevel: true,
    what: 'The guest talks to a port that no device serves.',
    why: '0x3f8 to 0x3ff is a serial port that --serial off took away, 0x80 a port for waiting, others are asked for by firmware that looks for devices: harmless.',
    hint: 'Nothing need be done. To see what the guest says, give it a serial port: `--serial tty --console off`.',
    reference: doc('device_model.md'),
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
