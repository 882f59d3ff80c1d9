/** Every combination of policies: docs/exit-codes.md says what each makes of a check, and a run agrees. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Exception, Severity } from '../../src/config/policy.ts'
import type { AnyCheck, Verdict } from '../../src/contract/check.ts'
import { finding } from '../../src/contract/finding.ts'
import { exitCodeOf, type Report, type Result, type Status, summarize } from '../../src/contract/report.ts'
import {
  baselineText,
  type FoundStatus,
  goneFrom,
  parseBaseline,
  updated,
} from '../../src/engine/baseline.ts'
import { observeHost } from '../../src/engine/observe.ts'
import { underPolicy } from '../../src/engine/policy.ts'
import { runChecks } from '../../src/engine/run-checks.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { configWith } from '../helpers/config.ts'
import { repository } from '../helpers/disposable-host.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const bad = finding({ found: 'it is bad', expected: 'it is good' })

/** Advice is a warning of the group `advice`. */
type Saying = Status | 'advice'

/** A check that says a status, and a code where the status has one. */
const checkThatSays = (status: Saying, needs: AnyCheck[] = [], id = 'a'): AnyCheck => ({
  id,
  title: id,
  group: status === 'advice' ? 'advice' : 'host',
  needs,
  findings: { bad },
  probe: async () => {
    if (status === 'unknown') throw new Undetermined('only root may read it')
    return null
  },
  judge: (): Verdict => {
    if (status === 'ok') return { status, found: 'fine' }
    if (status === 'skip') return { status, reason: 'it does not apply' }
    return { status: status === 'fail' ? 'fail' : 'warn', code: 'bad' }
  },
})

const codeOf = (status: Saying) => (status === 'unknown' ? 'a/not-readable' : 'a/bad')

const reportOn = async (
  checks: readonly AnyCheck[],
  changes: Parameters<typeof configWith>[0] = {},
): Promise<Report> => {
  const config = configWith(changes)
  const { results } = await runChecks(checks, observeHost(fakeHost({}), config), config, false)
  const summary = summarize(results)
  return { results, summary, exitCode: exitCodeOf(summary, false) } as unknown as Report
}

const exceptions: Readonly<Record<string, Exception | null>> = {
  no: null,
  'in force': { reason: 'known', until: '9999-12-31' },
  over: { reason: 'known', until: '2020-01-31' },
}
const severities: readonly ('no' | Severity)[] = ['no', 'warn', 'fail']
const statuses: readonly Saying[] = ['ok', 'warn', 'fail', 'skip', 'unknown', 'advice']
const axes = {
  says: statuses,
  ignore: Object.keys(exceptions),
  severity: severities,
  require: ['no', 'yes'],
  baseline: ['no', 'has it'],
} as const

type Row = readonly [says: string, ignore: string, severity: string, require: string, baseline: string]

const combinations: readonly Row[] = axes.says.flatMap((says) =>
  axes.ignore.flatMap((ignore) =>
    axes.severity.flatMap((severity) =>
      axes.require.flatMap((require) =>
        axes.baseline.map((baseline) => [says, ignore, severity, require, baseline] as const),
      ),
    ),
  ),
)

const documented = ((): readonly (readonly string[])[] => {
  const page = readFileSync(`${repository}/docs/exit-codes.md`, 'utf8')
  const table = /\| the check says \|.*\n\|[-|]+\n((?:\|.*\n)+)/.exec(page)?.[1] ?? ''
  return table
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
})()

const fits = (cell: string, value: string) => cell === '—' || cell === value

