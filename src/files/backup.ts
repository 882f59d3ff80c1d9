import { link, lstat, rename, unlink } from 'node:fs/promises'
import { DoctorError, errnoOf, exit } from '../util/errors.ts'

/**
 * Keeps a file that is in the way beside its name, as NAME.old-1, NAME.old-2, …: the user's data is
 * never overwritten. A link is made first, so that there is no moment without the file.
 * @returns the new name, or null when nothing was in the way
 */
export const backUp = async (path: string): Promise<string | null> => {
  const info = await lstat(path).catch(() => null)
  if (info && !info.isFile() && !info.isSymbolicLink()) {
    throw new DoctorError(
      exit.fixFailed,
      `${path} is a directory, device, pipe or socket; the doctor does not replace it.`,
    )
  }
  for (let n = 1; ; n++) {
    const kept = `${path}.old-${n}`
    try {
      await link(path, kept)
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') continue
      if (errnoOf(error) === 'ENOENT') return null
      // fs.protected_hardlinks: a file of root in a directory of this user cannot be linked, but it can be renamed.
      // The name is free: Linux returns EEXIST before EPERM.
      if (errnoOf(error) !== 'EPERM') throw error
      await rename(path, kept)
      return kept
    }
    await unlink(path)
    return kept
  }
}
