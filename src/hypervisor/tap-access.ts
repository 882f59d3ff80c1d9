/** Whether a guest that this user starts may attach to a TAP. */
import type { Config } from '../config/keys.ts'
import { groupIn } from '../host/groups.ts'
import type { Host } from '../host/host.ts'
import type { Interface } from '../host/interfaces.ts'
import { hasNetAdmin, readNetAdmin, readSession } from '../host/net-admin.ts'
import { Undetermined } from '../util/errors.ts'
import { findHypervisor } from './find.ts'

export interface TapUser {
  readonly name: string
  readonly uid: string
  /** Whether the user is in the group of the TAP; true when it has none. */
  readonly inGroup: boolean
  /** CAP_NET_ADMIN: any TAP will do. Looked at only where owner or group do not fit. */
  readonly privileged: boolean
}

const isPrivileged = async (host: Host, config: Config): Promise<boolean> => {
  // Root in a container often lacks it, and is then treated by the kernel like anybody else.
  if (host.user.uid === 0) return !(await readSession(host)).bounded
  const binary = await findHypervisor(host, config)
  return binary !== null && hasNetAdmin(await readNetAdmin(host, binary.real))
}

const isInGroup = async (host: Host, group: string | null): Promise<boolean> => {
  if (group === null) return true
  // `ip` prints the number of a group that has no name.
  const gid = /^\d+$/.test(group)
    ? Number(group)
    : groupIn((await host.readText('/etc/group')) ?? '', group)?.gid
  if (gid === undefined) throw new Undetermined(`the group ${group} of the TAP is not in /etc/group`)
  return host.user.gid === gid || host.user.groups.includes(gid)
}

/** Whether the TAP has no owner or this one. */
export const isOwner = ({ owner }: Interface, { name, uid }: TapUser): boolean =>
  owner === null || owner === name || owner === uid

/** The kernel's rule (tun_not_capable in drivers/net/tun.c): owner and group must both fit, where set. */
export const mayAttach = (tap: Interface, user: TapUser): boolean =>
  user.privileged || (isOwner(tap, user) && user.inGroup)

export const readTapUser = async (host: Host, config: Config, tap: Interface | null): Promise<TapUser> => {
  const user = {
    name: host.user.name,
    uid: String(host.user.uid),
    inGroup: await isInGroup(host, tap?.group ?? null),
    privileged: false,
  }
  return tap === null || mayAttach(tap, user)
    ? user
    : { ...user, privileged: await isPrivileged(host, config) }
}
