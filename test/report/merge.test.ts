/** The forms of a merge: the data in each, and no text of a report that becomes more than text. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { mergeFormats } from '../../src/cli/flags.ts'
import type { Merge } from '../../src/contract/merge.ts'
import type { Report } from '../../src/contract/report.ts'
import { mergeReports } from '../../src/engine/merge.ts'
import { parseMerge } from '../../src/engine/merge-changes.ts'
import { parseReport } from '../../src/engine/report-file.ts'
import { renderMergeAs } from '../../src/report/merge/render.ts'
import { hasHidden, jsonText } from '../../src/util/printable.ts'
import { repository } from '../helpers/disposable-host.ts'
import { fleetReports } from '../helpers/fleet.mjs'
import { hostileReports } from '../helpers/hostile-fleet.ts'

const made = { version: '1.2.3', madeAt: '2026-11-26T13:00:00.000Z' }

const named = (reports: readonly Report[]) =>
  reports.map((report, index) => ({
    file: `${index}<b>.json`,
    report: parseReport('x', JSON.stringify(report)),
  }))

const merged = ((): Merge => {
  const fleet = named(fleetReports(12))
  const former = parseMerge('x', jsonText(mergeReports(fleet.slice(0, 9), null, made)))
  return mergeReports(fleet.slice(1), former, made)
})()

const hostile = mergeReports(named(hostileReports()), null, made)

const render = (format: (typeof mergeFormats)[number], merge: Merge) =>
  renderMergeAs(format, merge, { color: false, width: 80 })

describe('a merge', () => {
  it.each(['text', 'markdown'] as const)('as %s', async (format) => {
    await expect(await render(format, merged)).toMatchFileSnapshot(`merge/${format}.txt`)
  })

  it.each(mergeFormats)('as %s names every host that is not well', async (format) => {
    const text = await render(format, merged)
    for (const { name } of merged.hosts.filter(({ state }) => state !== 'ok')) expect(text).toContain(name)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })

  it.each(mergeFormats)('of no finding is a document as %s, too', async (format) => {
    const empty = mergeReports([], null, made)
    expect(await render(format, empty)).toMatch(/^\S[\s\S]*\n$/)
  })

  it('as text keeps to the width', async () => {
    const lines = (await render('text', merged)).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('docs/merge.schema.json', () => {
  const schema = JSON.parse(readFileSync(`${repository}/docs/merge.schema.json`, 'utf8'))
  it.each([
    ['a fleet', merged],
    ['hostile reports', hostile],
  ])('describes %s', async (_, merge) => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
    validate(JSON.parse(await render('json', merge)))
    expect(validate.errors).toBeNull()
  })
})

describe('hostile reports', () => {
  it('bring no element and no attribute into the page', async () => {
    const page = await render('html', hostile)
    const tags = [...page.matchAll(/<([a-z!/][^\s>]*)/gi)].map(([, tag = '']) => tag.toLowerCase())
    const ours = await render('html', merged)
    const known = new Set([...ours.matchAll(/<([a-z!/][^\s>]*)/gi)].map(([, tag = '']) => tag.toLowerCase()))
    expect(tags.filter((tag) => !known.has(tag))).toEqual([])
    expect(tags.filter((tag) => tag === 'script')).toHaveLength(1)
    expect(page).not.toMatch(/<[^>]* on[a-z]+=/i)
    expect(hasHidden(page.replaceAll('\n', ''))).toBe(false)
  })

  it('bring no markup into Markdown', async () => {
    const text = await render('markdown', hostile)
    expect(text).not.toMatch(/(?<!\\)<(?!\/?(?:details|summary|br)\b)/)
    expect(text).not.toMatch(/(?<!\\)\]\(/)
  })
})

describe('the page', () => {
  it('allows its own style and script by their digests, and nothing else', async () => {
    const page = await render('html', merged)
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    const digest = (tag: string) => {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? ''
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    }
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${digest('style')}`,
      `script-src ${digest('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ])
    expect(page).not.toMatch(/https?:|style="|src=|href=/)
  })
})
