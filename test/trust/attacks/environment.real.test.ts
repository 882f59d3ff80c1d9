/** The environment and the working directory choose no program and load no code into one. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import which from 'which'
import { scratch } from '../../helpers/scratch.ts'
import { runBundle } from './run-bundle.ts'

/** A directory that was "just cloned", with programs and modules of an attacker. */
const hostile = () => {
  const directory = scratch()
  for (const name of ['ip', 'env', 'bin/id']) {
    mkdirSync(`${directory}/bin`, { recursive: true })
    writeFileSync(`${directory}/${name}`, '#!/bin/sh\necho ATTACKED\n')
    chmodSync(`${directory}/${name}`, 0o755)
  }
  writeFileSync(`${directory}/Evil.pm`, 'package Evil; BEGIN { print "ATTACKED\\n" } 1;\n')
  for (const name of ['struct.py', 'fcntl.py', 'ctypes.py'])
    writeFileSync(`${directory}/${name}`, 'print("hash=ATTACKED", flush=True)\n')
  return directory
}

const asUser = `
import { createHost } from './src/host/host.ts'
const user = { uid: process.getuid(), gid: 0, name: 'test', home: '/', groups: [], viaSudo: false }
const host = createHost(user, process.env, 60_000, new AbortController().signal)
const ask = (argv) => host.run(argv).then(({ stdout }) => process.stdout.write(stdout))
`

it('relative and empty entries of PATH start nothing', async () => {
  const directory = hostile()
  const path = `${process.env.PATH}`
  for (const entries of ['', '.', './', 'bin', '../x/..']) {
    const source = `${asUser}; Promise.all([ask(['env', '--version']), ask(['id', '-u'])])`
    const printed = await runBundle(source, { cwd: directory, env: { PATH: `${entries}:${path}` } })
    expect(printed).not.toContain('ATTACKED')
    expect(printed).toContain('coreutils')
  }
})

it('the steps of a fix get no such PATH either, and no variable that loads code', async () => {
  const directory = hostile()
  writeFileSync(`${directory}/rc`, 'echo ATTACKED\n')
  const source = `
import { runCommand } from './src/apply/run-step.ts'
const hands = { rootPrefix: [], bash: '/bin/bash', logDir: '/nonexistent', signal: new AbortController().signal }
const run = (argv) => runCommand({ argv, root: false }, hands, () => {})
Promise.all([run(['env']), run(['perl', '-e', 'print "perl\\\\n"']), run(['bash', '-c', 'echo bash'])])
  .then((texts) => process.stdout.write(texts.join('')))`
  const env = {
    PATH: `:${process.env.PATH}`,
    ...{ PERL5OPT: '-MEvil', PERL5LIB: directory, BASH_ENV: `${directory}/rc`, ENV: `${directory}/rc` },
    ...{
      GIT_SSH_COMMAND: 'ATTACKED',
      LD_LIBRARY_PATH: directory,
      'BASH_FUNC_env%%': '() { echo ATTACKED; }',
    },
    ...{ https_proxy: 'http://proxy.example:3128' },
  }
  const printed = await runBundle(source, { cwd: directory, env })
  expect(printed).toMatch(/perl\nbash\n$/)
  expect(printed).not.toMatch(/ATTACKED|PERL5|LD_LIBRARY_PATH|BASH_ENV/)
  expect(printed).toContain('https_proxy=http://proxy.example:3128')
})

it('a step with standard input reads no ~/.bashrc', async () => {
  const directory = hostile()
  writeFileSync(`${directory}/.bashrc`, 'echo ATTACKED\n')
  const source = `
import { runCommand } from './src/apply/run-step.ts'
const hands = { rootPrefix: [], bash: '/bin/bash', logDir: '/nonexistent', signal: new AbortController().signal }
runCommand({ argv: ['cat'], root: false }, hands, () => {}, 'typed').then((text) => process.stdout.write(text))`
  const env = { HOME: directory }
  expect(await runBundle(source, { cwd: directory, env })).toBe('typed')
})

it('programs that look at the host get none', async () => {
  const directory = hostile()
  const source = `${asUser}; ask(['perl', '-e', 'print "done"'])`
  const env = { PERL5OPT: '-MEvil', PERL5LIB: directory }
  expect(await runBundle(source, { cwd: directory, env })).toBe('done')
})

it('python imports nothing from the working directory or the user', async () => {
  const directory = hostile()
  const python = await which('python3')
  const source = `
import { createKernelHelper } from './src/host/kernel-helper.ts'
const helper = createKernelHelper(async (name) => name === 'python3' ? ${JSON.stringify(python)} : null, 'x86_64')
helper.ask('crypt salt 61').then((answer) => process.stdout.write(JSON.stringify(answer))).finally(() => helper.close())`
  const env = { PYTHONPATH: directory, PYTHONSTARTUP: `${directory}/struct.py` }
  const printed = await runBundle(source, { cwd: directory, env })
  expect(printed).not.toContain('ATTACKED')
  expect(JSON.parse(printed).hash).toMatch(/^\$6\$salt\$/)
})
