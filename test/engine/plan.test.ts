import { describe, expect, it } from 'vitest'
import { defineFix } from '../../src/contract/fix.ts'
import type { Result } from '../../src/contract/report.ts'
import type { Step } from '../../src/contract/step.ts'
import {
  type AnyFix,
  downloadOf,
  isAutomatic,
  makePlan,
  type PlannedFix,
  undoOf,
} from '../../src/engine/plan.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'
import { downloadStep } from '../helpers/planned-fix.ts'

const result = (id: string, fix: unknown, status: 'fail' | 'warn' = 'fail'): Result =>
  ({ id, title: id, group: 'host', status, found: 'x', expected: 'y', durationMs: 0, fix }) as Result

const run = (program: string, more: object = {}): Step => ({
  kind: 'run',
  argv: [program],
  root: false,
  why: 'w',
  ...more,
})

const noManager = { 'apt-get': null, dnf: null, zypper: null, pacman: null, apk: null }

describe('makePlan', () => {
  it('makes one installation of all packages, and knows who asked', async () => {
    const host = fakeHost({ programs: noManager })
    const calls = ['mtools', 'dosfstools', 'mtools'].map((name) => ({
      id: 'install-packages',
      args: { packages: [name] },
    }))
    const plan = await makePlan(
      calls.map((call, index) => result(`c${index}`, call)),
      host,
      configWith(),
      {},
    )
    expect(plan).toHaveLength(1)
    expect(plan[0]?.checks).toEqual(['c0', 'c1', 'c2'])
    expect(plan[0]?.steps).toEqual([
      { kind: 'manual', text: expect.stringContaining('dosfstools, mtools (') },
    ])
  })

  it('adds the packages of programs that steps really start and the host lacks, first', async () => {
    const own: AnyFix = defineFix({
      id: 'own',
      title: 'Own',
      programs: { here: 'here-pkg', gone: 'gone-pkg', unused: 'unused-pkg' },
      plan: () => [run('here'), run('gone')],
    })
    const host = fakeHost({ programs: { ...noManager, here: '/bin/here', gone: null } })
    const plan = await makePlan([result('c', { id: 'own', args: {} }, 'warn')], host, configWith(), { own })
    expect(plan.map(({ id, needed }) => [id, needed])).toEqual([
      ['install-packages', false],
      ['own', false],
    ])
    expect(JSON.stringify(plan[0]?.steps)).toContain('gone-pkg')
    expect(JSON.stringify(plan[0]?.steps)).not.toMatch(/here-pkg|unused-pkg/)
  })

  it('lets a fix wait for packages from the step on that starts their program, also where it is there', async () => {
    const own: AnyFix = defineFix({
      id: 'own',
      title: 'Own',
      needs: ['create-tap'],
      programs: { broken: 'broken-pkg' },
      plan: () => [run('true'), run('broken')],
    })
    const other: AnyFix = defineFix({ id: 'other', title: 'Other', plan: () => [run('true')] })
    const host = fakeHost({ programs: { ...noManager, broken: '/bin/broken' } })
    const again = { id: 'install-packages', args: { packages: ['broken-pkg'] } }
    const calls = [again, { id: 'own', args: {} }, { id: 'other', args: {} }]
    const results = calls.map((call, index) => result(`c${index}`, call))
    const plan = await makePlan(results, host, configWith(), { own, other })
    expect(plan.map(({ id, needs, comesAfterAll }) => ({ id, needs, comesAfterAll }))).toEqual([
      { id: 'install-packages', needs: undefined, comesAfterAll: undefined },
      {
        id: 'own',
        needs: [
          { fix: 'create-tap', step: 0 },
          { fix: 'install-packages', step: 1 },
        ],
        comesAfterAll: undefined,
      },
      { id: 'other', needs: undefined, comesAfterAll: true },
    ])
  })

  it('puts what runs first before all others', async () => {
    const first: AnyFix = defineFix({ id: 'first', title: 'F', runsFirst: true, plan: () => [run('true')] })
    const other: AnyFix = defineFix({ id: 'other', title: 'Other', plan: () => [run('true')] })
    const results = ['other', 'first'].map((id) => result(`c-${id}`, { id, args: {} }))
    const plan = await makePlan(results, fakeHost({}), configWith(), { other, first })
    expect(plan.map(({ id }) => id)).toEqual(['first', 'other'])
  })

  it('adds what whoever carries the steps out needs besides', async () => {
    const own: AnyFix = defineFix({ id: 'own', title: 'Own', plan: () => [run('here')] })
    const host = fakeHost({ programs: { ...noManager, curl: null, awk: '/bin/awk' } })
    const calls = [result('c', { id: 'own', args: {} })]
    const further = () => ({ curl: ['curl', 'ca-certificates'], awk: ['mawk'] })
    const [installation] = await makePlan(calls, host, configWith(), { own }, further)
    expect(installation?.steps).toMatchObject([{ text: expect.stringContaining('curl, ca-certificates (') }])
  })

  it.each([
    ['that the survey found missing', [run('here')], true],
    ['but none where only a person can go on', [{ kind: 'manual', text: 't' } as const], false],
  ])('adds further packages %s', async (_name, steps, installed) => {
    const own: AnyFix = defineFix<'own', object, { header: string }>({
      id: 'own',
      title: 'Own',
      survey: async () => ({ header: 'libown-dev' }),
      packages: ({ header }) => [header],
      plan: () => steps,
    })
    const host = fakeHost({ programs: noManager })
    const plan = await makePlan([result('c', { id: 'own', args: {} })], host, configWith(), { own })
    expect(plan.map(({ id }) => id)).toEqual(installed ? ['install-packages', 'own'] : ['own'])
    expect(JSON.stringify(plan).includes('libown-dev')).toBe(installed)
  })

  it('takes equal calls as one, different ones of a fix that cannot merge as several, and drops empty plans', async () => {
    const own: AnyFix = defineFix({
      id: 'own',
      title: 'Own',
      plan: ({ n }: { n: number }) => (n > 0 ? [run(`p${n}`)] : []),
    })
    const calls = [1, 1, 2, 0].map((n, index) => result(`c${index}`, { id: 'own', args: { n } }))
    const plan = await makePlan(calls, fakeHost({}), configWith(), { own })
    expect(plan.map(({ checks }) => checks)).toEqual([['c0', 'c1'], ['c2']])
  })
})

