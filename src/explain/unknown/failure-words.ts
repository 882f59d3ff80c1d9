/** The words by which programs of every kind, and kernels, say that something failed. */

const words = [
  // A step was not done.
  'fail(?:ed|s|ure)?',
  'cannot',
  "can't",
  'could not',
  "couldn't",
  'unable to',
  'will not',
  "won't",
  'did not happen',
  'timed? ?-?out',
  'errors? (?:while|when|during|from|reading|writing)',
  // A process ended.
  'fatal',
  '\\w*panic(?:ked)?',
  '\\w*exception',
  'assert(?:ion)?',
  'abort(?:ed)?',
  'terminated',
  'exiting',
  'killed by',
  'SIG(?:SYS|SEGV|BUS|ABRT|KILL|ILL)',
  'out of memory',
  'oom-kill',
  'blue ?screen',
  'stop ?code',
  // Something was refused.
  'denied',
  'refus(?:ed|es|ing)',
  'rejected',
  'forbidden',
  'invalid',
  'illegal',
  'not (?:in|allowed|permitted|openable|supported|registered|available|loaded|viable|provided)',
  "wasn't expected",
  // Something is not there.
  'not found',
  'does not exist',
  'no such',
  'no match(?:es)?',
  'missing',
  'unavailable',
  'has no',
  'is (?:blank|empty)',
  'being deleted',
  'exhaust(?:ed|ion)',
  'undefined reference',
  'unbound variable',
  'parameter not set',
  'unknown (?:\\w+ )?(?:[\'"`]\\S|type)',
  // Something is not as it should be.
  'unexpected(?:ly)?',
  'expected value',
  'wrong',
  'corrupted',
  'corruption',
  'excluded by a filter',
  'readonly database',
  'requires go',
  'disabled (?:by|\\(by) (?:the )?BIOS',
  'nobody cared',
  'broken or not accessible',
  'different MAC address',
  'could not be found',
  'is used \\d+ > 1 times',
  'mount point is busy',
  'Entering failure mode',
  'cannot be installed',
  '(?:split|bus)_lock trap',
  'martian source',
  'own address as source',
  'spoofed packets',
  'unstable due to',
  'allocation deadlock',
  'controller is down',
  'device problem',
  'beyond the end',
  'disagrees about version',
  '50[234] (?:Bad Gateway|Service Unavailable|Gateway Time-?out)',
  'server sent GOAWAY',
  '0\\/\\d{1,4} nodes are available',
  'remounting \\S+ read-only',
  'incorrect(?:ly)?',
  'exceeds',
  'truncated',
  'inconsistent',
  'mismatch',
  'overflow',
  'spurious',
  'is different (?:than|from)',
  'do(?:es)? not match',
  'should (?:never|not) happen',
]

/** What failed is named by one of these, in whatever program; make marks it with asterisks. */
export const failureWords = new RegExp(
  `\\b(?:${words.join('|')})\\b|unwrap\\(\\)|\\bcurl: \\(\\d|\\*\\*\\* \\[|失败|错误`,
  'i',
)

/** The time of a kernel's line, as it writes it and as dmesg -T does. */
export const kernelTime =
  /\[(?:\s*\d+\.\d+(?:\]\[\s*[TC]\d+)?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} {1,2}\d{1,2} [\d:]{8} \d{4})\] /

/** The first words of a kernel in trouble; it prints much else that fails and does not matter. */
export const kernelTrouble = /^(?:WARNING: CPU: |BUG: |Oops|Kernel panic|Internal error: )/

/** An exception by its name, in front of its message. */
export const exceptionHead = /^(?:\w+(?:\.|::)){0,8}[A-Z]\w*(?:Error|Exception)\b: /

/** What a kernel prints of what ended or stands still, and not of hardware that is not there. */
export const lesserTrouble = new RegExp(
  [
    'general protection fault\\b',
    'segfault at\\b',
    'task \\S{1,40} blocked for more than\\b',
    'invoked oom-killer\\b',
    'Out of memory: Killed\\b',
    'Unable to handle kernel\\b',
    'soft lockup\\b',
    'took a (?:split|bus)_lock trap\\b',
    'nobody cared\\b',
    'Marking (?:TSC|clocksource .{0,8}) ?(?:as )?unstable\\b',
    'disagrees about version of symbol\\b',
    'martian source\\b',
    'controller is down\\b',
    'forced read-?only\\b',
    'out-of-data-space\\b',
    'Failing path\\b',
    '[Cc]orruption\\b',
    'kicking non-fresh\\b',
    'SError Interrupt\\b',
    'Detected IO errors\\b',
    'Remounting filesystem read-only\\b',
    'Refusing to continue\\b',
    'detected stalls?\\b',
    "can(?:'t|not) (?:reserve|assign|find)\\b",
    'spurious\\b',
    'not syncing\\b',
    'should never happen\\b',
    'table (?:full|overflow)\\b',
    'dropping packet\\b',
  ]
    .map((one) => `\\b${one}`)
    .join('|'),
)

/** Hardware that is not there: a kernel says that of every machine. */
export const isAbsent = /\bprobe\b|-19\b|\bENODEV\b|\bnot found\b|\bregulatory\.db\b|\bMCE\b|^i8042\b/
