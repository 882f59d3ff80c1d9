/** deploy/grafana/chv-doctor.json: Grafana's own types, and queries that Prometheus answers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Dashboard } from '@grafana/schema'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { repository } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'
import { absent, consume, promtool } from '../helpers/test-tools.ts'

const whyNoPromtool = absent(promtool)
const text = readFileSync(`${repository}/deploy/grafana/chv-doctor.json`, 'utf8')
const dashboard: Dashboard = JSON.parse(text)

const queries = (dashboard.panels ?? []).flatMap((panel) =>
  ('targets' in panel ? (panel.targets ?? []) : []).map(({ expr }) => ({
    title: panel.title ?? '',
    expr: String(expr).replaceAll('$instance', '.*'),
  })),
)

/** Compiles the dashboard as a value of Grafana's type. @returns what tsc says */
const compile = (json: string): string => {
  // Below node_modules, where the type is found.
  const directory = mkdtempSync(`${repository}/node_modules/.dashboard-`)
  onTestFinished(() => rmSync(directory, { recursive: true }))
  // JSON has the values of enumerations, not their names.
  writeFileSync(
    `${directory}/dashboard.ts`,
    `import type { Dashboard } from '@grafana/schema'
    type Plain<T> = T extends string ? \`\${T}\` : T extends number ? (\`\${T}\` extends \`\${infer N extends number}\` ? N : T)
      : T extends object ? { [K in keyof T]: Plain<T[K]> } : T
    export const dashboard: Plain<Dashboard> = ${json}`,
  )
  const flags = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'esnext',
    '--ignoreConfig',
  ]
  return consume(`${repository}/node_modules/.bin/tsc`, [...flags, `${directory}/dashboard.ts`]).stdout
}

describe('the dashboard', () => {
  it('is one by the types of Grafana', () => {
    expect(compile(text)).toBe('')
  })

  it('would not be with a panel at no place, or a mode that Grafana has not', () => {
    expect(compile(text.replace('"w": 6', '"w": "6"'))).toContain('is not assignable to type')
    expect(compile(text.replace('"mode": "absolute"', '"mode": "relative"'))).toContain('relative')
  })

  it('has panels that do not overlap, each with an id of its own', () => {
    const panels = dashboard.panels ?? []
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const places = panels.map(({ gridPos }) => gridPos ?? { x: 0, y: 0, w: 24, h: 99 })
    for (const [n, a] of places.entries()) {
      expect(a.x + a.w).toBeLessThanOrEqual(24)
      for (const b of places.slice(n + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
        expect(apart).toBe(true)
      }
    }
  })

  it.skipIf(whyNoPromtool)(`asks what Prometheus can answer${because(whyNoPromtool)}`, () => {
    const series = (name: string, labels: string, values: string) => ({
      series: `${name}{${labels}}`,
      values: `${values}x20`,
    })
    const kvm = 'instance="b", check="kvm", code="kvm/missing", status="fail"'
    const memory = 'instance="b", check="memory", code="memory/short", status="warn"'
    const answers: Readonly<Record<string, readonly (readonly [labels: string, value: number])[]>> = {
      'Can start guests': [['{}', 1]],
      Cannot: [['{}', 1]],
      'Not determined': [['{}', 0]],
      'Not checked for an hour': [['{}', 1]],
      Findings: [
        [`chv_doctor_finding{${kvm}}`, 1],
        [`chv_doctor_finding{${memory}}`, 1],
      ],
      'Most frequent': [['{code="kvm/missing"}', 1]],
      'Hosts over time': [
        ['chv_doctor_exit_code{instance="a"}', 0],
        ['chv_doctor_exit_code{instance="b"}', 1],
      ],
      'How long a run takes': [['chv_doctor_run_duration_seconds{instance="a"}', 2]],
    }
    const tests = {
      evaluation_interval: '5m',
      tests: [
        {
          interval: '5m',
          input_series: [
            series('chv_doctor_exit_code', 'instance="a"', '0'),
            series('chv_doctor_exit_code', 'instance="b"', '1'),
            series('chv_doctor_run_timestamp_seconds', 'instance="a"', '0+300'),
            series('chv_doctor_run_timestamp_seconds', 'instance="b"', '0'),
            series('chv_doctor_run_duration_seconds', 'instance="a"', '2'),
            series('chv_doctor_finding', kvm, '1'),
            series('chv_doctor_finding', memory, '1'),
          ],
          promql_expr_test: queries.map(({ title, expr }) => ({
            expr,
            eval_time: '90m',
            exp_samples: (answers[title] ?? []).map(([labels, value]) => ({ labels, value })),
          })),
        },
      ],
    }
    const path = `${scratch()}/queries.yaml`
    writeFileSync(path, stringify(tests))
    const { stdout, stderr } = consume(promtool, ['test', 'rules', path])
    expect(`${stdout}${stderr}`).toContain('SUCCESS')
  })
})
