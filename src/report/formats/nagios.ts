/** One line for Nagios, Icinga, Naemon and check_mk, with performance data and exit codes of their own. */
import type { Report, Result, Status } from '../../contract/report.ts'

const states = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const

/** As the plugin guidelines count them: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
export const nagiosExitCode = ({ summary }: Pick<Report, 'summary'>): 0 | 1 | 2 | 3 => {
  if (summary.fail > 0) return 2
  if (summary.unknown > 0) return 3
  return summary.warn > 0 ? 1 : 0
}

/** A "|" begins the performance data, a line end the long output. */
const clean = (text: string): string => text.replaceAll('|', '/').replace(/\s+/g, ' ')

/** Nagios reads 8 KiB of an output, and the performance data stand last. */
const maxCharacters = 2000

const worstFirst: readonly Status[] = ['fail', 'unknown', 'warn']

const problems = (results: readonly Result[]): readonly string[] =>
  worstFirst.flatMap((status) =>
    results
      .filter((result) => result.status === status)
      .map(({ id, code, found, reason }) => clean(`${code ?? id}: ${found ?? reason ?? ''}`)),
  )

/** As many as there is room for, and how many more there are. */
const fitting = (texts: readonly string[]): string => {
  const [first = ''] = texts
  const shown = [[...first].slice(0, maxCharacters).join('')]
  for (const text of texts.slice(1)) {
    if (shown.join('; ').length + text.length > maxCharacters) break
    shown.push(text)
  }
  const left = texts.length - shown.length
  return `${shown.join('; ')}${left > 0 ? `; and ${left} more` : ''}`
}

/** @returns the line, ending in a newline */
export const renderNagios = (report: Report): string => {
  const { summary, results, durationMs } = report
  const found = problems(results)
  const text = found.length > 0 ? fitting(found) : `${summary.ok} checks ok, ${summary.skip} skipped`
  const data = [
    `failed=${summary.fail};;0;0;${results.length}`,
    `unknown=${summary.unknown};;;0;${results.length}`,
    `warnings=${summary.warn};0;;0;${results.length}`,
    `ok=${summary.ok};;;0;${results.length}`,
    `time=${(durationMs / 1000).toFixed(3)}s;;;0`,
  ]
  return `CHV-DOCTOR ${states[nagiosExitCode(report)]} - ${text} | ${data.join(' ')}\n`
}
