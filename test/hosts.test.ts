/**
 * Whole hosts that were recorded, judged again: the report of each is a committed snapshot.
 * `npx vitest run --config test/vitest.config.ts test/hosts.test.ts -u` writes them, and a reader of the
 * difference decides whether it was meant.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checks } from '../checks/registry.ts'
import { publicHosts } from '../scripts/hosts/public.ts'
import { conclude } from '../src/engine/conclude.ts'
import { parseFacts } from '../src/engine/facts-file.ts'
import { repository } from './helpers/disposable-host.ts'

const names = readdirSync(`${repository}/test/facts`)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
const read = (name: string) => readFileSync(`${repository}/test/facts/${name}.json`, 'utf8')

/** What a person sees first, all of it, and what a program reads. */
const formats = { summary: [], text: ['--verbose'], json: ['--format', 'json'] } as const
type Format = keyof typeof formats
const formatNames = Object.keys(formats) as Format[]
const reportPath = (name: string, format: string) => `test/facts/reports/${name}.${format}.txt`

const cases = names.flatMap((name) => formatNames.map((format) => ({ name, format })))
const commandOf = ({ name, format }: (typeof cases)[number]) => [
  'check',
  '--facts-in',
  `test/facts/${name}.json`,
  ...formats[format],
]

const { version } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8'))

/** The reports as the built program prints them, by the path of their snapshot. */
const reports = ((): Map<string, string> => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`${repository}/test/helpers/judge-records.mjs`, version, JSON.stringify(cases.map(commandOf))],
    {
      cwd: repository,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { HOME: '/nonexistent', PATH: '/nonexistent', LANG: 'C.UTF-8' },
    },
  )
  if (stderr) throw new Error(stderr)
  const outcomes: { stdout: string; stderr: string; code: number }[] = JSON.parse(stdout)
  return new Map(
    outcomes.map((outcome, index) => {
      const { name, format } = cases[index] ?? { name: '', format: 'text' as const }
      const text = [
        `$ chv-doctor ${commandOf({ name, format }).join(' ')}`,
        outcome.stdout,
        ...(outcome.stderr === '' ? [] : ['standard error:', outcome.stderr]),
        `exit code ${outcome.code}`,
        '',
      ].join('\n')
      return [reportPath(name, format), text]
    }),
  )
})()

describe.each(names)('%s', (name) => {
  it.each(formatNames)('as %s', async (format) => {
    const path = reportPath(name, format)
    await expect(reports.get(path)).toMatchFileSnapshot(`${repository}/${path}`)
  })

  it('says how it was made', () => {
    expect(JSON.parse(read(name)).recorded).toMatch(/^(with the program itself|derived from [\w.-]+\.json: )/)
  })
})

/** Of the line that ends a summary what a new check, of which these hosts know nothing, leaves as it is. */
const resultOf = (name: string): string => {
  const counts = /^\d+ (?:failed|warning|ok|unknown)[\w ,]*/m.exec(
    reports.get(reportPath(name, 'summary')) ?? '',
  )?.[0]
  return counts?.match(/\d+ (?:failed|warnings?)/g)?.join(', ') ?? 'nothing failed'
}

it('are in the table of docs/hosts.md with their results, as far as they are of distributions and services', () => {
  const page = readFileSync(`${repository}/docs/hosts.md`, 'utf8')
  const rows = [...page.matchAll(/^\| `([\w.-]+)` \|.*\| ([^|]+) \|$/gm)].map(([, name, result]) => [
    name,
    result,
  ])
  expect(rows.toSorted()).toEqual(publicHosts.map(({ name }) => [name, resultOf(name)]).toSorted())
})

describe('all of them', () => {
  it('are at least twelve', () => expect(names.length).toBeGreaterThanOrEqual(12))

  it('have every check in at least two states', () => {
    const states = new Map(checks.map(({ id }) => [id, new Set<string>()]))
    for (const name of names) {
      const { observations, config } = parseFacts(name, read(name))
      for (const check of checks) {
        const observation = observations[check.id]
        if (!observation) continue
        const { status, code } = conclude(check, observation, config)
        states.get(check.id)?.add(code ?? status)
      }
    }
    const poor = [...states].filter(([, seen]) => seen.size < 2).map(([id, seen]) => [id, ...seen])
    expect(poor).toEqual([])
  })
})
