/** What launchers and clouds say that start Cloud Hypervisor as a process, where the reason is in another log. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const ownLog =
  'Look there for the output of cloud-hypervisor itself (journal, the directory of the VM, `--log-file`) at that time, and give it to `chv-doctor explain`; running its command line by hand shows the reason at once.'

const namesUs = ({ says }: Evidence): boolean =>
  says(/cloud-?hypervisor|\bclh\b|\bchv?\b|ch-remote|\/api\/v1\/vmm?\./i) &&
  !says(/firecracker|qemu-system|crosvm/i)

export const launchers: readonly Cause[] = [
  {
    id: 'nomad-driver-unknown',
    line: [/\bunknown driver ['"](?<name>cloud-hypervisor|nomad-driver-ch|ch|virt)['"]/],
    what: 'Nomad on that node has loaded no driver with the name {name|of the job}: nothing was started.',
    why: 'The plugin is not in plugin_dir of the client or not executable, has no plugin block in its configuration, or has another name there.',
    hint: '`nomad node status -self` lists the drivers that are loaded; the log of the client at its start says what it did with the plugin.',
    reference: 'https://developer.hashicorp.com/nomad/plugins/drivers',
    confidence: 'likely',
  },
  {
    id: 'launcher-process-ended',
    line: [
      /(?:cloud-?hypervisor|hypervisor|vmm|vm) (?:process )?(?:has )?(?:exited|ended|terminated|died|quit)\b.{0,60}(?:exit )?(?:code|status):? ?(?<code>\d{1,3})/i,
      /(?:cloud-?hypervisor|hypervisor|vmm) (?:process )?(?:exited|died|terminated|crashed) (?:prematurely|unexpectedly|before).{0,80}/i,
    ],
    needs: namesUs,
    what: 'A launcher reports that Cloud Hypervisor ended by itself soon after its start (code {code|not said}), and not why.',
    why: '1 is an error that it printed, 2 a command line that it does not understand, 101 a panic, 137 a kill (memory), 159 the seccomp filter, 135 huge pages or a full /dev/shm.',
    hint: ownLog,
    reference: doc('logging.md'),
    confidence: 'likely',
  },
  {
    id: 'launcher-request-refused',
    line: [
      /(?:creat|boot|start|delet|paus|resum|snapshot|restor)\w* (?:the )?(?:vm|machine|microvm)\b.{0,160}(?:500 Internal Server Error|: EOF\b|status(?: code)?:? ?\d{3}|HTTP \d{3})/i,
      /\/api\/v1\/vmm?\.(?<request>[\w.-]{2,30})\\?"?: (?<words>EOF|unexpected EOF|read: connection reset by peer|write: broken pipe)/,
    ],
    needs: namesUs,
    what: 'A launcher asked Cloud Hypervisor for something over its API ({request|create or boot}) and got an error or no answer: {words|see the message}.',
    why: '500: the VMM refused, and its reason stands in the body of the answer and in its log. EOF or reset: it ended while it worked on the request (a crash, seccomp, memory).',
    hint: ownLog,
    reference: doc('api.md'),
    confidence: 'likely',
  },
  {
    id: 'launcher-program-missing',
    line: [
      /\[Errno 2\] No such file or directory: b?'(?<program>(?:\S{0,120}\/)?(?:cloud-hypervisor|ch-remote|virtiofsd|qemu-img)\S{0,20})'/,
      /spawn (?<program>(?:\S{0,120}\/)?(?:cloud-hypervisor|ch-remote|virtiofsd)\S{0,20}) ENOENT/,
      /exec: "(?<program>(?:virtiofsd|qemu-img|swtpm|virsh))": executable file not found/,
    ],
    what: 'A script or tool (Ansible, Python, Node) did not find the program {program|} on that machine.',
    why: 'It is not installed there, or not in the PATH of that session: services and ssh without a login have a short one.',
    hint: 'Install it (`chv-doctor fix install-cloud-hypervisor` for Cloud Hypervisor), and call it with its absolute path.',
    check: 'cloud-hypervisor',
    reference: doc('README.md#use-pre-built-binaries'),
    confidence: 'likely',
  },
  {
    id: 'launcher-network-denied',
    line: [
      /(?:fail\w* to )?(?:create|set up|setup|attach|add)\w* (?:the )?(?<kind>bridge|tap|veth|macvtap|interface)\b.{0,80}: (?<words>operation not permitted|permission denied|file exists|device or resource busy|no such device|invalid argument|numerical result out of range)/i,
    ],
    needs: ({ says }) =>
      says(/cloud-?hypervisor|nomad|\bvm\b|microvm|kata|libvirt|hypervisor/i) && !says(/qemu-system/),
    what: 'A launcher could not make its {kind|interface} for the VM: {words|see the message}. The VMM was not started.',
    why: '{errno|} Not permitted: it takes root or cap_net_admin. File exists: an earlier run left it. Busy: another VM is attached. Numerical result out of range: the name has more than 15 characters.',
    hint: 'Run it with the capability, remove what is left (`ip link`, `sudo ip link del NAME` when no VM uses it), or make the TAP beforehand: `chv-doctor fix create-tap`.',
    check: 'tap-device',
    reference: doc('README.md#firmware-booting'),
    confidence: 'likely',
  },
  {
    id: 'mshv-unusable',
    line: [
      /\/dev\/mshv\b.{0,80}(?:Permission denied|EACCES|No such file|ENOENT|not found)/,
      /mshv\w{0,8}: .{0,100}(?:mismatch|not supported|fail\w*|unable|must be root partition)/i,
    ],
    what: 'The hypervisor of Microsoft (/dev/mshv) cannot be used here.',
    why: 'It exists only on Linux as the root partition of Hyper-V (Azure nodes for Kata, or a host that was set up so) with a kernel that has the driver mshv_root, whose version must fit the hypervisor below. On ordinary hosts Cloud Hypervisor takes /dev/kvm. EACCES: the file belongs to root.',
    hint: '`ls -l /dev/mshv /dev/kvm`, `dmesg | grep -i -E "mshv|Hyper-V"`; use the kernel that belongs to that hypervisor, a build with the feature mshv, and run it as root.',
    check: 'kvm',
    reference: doc('README.md#host-os'),
    confidence: 'possible',
  },
]
