/** Wrong input through the real program: one sentence on standard error, the documented code, nothing written. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/run-cli.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(`${tmpdir()}/chv-bad-`)
})
afterEach(() => rmSync(home, { recursive: true }))

const table: readonly (readonly [
  args: string[],
  code: number,
  message: string,
  env?: Record<string, string>,
])[] = [
  [['chekc'], 2, 'did you mean "check"?'],
  [['check', '--nope'], 2, 'has no flag --nope'],
  [['fix', '--format', 'xml'], 2, '--format is "xml"; give text or json.'],
  [['check', '--only', 'kvmm'], 2, 'there is no check "kvmm"; did you mean "kvm"?'],
  [['check', 'kvmm'], 2, 'there is no check "kvmm"'],
  [['check', '--skip', 'x'], 2, '--skip: there is no check "x"'],
  [['check', '--group', 'hots'], 2, 'did you mean "host"?'],
  [['check', '--timeout', 'soon'], 2, '--timeout is "soon"; give a whole number'],
  [['check', '--config', 'nope.yaml'], 2, 'nope.yaml does not exist'],
  [['check', '--set', 'boot=floppy'], 2, '--set boot is "floppy"; give one of firmware, kernel'],
  [['check', '--facts', 'nope.json'], 2, '--facts-in nope.json does not exist'],
  [['check', '--facts', 'broken.json'], 2, '--facts-in broken.json: not valid JSON'],
  [['check', '--facts', 'broken.json', '--facts-out', 'x'], 2, 'exclude each other'],
  [
    ['check', '--only', 'platform', '--output', '/nope/nope/x'],
    2,
    '--output /nope/nope/x: cannot be written',
  ],
  [['check', '--only', 'platform', '--facts-out', '/proc/x'], 2, '--facts-out /proc/x: cannot be written'],
  [['check', '--set', 'check_files=nope.mjs'], 2, 'nope.mjs cannot be read (ENOENT)'],
  [['check', '--set', 'check_files=broken.json'], 2, 'broken.json cannot be loaded'],
  [['fix', 'kvmm'], 2, 'There is no check or fix "kvmm"; did you mean "kvm"?'],
  [['fix', '--yes', '--dry-run'], 2, '--yes and --dry-run exclude each other'],
  [['fix'], 5, 'give --yes to agree'],
  [['undo', '--script', '--json'], 2, '--script and --json exclude each other'],
  [['explain'], 2, 'Standard input is empty: there is nothing to explain'],
  [['explain', 'kvmm'], 2, 'There is no file, check, fix or cause "kvmm"; did you mean "kvm"?'],
  [['explain', 'nope.log'], 2, 'There is no file, check, fix or cause "nope.log"'],
  [['explain', '.'], 2, '. is a directory'],
  [['explain', '/proc/self/mem'], 2, '/proc/self/mem cannot be read (EIO)'],
  [['explain', '/dev/null'], 2, '/dev/null is not a regular file'],
  [['explain', 'broken.json', '--format', 'xml'], 2, '--format is "xml"; give text or json.'],
  [['list', 'fixs'], 2, 'did you mean "fixes"?'],
  [['check'], 2, 'CHV_DOCTOR_MEMORY is "lots"', { CHV_DOCTOR_MEMORY: 'lots' }],
  [['check'], 2, 'CHV_DOCTOR_NOPE is not known', { CHV_DOCTOR_NOPE: '1' }],
]

describe('bad input', () => {
  it.each(table.map((row) => [row] as const))('%j', async ([args, code, message, env]) => {
    writeFileSync(`${home}/broken.json`, '{ "a"')
    const run = await runCli(args, { home, ...(env ? { env } : {}) })
    expect(run.stderr).toContain(message)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
    expect(run.stderr).not.toMatch(/\n {4}at /)
    expect(run.code).toBe(code)
    expect(readdirSync(home)).toEqual(['broken.json'])
  })

  it('init writes once and never over a file', async () => {
    expect((await runCli(['init'], { home })).code).toBe(0)
    expect(existsSync(`${home}/chv-doctor.yaml`)).toBe(true)
    expect((await runCli(['check', '--only', 'platform'], { home })).code).toBe(0)
    const again = await runCli(['init'], { home })
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('exists already')])
  })

  it('does not run checks that others may change', async () => {
    mkdirSync(`${home}/checks`)
    writeFileSync(`${home}/checks/mine.mjs`, 'export const checks = []', { mode: 0o666 })
    const { chmodSync } = await import('node:fs')
    chmodSync(`${home}/checks/mine.mjs`, 0o666)
    const run = await runCli(['check', '--set', 'check_files=checks/mine.mjs'], { home })
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('can be changed by other users')])
  })

  it('answers --version and --help without looking at anything', async () => {
    const env = { CHV_DOCTOR_NOPE: '1' }
    expect((await runCli(['--version'], { env })).stdout).toMatch(/^chv-doctor \d+\.\d+\.\d+\n$/)
    expect((await runCli(['fix', '--help'], { env })).stdout).toContain('--dry-run')
  })
})
