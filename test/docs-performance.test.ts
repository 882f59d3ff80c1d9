/** docs/performance.md: a place for the figures, and the commands that measure them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { record, writePage } from './bench/figures.mjs'
import { repository } from './helpers/disposable-host.ts'
import { scratch } from './helpers/scratch.ts'

const bench = `${repository}/test/bench`
const page = readFileSync(`${repository}/docs/performance.md`, 'utf8')

describe('docs/performance.md', () => {
  it('has one place for the figures', () => {
    expect(page.split('<!-- figures -->')).toHaveLength(2)
    expect(page.split('<!-- figures -->')[1]?.split('<!-- end of figures -->')).toHaveLength(2)
  })

  it('names every part of the benchmark, and no other', () => {
    const named = [...page.matchAll(/npm run bench -- ([a-z-]+) /g)].map(([, part]) => part)
    const [, parts = ''] = /const parts = \[(.*)\]/.exec(readFileSync(`${bench}/bench.mjs`, 'utf8')) ?? []
    expect(new Set(named)).toEqual(new Set(parts.match(/[a-z-]+/g)))
    for (const part of named) expect(existsSync(`${bench}/${part}.mjs`), part).toBe(true)
  })

  it('keeps the tables that a run did not measure again', () => {
    const path = `${scratch()}/page.md`
    const marks = ['<!-- figures -->', '<!-- end of figures -->'] as const
    writeFileSync(
      path,
      `before\n${marks[0]}\n\n<!-- table other -->\n### Other\n\n1 ms\n\n${marks[1]}\nafter\n`,
    )
    record('Tried once', ['way', 'ms'], [['a', '7']])
    writePage(path)
    record('Tried once', ['way', 'ms'], [['a', '8']])
    writePage(path)
    const text = readFileSync(path, 'utf8')
    expect(text).toMatch(
      /^before\n<!-- figures -->\n\n<!-- table other -->\n### Other\n\n1 ms\n\n<!-- table tried-once -->/,
    )
    expect(text).toContain('| a | 8 |\n\n<!-- end of figures -->\nafter\n')
    expect(text).not.toContain('| a | 7 |')
  })
})
