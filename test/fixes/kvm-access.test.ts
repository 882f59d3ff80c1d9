import { describe, expect, it } from 'vitest'
import { kvmAccess } from '../../fixes/kvm-access.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const withKvm = 'root:x:0:\nkvm:x:106:\n'
const plan = async (
  args: { inGroup: boolean; groupOwns: boolean },
  groupFile: string | null = withKvm,
  udev = false,
) => {
  const full = { user: 'sky', ...args }
  const host = fakeHost({
    files: { '/etc/group': groupFile, '/run/udev/control': udev ? '' : null },
    rootPrograms: { setfacl: null },
  })
  const survey = await kvmAccess.survey?.(host, full, configWith())
  return kvmAccess.plan(full, configWith(), survey ?? { groupExists: false, udev: null })
}

const now = {
  kind: 'run',
  argv: ['setfacl', '-m', 'u:sky:rw', '/dev/kvm'],
  root: true,
  undo: [['setfacl', '-x', 'u:sky', '/dev/kvm']],
  undoWhile: '/dev/kvm',
}
const lasting = {
  kind: 'run',
  argv: ['usermod', '--append', '--groups', 'kvm', 'sky'],
  root: true,
  undo: [['gpasswd', '--delete', 'sky', 'kvm']],
}
const untilReboot = { kind: 'manual', text: expect.stringContaining('ends with the next reboot') }

describe('kvm-access', () => {
  it('gives access now and for good', async () => {
    expect(await plan({ inGroup: false, groupOwns: true })).toMatchObject([now, lasting])
  })

  // Seen in the machine in a box: the first guest that starts takes the ACL away.
  it('keeps udev from resetting the access, before it is given', async () => {
    const steps = await plan({ inGroup: true, groupOwns: true }, withKvm, true)
    expect(steps).toMatchObject([
      { kind: 'write', root: true, path: expect.stringMatching(/^\/run\/udev\/rules\.d\/74-/) },
      { kind: 'run', argv: ['udevadm', 'control', '--reload'], root: true },
      now,
    ])
    // Not +=, and behind 73-seat-late: else the reset comes first, and a guest may start in between.
    expect(steps[0]).toMatchObject({
      content: expect.stringContaining('KERNEL=="kvm", RUN="/usr/bin/setfacl -m u:1000:rw /dev/kvm"'),
    })
  })

  // Else `undo` would take a membership away that somebody else gave.
  it('leaves the group alone when the login is merely older than the membership', async () => {
    expect(await plan({ inGroup: true, groupOwns: true })).toMatchObject([now])
  })

  it('promises nothing lasting where the device is not of the group', async () => {
    expect(await plan({ inGroup: true, groupOwns: false })).toMatchObject([now, untilReboot])
  })

  it.each([['root:x:0:\nkvmusers:x:5:\n'], [null]])('names no group that is not there (%j)', async (file) => {
    expect(await plan({ inGroup: false, groupOwns: false }, file)).toMatchObject([now, untilReboot])
  })

  it('has setfacl installed first where it is missing', () => {
    expect(kvmAccess.programs).toMatchObject({ setfacl: 'acl' })
  })

  it.each([
    [true, true],
    [false, false],
  ])('never opens the device to everybody (inGroup %s, groupOwns %s)', async (inGroup, groupOwns) => {
    const text = JSON.stringify(await plan({ inGroup, groupOwns }))
    expect(text).not.toMatch(/chmod|666/)
  })
})
