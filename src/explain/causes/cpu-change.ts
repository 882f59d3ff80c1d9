/** vCPUs that are added to and taken from a running VM, and registers that KVM gives and takes. */
import { type Cause, doc } from '../cause.ts'

const page = doc('hotplug.md')

export const cpuChanges: readonly Cause[] = [
  {
    id: 'arm-vcpu-hotplug',
    patterns: [[/VcpuCreate\(|Failed to create Vcpu/, 16]],
    needs: ({ phase }) => phase === 'resize',
    what: 'KVM refused a new vCPU for the running VM (EBUSY): on arm64 (aarch64) that is not supported.',
    why: 'KVM on ARM takes no new vCPU once the interrupt controller (GIC) of the guest is set up, so CPU hotplug cannot work there. What the refused request left behind makes the next resize fail, too.',
    hint: 'Start the VM with the number that it needs: `--cpus boot=N`; fewer can be used by taking CPUs offline in the guest.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'cpu-resize-zero',
    patterns: [['VcpuPendingRemovedVcpu'], ['Still pending removed vCPU']],
    needs: ({ says }) => says(/\bresize\b.{0,80}--cpus[ =]0(?!\d)|"?desired_vcpus"?: ?0(?!\d)/),
    what: 'The VM was asked to have 0 vCPUs: a guest cannot take its last CPU (cpu0) offline.',
    why: 'The removal stays pending for ever, and later requests to resize are refused until the guest has carried it out.',
    hint: 'Ask for at least 1. A reboot of the guest clears what is pending.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'cpu-removal-pending',
    patterns: [['VcpuPendingRemovedVcpu'], ['Still pending removed vCPU']],
    what: 'An earlier resize removed vCPUs, and the guest has not yet taken them offline: until then further resizing is refused.',
    why: 'Cloud Hypervisor asks the guest over ACPI to let go of the vCPU and waits for its acknowledgement. A busy guest takes a while; one without CPU hotplug (no ACPI, an arm64 guest booted directly, a kernel without CONFIG_HOTPLUG_CPU) never does.',
    hint: 'Wait and try again; see `lscpu` and `dmesg` in the guest. If it never lets go, reboot the guest, and start it with the number that it needs.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'arm-registers-sve',
    patterns: [[/(?:Get|Set)Aarch(?:64)?Core\w*Register|(?:get|set) aarch64 core register/, 22]],
    what: 'KVM on this arm64 host refused (EINVAL) a core register of the vCPU, so its state cannot be saved or restored.',
    why: 'On processors with SVE the kernel offers the floating-point registers as SVE registers only; a release that asks for the old ones cannot take a snapshot or migrate there. It is a limitation of the release on that processor, not of the arguments.',
    hint: 'Use a newer release; `grep -c sve /proc/cpuinfo` on the host tells whether it has SVE.',
    reference: doc('snapshot_restore.md'),
    confidence: 'likely',
  },
  {
    id: 'vcpu-pause-timeout',
    patterns: [[/Timeout when waiting for signal to be acknowledged|\bSignalAcknowledgeTimeout\b/]],
    line: [/\b(?:Error signalling vCPUs: )?Timeout when waiting for signal to be acknowledged/],
    what: 'The VM could not be paused (for a pause, snapshot, migration or resize): a vCPU did not stop when it was asked to.',
    why: 'The thread of that vCPU was busy in the VMM: it waited for a device that was being activated (the firmware or kernel of the guest was still booting), for a slow disk or backend, or did not get on because the host is overloaded. Releases differ in what they serve while they wait.',
    hint: 'Wait until the guest has booted and do it again; see the load of the host and the records before it (activation, barrier, backend). If it happens to a guest that has booted, use a newer release and report it.',
    reference: doc('live_migration.md'),
    confidence: 'likely',
  },
  {
    id: 'cpu-affinity-bounds',
    patterns: [[/panicked at/, /libc-[\d.]{3,12}\/src\//, /the len is 16 but the index is \d/]],
    what: 'Cloud Hypervisor crashed (a panic) over a host CPU of `--cpus affinity=` that does not exist.',
    why: 'A set of CPUs in the C library has room for 0 to 1023; a larger number in affinity= runs out of it. That it is not refused in words is a defect of the program.',
    hint: 'Pin to CPUs that the host has: `lscpu` and `nproc --all` tell; the numbers in [ ] are those of the host, the one before @ is the vCPU.',
    reference: doc('cpu.md'),
    confidence: 'likely',
  },
  {
    id: 'instruction-not-emulated',
    patterns: [[/Unsupported instruction: |UnsupportedInstruction\(/]],
    what: 'The guest used an instruction that the emulator of Cloud Hypervisor does not know, and the vCPU stopped.',
    why: 'On the Microsoft hypervisor (MSHV) the VMM itself emulates what the guest does on the registers of a device (TPM, PCI, a port); an instruction that this release lacks ends it. Neither the host nor the disk is at fault.',
    hint: 'Use a newer release, or start without the device that the guest was working on (`--tpm` for instance); report it with the instruction that the line names.',
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
    confidence: 'likely',
  },
]
