/** The lint rules bite, and what no lint rule can say is said here. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from './helpers/disposable-host.ts'

const allowed = "import { humanBytes } from '../src/util/units.ts'\nexport const x = humanBytes\n"
const forbidden: readonly (readonly [directory: string, code: string])[] = [
  ['checks', "import { readFile } from 'node:fs/promises'\nexport const x = readFile\n"],
  ['checks', "export const x = () => import('node:child_process')\n"],
  ['checks', 'export const x = process.env.HOME\n'],
  ['checks', 'export const x = Date.now()\n'],
  ['fixes', "import { applyPlan } from '../src/apply/apply.ts'\nexport const x = applyPlan\n"],
  ['fixes', "import { $ } from 'zx'\nexport const x = $\n"],
  ['src/commands', "export const x = () => import('zx/core')\n"],
  ['src/commands', "import inquirer from 'inquirer'\nexport const x = inquirer\n"],
  ['src/commands', "import { readFile } from 'node:fs/promises'\nexport const x = readFile\n"],
  ['src/report', "import fetch from 'node-fetch'\nexport const x = fetch\n"],
  ['src/report', "import { Listr } from 'listr2'\nexport const x = Listr\n"],
  ['src/engine', "import { spawn } from 'node:child_process'\nexport const x = spawn\n"],
  ['src/engine', "console.log('x')\n"],
  ['src/commands', "export const x = fetch('https://example.org')\n"],
  ['src', "export * from './util/units.ts'\n"],
]

interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string | { readonly file: string } }
}

/** Lints all probes in a copy of the configuration, by one process. @returns the rules that each file breaks */
const lint = (files: Readonly<Record<string, string>>): Map<string, string[]> => {
  const place = mkdtempSync(`${tmpdir()}/chv-doctor-lint-`)
  try {
    cpSync(`${repository}/biome.json`, `${place}/biome.json`)
    for (const [path, code] of Object.entries(files)) {
      mkdirSync(dirname(`${place}/${path}`), { recursive: true })
      writeFileSync(`${place}/${path}`, code)
    }
    const { stdout } = spawnSync(
      `${repository}/node_modules/.bin/biome`,
      ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: place, encoding: 'utf8' },
    )
    const rules = new Map(Object.keys(files).map((path) => [path, [] as string[]]))
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }
    for (const { category, location } of diagnostics) {
      const path = typeof location.path === 'string' ? location.path : location.path.file
      rules.get(path.replace('./', ''))?.push(category)
    }
    return rules
  } finally {
    rmSync(place, { recursive: true })
  }
}

describe('lint', () => {
  const rules = lint({
    'checks/allowed.ts': allowed,
    ...Object.fromEntries(
      forbidden.map(([directory, code], index) => [`${directory}/probe-${index}.ts`, code]),
    ),
  })

  it.each(forbidden.map(([directory, code], index) => ({ directory, code, index })))(
    'forbids in $directory: $code',
    ({ directory, index }) => {
      expect(rules.get(`${directory}/probe-${index}.ts`)?.join()).toMatch(
        /noRestricted|noConsole|noBarrelFile|noReExportAll/,
      )
    },
  )

  it('has nothing against what is allowed', () => {
    expect(rules.get('checks/allowed.ts')).toEqual([])
  })
})

const sources = ['src', 'checks', 'fixes'].flatMap((top) =>
  readdirSync(`${repository}/${top}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${top}/${name}`),
)

describe.each(sources)('%s', (path) => {
  const code = readFileSync(`${repository}/${path}`, 'utf8')
  it('does not end the process, print on its own, or grow past 250 lines', () => {
    expect(code).not.toMatch(/process\.exit\(/)
    // A spread of a literal object only forces properties onto one line.
    expect(code).not.toMatch(/\.\.\.\{ \w+[:,]/)
    if (!['src/cli.ts', 'src/main.ts'].includes(path))
      expect(code).not.toMatch(/process\.(stdout|stderr)\.write/)
    // A spread of a literal hides properties from the reader; an upper bound is named max….
    expect(code).not.toMatch(/\.\.\.\{/)
    expect(code).not.toMatch(/\bconst (?:most|largest|longest|deepest)/)
    expect(code.split('\n').length).toBeLessThanOrEqual(251)
  })
})

/** From the bottom up: a directory imports from itself and from those before it, never from one behind it. */
const order = [
  'src/util',
  'src/catalogue',
  'src/formats',
  'src/config',
  'src/cli',
  'src/host',
  'src/contract',
  'src/files',
  'src/hypervisor',
  'src/seed',
  'src/network',
  'src/persist',
  'src/explain',
  'src/boot',
  'checks',
  'fixes',
  'src/engine',
  'src/report',
  'src/download',
  'src/unpack',
  'src/apply',
  'src/commands',
  'src/library',
  'src',
]

const directoryOf = (path: string): string => {
  const [top = '', directory, file] = path.split('/')
  return top === 'src' && file !== undefined ? `src/${directory}` : top
}

const importsOf = (path: string): string[] =>
  [
    ...readFileSync(`${repository}/${path}`, 'utf8').matchAll(/(?:\bfrom |\bimport\(|^import )'(\.[^']+)'/gm),
  ].map(([, specifier = '']) => join(dirname(path), specifier))

describe('the order of the directories', () => {
  it('names every directory, and only the entry stands outside one', () => {
    expect([...new Set(sources.map(directoryOf))].sort()).toEqual([...order].sort())
    expect(readdirSync(`${repository}/src`).filter((name) => name.endsWith('.ts'))).toEqual([
      'cli.ts',
      'main.ts',
    ])
  })

  it('is kept by every import, of types too', () => {
    const upward = sources.flatMap((path) =>
      importsOf(path)
        .filter((target) => order.indexOf(directoryOf(target)) > order.indexOf(directoryOf(path)))
        .map((target) => `${path} imports ${target}`),
    )
    expect(upward).toEqual([])
  })

  it('has no import between checks and fixes', () => {
    const across = sources.flatMap((path) =>
      importsOf(path)
        .filter((target) => [directoryOf(path), directoryOf(target)].sort().join() === 'checks,fixes')
        .map((target) => `${path} imports ${target}`),
    )
    expect(across).toEqual([])
  })
})

const tests = readdirSync(`${repository}/test`, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(?:test|box)\.ts$/.test(name),
)

describe('a test that may be skipped', () => {
  it.each(tests)('gives its reason in its title: %s', (path) => {
    const code = readFileSync(`${repository}/test/${path}`, 'utf8')
    // `runIf` and `todo` have no reason to give.
    expect(code).not.toMatch(/\.(?:runIf|todo)\(/)
    const silent = [...code.matchAll(/\.skipIf\([\s\S]*?=>(?: \{)?\n/g)]
      .map(([call]) => call)
      .filter((call) => !/\$\{(?:because\(|why)/.test(call))
    expect(silent).toEqual([])
  })
})
