import { link, lstat, rename, unlink } from 'node:fs/promises'
import { errnoOf } from '../errors.ts'

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/**
 * Keeps a file that is in the way beside its name, as NAME.old-1, NAME.old-2, …: the user's data is
 * never overwritten. A link is made first, so that there is no moment without the file.
 * @returns the new name, or null when nothing was in the way
 */
export const keepAside = async (path: string): Promise<string | null> => {
  for (let n = 1; ; n++) {
    const kept = `${path}.old-${n}`
    try {
      await link(path, kept)
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') continue
      if (errnoOf(error) === 'ENOENT') return null
      // A folder, or (fs.protected_hardlinks) a file of root in a folder of ours: it can still be renamed.
      if (errnoOf(error) !== 'EPERM') throw error
      if (await exists(kept)) continue
      await rename(path, kept)
      return kept
    }
    await unlink(path)
    return kept
  }
}
