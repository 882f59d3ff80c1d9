import { describe, expect, it } from 'vitest'
import type { AnyCheck, Verdict } from '../../src/contract/check.ts'
import { finding } from '../../src/contract/finding.ts'
import { exitCodeOf, summarize } from '../../src/contract/report.ts'
import { observeHost } from '../../src/engine/observe.ts'
import { runChecks } from '../../src/engine/run-checks.ts'
import { selectChecks } from '../../src/engine/select.ts'
import { validatePolicy } from '../../src/engine/validate-policy.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const findings = {
  bad: finding<{ size: number }>({
    found: ({ size }) => `it is bad, ${size} times`,
    expected: 'it is good',
    hint: ({ size }) => (size > 1 ? 'mend it' : null),
  }),
}
const check = (id: string, verdict: Verdict | Error, needs: AnyCheck[] = []): AnyCheck => ({
  id,
  title: id,
  group: 'host',
  needs,
  findings,
  probe: async () => {
    if (verdict instanceof Error) throw verdict
    return verdict
  },
  judge: (facts: Verdict) => facts,
})
const ok: Verdict = { status: 'ok', found: 'fine' }
const fail: Verdict = { status: 'fail', code: 'bad', values: { size: 2 } }
const host = fakeHost({})
const run = async (checks: AnyCheck[], config = configWith()) =>
  (await runChecks(checks, observeHost(host, config), config, false)).results

describe('runChecks', () => {
  it('blocks what needs a failed check, through any depth, and runs the rest', async () => {
    const a = check('a', fail)
    const b = check('b', fail, [a])
    const results = await run([a, b, check('c', ok, [b]), check('d', ok)])
    expect(results.map((result) => [result.status, result.blockedBy])).toEqual([
      ['fail', undefined],
      ['skip', 'a'],
      ['skip', 'a'],
      ['ok', undefined],
    ])
  })

  it('does not block on what is unknown or a warning', async () => {
    const a = check('a', new Undetermined('not permitted'))
    const c = check('c', { status: 'warn', code: 'bad', values: { size: 1 } })
    const results = await run([a, check('b', ok, [a]), c, check('d', ok, [c])])
    expect(results.map((result) => result.status)).toEqual(['unknown', 'ok', 'warn', 'ok'])
    expect(results[0]).toMatchObject({ code: 'a/not-readable', reason: 'not permitted' })
  })

  it('writes the texts of a finding from its code and values', async () => {
    const small: Verdict = { status: 'warn', code: 'bad', values: { size: 1 }, path: '/x' }
    const [first, second] = await run([check('a', fail), check('b', small)])
    expect(first).toMatchObject({
      status: 'fail',
      code: 'a/bad',
      values: { size: 2 },
      found: 'it is bad, 2 times',
      expected: 'it is good',
      hint: 'mend it',
    })
    expect(second).toMatchObject({ status: 'warn', code: 'b/bad', found: 'it is bad, 1 times', path: '/x' })
    expect(second).not.toHaveProperty('hint')
  })

  it('starts the last when all others have ended, and not at all when it is blocked', async () => {
    const order: string[] = []
    const noted = (id: string, verdict: Verdict, wait: Promise<void> | null, needs: AnyCheck[] = []) => ({
      ...check(id, verdict, needs),
      probe: async () => {
        await wait
        order.push(id)
        return verdict
      },
    })
    const slow = new Promise<void>((resolve) => void setImmediate(() => setImmediate(resolve)))
    const a = noted('a', ok, null)
    const proof = { ...noted('proof', ok, null, [a]), runsLast: true as const }
    // A check of the user's own may build on it.
    const after = noted('after', ok, null, [proof])
    expect((await run([a, proof, after, noted('slow', ok, slow)])).map((r) => r.status)).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
    ])
    expect(order).toEqual(['a', 'after', 'slow', 'proof'])
    order.length = 0
    const results = await run([noted('a', fail, null), proof])
    expect(results[1]).toMatchObject({ status: 'skip', blockedBy: 'a' })
    expect(order).toEqual(['a'])
  })

  it('does not start the last on what is unknown, unless it is there to prove that', async () => {
    const unknown = check('read', new Undetermined('it timed out'))
    const last = { ...check('try', fail, [unknown]), runsLast: true as const }
    expect((await run([unknown, last]))[1]).toMatchObject({ status: 'skip', blockedBy: 'read' })
    expect((await run([unknown, { ...last, proves: [unknown] }]))[1]).toMatchObject({ status: 'fail' })
    expect((await run([unknown, check('other', fail, [unknown])]))[1]).toMatchObject({ status: 'fail' })
  })

  describe('a check that another one proves', () => {
    const unread: Verdict = { status: 'skip', reason: 'only root may read it' }
    const withProof = async (own: Verdict | Error, proof: Verdict, ignore = {}) => {
      const read = check('read', own)
      const prover = { ...check('try', proof, [read]), proves: [read], runsLast: true as const }
      return (await run([read, prover], configWith({ ignore })))[0]
    }

    it.each([
      ['was not permitted to read', new Undetermined('only root may read it')],
      ['says that it did not read', unread],
    ])('is ok when it %s and the proof is ok', async (_, own) => {
      expect(await withProof(own, ok)).toMatchObject({ status: 'ok', found: 'try: fine' })
    })

    it('stays as it is when the proof is not ok', async () => {
      expect(await withProof(unread, fail)).toMatchObject({ status: 'skip' })
    })

    it('is ok by its part of a proof that succeeded in part alone', async () => {
      const reads = [check('four', unread), check('six', unread)]
      const shows = () => ({ four: 'it works' })
      const base = { ...check('try', fail, reads), proves: reads, runsLast: true as const }
      const results = await run([...reads, { ...base, shows }])
      expect(results).toMatchObject([
        { status: 'ok', found: 'try: it works' },
        { status: 'skip' },
        { status: 'fail' },
      ])
      const blocked = await run([
        check('tap', fail),
        ...reads,
        { ...base, needs: [check('tap', fail)], shows },
      ])
      expect(blocked[1]).toMatchObject({ status: 'skip', reason: 'only root may read it' })
    })

    it.each([
      ['a failure', fail, {}, 'fail'],
      ['an ignored finding', fail, { 'read/bad': { reason: 'known', until: null } }, 'skip'],
      ['an ignored check', unread, { read: { reason: 'known', until: null } }, 'skip'],
    ] as const)('is never turned around: %s', async (_, own, ignore, status) => {
      expect((await withProof(own, ok, ignore))?.status).toBe(status)
    })
  })

  it('says that a check itself is broken, instead of calling anything missing', async () => {
    const broken = { ...check('a', ok), judge: () => JSON.parse('{') }
    const typo = check('c', { status: 'fail', code: 'bda' })
    const results = await run([broken, check('b', new TypeError('oops')), typo])
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      ['unknown', 'a/check-failed'],
      ['unknown', 'b/check-failed'],
      ['unknown', 'c/check-failed'],
    ])
    expect(results[1]?.reason).toBe('the check itself failed: oops')
    expect(results[2]?.reason).toContain('"bda"')
  })

  it('stops waiting for a probe that never answers', async () => {
    const config = { ...configWith(), check_timeout: 0.02 }
    const results = await run([{ ...check('a', ok), probe: () => new Promise(() => {}) }], config)
    expect(results[0]).toMatchObject({
      status: 'unknown',
      code: 'a/timed-out',
      reason: 'no answer within 0.02 s',
    })
  })

  it('leaves out what the configuration ignores, with the reason, and never probes it', async () => {
    const config = configWith({ ignore: { a: { reason: 'known', until: null } } })
    const results = await run([check('a', new Error('probed'))], config)
    expect(results[0]).toMatchObject({ status: 'skip', reason: 'ignored: known' })
  })

  it('skips a finding whose code is ignored, with the reason, and what needs the check runs', async () => {
    const ignore = {
      'a/bad': { reason: 'accepted here', until: '9999-12-31' },
      'c/not-readable': { reason: 'no root here', until: null },
    }
    const a = check('a', fail)
    const c = check('c', new Undetermined('not permitted'))
    const results = await run([a, check('b', ok, [a]), c, check('d', fail)], configWith({ ignore }))
    expect(results.map(({ status, code, reason }) => [status, code, reason])).toEqual([
      ['skip', 'a/bad', 'ignored until 9999-12-31: accepted here'],
      ['ok', undefined, undefined],
      ['skip', 'c/not-readable', 'ignored: no root here'],
      ['fail', 'd/bad', undefined],
    ])
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
  const a = check('a', ok)
  const checks = [a, check('b', ok, [a]), { ...check('c', ok), group: 'network' as const }]
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
      '--group: there is no group "netwrok"; did you mean "network"?',
    )
    expect(() => ids({ only: ['a'], skip: ['a'] })).toThrow('No check is left')
  })
})

