import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checks } from '../../checks/registry.ts'
import { conclude } from '../../src/engine/conclude.ts'
import { loadOwn } from '../../src/engine/own-checks.ts'
import { runChecks } from '../../src/engine/run-checks.ts'
import { configWith } from '../helpers/config.ts'
import { scratch } from '../helpers/scratch.ts'

const load = (text: string) => {
  const path = `${scratch()}/own.mjs`
  writeFileSync(path, text, { mode: 0o600 })
  return loadOwn([path], checks, process.getuid?.() ?? 0)
}

const parts = {
  id: "'a'",
  title: "'A'",
  needs: '[]',
  proves: '[]',
  findings: "{ bad: { found: ({ n }) => n + ' times', expected: 'good' } }",
  probe: 'async () => ({})',
  judge: "() => ({ status: 'fail', code: 'bad', values: { n: 2 } })",
}
const check = (changes: Partial<Record<keyof typeof parts, string>> = {}) =>
  `{ ${Object.entries({ ...parts, ...changes })
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`
const file = (...written: string[]) => `export const checks = [${written.join(', ')}]`

describe('a check of the user', () => {
  it('reports findings like a built-in one, and needs checks by their ids', async () => {
    const second = check({ id: "'b'", needs: "['kvm', 'a']" })
    const [first, needing] = (await load(file(check(), second))).checks
    if (!first) throw new Error('no check was loaded')
    expect(conclude(first, { facts: {} }, configWith())).toMatchObject({
      status: 'fail',
      code: 'a/bad',
      values: { n: 2 },
      found: '2 times',
      expected: 'good',
    })
    expect(needing?.needs).toEqual([checks.find(({ id }) => id === 'kvm'), first])
  })

  it('proves what could not be read, by its id', async () => {
    const unread = check({ judge: "() => ({ status: 'skip', reason: 'not permitted' })" })
    const prover = check({ id: "'b'", proves: "['a']", judge: "() => ({ status: 'ok', found: 'it works' })" })
    const own = (await load(file(unread, prover))).checks
    const { results } = await runChecks(
      own,
      { observe: async () => ({ facts: {} }), confinement: async () => null },
      configWith(),
      false,
    )
    expect(results[0]).toMatchObject({ status: 'ok', found: 'b: it works' })
  })

  it('is unknown when it reports what it does not declare', async () => {
    const [first] = (await load(file(check({ judge: "() => ({ status: 'fail', found: 'x' })" })))).checks
    if (!first) throw new Error('no check was loaded')
    expect(conclude(first, { facts: {} }, configWith())).toMatchObject({
      status: 'unknown',
      code: 'a/check-failed',
    })
  })

  it.each([
    ['an unknown need', check({ needs: "['kwm']" }), /"a" needs the check "kwm", .*did you mean "kvm"\?/],
    ['a need that comes later', file(check({ needs: "['b']" }), check({ id: "'b'" })), /needs the check "b"/],
    [
      'an unknown check to prove',
      check({ proves: "['kwm']" }),
      /"a" proves the check "kwm", .*did you mean "kvm"\?/,
    ],
    ['needs that are no array', check({ needs: "'kvm'" }), /`needs` of "a" is not an array/],
    ['no findings', check({ findings: 'undefined' }), /"a"\) has no object `findings`.*docs\/own-checks\.md/],
    ['a finding without texts', check({ findings: '{ bad: {} }' }), /finding "bad" without the texts/],
    [
      'a code that the engine uses',
      check({ findings: "{ 'timed-out': { found: 'x', expected: 'y' } }" }),
      /finding "timed-out": a code/,
    ],
  ])('is refused in one sentence: %s', async (_, written, message) => {
    const text = written.startsWith('export') ? written : file(written)
    await expect(load(text)).rejects.toThrow(message)
  })
})

describe('a fix of the user', () => {
  const fixes = (...needs: string[]) =>
    `${file(check())}\nexport const fixes = { ${needs.map((value, index) => `f${index}: { id: 'f${index}', plan: () => [], needs: ${value} }`).join(', ')} }`

  it('needs built-in ones, and those before it', async () => {
    const { fixes: own } = await load(fixes("['create-tap']", "['f0']"))
    expect(Object.values(own).map(({ needs }) => needs)).toEqual([['create-tap'], ['f0']])
  })

  it.each([
    ["['f1']", "['f0']", 'f0', 'needs the fix "f1", which is neither built in nor defined before it'],
    ["'create-tap'", '[]', 'f0', 'has `needs` that are not an array of ids'],
    ['[]', '[{}]', 'f1', 'needs the fix {}, which'],
  ])('is refused in one sentence where it needs %s and %s', async (first, second, id, message) => {
    await expect(load(fixes(first, second))).rejects.toThrow(`the fix "${id}" ${message}`)
  })
})
