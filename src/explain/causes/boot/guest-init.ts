/** How the first program of a guest ended: the panic of its kernel holds the status of its exit. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#custom-kernel-and-disk-image')
const lastWords =
  'The lines above the panic are the last words of init. To look around, start with `init=/bin/sh` on the kernel command line.'

/** Of the status the upper byte is the code of an exit, the lower one a signal (with 0x80 for a core dump). */
const killedBy = (status: string): RegExp =>
  new RegExp(`Attempted to kill init!? exitcode=0x0{6}${status}\\b`)

export const guestInit: readonly Cause[] = [
  {
    id: 'guest-requested-init-failed',
    line: [
      /Kernel panic - not syncing: Requested init (?<program>\/\S{1,120}) failed(?: \(error -(?<number>\d{1,3})\))?/,
    ],
    what: 'The kernel of the guest could not start the program that init= names: {program|} (error -{number|…}).',
    why: '-2: it is not in that root file system, or the interpreter (#!) or loader that it names is not (/bin/bash in an image with busybox, a line end of Windows, missing libraries). -13: it is not executable, or the root is mounted noexec. -8: it is for another architecture, or a script without #!. Other numbers are errnos of the disk.',
    hint: 'Mount the image and look: `ls -l`, `file` and `head -1` of that program; `chmod 755`, a static binary, or the right path. init= is for the root on the disk, rdinit= for a program in the initramfs; without it the kernel takes /sbin/init.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-init-illegal-instruction',
    line: [killedBy('[08]4')],
    what: 'The first program of the guest (init) used an instruction that its virtual processor does not have (SIGILL, exitcode 4), and its kernel stopped with a panic.',
    why: 'The root file system is built for a newer processor than the host has (x86-64-v3 or v4: AVX2, AVX-512), or the host, which may itself be a virtual machine, hides these instructions.',
    hint: 'Compare `grep -m1 flags /proc/cpuinfo` of the host with what the distribution asks for; use an image for plain x86-64, or a host (or outer CPU model: host-passthrough) that has them.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-init-segfault',
    line: [killedBy('[08][bB7]')],
    what: 'The first program of the guest (init) crashed (SIGSEGV or SIGBUS, by the exitcode), and its kernel stopped with a panic.',
    why: 'Its file or a library is damaged or cut off, it does not fit the kernel (an old kernel with a new C library), it has a defect, or the disk gives wrong data.',
    hint: `Compare an unchanged image and another kernel; check the file system from outside on a copy. ${lastWords}`,
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-init-killed',
    line: [killedBy('09')],
    what: 'The first program of the guest (init) was killed (SIGKILL, exitcode 9), mostly because the memory of the guest ran out; its kernel then stopped with a panic.',
    why: 'With a root in memory (initramfs, Kata) all files count as memory, too.',
    hint: `Give the guest more (\`--memory size=2G\`). ${lastWords}`,
    check: 'memory',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-init-command-missing',
    line: [/Attempted to kill init!? exitcode=0x0{4}7[eEfF]00\b/],
    what: 'The first program of the guest (init) ended with code 127 or 126: a command of its script, or a library or loader that it needs, was not found or cannot be run.',
    why: 'The initramfs or root file system lacks a program or the loader and libraries of it, or PATH is not set. The kernel stops because init must never end.',
    hint: `Look for "not found" above the panic; with RHEL 9 and its relatives the processor of the VM may lack x86-64-v2 (QEMU: -cpu host); put the program with its libraries (\`ldd\`) or a static busybox into the image. ${lastWords}`,
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-init-exited',
    line: [/Attempted to kill init!? exitcode=0x0{4}(?<code>(?!0000)[\da-fA-F]{2})00\b/],
    what: 'The first program of the guest (init) ended by itself with the exit code 0x{code|…}, and its kernel stopped with a panic: init must never end.',
    why: 'A script of an initramfs gave up (it found no root file system, or a command failed under `set -e`), init= names a program that does its work and ends, or the shell of a rescue console was left.',
    hint: `${lastWords} A program that is to end should call \`poweroff -f\` or \`reboot -f\` as its last step.`,
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-init-finished',
    line: [/Attempted to kill init!? exitcode=0x0{8}\b/],
    what: 'The first program of the guest (init) ended without an error (code 0), and its kernel stopped with a panic: init must never end.',
    why: 'init= (or the command of a container or unikernel image) names an ordinary program, or a script whose last line was reached; a shell as init ends when it is left or has no terminal.',
    hint: 'Let it end the machine itself (`poweroff -f`), or use an init (systemd, busybox init, tini) that starts it. With a shell as init give it a console: `console=ttyS0` and --serial tty.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-kernel-too-old',
    line: [/^FATAL: kernel too old$/],
    what: 'The programs of the guest (their C library) ask for a newer kernel than the one that was booted.',
    why: 'glibc is built for a lowest kernel release and ends at once below it, so that init cannot start either. The kernel that --kernel names is older than the image.',
    hint: 'Boot a newer kernel, or the one of the image through firmware (`--firmware` in place of `--kernel`).',
    check: 'kernel-image',
    reference: 'https://sourceware.org/glibc/wiki/FAQ',
    confidence: 'likely',
  },
  {
    id: 'guest-program-illegal-instruction',
    line: [
      /traps: (?<program>[\w.-]{1,20})\[\d+\] trap invalid opcode/,
      /CPU ISA level is lower than required/,
      /^(?:Fatal glibc error: CPU does not support (?<level>x86-64-v\d)|.{0,60}Illegal instruction(?: {1,4}\(core dumped\))?)$/,
    ],
    needs: ({ says }) =>
      says(/guest|\bvd[a-z]\b|virtio|hvc0|ttyS0|glibc error|ISA level|kernel: |login:/i) &&
      !says(/cloud-hyperviso\w*\[\d+\] trap|vcpu\d+\[\d+\] trap/),
    what: 'A program ({program|in the guest}) uses instructions that its processor does not have ({level|see the line}).',
    why: 'A guest sees the processor of the host (less what KVM hides). Distributions and libraries for x86-64-v2 or v3 (AVX2) need a host that has these; an outer hypervisor may hide them (a CPU model such as qemu64 or kvm64).',
    hint: 'Compare `/lib64/ld-linux-x86-64.so.2 --help | tail` (the levels that are supported) in the guest and on the host; give the outer VM the whole processor (libvirt: host-passthrough, QEMU: `-cpu host`, Proxmox: type host), or use an image for plain x86-64.',
    reference: readme,
    confidence: 'likely',
  },
]
