/** What a container keeps from the programs in it: fixes that need it cannot work inside. */
import { hasCapability } from './capabilities.ts'
import { type Container, findContainer } from './container.ts'
import type { Host } from './host.ts'
import { mountIn } from './mounts.ts'
import { statusField } from './process-status.ts'

/**
 * root: to become root, with what a package manager needs of it. network: interfaces, addresses and firewall rules.
 * sysctl: settings of the network in /proc/sys. devices: owner and mode of devices. kernel: modules and huge pages.
 */
export const rights = ['root', 'network', 'sysctl', 'devices', 'kernel'] as const
export type Right = (typeof rights)[number]

export interface Confinement {
  readonly container: Container
  /** In the order of `rights`; empty where it keeps nothing. */
  readonly withheld: readonly Right[]
}

/** Of linux/capability.h. */
const capability = { chown: 0, setuid: 7, netAdmin: 12, sysModule: 16 }

/** Where the user IDs are not those of the host (user_namespaces(7)), root in here is nobody outside. */
const hasOwnUsers = (uidMap: string | null): boolean =>
  uidMap !== null && !/^\s*0\s+0\s+4294967295\s*$/.test(uidMap)

/** @returns null where this is no container */
export const readConfinement = async (host: Host): Promise<Confinement | null> => {
  const container = await findContainer(host)
  if (container === null) return null
  const [status, uidMap, mounts] = await Promise.all([
    host.readText('/proc/self/status'),
    host.readText('/proc/self/uid_map'),
    host.readText('/proc/self/mountinfo'),
  ])
  // No program that is started in here has more than the bounding set, as root neither.
  const bounds = statusField(status, 'CapBnd')
  const lacks = (bit: number) => bounds !== undefined && !hasCapability(bounds, bit)
  const ownUsers = hasOwnUsers(uidMap)
  const isWithheld: Readonly<Record<Right, boolean>> = {
    root:
      (host.user.uid !== 0 && statusField(status, 'NoNewPrivs') === '1') ||
      lacks(capability.chown) ||
      lacks(capability.setuid),
    network: lacks(capability.netAdmin),
    sysctl: mountIn(mounts ?? '', '/proc/sys/net/ipv4/ip_forward')?.options.includes('ro') ?? false,
    devices: ownUsers,
    kernel: ownUsers || lacks(capability.sysModule),
  }
  return { container, withheld: rights.filter((right) => isWithheld[right]) }
}
