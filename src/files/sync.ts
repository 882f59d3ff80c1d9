/** Brings to the disk what a power cut would take back. */
import { open } from 'node:fs/promises'
import { errnoOf } from '../util/errors.ts'

/** A file, its content; a directory, the names in it. */
export const syncPath = async (path: string): Promise<void> => {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Some file systems cannot sync a directory, and one that may be written need not be readable: then it is left. */
const cannot = new Set(['EINVAL', 'ENOTSUP', 'EACCES'])

/** The names in a directory, where its file system can do that. */
export const syncDirectory = async (path: string): Promise<void> => {
  try {
    await syncPath(path)
  } catch (error) {
    if (!cannot.has(errnoOf(error) ?? '')) throw error
  }
}
