import { exitCodeOf, type Report, type Result, summarize } from '../../src/contract/report.ts'

/**
 * @param more what this report has otherwise
 * @returns the report of these results, from a host and a time that never change
 */
export const reportOf = (results: readonly Result[], more: Partial<Report> = {}): Report => ({
  schema: 'chv-doctor/report/2',
  version: '1.2.3',
  host: 'box',
  startedAt: '2026-11-26T12:00:00.000Z',
  profile: { boot: 'firmware', network: 'tap', image: 'resolute' },
  configFile: null,
  results,
  summary: summarize(results),
  durationMs: 40,
  exitCode: exitCodeOf(summarize(results), false),
  bootCommand: null,
  ...more,
})
