import { describe, expect, it } from 'vitest'
import { netAdmin } from '../../checks/net-admin.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import type { FakeHost } from '../helpers/fake-host.ts'

const path = '/usr/local/bin/ch'
const real = '/srv/ch/v53'
const effective = '0100000200100000000000000000000000000000'
const onlyPermitted = '0000000200100000000000000000000000000000'
const status = (noNewPrivs: number, bounding: string) => `CapBnd:\t${bounding}\nNoNewPrivs:\t${noNewPrivs}\n`
const full = '000001ffffffffff'
const docker = '00000000a80425fb'
const mounts = '22 1 8:1 / / rw - ext4 /dev/sda1 rw\n'
const nosuid = `${mounts}23 22 8:2 / /srv rw,nosuid - ext4 /dev/sdb1 rw\n`

interface Case extends FakeHost {
  readonly attribute?: string | null
  readonly session?: string
  readonly mountinfo?: string
}

const verdictOf = async (
  { attribute = '', session = status(0, full), mountinfo = mounts, ...rest }: Case,
  capability: 'auto' | 'always' = 'always',
) => {
  const config = configWith({ hypervisor: path, net_admin_capability: capability })
  const host = {
    files: {
      [path]: { real, access: ['execute'] as const },
      '/proc/self/mountinfo': mountinfo,
      '/proc/self/status': session,
    },
    // The capability of the real file: a link has none.
    capabilities: { [real]: attribute },
    ...rest,
  }
  return conclude(netAdmin, host, config)
}

const fix = { id: 'setcap', args: { path: real } }

describe('net-admin', () => {
  it('is ok when it takes effect, also where it is not needed', async () => {
    const ok = { status: 'ok', found: `cap_net_admin=ep on ${real}` }
    expect(await verdictOf({ attribute: effective })).toEqual(ok)
    expect(await verdictOf({ attribute: effective }, 'auto')).toEqual(ok)
  })

  it('has root, unless the bounding set says otherwise', async () => {
    const user = { uid: 0, name: 'root' }
    expect(await verdictOf({ user })).toMatchObject({ status: 'ok', found: 'root has it' })
    expect(await verdictOf({ user, session: status(0, docker) })).toMatchObject({
      status: 'fail',
      code: 'net-admin/not-in-bounding-set',
    })
  })

  it.each([
    ['none', ''],
    ['not effective', onlyPermitted],
  ])("is not needed for a TAP of one's own: %s", async (_, attribute) => {
    expect(await verdictOf({ attribute }, 'auto')).toMatchObject({
      status: 'skip',
      reason: expect.stringContaining('not needed'),
    })
  })

  it.each([
    ['none', '', 'net-admin/missing'],
    ['not effective', onlyPermitted, 'net-admin/not-effective'],
  ])('always: %s is repaired on the real file', async (_, attribute, code) => {
    const values = { real, link: true, nosuid: false }
    expect(await verdictOf({ attribute })).toMatchObject({ status: 'fail', code, values, fix })
  })

  it.each([
    ['nosuid', { mountinfo: nosuid }, 'defeated-by-nosuid'],
    ['no_new_privs', { session: status(1, full) }, 'defeated-by-no-new-privs'],
    // execve(2): EPERM when the file asks for what the bounding set lacks.
    ['the bounding set', { session: status(0, docker) }, 'cannot-start'],
  ])('always: set but defeated by %s, where setcap cannot help', async (_, trap, code) => {
    const verdict = await verdictOf({ attribute: effective, ...trap })
    expect(verdict).toMatchObject({
      status: 'fail',
      code: `net-admin/${code}`,
      hint: expect.any(String),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('does not offer setcap where it would be in vain', async () => {
    expect(await verdictOf({ mountinfo: nosuid })).not.toHaveProperty('fix')
    expect(await verdictOf({ session: status(0, docker) })).not.toHaveProperty('fix')
  })

  describe('with nothing that reads attributes', () => {
    const programs = { getcap: '/usr/sbin/getcap' }
    const asked = `/usr/sbin/getcap ${real}`
    it.each([
      ['new libcap', `${real} cap_net_admin=ep\n`, 'ok'],
      ['old libcap', `${real} = cap_net_admin,cap_net_raw+ep\n`, 'ok'],
      ['nothing set', '', 'fail'],
    ])('asks getcap: %s', async (_, output, expected) => {
      const seen = await verdictOf({ attribute: null, programs, commands: { [asked]: output } })
      expect(seen.status).toBe(expected)
    })

    it('is unknown when getcap is missing or fails', async () => {
      await expect(verdictOf({ attribute: null, programs: { getcap: null } })).rejects.toThrow('getcap')
      const commands = { [asked]: { code: 1, stderr: 'Failed to get capabilities' } }
      await expect(verdictOf({ attribute: null, programs, commands })).rejects.toThrow('Failed to get')
    })
  })

  it('is not for a guest without network', () => {
    expect(netAdmin.skipReason?.(configWith({ network: 'none' }))).toContain('network is none')
    expect(netAdmin.skipReason?.(configWith())).toBeNull()
  })
})

it('asks for a wrapper where the binary is in the store of Nix', async () => {
  const store = '/nix/store/0a1b-cloud-hypervisor-53.0/bin/cloud-hypervisor'
  const verdict = await verdictOf({
    files: {
      [path]: { real: store, access: ['execute'] },
      '/proc/self/mountinfo': mounts,
      '/proc/self/status': status(0, full),
    },
    capabilities: { [store]: '' },
  })
  expect(verdict).toMatchObject({
    status: 'fail',
    code: 'net-admin/in-store',
    values: { real: store },
    hint: expect.stringContaining('security.wrappers.cloud-hypervisor'),
  })
  expect(verdict).not.toHaveProperty('fix')
})
