/**
 * Metrics for the textfile collector of Prometheus' node_exporter. Samples have no timestamps there; the
 * time of the run is a metric.
 */
import type { Report, Status } from '../../contract/report.ts'

const statuses: readonly Status[] = ['ok', 'warn', 'fail', 'skip', 'unknown']

type Labels = Readonly<Record<string, string>>

/** A label value: "\", the quote and the line end are escaped (exposition format). */
const escaped = (text: string): string =>
  text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))

const sample = (name: string, labels: Labels, value: number): string => {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
}

const metric = (name: string, help: string, samples: readonly (readonly [Labels, number])[]): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} gauge`,
  ...samples.map(([labels, value]) => sample(name, labels, value)),
]

/** @returns the metrics, ending in a newline */
export const renderPrometheus = (report: Report): string => {
  const { results, version, startedAt, durationMs, exitCode } = report
  const findings = results.flatMap(({ id, code, status }) =>
    code === undefined || status === 'skip' || status === 'ok'
      ? []
      : [[{ check: id, code, status }, 1] as const],
  )
  return `${[
    ...metric('chv_doctor_info', 'The version of chv-doctor that ran.', [[{ version }, 1]]),
    ...metric('chv_doctor_run_timestamp_seconds', 'When the run started, in seconds since 1970.', [
      ...(startedAt ? [[{}, Date.parse(startedAt) / 1000] as const] : []),
    ]),
    ...metric('chv_doctor_run_duration_seconds', 'How long the run took.', [[{}, durationMs / 1000]]),
    ...metric('chv_doctor_exit_code', 'The exit code of the run (docs/exit-codes.md).', [[{}, exitCode]]),
    ...metric(
      'chv_doctor_check_status',
      'Whether a check has this status.',
      results.flatMap(({ id, group, status }) =>
        statuses.map((one) => [{ check: id, group, status: one }, one === status ? 1 : 0] as const),
      ),
    ),
    ...metric('chv_doctor_finding', 'Findings by code; absent when there is none.', findings),
    ...metric(
      'chv_doctor_check_duration_seconds',
      'How long a check took.',
      results.map(({ id, durationMs: took }) => [{ check: id }, Math.round(took) / 1000] as const),
    ),
  ].join('\n')}\n`
}
