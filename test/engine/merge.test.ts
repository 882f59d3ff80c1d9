/** Many reports become one page: who, what, which fix, what changed; and no file of another shape is believed. */
import { describe, expect, it } from 'vitest'
import type { FixCall } from '../../src/contract/fix-args.ts'
import type { Report, Result } from '../../src/contract/report.ts'
import { mergeReports } from '../../src/engine/merge.ts'
import { parseMerge } from '../../src/engine/merge-changes.ts'
import { parseReport, type ReadReport } from '../../src/engine/report-file.ts'
import { jsonText } from '../../src/util/printable.ts'
import { reportOf } from '../helpers/report.ts'

const result = (id: string, status: Result['status'], more: Partial<Result> = {}): Result => ({
  ...{ id, title: `The ${id}`, group: 'host', status, durationMs: 1 },
  ...(status === 'fail' || status === 'warn' ? { code: `${id}/bad`, found: `${id} is bad` } : {}),
  ...(status === 'unknown' ? { code: `${id}/not-readable`, reason: 'only root sees it' } : {}),
  ...more,
})

const fix: FixCall = { id: 'build-kernel', args: {} }

const on = (host: string | null, results: readonly Result[], more: Partial<Report> = {}): Report =>
  reportOf(results, { host, ...more })

const read = (report: Report): ReadReport => parseReport('x.json', JSON.stringify(report))

const made = { version: '1.2.3', madeAt: '2026-11-26T13:00:00.000Z' }

const merge = (...reports: Report[]) =>
  mergeReports(
    reports.map((report, index) => ({ file: `/srv/r${index}.json`, report: read(report) })),
    null,
    made,
  )

describe('a merge', () => {
  it('has the worst hosts first, then by name with numbers as numbers', () => {
    const { hosts, states } = merge(
      on('web-10', [result('a', 'ok')]),
      on('web-2', [result('a', 'ok')]),
      on('w', [result('a', 'warn'), result('b', 'ok')]),
      on('u', [result('a', 'warn'), result('b', 'unknown')]),
      on('f', [result('a', 'unknown'), result('b', 'fail')]),
    )
    expect(hosts.map(({ name, state }) => [name, state])).toEqual([
      ['f', 'fail'],
      ['u', 'unknown'],
      ['w', 'warn'],
      ['web-2', 'ok'],
      ['web-10', 'ok'],
    ])
    expect(states).toEqual({ fail: 1, unknown: 1, warn: 1, ok: 2 })
    expect(hosts[0]?.findings.map(({ code }) => code)).toEqual(['b/bad', 'a/not-readable'])
    expect(hosts[0]?.summary).toMatchObject({ fail: 1, unknown: 1 })
  })

  it('counts the hosts of each finding, and words it as most of them do', () => {
    const { findings } = merge(
      on('a', [result('kvm', 'fail', { found: 'one' }), result('tun', 'fail')]),
      on('b', [result('kvm', 'fail', { found: 'two', path: '/dev/kvm', hint: 'look' })]),
      on('c', [result('kvm', 'warn', { found: 'two', path: '/dev/kvm' })]),
    )
    expect(findings).toMatchObject([
      { code: 'kvm/bad', status: 'fail', found: 'two (/dev/kvm)', hint: 'look', hosts: ['a', 'b', 'c'] },
      { code: 'tun/bad', hosts: ['a'] },
    ])
  })

  it('says on how many hosts a fix repairs something, and on which of them everything', () => {
    const { fixes } = merge(
      on('a', [result('x', 'fail', { fix }), result('y', 'fail', { fix }), result('z', 'warn')]),
      on('b', [result('x', 'fail', { fix }), result('z', 'fail')]),
      on('c', [
        result('x', 'fail', { fix }),
        result('z', 'fail', { fix: { id: 'create-cloud-init', args: {} } }),
      ]),
      // A warning is no failure, and an unknown result is repaired by nothing.
      on('d', [result('x', 'warn', { fix }), result('y', 'unknown', { fix })]),
    )
    expect(fixes).toEqual([
      {
        ...{ id: 'build-kernel', command: 'chv-doctor fix build-kernel' },
        findings: ['x/bad', 'y/bad'],
        hosts: ['a', 'b', 'c'],
        wholly: ['a'],
      },
      {
        ...{ id: 'create-cloud-init', command: 'chv-doctor fix create-cloud-init' },
        findings: ['z/bad'],
        hosts: ['c'],
        wholly: [],
      },
    ])
  })

  it('takes the last report of a host, and each guest for itself', () => {
    const at = (startedAt: string | null) => ({ startedAt })
    const guest = { profile: { boot: 'firmware', network: 'tap', image: 'resolute', guest: 2 } } as const
    const { hosts, replaced } = merge(
      on('a', [result('x', 'ok')], at('2026-11-26T12:00:00Z')),
      on('a', [result('x', 'fail')], at('2026-11-25T12:00:00Z')),
      on('a', [result('x', 'warn')], guest),
      on(null, [result('x', 'ok')], at(null)),
    )
    expect(hosts.map(({ name, state }) => [name, state])).toEqual([
      ['a (guest 2)', 'warn'],
      ['a', 'ok'],
      ['r3', 'ok'],
    ])
    expect(replaced).toEqual(['/srv/r1.json'])
  })

  it('counts what a policy left out, and takes it for no finding', () => {
    const { hosts, findings } = merge(
      on('a', [result('x', 'skip', { code: 'x/bad', ownStatus: 'fail', reason: 'ignored: known' })]),
    )
    expect([hosts[0]?.state, hosts[0]?.accepted, findings]).toEqual(['ok', 1, []])
  })

  it('cuts what is too long, and keeps names that every object has', () => {
    const { hosts, findings } = merge(
      on('constructor', [result('a', 'fail', { found: 'x'.repeat(10_000) })]),
      on('__proto__', [result('constructor', 'fail')]),
      on('y'.repeat(10_000), []),
    )
    expect(hosts.map(({ name }) => name.length)).toEqual([9, 11, 121])
    expect(findings.map(({ found }) => found.length)).toEqual([501, 18])
  })

  it('of nothing is a merge, too', () => {
    expect(merge(on('a', []))).toMatchObject({ findings: [], fixes: [], changes: null })
  })
})

