/** What the hypervisor of Microsoft (MSHV) refuses. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const isMshv = ({ text, says }: Evidence): boolean =>
  /\bmshv|[Hh]ypercall \d+ failed/.test(text) || says(/\bmshv|[Hh]ypercall \d+ failed/)

const status = /[Hh]ypercall (?<call>\d{1,5}) failed with (?<status>0x[\da-f]{1,8}(?:: \w{2,40})?)/

const state = /Could not (?:get|set) (?:the )?vCPU state/

export const mshv: readonly Cause[] = [
  {
    id: 'mshv-device-denied',
    patterns: [
      [/Failed to create (?:the )?(?:hypervisor|Vm)\b|CreateHypervisor\(|HypervisorCreate\(/, 13],
      [/HypervisorCreate\(.{0,80}\(os error 13\)/],
    ],
    line: [/\/dev\/mshv['"’]?:? .{0,40}(?:Permission denied|os error 13)/],
    needs: ({ says }) => says(/\/dev\/mshv\b/) && !says(/\/dev\/kvm\b/),
    what: 'The user was not permitted to open /dev/mshv, the device of the Microsoft hypervisor.',
    why: 'It belongs to root alone unless a rule of udev gives it to a group; KVM and its group have no part in it.',
    hint: 'Start Cloud Hypervisor as root, or give the device to a group: `echo \'KERNEL=="mshv", GROUP="mshv", MODE="0660"\' | sudo tee /etc/udev/rules.d/60-mshv.rules`, `sudo groupadd -f mshv && sudo usermod -aG mshv $USER`, reload (`sudo udevadm control --reload && sudo udevadm trigger /dev/mshv`) and log in again.',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'mshv-state-refused',
    patterns: [[state]],
    line: [state],
    needs: isMshv,
    what: 'The state of a virtual CPU cannot be saved or restored: the Microsoft hypervisor (MSHV) refused to read or set one of its registers.',
    why: 'For a snapshot or a migration all registers (MSRs) that this release knows are read, and set at the other end, and the hypervisor of this host does not have one of them, or not for this guest. It is a limit of release and host; no option of the command is wrong.',
    hint: 'Use a newer release of Cloud Hypervisor, whose list of registers fits, and a newer hypervisor and kernel of the host; until then stop the VM in place of a snapshot.',
    reference: doc('snapshot_restore.md'),
    confidence: 'likely',
  },
  {
    id: 'mshv-hypercall-refused',
    patterns: [[status]],
    line: [status],
    what: 'The Microsoft hypervisor (MSHV) refused a request of Cloud Hypervisor: hypercall {call|} ended with {status|an error}.',
    why: 'Kernel driver (mshv), hypervisor and release must fit each other; a status such as InvalidParameter means that this hypervisor does not know what was asked for, InsufficientMemory that it needs more memory from the host.',
    hint: 'Use a newer release, and the kernel that belongs to that hypervisor; the message around this line says which step it was. `dmesg | grep -i mshv`.',
    reference: doc('README.md#host-os'),
    confidence: 'possible',
  },
]
