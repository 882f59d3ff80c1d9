/** The step summary, made into HTML by cmark-gfm, GitHub's own Markdown. */
import { describe, expect, it } from 'vitest'
import { because, missing } from '../../helpers/needs.ts'
import { consume } from '../../helpers/test-tools.ts'
import { documents } from './documents.ts'

const whyNot = missing('cmark-gfm')
const html = (markdown: string) => consume('cmark-gfm', ['--unsafe', '-e', 'table'], markdown).stdout

describe('markdown and cmark-gfm', () => {
  it.skipIf(whyNot)(`agree on rows and cells${because(whyNot)}`, async () => {
    for (const [of, markdown] of Object.entries(await documents('markdown'))) {
      const page = html(markdown)
      const rows = markdown.split('\n').filter((line) => line.startsWith('| ')).length
      const rules = markdown.split('\n').filter((line) => line.startsWith('| ---')).length
      expect([of, page.match(/<tr>/g)?.length ?? 0]).toEqual([of, rows - rules])
      for (const row of page.match(/<tr>[\s\S]*?<\/tr>/g) ?? [])
        expect([3, 5]).toContain(row.match(/<t[hd]>/g)?.length)
    }
  })

  it.skipIf(whyNot)(`let no text of a finding be markup${because(whyNot)}`, async () => {
    const { 'hostile texts': markdown = '' } = await documents('markdown')
    const page = html(markdown)
    const tags = new Set([...page.matchAll(/<(\w+)/g)].map(([, tag]) => tag))
    expect([...tags].sort()).toEqual([
      'br',
      'code',
      'details',
      'h2',
      'p',
      'strong',
      'summary',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'tr',
    ])
    expect(page).toContain('&lt;b&gt;&amp;&quot;quoted&quot;&lt;/b&gt; #1 `x` \\ : * [l](u)')
  })
})
