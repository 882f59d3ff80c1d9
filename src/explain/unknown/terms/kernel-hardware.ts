/** Words of a kernel about its machine: processors, interrupts, memory that is broken, links. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const kernelHardwareTerms: Terms = [
  [
    /\brtc[_-]cmos\b.{0,80}\b(?:broken|not accessible|returned|failed)\b/,
    'rtc_cmos is the driver of the real-time clock of a PC: where it gets no answer, a guest takes its time from kvm-clock; that is harmless and may cost a second at boot (`initcall_blacklist=cmos_init`).',
  ],
  [
    /\b(?:SVM|VMX)\b.{0,20}\bdisabled \(?by BIOS\b|\bsupport for 'kvm_(?:amd|intel)' disabled by bios\b|\bkvm: disabled by bios\b/i,
    'Virtualisation (VT-x or AMD-V, called SVM) is switched off in the firmware of that machine, so /dev/kvm is not made: switch it on in the BIOS set-up; in a virtual machine the hypervisor around it must pass it on.',
  ],
  [
    /\blapic timer period limited to \d{1,12} ns\b/,
    'The guest set its timer to a period so short that KVM makes it longer (kvm.min_timer_period_us): a note of the host, which ends nothing.',
  ],
  [
    /\bCPU bug present and SMT on, data leak possible\b/,
    'KVM warns that this processor has a flaw by which a guest may read data of its neighbour thread while SMT is on: nothing fails by it; `grep . /sys/devices/system/cpu/vulnerabilities/*` shows the state, `nosmt` or core scheduling of the VMM is the answer for guests that are not trusted.',
  ],
  [
    /\bMemory failure: 0x[\da-f]{1,16}: |\bUncorrected hardware memory error in user-access\b/,
    'A page of memory of that machine is broken (an uncorrectable error, ECC): the kernel takes it away and sends SIGBUS to the process that uses it, a VMM or its guest; `sudo dmesg | grep -i mce`, edac-util or rasdaemon name the module that must be replaced.',
  ],
  [
    /\bperf: interrupt took too long\b|\blowering kernel\.perf_event_max_sample_rate\b/,
    'The kernel lowers how often perf may sample, because its interrupt took long: harmless, usual on busy hosts and in guests, whose vCPUs are interrupted themselves.',
  ],
  [
    /\bhrtimer: interrupt took \d{1,14} ns\b/,
    'A timer interrupt took long: on a guest its vCPU got no time from the host in between, on a host mostly the firmware (SMI) or a busy hypervisor around it. A note, no failure.',
  ],
  [
    /\bsched: (?:\w{1,20} )?RT throttling activated\b/,
    'Threads of real-time priority (SCHED_FIFO, chrt) used more than their share of a CPU (kernel.sched_rt_runtime_us, 95 %) and are stopped for the rest of each period: vCPUs pinned with such a priority stall by it.',
  ],
  [
    /\blocal softirq work is pending, handler #\w{1,3}/,
    'A CPU went idle while work of an interrupt was still pending: a note of the kernel about its own order, mostly of a driver of network or tty; harmless by itself.',
  ],
  [
    /\bNETDEV WATCHDOG: /,
    'A network card did not send a packet in time (transmit queue): its interrupts are lost, its driver or firmware hangs, or, in a guest, the back-end of the card on the host stands still. `ethtool -S DEV` and the kernel log around it tell more.',
  ],
  [
    /\btemperature above threshold\b|\bcpu clock throttled\b/i,
    'The processor of the host is too hot and runs slower for that time: VMs on it are slow, nothing fails; cooling, dust or the power settings of the machine are the reason.',
  ],
  [
    /\bgenirq: Flags mismatch irq \d/,
    'Two drivers want the same interrupt line, and one of them does not share it: a device with INTx that is passed through (vfio-intx) needs its line alone. Unbind the other device, move the card to another slot, or use MSI (`lspci -vv` shows which the device has).',
  ],
  [
    /\bDPC: containment event\b/,
    'A PCIe port cut off the device below it after an error on the link (DPC): its driver loses it, a VM to which it is passed through, too. `sudo dmesg` around it and `lspci` say which; card, slot, riser or power are the usual reasons.',
  ],
  [
    /\bfailed to set APST feature\b/,
    'APST is the sleep of an NVMe disk between requests: a disk that refuses it works all the same.',
  ],
  [
    /\bcma: Failed to reserve\b/,
    'The kernel could not set aside memory for large DMA buffers (CMA): too little memory, or the range that is asked for lies outside of it. A remark, unless a driver needs it; `cma=` on its command line sets the size (0 for none).',
  ],
  [
    /\bSError Interrupt on CPU\d|\bBad mode in Error handler detected\b|\bsynchronous external abort\b/,
    'An SError or external abort of an arm64 kernel is an access that the bus refused: at an address without a device (a wrong table or driver), of a passed-through device that is gone or without power, or a fault of the memory.',
  ],
  [
    /\bOops - (?:illegal|[Uu]ndefined) instruction\b/,
    'The kernel ran an instruction that its processor has not or does not permit: it was built for another one (an extension of RISC-V or arm64 that the guest is not given), or jumped to where there is no code.',
  ],
  [
    /\bserial8250: too much work for irq\d/,
    'The driver of the serial port got more interrupts than it works off at once: much output on an emulated port on a busy host; some output may come late, nothing else fails. hvc0 (--console) is faster.',
  ],
]
