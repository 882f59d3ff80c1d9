/** Each form of the report, with texts that its syntax could take for its own. */
import { describe, expect, it } from 'vitest'
import { reportFormats } from '../../src/cli/commands.ts'
import { type Report, type Result, summarize } from '../../src/contract/report.ts'
import { nagiosExitCode } from '../../src/report/formats/nagios.ts'
import { renderAs } from '../../src/report/formats/render.ts'

const hostile = `a|b, 100% <b>&"quoted"</b> #1 \`x\` \\ : * [l](u)\r\nnext ::error::`

const results: readonly Result[] = [
  { id: 'kvm', title: 'KVM', group: 'host', status: 'ok', found: 'works', durationMs: 3.14 },
  {
    id: 'memory',
    title: 'Memory',
    group: 'host',
    status: 'warn',
    code: 'memory/short',
    values: { bytes: 5 },
    found: hostile,
    expected: 'more',
    hint: hostile,
    durationMs: 1,
  },
  {
    id: 'disk-image',
    title: 'The disk',
    group: 'artifacts',
    status: 'fail',
    code: 'disk-image/missing',
    values: {},
    found: 'missing',
    expected: 'a raw disk',
    path: '/srv/a|b.raw',
    fix: { id: 'fetch-image', args: {} },
    durationMs: 1500,
  },
  {
    id: 'cloud-init',
    title: 'The seed',
    group: 'artifacts',
    status: 'skip',
    reason: 'blocked by disk-image',
    blockedBy: 'disk-image',
    durationMs: 0,
  },
  {
    id: 'nat',
    title: 'NAT',
    group: 'network',
    status: 'unknown',
    code: 'nat/not-readable',
    reason: 'only root sees it',
    durationMs: 2,
  },
]

const reportOf = (list: readonly Result[]): Report => ({
  schema: 'chv-doctor/report/2',
  version: '1.2.3',
  host: 'box<1>',
  startedAt: '2026-11-26T12:00:00.500Z',
  profile: { boot: 'firmware', network: 'tap', image: 'resolute' },
  configFile: null,
  results: list,
  summary: summarize(list),
  durationMs: 1510,
  exitCode: 1,
  bootCommand: null,
})

const render = (format: (typeof reportFormats)[number], list = results) =>
  renderAs(format, reportOf(list), { color: false, width: 80, advice: true })

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
    expect(nagiosExitCode(reportOf(list))).toBe(code)
  })

  it('is one line with one bar before the performance data', async () => {
    const text = await render('nagios')
    expect(text.trimEnd().split('\n')).toHaveLength(1)
    expect(text.split('|')).toHaveLength(2)
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
