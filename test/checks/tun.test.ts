import { describe, expect, it } from 'vitest'
import { tun } from '../../checks/tun.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { containerMarks, machine } from '../helpers/container.ts'
import type { FakeFile, FakeHost } from '../helpers/fake-host.ts'

const device = (mode: number, access: FakeFile['access'] = []): FakeFile => ({
  info: { type: 'character-device', mode },
  access,
})
const host = (open: string | null, node: FakeFile | null, more: FakeHost = {}): FakeHost => ({
  ...more,
  tun: open === null ? null : { open },
  files: { '/dev/net/tun': node, '/sys/class/misc/tun': null, ...machine, ...more.files },
})
const driver: FakeHost = { files: { '/sys/class/misc/tun': { info: { type: 'directory' } } } }
const usable = device(0o666, ['read', 'write'])
const load = { id: 'load-tun', args: { mode: null } }

describe('tun', () => {
  it.each<[string, FakeHost, object]>([
    ['opens', host('ok', usable), { status: 'ok', found: 'opens for reading and writing' }],
    [
      'may be opened, says the mode',
      host(null, usable),
      { status: 'ok', found: 'may be opened (not tried)' },
    ],
    ['is not there', host('ENOENT', null), { status: 'fail', code: 'tun/missing', fix: load }],
    ['is not there and nobody can ask', host(null, null), { status: 'fail', code: 'tun/missing', fix: load }],
    // systemd makes the node before there is a driver.
    ['has no driver', host('ENODEV', usable), { status: 'fail', code: 'tun/no-driver', fix: load }],
    [
      'is not there, its driver is',
      host('ENOENT', null, driver),
      { status: 'fail', code: 'tun/missing', hint: expect.stringContaining('mknod') },
    ],
    [
      'is another device than that of its driver',
      host('ENODEV', usable, driver),
      { status: 'fail', code: 'tun/no-driver', hint: expect.stringContaining('mknod') },
    ],
    [
      'is closed to users',
      host('EACCES', device(0o600)),
      {
        status: 'fail',
        code: 'tun/no-access',
        values: { user: 'sky', mode: '0600' },
        fix: { id: 'load-tun', args: { mode: '0600' } },
      },
    ],
    [
      'may only be read',
      host(null, device(0o664, ['read'])),
      { status: 'fail', code: 'tun/no-access', fix: { id: 'load-tun', args: { mode: '0664' } } },
    ],
  ])('%s', async (_, table, verdict) => {
    expect(await conclude(tun, table)).toMatchObject(verdict)
  })

  it('offers no module where its driver is at work: that makes no node', async () => {
    for (const table of [host('ENOENT', null, driver), host('ENODEV', usable, driver)])
      expect(await conclude(tun, table)).not.toHaveProperty('fix')
  })

  it.each<[string, FakeHost]>([
    ['root', host('EPERM', device(0o600), { user: { uid: 0, name: 'root' } })],
    ['a user, by a device cgroup', host('EPERM', device(0o660))],
    ['everybody, whatever the mode (nodev)', host('EACCES', device(0o666))],
  ])('does not touch the mode where it is not what refuses %s', async (_, table) => {
    const verdict = await conclude(tun, table)
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'tun/refused-by-container',
      hint: expect.stringContaining('--device /dev/net/tun'),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    ['a regular file', host('ok', { text: '' }), 'tun/not-a-device', { type: 'file' }],
    ['an answer that nobody expects', host('EIO', usable), 'tun/cannot-be-opened', { errno: 'EIO' }],
  ])('has a hint for %s', async (_, table, code, values) => {
    const verdict = await conclude(tun, table)
    expect(verdict).toMatchObject({
      status: 'fail',
      code,
      values,
      hint: expect.any(String),
    })
  })

  it('is of no interest without a network', () => {
    expect(tun.skipReason?.(configWith({ network: 'none' }))).toContain('network is none')
    expect(tun.skipReason?.(configWith({ network: 'tap' }))).toBeNull()
  })
})

it('says how a container gets it, and loads no module there', async () => {
  const marks = { files: { ...containerMarks, '/.dockerenv': '' } }
  const verdict = await conclude(tun, host('ENOENT', null, marks))
  expect(verdict).toMatchObject({
    status: 'fail',
    code: 'tun/missing-in-container',
    values: { container: 'docker' },
    hint: expect.stringContaining('--device /dev/net/tun --cap-add NET_ADMIN'),
  })
  expect(verdict).not.toHaveProperty('fix')
})
