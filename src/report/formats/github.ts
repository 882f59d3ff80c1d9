/** Annotations of GitHub Actions (workflow commands); the step summary is the Markdown report. */
import type { Report, Result, Status } from '../../contract/report.ts'
import { details } from './details.ts'

const percent: Readonly<Record<string, string>> = {
  '%': '%25',
  '\r': '%0D',
  '\n': '%0A',
  ':': '%3A',
  ',': '%2C',
}

/** What follows the "::". */
const escapeText = (text: string): string => text.replace(/[%\r\n]/g, (character) => percent[character] ?? '')

/** A property ends at a comma or colon. */
const escapeProperty = (text: string): string =>
  text.replace(/[%\r\n:,]/g, (character) => percent[character] ?? '')

/** Only ten of a kind are shown per step: the worst come first. */
const kinds: readonly (readonly [Status, string])[] = [
  ['fail', 'error'],
  ['unknown', 'error'],
  ['warn', 'warning'],
]

const annotation = (kind: string, result: Result): string => {
  const { code, id, found, reason = '' } = result
  const text = [found ?? reason, ...details(result)].join('\n')
  return `::${kind} title=${escapeProperty(code ?? id)}::${escapeText(text)}`
}

/** @returns a line per finding, and one that sums up; ending in a newline */
export const renderGithub = ({ results, summary }: Report): string => {
  const annotations = kinds.flatMap(([status, kind]) =>
    results.filter((result) => result.status === status).map((result) => annotation(kind, result)),
  )
  const { fail, unknown, warn, ok, skip } = summary
  const sum = `chv-doctor: failed ${fail}, unknown ${unknown}, warnings ${warn}, ok ${ok}, skipped ${skip}`
  return `${[...annotations, sum].join('\n')}\n`
}
