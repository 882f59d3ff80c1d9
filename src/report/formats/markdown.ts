/** The report as GitHub-flavoured Markdown: a table of what matters, everything else folded away. */
import type { Report, Result, Status } from '../../contract/report.ts'
import { code, escaped, table } from '../markdown-text.ts'
import { fixCommand } from './details.ts'

const order: readonly Status[] = ['fail', 'unknown', 'warn', 'skip', 'ok']

const words: Record<Status, string> = {
  fail: '**failed**',
  unknown: '**unknown**',
  warn: 'warning',
  skip: 'skipped',
  ok: 'ok',
}

const finding = (result: Result): readonly string[] => {
  const { id, status, code: name, found, reason, expected = '', hint = '', path } = result
  const command = fixCommand(result)
  const remedy = command ? code(command) : escaped(hint)
  const text = escaped(found ?? reason ?? '') + (path ? `<br>${code(path)}` : '')
  return [code(name ?? id), words[status], text, escaped(expected), remedy]
}

/** @returns the report, ending in a newline */
export const renderMarkdown = (report: Report): string => {
  const { results, summary, version, host, startedAt } = report
  const sorted = [...results].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  const isFinding = ({ status }: Result) => status === 'fail' || status === 'unknown' || status === 'warn'
  const findings = sorted.filter(isFinding)
  const rest = sorted.filter((result) => !isFinding(result))
  const sum = order.flatMap((status) => (summary[status] > 0 ? [`${summary[status]} ${words[status]}`] : []))
  return `${[
    '## chv-doctor',
    '',
    `${sum.join(', ')}. Version ${version}${host ? `, host ${escaped(host)}` : ''}${startedAt ? `, ${startedAt}` : ''}.`,
    '',
    ...(findings.length > 0
      ? [...table(['finding', 'status', 'found', 'expected', 'what to do'], findings.map(finding)), '']
      : []),
    `<details><summary>${rest.length} checks ok or skipped</summary>`,
    '',
    ...table(
      ['check', 'status', 'found'],
      rest.map(({ id, status, found, reason }) => [code(id), words[status], escaped(found ?? reason ?? '')]),
    ),
    '',
    '</details>',
  ].join('\n')}\n`
}
