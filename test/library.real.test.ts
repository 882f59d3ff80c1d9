/** The packed package as a library: its example runs, its types hold, and importing it does nothing. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from './helpers/disposable-host.ts'

const place = mkdtempSync(`${tmpdir()}/chv-library-`)
const env = { PATH: process.env.PATH ?? '', HOME: place }

const run = (program: string, args: readonly string[], cwd = place) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const node = (code: string) => run(process.execPath, ['--input-type=module', '-e', code])

/** The first block of a page in this language. */
const example = (page: string, language: string): string => {
  const text = readFileSync(`${repository}/docs/${page}`, 'utf8')
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? ''
}

/** Installs the package as npm would, without the scripts that would build it under running tests. */
beforeAll(() => {
  const stage = `${place}/stage`
  mkdirSync(stage)
  for (const part of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist', 'docs'])
    cpSync(`${repository}/${part}`, `${stage}/${part}`, { recursive: true })
  const types = run(process.execPath, [`${repository}/scripts/types.mjs`, `${stage}/dist/types`])
  expect(types).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(
    run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', place], stage).status,
  ).toBe(0)
  const [archive = ''] = readdirSync(place).filter((name) => name.endsWith('.tgz'))
  mkdirSync(`${place}/node_modules/chv-doctor`, { recursive: true })
  const into = `${place}/node_modules/chv-doctor`
  expect(run('tar', ['-xzf', archive, '--strip-components=1', '-C', into]).status).toBe(0)
})

afterAll(() => rmSync(place, { recursive: true }))

describe('the package', () => {
  it('runs the example of its page', () => {
    writeFileSync(`${place}/preflight.mjs`, example('library.md', 'js'))
    const { status, stdout, stderr } = run(process.execPath, ['preflight.mjs'])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^disk-image: /m)
    expect(stdout).toMatch(/^.+: \d+ steps$/m)
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^[a-z-]+: \S/)
  })

  it('does nothing when it is imported', () => {
    const { status, stdout, stderr } = node(`
      const before = [process.eventNames().length, Object.keys(globalThis).length, JSON.stringify(process.env)]
      const names = Object.keys(await import('chv-doctor'))
      const after = [process.eventNames().length, Object.keys(globalThis).length, JSON.stringify(process.env)]
      console.log(JSON.stringify([names, JSON.stringify(before) === JSON.stringify(after), process.getActiveResourcesInfo().filter((one) => !/TTY|Pipe|FS|Close/.test(one))]))
    `)
    expect([status, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toEqual([['check', 'explain', 'plan'], true, []])
  })

  it('prints nothing, reads no configuration on its own, and leaves variables alone', () => {
    writeFileSync(`${place}/chv-doctor.yaml`, 'nonsense: 1\n')
    const { stdout, stderr } = node(`
      process.env.CHV_DOCTOR_MEMORY = 'nonsense'
      const { check } = await import('chv-doctor')
      const { configFile, results } = await check({ only: ['platform'] })
      console.log(JSON.stringify([configFile, results.map(({ id }) => id), process.env.CHV_DOCTOR_MEMORY]))
    `)
    expect([JSON.parse(stdout), stderr]).toEqual([[null, ['platform'], 'nonsense'], ''])
  })

  it.each([
    [`check({ config: { tapp: 'x' } })`, 'config: unknown key "tapp"; did you mean "tap"?'],
    [`check({ config: { memory: 'lots' } })`, 'config.memory is "lots"; give a size such as 512M or 2G.'],
    [`check({ only: ['kmv'] })`, '--only: there is no check "kmv"; did you mean "kvm"?'],
    [
      `check({ configFile: '/nonexistent/x.yaml' })`,
      'The configuration file /nonexistent/x.yaml does not exist.',
    ],
    [`check({ signal: AbortSignal.abort(new Error('stopped')) })`, 'stopped'],
  ])('%s rejects with one sentence', (call, message) => {
    const { stdout } = node(`
      import { check } from 'chv-doctor'
      await ${call}.catch((error) => console.log(error.message))
    `)
    expect(stdout).toBe(`${message}\n`)
  })

  it('has types that its examples satisfy, and that refuse a misspelt code', () => {
    writeFileSync(`${place}/my-checks.mjs`, example('own-checks.md', 'js'))
    writeFileSync(`${place}/my-checks.ts`, example('own-checks.md', 'ts'))
    writeFileSync(
      `${place}/wrong.ts`,
      `${example('own-checks.md', 'ts').replace("code: 'too-small'", "code: 'to-small'")}`,
    )
    const compilerOptions = {
      ...{ strict: true, noEmit: true, checkJs: true, allowJs: true, skipLibCheck: false },
      ...{ module: 'NodeNext', target: 'ES2022', lib: ['ES2023', 'DOM'] },
      ...{ types: ['node'], typeRoots: [`${repository}/node_modules/@types`] },
    }
    writeFileSync(`${place}/package.json`, '{ "type": "module" }')
    const compile = (files: readonly string[]) => {
      writeFileSync(`${place}/tsconfig.json`, JSON.stringify({ compilerOptions, files }))
      return run(`${repository}/node_modules/.bin/tsc`, ['--project', place])
    }
    expect(compile(['preflight.mjs', 'my-checks.mjs', 'my-checks.ts'])).toMatchObject({
      status: 0,
      stdout: '',
    })
    const { status, stdout } = compile(['wrong.ts'])
    expect([status === 0, stdout]).toEqual([false, expect.stringContaining(`"to-small"`)])
  })
})
