/** File capabilities: the raw attribute, and what getcap prints of it. */

import { mountIn } from './mounts.ts'

/** CAP_NET_ADMIN in linux/capability.h. */
const netAdminBit = 12n

export interface NetAdmin {
  readonly permitted: boolean
  /** Without the effective flag the program would have to raise it itself; Cloud Hypervisor does not. */
  readonly effective: boolean
}

/**
 * Reads a security.capability attribute (linux/capability.h: struct vfs_cap_data, little endian:
 * revision and flags, then permitted and inheritable, low word first). Revision 3 belongs to the root of
 * a user namespace: getxattr(2) hands it out as revision 2 where that is ours, so one that is still 3
 * is another namespace's, and is ignored when we start the file (capabilities(7)).
 * @param hex "" when the file has none
 */
export const netAdminInAttribute = (hex: string): NetAdmin => {
  const bytes = Buffer.from(hex, 'hex')
  const magic = bytes.length < 12 ? 0 : bytes.readUInt32LE(0)
  if (magic === 0 || magic >>> 24 === 3) return { permitted: false, effective: false }
  const low = BigInt(bytes.readUInt32LE(4))
  const permitted = ((low >> netAdminBit) & 1n) === 1n
  return { permitted, effective: permitted && (magic & 1) === 1 }
}

/** The capabilities in a line of getcap, without the path: `PATH cap_x=ep` (2.41 and later) or `PATH = cap_x+ep`. */
export const capabilityText = (path: string, output: string): string => {
  const line = output.split('\n').find((candidate) => candidate.startsWith(path))
  return (line ?? '')
    .slice(path.length)
    .replace(/^\s*=\s+/, '')
    .trim()
}

/** The same from cap_from_text(3) notation, as getcap prints it: clauses such as `cap_net_admin,cap_net_raw+ep`. */
export const netAdminInText = (text: string): NetAdmin => {
  let permitted = false
  let effective = false
  for (const clause of text.split(/\s+/).filter(Boolean)) {
    const match = /^([a-z0-9_,]*)((?:[=+-][eip]*)+)$/.exec(clause)
    const names = (match?.[1] ?? '').split(',')
    const applies = names.includes('cap_net_admin') || names.includes('all') || match?.[1] === ''
    if (!match || !applies) continue
    for (const [, operator, flags = ''] of match[2]?.matchAll(/([=+-])([eip]*)/g) ?? []) {
      if (operator === '=') permitted = effective = false
      if (flags.includes('p')) permitted = operator !== '-'
      if (flags.includes('e')) effective = operator !== '-'
    }
  }
  return { permitted, effective: permitted && effective }
}

/**
 * @param hex a set of capabilities as in /proc/PID/status
 * @param bit the number of one in linux/capability.h
 */
export const hasCapability = (hex: string, bit: number): boolean =>
  /^[0-9a-f]{1,16}$/i.test(hex) && ((BigInt(`0x${hex}`) >> BigInt(bit)) & 1n) === 1n

/** Whether a bounding set, as hex in /proc/PID/status, has CAP_NET_ADMIN. */
export const boundingSetHasNetAdmin = (hex: string): boolean => hasCapability(hex, Number(netAdminBit))

/** Whether the file system that holds a path is mounted nosuid, which switches file capabilities off. */
export const isNosuid = (mountinfo: string, path: string): boolean =>
  mountIn(mountinfo, path)?.options.includes('nosuid') ?? false
