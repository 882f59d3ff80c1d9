import { describe, expect, it } from 'vitest'
import { guestUnit } from '../../../src/boot/unit/guest-unit.ts'
import { limitLines } from '../../../src/boot/unit/limits.ts'
import { pathsOf } from '../../../src/boot/unit/paths.ts'
import type { Config } from '../../../src/config/keys.ts'
import { showAddresses } from '../../../src/host/interfaces.ts'
import { configWith } from '../../helpers/config.ts'
import { type FakeHost, fakeHost } from '../../helpers/fake-host.ts'
import { ipJson } from '../../helpers/interfaces.ts'

const binary = '/opt/ch/cloud-hypervisor'
const data = '/home/sky/.local/share/chv-doctor'

interface Here {
  readonly config?: Partial<Config>
  readonly host?: FakeHost
  readonly extra?: readonly string[]
  readonly owner?: string
}

const unitFor = ({ config: changes, host = {}, extra, owner = 'sky' }: Here = {}) => {
  const config = configWith({ hypervisor: binary, ...changes })
  const tap = ipJson({ name: config.tap, kind: 'tun', data: { type: 'tap', user: owner } })
  const table: FakeHost = {
    programs: { 'ch-remote': null, curl: '/usr/bin/curl', ...host.programs },
    pathFaults: {
      [binary]: null,
      '/opt/ch/ch-remote': null,
      '/usr/bin/curl': null,
      ...host.pathFaults,
    },
    commands: {
      [`${binary} --version`]: 'cloud-hypervisor v53.0.0\n',
      [showAddresses.join(' ')]: tap,
      ...host.commands,
    },
    files: {
      [binary]: { access: ['execute'] },
      '/opt/ch/ch-remote': { access: ['execute'] },
      [config.disk]: '',
      ...host.files,
    },
    capabilities: { [binary]: '' },
  }
  return guestUnit(fakeHost({ ...table, ...(host.user ? { user: host.user } : {}) }), config, extra)
}

const linesOf = async (here?: Here) => {
  const unit = await unitFor(here)
  if ('problem' in unit) throw new Error(unit.problem)
  return unit.content.split('\n')
}

describe('guestUnit', () => {
  it('runs the boot command as the user, with an API socket that stop finds', async () => {
    const lines = await linesOf()
    expect(lines).toContain('User=sky')
    const [start] = lines.filter((line) => line.startsWith('ExecStart='))
    expect(start).toMatch(
      new RegExp(`^ExecStart=${binary} --firmware .* --api-socket path=/run/chv-doctor-guest-1-`),
    )
    expect(lines.filter((line) => line.startsWith('ExecStop='))[0]).toMatch(
      /^ExecStop=\/bin\/sh -c ".*" power-button \/opt\/ch\/ch-remote --api-socket \/run\/\S+\/api\.sock power-button$/,
    )
  })

  it('lets through the devices and files of this guest alone', async () => {
    const lines = await linesOf({ config: { disk: '/srv/d.raw', seed: `${data}/seed.img` } })
    const allowed = lines.filter((line) => /^(DeviceAllow|Bind|ReadWritePaths)/.test(line))
    expect(allowed).toEqual([
      'DeviceAllow=/dev/kvm rw',
      'DeviceAllow=/dev/net/tun rw',
      `BindReadOnlyPaths="${data}/CLOUDHV.fd"`,
      `BindReadOnlyPaths="${data}/seed.img"`,
      'ReadWritePaths="/srv/d.raw"',
    ])
    const block = await linesOf({ config: { disk: '/dev/vg/guest', network: 'none' } })
    expect(block).toContain('DeviceAllow="/dev/vg/guest" rw')
    expect(block).toContain('PrivateNetwork=yes')
    expect(block.join()).not.toContain('/dev/net/tun')
  })

  it('keeps a disk in /tmp where it is', async () => {
    expect(await linesOf()).toContain('PrivateTmp=yes')
    expect(await linesOf({ config: { disk: '/var/tmp/d.raw' } })).not.toContain('PrivateTmp=yes')
  })

  it('sets no_new_privs, unless a capability of the binary attaches to the TAP', async () => {
    expect(await linesOf()).toContain('NoNewPrivileges=yes')
    const files = {
      '/proc/self/mountinfo': '',
      '/proc/self/status': 'NoNewPrivs:\t0\nCapBnd:\t000001ffffffffff\n',
    }
    const unit = await unitFor({ owner: 'root', host: { files } })
    if ('problem' in unit) throw new Error(unit.problem)
    expect(unit.content).toContain('\nCapabilityBoundingSet=CAP_NET_ADMIN\n')
    // Each of these would imply no_new_privs for a service with a User=.
    expect(unit.content).not.toMatch(
      /^(NoNewPrivileges|SystemCall|Restrict|MemoryDeny|LockPers|ProtectKernel)/m,
    )
    expect(unit.notes).toEqual([expect.stringContaining('vm-tap0 does not belong to sky')])
  })

  it('protects a guest of root no less', async () => {
    const user = { name: 'root', uid: 0, gid: 0, home: '/root', groups: [0] }
    const lines = await linesOf({ owner: 'root', host: { user } })
    expect(lines).toContain('User=root')
    expect(lines).toContain('CapabilityBoundingSet=')
  })

  it('writes names as systemd reads them', async () => {
    const disk = "/home/sky/100% $HOME/it's; d.raw"
    const lines = await linesOf({ config: { disk } })
    expect(lines.find((line) => line.startsWith('ExecStart='))).toContain(
      ` "path=/home/sky/100%% $$HOME/it's; d.raw,image_type=raw" `,
    )
    expect(lines).toContain(`BindPaths="/home/sky/100%% $HOME/it's; d.raw"`)
    expect(await linesOf({ host: { user: { name: 'sky walker' } }, owner: '1000' })).toContain('User=1000')
  })

  it('presses the button with curl where there is no ch-remote, and says so where there is neither', async () => {
    const files = { '/opt/ch/ch-remote': null }
    expect((await linesOf({ host: { files } })).join()).toContain(
      ' /usr/bin/curl -s -X PUT --unix-socket /run/',
    )
    const unit = await unitFor({ host: { files, programs: { curl: null } } })
    expect(unit).toMatchObject({ notes: [expect.stringContaining('cuts the power of the guest')] })
    expect('content' in unit && unit.content).not.toContain('ExecStop')
  })

  it.each<[name: string, here: Here, problem: string]>([
    ['no hypervisor', { host: { files: { [binary]: null } } }, 'Cloud Hypervisor was not found'],
    ['an API socket', { extra: ['--api-socket', '/x'] }, 'leave --api-socket out'],
    ['a line feed', { config: { boot: 'kernel', cmdline: 'a\nb' } }, '"a\\nb" has control characters'],
    [
      'a foreign program',
      { host: { pathFaults: { [binary]: 'every user may write /opt' } } },
      'is not trusted',
    ],
  ])('there is none with %s', async (_, here, problem) => {
    expect(await unitFor(here)).toEqual({ problem: expect.stringContaining(problem) })
  })
})

