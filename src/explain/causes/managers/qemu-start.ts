/** What QEMU says when it does not start: its accelerator, processor, machine and memory. */
import type { Cause } from '../../cause.ts'

const manual = 'https://www.qemu.org/docs/master/system/invocation.html'
const models = 'https://www.qemu.org/docs/master/system/qemu-cpu-models.html'

export const qemuStart: readonly Cause[] = [
  {
    id: 'qemu-kvm-denied',
    line: [
      /Could not access KVM kernel module: (?:Permission denied|Operation not permitted)/,
      /\bfailed to initiali[sz]e kvm: (?:Permission denied|Operation not permitted)/,
    ],
    errnos: [1, 13],
    what: 'QEMU may not open /dev/kvm (permission denied): it cannot use KVM as this user.',
    why: 'The file belongs to root and mostly to the group kvm; a new membership counts from the next login on. In a container the device must be given to it, too.',
    hint: 'See `ls -l /dev/kvm` and `id`; `sudo usermod -aG kvm $USER` and log in again (container: `--device /dev/kvm`). Cloud Hypervisor needs the same right.',
    check: 'kvm',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-kvm-missing',
    line: [
      /Could not access KVM kernel module: No such (?:file|device)/,
      /\bfailed to initiali[sz]e kvm: No such (?:file|device)/,
    ],
    errnos: [2, 6, 19],
    what: 'QEMU found no usable /dev/kvm: KVM is not there on this machine.',
    why: 'The module kvm_intel or kvm_amd is not loaded, VT-x or AMD-V (SVM) is off in the firmware (BIOS), or this machine is itself a VM without nested virtualisation.',
    hint: '`sudo modprobe kvm_intel` (or kvm_amd), and `sudo dmesg | grep -i kvm` for why it does not load; `grep -Ec "vmx|svm" /proc/cpuinfo` gives 0 where the processor does not offer it.',
    check: 'kvm',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-cpu-features-refused',
    line: [/\bHost doesn't support requested features\b|\bTCG doesn't support requested features\b/],
    what: 'QEMU does not start because the host lacks features of the CPU that were asked for (enforce or check of -cpu).',
    why: 'The warnings before it name each feature. The CPU model is newer than the processor or its microcode, svm and vmx are not passed on (nested virtualisation is off), or the VM was made on another host.',
    hint: 'Choose an older or generic model (`-cpu x86-64-v2-AES` on Proxmox, `host-model` in libvirt), or `-cpu host`.',
    reference: models,
    confidence: 'likely',
  },
  {
    id: 'qemu-cpu-host-needs-kvm',
    line: [
      /CPU model '(?<model>host|max)' requires (?:KVM|HVF|HAX|NVMM|WHPX)/,
      /unable to find CPU model '(?<model>host|max)'/,
      /CPU mode '(?<model>host-passthrough|maximum)' for \S{1,20} \w{1,10} domain on \S{1,20} host is not supported by hypervisor/,
    ],
    what: 'The processor of the host ({model|host}) can be passed to a guest only with KVM, and QEMU runs without it.',
    why: 'The command has no -enable-kvm or -accel kvm, the domain is of type qemu instead of kvm, the guest is of another architecture than the host, or /dev/kvm cannot be used (then a message about KVM stands before).',
    hint: 'Add `-accel kvm` (libvirt: `<domain type="kvm">`), and see `ls -l /dev/kvm`; for pure emulation use `-cpu max` or a named model.',
    check: 'kvm',
    reference: models,
    confidence: 'likely',
  },
  {
    id: 'qemu-cpu-model-unknown',
    line: [
      /unable to find CPU model '(?<model>[^']{1,60})'/,
      /\bUnknown CPU model (?<model>[\w.-]{1,60})|\bCPU model '(?<name>[\w.-]{1,60})' not supported by hypervisor\b/,
    ],
    what: 'This QEMU or libvirt has no CPU model {model|of that name}.',
    why: 'It is misspelt, newer than this version, or belongs to another architecture than that of the emulator.',
    hint: '`qemu-system-x86_64 -cpu help` (libvirt: `virsh cpu-models x86_64`) lists the names; `-cpu host` takes that of the host.',
    reference: models,
    confidence: 'likely',
  },
  {
    id: 'qemu-machine-unknown',
    line: [
      /-(?:machine|M) (?:type=)?(?<machine>[\w.+-]{1,60})\S{0,60}: unsupported machine type/,
      /\bunsupported machine type(?::? "?(?<machine>[\w.+-]{1,60}))?/,
      /machine type '(?<machine>[^']{1,60})' (?:is )?not supported by emulator/,
      /does not support machine type '(?<machine>[^']{1,60})'/,
    ],
    what: 'This QEMU has no machine type {machine|of that name}.',
    why: 'A machine type with a version belongs to the QEMU that made the VM: it comes from a newer release, from another distribution (pc-…-rhel, pc-…-ubuntu names), or was removed since as too old.',
    hint: '`qemu-system-x86_64 -machine help` lists them; set `q35` or `pc` without a version (libvirt: machine= in `virsh edit NAME`), or install the newer QEMU.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-machine-none',
    line: [/\bNo machine specified, and there is no default\b/],
    what: 'QEMU for this architecture (arm, riscv) has no default machine: -machine is missing.',
    why: 'Only the emulators of a PC choose one by themselves.',
    hint: 'Add `-machine virt` (and `-cpu host -accel kvm` on a host of that architecture, else `-cpu max`).',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-memory-short',
    line: [
      /cannot set up guest memory '?(?<name>[\w.-]{0,40})'?: (?:Cannot allocate|Out of) memory/,
      /(?:os_mem_prealloc|qemu_prealloc_mem): .{0,80}(?:Insufficient|failed)/,
      /unable to map backing store for guest RAM: (?:(?:Cannot allocate|Out of) memory|No space left)/,
      /\bpreallocating memory failed\b/,
    ],
    errnos: [12, 14, 28],
    what: 'QEMU did not get the memory of the guest from the host.',
    why: 'With hugepages, mem-path or prealloc: fewer huge pages are free (on that NUMA node) than the guest is large, or /dev/shm is too small. Without: the guest is larger than the free memory and swap, or a limit (cgroup of the container, ulimit -v, overcommit_memory=2) is reached.',
    hint: 'See `free -h` and `grep -i huge /proc/meminfo`; lower -m, or reserve more: `sudo sysctl vm.nr_hugepages=N` (N pages of 2 MiB).',
    check: 'memory',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'qemu-cpus-too-many',
    line: [
      /\bInvalid SMP CPUs \d+\. The max CPUs supported by machine '(?<machine>[^']{1,40})' is (?<most>\d+)/,
    ],
    what: 'The machine {machine|of QEMU} takes fewer CPUs ({most|see the line}) than -smp asks for.',
    why: 'More than 255 need q35 with an interrupt controller and an IOMMU of their own; other machines have lower limits.',
    hint: 'Lower -smp; else `-machine q35,kernel-irqchip=split -device intel-iommu,intremap=on,eim=on`.',
    reference: manual,
    confidence: 'likely',
  },
]
