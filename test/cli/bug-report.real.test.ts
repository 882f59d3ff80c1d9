/** `chv-doctor report` of the built program: what it writes, and what it leaves out. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const log = [
  `${hostname()} cloud-hypervisor[1]: \u001b[31mstarting\u001b[0m`,
  'Error booting VM: VmBoot(DeviceManager(OpenTap(TapOpen(ConfigureTap(Os { code: 1, kind: PermissionDenied, message: "Operation not permitted" })))))',
  '',
].join('\n')

it('shows what is in it, writes one new file, and names neither home nor host', async () => {
  const home = scratch()
  mkdirSync(`${home}/.local/state/chv-doctor/log`, { recursive: true })
  writeFileSync(`${home}/.local/state/chv-doctor/log/2026-11-26T120000.000Z-stderr.log`, log)
  const { code, stdout, stderr } = await runCli(['report'], { home })
  expect([code, stdout]).toEqual([0, ''])
  const [name = '', ...others] = readdirSync(home).filter((one) => !one.startsWith('.'))
  expect(others).toEqual([])
  expect(name).toMatch(/^chv-doctor-report-\d{4}-\d\d-\d\dT\d{6}Z\.md$/)
  expect(stderr).toMatch(/boot log +the last 2 lines[\s\S]*Wrote .*\.md/)
  const text = readFileSync(`${home}/${name}`, 'utf8')
  expect(text).toContain('PermissionDenied')
  expect(text).not.toContain(home)
  expect(text).toMatch(/^host cloud-hypervisor\[1\]: /m)
  expect(text).not.toContain('\u001b')
  const again = await runCli(['check', '--facts-in', name, '--format', 'json'], { home })
  expect(JSON.parse(again.stdout).results.length).toBeGreaterThan(20)
})

it('takes another log and another place', async () => {
  const home = scratch()
  writeFileSync(`${home}/my.log`, log)
  const flags = ['--log', `${home}/my.log`, '--output', `${home}/bug.md`]
  expect((await runCli(['report', ...flags], { home })).code).toBe(0)
  expect(readFileSync(`${home}/bug.md`, 'utf8')).toContain('The end of `/home/user/my.log`')
})

it.each([
  [['--log', '/nonexistent/x'], '--log /nonexistent/x does not exist.'],
  [['--log', '/dev/null'], '--log /dev/null is not a regular file.'],
  [['--output', '/nonexistent/x.md'], '--output /nonexistent/x.md: cannot be written (ENOENT).'],
])('%j is one sentence', async (flags, message) => {
  const { code, stderr } = await runCli(['report', ...flags])
  expect([code, stderr.trimEnd().split('\n').at(-1)]).toEqual([2, `chv-doctor: ${message}`])
})
