/**
 * `boot --verify` with the real Cloud Hypervisor and tiny guests that act like a booting system: they
 * print what one prints, and stop where one stops. The network is a private namespace in which this
 * host itself answers for the guest.
 */

import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/boot/outcome.ts'
import { realHypervisor, whyNoLab as why } from '../e2e/fixtures.ts'
import { guestThat, hang, off, reset, say, wait } from '../helpers/acting-guest.ts'
import { repository } from '../helpers/disposable-host.ts'
import { run } from '../helpers/images.ts'
import { because } from '../helpers/needs.ts'

const firmware = say('BdsDxe: starting Boot0001 "UEFI Misc Device"\r\n')
const kernel = say('[    0.000000] Linux version 6.1.0-40-cloud-amd64\r\n')
const login = say('\r\nDebian GNU/Linux 12 cloud ttyS0\r\n\r\ncloud login: ')
const finished = say(
  '\r\n[   20.1] cloud-init[500]: Cloud-init v. 22.4.2 finished at Mon, 23 Nov 2026 15:00:00 +0000. Datasource DataSourceNoCloud [seed=/dev/vdb][dsmode=net].  Up 20.10 seconds\r\n',
)

const guests: Readonly<Record<string, Uint8Array>> = {
  good: guestThat(firmware, wait(200), kernel, wait(200), login, wait(200), finished, hang),
  slow: guestThat(
    firmware,
    kernel,
    ...Array.from({ length: 60 }, () => [say('[    5.0] still busy\r\n'), wait(500)]).flat(),
    hang,
  ),
  panic: guestThat(
    kernel,
    say('Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\r\n'),
    hang,
  ),
  empty: guestThat(say('BdsDxe: failed to load Boot0001\r\n\r\n>>Start PXE over IPv4.\r\n'), hang),
  resets: guestThat(firmware, kernel, wait(50), reset),
  leaves: guestThat(firmware, kernel, wait(100), off),
  mute: guestThat(hang),
  unfinished: guestThat(firmware, kernel, login, hang),
}

const place = why ? '' : mkdtempSync(`${tmpdir()}/chv-doctor-verify-`)

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outcome: Outcome
}

/** @param setup bash, as root in a private network namespace */
const verify = (
  guest: string,
  keys: readonly string[],
  setup = '',
  args: readonly string[] = ['--format', 'json'],
) =>
  new Promise<Ran>((resolve) => {
    const set = [
      `hypervisor=${realHypervisor}`,
      `firmware=${place}/${guest}.elf`,
      `kernel=${place}/${guest}.elf`,
      `disk=${place}/disk.raw`,
      `seed=${place}/seed.img`,
      'memory=128M',
      'cpus=1',
      ...keys,
    ].flatMap((key) => ['--set', key])
    const skip = ['cloud-init', 'disk-image', 'firmware', 'kvm', 'memory'].flatMap((id) => ['--skip', id])
    const child = spawn(
      'unshare',
      [
        '--net',
        '--mount',
        '--pid',
        '--fork',
        '--kill-child',
        '--mount-proc',
        'bash',
        '-c',
        `set -e; ip link set lo up; ${setup}\nexec "$@"`,
        'verify',
        process.execPath,
        `${repository}/dist/cli.js`,
        'boot',
        '--verify',
        ...skip,
        ...args,
        ...set,
      ],
      {
        cwd: place,
        env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, HOME: place, XDG_RUNTIME_DIR: place },
      },
    )
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data) => {
      stdout += data
    })
    child.stderr.on('data', (data) => {
      stderr += data
    })
    child.on('close', (code) => {
      const outcome = stdout.startsWith('{') ? (JSON.parse(stdout) as Outcome) : (undefined as never)
      resolve({ code, stdout, stderr, outcome })
    })
  })

const expectValid = (outcome: Outcome) => {
  const schema = JSON.parse(readFileSync(`${repository}/docs/boot.schema.json`, 'utf8'))
  const valid = new Ajv({ allErrors: true }).compile(schema)
  expect(valid(outcome), JSON.stringify(valid.errors)).toBe(true)
}

const none = ['network=none']
const states = ({ timeline }: Outcome) =>
  Object.fromEntries(timeline.map(({ milestone, state }) => [milestone, state]))

// 192.168.249.2 is an address of this namespace: the host answers where a guest would.
const answering = (port: string) => `
ip tuntap add dev vm-tap0 mode tap; ip link set vm-tap0 up; ip addr add 192.168.249.1/24 dev vm-tap0
ip addr add 192.168.249.2/32 dev lo
${port}`
const ssh = `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => 22, Listen => 5, ReuseAddr => 1) or die $!; open(F, ">ready"); close F; while ($c = $s->accept) { print $c "SSH-2.0-Test\\r\\n"; close $c }' & until [ -e ready ]; do sleep 0.02; done`