describe('validatePolicy', () => {
  const checks = [check('kvm', ok), check('tun', ok)]
  const exception = { reason: 'x', until: null }
  it('accepts ids, declared codes and the codes of unknown results', () => {
    const ignore = { kvm: exception, 'tun/bad': exception, 'tun/timed-out': exception }
    expect(() => validatePolicy({ ignore, severity: { 'tun/bad': 'warn' } }, checks)).not.toThrow()
  })
  it.each([
    ['kmv', 'ignore: there is no check "kmv"; did you mean "kvm"?'],
    ['tun/bda', 'ignore: there is no finding "tun/bda"; did you mean "tun/bad"?'],
    ['nonsense', 'ignore: there is no check "nonsense"; see `chv-doctor list` and docs/checks/.'],
  ])('refuses to ignore %s', (name, message) => {
    expect(() => validatePolicy({ ignore: { [name]: exception }, severity: {} }, checks)).toThrow(message)
  })
  it.each([
    ['tun/bda', 'severity: there is no finding "tun/bda"; did you mean "tun/bad"?'],
    ['tun', 'severity: there is no finding "tun"'],
    [
      'tun/timed-out',
      'severity: "tun/timed-out" is unknown, which is neither warning nor failure; `--require tun`',
    ],
  ])('refuses a severity of %s', (name, message) => {
    expect(() => validatePolicy({ ignore: {}, severity: { [name]: 'fail' } }, checks)).toThrow(message)
  })
})
