import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/boot/evidence.ts'
import type { GuestReport } from '../../src/boot/inside.ts'
import type { Milestone } from '../../src/boot/milestones.ts'
import { cutNote, notesOn } from '../../src/boot/notes.ts'
import type { Outcome, PowerOff } from '../../src/boot/outcome.ts'
import { newObservation } from '../../src/boot/watch-network.ts'
import type { Config } from '../../src/config/keys.ts'
import type { Outlet } from '../../src/network/mtu.ts'
import type { Argv } from '../../src/util/argv.ts'
import { configWith } from '../helpers/config.ts'

const notes = (
  notTried: readonly Milestone[],
  {
    changes = {} as Partial<Config>,
    reason = null as string | null,
    text = '',
    inside = {} as Partial<GuestReport>,
    outlet = null as Outlet | null,
  } = {},
) => {
  const evidence = { text, inside } as Evidence
  const noLogin = reason === null ? null : { reason }
  return notesOn({
    config: configWith(changes),
    seedAttached: true,
    powerOff: { by: 'power-button', tookMs: 0 },
    disk: 'overlay',
    command: ['cloud-hypervisor'],
    noLogin,
    evidence,
    notTried: new Set(notTried),
    outlet,
  })
}

const bridge = { network: 'bridge', guest_address: 'dhcp' } as const

describe('notesOn', () => {
  it('has nothing to say where everything was tried, or there is no network', () => {
    expect(notes([])).toEqual([])
    expect(notes([], { changes: { network: 'none' } })).toEqual([])
  })
  it('says once why the inside was not inspected, and what to do', () =>
    expect(notes(['user', 'host', 'name'], { reason: 'the seed has no ssh key' })).toEqual([
      'the inside of the guest was not inspected: the seed has no ssh key',
    ]))
  it.each<[Milestone, Partial<GuestReport>, RegExp]>([
    ['ping', {}, /^ping was not tried/],
    ['host', { host: 'unknown' }, /it has no ping/],
    ['name', {}, /this host does not resolve deb\.debian\.org either/],
    ['name', { name: 'unknown' }, /it has no getent/],
  ])('says why %s was not tried', (step, inside, says) => {
    expect(notes([step], { inside })).toHaveLength(1)
    expect(notes([step], { inside })[0]).toMatch(says)
  })
  it('says where packets of the guest are larger than the uplink takes', () => {
    const vpn = { device: 'wg0', mtu: 1420 }
    const large = notes([], { inside: { mtu: 1500 }, outlet: vpn })
    expect(large).toHaveLength(1)
    expect(large[0]).toMatch(
      /^the guest sends packets of 1500 bytes, and wg0 takes 1420: .*explain tap-mtu`$/,
    )
    expect(notes([], { inside: { mtu: 1420 }, outlet: vpn })).toEqual([])
    expect(notes([], { inside: { mtu: null }, outlet: vpn })).toEqual([])
    expect(notes([], { inside: { mtu: 9000 } })).toEqual([])
  })
  it('says where a guest that asks for its address may be found', () => {
    const table = 'ci-info: |  ens3  | True | 192.168.1.77 | 255.255.255.0 | global | 12:34:56:78:90:ab |\n'
    expect(notes(['ping', 'ssh'], { changes: bridge, text: table })).toHaveLength(1)
    expect(notes([], { changes: bridge, text: table })[0]).toContain('cloud-init printed 192.168.1.77')
    expect(notes([], { changes: bridge })[0]).toMatch(/comes from DHCP and is not known here\./)
  })
})

describe('newObservation', () => {
  it.each<[changes: Partial<Config>, canLogIn: boolean, notTried: readonly Milestone[]]>([
    [{}, true, []],
    [{}, false, ['user', 'host', 'name']],
    [bridge, true, ['ping', 'ssh', 'user', 'host', 'name']],
  ])('%j, able to log in: %s: does not ask for %j', (changes, canLogIn, notTried) =>
    expect([...newObservation(configWith(changes), canLogIn).notTried]).toEqual(notTried),
  )
})

describe('cutNote', () => {
  const expected = ['vmm', 'login', 'cloud-init'] as const
  const note = (
    reached: Partial<Record<Milestone, number>>,
    by: PowerOff['by'],
    disk: Outcome['disk'] = 'on-disk',
  ) => cutNote(configWith(), { reached, expected } as unknown as Evidence, { by, tookMs: 0 }, disk)

  it('says what a first boot that was cut off left on the disk, and how to start over', () =>
    expect(note({ kernel: 1 }, 'SIGTERM')).toMatch(
      /before cloud-init had finished: \/\S+ may hold a half-configured guest.*`chv-doctor fix disk-image`/,
    ))
  it('says less of a guest that cloud-init has configured', () =>
    expect(note({ kernel: 1, login: 2, 'cloud-init': 3 }, 'shutdown-vmm')).toMatch(
      /recover at the next boot/,
    ))
  it.each<[reached: Partial<Record<Milestone, number>>, by: PowerOff['by'], disk: Outcome['disk']]>([
    [{ kernel: 1, login: 2 }, 'power-button', 'on-disk'],
    [{ kernel: 1 }, 'itself', 'on-disk'],
    [{ kernel: 1 }, 'SIGKILL', 'overlay'],
    [{ kernel: 1 }, 'SIGKILL', 'copy'],
    [{ vmm: 1, firmware: 2 }, 'SIGTERM', 'on-disk'],
  ])('is silent about %j ended by %s on %s', (reached, by, disk) =>
    expect(note(reached, by, disk)).toBeNull(),
  )
})

it('names the other disks that the guest can write to', () => {
  const config = configWith()
  const command = [
    ...['cloud-hypervisor', '--disk', `path=${config.disk},image_type=raw`, 'path=/seed,readonly=on'],
    ...['path=/data.raw,image_type=raw'],
  ] as unknown as Argv
  const evidence = { text: '', inside: null, reached: {}, expected: [] } as unknown as Evidence
  const given = {
    config,
    command,
    evidence,
    seedAttached: true,
    noLogin: null,
    notTried: new Set<Milestone>(),
    outlet: null,
  }
  const powerOff = { by: 'power-button', tookMs: 0 } as const
  expect(notesOn({ ...given, powerOff, disk: 'overlay' })).toEqual([
    'the guest could write to the other disks of the command: /data.raw',
  ])
  expect(notesOn({ ...given, powerOff, disk: 'on-disk' })).toEqual([])
})