describe('what is said about a plan', () => {
  const plan = (...steps: Step[]): PlannedFix => ({ id: 'x', title: 'x', checks: [], needed: true, steps })
  const download = (bytes: number | null) => downloadStep('w', bytes)
  const publish = (reversible: boolean): Step => ({
    kind: 'publish',
    from: 'a',
    to: 'b',
    why: 'w',
    reversible,
  })

  it.each([
    [[run('a', { undo: [['b']] })], 'yes'],
    [[run('a')], 'no'],
    [[run('a', { undo: [['b']] }), run('c')], 'partly'],
    [[run('a', { undo: [['b']] }), run('c', { undo: [] })], 'yes'],
    [[run('a', { undo: [] }), publish(true)], 'yes'],
    [[run('a', { undo: [] }), publish(false)], 'no'],
    [[download(1)], 'no'],
  ] as const)('%#: undo %s', (steps, expected) => {
    expect(undoOf(plan(...steps))).toBe(expected)
  })

  it('adds up what is known of the downloads', () => {
    expect(downloadOf(plan(download(5), run('a', { bytes: 7 })))).toEqual({ bytes: 12, unknown: false })
    expect(downloadOf(plan(download(5), download(null)))).toEqual({ bytes: 5, unknown: true })
    expect(downloadOf(plan({ ...download(5), here: true } as Step))).toEqual({ bytes: 0, unknown: false })
    expect(downloadOf(plan(run('git', { progress: 'git' })))).toEqual({ bytes: 0, unknown: true })
    expect(isAutomatic(plan({ kind: 'manual', text: 't' }))).toBe(false)
  })
})
