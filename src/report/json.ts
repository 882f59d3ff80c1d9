import type { Report } from '../contract/report.ts'
import { jsonText } from '../util/printable.ts'

/** The report as JSON (docs/report.schema.json), ending in a newline. Durations are in milliseconds. */
export const renderJson = (report: Report): string =>
  jsonText(report, (key, value) =>
    key === 'durationMs' && typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  )
