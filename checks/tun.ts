import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type Container, findContainer, passDevice } from '../src/host/container.ts'
import { type FileInfo, typeWord } from '../src/host/files.ts'
import { notForNone } from './shared/network.ts'

const expected = '/dev/net/tun can be opened for reading and writing'

/** The driver is at work: loading it again makes no node. */
type Driver = { readonly driver: boolean }

const findings = {
  missing: finding<Driver>({
    found: ({ driver }) => `there is no /dev/net/tun${driver ? ', though its driver is loaded' : ''}`,
    expected,
    hint: ({ driver }) =>
      driver
        ? 'In a container, pass it in (--device /dev/net/tun); else `sudo mkdir -p /dev/net && sudo mknod -m 666 /dev/net/tun c 10 200`.'
        : null,
  }),
  'missing-in-container': finding<{ container: Container }>({
    found: 'there is no /dev/net/tun in this container',
    expected,
    // Without the capability it opens, and no TAP can be made.
    hint: ({ container }) => passDevice(container, '/dev/net/tun', '10:200', ' --cap-add NET_ADMIN'),
  }),
  'no-driver': finding<Driver>({
    found: ({ driver }) =>
      driver ? '/dev/net/tun is another device than that of its driver' : 'no driver behind /dev/net/tun',
    expected,
    hint: ({ driver }) => (driver ? 'Remove it, then `sudo mknod -m 666 /dev/net/tun c 10 200`.' : null),
  }),
  'not-a-device': finding<{ type: FileInfo['type'] }>({
    found: ({ type }) => `/dev/net/tun is a ${typeWord(type)}, not a device`,
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

interface Facts {
  readonly node: FileInfo['type'] | null
  readonly driver?: boolean
  /** The container that this is, where the device is missing. */
  readonly container?: Container
  readonly mode: number
  /** The errno name of opening it, "ok", or null where it was not tried. */
  readonly open: string | null
  readonly mayReadAndWrite: boolean
  readonly user: string
  readonly root: boolean
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
  probe: async (host): Promise<Facts> => {
    const [node, driver, answer, read, write] = await Promise.all([
      host.stat('/dev/net/tun'),
      host.stat('/sys/class/misc/tun'),
      host.askTun(),
      host.canAccess('/dev/net/tun', 'read'),
      host.canAccess('/dev/net/tun', 'write'),
    ])
    const container = node === null ? await findContainer(host) : null
    return {
      node: node?.type ?? null,
      driver: driver !== null,
      ...(container === null ? {} : { container }),
      mode: node?.mode ?? 0,
      open: answer?.open ?? null,
      mayReadAndWrite: read && write,
      user: host.user.name,
      root: host.user.uid === 0,
    }
  },
  // Facts that were recorded before the driver was looked at have none.
  judge: ({ node, driver = false, container, mode, open, mayReadAndWrite, user, root }) => {
    const remedy = driver ? {} : { fix: load }
    if (node === null && container !== undefined)
      return { status: 'fail', code: 'missing-in-container', values: { container } }
    if (node === null) return { status: 'fail', code: 'missing', values: { driver }, ...remedy }
    // ENODEV: the node is there, the driver behind it is not.
    if (open === 'ENOENT' || open === 'ENODEV')
      return { status: 'fail', code: 'no-driver', values: { driver }, ...remedy }
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
