/** What is said while something that has ended already is tidied up: it looks like a failure and is the end of one. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

/** The object is gone: that is what tidying up wants. */
const isGone = ({ says }: Evidence): boolean =>
  says(
    /no such (?:process|file or directory)|file already closed|already (?:finished|closed|gone|stopped|exited|removed)|use of closed network connection|not found/i,
  )

/** Another reason than that it is gone. */
const otherReason = /busy|denied|not permitted|not empty|read-only|in use|time(?:d )?out/i

/** The same as a value of the record, which stands on a line of its own: of which record it is is not told. */
const isStillThere = ({ says }: Evidence): boolean =>
  says(/(?:device or resource busy|directory not empty|permission denied|operation not permitted)$/i)

/** A request of a person to a running VM, which is not tidying up. */
const aboutDevice = /device|disk|interface|endpoint|network|snapshot|image|memory|cpu/i

export const tidyUp: readonly Cause[] = [
  {
    id: 'tidying-up-late',
    severity: 'note',
    line: [
      /^(?:kill|stop|terminat|remov|delet|clean|clos|unmount|umount|shut)\w*(?: ?(?:up|down))?\b.{0,120}\bfailed$/i,
      /^(?:[Ff]ailed|[Uu]nable|[Cc]ould not|[Ee]rror) (?:to )?(?:kill|stop|terminate|remove|delete|clean ?up|close|shut ?down) .{1,120}$/,
      /^[Ff]ailed to read guest console logs/,
    ],
    needs: (evidence) =>
      isGone(evidence) &&
      !otherReason.test(evidence.text) &&
      !isStillThere(evidence) &&
      !aboutDevice.test(evidence.text) &&
      evidence.says(/virtcontainers|containerd|kata|\bshim\b|\bclh\b/i),
    what: 'The line tells of tidying up after a VM that had ended before: what was to be stopped or removed is already gone.',
    why: 'It is a consequence and not the reason: process, socket or console no longer exist. Why the VM ended does not stand in it.',
    hint: 'Read the log above these lines, from the last one at which the VM still ran; for Kata `journalctl -t kata -t containerd` of that node, with `enable_debug = true` for the words of cloud-hypervisor.',
    reference: 'https://github.com/kata-containers/kata-containers/tree/main/docs',
    confidence: 'likely',
  },
]
