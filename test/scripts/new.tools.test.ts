/** `npm run new:check` and `npm run new:fix` in a copy of this tree: what they make is in place and green. */
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { scratch } from '../helpers/scratch.ts'

const left = ['node_modules', '.git', 'dist']

const copyOfTree = (): string => {
  const copy = `${scratch()}/copy`
  cpSync(repository, copy, {
    recursive: true,
    filter: (path) => !left.includes(relative(repository, path)),
  })
  symlinkSync(`${repository}/node_modules`, `${copy}/node_modules`)
  return copy
}

// What the runner of this test sets must not reach the one in the copy.
const { VITEST: _vitest, NODE_ENV: _env, CI: _ci, ...env } = process.env

const runIn = (directory: string, program: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: directory, encoding: 'utf8', env })
  return { status, output: stdout + stderr }
}

const expectGreen = ({ status, output }: { status: number | null; output: string }) =>
  expect(status, output.slice(-4000)).toBe(0)

describe('the generators', () => {
  it('make a check and a fix that lint, types and tests accept', { timeout: 300_000 }, () => {
    const copy = copyOfTree()
    const bin = (name: string) => `${copy}/node_modules/.bin/${name}`
    expectGreen(runIn(copy, process.execPath, 'scripts/new.mjs', 'check', 'demo-file'))
    expectGreen(runIn(copy, process.execPath, 'scripts/new.mjs', 'fix', 'demo-fix'))
    expectGreen(runIn(copy, bin('biome'), 'check', '--error-on-warnings'))
    expectGreen(runIn(copy, bin('tsc')))
    const { status, output } = runIn(
      copy,
      bin('vitest'),
      ...'run --config test/vitest.config.ts --project unit demo- contract docs hosts.test startup'.split(
        ' ',
      ),
    )
    expectGreen({ status, output })
    expect(output).toMatch(/^\d{3,} passed, 0 failed, 0 skipped$/m)
    const report = readFileSync(`${copy}/test/facts/reports/debian12-bare.json.txt`, 'utf8')
    expect(report).toContain('"code": "demo-file/missing"')
    expect(readFileSync(`${copy}/test/facts/reports/debian12-bare.text.txt`, 'utf8')).toMatch(
      /warn +demo-file/,
    )
  })

  it.each([
    ['Demo', 'is no name for a check'],
    ['../x', 'is no name for a check'],
    ['kvm', 'checks/kvm.ts exists; choose another name.'],
    ['', 'Usage: npm run new:check -- NAME'],
  ])('refuse the name %j with one sentence', (name, sentence) => {
    const { status, output } = runIn(repository, process.execPath, 'scripts/new.mjs', 'check', name)
    expect([status, output]).toEqual([2, expect.stringContaining(sentence)])
    expect(output.trim()).not.toContain('\n')
  })

  it('replace nothing when a file is in the way', () => {
    const copy = `${scratch()}/copy`
    for (const part of ['scripts', 'docs', 'checks'])
      cpSync(`${repository}/${part}`, `${copy}/${part}`, { recursive: true })
    writeFileSync(`${copy}/docs/checks/demo.md`, 'mine')
    const { status } = runIn(copy, process.execPath, 'scripts/new.mjs', 'check', 'demo')
    expect([status, readFileSync(`${copy}/docs/checks/demo.md`, 'utf8')]).toEqual([2, 'mine'])
  })
})
