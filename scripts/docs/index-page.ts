/** docs/README.md: every page, so that none is found only by its name. */
import { readdirSync, readFileSync } from 'node:fs'
import { checks } from '../../checks/registry.ts'
import { fixes } from '../../fixes/registry.ts'

const docs = new URL('../../docs/', import.meta.url)

const titleOf = (name: string): string =>
  /^# (.+)$/m.exec(readFileSync(new URL(name, docs), 'utf8'))?.[1] ?? name

/** In the order in which a reader needs them; a page that is not named here comes last. */
const first = [
  'first-boot.md',
  'fix.md',
  'boot.md',
  'guests.md',
  'network.md',
  'explain.md',
  'causes.md',
  'config.md',
]

const guides = (): readonly string[] => {
  const names = readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'README.md')
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length)
  return names
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => `- [${titleOf(name)}](${name})`)
}

const table = (head: string, rows: readonly (readonly [string, string])[], directory: string): string =>
  [
    `| ${head} | |`,
    '|---|---|',
    ...rows.map(([id, title]) => `| [${id}](${directory}/${id}.md) | ${title} |`),
  ].join('\n')

/** @returns the text of docs/README.md */
export const indexPage = (): string => {
  const groups = [...new Set(checks.map(({ group }) => group))]
  const rowsOf = (group: string) =>
    checks.filter((check) => check.group === group).map(({ id, title }) => [id, title] as const)
  return `# Documentation

${guides().join('\n')}

## Checks

Each page says what the check looks at, why it matters, what every finding means and
what repairs it. \`chv-doctor explain ID\` prints it.

${groups.map((group) => table(group, rowsOf(group), 'checks')).join('\n\n')}

## Fixes

Each page says what the fix changes, how that is undone, and what an interruption leaves.

${table(
  'fix',
  Object.values(fixes).map(({ id, title }) => [id, title] as const),
  'fixes',
)}
`
}
