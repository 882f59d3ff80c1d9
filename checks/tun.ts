import { defineCheck } from '../src/contract/check.ts'
import { notForNone } from './shared/network.ts'

export const tun = defineCheck({
  id: 'tun',
  title: '/dev/net/tun opens',
  group: 'host',
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
    const expected = '/dev/net/tun can be opened for reading and writing'
    // ENODEV: the node is there, the driver behind it is not.
    if (node === null || open === 'ENOENT' || open === 'ENODEV') {
      return {
        status: 'fail',
        found: node === null ? 'there is no /dev/net/tun' : 'no driver behind /dev/net/tun',
        expected,
        fix: { id: 'load-tun', args: { mode: null } },
      }
    }
    if (node !== 'character-device') {
      return {
        status: 'fail',
        found: `/dev/net/tun is a ${node.replace('-', ' ')}, not a device`,
        expected,
        hint: 'Remove it, then `mknod -m 666 /dev/net/tun c 10 200`.',
      }
    }
    if (open === 'ok') return { status: 'ok', found: 'opens for reading and writing' }
    if (open === null && mayReadAndWrite) return { status: 'ok', found: 'may be opened (not tried)' }
    if (open === null || open === 'EACCES' || open === 'EPERM') {
      // Not the mode refuses here, but a device cgroup (EPERM) or a nodev mount: that is a container.
      if (root || open === 'EPERM' || (mode & 0o006) === 0o006)
        return {
          status: 'fail',
          found: `${user} may not open it: a container without it`,
          expected,
          hint: 'Start the container with --device /dev/net/tun.',
        }
      // The kernel checks TAP ownership itself, so the node is world-writable everywhere by default.
      return {
        status: 'fail',
        found: `${user} may not open /dev/net/tun`,
        expected,
        fix: { id: 'load-tun', args: { mode: mode.toString(8).padStart(4, '0') } },
      }
    }
    return {
      status: 'fail',
      found: `/dev/net/tun cannot be opened (${open})`,
      expected,
      hint: 'Look for the reason in `dmesg`.',
    }
  },
})
