/** Panics of a guest kernel by the words behind "not syncing", where these alone say what it stopped over. */
import { type Cause, doc } from '../../cause.ts'

const bugs = 'https://docs.kernel.org/admin-guide/bug-hunting.html'
const sysctl = 'https://docs.kernel.org/admin-guide/sysctl/kernel.html'
const building = doc('README.md#building-your-kernel')

const panic = (words: string): RegExp => new RegExp(`Kernel panic - not syncing: ${words}`)

export const guestPanics: readonly Cause[] = [
  {
    id: 'guest-panic-after-oops',
    line: [
      panic(
        '(?<words>Fatal exception(?: in interrupt)?|Aiee, killing interrupt handler!?|Attempted to kill the idle task!?|Oops: .{1,60}|Unhandled exception|Asynchronous SError Interrupt|Fatal hardware error!?)',
      ),
    ],
    what: 'The kernel of the guest stopped because of a fault that it met before ({words|see the message}): this line is the end and not the reason.',
    why: 'The fault (an oops: "BUG: unable to handle", "general protection fault", "kernel BUG at", "Unable to handle kernel") stands above it, with RIP or pc and the call trace; "in interrupt" and "Aiee" say that it happened in the handler of an interrupt. Usual are a defect of that kernel or of one of its modules, and memory that is not as it was.',
    hint: 'Read the first of these lines above the panic, and the function and module in it; try another kernel (the newest of the distribution, or the one before), and leave out the device whose driver stands there.',
    reference: bugs,
    confidence: 'likely',
  },
  {
    id: 'guest-panic-by-setting',
    line: [
      panic(
        '(?<words>panic_on_warn set|(?:kernel: )?panic_on_oops set|panic_on_taint set|panic_on_io_nmi|panic_on_stackoverflow)',
      ),
    ],
    what: 'The kernel of the guest is set to panic over what else is a warning ({words|see the message}).',
    why: 'The warning ("WARNING: CPU: … at FILE:LINE") stands above it and is the reason; without the setting the guest would have gone on.',
    hint: 'Read that warning. `sysctl kernel.panic_on_warn=0` (or without panic_on_warn on the command line of the kernel) lets the guest go on.',
    reference: sysctl,
    confidence: 'likely',
  },
  {
    id: 'guest-panic-asked-for',
    line: [panic('sysrq triggered crash')],
    what: 'Somebody asked the kernel of the guest to crash (SysRq c).',
    why: '`echo c > /proc/sysrq-trigger`, a break on the serial port followed by c, or a test of kdump does it. Nothing failed.',
    hint: 'Find who wrote it. `sysctl kernel.sysrq=0` (or 1 bit less) forbids it; a break on the serial console counts as SysRq as well.',
    reference: 'https://docs.kernel.org/admin-guide/sysrq.html',
    confidence: 'likely',
  },
  {
    id: 'guest-panic-verity',
    line: [panic('dm-verity device (?:corrupted|has I/O error)')],
    what: 'dm-verity found a block that does not fit its hash, and the kernel of the guest is set to panic over it.',
    why: 'The image was changed (mounted read-write once, resized, cut off) after its hash tree was made, or root hash, image and hash tree come from different builds.',
    hint: 'Use image and root hash (roothash= or the table on the command line) of one build, with readonly=on; `veritysetup verify DATA HASH ROOTHASH` checks them.',
    reference: 'https://docs.kernel.org/admin-guide/device-mapper/verity.html',
    confidence: 'likely',
  },
  {
    id: 'guest-panic-early-memory',
    line: [
      panic(
        '(?<words>(?:\\w{1,40}: )?Failed to allocate .{1,80}|unable to allocate memory for FDT|.{0,40}Cannot allocate .{1,60}|Out of early memory|alloc_low_pages: ran out of memory.{0,20}|Cannot map early .{1,40})',
      ),
    ],
    what: 'The kernel of the guest found not enough memory in its first steps: {words|see the message}.',
    why: 'The VM is too small for kernel, initrd and the tables that the kernel makes of its memory, or what is reserved on its command line (crashkernel=, hugepages=, mem=, memmap=, cma=, swiotlb=) takes nearly all.',
    hint: 'Give the guest more (`--memory size=1G`), and drop or lower these parameters; the memory map (BIOS-e820 or "Memory:") at the top of the log shows what it was given.',
    reference: doc('memory.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-panic-early-fault',
    line: [
      /\bPANIC: (?<words>early exception .{1,60}|double fault.{0,60})/,
      panic('(?<words>Machine halted|double fault|Kernel mode fault at addr .{1,40})'),
    ],
    what: 'The kernel of the guest met a fault that it cannot handle ({words|see the message}), mostly in its first steps.',
    why: '"early exception" comes before the kernel has its handlers: it does not fit this start or processor (a wrong kind of image, an instruction or MSR that the hypervisor refuses), or its image is damaged. A double fault is a stack that ran over or is gone, as after memory that changed below it.',
    hint: 'Try another kernel (the stock one of a distribution), a newer release of the VMM and of the host kernel, and no nested virtualisation; `earlyprintk=ttyS0` shows what comes before. RIP names the place.',
    reference: bugs,
    confidence: 'likely',
  },
  {
    id: 'guest-panic-stack',
    line: [panic('(?:stack-protector: |corrupted stack end).{0,120}')],
    what: 'The kernel of the guest found the stack of one of its functions overwritten and stopped.',
    why: 'A defect of that kernel or a module in it (the function is named), or memory that changed below it: a restore or migration with other memory, faulty memory of the host.',
    hint: 'Try another kernel, and the VM without modules of your own; if it follows a restore, start the VM afresh and compare.',
    reference: bugs,
    confidence: 'likely',
  },
  {
    id: 'guest-panic-cpus-late',
    line: [
      panic(
        '(?<words>Timeout: Not all CPUs entered broadcast exception handler|Timeout synchronizing machine check over CPUs|smp_callin: .{1,60})',
      ),
    ],
    what: 'The kernel of the guest asked all its CPUs to stop for a machine check, and not all of them came in time ({words|see the message}).',
    why: 'A vCPU is a thread of the host: one that gets no CPU time for a second (an overloaded or paused host, a restore, nested virtualisation) counts as lost. A machine check that the host passed on (an error of its memory) is the other reason.',
    hint: 'Look at the load of the host and `sudo dmesg | grep -iE "mce|hardware error"` there at that time; give the guests together no more vCPUs than the host has, and compare a newer kernel in the guest.',
    reference: bugs,
    confidence: 'possible',
  },
  {
    id: 'guest-arm-machine-unfit',
    line: [
      panic(
        '(?<words>No interrupt controller found|Unable to initialise architected timer|.{0,30}(?:failed to map GIC|no distributor detected).{0,40}|No timer (?:found|available).{0,40})',
      ),
      /^GICv?\d?:? .{0,20}no distributor detected, giving up/,
    ],
    what: 'The kernel of the guest (arm64, RISC-V) found no interrupt controller or timer that it knows, and stopped: {words|see the message}.',
    why: 'It reads them from the device tree or ACPI tables that the VMM hands over. Its configuration lacks the driver (CONFIG_ARM_GIC_V3, CONFIG_ARM_ARCH_TIMER, CONFIG_RISCV_INTC), it was started without these tables (another loader, acpi=off), or the host offers another GIC than the kernel knows.',
    hint: 'Use a stock arm64 kernel (defconfig, the one of a distribution), without dtb or acpi= of your own on its command line, and compare a newer release of the VMM.',
    check: 'kernel-image',
    reference: building,
    confidence: 'likely',
  },
]
