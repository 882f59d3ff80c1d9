/** `stop`, with a process that stands in for Cloud Hypervisor and obeys only some of the ways, and with the real one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { guestName } from '../../src/hypervisor/api-socket.ts'
import { realHypervisor, whyNoGuest } from '../e2e/fixtures.ts'
import { type Act, guestThat, hang, off, say, wait } from '../helpers/acting-guest.ts'
import { configWith } from '../helpers/config.ts'
import { repository } from '../helpers/disposable-host.ts'
import { run } from '../helpers/images.ts'
import { because, missing } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

/** Answers as the real one: its process id to a question, nothing once it ends. */
const vmm = `
const [, , path, obeys, after = 0] = process.argv
const socket = path.replace('path=', '')
let calls = 0
require('http').createServer((request, answer) => {
  if (request.method === 'GET') return answer.end(JSON.stringify({ pid: process.pid }))
  require('fs').appendFileSync(socket + '.log', request.url + '\\n')
  if (request.url.endsWith(obeys) && ++calls > after) return process.exit(0)
  answer.writeHead(204).end()
}).listen(socket, () => console.log('ready'))
if (obeys !== 'SIGTERM') process.on('SIGTERM', () => {})
`

/** A home with a guest: its directory, and the path of its API socket. */
const newGuest = (lines: readonly string[] = []) => {
  const home = scratch()
  const data_dir = `${home}/data`
  const disk = `${home}/disk.raw`
  mkdirSync(`${data_dir}/run`, { recursive: true, mode: 0o700 })
  mkdirSync(`${home}/.config/chv-doctor`, { recursive: true })
  writeFileSync(
    `${home}/.config/chv-doctor/chv-doctor.yaml`,
    ['network: none', `data_dir: ${data_dir}`, `disk: ${disk}`, ...lines, ''].join('\n'),
  )
  return { home, disk, socket: `${data_dir}/run/${guestName(configWith({ disk }))}.sock` }
}

const ended = (child: ChildProcess) =>
  new Promise<number | string | null>((resolve) =>
    child.on('exit', (code, signal) => resolve(signal ?? code)),
  )

const standIn = async (obeys: string, after = 0) => {
  const guest = newGuest()
  writeFileSync(`${guest.home}/vmm.cjs`, vmm)
  const child = spawn(process.execPath, [`${guest.home}/vmm.cjs`, `path=${guest.socket}`, obeys, `${after}`])
  onTestFinished(() => void child.kill('SIGKILL'))
  const end = ended(child)
  await new Promise((resolve) => child.stdout.once('data', resolve))
  const asked = () => readFileSync(`${guest.socket}.log`, 'utf8').trim().split('\n')
  return {
    ...guest,
    end,
    asked,
    stop: (...args: string[]) => runCli(['stop', ...args], { home: guest.home }),
  }
}

const button = '/api/v1/vm.power-button'
const shutdown = '/api/v1/vmm.shutdown'

describe('stop', () => {
  it('presses the power button, waits, and says what happened', async () => {
    const { stop, end, asked } = await standIn('vm.power-button')
    const { code, stdout, stderr } = await stop()
    expect([code, stderr]).toEqual([0, 'Pressing the power button of the guest.\n'])
    expect(stdout).toMatch(/^The guest powered off, after [\d.]+ m?s\.\n$/)
    expect([await end, asked()]).toEqual([0, [button]])
  })

  it('presses again: the first press of a guest that is booting is lost', async () => {
    const { stop, asked } = await standIn('vm.power-button', 1)
    expect(await stop()).toMatchObject({ code: 0, stdout: expect.stringMatching(/powered off, after [5-9]/) })
    expect(asked()).toEqual([button, button])
  })

  it('leaves a guest that does not react, says so, and ends it when told', async () => {
    const { stop, end, asked } = await standIn('vmm.shutdown')
    const left = await stop('--wait', '1')
    expect([left.code, left.stdout]).toEqual([1, ''])
    expect(left.stderr.replaceAll(/\s+/g, ' ')).toContain(
      'The guest did not power off within 1.0 s: it may still be booting, or ignore its power button.',
    )
    expect(asked()).toEqual([button])
    const forced = await stop('--force', '--wait', '0')
    expect([forced.code, forced.stderr]).toEqual([0, ''])
    expect(forced.stdout).toContain('The guest was ended through its API: a power cut for it, after')
    expect([await end, asked()]).toEqual([0, [button, shutdown]])
  })

  it('goes on to signals where its API does nothing', async () => {
    const { stop, end } = await standIn('SIGTERM')
    expect(await stop('--force', '--wait', '0')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('by SIGTERM'),
    })
    expect(await end).toBe('SIGTERM')
  }, 60_000)

  it('has nothing to do where none runs, also beside a socket that was left', async () => {
    const { home, socket } = newGuest()
    const nothing = { code: 0, stdout: 'The guest is not running.\n', stderr: '' }
    expect(await runCli(['stop'], { home })).toEqual(nothing)
    writeFileSync(socket, '')
    expect(await runCli(['stop'], { home })).toEqual(nothing)
    expect(existsSync(socket)).toBe(true)
    const second = await runCli(['stop', '--guest', '2'], { home: newGuest().home })
    expect([second.code, second.stdout]).toEqual([2, ''])
  })

  it('refuses a time that is none', async () => {
    const { code, stderr } = await runCli(['stop', '--wait', 'soon'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('--wait is "soon"')])
    expect(await runCli(['stop', '--wait', '0'])).toMatchObject({ code: 2 })
  })
})