describe('the table of docs/exit-codes.md', () => {
  it('is there, and every row decides some combination', () => {
    const deciding = combinations.map((row) =>
      documented.findIndex((cells) => row.every((value, index) => fits(cells[index] ?? '', value))),
    )
    expect(combinations).toHaveLength(216)
    expect(deciding).not.toContain(-1)
    expect([...new Set(deciding)].sort((a, b) => a - b)).toEqual(documented.map((_, index) => index))
  })

  it.each(combinations)('%s, ignore %s, severity %s, require %s, baseline %s', async (...row) => {
    const [says, ignore, severity, require, baseline] = row
    const cells = documented.find((one) => row.every((value, index) => fits(one[index] ?? '', value))) ?? []
    const [counts, exit, strict] = cells.slice(row.length)
    const code = codeOf(says as Saying)
    const exception = exceptions[ignore] ?? null
    const report = await reportOn([checkThatSays(says as Saying)], {
      ignore: exception ? { [code]: exception } : {},
      severity: severity === 'no' ? {} : { 'a/bad': severity as Severity },
    })
    const policy = {
      required: require === 'yes' ? ['a'] : [],
      baseline: baseline === 'no' ? null : { findings: new Map([[code, 'fail' as FoundStatus]]) },
    }
    const of = (isStrict: boolean) => underPolicy(report, policy, isStrict)
    expect([of(false).results[0]?.status, `${of(false).exitCode}`, `${of(true).exitCode}`]).toEqual([
      counts,
      exit,
      strict,
    ])
  })
})

const only = async (...parameters: Parameters<typeof reportOn>): Promise<Result | undefined> =>
  (await reportOn(...parameters)).results[0]

describe('the report shows', () => {
  it('an exception with its reason and last day, and what it hides', async () => {
    const ignore = { 'a/bad': { reason: 'moves in May', until: '9999-05-31' } }
    expect(await only([checkThatSays('fail')], { ignore })).toMatchObject({
      status: 'skip',
      reason: 'ignored until 9999-05-31: moves in May',
      ownStatus: 'fail',
      changedBy: 'ignore',
      exception: { ...ignore['a/bad'], expired: false },
    })
  })

  it.each([
    ['fail', 'a/bad', 'found', 'it is bad (was ignored until 2020-01-31: known)'],
    ['unknown', 'a', 'reason', 'only root may read it (was ignored until 2020-01-31: known)'],
  ] as const)('that an exception has ended: %s, %s', async (status, name, field, text) => {
    const ignore = { [name]: { reason: 'known', until: '2020-01-31' } }
    const result = await only([checkThatSays(status)], { ignore })
    expect(result).toMatchObject({ status, [field]: text, exception: { expired: true } })
  })

  it('the last day of an exception as a day of it', async () => {
    const until = new Date().toISOString().slice(0, 10)
    const ignore = { 'a/bad': { reason: 'known', until } }
    expect(await only([checkThatSays('fail')], { ignore })).toMatchObject({ status: 'skip' })
  })

  it('what was known, and what a required check says', async () => {
    const report = await reportOn([checkThatSays('fail'), checkThatSays('skip', [], 'b')])
    const baseline = { findings: new Map([['a/bad', 'fail' as const]]) }
    const { results } = underPolicy(report, { required: ['b'], baseline }, false)
    expect(results).toMatchObject([
      { status: 'skip', code: 'a/bad', reason: 'known: it is bad', ownStatus: 'fail', changedBy: 'baseline' },
      { status: 'fail', code: 'b/required', found: 'required, but it does not apply', changedBy: 'require' },
    ])
  })
})

describe('advice', () => {
  const advising = (security: boolean): AnyCheck => {
    const check = checkThatSays('advice')
    return security ? { ...check, security: true } : check
  }
  const unread = (security: boolean): AnyCheck => ({
    ...advising(security),
    probe: async () => {
      throw new Undetermined('not permitted to look')
    },
  })

  it('counts as ok, with all that it says', async () => {
    expect(await only([advising(true)])).toMatchObject({
      status: 'ok',
      code: 'a/bad',
      found: 'it is bad',
      expected: 'it is good',
      ownStatus: 'warn',
      changedBy: 'profile',
    })
  })

  it('is skipped where it could not be read, and has no code then', async () => {
    const result = await only([unread(true)])
    expect(result).toMatchObject({ status: 'skip', reason: 'not permitted to look', changedBy: 'profile' })
    expect(result).not.toHaveProperty('code')
  })

  it.each([
    [true, 'warn', 'unknown'],
    [false, 'ok', 'skip'],
  ] as const)('about security counts in production: %s', async (security, found, notRead) => {
    const profile = 'production'
    expect(await only([advising(security)], { profile })).toMatchObject({ status: found })
    expect(await only([unread(security)], { profile })).toMatchObject({ status: notRead })
  })

  it('counts where the user says so, whatever the profile', async () => {
    expect(await only([advising(false)], { severity: { 'a/bad': 'warn' } })).toMatchObject({
      status: 'warn',
      ownStatus: 'warn',
      changedBy: 'severity',
    })
  })
})

