/** The Test Anything Protocol, https://testanything.org/tap-version-14-specification.html */
import type { Report, Result } from '../../contract/report.ts'

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** "#" starts a directive, "\" escapes it. */
const escaped = (text: string): string => oneLine(text).replace(/[\\#]/g, '\\$&')

/** A document without a test says that it was skipped as a whole. */
const plan = (count: number): string => (count === 0 ? '1..0 # SKIP no check was selected' : `1..${count}`)

/** Data of a YAML block. JSON strings are YAML strings. */
const block = (data: Readonly<Record<string, unknown>>): string[] => [
  '  ---',
  ...Object.entries(data).flatMap(([key, value]) =>
    value === undefined ? [] : [`  ${key}: ${JSON.stringify(value)}`],
  ),
  '  ...',
]

const lines = (result: Result, number: number): string[] => {
  const { id, status, found, reason, code, values, expected, path, fix, hint, blockedBy, durationMs } = result
  const passed = status !== 'fail' && status !== 'unknown'
  const skip = status === 'skip' ? ` # SKIP ${escaped(reason ?? '')}` : ''
  const head = `${passed ? 'ok' : 'not ok'} ${number} - ${escaped(id)}${skip}`
  if (status === 'skip') return [head]
  const data = {
    message: found ?? reason,
    severity: status,
    code,
    values,
    expected,
    path,
    fix,
    hint,
    blockedBy,
  }
  return [head, ...block({ ...data, duration_ms: Math.round(durationMs * 10) / 10 })]
}

/** @returns the report as TAP, ending in a newline; unknown is "not ok", a warning is "ok" with its severity */
export const renderTap = ({ results, version, host, startedAt }: Report): string => {
  const about = [`chv-doctor ${version}`, ...(host ? [host] : []), ...(startedAt ? [startedAt] : [])]
  const body = results.flatMap((result, index) => lines(result, index + 1))
  return `${['TAP version 14', `# ${oneLine(about.join(', '))}`, plan(results.length), ...body].join('\n')}\n`
}
