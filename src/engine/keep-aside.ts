import { link, unlink } from 'node:fs/promises'
import { errnoOf } from '../errors.ts'

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
      throw error
    }
    await unlink(path)
    return kept
  }
}
