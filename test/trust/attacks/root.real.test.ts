/** Root runs nothing and keeps nothing that another account chose. */
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { because, notRoot } from '../../helpers/needs.ts'
import { runCli } from '../../helpers/run-cli.ts'
import { scratch } from '../../helpers/scratch.ts'
import { runBundle } from './run-bundle.ts'

/** A directory of another user with programs that leave a mark when they are started. */
const hostile = (...programs: readonly string[]) => {
  const root = scratch()
  const directory = `${root}/bin`
  chmodSync(root, 0o755)
  mkdirSync(directory)
  for (const name of programs) {
    writeFileSync(`${directory}/${name}`, `#!/bin/sh\n: > ${root}/attacked\necho ATTACKED\n`)
    chmodSync(`${directory}/${name}`, 0o755)
  }
  chownSync(directory, 12345, 12345)
  return { directory, path: `${directory}:${process.env.PATH}`, attacked: `${root}/attacked` }
}

describe.skipIf(notRoot)(`a directory of another user in PATH${because(notRoot)}`, () => {
  it('gives no program to a step of root', async () => {
    const { path, attacked } = hostile('id', 'env')
    const source = `
import { runCommand } from './src/apply/run-step.ts'
const executor = { rootPrefix: [], bash: '/bin/bash', logDir: '/nonexistent', signal: new AbortController().signal }
const run = (argv) => runCommand({ argv, root: true }, executor, () => {}).then((text) => process.stdout.write(text))
run(['id', '-u']).then(() => run(['env'])).then(() => run(['sh', '-c', 'env --version | head -1']))`
    const printed = await runBundle(source, { env: { PATH: path } })
    expect(printed).toMatch(/^0\n/)
    expect(printed).toContain('coreutils')
    expect(existsSync(attacked)).toBe(false)
  })

  it('gives no sudo', async () => {
    const { path, directory, attacked } = hostile('sudo')
    const source = `
import { passwordlessRoot } from './src/apply/root.ts'
import { createHost } from './src/host/host.ts'
const user = { uid: 1000, gid: 1000, name: 'x', home: '/', groups: [], viaSudo: false }
const host = createHost(user, process.env, 60_000, new AbortController().signal)
passwordlessRoot(host).then((prefix) => process.stdout.write(JSON.stringify(prefix)))`
    expect(await runBundle(source, { env: { PATH: path } })).not.toContain(directory)
    expect(existsSync(attacked)).toBe(false)
  })

  it('gives no path to a rule that udev keeps', async () => {
    const { path, directory } = hostile('setfacl')
    const source = `
import { kvmAccess } from './fixes/kvm-access.ts'
import { createHost } from './src/host/host.ts'
const user = { uid: 1000, gid: 1000, name: 'x', home: '/', groups: [], viaSudo: false }
const real = createHost(user, process.env, 60_000, new AbortController().signal)
// As if udev ran here.
const host = { ...real, stat: async () => ({}), readText: async () => 'kvm:x:106:' }
kvmAccess.survey(host, {}, {}).then((survey) => {
  const steps = kvmAccess.plan({ user: 'x', inGroup: true, groupOwns: true }, {}, survey)
  process.stdout.write(steps[0].content)
})`
    const rule = await runBundle(source, { env: { PATH: path } })
    expect(rule).toContain('RUN="/')
    expect(rule).not.toContain(directory)
  })

  it('gives no program to a check of root', async () => {
    const { path, attacked } = hostile('qemu-img', 'ip')
    const checks = ['check', '--only', 'qemu-utils', '--only', 'iproute2']
    const { code } = await runCli(checks, { env: { PATH: path } })
    expect([0, 1]).toContain(code)
    expect(existsSync(attacked)).toBe(false)
  })
})

describe('setcap', () => {
  it.each([
    ['the directory', 0o777, 0o755],
    ['the file', 0o755, 0o757],
  ])('is refused for a binary of which every user may write %s', async (_what, directoryMode, fileMode) => {
    const directory = scratch()
    chmodSync(directory, directoryMode)
    writeFileSync(`${directory}/cloud-hypervisor`, '')
    chmodSync(`${directory}/cloud-hypervisor`, fileMode)
    const source = `
import { setcap } from './fixes/setcap.ts'
import { createHost } from './src/host/host.ts'
const user = { uid: process.getuid(), gid: 0, name: 'x', home: '/', groups: [], viaSudo: false }
const host = createHost(user, process.env, 60_000, new AbortController().signal)
const args = { path: ${JSON.stringify(`${directory}/cloud-hypervisor`)} }
setcap.survey(host, args, {}).then((survey) => process.stdout.write(JSON.stringify(setcap.plan(args, {}, survey))))`
    const [step] = JSON.parse(await runBundle(source))
    expect(step).toMatchObject({
      kind: 'manual',
      text: expect.stringContaining(`every user may write ${directory}`),
    })
  })
})

describe.skipIf(notRoot)(`root${because(notRoot)}`, () => {
  it.each(['3999999', 'sky'])('does not stay root for SUDO_UID=%s', async (SUDO_UID) => {
    const { code, stderr, stdout } = await runCli(['check', '--only', 'platform'], { env: { SUDO_UID } })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trim().split('\n')).toEqual([
      `chv-doctor: SUDO_UID is ${SUDO_UID}, and this host has no such user to act for: run chv-doctor as that user, or as root with \`env -u SUDO_UID chv-doctor\`.`,
    ])
  })

  it.each([
    ['HOME', (home: string) => ({ HOME: home })],
    ['XDG_STATE_HOME', (home: string) => ({ XDG_STATE_HOME: `${home}/.local/state` })],
  ])('undoes nothing that the journal of another user says (%s)', async (name, env) => {
    const home = scratch()
    const attacked = `${home}/attacked`
    const state = `${home}/.local/state/chv-doctor`
    mkdirSync(state, { recursive: true })
    const undo = { kind: 'run', argvs: [['touch', attacked]], root: true }
    const change = { event: 'started', id: 'a', at: '2026-01-01T00:00:00Z', fix: 'setcap', why: 'x', undo }
    writeFileSync(`${state}/journal.jsonl`, `${JSON.stringify(change)}\n`)
    for (const path of ['', '/.local', '/.local/state', '/.local/state/chv-doctor'])
      chownSync(home + path, 12345, 12345)
    chownSync(`${state}/journal.jsonl`, 12345, 12345)
    const { stdout, stderr } = await runCli(['undo', '--yes'], { env: env(home) })
    expect(existsSync(attacked)).toBe(false)
    expect(stdout).not.toContain('touch')
    expect(stderr).toContain(`Note: ${name} is ${home}`)
    expect(stderr).toContain('belongs to user 12345')
  })
})
