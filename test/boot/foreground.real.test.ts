/** `boot` on a real terminal (tmux, 80 columns) with the real Cloud Hypervisor and tiny guests. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { realHypervisor, whyNoGuest } from '../e2e/fixtures.ts'
import { guestThat, hang, off, say, wait } from '../helpers/acting-guest.ts'
import { repository } from '../helpers/disposable-host.ts'
import { run } from '../helpers/images.ts'
import { because } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'
import { openTerminal } from '../helpers/terminal.ts'

const why = whyNoGuest ?? (spawnSync('tmux', ['-V']).status === 0 ? null : 'no tmux')

// Not at once: Cloud Hypervisor's own first warnings would come into the middle of the line.
const greeting = [wait(700), say('\r\nhello from the guest\r\n')]

const guests = {
  leaves: guestThat(...greeting, wait(300), off),
  talks: guestThat(
    ...Array.from({ length: 8 }, () => [say('still busy\r\n'), wait(250)]).flat(),
    say('\r\ncloud login: '),
    ...Array.from({ length: 20 }, () => [say('\r\nstill busy\r\n'), wait(250)]).flat(),
    hang,
  ),
  stays: guestThat(...greeting, hang),
}

/** A directory with a configuration that boots one of the guests. */
const prepared = (guest: keyof typeof guests, { seed = true, lines = [] as readonly string[] } = {}) => {
  const place = scratch()
  writeFileSync(`${place}/guest.elf`, guests[guest])
  run('truncate', ['-s', '8M', `${place}/disk.raw`])
  run('sfdisk', ['--quiet', `${place}/disk.raw`], 'label: gpt\nsize=2M, type=uefi\n')
  mkdirSync(`${place}/.config/chv-doctor`, { recursive: true })
  writeFileSync(
    `${place}/.config/chv-doctor/chv-doctor.yaml`,
    [
      `hypervisor: ${realHypervisor}`,
      `data_dir: ${place}/data`,
      `firmware: ${place}/guest.elf`,
      `disk: ${place}/disk.raw`,
      `seed: ${place}/seed.img`,
      'network: none',
      'memory: 128M',
      'cpus: 1',
      // This host's own peculiarities are none of this test's business.
      'ignore: { kvm: test, memory: test, firmware: test }',
      ...lines,
      '',
    ].join('\n'),
  )
  if (seed) {
    const made = spawnSync(process.execPath, [`${repository}/dist/cli.js`, 'fix', 'cloud-init', '--yes'], {
      cwd: place,
      env: { PATH: process.env.PATH ?? '', HOME: place },
    })
    expect(made.status, String(made.stderr)).toBe(0)
  }
  return place
}

/** A shell on a terminal of its own, in a directory. */
const terminal = (directory: string) => {
  const doctor = `${process.execPath} ${repository}/dist/cli.js`
  const env = `env -i HOME=${directory} HISTFILE= TERM=screen-256color LANG=C.UTF-8 PATH=${process.env.PATH} PS1='ready> ' D='${doctor}'`
  return openTerminal({ directory, command: `${env} bash --norc`, size: [80, 50], history: true })
}

/** The process of Cloud Hypervisor that uses a directory. */
const vmm = (place: string): number[] =>
  spawnSync('pgrep', ['-f', `^${realHypervisor} .*${place}/disk.raw`], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number)

const sameModes = (place: string) =>
  expect(readFileSync(`${place}/modes.2`, 'utf8')).toBe(readFileSync(`${place}/modes.1`, 'utf8'))

