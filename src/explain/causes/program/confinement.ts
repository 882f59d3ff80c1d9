/** Landlock and seccomp. */
import { type Cause, doc, issue } from '../../cause.ts'
import { has } from '../../evidence.ts'

const landlock = doc('landlock.md')

/** Before all else: under Landlock, EACCES is a path without a rule, whatever it is the path of. */
export const landlockRules: readonly Cause[] = [
  {
    id: 'landlock-no-rule',
    patterns: [
      [
        /\b(?:Vm[A-Z]\w+\(|Error (?:booting|creating|restoring) VM|Error from API|Cannot |Failed |Error )/,
        13,
      ],
    ],
    needs: (evidence) => has(evidence, 'landlock') || evidence.says(/"landlock_enable" ?: ?true/),
    what: 'Landlock refused Cloud Hypervisor a path: no rule covers it.',
    why: 'With --landlock only what the configuration names as kernel, firmware, disk and the like gets a rule by itself; the directory of a vsock or API socket, backing files, and what is opened anew at a reboot or added later do not.',
    hint: 'Give the path, or the directory in which a socket or file is made, a rule: `--landlock-rules path=DIRECTORY,access=rw`. Without --landlock you see whether it is that.',
    reference: landlock,
    confidence: 'likely',
  },
]

export const confinement: readonly Cause[] = [
  {
    id: 'landlock-unsupported',
    patterns: [
      ['Failed to create Landlock object'],
      ['fully incompatible access-rights'],
      ['CreateLandlock('],
      ['Error creating Landlock object'],
    ],
    what: 'The kernel of the host has no Landlock that is new enough.',
    why: '--landlock needs Linux 6.2, with landlock among the security modules (`cat /sys/kernel/security/lsm`).',
    hint: 'Use a newer kernel or add landlock to `lsm=` of its command line; or drop --landlock.',
    check: 'host-kernel',
    reference: landlock,
    confidence: 'likely',
  },
  {
    id: 'landlock-path-missing',
    patterns: [
      [/Path "(?<path>[^"]*)" provided in landlock-rules does not exist/],
      ['LandlockPathDoesNotExist('],
    ],
    what: 'A Landlock rule names {path|a path} that does not exist.',
    why: 'Rules can only be made for what is there when the VM is configured; a socket or log that the VMM itself makes is not there yet.',
    hint: 'Correct the path; for a file that is made later name its directory: `--landlock-rules path=DIRECTORY,access=rw`.',
    reference: landlock,
  },
  {
    id: 'landlock-access-invalid',
    patterns: [
      ['access provided in landlock-rules in invalid'],
      [/Invalid landlock access/i],
      ['InvalidLandlockAccess('],
    ],
    what: 'The access of a Landlock rule is wrong.',
    why: 'The letters are r and w.',
    hint: 'Write `access=r` or `access=rw`.',
    reference: landlock,
  },
  {
    id: 'landlock-failed',
    patterns: [
      ['Failed to apply Landlock'],
      ['Failed to apply landlock config'],
      ['ApplyLandlock('],
      ['Error applying landlock'],
    ],
    what: 'The Landlock rules could not be put into force.',
    why: 'A path of the configuration cannot be opened, or the kernel refuses.',
    hint: 'Try without --landlock: what fails then is the cause.',
    reference: landlock,
    confidence: 'likely',
  },
  {
    id: 'seccomp-logged',
    line: [
      /type=(?:1326|SECCOMP) .{0,300}\b(?:comm="(?:cloud-hypervi\w*|vmm|vcpu\d+|_\w+|http-server)|exe="\S*cloud-hypervisor").{0,300}\bsig=0 .{0,300}\bsyscall=(?<number>\d{1,4})\b.{0,300}\bcode=0x7ffc0000/,
    ],
    what: 'The sandbox of Cloud Hypervisor (seccomp) does not know system call {number|of the line}, and only wrote that down: nothing was ended by it.',
    why: 'code=0x7ffc0000 is SECCOMP_RET_LOG, which `--seccomp log` asks for. With the sandbox in force the thread is killed at that call. The number counts in the table of the architecture: arch=c00000b7 is aarch64, arch=c000003e is x86_64.',
    hint: '`ausyscall aarch64 NUMBER` (or x86_64; package auditd) names the call. A newer release may know it; until then `--seccomp log` or `--seccomp false`, which takes a protection away.',
    reference: doc('seccomp.md'),
    confidence: 'likely',
  },
  {
    id: 'seccomp-violation',
    patterns: [['Possible seccomp violation']],
    signal: 'SIGSYS',
    line: [
      /si_syscall=__NR_(?<call>\w+)/,
      /^(?:=+ )?(?:Possible )?seccomp violation\b/i,
      /\bTCGETS2\b/,
      /type=1326 .*comm="(?:cloud-hypervi\w*|vmm|vcpu\d+|_?disk\d*|_?net\d*|http-server)/,
    ],
    what: 'The sandbox of Cloud Hypervisor (seccomp) killed it for a system call {call|}.',
    why: 'It was built with a C library newer than it knows (up to release 47 with glibc 2.42, whose isatty asks with TCGETS2), or an unusual option takes a path that was forgotten (features=amx up to 49).',
    hint: 'Use the static binary or a newer release. To find the call: `--seccomp log` and `journalctl -k | grep SECCOMP`.',
    check: 'cloud-hypervisor',
    reference: issue(7276),
    confidence: 'likely',
  },
  {
    id: 'seccomp-filter-refused',
    patterns: [
      [/(?:Error applying|Cannot apply|Error creating|Cannot create) seccomp filter/],
      [/(?:Apply|Create)SeccompFilter\(/],
    ],
    errnos: [1, 13, 22, 38],
    what: 'The kernel refused the sandbox (seccomp) of Cloud Hypervisor.',
    why: 'The kernel has no seccomp filters, or a container or a systemd unit forbids making them.',
    hint: 'Start it outside the container; in a unit, add `SystemCallFilter=seccomp`; `--seccomp false` shows whether that is it.',
    reference: doc('seccomp.md'),
  },
]
