/**
 * Public reports (field/*.json): no answer misleads, nine of ten are right; docs/explain.md says how cases are made.
 * field/blind/ holds sets that wait for their first score: only their form is looked at here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type FieldCase, scoreCase, tableOf } from './field/score.ts'

const directory = new URL('field/', import.meta.url)
const files = readdirSync(directory).filter((name) => name.endsWith('.json'))
const blind = existsSync(new URL('blind/', directory))
  ? readdirSync(new URL('blind/', directory)).map((name) => `blind/${name}`)
  : []
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as readonly FieldCase[]

it('every case has an id of its own, a text, a source and an expectation', () => {
  const cases = [...files, ...blind].flatMap(read)
  expect(cases.length).toBeGreaterThan(140)
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
  for (const one of cases) {
    expect(one.text.trim(), one.id).not.toBe('')
    expect(one.source, one.id).not.toBe('')
    expect((one.expected_regex ?? []).length, one.id).toBeGreaterThan(0)
  }
})

const scored = files.map((name) => ({ name, scores: read(name).map(scoreCase) }))

describe.each(scored)('$name', ({ scores }) => {
  const { counts, certain, certainRight } = tableOf(scores)
  it('misleads in no case', () => {
    expect(scores.filter(({ verdict }) => verdict === 'misleading')).toEqual([])
  })
  it('is right in at least nine of ten cases', () => {
    expect(scores.filter(({ verdict }) => verdict !== 'right').map(({ id }) => id).length).toBe(
      scores.length - counts.right,
    )
    expect(counts.right / scores.length).toBeGreaterThanOrEqual(0.9)
  })
  it('is right in at least 99 of 100 cases where it is certain', () => {
    // A set may hold no text that forces an answer.
    expect(certainRight).toBeGreaterThanOrEqual(certain * 0.99)
  })
})

it('is certain of some answers', () => {
  const { certain } = tableOf(scored.flatMap(({ scores }) => scores))
  expect(certain).toBeGreaterThan(0)
})

describe('the score', () => {
  const one: FieldCase = {
    id: 'x',
    source: 's',
    text: 'Error booting VM: VmBoot(KernelFile(Os { code: 2, kind: NotFound, message: "x" }))\n',
    expected: 'the kernel is not there',
  }
  it.each([
    ['right', { expected_regex: ['kernel', 'not there'] }],
    ['right', { expected_regex: ['kernel'], first_regex: ['absolute'] }],
    ['partly', { expected_regex: ['kernel', 'no such words'] }],
    ['partly', { expected_regex: ['kernel'], first_regex: ['no such words'] }],
    ['misleading', { expected_regex: ['no such words'] }],
    ['misleading', { expected_regex: ['kernel'], must_not_regex: ['not there'] }],
  ])('%s: %j', (verdict, more) => {
    expect(scoreCase({ ...one, ...more }).verdict).toBe(verdict)
  })
  it('is unknown where nothing is recognised, and right where that is expected', () => {
    const nothing = { ...one, text: 'some prose\n' }
    expect(scoreCase({ ...nothing, expected_regex: ['kernel'] }).verdict).toBe('unknown')
    expect(scoreCase({ ...nothing, expected_regex: ['holds no'] }).verdict).toBe('right')
  })
})