describe.skipIf(why)(`boot on a terminal${because(why)}`, () => {
  it('shows the guest, gives the terminal back as it was, and ends with 0', async () => {
    const place = prepared('leaves')
    const { type, shows } = terminal(place)
    await shows('ready>')
    type('stty -g > modes.1; $D boot; echo code $?; stty -g > modes.2', 'Enter')
    const screen = await shows('code 0')
    expect(screen).toMatch(/Cloud Hypervisor \S+ starts the guest; its console follows\. Log in as cloud\./)
    expect(screen).toContain('hello from the guest')
    await shows(/code 0\s+ready>/)
    sameModes(place)
  })

  it('gives Ctrl-C to the guest, ends by a signal, and restores the terminal', async () => {
    const place = prepared('stays')
    const { type, shows } = terminal(place)
    await shows('ready>')
    type('stty -g > modes.1; $D boot; echo code $?; stty -g > modes.2', 'Enter')
    const screen = await shows('hello from the guest')
    type('C-c')
    type('C-z')
    const doctor = Number(/kill (\d+)/.exec(screen)?.[1])
    expect(vmm(place)).toHaveLength(1)
    process.kill(doctor, 'SIGTERM')
    await shows(/code 130\s+ready>/)
    sameModes(place)
    expect(vmm(place)).toEqual([])
  })

  it('restores the terminal when Cloud Hypervisor is killed, and says that it failed', async () => {
    const place = prepared('stays')
    const { type, shows } = terminal(place)
    await shows('ready>')
    type('stty -g > modes.1; $D boot; echo code $?; stty -g > modes.2', 'Enter')
    await shows('hello from the guest')
    for (const pid of vmm(place)) process.kill(pid, 'SIGKILL')
    await shows(/code 1\s+ready>/)
    sameModes(place)
  })

  it('explains a failure under what Cloud Hypervisor says', async () => {
    const place = prepared('leaves')
    const { type, shows } = terminal(place)
    await shows('ready>')
    type('$D boot -- --rng src=/nonexistent; echo code $?', 'Enter')
    const screen = await shows(/code 1\s+ready>/)
    expect(screen).toContain('Error: Cloud Hypervisor exited with')
    expect(screen.indexOf('  why')).toBeGreaterThan(screen.indexOf('Error: Cloud Hypervisor exited'))
    expect(screen).toMatch(/^ {2}do {4}\S/m)
  })

  it('offers the fix of what would make it fail, and goes on to the guest', async () => {
    const place = prepared('leaves', { seed: false })
    const { type, shows } = terminal(place)
    await shows('ready>')
    type('$D boot; echo code $?', 'Enter')
    const asked = await shows('Which fixes should be applied?')
    expect(asked).toMatch(/FAIL +cloud-init/)
    type('Enter')
    const screen = await shows(/code 0\s+ready>/)
    expect(screen).toContain('hello from the guest')
    expect(existsSync(`${place}/seed.img`)).toBe(true)
  })
})

describe.skipIf(why)(`boot --verify on a terminal${because(why)}`, () => {
  it('draws the steps as they come, and leaves the timeline', async () => {
    const place = prepared('talks', { lines: ['boot_timeout: 6'] })
    const { type, shows } = terminal(place)
    await shows('ready>')
    type('$D boot --verify; echo code $?', 'Enter')
    await shows(/login prompt[\s\S]*still busy/)
    const screen = await shows(/code 1\s+ready>/)
    expect(screen).toMatch(/^ {2}ok {3}login prompt/m)
    expect(screen).toMatch(/^ {2}FAIL cloud-init finished +not seen$/m)
    expect(screen).toContain('The guest shows a login prompt, but cloud-init has not finished.')
    expect(screen).not.toContain('Error')
  })
})

describe.skipIf(why)(`boot off a terminal${because(why)}`, () => {
  const cli = (place: string, ...args: string[]) => runCli(args, { cwd: place, home: place })

  it('passes the console to standard output, and everything else to standard error', async () => {
    const { code, stdout, stderr } = await cli(prepared('leaves'), 'boot')
    expect([code, stdout.trim()]).toEqual([0, 'hello from the guest'])
    expect(stderr).toContain('starts the guest')
  })

  it('refuses what would fail, and says what repairs it', async () => {
    const { code, stdout, stderr } = await cli(prepared('leaves', { seed: false }), 'boot')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/FAIL +cloud-init/)
    expect(stderr).toContain('Not started: cloud-init failed. `chv-doctor fix` repairs')
  })

  it('starts all the same with --skip, and explains the failure', async () => {
    const { code, stderr } = await cli(prepared('leaves', { seed: false }), 'boot', '--skip', 'cloud-init')
    expect(code).toBe(1)
    expect(stderr).toMatch(/seed\.img/)
    expect(stderr).toMatch(/^ {2}why {3}\S/m)
  })

  it('does not disturb a machine that uses the disk', async () => {
    const place = prepared('stays')
    const first = terminal(place)
    await first.shows('ready>')
    first.type('$D boot', 'Enter')
    await first.shows('hello from the guest')
    const { code, stderr } = await cli(place, 'boot')
    expect([code, stderr]).toEqual([1, expect.stringContaining(`a VM is using ${place}/disk.raw`)])
    const { stdout } = await cli(place, 'check', '--verbose', 'boot-probe')
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('skip boot-probe a VM is using')
    for (const pid of vmm(place)) process.kill(pid, 'SIGTERM')
  })

  it('prints a command that a shell takes', async () => {
    const place = prepared('leaves')
    const { code, stdout } = await cli(place, 'boot', '--print', '--', '--cpus', 'boot=1')
    expect(code).toBe(0)
    const pasted = spawnSync('sh', ['-c', stdout], { encoding: 'utf8' })
    expect([pasted.status, pasted.stdout.trim()]).toEqual([0, 'hello from the guest'])
  })
})
