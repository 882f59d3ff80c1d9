/** The documentation: links lead somewhere, commands exist. Its examples run in docs-examples.real.test.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../src/cli/commands.ts'
import { repository } from './helpers/disposable-host.ts'

const pages = ['.', 'docs', 'docs/checks', 'docs/fixes'].flatMap((directory) =>
  readdirSync(`${repository}/${directory}`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${directory}/${name}`.replace('./', '')),
)

/** The anchors of a page, as GitHub and the site make them from its headings. */
const anchorsOf = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** What is prose: neither a block of code nor words in backticks. */
const proseOf = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')

describe.each(pages)('%s', (page) => {
  const text = readFileSync(`${repository}/${page}`, 'utf8')
  it('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = '']) => target)
    expect(targets.filter((target) => !existsSync(resolve(repository, dirname(page), target)))).toEqual([])
  })
  it('links to headings that exist', () => {
    const wrong = [...text.matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)].filter(([, target = '', anchor = '']) => {
      const path = target === '' ? page : resolve(repository, dirname(page), target)
      return !anchorsOf(resolve(repository, path)).includes(anchor)
    })
    expect(wrong.map(([link]) => link)).toEqual([])
  })
  it('uses words of the glossary', () => {
    // The glossary names them, and CONTRIBUTING.md the rule.
    const wrong = page.endsWith('glossary.md')
      ? null
      : proseOf(text).match(/\b(?:folders?|whoever|waivers?|cidata disk)\b/gi)
    expect(wrong ?? []).toEqual([])
  })
  it('has no markup but pictures: a word like <FILE> is a tag to the site, whose build it ends', () => {
    const tags = [...proseOf(text).matchAll(/<\/?([a-z][^\s/>]*)[^>]*>|\{\{/gi)]
    expect(tags.filter(([, name = '']) => !/^(?:picture|source|img|https?:.*)$/.test(name))).toEqual([])
  })
  it('names only commands and flags that exist', () => {
    const known = new Set(Object.values(commands).flatMap((command) => Object.keys(command.flags)))
    const lines = [...text.matchAll(/chv-doctor (?:check|fix|undo|list|init|explain)\b[^\n`]*/g)].map(
      ([line]) => line,
    )
    const unknown = lines.flatMap((line) =>
      [...line.matchAll(/ --([a-z-]+)/g)]
        .filter(([, flag = '']) => !known.has(flag))
        .map(([flag]) => `${line}:${flag}`),
    )
    expect(unknown).toEqual([])
  })
})

it('the README names the same commands in both languages', () => {
  const commandsOf = (page: string) =>
    [...readFileSync(`${repository}/${page}`, 'utf8').matchAll(/^\| `chv-doctor(?: ([a-z]+))?/gm)].map(
      ([, name = '']) => name,
    )
  expect(new Set(commandsOf('README.zh-CN.md'))).toEqual(new Set(commandsOf('README.md')))
})