describe('what needs a check', () => {
  it.each([
    ['fail', 'warn', 'ok'],
    ['warn', 'fail', 'ok'],
    ['fail', 'fail', 'skip'],
  ] as const)('that says %s and counts as %s: %s', async (says, severity, status) => {
    const a = checkThatSays(says)
    const { results } = await reportOn([a, checkThatSays('ok', [a], 'b')], {
      severity: { 'a/bad': severity },
    })
    expect(results.map((result) => result.status)).toEqual([severity, status])
  })

  it('stays blocked under a baseline, and is a failure where it is required', async () => {
    const a = checkThatSays('fail')
    const report = await reportOn([a, checkThatSays('ok', [a], 'b')])
    const baseline = { findings: new Map([['a/bad', 'fail' as const]]) }
    expect(underPolicy(report, { required: [], baseline }, true).exitCode).toBe(0)
    const { results } = underPolicy(report, { required: ['b'], baseline }, true)
    expect(results[1]).toMatchObject({ status: 'fail', found: 'required, but blocked by a' })
  })
})

describe('a baseline', () => {
  const found = (id: string, code: string, status: Status, more: Partial<Result> = {}): Result => ({
    ...{ id, title: id, group: 'host', status, code: `${id}/${code}`, durationMs: 0 },
    ...more,
  })

  it('does not hide what was less bad then, nor another finding of the check', () => {
    const baseline = { findings: new Map([['a/bad', 'warn' as const]]) }
    const report = { results: [found('a', 'bad', 'fail'), found('b', 'other', 'warn')] } as unknown as Report
    const { results } = underPolicy(report, { required: [], baseline }, false)
    expect(results.map(({ status }) => status)).toEqual(['fail', 'warn'])
  })

  it('keeps what a run could not decide about, and loses what is gone', () => {
    const before = {
      findings: new Map([
        ['a/bad', 'fail' as const],
        ['b/bad', 'fail' as const],
        ['c/bad', 'fail' as const],
        ['d/bad', 'fail' as const],
      ]),
    }
    const results = [
      found('a', 'other', 'warn'),
      found('b', 'not-readable', 'unknown'),
      found('c', 'x', 'skip', { blockedBy: 'a' }),
    ]
    expect([...updated(before, results).findings]).toEqual([
      ['a/other', 'warn'],
      ['b/bad', 'fail'],
      ['b/not-readable', 'unknown'],
      ['c/bad', 'fail'],
      ['d/bad', 'fail'],
    ])
    expect(goneFrom(before, results)).toEqual(['a/bad'])
  })

  it('survives its file', () => {
    const baseline = updated(null, [found('a', 'bad', 'fail'), found('b', 'bad', 'ok')])
    expect(parseBaseline('--baseline x', baselineText(baseline))).toEqual(baseline)
  })

  it.each([
    ['{', 'not valid JSON; --update-baseline writes one.'],
    ['[]', 'not a baseline of this version'],
    ['{"schema":"chv-doctor/baseline/1"}', 'not a baseline of this version'],
    ['{"schema":"chv-doctor/baseline/1","findings":{"a":"fail"}}', '"a" in its "findings" is no code'],
    ['{"schema":"chv-doctor/baseline/1","findings":{"a/b":"ok"}}', '"a/b" in its "findings" is no code'],
  ])('refuses %s', (text, message) => {
    expect(() => parseBaseline('--baseline x', text)).toThrow(`--baseline x: ${message}`)
  })
})
