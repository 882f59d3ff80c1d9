/** The examples of the documentation that start the program. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { repository } from './helpers/disposable-host.ts'
import { runCli } from './helpers/run-cli.ts'

describe('the examples', () => {
  it('of the README: a preflight report and a bug report that can be judged again', async () => {
    const home = mkdtempSync(`${tmpdir()}/chv-docs-`)
    const run = (...args: string[]) => runCli(args, { home })
    const first = await run('check', '--strict', '--format', 'json', '--output', 'report.json')
    const report = JSON.parse(readFileSync(`${home}/report.json`, 'utf8'))
    expect([first.stdout, first.code]).toEqual(['', report.exitCode])
    await run('report', '--output', 'bug.md')
    const again = await run('check', '--facts-in', 'bug.md', '--format', 'json')
    const statuses = (from: { results: { id: string; status: string }[] }) =>
      from.results.map(({ id, status }) => [id, status])
    expect(statuses(JSON.parse(again.stdout))).toEqual(statuses(report))
    rmSync(home, { recursive: true })
  })

  it('of docs/own-checks.md: takes part like a built-in check, and plans its fix', async () => {
    const home = mkdtempSync(`${tmpdir()}/chv-docs-`)
    const text = readFileSync(`${repository}/docs/own-checks.md`, 'utf8')
    const block = (language: string) =>
      new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? ''
    const place = `${home}/.config/chv-doctor`
    mkdirSync(place, { recursive: true })
    writeFileSync(`${place}/chv-doctor.yaml`, block('yaml'))
    writeFileSync(`${place}/my-checks.mjs`, block('js'))
    const { stdout, code } = await runCli(['check', '-v', '--only', 'scratch-disk'], { home })
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/own\n {2}FAIL +scratch-disk +\/scratch is not mounted/),
    ])
    const plan = await runCli(['fix', 'scratch-disk', '--dry-run'], { home })
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('mount /scratch')])
    expect((await runCli(['list'], { home })).stdout).toContain('The scratch disk is mounted')
    rmSync(home, { recursive: true })
  })
})
