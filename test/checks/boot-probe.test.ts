import { describe, expect, it } from 'vitest'
import { bootProbe } from '../../checks/boot-probe.ts'
import type { TrialResult } from '../../src/host/trial.ts'
import { guestMessage } from '../../src/hypervisor/probe-guest.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import type { FakeHost } from '../helpers/fake-host.ts'
import { ipJson, showAddresses, tapLink } from '../helpers/interfaces.ts'

const binary = '/opt/ch'
const disk = '/srv/disk.raw'
const config = configWith({ hypervisor: binary, disk, seed: '/srv/seed.img' })

const hostWith = (trial: Partial<TrialResult>, changes: FakeHost = {}): FakeHost => ({
  trial: () => trial,
  ...changes,
  files: {
    [binary]: { access: ['execute'] },
    [disk]: { info: { device: '08:01', inode: 77 } },
    '/proc/locks': '',
    ...changes.files,
  },
  commands: {
    [`${binary} --version`]: 'cloud-hypervisor v53.0\n',
    [showAddresses]: '[]',
    ...changes.commands,
  },
})

const chain = (...lines: readonly string[]) =>
  `Error: Cloud Hypervisor exited with the following chain of errors:\n${lines.map((line, index) => `  ${index}: ${line}`).join('\n')}\n`

describe('boot-probe', () => {
  it('starts the machine of the boot command with a kernel and a console of its own', async () => {
    let started: readonly string[] = []
    const host = hostWith(
      {},
      {
        trial: (argv) => {
          started = argv
          return { watched: `${guestMessage}\n` }
        },
      },
    )
    await conclude(bootProbe, host, config)
    expect(started).toEqual([
      binary,
      '--kernel',
      '/trial/guest',
      '--disk',
      `path=${disk},image_type=raw,readonly=on`,
      'path=/srv/seed.img,image_type=raw,readonly=on',
      ...['--cpus', 'boot=2', '--memory', 'size=1G'],
      ...['--net', 'tap=vm-tap0,mac=12:34:56:78:90:ab'],
      ...['--serial', 'file=/trial/serial', '--console', 'off'],
    ])
  })

  it.each<[string, Partial<TrialResult>, object]>([
    [
      'the message',
      { watched: `${guestMessage}\n`, ms: 23.4 },
      { status: 'ok', found: 'the test guest ran under 53.0, in 23 ms' },
    ],
    // A guest that is told to stop, or whose virtual CPU fails, ends with 0 as well.
    [
      'exit code 0 alone',
      { code: 0 },
      { status: 'fail', code: 'boot-probe/no-answer', values: { ended: 'exit code 0', message: null } },
    ],
    ['half a message', { watched: guestMessage.slice(0, 8) }, { code: 'boot-probe/no-answer' }],
    [
      'the message, although it never ended',
      { watched: guestMessage, code: null, failure: { kind: 'timed-out', limitMs: 8000 } },
      { status: 'ok' },
    ],
    [
      'a hang',
      { code: null, failure: { kind: 'timed-out', limitMs: 8000 } },
      { status: 'fail', code: 'boot-probe/did-not-end', values: { limitMs: 8000 } },
    ],
    [
      'an error that is known',
      {
        code: 1,
        stderr: chain(
          'Error booting VM',
          'The VM could not boot',
          'Error from device manager',
          'Cannot create virtio-net device',
          'Failed to open taps',
          'Open tap device failed',
          'Unable to configure tap interface',
          'Device or resource busy (os error 16)',
        ),
      },
      { status: 'fail', code: 'boot-probe/start-failed', values: { cause: 'tap-busy' } },
    ],
    [
      'what is no error of Cloud Hypervisor',
      { code: 3, stdout: 'hello\nworld\n' },
      { status: 'fail', code: 'boot-probe/no-answer', values: { ended: 'exit code 3', message: 'world' } },
    ],
  ])('%s', async (_, trial, verdict) => {
    const result = await conclude(bootProbe, hostWith(trial), config)
    expect(result).toMatchObject(verdict)
    expect(result.found).not.toContain('\n')
  })

  it.each<[string, FakeHost, string]>([
    [
      'its TAP',
      {
        commands: { [showAddresses]: ipJson(tapLink({ flags: ['UP', 'LOWER_UP'] })) },
        carrier: { 'vm-tap0': true },
      },
      'a VM is using vm-tap0: stop it to test a start',
    ],
    [
      'its disk',
      { files: { '/proc/locks': '1: OFDLCK ADVISORY  WRITE -1 08:01:77 0 EOF\n' } },
      `a VM is using ${disk}: stop it to test a start`,
    ],
  ])('starts nothing while a machine uses %s', async (_, changes, reason) => {
    const host = {
      ...hostWith({}, changes),
      trial: () => {
        throw new Error('started')
      },
    }
    expect(await conclude(bootProbe, host, config)).toEqual({ status: 'skip', reason })
  })

  it('starts a kernel of the architecture of the host', async () => {
    const start = async (arch: string) => {
      let kernel: Uint8Array | undefined
      const host = hostWith(
        {},
        {
          arch,
          trial: (_argv, { files }) => {
            kernel = files.guest
            return { watched: guestMessage }
          },
        },
      )
      expect(await conclude(bootProbe, host, config)).toMatchObject({ status: 'ok' })
      return Buffer.from(kernel ?? []).toString('latin1')
    }
    expect(await start('x86_64')).toMatch(/^\x7fELF/)
    expect((await start('aarch64')).slice(56, 60)).toBe('ARM\x64')
  })

  it('does not look at the TAP without a network', async () => {
    const host = {
      ...hostWith({ watched: guestMessage }),
      commands: { [`${binary} --version`]: 'cloud-hypervisor v49.0\n' },
    }
    expect(await conclude(bootProbe, host, { ...config, network: 'none' })).toMatchObject({ status: 'ok' })
  })

  it('is left out where no guest of ours runs', async () => {
    expect(await conclude(bootProbe, { arch: 'riscv64' }, config)).toEqual({
      status: 'skip',
      reason: 'there is no test guest for riscv64',
    })
    expect(await conclude(bootProbe, { files: { [binary]: null } }, config)).toMatchObject({ status: 'skip' })
  })
})
