/** The report in the form that its consumer reads. What most runs do not use is loaded on use. */
import type { reportFormats } from '../../cli/flags.ts'
import type { Report } from '../../contract/report.ts'
import { renderJson } from '../json.ts'
import { renderText, type TextOptions } from '../text.ts'

export type Format = (typeof reportFormats)[number]

/** @returns the whole document, ending in a newline */
export const renderAs = async (format: Format, report: Report, options: TextOptions): Promise<string> => {
  switch (format) {
    case 'text':
      return renderText(report, options)
    case 'json':
      return renderJson(report)
    case 'junit':
      return (await import('./junit.ts')).renderJunit(report)
    case 'tap':
      return (await import('./tap.ts')).renderTap(report)
    case 'prometheus':
      return (await import('./prometheus.ts')).renderPrometheus(report)
    case 'nagios':
      return (await import('./nagios.ts')).renderNagios(report)
    case 'github':
      return (await import('./github.ts')).renderGithub(report)
    case 'markdown':
      return (await import('./markdown.ts')).renderMarkdown(report)
    case 'sarif':
      return (await import('./sarif.ts')).renderSarif(report)
  }
}