const whyNot = whyNoGuest ?? missing('sfdisk', 'mkdosfs', 'mcopy')

/** Starts a guest with `boot`, off a terminal. */
const boot = async (...acts: readonly Act[]) => {
  const guest = newGuest([
    `hypervisor: ${realHypervisor}`,
    'memory: 128M',
    'cpus: 1',
    // This host's own peculiarities are none of this test's business.
    'ignore: { kvm: test, memory: test, firmware: test }',
  ])
  const { home } = guest
  writeFileSync(`${home}/data/CLOUDHV.fd`, guestThat(...acts))
  run('truncate', ['-s', '8M', guest.disk])
  run('sfdisk', ['--quiet', guest.disk], 'label: gpt\nsize=2M, type=uefi\n')
  const env = { PATH: process.env.PATH ?? '', HOME: home }
  const cli = `${repository}/dist/cli.js`
  const made = spawnSync(process.execPath, [cli, 'fix', 'cloud-init', '--yes'], { cwd: home, env })
  expect(made.status, String(made.stderr)).toBe(0)
  const child = spawn(process.execPath, [cli, 'boot'], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const end = ended(child)
  let stderr = ''
  child.stderr.on('data', (part) => {
    stderr += part
  })
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), end])
  return {
    ...guest,
    end,
    said: () => stderr,
    stop: (...args: string[]) => runCli(['stop', ...args], { home }),
  }
}

describe.skipIf(whyNot)(`stop and the real Cloud Hypervisor${because(whyNot)}`, () => {
  it('finds the guest that boot started, and ends it by force', async () => {
    const { stop, end, socket, said } = await boot(wait(300), say('\r\nup\r\n'), hang)
    expect(existsSync(socket), said()).toBe(true)
    expect(said().replaceAll(/\s+/g, ' ')).toMatch(
      /or `\S.* stop` in another terminal; `kill \d+` cuts its power/,
    )
    expect(await stop('--wait', '1')).toMatchObject({ code: 1, stdout: '' })
    expect(await stop('--force', '--wait', '1')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('through its API'),
    })
    expect(await end).toBe(0)
    // Neither the socket nor its lock is left.
    expect([existsSync(socket), existsSync(`${socket}.lock`)]).toEqual([false, false])
    expect(await stop()).toMatchObject({ code: 0, stdout: 'The guest is not running.\n' })
  })

  it('sees a guest that powers off while it waits', async () => {
    const { stop, end } = await boot(wait(300), say('\r\nup\r\n'), wait(4000), off)
    expect(await stop()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The guest powered off, after/),
    })
    expect(await end).toBe(0)
  })

  it('names a machine on the disk that was started in another way', async () => {
    const { disk, home } = newGuest()
    run('truncate', ['-s', '8M', disk])
    writeFileSync(`${home}/guest.elf`, guestThat(say('\r\nup\r\n'), hang))
    const args = ['--kernel', `${home}/guest.elf`, '--disk', `path=${disk}`, '--memory', 'size=128M']
    const child = spawn(realHypervisor ?? '', [...args, '--serial', 'tty', '--console', 'off'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    const { code, stderr } = await runCli(['stop'], { home })
    expect([code, stderr]).toEqual([1, expect.stringContaining(`a VM is using ${disk}`)])
  })
})
