/** ch-remote beside the real Cloud Hypervisor: fetched, verified, compared, and used. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { realHypervisor, whyNoGuest } from '../e2e/fixtures.ts'
import { guestThat, hang, say } from '../helpers/acting-guest.ts'
import { because } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const remote = realHypervisor === null ? '' : `${dirname(realHypervisor)}/ch-remote`
const whyNot = whyNoGuest ?? (existsSync(remote) ? null : 'no ch-remote beside the real Cloud Hypervisor')

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** A home where both come from files. */
const prepared = (remoteDigest: string) => {
  const home = scratch()
  mkdirSync(`${home}/.config/chv-doctor`, { recursive: true })
  writeFileSync(
    `${home}/.config/chv-doctor/chv-doctor.yaml`,
    [
      `hypervisor_url: file://${realHypervisor}`,
      `hypervisor_sha256: ${digest(realHypervisor ?? '')}`,
      `ch_remote_url: file://${remote}`,
      `ch_remote_sha256: ${remoteDigest}`,
      '',
    ].join('\n'),
  )
  const bin = `${home}/.local/share/chv-doctor/bin`
  const codeOf = async () => {
    const { stdout } = await runCli(['check', 'cloud-hypervisor', '--format', 'json'], { home })
    const [result] = JSON.parse(stdout).results
    return result.code ?? result.status
  }
  return { home, bin, codeOf, fix: () => runCli(['fix', 'cloud-hypervisor', '--yes'], { home }) }
}

describe.skipIf(whyNot)(`ch-remote${because(whyNot)}`, () => {
  it('is installed with the binary, and again where it is gone or of another release', async () => {
    const { bin, codeOf, fix } = prepared(digest(remote))
    expect(await codeOf()).toBe('cloud-hypervisor/missing')
    expect(await fix()).toMatchObject({ code: 0 })
    expect(await codeOf()).toBe('ok')
    expect(digest(`${bin}/ch-remote`)).toBe(digest(remote))
    rmSync(`${bin}/ch-remote`)
    expect(await codeOf()).toBe('cloud-hypervisor/remote-missing')
    expect(await fix()).toMatchObject({ code: 0 })
    writeFileSync(`${bin}/ch-remote`, '#!/bin/sh\necho ch-remote v52.0\n')
    expect(await codeOf()).toBe('cloud-hypervisor/remote-other-release')
    expect(await fix()).toMatchObject({ code: 0 })
    expect(await codeOf()).toBe('ok')
    // The binary itself verified, and was left as it was.
    expect(existsSync(`${bin}/cloud-hypervisor.old-1`)).toBe(false)
  })

  it('is not installed when it does not verify', async () => {
    const { bin, fix } = prepared('a'.repeat(64))
    expect(await fix()).toMatchObject({ code: 5 })
    expect(existsSync(`${bin}/ch-remote`)).toBe(false)
  })

  it('speaks to the guest that the binary runs', async () => {
    const place = scratch()
    writeFileSync(`${place}/guest.elf`, guestThat(say('\r\nup\r\n'), hang))
    const api = ['--api-socket', `${place}/api`]
    const args = [
      '--kernel',
      `${place}/guest.elf`,
      '--memory',
      'size=64M',
      '--serial',
      'tty',
      '--console',
      'off',
    ]
    const child = spawn(realHypervisor ?? '', [...args, ...api], { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise((resolve) => child.on('exit', resolve))
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    const ask = (action: string) => spawnSync(remote, [...api, action], { encoding: 'utf8' })
    expect(JSON.parse(ask('ping').stdout)).toMatchObject({ pid: child.pid })
    expect(ask('power-button').status).toBe(0)
    expect(ask('shutdown-vmm').status).toBe(0)
    expect(await ended).toBe(0)
  })
})
