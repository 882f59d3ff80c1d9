import { describe, expect, it } from 'vitest'
import { defineCheck, type Verdict } from '../../src/contract/check.ts'
import { exitCodeOf, summarize } from '../../src/contract/report.ts'
import { type AnyCheck, observeHost, runChecks } from '../../src/engine/run-checks.ts'
import { selectChecks } from '../../src/engine/select.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const check = (id: string, verdict: Verdict | Error, needs: string[] = []): AnyCheck =>
  defineCheck({
    id,
    title: id,
    group: 'host',
    needs,
    probe: async () => {
      if (verdict instanceof Error) throw verdict
      return verdict
    },
    judge: (facts) => facts as Verdict,
  })
const ok: Verdict = { status: 'ok', found: 'fine' }
const fail: Verdict = { status: 'fail', found: 'bad', expected: 'good', hint: 'mend it' }
const host = fakeHost({})
const run = async (checks: AnyCheck[], config = configWith()) =>
  (await runChecks(checks, observeHost(host, config), config, false)).results

describe('runChecks', () => {
  it('blocks what needs a failed check, through any depth, and runs the rest', async () => {
    const results = await run([
      check('a', fail),
      check('b', fail, ['a']),
      check('c', ok, ['b']),
      check('d', ok),
    ])
    expect(results.map((result) => [result.status, result.blockedBy])).toEqual([
      ['fail', undefined],
      ['skip', 'a'],
      ['skip', 'a'],
      ['ok', undefined],
    ])
  })

  it('does not block on what is unknown or a warning', async () => {
    const warn: Verdict = { status: 'warn', found: 'hm', expected: 'good' }
    const results = await run([
      check('a', new Undetermined('not permitted')),
      check('b', ok, ['a']),
      check('c', warn),
      check('d', ok, ['c']),
    ])
    expect(results.map((result) => result.status)).toEqual(['unknown', 'ok', 'warn', 'ok'])
    expect(results[0]?.reason).toBe('not permitted')
  })

  it('starts the last when all others have ended, and not at all when it is blocked', async () => {
    const order: string[] = []
    const noted = (id: string, verdict: Verdict, wait: Promise<void> | null, needs: string[] = []) => ({
      ...check(id, verdict, needs),
      probe: async () => {
        await wait
        order.push(id)
        return verdict
      },
    })
    const slow = new Promise<void>((resolve) => void setImmediate(() => setImmediate(resolve)))
    const proof = { ...noted('proof', ok, null, ['a']), runsLast: true as const }
    // A check of the user's own may build on it.
    const after = noted('after', ok, null, ['proof'])
    expect(
      (await run([noted('a', ok, null), proof, after, noted('slow', ok, slow)])).map((r) => r.status),
    ).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(order).toEqual(['a', 'after', 'slow', 'proof'])
    order.length = 0
    const results = await run([noted('a', fail, null), proof])
    expect(results[1]).toMatchObject({ status: 'skip', blockedBy: 'a' })
    expect(order).toEqual(['a'])
  })

  it('says that a check itself is broken, instead of calling anything missing', async () => {
    const broken = { ...check('a', ok), judge: () => JSON.parse('{') }
    const results = await run([broken, check('b', new TypeError('oops'))])
    expect(
      results.map((result) => [result.status, result.reason?.startsWith('the check itself failed')]),
    ).toEqual([
      ['unknown', true],
      ['unknown', true],
    ])
  })

  it('stops waiting for a probe that never answers', async () => {
    const config = { ...configWith(), timeout: 0.02 }
    const results = await run([{ ...check('a', ok), probe: () => new Promise(() => {}) }], config)
    expect(results[0]).toMatchObject({ status: 'unknown', reason: 'no answer within 0.02 s' })
  })

  it('leaves out what the configuration ignores, with the reason, and never probes it', async () => {
    const config = configWith({ ignore: { a: 'known' } })
    const results = await run([check('a', new Error('probed'))], config)
    expect(results[0]).toMatchObject({ status: 'skip', reason: 'ignored: known' })
  })

  it('keeps the order of the registry', async () => {
    const slow = { ...check('slow', ok), probe: () => new Promise((resolve) => setTimeout(resolve, 20, ok)) }
    expect((await run([slow, check('fast', ok)])).map((result) => result.id)).toEqual(['slow', 'fast'])
  })
})

describe('the exit code', () => {
  const code = (words: ('ok' | 'warn' | 'fail' | 'skip' | 'unknown')[], strict = false) =>
    exitCodeOf(
      summarize(words.map((status) => ({ id: 'x', title: '', group: '', durationMs: 0, status }))),
      strict,
    )
  it.each([
    [['ok', 'skip'], false, 0],
    [['ok', 'warn'], false, 0],
    [['ok', 'warn'], true, 4],
    [['unknown', 'warn'], true, 3],
    [['fail', 'unknown', 'warn'], true, 1],
  ] as const)('%j strict=%s: %d', (words, strict, expected) => {
    expect(code([...words], strict)).toBe(expected)
  })
})

describe('selectChecks', () => {
  const checks = [check('a', ok), check('b', ok, ['a']), { ...check('c', ok), group: 'network' as const }]
  const ids = (selection: Partial<Parameters<typeof selectChecks>[1]>) =>
    selectChecks(checks, { only: [], skip: [], tags: [], ...selection }).map(({ id }) => id)
  it('adds what a chosen check needs, and takes away what is skipped', () => {
    expect(ids({ only: ['b'] })).toEqual(['a', 'b'])
    expect(ids({ skip: ['a'] })).toEqual(['b', 'c'])
    expect(ids({ tags: ['network'] })).toEqual(['c'])
  })
  it('refuses unknown words and an empty rest', () => {
    expect(() => ids({ only: ['aa'] })).toThrow('--only: there is no check "aa"; did you mean "a"?')
    expect(() => ids({ tags: ['netwrok'] })).toThrow(
      '--tag: there is no tag "netwrok"; did you mean "network"?',
    )
    expect(() => ids({ only: ['a'], skip: ['a'] })).toThrow('No check is left')
  })
})
