/** The start-up budget: what the bundler's metafile says is reachable, and what a check really loads. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { repository } from './helpers/disposable-host.ts'

interface Output {
  readonly entryPoint?: string
  readonly bytes: number
  readonly inputs: Readonly<Record<string, unknown>>
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[]
}

const { outputs } = JSON.parse(readFileSync(`${repository}/dist/meta.json`, 'utf8')) as {
  outputs: Record<string, Output>
}

const outputOf = (source: string): string => {
  const names = [source, `after-main:${source}`]
  const found = Object.entries(outputs).find(([, { entryPoint }]) => names.includes(entryPoint ?? ''))
  if (!found) throw new Error(`${source} is no entry of the bundle`)
  return found[0]
}

/** All files that loading one loads, without those that are imported on use. */
const reachable = (from: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(from)) return seen
  seen.add(from)
  for (const { path, kind, external } of outputs[from]?.imports ?? []) {
    if (kind === 'import-statement' && !external) reachable(path, seen)
  }
  return seen
}

const packagesIn = (files: Iterable<string>): Set<string> => {
  const names = [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}))
  return new Set(names.flatMap((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []))
}

const kib = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) / 1024

const heavy = ['zx', 'inquirer', 'node-fetch', 'openpgp', 'yaml', 'semver', 'listr2']

describe('the entry', () => {
  it('loads no package at all, and stays small', () => {
    const files = reachable(outputOf('src/cli.ts'))
    expect([...packagesIn(files)]).toEqual([])
    expect(kib(files)).toBeLessThan(2)
  })
})

// What V8 compiles before anything is done, in KiB, and in how many files.
describe.each([
  ['src/main.ts', 96, 3],
  ['src/commands/check.ts', 304, 6],
])('%s', (command, most, pieces) => {
  const files = reachable(outputOf(command))

  it('reaches nothing heavy before it is used', () => {
    const packages = packagesIn(files)
    for (const name of heavy) expect(packages).not.toContain(name)
  })

  it(`has at most ${most} KiB with all that it reaches`, () => {
    expect(kib(files)).toBeLessThan(most)
  })

  it('is not cut into pieces: finding a file costs more than running it', () => {
    expect(files.size).toBeLessThanOrEqual(pieces)
  })
})

describe('every heavy package', () => {
  it.each([
    ['zx', 'src/apply/apply.ts'],
    ['inquirer', 'src/cli/prompt.ts'],
    ['node-fetch', 'src/download/download.ts'],
    ['openpgp', 'src/download/download.ts'],
    ['openpgp', 'src/download/signed-catalogue.ts'],
  ])('%s is in the bundle, but not statically behind %s', (name, entry) => {
    expect(packagesIn(Object.keys(outputs))).toContain(name)
    expect(packagesIn(reachable(outputOf(entry)))).not.toContain(name)
  })
})

/** Runs a copy of the program that lacks these packages. */
const runWithout = (names: readonly string[], args: readonly string[]) => {
  const copy = mkdtempSync(`${tmpdir()}/chv-startup-`)
  try {
    cpSync(`${repository}/dist`, `${copy}/dist`, { recursive: true })
    cpSync(`${repository}/package.json`, `${copy}/package.json`)
    for (const file of Object.keys(outputs)) {
      const packages = packagesIn([file])
      if (names.some((name) => packages.has(name))) rmSync(`${copy}/${file}`)
    }
    return spawnSync(process.execPath, [`${copy}/dist/cli.js`, ...args], {
      cwd: copy,
      env: { PATH: process.env.PATH ?? '', HOME: copy },
      encoding: 'utf8',
    })
  } finally {
    rmSync(copy, { recursive: true })
  }
}

describe('a check', () => {
  it('runs where zx, inquirer, node-fetch and listr2 are not even there', () => {
    const run = runWithout(['zx', 'inquirer', 'node-fetch', 'listr2'], ['check', '--format', 'json'])
    expect(run.stderr).toBe('')
    expect(JSON.parse(run.stdout).exitCode).toBe(run.status)
  })
})

/** What Node.js itself loads for a command that runs with the arguments. */
const builtinsOf = (...args: readonly string[]): string[] => {
  const home = mkdtempSync(`${tmpdir()}/chv-startup-`)
  try {
    const list = `process.on('exit', () => require('node:fs').writeFileSync('${home}/list', process.moduleLoadList.join('\\n')))`
    writeFileSync(`${home}/list.cjs`, list)
    const argv = ['--require', `${home}/list.cjs`, `${repository}/dist/cli.js`, ...args]
    spawnSync(process.execPath, argv, { cwd: home, env: { PATH: process.env.PATH ?? '', HOME: home } })
    return readFileSync(`${home}/list`, 'utf8').split('\n')
  } finally {
    rmSync(home, { recursive: true })
  }
}

describe('a check of a bare host', () => {
  it('loads no module of Node.js that it does not use', () => {
    const loaded = builtinsOf('check')
    expect(loaded).toContain('NativeModule child_process')
    for (const name of ['crypto', 'readline', 'perf_hooks', 'http', 'zlib'])
      expect(loaded).not.toContain(`NativeModule ${name}`)
  })
})

/** Makes what takes longer to make than Node.js takes to start end the program. */
const costly = `
Intl.Segmenter = class { constructor() { throw new Error('a segmenter was made') } }
globalThis.RegExp = new Proxy(RegExp, { construct(made, [source, flags]) {
  if (String(source).includes('RGI_Emoji')) throw new Error('the set of all emoji was made')
  if (String(source).includes('{Cf}')) throw new Error('the set of hidden characters was made')
  return new made(source, flags)
} })
const net = require('node:net')
net.isIPv6 = () => { throw new Error('the expression for IPv6 was made') }
require('node:module').syncBuiltinESMExports()`

describe('the tables of Unicode', () => {
  const run = (...args: readonly string[]) => {
    const home = mkdtempSync(`${tmpdir()}/chv-startup-`)
    try {
      writeFileSync(`${home}/costly.cjs`, costly)
      const argv = ['--require', `${home}/costly.cjs`, `${repository}/dist/cli.js`, ...args]
      const env = { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8' }
      return spawnSync(process.execPath, argv, { cwd: home, env, encoding: 'utf8' })
    } finally {
      rmSync(home, { recursive: true })
    }
  }

  it.each([['check'], ['list', 'checks'], ['fix', '--dry-run']])('%s %s does without them', (...args) => {
    const { stdout, stderr } = run(...args)
    expect(stderr).not.toContain('was made')
    expect(stdout).not.toBe('')
  })

  it('are made for text that needs them', () => {
    const { status, stderr } = run('check', '--set', 'disk=/数据/guest.raw')
    expect(stderr).toContain('was made')
    expect(status).toBe(70)
  })
})

describe('openpgp', () => {
  it.each([
    ['list', 'artifacts'],
    ['fix', '--dry-run'],
  ])('is not loaded by %s %s where no signed catalogue is configured', (...args) => {
    const run = runWithout(['openpgp'], args)
    expect(run.stderr).toBe('')
    expect(run.stdout).not.toBe('')
  })

  it('is not loaded by a check where one is configured', () => {
    const keys = ['catalogue_url=https://example.org/c.json', 'catalogue_key=/k.asc']
    const run = runWithout(['openpgp'], ['check', '--json', ...keys.flatMap((key) => ['--set', key])])
    expect(run.stderr).toBe('')
    expect(JSON.parse(run.stdout).exitCode).toBe(run.status)
  })
})
