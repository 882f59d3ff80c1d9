/** However a run ends, its end is defined: closed and full outputs, signals, hung programs, SIGKILL. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/apply/journal.ts'
import { runCommand } from '../../../src/apply/run-step.ts'
import { undoChanges } from '../../../src/apply/undo.ts'
import { makePlan } from '../../../src/engine/plan.ts'
import { configWith } from '../../helpers/config.ts'
import { repository } from '../../helpers/disposable-host.ts'
import { fakeHost } from '../../helpers/fake-host.ts'
import { scratch } from '../../helpers/scratch.ts'
import { startBundle } from './run-bundle.ts'

const program = `${process.execPath} ${repository}/dist/cli.js`

/** Runs a line of bash with the program as $D in an empty home. */
const bash = (line: string, home = scratch()) =>
  spawnSync('bash', ['-c', line], {
    encoding: 'utf8',
    cwd: home,
    env: { PATH: process.env.PATH ?? '', HOME: home, D: program },
    timeout: 120_000,
  })

const executor = (directory: string) => ({
  ...{ rootPrefix: [], bash: '/bin/bash', logDir: `${directory}/log` },
  signal: new AbortController().signal,
})

describe('a full disk behind standard output', () => {
  it.each([
    '--version',
    'list',
    'list checks --json',
    'check --only platform',
    'fix --script',
    'explain kvm',
    '--help',
  ])('is an error of %s', (args) => {
    const { status, stderr } = bash(`$D ${args} >/dev/full`)
    expect(stderr).toContain('chv-doctor: Standard output cannot be written (ENOSPC).')
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(2)
  })

  it('is an error of --output', () => {
    const { status, stderr } = bash('$D check --only platform --output /dev/full')
    expect(stderr).toContain('--output /dev/full: cannot be written (ENOSPC)')
    expect(status).toBe(2)
  })
})

describe('a reader that goes away', () => {
  it('does not stop a repair half way', () => {
    const home = scratch()
    const { stderr } = bash('set -o pipefail; $D fix --yes create-cloud-init 2>&1 | true; echo $? >&2', home)
    expect(stderr).toBe('0\n')
    const data = `${home}/.local/share/chv-doctor`
    expect(readdirSync(data).filter((name) => name.includes('part'))).toEqual([])
    expect(readdirSync(data).some((name) => name.endsWith('.img'))).toBe(true)
  })
})

describe('a signal while a question is open', () => {
  it.each(['TERM', 'HUP', 'INT'])('SIG%s ends it with 130', async (signal) => {
    const home = scratch()
    const state = `${home}/.local/state/chv-doctor`
    mkdirSync(state, { recursive: true, mode: 0o700 })
    const undo = { kind: 'run', argvs: [['touch', `${home}/undone`]], root: false }
    const change = { event: 'started', id: 'a', at: '2026-01-01T00:00:00Z', fix: 'setcap', why: 'x', undo }
    writeFileSync(`${state}/journal.jsonl`, JSON.stringify(change), { mode: 0o600 })
    // The pty of script(1) is the terminal; the shell leaves the code of the program behind.
    const line = `sh -c 'echo $$ >pid; exec ${program} undo'; echo $? >code`
    const child = spawn('script', ['-qfec', line, '/dev/null'], {
      cwd: home,
      env: { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm', SHELL: '/bin/sh' },
    })
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text
    })
    await expect.poll(() => shown, { timeout: 60_000 }).toContain('Undo this change?')
    process.kill(Number(readFileSync(`${home}/pid`, 'utf8')), `SIG${signal}`)
    await expect.poll(() => existsSync(`${home}/code`), { timeout: 20_000 }).toBe(true)
    child.kill('SIGKILL')
    expect(readFileSync(`${home}/code`, 'utf8')).toBe('130\n')
    expect(existsSync(`${home}/undone`)).toBe(false)
  })
})

describe('a program that hangs', () => {
  it.each([
    ['itself', ['sleep', '1000']],
    ['in a child that keeps the pipe', ['sh', '-c', 'sleep 30 & trap "" TERM; wait; wait']],
  ] as const)('%s ends its step', async (_how, argv) => {
    const run = runCommand(
      { argv: [...argv], root: false },
      { ...executor(scratch()), limitMs: 200 },
      () => {},
    )
    await expect(run).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining(`${argv[0]} did not end within 200 ms and was ended`),
    })
  })

  it.each([
    ['fails', () => Promise.reject(new Error('the table is gone')), 'the table is gone'],
    ['hangs', () => new Promise(() => {}), 'the host did not answer within 3.0 s'],
  ])('in a survey: one that %s ends with one sentence', async (_how, survey, why) => {
    const own = { id: 'own', title: 'x', survey, plan: () => [] }
    const result = { id: 'check', status: 'fail', fix: { id: 'own', args: {} } }
    const plan = makePlan([result] as never, fakeHost({}), configWith({ check_timeout: 1 }), { own } as never)
    await expect(plan).rejects.toMatchObject({
      exitCode: 5,
      message: `The fix own cannot be planned: ${why}.`,
    })
  })
})

it('a fix for a check that is blocked says by what, with 5', () => {
  // Without a network the checks of the guest's network have nothing to go on.
  const { status, stderr, stdout } = bash('PATH=/nonexistent $D fix --yes net-admin')
  expect(stdout).not.toContain('Nothing to repair')
  expect(stderr).toMatch(
    /^chv-doctor: net-admin is blocked by [a-z-]+: repair that first, with `node .*cli\.js fix [a-z-]+`\.$/m,
  )
  expect(status).toBe(5)
})

it('what SIGKILL leaves of a secret goes with undo', async () => {
  const directory = scratch()
  const part = `${directory}/.seed.img.part`
  const child = startBundle(
    `
import { applyPlan } from './src/apply/apply.ts'
import { openJournal } from './src/apply/journal.ts'
const part = ${JSON.stringify(part)}
const executor = { rootPrefix: [], bash: '/bin/bash', logDir: '${directory}/log', signal: new AbortController().signal }
const step = (argv, more) => ({ kind: 'run', argv, root: false, why: 'x', undo: [], ...more })
const steps = [
  step(['sh', '-c', 'echo hash > "$1"', 'sh', part], { temporary: part }),
  step(['sh', '-c', 'echo $$ > ${directory}/pid; exec sleep 1000']),
  { kind: 'publish', from: part, to: '${directory}/seed.img', why: 'x', reversible: true },
]
const fix = { id: 'create-cloud-init', title: 'x', checks: ['cloud-init'], needed: true, steps }
const say = () => {}
applyPlan([fix], { executor, journal: openJournal('${directory}/state'), live: false, say })`,
  )
  await expect.poll(() => existsSync(`${directory}/pid`), { timeout: 60_000 }).toBe(true)
  child.kill('SIGKILL')
  expect(readFileSync(part, 'utf8')).toBe('hash\n')
  process.kill(Number(readFileSync(`${directory}/pid`, 'utf8')), 'SIGKILL')
  const journal = openJournal(`${directory}/state`)
  const options = { executor: executor(directory), journal, live: false as const, say: () => {} }
  await undoChanges(await journal.open(), options)
  expect(existsSync(part)).toBe(false)
  expect(await journal.open()).toEqual([])
})
