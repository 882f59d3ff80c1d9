import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { notForNone } from './shared/network.ts'

const expected = '/dev/net/tun can be opened for reading and writing'

const findings = {
  missing: finding({ found: 'there is no /dev/net/tun', expected }),
  'no-driver': finding({ found: 'no driver behind /dev/net/tun', expected }),
  'not-a-device': finding<{ type: string }>({
    found: ({ type }) => `/dev/net/tun is a ${type.replace('-', ' ')}, not a device`,
    expected,
    hint: 'Remove it, then `mknod -m 666 /dev/net/tun c 10 200`.',
  }),
  'refused-by-container': finding<{ user: string }>({
    found: ({ user }) => `${user} may not open /dev/net/tun: a container without it`,
    expected,
    hint: 'Start the container with --device /dev/net/tun.',
  }),
  'no-access': finding<{ user: string; mode: string }>({
    found: ({ user, mode }) => `${user} may not open /dev/net/tun (mode ${mode})`,
    expected,
  }),
  'cannot-be-opened': finding<{ errno: string }>({
    found: ({ errno }) => `/dev/net/tun cannot be opened (${errno})`,
    expected,
    hint: 'Look for the reason in `dmesg`.',
  }),
}

/** Loads the driver; the mode is right. */
const load = { id: 'load-tun', args: { mode: null } } as const

export const tun = defineCheck({
  id: 'tun',
  title: '/dev/net/tun opens',
  group: 'host',
  beforeBoot: 'required',
  networkPlace: { hop: 'tap', onlyWhenWrong: true },
  findings,
  skipReason: notForNone,
  probe: async (host) => {
    const [node, answer, read, write] = await Promise.all([
      host.stat('/dev/net/tun'),
      host.askTun(),
      host.canAccess('/dev/net/tun', 'read'),
      host.canAccess('/dev/net/tun', 'write'),
    ])
    return {
      node: node?.type ?? null,
      mode: node?.mode ?? 0,
      open: answer?.open ?? null,
      mayReadAndWrite: read && write,
      user: host.user.name,
      root: host.user.uid === 0,
    }
  },
  judge: ({ node, mode, open, mayReadAndWrite, user, root }) => {
    if (node === null) return { status: 'fail', code: 'missing', fix: load }
    // ENODEV: the node is there, the driver behind it is not.
    if (open === 'ENOENT' || open === 'ENODEV') return { status: 'fail', code: 'no-driver', fix: load }
    if (node !== 'character-device') return { status: 'fail', code: 'not-a-device', values: { type: node } }
    if (open === 'ok') return { status: 'ok', found: 'opens for reading and writing' }
    if (open === null && mayReadAndWrite) return { status: 'ok', found: 'may be opened (not tried)' }
    if (open !== null && open !== 'EACCES' && open !== 'EPERM')
      return { status: 'fail', code: 'cannot-be-opened', values: { errno: open } }
    // The mode is not what refuses here, but a device cgroup (EPERM) or a nodev mount: that is a container.
    if (root || open === 'EPERM' || (mode & 0o006) === 0o006)
      return { status: 'fail', code: 'refused-by-container', values: { user } }
    // The kernel checks TAP ownership itself, so the node is world-writable everywhere by default.
    const octal = mode.toString(8).padStart(4, '0')
    return {
      status: 'fail',
      code: 'no-access',
      values: { user, mode: octal },
      fix: { id: 'load-tun', args: { mode: octal } },
    }
  },
})