describe('limitLines', () => {
  const command = (...words: string[]) => [binary, ...words] as const
  it('grow with CPUs and queues, and with the memory that a device pins', () => {
    const config = configWith({ memory: 2 ** 30 })
    expect(limitLines(command('--cpus', 'boot=2', '--disk', 'path=/a', 'path=/b'), config)).toEqual([
      'LimitNOFILE=1024',
      'LimitMEMLOCK=67108864',
      'TasksMax=70',
      'LimitCORE=0',
    ])
    // 254 CPUs opened 1096 descriptors.
    const [files, , tasks] = limitLines(command('--cpus', 'boot=254', '--net', 'tap=a,num_queues=64'), config)
    expect([files, tasks]).toEqual(['LimitNOFILE=2832', 'TasksMax=383'])
    const pinned = limitLines(command('--device', 'path=/sys/bus/pci/devices/0000:01:00.0'), config)
    expect(pinned).toContain(`LimitMEMLOCK=${1.25 * 2 ** 30 + 64 * 2 ** 20}`)
  })
})

describe('a device of the host', () => {
  it('is let through to the service, which may lock the memory of the guest', async () => {
    const passed = ['DeviceAllow=/dev/vfio/vfio rw', 'DeviceAllow=char-vfio rw']
    const memory = 2 ** 30
    const locked = `LimitMEMLOCK=${1.25 * memory + 64 * 2 ** 20}`
    for (const here of [
      { config: { memory, devices: ['0000:01:00.0'] } },
      { config: { memory }, extra: ['--device', 'path=/sys/bus/pci/devices/0000:01:00.0/'] },
    ])
      expect(await linesOf(here)).toEqual(expect.arrayContaining([...passed, locked]))
    expect(await linesOf({ config: { memory } })).not.toEqual(expect.arrayContaining(passed))
  })
})

describe('pathsOf', () => {
  it('finds the files in every flag, and whether they are written', () => {
    const words = [
      '--kernel',
      '/k',
      '--disk',
      'path=/a,readonly=on',
      'path=/b',
      '--cmdline',
      'init=/sbin/init',
    ]
    expect(pathsOf([binary, ...words, '--vsock', 'cid=3,socket=/run/v', '--log-file', '/var/log/x'])).toEqual(
      [
        { path: binary, writable: false },
        { path: '/k', writable: false },
        { path: '/a', writable: false },
        { path: '/b', writable: true },
        { path: '/run/v', writable: true },
        { path: '/var/log/x', writable: true },
      ],
    )
  })
})
