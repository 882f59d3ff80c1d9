/** From one observation to the part of the result that the check itself decides. */
import type { Config } from '../config/keys.ts'
import type { AnyCheck, Verdict } from '../contract/check.ts'
import { describeFinding } from '../contract/finding.ts'
import type { Result } from '../contract/report.ts'
import { checkFailed, type NotObserved, type Observation } from './observe.ts'

export type Conclusion = Pick<Result, 'status'> &
  Partial<Pick<Result, 'code' | 'values' | 'found' | 'expected' | 'reason' | 'path' | 'fix' | 'hint'>>

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

/** Judges what was observed. A finding whose code the configuration ignores is skipped with the reason given there. */
export const conclude = (check: AnyCheck, observation: Observation, config: Config): Conclusion => {
  const conclusion = concluded(check, observation, config)
  const { code } = conclusion
  const ignored = code === undefined ? undefined : config.ignore[code]
  return code === undefined || ignored === undefined
    ? conclusion
    : { status: 'skip', code, reason: `ignored: ${ignored}` }
}

/** Why the configuration leaves a whole check out, or null. */
export const skipReasonOf = (check: AnyCheck, config: Config): string | null => {
  const ignored = config.ignore[check.id]
  return ignored === undefined ? (check.skipReason?.(config) ?? null) : `ignored: ${ignored}`
}
