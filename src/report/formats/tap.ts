/**
 * The Test Anything Protocol (https://testanything.org). Version 13 has the YAML blocks, and prove(1) of
 * today's distributions rejects documents that call themselves version 14.
 */
import type { Report, Result } from '../../contract/report.ts'

/** "#" starts a directive, "\" escapes it; a line end would end the line. */
const escaped = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\#]/g, '\\$&')

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
export const renderTap = ({ results }: Report): string =>
  `${['TAP version 13', `1..${results.length}`, ...results.flatMap((result, index) => lines(result, index + 1))].join('\n')}\n`
