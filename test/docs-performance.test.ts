/** docs/performance.md: a place for the figures, and the commands that measure them. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { repository } from './helpers/disposable-host.ts'

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
})
