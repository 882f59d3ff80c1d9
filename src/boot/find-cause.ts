/** Finds the cause of a verified boot that did not succeed. */
import { causeOf } from './causes.ts'
import { lastLines } from './console-text.ts'
import { causeFrom, describeEnd, errorsIn } from './failure.ts'
import type { BootCause } from './outcome.ts'
import { timeoutsWithin } from './power-off.ts'
import type { VerifyResult } from './verify.ts'

/**
 * Errors of Cloud Hypervisor take precedence over the output of the guest.
 * @param limit of the boot, in seconds
 * @returns null when the guest came up and powered off on request
 */
export const findCause = async (
  { evidence, unexpectedEnd, powerOff }: VerifyResult,
  limit: number,
): Promise<BootCause | null> => {
  if (unexpectedEnd instanceof Error)
    return {
      id: 'not-started',
      what: unexpectedEnd.message,
      why: '',
      hint: 'Check `hypervisor`.',
      check: 'cloud-hypervisor',
    }
  const [error] = unexpectedEnd === null ? [] : await errorsIn(unexpectedEnd)
  if (error) return causeFrom(error)
  if (unexpectedEnd !== null && unexpectedEnd.code !== 0)
    return {
      id: 'vmm-failed',
      what: `Cloud Hypervisor failed (${describeEnd(unexpectedEnd)}) without a message that chv-doctor can explain.`,
      why: lastLines(unexpectedEnd.stderr, 1)[0] ?? '',
      hint: '`chv-doctor check boot-probe` shows whether any guest runs here.',
      check: 'boot-probe',
    }
  const cause = causeOf(evidence)
  if (cause || powerOff.by === 'power-button') return cause
  return {
    id: 'ignores-power-button',
    what: `The guest was up, but did not power off within ${Math.round(timeoutsWithin(limit * 1000).buttonMs / 1000)} s.`,
    why: 'Nothing in it handles the power button (systemd-logind and acpid do), or a service takes long to stop.',
    hint: 'Power it off from inside: `sudo poweroff`.',
  }
}
