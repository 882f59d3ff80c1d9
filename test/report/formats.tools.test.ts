/** Reports of the built program, read by programs that consume them: xmllint, prove, and JSON parsers. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const has = (program: string) => spawnSync(program, ['--version']).status === 0
const whyNoXml = has('xmllint') ? null : 'needs xmllint (libxml2-utils)'
const whyNoProve = has('prove') ? null : 'needs prove (perl)'

const report = async (format: string): Promise<string> => (await runCli(['check', '--format', format])).stdout

describe('check --format', () => {
  it.skipIf(whyNoXml)(`junit is XML${because(whyNoXml)}`, async () => {
    const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: await report('junit') })
    expect(stderr.toString()).toBe('')
    expect(status).toBe(0)
  })

  it.skipIf(whyNoProve)(`tap is read by prove${because(whyNoProve)}`, async () => {
    const path = `${scratch()}/report.tap`
    const tap = await report('tap')
    writeFileSync(path, tap)
    const { stdout } = spawnSync('prove', ['--exec', 'cat', path], { encoding: 'utf8' })
    expect(stdout).not.toContain('Parse errors')
    expect(stdout).toContain(
      `Tests: ${/^1\.\.(\d+)$/m.exec(tap)?.[1]} Failed: ${tap.match(/^not ok/gm)?.length}`,
    )
  })

  it('sarif is JSON with a rule for every result', async () => {
    const { runs } = JSON.parse(await report('sarif'))
    const { driver } = runs[0].tool
    expect(runs[0].results.length).toBeGreaterThan(0)
    for (const { ruleId, ruleIndex } of runs[0].results) expect(driver.rules[ruleIndex].id).toBe(ruleId)
  })

  it('several at once go to their files, and text to standard output', async () => {
    const directory = scratch()
    const flags = ['--output', `junit=${directory}/a.xml`, '--output', `prometheus=${directory}/b.prom`]
    const { stdout } = await runCli(['check', ...flags])
    expect(stdout).toMatch(/^chv-doctor \d/)
    const [xml, metrics] = [`${directory}/a.xml`, `${directory}/b.prom`].map(
      (path) => spawnSync('cat', [path], { encoding: 'utf8' }).stdout,
    )
    expect(xml).toMatch(/^<\?xml/)
    expect(metrics).toMatch(/^# HELP chv_doctor_info/)
  })

  it('nagios exits as its consumers expect', async () => {
    const { stdout, code } = await runCli(['check', '--format', 'nagios'])
    const states = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const
    const state = /^CHV-DOCTOR ([A-Z]+) - /.exec(stdout)?.[1] as keyof typeof states
    expect(code).toBe(states[state])
  })
})
