/** Files that an earlier run may have left: used only when they are this user's own, and never through a link. */
import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, stat } from 'node:fs/promises'
import { errnoOf } from '../util/errors.ts'
import { pathFault } from '../util/trusted-path.ts'

const isOurs = (info: Stats): boolean =>
  info.isFile() && info.uid === (process.getuid?.() ?? 0) && info.nlink === 1 && (info.mode & 0o022) === 0

/**
 * The state of a file that belongs to this user, has one name and that others cannot write.
 * @returns null for everything else: nothing, a symbolic link, a device, a file of another user
 */
export const ownFile = async (path: string): Promise<Stats | null> => {
  const info = await lstat(path).catch(() => null)
  return info && isOurs(info) ? info : null
}

/**
 * Opens a file for writing: a new one, or one that `ownFile` accepts.
 * @param how `create` fails when the name is taken, also by a dangling link (open(2), O_EXCL)
 * @throws a system error: EEXIST, ELOOP for a link, EPERM for what is not this user's own
 */
export const openOwn = async (path: string, how: 'create' | 'continue'): Promise<FileHandle> => {
  const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = constants
  const flags = how === 'create' ? O_CREAT | O_EXCL : O_NONBLOCK
  const file = await open(path, O_RDWR | O_NOFOLLOW | flags, 0o600)
  if (how === 'create' || isOurs(await file.stat())) return file
  await file.close()
  throw Object.assign(new Error(`${path} is not a file of this user alone`), { code: 'EPERM' })
}

/** Whether a finished file can be relied on: a regular one, that no other account can exchange or write. */
export const isTrustedFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile() && (await pathFault(path, process.getuid?.() ?? 0)) === null
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return false
  }
}
