/** Whether the policies of the configuration name what exists: one without effect would go unnoticed. */
import type { Config } from '../config/keys.ts'
import type { AnyCheck } from '../contract/check.ts'
import { unknownCodes } from '../contract/finding.ts'
import { UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'
import { fullCode } from './conclude.ts'

const findingsOf = (check: AnyCheck): readonly string[] =>
  Object.keys(check.findings).map((code) => fullCode(check, code))

/** Every code that a check can report, in full. */
export const codesOf = (check: AnyCheck): readonly string[] => [
  ...findingsOf(check),
  ...unknownCodes.map((code) => fullCode(check, code)),
]

const seeList = '; see `chv-doctor list` and docs/checks/.'

/** @throws UsageError when `ignore` or `severity` names a check or a finding that does not exist */
export const validatePolicy = (
  { ignore, severity }: Pick<Config, 'ignore' | 'severity'>,
  checks: readonly AnyCheck[],
): void => {
  const ignorable = new Set(checks.flatMap((check) => [check.id, ...codesOf(check)]))
  for (const name of Object.keys(ignore)) {
    if (ignorable.has(name)) continue
    const what = name.includes('/') ? 'finding' : 'check'
    throw new UsageError(
      `ignore: there is no ${what} "${name}"${suggestion(name, [...ignorable]) || seeList}`,
    )
  }
  const findings = new Set(checks.flatMap(findingsOf))
  for (const code of Object.keys(severity)) {
    if (findings.has(code)) continue
    if (ignorable.has(code) && code.includes('/'))
      throw new UsageError(
        `severity: "${code}" is unknown, which is neither warning nor failure; \`--require ${code.replace(/\/.*/, '')}\` counts it as a failure, \`ignore\` leaves it out.`,
      )
    throw new UsageError(
      `severity: there is no finding "${code}"${suggestion(code, [...findings]) || seeList}`,
    )
  }
}
