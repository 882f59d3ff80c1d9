/** JUnit XML, as Jenkins and GitLab read it: a suite per group, a case per check. */
import type { Report, Result } from '../../contract/report.ts'
import { details } from './details.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}

/** XML 1.0 has no control characters but these, not even as references, and no lone surrogates. */
const escaped = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it is about
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\n]/g, (character) => entities[character] ?? '')

const element = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = '',
): string => {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  return content === '' ? `<${name}${pairs.join('')}/>` : `<${name}${pairs.join('')}>${content}</${name}>`
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

const outcome = (result: Result): string => {
  const { status, code, found = '', reason = '' } = result
  // Jenkins shows the message above the text, GitLab the text alone.
  const text = (first: string) => escaped([first, ...details(result)].join('\n'))
  switch (status) {
    case 'fail':
      return element('failure', { message: found, type: code ?? result.id }, text(found))
    case 'unknown':
      return element('error', { message: reason, type: code ?? result.id }, text(reason))
    case 'skip':
      return element('skipped', { message: reason }, escaped(reason))
    case 'warn':
      return element('system-out', {}, text(`warning: ${found}`))
    case 'ok':
      return element('system-out', {}, escaped(found))
  }
}

const count = (results: readonly Result[], status: Result['status']): number =>
  results.filter((result) => result.status === status).length

const counts = (results: readonly Result[]) => ({
  tests: results.length,
  failures: count(results, 'fail'),
  errors: count(results, 'unknown'),
  skipped: count(results, 'skip'),
  time: seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0)),
})

const suite = (group: string, results: readonly Result[], { host, startedAt }: Report): string => {
  const cases = results.map((result) =>
    element(
      'testcase',
      { classname: `chv-doctor.${group}`, name: result.id, time: seconds(result.durationMs) },
      outcome(result),
    ),
  )
  const attributes = {
    name: group,
    ...counts(results),
    // The schema has no fractions of a second.
    ...(startedAt ? { timestamp: startedAt.replace(/\..*/, '') } : {}),
    ...(host ? { hostname: host } : {}),
  }
  return element('testsuite', attributes, `\n    ${cases.join('\n    ')}\n  `)
}

/** @returns the document, ending in a newline; a warning is a passed case that says so */
export const renderJunit = (report: Report): string => {
  const groups = [...new Set(report.results.map(({ group }) => group))]
  const suites = groups.map((group) =>
    suite(
      group,
      report.results.filter((result) => result.group === group),
      report,
    ),
  )
  const { skipped: _, ...total } = counts(report.results)
  const all = element('testsuites', { name: 'chv-doctor', ...total }, `\n  ${suites.join('\n  ')}\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}\n`
}
