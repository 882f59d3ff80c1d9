import type { AnyCheck } from '../contract/check.ts'
import { unknownCodes } from '../contract/finding.ts'
import { UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'
import { fullCode } from './conclude.ts'

/** Every code that a check can report, in full. */
export const codesOf = (check: AnyCheck): readonly string[] =>
  [...Object.keys(check.findings), ...unknownCodes].map((code) => fullCode(check, code))

/** @throws UsageError when `ignore` names a check or a finding that does not exist: it would be a policy without effect */
export const validateIgnored = (
  ignore: Readonly<Record<string, string>>,
  checks: readonly AnyCheck[],
): void => {
  const known = new Set(checks.flatMap((check) => [check.id, ...codesOf(check)]))
  for (const name of Object.keys(ignore)) {
    if (known.has(name)) continue
    const what = name.includes('/') ? 'finding' : 'check'
    throw new UsageError(
      `ignore: there is no ${what} "${name}"${suggestion(name, [...known]) || `; see \`chv-doctor list\` and docs/checks/.`}`,
    )
  }
}
