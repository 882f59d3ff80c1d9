/** Each form of the report, with texts that its syntax could take for its own. */
import { describe, expect, it } from 'vitest'
import { reportFormats } from '../../src/cli/flags.ts'
import { nagiosExitCode } from '../../src/report/formats/nagios.ts'
import { renderAs } from '../../src/report/formats/render.ts'
import { hostileReportOf, results } from './hostile-report.ts'

const render = (format: (typeof reportFormats)[number], list = results) =>
  renderAs(format, hostileReportOf(list), { color: false, width: 80, detail: 'all', advice: true })

describe('a report', () => {
  it.each(reportFormats)('as %s', async (format) => {
    await expect(await render(format)).toMatchFileSnapshot(`formats/${format}.txt`)
  })

  it.each(reportFormats)('of no check is a document as %s, too', async (format) => {
    const text = await render(format, [])
    expect(text).toMatch(/\S[\s\S]*\n$/)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })
})

describe('nagios', () => {
  it.each([
    [['ok', 'skip'], 0],
    [['ok', 'warn'], 1],
    [['warn', 'unknown', 'fail'], 2],
    [['warn', 'unknown'], 3],
  ] as const)('of %j exits with %i', (statuses, code) => {
    const list = results.filter(({ status }) => (statuses as readonly string[]).includes(status))
    expect(nagiosExitCode(hostileReportOf(list))).toBe(code)
  })

  it('is one line with one bar before the performance data', async () => {
    const text = await render('nagios')
    expect(text.trimEnd().split('\n')).toHaveLength(1)
    expect(text.split('|')).toHaveLength(2)
  })

  it.each([
    ['many', 100],
    ['long', 2500],
  ])('leaves out findings where they are too %s, and keeps the performance data', async (_, length) => {
    const [, , failed] = results
    if (!failed) throw new Error('the fixture has a failure')
    const list = Array.from({ length: 50 }, () => ({ ...failed, found: 'x'.repeat(length) }))
    const text = await render('nagios', list)
    expect(text.length).toBeLessThan(2200)
    expect(text).toMatch(/x; and \d+ more \| failed=50;/)
  })
})

describe('github', () => {
  it('shows the worst first, and no text ends or starts an annotation', async () => {
    const lines = (await render('github')).trimEnd().split('\n')
    expect(lines.map((line) => line.slice(0, line.indexOf(' ')))).toEqual([
      '::error',
      '::error',
      '::warning',
      'chv-doctor:',
    ])
  })
})
