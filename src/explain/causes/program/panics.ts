/** Panics of Cloud Hypervisor that no other cause knows, by their kind: the message tells what sort of defect it is. */
import type { Cause } from '../../cause.ts'
import { isPanicOfOurs } from '../../panics.ts'

const whatToDo =
  'Try the newest release, and the command without unusual options, one by one; with RUST_BACKTRACE=1 (and --seccomp log) the output names the way to that place. Report it upstream with command, release and the whole output.'

const tracker = 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues'

const kinds: readonly Cause[] = [
  {
    id: 'panic-arithmetic',
    patterns: [
      [
        'panicked at',
        /attempt to (?:subtract|add|multiply|divide|shift|negate|calculate)\b.{0,60}(?:overflow|zero|divisor)/,
      ],
    ],
    what: 'Cloud Hypervisor crashed over a calculation ({said|overflow}): a defect, mostly over a value that the guest, a device or an option gave.',
    why: 'A size or address was smaller or larger than the code expects. The file in the message says which part: net_util and virtio-devices a device and its queues, arch and vmm/src/memory_manager.rs the layout of memory and tables, pci the addresses of devices.',
    hint: whatToDo,
    reference: tracker,
    confidence: 'possible',
  },
  {
    id: 'panic-index',
    patterns: [
      [
        'panicked at',
        /index out of bounds|(?:range (?:end|start)|slice) index|out of range for slice|byte index \d+/,
      ],
    ],
    what: 'Cloud Hypervisor crashed because a number was beyond the end of a list ({said|index out of bounds}): a defect that a value of the command, the guest or the host triggers.',
    why: 'Usual are a number of queues, segments, NUMA nodes or vCPUs that is larger than something else, and data that are shorter than expected. The file in the message says which part.',
    hint: whatToDo,
    reference: tracker,
    confidence: 'possible',
  },
  {
    id: 'panic-not-implemented',
    patterns: [
      [
        'panicked at',
        /not (?:yet )?implemented|entered unreachable code|\bunimplemented\b|not supported on/i,
      ],
    ],
    what: 'Cloud Hypervisor crashed at a place that is not written for this case ({said|not implemented}).',
    why: 'The combination of architecture, hypervisor (KVM or MSHV), option and request is not implemented in this release.',
    hint: `Leave out the option or request that came last. ${whatToDo}`,
    reference: tracker,
    confidence: 'likely',
  },
  {
    id: 'panic-allocation',
    patterns: [
      ['panicked at', /memory allocation of \d+ bytes failed|capacity overflow|AllocError|TryReserveError/],
    ],
    what: 'Cloud Hypervisor crashed because it could not get memory for itself ({said|allocation failed}).',
    why: 'The host or the cgroup is out of memory, or a wrong size (from an image, a snapshot or the guest) asked for far too much.',
    hint: `See \`free -m\` and the limit of the cgroup; compare another image. ${whatToDo}`,
    check: 'memory',
    reference: tracker,
    confidence: 'likely',
  },
  {
    id: 'panic-no-value',
    patterns: [['panicked at', /`Option::unwrap\(\)` on a `None` value/]],
    what: 'Cloud Hypervisor crashed because something that it took for certain was not there (unwrap of None): a defect.',
    why: 'The file and line in the message say which part. Usual are an option that was left out, a device that was removed or not activated, an address of the guest that lies in no memory, and requests in an order that nobody tried.',
    hint: whatToDo,
    reference: tracker,
    confidence: 'possible',
  },
  {
    id: 'panic-assertion',
    patterns: [['panicked at', /assertion (?:`[^`]{0,200}` )?failed|assert(?:ion)?_(?:eq|ne)/]],
    what: 'Cloud Hypervisor crashed at an assumption in its own code that did not hold ({said|assertion failed}): a defect.',
    why: 'The message names the assumption, and left and right what it found.',
    hint: whatToDo,
    reference: tracker,
    confidence: 'possible',
  },
  {
    id: 'panic-unhandled-error',
    patterns: [
      [
        'panicked at',
        /`Result::(?:unwrap|expect)\(\)` on an `Err` value(?!: "?PoisonError)|^.{0,400}: (?:Os \{|Error\()/,
      ],
    ],
    what: 'Cloud Hypervisor crashed over an error that this place does not handle: {said|see the message}.',
    why: '{errno|} The error behind "Err" says what it stumbled over, and not why; that the program ends with a panic instead of a message is a defect of this release. The file says which part met it.',
    hint: `{apart|} ${whatToDo}`,
    reference: tracker,
    confidence: 'possible',
  },
  {
    id: 'panic-lock-poisoned',
    patterns: [['panicked at', /PoisonError|poisoned/]],
    what: 'Cloud Hypervisor panicked because another of its threads had panicked before (a poisoned lock): this panic is a consequence.',
    why: 'The first "panicked at" above it, or in the log before it, is the reason.',
    hint: `Look for the first "panicked at" in the whole output. ${whatToDo}`,
    reference: tracker,
    confidence: 'likely',
  },
]

/** Other programs panic, too, also in the libraries that Cloud Hypervisor uses. */
export const panics: readonly Cause[] = kinds.map((cause) => ({
  ...cause,
  why: `It happened while {during|running}. ${cause.why}`,
  needs: isPanicOfOurs,
}))
