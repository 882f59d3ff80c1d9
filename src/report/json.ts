import type { Report } from '../contract/report.ts'

/** The report as JSON (docs/report.schema.json), ending in a newline. Durations are in milliseconds. */
export const renderJson = (report: Report): string =>
  `${JSON.stringify(report, (key, value) => (key === 'durationMs' ? Math.round(value * 10) / 10 : value), 2)}\n`
