/** Locks made of a file that holds a process id: taken over when that process is gone. */
import { mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errnoOf } from '../errors.ts'

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}

/**
 * @returns a function that releases the lock, or the pid of the process that holds it
 */
export const tryLock = async (path: string): Promise<(() => Promise<void>) | number> => {
  await mkdir(dirname(path), { recursive: true })
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      return () => unlink(path).catch(() => {})
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (holder > 0 && holder !== process.pid && alive(holder)) return holder
    await unlink(path).catch(() => {})
  }
}
