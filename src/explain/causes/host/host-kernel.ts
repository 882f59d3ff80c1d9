/** What the kernel and the services of the host say about KVM, huge pages, memory pressure, and devices for VFIO. */
import { type Cause, doc } from '../../cause.ts'

const vfio = doc('vfio.md')
const kvmApi = 'https://docs.kernel.org/virt/kvm/x86/index.html'

export const hostKernel: readonly Cause[] = [
  {
    id: 'host-kernel-crashed',
    line: [
      /^PID: \d+ .{0,80}\bCOMMAND: "(?<thread>vcpu\d{1,4}|vmm|cloud-hyper\w*|_\w{2,15})"/,
      /\bComm: (?<thread>vcpu\d{1,4}|vmm|cloud-hyper\w*) (?:Not t|T)ainted/,
    ],
    needs: ({ says }) =>
      says(/\b(?:crash_kexec|oops_end|die)\b|exception RIP|\bOops\b|BUG: |general protection|Kernel panic/) &&
      says(/\b(?:kvm|svm|vmx|vfio|vhost|iommu|irq)_\w+/),
    what: 'The kernel of the host crashed while it worked for the VM (thread {thread|of Cloud Hypervisor}); neither the guest nor the VMM did.',
    why: 'No program may be able to bring a kernel down: it is a defect of that kernel, in the function at RIP and those below it (svm_ and vmx_ are KVM on AMD and Intel, irte and msi its interrupts, vfio a passed-through device). What the VMM asked for only led there; a newer release may ask in another order.',
    hint: 'Update the kernel of the host, then Cloud Hypervisor; until then start the VM without the device that is passed through. Report it to the distribution with the whole trace.',
    reference: 'https://docs.kernel.org/admin-guide/bug-hunting.html',
    confidence: 'likely',
  },
  {
    id: 'memory-pressure-killed',
    line: [
      /systemd-oomd\S{0,12}:? ?Killed (?<what>\S{1,200}) due to memory (?:pressure|used)/,
      /^Killed (?<what>\/\S{1,200}) due to memory (?:pressure|used)/,
      /earlyoom\S{0,12}: sending SIG(?:TERM|KILL) to process \d+.{0,40}cloud-hyper/,
    ],
    needs: ({ says }) => says(/cloud-?hyper|\bvm|microvm|virt/i),
    what: 'A service of the host (systemd-oomd, earlyoom) killed {what|the VM} because memory was short: not the kernel, and not Cloud Hypervisor.',
    why: 'It ends whole groups (a scope, a session) when programs wait for memory too long, before the kernel runs out. The VM lay in that group.',
    hint: 'Give the guest less memory or the host more; run VMs as services of their own with `ManagedOOMPreference=avoid` (or ManagedOOMMemoryPressure=auto); `oomctl` shows what it watches.',
    check: 'memory',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd-oomd.service.html',
    confidence: 'likely',
  },
  {
    id: 'hugepages-not-allocated',
    line: [
      /hugetlb: allocating (?<wanted>\d+) of page size (?<size>[\d.]+ \w{2,3}) failed\.\s+Only allocated (?<got>\d+)/i,
    ],
    what: 'The host got only {got|some} of the {wanted|} huge pages {size|} that were asked for.',
    why: 'Its free memory is too small or too scattered: a huge page needs contiguous memory, 1 GiB pages mostly only at the boot. A VM with hugepages=on that needs more ends with SIGBUS or ENOMEM.',
    hint: 'Reserve them on the kernel command line (`default_hugepagesz=1G hugepagesz=1G hugepages=N`) or early after the boot (`sudo sysctl vm.nr_hugepages=N`); see `grep -i huge /proc/meminfo`; give the guest less, or drop hugepages=on.',
    check: 'memory',
    reference: 'https://docs.kernel.org/admin-guide/mm/hugetlbpage.html',
    confidence: 'likely',
  },
  {
    id: 'kvm-other-hypervisor',
    line: [
      /VERR_(?:VMX_IN_VMX_ROOT_MODE|SVM_IN_USE)|VT-x is being used by another hypervisor/,
      /kvm(?:_intel|_amd)?: (?:CPU \d+ )?(?:VMX|virtualization) (?:already )?(?:enabled|in use) by (?:another|other)/i,
    ],
    what: 'Another hypervisor holds the virtualisation of the processor (VT-x, AMD-V): only one can at a time.',
    why: 'VirtualBox or VMware and KVM exclude each other on one host: from kernel 6.12 on KVM takes it as soon as its module is loaded (kvm.enable_virt_at_load).',
    hint: 'End the machines of one of them; for KVM unload the modules of the other (`sudo rmmod vboxnetadp vboxnetflt vboxdrv`); for VirtualBox unload KVM or set kvm.enable_virt_at_load=0.',
    check: 'kvm',
    reference: kvmApi,
    confidence: 'likely',
  },
  {
    id: 'kvm-nested-off',
    line: [
      /nested (?:VMX|SVM|virtualization) (?:support )?is not enabled/i,
      /\bkvm_(?:intel|amd) is not loaded with nested=1/,
      /^(?:\/sys\/module\/kvm_(?:intel|amd)\/parameters\/nested:)?[N0]$/,
    ],
    // "N" and "0" alone are anybody's.
    needs: ({ text, says }) =>
      !/^[N0]$/.test(text) || says(/\/sys\/module\/kvm_(?:intel|amd)\/parameters\/nested\b/),
    what: 'Nested virtualisation is switched off in the KVM of that host: its guests get no /dev/kvm of their own.',
    why: 'The module parameter nested of kvm_intel or kvm_amd is N (0).',
    hint: '`echo "options kvm_intel nested=1" | sudo tee /etc/modprobe.d/kvm.conf` (kvm_amd on AMD), end all VMs and load the module anew; Cloud Hypervisor gives it on to the guest by default (`--cpus nested=on` from 52 on).',
    check: 'kvm',
    reference: 'https://docs.kernel.org/virt/kvm/x86/running-nested-guests.html',
    confidence: 'likely',
  },
  {
    id: 'kvm-guest-counter-ignored',
    severity: 'note',
    line: [
      /\bkvm ?\[\d+\]: vcpu\d+,? .{0,60}(?:disabled perfctr|ignored (?:rdmsr|wrmsr)|unhandled|unimplemented)/,
      /KVM_SET_TSS_ADDR need to be called before/,
    ],
    what: 'KVM of the host notes that a guest used a register which it does not emulate: harmless.',
    why: 'The kernel of the guest probes counters and registers of real processors. The line is no reason of a failure.',
    hint: 'Nothing need be done.',
    reference: 'https://docs.kernel.org/virt/kvm/x86/msr.html',
    confidence: 'likely',
  },
  {
    id: 'kvm-page-tables-wrong',
    line: [
      /EPT:? [Mm]isconfiguration|\bNPT?F? .{0,30}misconfig/i,
      /kvm\S{0,12}: .{0,80}unexpected (?:exit|vmexit|EPT)/i,
    ],
    what: 'KVM met a state of its page tables that must not be (EPT misconfiguration): a defect of the host kernel or its hardware, not of the guest.',
    why: 'Usual are a defect of that kernel (often nested, or with devices passed through), faulty memory, and an outer hypervisor that reports address bits it does not have.',
    hint: 'Use a newer kernel of the host, its microcode, and a memory test; nested: `--cpus max_phys_bits=39`, or a host with KVM on the hardware. Report it with the lines around it.',
    check: 'host-kernel',
    reference: kvmApi,
    confidence: 'possible',
  },
  {
    id: 'vfio-device-asleep',
    line: [
      /Unable to change power state from (?<from>D3\w{2,5}) to D0/,
      /not ready \d+ms after (?:FLR|bus reset|resume|D3)/,
      /vfio\S{0,4} \S{7,14}: .{0,40}device inaccessible/,
    ],
    what: 'The passed-through device does not answer any more (it does not wake up from {from|its power state}, or not after a reset).',
    why: 'It was put to sleep (D3cold) or reset and did not come back: cards without a working reset (some GPUs, NVMe disks, wireless cards), a slot that lost power, or a device that fell off the bus.',
    hint: 'Restart the host to bring it back (rescan: `echo 1 | sudo tee /sys/bus/pci/devices/ADDRESS/remove`, then `/sys/bus/pci/rescan`); keep it awake: `vfio-pci.disable_idle_d3=1`, `echo 0 | sudo tee /sys/bus/pci/devices/ADDRESS/d3cold_allowed`; update its firmware.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'vfio-unsafe-interrupts',
    line: [/No interrupt remapping support/, /allow_unsafe_interrupts/],
    needs: ({ says }) => says(/No interrupt remapping/),
    what: 'VFIO does not pass the device through, because this platform has no interrupt remapping.',
    why: 'Without it a device could raise any interrupt of the host, so VFIO refuses. It is off in the firmware (x2APIC, VT-d), hidden by an outer hypervisor, or not there on old boards.',
    hint: 'Switch VT-d with interrupt remapping on in the firmware, drop intremap=off from the kernel command line; only for guests that you trust: `options vfio_iommu_type1 allow_unsafe_interrupts=1` in /etc/modprobe.d.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'vfio-rmrr',
    line: [
      /ineligible for IOMMU domain attach due to platform RMRR requirement/,
      /Firmware has requested this device have a 1:1 IOMMU mapping, rejecting/,
    ],
    what: 'The firmware of the host reserves memory for that device (RMRR), so its kernel does not let it be passed through.',
    why: 'Servers (known from HPE) let controllers and network cards write to fixed memory for management; a guest could not be kept out of it.',
    hint: 'Switch that off for the device in the firmware set-up (HPE: conrep, "HP Shared Memory features"), use another slot or device, or a virtual function (SR-IOV).',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'seccomp-audit-record',
    line: [
      /type=SECCOMP .{0,300}exe="[^"]{0,160}cloud-hypervisor[^"]{0,20}".{0,80}syscall=(?<number>\d+)/,
      /\bcomm="(?:cloud-hyper|_?(?:net|disk|fs|vsock|console|rng|pmem|mem|balloon)\d|vcpu\d|vmm|http-server|signal_handler|event-monitor)[\w-]{0,12}".{0,120}sig=31.{0,60}syscall=(?<number2>\d+)/,
    ],
    what: 'The sandbox of Cloud Hypervisor (seccomp) killed it for the system call {number|}{number2|}, says the audit log of the host.',
    why: 'A thread made a system call that its filter does not list: a newer C library or kernel, an unusual option or file system, or a defect of this release. arch=c000003e is x86_64, c00000b7 aarch64; comm names the thread.',
    hint: '`ausyscall NUMBER` (or `ausyscall aarch64 NUMBER`) names the call. Run it with `--seccomp log` to see all such calls, use the static release binary and the newest release, and report it upstream; `--seccomp false` is for finding out only.',
    reference: doc('seccomp.md'),
    confidence: 'likely',
  },
  {
    id: 'tun-module-missing',
    line: [/^open: No such (?:device|file or directory)$/],
    needs: ({ says }) => says(/tuntap|tunctl|\btap\d/),
    what: '`ip tuntap` found no driver behind /dev/net/tun: no TAP can be made.',
    why: 'The module tun is not loaded or not there for the running kernel (after an update the host was not restarted); a container may not load it.',
    hint: '`sudo modprobe tun`; if the module is not found, compare `uname -r` with `ls /lib/modules` and restart the host.',
    check: 'tun',
    reference: 'https://docs.kernel.org/networking/tuntap.html',
    confidence: 'likely',
  },
]
