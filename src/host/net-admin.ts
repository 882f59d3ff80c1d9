/** Whether a program started by this user would have CAP_NET_ADMIN, and what is in the way. */

import { Undetermined } from '../util/errors.ts'
import {
  boundingSetHasNetAdmin,
  capabilityText,
  isNosuid,
  netAdminInAttribute,
  netAdminInText,
} from './capabilities.ts'
import type { Host } from './host.ts'
import { statusField } from './process-status.ts'
import { describeRunFailure } from './run-failure.ts'

export interface NetAdminFacts {
  readonly root: boolean
  readonly permitted: boolean
  readonly effective: boolean
  readonly nosuid: boolean
  readonly noNewPrivs: boolean
  readonly bounded: boolean
}

const readCapability = async (host: Host, path: string) => {
  const attribute = await host.fileCapability(path)
  if (attribute !== null) return netAdminInAttribute(attribute)
  const getcap = await host.which('getcap')
  if (!getcap) throw new Undetermined('neither perl, python3 nor getcap is here to read file capabilities')
  const { code, stdout, stderr, failure } = await host.run([getcap, path])
  if (code !== 0) throw new Undetermined(`getcap ${failure ? describeRunFailure(failure) : stderr.trim()}`)
  return netAdminInText(capabilityText(path, stdout))
}

/** What the session that the doctor runs in takes away from every program that it starts. */
export const readSession = async (host: Host): Promise<Pick<NetAdminFacts, 'noNewPrivs' | 'bounded'>> => {
  const status = await host.readText('/proc/self/status')
  return {
    noNewPrivs: statusField(status, 'NoNewPrivs') === '1',
    bounded: !boundingSetHasNetAdmin(statusField(status, 'CapBnd') ?? ''),
  }
}

/** @param path the real file, no symbolic link */
export const readNetAdmin = async (host: Host, path: string): Promise<NetAdminFacts> => {
  const [capability, mounts, session] = await Promise.all([
    readCapability(host, path),
    host.readText('/proc/self/mountinfo'),
    readSession(host),
  ])
  return { root: host.user.uid === 0, ...capability, nosuid: isNosuid(mounts ?? '', path), ...session }
}

/** Whether it ends up with the capability. */
export const hasNetAdmin = ({
  root,
  permitted,
  effective,
  nosuid,
  noNewPrivs,
  bounded,
}: NetAdminFacts): boolean => !bounded && (root || (permitted && effective && !nosuid && !noNewPrivs))