describe.skipIf(why)(`boot --verify${because(why)}`, () => {
  beforeAll(() => {
    for (const [name, bytes] of Object.entries(guests)) writeFileSync(`${place}/${name}.elf`, bytes)
    run('truncate', ['-s', '8M', `${place}/disk.raw`])
    run('mkdosfs', ['-n', 'CIDATA', '-C', `${place}/seed.img`, '1024'])
  })
  afterAll(() => void spawnSync('rm', ['-rf', place]))
  const clean = () => readdirSync(place).filter((name) => name.startsWith('chv-doctor-'))

  it('follows a guest to its end, step by step, and then asks it to switch off', async () => {
    // The guest ignores the power button; it is not waited for longer than for the whole boot.
    const { outcome, code } = await verify('good', [...none, 'boot_timeout=5'])
    expect(outcome.timeline.map(({ milestone }) => milestone)).toEqual([
      'vmm',
      'firmware',
      'kernel',
      'login',
      'cloud-init',
      'off',
    ])
    const at = outcome.timeline.map(({ atMs }) => atMs ?? -1)
    expect([...at].sort((a, b) => a - b)).toEqual(at)
    expect(outcome.powerOff?.by).toBe('shutdown-vmm')
    expect(outcome.cause?.id).toBe('ignores-power-button')
    expect(code).toBe(1)
    expect(clean()).toEqual([])
    expectValid(outcome)
  })

  const inode = (name: string) => {
    const { ino, mtimeMs, ctimeMs, size } = statSync(`${place}/${name}`)
    return { ino, mtimeMs, ctimeMs, size, content: readFileSync(`${place}/${name}`).toString('base64') }
  }

  it.each<[kind: string, keys: readonly string[], args: readonly string[]]>([
    ['overlay', none, []],
    // A shell in the place of an older release: its overlays are not to be trusted.
    ['copy', [...none, 'hypervisor=HERE/older'], []],
  ])('boots an %s, and leaves disk and seed as they were', async (kind, keys, args) => {
    writeFileSync(
      `${place}/older`,
      `#!/bin/sh\ncase $1 in --version) echo cloud-hypervisor v52.0;; *) echo "$*" >${place}/words; exec ${realHypervisor} "$@";; esac\n`,
    )
    chmodSync(`${place}/older`, 0o755)
    const before = [inode('disk.raw'), inode('seed.img')]
    const { outcome, stderr } = await verify(
      'good',
      [...keys.map((key) => key.replace('HERE', place)), 'boot_timeout=4'],
      '',
      [...args, '--format', 'json'],
    )
    expect(outcome?.disk, stderr).toBe(kind)
    expect(states(outcome)).toMatchObject({ vmm: 'reached', 'cloud-init': 'reached' })
    expect([inode('disk.raw'), inode('seed.img')]).toEqual(before)
    // The command that is shown is one that starts the guest, not this run.
    expect(outcome.command).toContain(`path=${place}/disk.raw,image_type=raw`)
    if (kind === 'copy')
      expect(readFileSync(`${place}/words`, 'utf8')).toMatch(/path=\S+copy\.raw,image_type=raw/)
    expect(clean()).toEqual([])
    expectValid(outcome)
  })

  it('boots the disk itself with --on-disk, and says what a cut left behind', async () => {
    const before = inode('disk.raw')
    const { outcome, stderr } = await verify('slow', [...none, 'boot_timeout=3'], '', [
      ...['--on-disk', '--format', 'json'],
    ])
    expect(outcome?.disk, stderr).toBe('on-disk')
    expect(outcome.notes.join()).toMatch(/cut off before cloud-init had finished: \S+disk\.raw may hold/)
    // Cloud Hypervisor opened it to write.
    expect(inode('disk.raw').mtimeMs).toBeGreaterThan(before.mtimeMs)
    expect(inode('disk.raw').content).toBe(before.content)
    expectValid(outcome)
  })

  it('keeps the whole console of a guest that does not come up, and names the file', async () => {
    const { outcome, stderr } = await verify('slow', [...none, 'boot_timeout=4'])
    expect(outcome?.consoleLog, stderr).toMatch(/\/chv-doctor\/log\/\S+-console\.log$/)
    const kept = readFileSync(outcome.consoleLog ?? '', 'utf8')
    expect(kept).toMatch(/^BdsDxe: starting[\s\S]*Linux version 6\.1/)
    expect(kept.split('still busy').length).toBeGreaterThan(2)
    const { stdout } = await verify('panic', none, '', [])
    const [, path = ''] = /^The whole console:\n {2}(\S+)$/m.exec(stdout) ?? []
    expect(readFileSync(path.replace(/^~(?=\/)/, place), 'utf8')).toContain('Kernel panic - not syncing')
  })

  it('refuses where there is no room for what the guest may write', async () => {
    mkdirSync(`${place}/small`)
    const { outcome, code, stderr } = await verify(
      'good',
      [...none, `disk=${place}/small/disk.raw`],
      // In a mount namespace of its own: a file system of 16 MiB for disk and /var/tmp.
      `mount -t tmpfs -o size=16M none ${place}/small; truncate -s 8M ${place}/small/disk.raw`,
    )
    expect(outcome?.cause?.what, stderr).toMatch(
      /overlay or copy of \S+small\/disk\.raw, which needs 1\.0 GiB in/,
    )
    expect([code, outcome.exitCode, outcome.disk]).toEqual([1, 1, null])
    expectValid(outcome)
  })

  it('gives JSON also where nothing could be started', async () => {
    const { outcome, code, stderr } = await verify('good', [...none, 'hypervisor=/nonexistent'])
    expect(outcome, stderr).toMatchObject({ ok: false, exitCode: 1, cause: { id: 'not-started' } })
    expect(code).toBe(1)
    expectValid(outcome)
  })

  it.each<[guest: string, cause: string, keys: readonly string[]]>([
    ['panic', 'root-device', none],
    ['empty', 'nothing-to-boot', none],
    ['resets', 'reset-loop', none],
    ['leaves', 'switched-off', none],
    ['slow', 'slow', [...none, 'boot_timeout=4']],
    ['mute', 'no-console', [...none, 'boot_timeout=2']],
    // Speaks on the serial port, where `boot` shows the virtio console.
    ['unfinished', 'wrong-console', [...none, 'boot=kernel', 'cmdline=console=hvc0', 'boot_timeout=3']],
    ['unfinished', 'cloud-init-unfinished', [...none, 'boot_timeout=3']],
  ])('%s: %s', async (guest, cause, keys) => {
    const { outcome, code, stderr } = await verify(guest, keys)
    expect(outcome?.cause?.id, stderr).toBe(cause)
    expect([outcome.ok, code, outcome.exitCode]).toEqual([false, 1, 1])
    expect(['SIGKILL', 'SIGTERM']).not.toContain(outcome.powerOff?.by)
    expect(clean()).toEqual([])
  })

  it('says what Cloud Hypervisor itself could not do', async () => {
    const { outcome, stderr } = await verify('good', [...none, `disk=${place}/none.raw`])
    expect(outcome?.cause?.what, stderr).toMatch(/disk|image|file/i)
    expect(states(outcome)).toMatchObject({ vmm: 'missing', login: 'missing' })
  })

  it('waits for ping and for the ssh server', async () => {
    const { outcome, stderr } = await verify('good', ['boot_timeout=10'], answering(ssh))
    expect(outcome, stderr).toBeDefined()
    expect(states(outcome)).toMatchObject({ ping: 'reached', ssh: 'reached', login: 'reached' })
    // The seed of this test has no key in it.
    expect(states(outcome)).toMatchObject({ user: 'not-tried', host: 'not-tried', name: 'not-tried' })
    expect(outcome.notes).toHaveLength(1)
    expectValid(outcome)
  })

  it('tells a guest without ssh server from one without network', async () => {
    const refused = await verify('good', ['boot_timeout=5'], answering(''))
    const silent = await verify(
      'good',
      ['boot_timeout=5'],
      'ip tuntap add dev vm-tap0 mode tap; ip link set vm-tap0 up; ip addr add 192.168.249.1/24 dev vm-tap0',
    )
    expect(refused.outcome?.cause?.id, refused.stderr).toBe('no-ssh')
    expect(refused.outcome.cause?.why).toContain('refused')
    expect(silent.outcome?.cause?.id, silent.stderr).toBe('no-network')
  })

  it('does not guess at the address of a guest that asks for it', async () => {
    const bridge = 'ip link add br0 type bridge; ip link set br0 up; ip tuntap add dev vm-tap0 mode tap'
    const keys = ['network=bridge', 'boot_timeout=5']
    const { outcome, stderr } = await verify('good', keys, `${bridge}; ip link set vm-tap0 master br0 up`)
    expect(outcome, stderr).toBeDefined()
    expect(states(outcome)).toMatchObject({
      login: 'reached',
      ping: 'not-tried',
      ssh: 'not-tried',
      user: 'not-tried',
    })
    expect(outcome.cause?.id).toBe('ignores-power-button')
    expect(outcome.notes.join()).toMatch(
      /^the network was not tried: the address of the guest comes from DHCP/,
    )
    expectValid(outcome)
  })

  it('shows people one line a step, the end of the console, and why', async () => {
    const { stdout, stderr, code } = await verify('panic', none, '', [])
    expect(stderr).toMatch(/^VMM started +\d+/m)
    expect(stdout).toMatch(/^ {2}ok {3}kernel runs/m)
    expect(stdout).toMatch(/^ {2}FAIL login prompt +not seen$/m)
    expect(stdout).toContain('| Kernel panic - not syncing')
    expect(stdout).toContain('The kernel does not find its root file system.')
    // A path is not wrapped, so that it can be copied.
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => !line.endsWith('-console.log'))
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(code).toBe(1)
  })

  it('stops at once when it is told to, and leaves nothing', async () => {
    const { code, stdout, stderr } = await verify(
      'slow',
      none,
      `(until [ -S chv-doctor-*/api ]; do sleep 0.05; done; sleep 1; kill -INT $$) &`,
      [],
    )
    expect(code, stderr).toBe(130)
    expect(stderr).toMatch(/^The console of the guest: \/\S+-console\.log$/m)
    expect(stdout).toBe('')
    expect(clean()).toEqual([])
    expect(spawnSync('pgrep', ['-f', `${place}/slow.elf`], { encoding: 'utf8' }).stdout).toBe('')
  })
})
