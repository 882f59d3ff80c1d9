/** From one observation to the part of the result that the check itself decides. */
import type { Config } from '../config/keys.ts'
import type { AnyCheck, Verdict } from '../contract/check.ts'
import { describeFinding } from '../contract/finding.ts'
import type { Result } from '../contract/report.ts'
import { entryOf, isInForce, leftOut, noteExpired } from './exception.ts'
import { checkFailed, type NotObserved, type Observation } from './observe.ts'

/** A result without what is known before the check runs, and without what follows from other checks. */
export type Conclusion = Omit<Result, 'id' | 'title' | 'group' | 'blockedBy' | 'durationMs'>

/** The code under which reports, `ignore` and `explain` know a finding. */
export const fullCode = (check: Pick<AnyCheck, 'id'>, code: string): string => `${check.id}/${code}`

const concludeUnknown = (
  check: AnyCheck,
  { error, code = 'not-readable', fix }: NotObserved,
): Conclusion => ({
  status: 'unknown',
  code: fullCode(check, code),
  reason: error,
  ...(fix ? { fix } : {}),
})

/** @throws Error for a code that the check does not declare: checks of users are not type-checked */
const concludeVerdict = (check: AnyCheck, verdict: Verdict): Conclusion => {
  if (verdict.status === 'ok' || verdict.status === 'skip') return verdict
  const { status, code, values = {}, path, fix, hint } = verdict
  const declared = check.findings[code]
  if (!declared) throw new Error(`it returned the code "${code}", which its findings do not declare`)
  return {
    status,
    code: fullCode(check, code),
    values,
    ...describeFinding(declared, values),
    ...(path === undefined ? {} : { path }),
    ...(fix === undefined ? {} : { fix }),
    ...(hint === undefined ? {} : { hint }),
  }
}

const concluded = (check: AnyCheck, observation: Observation, config: Config): Conclusion => {
  if ('error' in observation) return concludeUnknown(check, observation)
  try {
    return concludeVerdict(check, check.judge(observation.facts, config))
  } catch (error) {
    return concludeUnknown(check, checkFailed(error))
  }
}

/**
 * Advice is no warning, and what could not be read of it is no gap. `profile: production` lets what it says
 * about security count.
 */
const underProfile = (check: AnyCheck, own: Conclusion, { profile }: Config): Conclusion => {
  if (check.group !== 'advice' || (check.security === true && profile === 'production')) return own
  const { status, code: _, fix: __, ...rest } = own
  if (status === 'unknown') return { ...rest, status: 'skip', ownStatus: status, changedBy: 'profile' }
  if (status === 'skip' || status === 'ok') return own
  return { ...own, status: 'ok', ownStatus: status, changedBy: 'profile' }
}

/**
 * Judges what was observed, under the policy of the configuration. A finding whose code is ignored is skipped with
 * the reason given there; a severity replaces the status of a finding.
 */
export const conclude = (check: AnyCheck, observation: Observation, config: Config): Conclusion => {
  const own = underProfile(check, concluded(check, observation, config), config)
  const { code } = own
  if (code === undefined) return own
  const exception = entryOf(config.ignore, code) ?? entryOf(config.ignore, check.id)
  const ownStatus = own.ownStatus ?? own.status
  if (exception && isInForce(exception))
    return { status: 'skip', code, ...leftOut(exception), ownStatus, changedBy: 'ignore' }
  const noted = exception ? noteExpired(own, exception) : own
  const status = entryOf(config.severity, code)
  return status === undefined || status === noted.status
    ? noted
    : { ...noted, status, ownStatus, changedBy: 'severity' }
}

/** Why the configuration leaves a whole check out, or null. */
export const skipReasonOf = (
  check: AnyCheck,
  config: Config,
): Pick<Result, 'reason' | 'exception'> | null => {
  const exception = entryOf(config.ignore, check.id)
  if (exception && isInForce(exception)) return leftOut(exception)
  const reason = check.skipReason?.(config) ?? null
  return reason === null ? null : { reason }
}