describe('since a former merge', () => {
  const before = merge(
    on('a', [result('x', 'fail'), result('y', 'warn')]),
    on('b', [result('x', 'fail')]),
    on('gone', [result('x', 'fail')]),
  )
  const former = parseMerge('--since x', jsonText(before))

  it('it says what appeared, what is gone, and which hosts', () => {
    const named = [
      on('a', [result('x', 'warn'), result('z', 'fail')]),
      on('b', [result('z', 'fail')]),
      on('new', [result('z', 'fail')]),
    ].map((report, index) => ({ file: `${index}`, report: read(report) }))
    expect(mergeReports(named, former, made).changes).toEqual({
      since: '2026-11-26T13:00:00.000Z',
      appeared: [{ code: 'z/bad', hosts: ['a', 'b'] }],
      gone: [
        { code: 'x/bad', hosts: ['b'] },
        { code: 'y/bad', hosts: ['a'] },
      ],
      newHosts: ['new'],
      missingHosts: ['gone'],
    })
  })

  it.each([
    ['{', 'not valid JSON'],
    ['null', 'not a merge of this version'],
    ['{"schema":"chv-doctor/merge/1","madeAt":"soon","hosts":[]}', '"madeAt" is missing or wrong'],
    ['{"schema":"chv-doctor/merge/1","madeAt":"2026-11-26T13:00:00Z","hosts":[{}]}', '"hosts" is missing'],
    [
      '{"schema":"chv-doctor/merge/1","madeAt":"2026-11-26T13:00:00Z","hosts":[{"name":"a","findings":[1]}]}',
      '"hosts" is missing or wrong',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => parseMerge('--since x', text)).toThrow(`--since x: ${message}`)
  })
})

describe('a file that is no report', () => {
  const good = on('a', [result('kvm', 'fail')])
  const withResult = (more: object) => ({ ...good, results: [{ ...good.results[0], ...more }] })
  it.each([
    [{ schema: 'chv-doctor/report/1' }, 'not a report of this version'],
    [[good], 'not a report of this version'],
    [{ ...good, host: 5 }, '"host" is missing or wrong'],
    [{ ...good, host: '' }, '"host" is missing or wrong'],
    [{ ...good, startedAt: '<b>' }, '"startedAt" is missing or wrong'],
    [{ ...good, version: null }, '"version" is missing or wrong'],
    [{ ...good, profile: [] }, '"profile" is missing or wrong'],
    [{ ...good, profile: { guest: 'two' } }, '"profile" is missing or wrong'],
    [{ ...good, results: {} }, '"results" is missing or wrong'],
    [{ ...good, results: new Array(2001).fill(good.results[0]) }, 'it has more than 2000 results'],
    [{ ...good, results: [null] }, 'item 1 of its "results" is no object'],
    [withResult({ status: 'fine' }), '"status" of item 1 of its "results" is missing or wrong'],
    [withResult({ id: '../x' }), '"id" of item 1'],
    [withResult({ code: '<script>' }), '"code" of item 1'],
    [withResult({ found: { a: 1 } }), '"found" of item 1'],
    [withResult({ fix: { id: 'a; rm -rf /' } }), '"fix" of item 1'],
    [withResult({ fix: 'mend' }), '"fix" of item 1'],
  ])('%#', (value, message) => {
    expect(() => parseReport('/srv/a.json', JSON.stringify(value))).toThrow(`/srv/a.json: ${message}`)
  })

  it.each(['', '{', 'PK\u0003\u0004', '\ufeff{}'])('%j is no JSON', (text) => {
    expect(() => parseReport('/srv/a.json', text)).toThrow('/srv/a.json: not valid JSON')
  })
})
