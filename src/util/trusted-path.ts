/**
 * Whether a path may be trusted: as sshd(8) judges with StrictModes, the file and every directory above it
 * belong to the user or to root, and no other account may write them. A path that passes cannot be exchanged
 * by others between this judgement and its use, because that needs write access to one of its directories.
 */
import type { Stats } from 'node:fs'
import { lstat, readFile, readlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DoctorError, errnoOf, exit } from './errors.ts'

/** path_resolution(7): the kernel gives up after 40 links. */
const maxLinks = 40

const isWritableBy = { group: 0o020, others: 0o002 } as const
const sticky = 0o1000

/** Entries of a colon-separated table such as passwd(5) and group(5). */
const readTable = async (path: string): Promise<string[][]> =>
  (await readFile(path, 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))

/**
 * Whether a group has no member but the user and root: with the umask 002 of Ubuntu all that a person makes
 * is writable by the group of that person alone. Debian's sshd makes the same exception. A group that is not
 * in /etc/group has unknown members, and does not pass.
 */
const isPrivateGroup = async (gid: number, uid: number): Promise<boolean> => {
  const [groups, accounts] = await Promise.all([readTable('/etc/group'), readTable('/etc/passwd')])
  const group = groups.find(([name, , id]) => name && id === String(gid))
  if (!group) return false
  const isTrusted = (id: string | undefined) => id === '0' || id === String(uid)
  const members = (group[3] ?? '').split(',').filter(Boolean)
  return (
    accounts.every(([, , id, primary]) => primary !== String(gid) || isTrusted(id)) &&
    members.every((name) => accounts.some(([account, , id]) => account === name && isTrusted(id)))
  )
}

/** Why what stands at a path itself can be changed by others, or null. @param isLast whether nothing is looked up in it */
const entryFault = async (at: string, info: Stats, uid: number, isLast: boolean): Promise<string | null> => {
  if (info.isSymbolicLink()) return null
  // Of a directory such as /tmp only the owner of an entry may replace it, and that owner is judged next.
  if (info.isDirectory() && info.mode & sticky && !isLast) return null
  if (info.mode & isWritableBy.others)
    return `every user may write ${at}: run \`chmod o-w ${at}\`, or use another path`
  if (info.mode & isWritableBy.group && !(await isPrivateGroup(info.gid, uid)))
    return `the group ${info.gid} may write ${at}: run \`chmod g-w ${at}\`, or use another path`
  return null
}

const lstatOrNull: LookAt = (path) =>
  lstat(path).catch((error) => {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null
    throw error
  })

/** Looks at one component of a path: null where nothing is. @throws a system error */
export type LookAt = (path: string) => Promise<Stats | null>

/** For many paths that are judged at the same moment: what is above several is looked at once. */
export const lookOnce = (): LookAt => {
  const known = new Map<string, Promise<Stats | null>>()
  return (path) => {
    const info = known.get(path) ?? lstatOrNull(path)
    known.set(path, info)
    return info
  }
}

/**
 * Walks a path as the kernel does, one component after the other, links included.
 * @param path a relative one is taken from the working directory. What does not exist is judged by the
 *   directories above it; in a directory such as /tmp others may still create it, so that the maker judges
 *   it again once it exists
 * @param uid of the user that the doctor acts for
 * @param lookAt how to look at a component
 * @returns why the path cannot be trusted, naming the file or directory at fault and a remedy; or null
 * @throws a system error, such as EACCES, when a component cannot be looked at
 */
export const pathFault = async (
  path: string,
  uid: number,
  lookAt: LookAt = lstatOrNull,
): Promise<string | null> => {
  // The owner of "/" owns the host. In a user namespace without root that is the overflow uid.
  const owners = new Set([0, uid, (await lookAt('/'))?.uid])
  const left = (path.startsWith('/') ? path : `${process.cwd()}/${path}`).split('/').filter(Boolean)
  let at = '/'
  for (let links = 0; ; ) {
    const info = await lookAt(at)
    if (info === null) return null
    if (!owners.has(info.uid))
      return `${at} belongs to user ${info.uid}, not to you or root: use a path that only you and root can change`
    const fault = await entryFault(at, info, uid, left.length === 0)
    if (fault !== null) return fault
    if (info.isSymbolicLink()) {
      if (++links > maxLinks) return `it leads through more than ${maxLinks} symbolic links`
      const target = await readlink(at)
      left.unshift(...target.split('/').filter(Boolean))
      at = target.startsWith('/') ? '/' : dirname(at)
      continue
    }
    const next = left.shift()
    if (next === undefined) return null
    // What is above was resolved already, so that ".." is the parent that the kernel takes.
    if (next === '..') at = dirname(at)
    else if (next !== '.') at = at === '/' ? `/${next}` : `${at}/${next}`
  }
}

/**
 * @param path as for `pathFault`
 * @param uid as for `pathFault`
 * @param name how the message names the path, such as a flag or a key; the path itself when absent
 * @throws DoctorError (exit 2, or `exitCode`) in one sentence when others can change what is there
 */
export const assertTrustedPath = async (
  path: string,
  uid: number,
  name: string = path,
  exitCode: number = exit.usage,
): Promise<void> => {
  const fault = await pathFault(path, uid)
  if (fault !== null) throw new DoctorError(exitCode, `${name} is not trusted: ${fault}.`)
}
