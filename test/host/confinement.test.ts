import { describe, expect, it } from 'vitest'
import { readConfinement } from '../../src/host/confinement.ts'
import { containerMarks } from '../helpers/container.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const usual = '00000000a80425fb'
const all = '000001ffffffffff'
const wholeMap = '         0          0 4294967295\n'
const ownMap = '         0     100000      65536\n'
const mounts = (options: string) =>
  `1 0 0:1 / / rw - overlay o rw\n2 1 0:5 / /proc rw - proc proc rw\n3 2 0:5 /sys /proc/sys ${options} - proc proc rw\n`

const withheldIn = async (
  more: { bounds?: string; noNewPrivs?: 0 | 1; map?: string; sys?: 'ro' | 'rw'; uid?: number } = {},
) => {
  const { bounds = usual, noNewPrivs = 0, map = wholeMap, sys = 'ro', uid = 0 } = more
  const host = fakeHost({
    user: { uid },
    files: {
      ...containerMarks,
      '/.dockerenv': '',
      '/proc/self/status': `Name:\tnode\nNoNewPrivs:\t${noNewPrivs}\nCapBnd:\t${bounds}\n`,
      '/proc/self/uid_map': map,
      '/proc/self/mountinfo': mounts(sys),
    },
  })
  return (await readConfinement(host))?.withheld
}

describe('readConfinement', () => {
  it('is null on a machine of its own', async () => {
    expect(await readConfinement(fakeHost({ files: { '/proc/2/comm': 'kthreadd\n' } }))).toBeNull()
  })

  it.each([
    ['Docker by default', {}, ['network', 'sysctl', 'kernel']],
    ['Docker, --cap-add NET_ADMIN', { bounds: '00000000a80435fb' }, ['sysctl', 'kernel']],
    ['Docker, --privileged', { bounds: all, sys: 'rw' }, []],
    ['LXC, unprivileged', { bounds: all, sys: 'rw', map: ownMap }, ['devices', 'kernel']],
    [
      'Podman, rootless',
      { bounds: '00000000800405fb', map: ownMap },
      ['network', 'sysctl', 'devices', 'kernel'],
    ],
    [
      'a pod, restricted',
      { bounds: '0000000000000000', noNewPrivs: 1, uid: 1000 },
      ['root', 'network', 'sysctl', 'kernel'],
    ],
    ['a user under no_new_privs', { bounds: all, sys: 'rw', noNewPrivs: 1, uid: 1000 }, ['root']],
    ['root under no_new_privs', { bounds: all, sys: 'rw', noNewPrivs: 1 }, []],
  ] as const)('%s', async (_, container, withheld) => {
    expect(await withheldIn(container)).toEqual(withheld)
  })
})
