import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'

describe('help', () => {
  it('of a command is the same by its flag, and begins with what people type', async () => {
    const { stdout, code } = await runCli(['help', 'check'])
    expect([
      (await runCli(['check', '--help'])).stdout,
      (await runCli(['-h', 'check'])).stdout,
      code,
    ]).toEqual([stdout, stdout, 0])
    expect(stdout).toMatch(/^Usage: chv-doctor check \[ID…\] \[flags\]\n\n {2}chv-doctor check +the answer/)
    const [, documentation = ''] = /Documentation:\n {2}(\S+)/.exec(stdout) ?? []
    expect(existsSync(documentation)).toBe(true)
  })

  it('alone is that of the program; of no command it is one sentence', async () => {
    expect((await runCli(['help'])).stdout).toBe((await runCli(['--help'])).stdout)
    const { stderr, code } = await runCli(['help', 'chekc'])
    expect([stderr, code]).toEqual(['chv-doctor: There is no command "chekc"; did you mean "check"?\n', 2])
  })

  it('is ASCII in a C locale', async () => {
    const { stdout } = await runCli(['help', 'check'], { env: { LANG: '', LC_ALL: 'C' } })
    expect(stdout).toContain('Usage: chv-doctor check [ID...] [flags]')
  })
})

it('version is the same as --version', async () => {
  const { stdout, code } = await runCli(['version'])
  expect([stdout, code]).toEqual([(await runCli(['--version'])).stdout, 0])
})

const noBash = missing('bash')
it.skipIf(noBash)(`a result that cannot be written is an error${because(noBash)}`, () => {
  for (const args of ['check', 'list', 'help', 'explain kvm']) {
    const command = `${process.execPath} ${repository}/dist/cli.js ${args} > /dev/full`
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toBe('chv-doctor: Standard output cannot be written (ENOSPC).\n')
  }
})
