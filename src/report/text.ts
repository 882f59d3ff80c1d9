/** Renders a report as text: as a summary, check by check, or as failures only. */
import type { Report } from '../contract/report.ts'
import { renderFailures } from './failures-text.ts'
import { type Look, pageFor } from './layout.ts'
import { renderList } from './list-text.ts'
import { renderSummary } from './summary-text.ts'

/** How much of a report is shown: the first screen, every check (`-v`), or what failed (`-q`). */
export type Detail = 'summary' | 'all' | 'failures'

export interface TextOptions extends Look {
  readonly detail: Detail
  /** Whether to end with what to do next (left out where the caller goes on by itself). */
  readonly advice: boolean
}

/** @returns the whole text, ending in a newline; nothing where only failures are asked for and there are none */
export const renderText = (report: Report, { detail, advice, ...look }: TextOptions): string => {
  const page = pageFor(look)
  const lines = {
    summary: () => renderSummary(report, page, advice),
    all: () => renderList(report, page, advice),
    failures: () => renderFailures(report, page),
  }[detail]()
  return lines.map((line) => `${line}\n`).join('')
}
