/** Files that a command writes where the user says. */
import { open, rm, stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { writeFileAtomic } from './write.ts'

/**
 * Writes a text to a path: a regular file is replaced atomically; a device, pipe or socket (/dev/stderr) is
 * written to, because replacing it by a file would destroy it.
 * @throws the error of the system call
 */
export const writeOutput = async (path: string, text: string): Promise<void> => {
  const target = await stat(path).catch(() => null)
  if (target && !target.isFile()) await writeFile(path, text)
  else await writeFileAtomic(resolve(path), text, 0o644)
}

/**
 * Creates a file that must not exist yet; an incomplete one is removed.
 * @throws the error of the system call: EEXIST where there is a file
 */
export const createFile = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o644)
  try {
    await file.writeFile(text)
    await file.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
