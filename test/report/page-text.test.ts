import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pageFor } from '../../src/report/layout.ts'
import { renderPage } from '../../src/report/page-text.ts'
import { columnsOf } from '../../src/util/text-width.ts'
import { repository } from '../helpers/disposable-host.ts'

const page = pageFor({ color: false, width: 60 })
const pages = ['checks', 'fixes'].flatMap((directory) =>
  readdirSync(`${repository}/docs/${directory}`).map((name) => `docs/${directory}/${name}`),
)

it('renders headings, lists, emphasis, code, tables and links', () => {
  const text = `# kvm: it works

- **no /dev/kvm, module not loaded**: the fix loads \`kvm_intel\` or
  \`kvm_amd\`.
- [load-kvm](../fixes/load-kvm.md) does.

\`\`\`console
$ ls  -l   **
\`\`\`

| key | means |
|---|---|
| \`tap\` | a subnet with the host and a good deal more than fits |

See [the sizes](../artifacts.md) and [nat](nat.md).
`
  expect(renderPage(text, page)).toMatchInlineSnapshot(`
    [
      "kvm: it works",
      "",
      "  - no /dev/kvm, module not loaded: the fix loads",
      "    \`kvm_intel\` or \`kvm_amd\`.",
      "  - load-kvm does.",
      "",
      "    $ ls  -l   **",
      "",
      "  key    means",
      "  \`tap\`  a subnet with the host and a good deal more than",
      "         fits",
      "",
      "See the sizes and nat.",
      "",
      "See also",
      "",
      "  chv-doctor explain load-kvm",
      "  chv-doctor explain nat",
      "  docs/artifacts.md",
    ]
  `)
})

it('paints what is emphasised, and headings', () => {
  const painted = pageFor({ color: true, width: 40 })
  const [line = ''] = renderPage('a **b c** d', painted)
  expect(line).toBe(`a ${painted.paint('strong', 'b')} ${painted.paint('strong', 'c')} d`)
})

it.each(pages)('%s has no Markdown left, and fits', (path) => {
  const source = readFileSync(`${repository}/${path}`, 'utf8')
  const lines = renderPage(source, page)
  const withoutCode = lines.filter((line) => !line.startsWith('    ')).join('\n')
  expect(withoutCode).not.toMatch(/\*\*|\]\(|^#|^\|/m)
  for (const line of lines)
    if (line.trim().includes(' ') && !line.startsWith('    ')) expect(columnsOf(line)).toBeLessThanOrEqual(60)
  // Not one word is lost.
  const words = (text: string) =>
    text
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .split(' ')
  const plain = source
    .replaceAll(/\]\([^)]+\)/g, ']')
    .replaceAll(/^```.*$/gm, '')
    .replaceAll(/^\|[-|]+\|$/gm, '')
  expect(words(lines.join(' ')).slice(0, words(plain).length)).toEqual(words(plain))
})
