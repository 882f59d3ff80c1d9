/** Why a verified boot did not come to its end, whoever knows it best. */
import { causeOf } from './causes.ts'
import { lastLines } from './console-text.ts'
import { causeFrom, errorsIn, howItEnded } from './failure.ts'
import type { BootCause } from './outcome.ts'
import { timeoutsWithin } from './power-off.ts'
import type { VerifyResult } from './verify.ts'

/** What Cloud Hypervisor itself said wins over what the guest printed. @param limit of the wait, seconds */
export const why = async (
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
      what: `Cloud Hypervisor failed (${howItEnded(unexpectedEnd)}) without a message that could be explained.`,
      why: lastLines(unexpectedEnd.stderr, 1)[0] ?? '',
      hint: '`chv-doctor check boot-probe` tells whether any guest runs here.',
      check: 'boot-probe',
    }
  const cause = causeOf(evidence)
  if (cause || powerOff.by === 'power-button') return cause
  return {
    id: 'ignores-power-button',
    what: `The guest was up, but did not switch itself off within ${Math.round(timeoutsWithin(limit * 1000).buttonMs / 1000)} s.`,
    why: 'Nothing in it reacts to the power button (systemd-logind or acpid do), or a service takes long to stop.',
    hint: 'Power it off from within: `sudo poweroff`.',
  }
}
