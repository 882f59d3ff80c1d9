/** The page of a merge in a real browser: it loads nothing, filters, fits, and runs nothing that a report holds. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, type Page } from '../helpers/browser.ts'
import { fleetReports, writeFleet } from '../helpers/fleet.mjs'
import { hostileReports } from '../helpers/hostile-fleet.ts'
import { because, missing } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const why = missing('chromium')

const wide = { width: 1280, height: 900, scheme: 'light' } as const
const narrow = { width: 360, height: 740, scheme: 'dark' } as const

/** Merges files into a page. @returns its path */
const pageOf = async (directory: string, files: readonly string[]): Promise<string> => {
  const path = `${directory}/page.html`
  const { code, stderr } = await runCli(['report', '--merge', ...files, '--format', 'html', '--output', path])
  if (code !== 0) throw new Error(stderr)
  return path
}

const shown = `[...document.querySelectorAll('.host')].filter((one) => one.checkVisibility()).map((one) => one.querySelector('.name').textContent)`

describe.skipIf(why)(`the page of a fleet${because(why)}`, () => {
  let page: Page
  const directory = mkdtempSync(`${tmpdir()}/chv-page-`)
  beforeAll(async () => {
    mkdirSync(`${directory}/fleet`)
    page = await openPage('chromium', await pageOf(directory, writeFleet(`${directory}/fleet`, 60)), wide)
  })
  afterAll(async () => {
    await page.close()
    rmSync(directory, { recursive: true })
  })

  it('asks for nothing and complains about nothing', () => expect(page.complaints).toEqual([]))

  it('shows every host, and filters by what is typed', async () => {
    expect(await page.evaluate<string[]>(shown)).toHaveLength(60)
    await page.click('.tools input')
    const failed = fleetReports(60)
      .filter(({ host }) => host?.startsWith('web-'))
      .flatMap(({ results }) => results.filter(({ status }) => status === 'fail'))
    await page.type(`web- ${failed[0]?.code}`)
    const names = await page.evaluate<string[]>(shown)
    expect(names.length).toBeGreaterThan(0)
    expect(names.length).toBeLessThan(60)
    for (const name of names) expect(name).toMatch(/^web-/)
    expect(await page.evaluate(`document.querySelector('output').value`)).toBe(`${names.length} of 60 hosts`)
    await page.type(' no such host')
    expect(await page.evaluate(`document.querySelector('.none').checkVisibility()`)).toBe(true)
    await page.evaluate(`document.querySelector('.tools input').value = ''`)
  })

  it('filters by state, and by a finding that is clicked', async () => {
    await page.click('.tile[data-state=ok]')
    const states = `[...new Set([...document.querySelectorAll('.host')].filter((one) => one.checkVisibility()).map((one) => one.dataset.state))]`
    expect(await page.evaluate(states)).toEqual(['ok'])
    await page.click('.finding summary')
    await page.click('.finding[open] .chip')
    const query = await page.evaluate<string>(`document.querySelector('.tools input').value`)
    expect(query).toMatch(/^[a-z-]+\/[a-z-]+$/)
    const count = await page.evaluate<string>(`document.querySelector('.finding .count').textContent`)
    expect(await page.evaluate<string[]>(shown)).toHaveLength(Number.parseInt(count, 10))
  })

  it.each([wide, narrow, { ...narrow, scheme: 'light' as const }])('fits %j', async (look) => {
    await page.resize(look)
    expect(await page.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true)
  })

  it('follows the colours of the system, and is legible in both', async () => {
    const colours = `(() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      const light = (colour) => {
        canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1)
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const root = getComputedStyle(document.documentElement)
      const contrast = (a, b) => { const [x, y] = [light(root.getPropertyValue(a)), light(root.getPropertyValue(b))].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05) }
      const worst = Math.min(...['--text', '--quiet', '--fail', '--unknown', '--warn', '--ok'].flatMap((one) => ['--card', '--page', '--sunken'].map((back) => contrast(one, back))))
      return { page: root.getPropertyValue('--page').trim(), worst }
    })()`
    await page.resize(wide)
    const light = await page.evaluate<{ page: string; worst: number }>(colours)
    await page.resize(narrow)
    const dark = await page.evaluate<{ page: string; worst: number }>(colours)
    expect(light.page).not.toBe(dark.page)
    // WCAG 2.2, 1.4.3: text of this size.
    expect(Math.min(light.worst, dark.worst)).toBeGreaterThanOrEqual(4.5)
  })
})

describe.skipIf(why)(`the page of hostile reports${because(why)}`, () => {
  it('runs nothing, asks for nothing, and shows their texts as they are', async () => {
    const directory = scratch()
    const files = hostileReports().map((report, index) => {
      writeFileSync(`${directory}/${index}.json`, JSON.stringify(report))
      return `${directory}/${index}.json`
    })
    const page = await openPage('chromium', await pageOf(directory, files), wide)
    try {
      for (const selector of ['.finding summary', '.host summary']) await page.click(selector)
      expect(await page.evaluate('typeof window.hacked')).toBe('undefined')
      expect(await page.evaluate<string[]>(shown)).toContain('<script>window.hacked = 1</script> 0')
      expect(await page.evaluate(`document.scripts.length`)).toBe(1)
      expect(page.complaints).toEqual([])
    } finally {
      await page.close()
    }
  })
})
