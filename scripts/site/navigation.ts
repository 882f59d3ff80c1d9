/** The sidebar of the site: what docs/README.md links to, in its order. */
import { readFileSync } from 'node:fs'

interface Item {
  readonly text: string
  readonly link: string
}

interface Group {
  readonly text: string
  readonly collapsed: boolean
  readonly items: readonly Item[]
}

const index = new URL('../../docs/README.md', import.meta.url)

const linksIn = (text: string): readonly Item[] =>
  [...text.matchAll(/\[([^\]]+)\]\(([^)]+)\.md\)/g)].map(([, title = '', page = '']) => ({
    text: title,
    link: `/docs/${page}`,
  }))

/**
 * The guides are one group; each table is one more, with its first column's head as the name.
 * @throws Error where the index has no such parts, since a site without them would be built silently
 */
export const sidebar = (): readonly Group[] => {
  const [guides = '', ...tables] = readFileSync(index, 'utf8').split(/^\| (?=[a-z]+ \| \|$)/m)
  const groups = [
    { text: 'Guides', collapsed: false, items: linksIn(guides) },
    ...tables.map((table) => {
      const name = /^[a-z]+/.exec(table)?.[0] ?? ''
      return { text: name === 'fix' ? 'Fixes' : `Checks: ${name}`, collapsed: true, items: linksIn(table) }
    }),
  ]
  if (groups.length < 3 || groups.some(({ items }) => items.length === 0))
    throw new Error('docs/README.md is not the index that the site is made from: npm run docs:update')
  return groups
}
