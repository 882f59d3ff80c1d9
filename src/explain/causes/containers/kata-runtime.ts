/** What the runtime of Kata itself stumbles over, while the VM is in order. */
import type { Cause } from '../../cause.ts'

export const kataRuntime: readonly Cause[] = [
  {
    id: 'kata-request-failed',
    line: [/^(?<request>Vmm?(?:[A-Z][a-z]+){1,4}|(?:Create|Boot|Shutdown|Resume|Pause)VM) failed$/],
    what: 'Kata asked Cloud Hypervisor for something over its API ({request|see the record}), and the request failed.',
    why: 'The record does not hold the reason: the process gave no answer because it hangs or has ended (a crash, seccomp, memory), or it refused the request.',
    hint: 'Read the log and output of cloud-hypervisor of that sandbox at that time (`journalctl -t cloud-hypervisor -t kata`), see whether it still runs, and look at the records above this one.',
    reference: 'https://github.com/kata-containers/kata-containers/issues',
    confidence: 'possible',
  },
  {
    id: 'kata-cleanup-failed',
    line: [
      /failed to shutdown shim task and the shim might be leaked/,
      /(?:^|› |\d: )(?:do the clean ?up|delete hypervisor)(?: ›|$)/,
    ],
    needs: ({ says }) => says(/\b(?:kata|shim|containerd|virt_container|runtimes::)/i),
    what: 'The runtime of Kata (its shim) failed while it cleaned up after a pod that had ended.',
    why: 'The container was stopped; what failed is the removal of what belonged to the sandbox, such as a directory that is not there (any more). The VM and its disks are not the reason. It is a defect of that release of Kata (runtime-rs 3.28 does so with Cloud Hypervisor).',
    hint: 'See whether a shim or a VM of that sandbox is left (`ps aux | grep -E "shim-kata|cloud-hypervisor"`) and end it; use a newer Kata.',
    reference: 'https://github.com/kata-containers/kata-containers/issues',
    confidence: 'likely',
  },
  {
    id: 'kata-answer-unreadable',
    line: [
      /(?:^|› |\d: )(?:expected .{1,40}|trailing characters|EOF while parsing .{1,30}|key must be a string) at line \d+ column \d+/,
    ],
    needs: ({ says }) =>
      says(/Server: Cloud Hypervisor API|get vminfo|cloud-hypervisor|\bclh\b/i) &&
      says(/kata|shim|runtime|get vminfo/i),
    what: 'The runtime of Kata could not read an answer of the API of Cloud Hypervisor: it is no whole JSON.',
    why: 'Two requests used the same connection at the same time, so that their answers came mixed or cut off (a race in runtime-rs of Kata 3.28 and before); or the VMM ended in the middle of an answer. No option of the VM is wrong.',
    hint: 'Use a newer Kata; see with `journalctl` whether cloud-hypervisor of that sandbox still ran at that time.',
    reference: 'https://github.com/kata-containers/kata-containers/issues',
    confidence: 'likely',
  },
  {
    id: 'kata-runtime-crashed',
    line: [/^panic: (?<words>runtime error: .{1,120})/],
    needs: ({ says }) => says(/\bkata\b|virtcontainers|containerd-shim/i),
    what: 'The runtime of Kata (a program in Go) crashed: {words|see the message}. Cloud Hypervisor itself did not.',
    why: 'It relied on something that was not there, such as the answer or the device (network, disk) of a VM; the first frames of "goroutine" that name virtcontainers say at which step. That is a defect of that release of Kata.',
    hint: 'Use a newer Kata; report it there with the lines behind "goroutine".',
    reference: 'https://github.com/kata-containers/kata-containers/issues',
    confidence: 'likely',
  },
]
