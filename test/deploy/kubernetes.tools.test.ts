/** deploy/kubernetes/: objects by the schemas of Kubernetes, and the plugin by the rules of node-problem-detector. */
import { spawnSync } from 'node:child_process'
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { renderNagios } from '../../src/report/formats/nagios.ts'
import { repository } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'
import { consume, noPythonTools, pythonTool } from '../helpers/test-tools.ts'
import { hostileReportOf, results } from '../report/hostile-report.ts'

const path = `${repository}/deploy/kubernetes/node-problem-detector.yaml`
// As kubectl reads YAML: 0755 is octal.
const objects = parseAllDocuments(readFileSync(path, 'utf8'), { version: '1.1' }).map((one) => one.toJS())
const ofKind = (kind: string) => objects.find((object) => object.kind === kind)
const { data } = ofKind('ConfigMap')
const monitor = JSON.parse(data['chv-doctor.json'])

describe('the objects', () => {
  it.skipIf(noPythonTools)(`follow the schemas, with no unknown field${because(noPythonTools)}`, () => {
    for (const version of ['1.30', '1.37']) {
      const flags = ['--strict', '--no-warn', '--kubernetes-version', version]
      const { stdout, stderr, status } = consume(pythonTool('kubernetes-validate'), [...flags, path])
      expect(`${stdout}${stderr}`.match(/ passed for resource \w+\/chv-doctor/g)).toHaveLength(4)
      expect(status).toBe(0)
    }
  })

  it('mount what the plugin names, executable, and have no privilege', () => {
    const { spec } = ofKind('DaemonSet').spec.template
    const [container] = spec.containers
    const [config] = spec.volumes
    expect(config.configMap.defaultMode).toBe(0o755)
    expect(container.command).toContain('--config.custom-plugin-monitor=/config/chv-doctor.json')
    expect(monitor.rules[0].path).toBe('/config/status.sh')
    expect(container.securityContext).toMatchObject({ runAsNonRoot: true, capabilities: { drop: ['ALL'] } })
    expect([spec.hostPID, spec.hostNetwork, container.securityContext.privileged]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('the plugin', () => {
  it('has a rule for its condition, as node-problem-detector demands', () => {
    const conditions = monitor.conditions.map(({ type }: { type: string }) => type)
    for (const rule of monitor.rules) {
      expect(rule.type).toBe('permanent')
      expect(conditions).toContain(rule.condition)
      expect(rule.reason).not.toBe(monitor.conditions[0].reason)
    }
  })

  const run = (status: string, minutesOld = 0) => {
    const directory = scratch()
    writeFileSync(`${directory}/status.sh`, data['status.sh'])
    writeFileSync(`${directory}/status`, status)
    const then = Date.now() / 1000 - minutesOld * 60
    utimesSync(`${directory}/status`, then, then)
    const env = { PATH: process.env.PATH ?? '', CHV_DOCTOR_STATUS: `${directory}/status` }
    const ended = spawnSync('sh', [`${directory}/status.sh`], { env, encoding: 'utf8' })
    return [ended.status, ended.stdout]
  }

  it.each([
    [0, ['ok', 'skip'], 'OK - 1 checks ok, 1 skipped\n'],
    [0, ['ok', 'warn'], 'WARNING - memory/short: '],
    [1, ['ok', 'fail'], 'CRITICAL - disk-image/missing: missing\n'],
    [2, ['ok', 'unknown'], 'UNKNOWN - nat/not-readable: only root sees it\n'],
  ] as const)('exits with %i for %j', (code, statuses, text) => {
    const report = hostileReportOf(
      results.filter(({ status }) => (statuses as readonly string[]).includes(status)),
    )
    const [status, stdout] = run(renderNagios(report))
    expect(status).toBe(code)
    expect(stdout).toContain(text)
    // Its pluginConfig says 80, and the line end.
    expect(String(stdout).length).toBeLessThanOrEqual(81)
  })

  it('is unknown when the timer stopped, and when it wrote nothing', () => {
    const stopped = [2, 'chv-doctor has not run on this node for an hour\n']
    expect(run('CHV-DOCTOR OK - 9 checks ok, 0 skipped | x=1\n', 90)).toEqual(stopped)
    expect(run('')).toEqual([2, '\n'])
  })
})
