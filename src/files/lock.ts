/**
 * Locks made of a file that names a process: taken over when that process is gone. The name is the
 * process id with its start time, because ids are used again.
 */
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errnoOf } from '../util/errors.ts'
import { ensureDirectory } from './directory.ts'

/** "PID START" of a running process, or null: START is field 22 of /proc/PID/stat (proc(5)). */
export const processIdentity = async (pid: number): Promise<string | null> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // Field 2 is the command in parentheses, and may hold blanks and parentheses itself.
  const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return start ? `${pid} ${start}` : null
}

/** The process that a lock names, if it still runs. */
const holderOf = async (text: string): Promise<number | null> => {
  const pid = Number(text.split(' ')[0])
  return pid > 0 && (await processIdentity(pid)) === text ? pid : null
}

/** Takes a stale lock away; puts it back should another process have renewed it in the meantime. */
const discard = async (path: string, aside: string) => {
  await rename(path, aside).catch(() => {})
  const text = await readFile(aside, 'utf8').catch(() => null)
  if (text !== null && (await holderOf(text)) !== null) await link(aside, path).catch(() => {})
  await unlink(aside).catch(() => {})
}

/**
 * Takes a lock, once. Its directory is made and judged first, so that every lock in it is of this user or root.
 * @param mode of the directories that are made
 * @returns a function that releases the lock, or the pid of the process that holds it
 * @throws DoctorError (exit 5) when others can write the directory
 */
export const tryLock = async (path: string, mode?: number): Promise<(() => Promise<void>) | number> => {
  await ensureDirectory(dirname(path), mode)
  const own = `${path}.${randomUUID()}`
  await writeFile(own, (await processIdentity(process.pid)) ?? String(process.pid), {
    flag: 'wx',
    mode: 0o600,
  })
  try {
    for (;;) {
      try {
        // The lock appears with its content: no reader ever sees an empty one.
        await link(own, path)
        return () => unlink(path).catch(() => {})
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST') throw error
      }
      const holder = await holderOf(await readFile(path, 'utf8').catch(() => ''))
      if (holder !== null) return holder
      await discard(path, `${own}.stale`)
    }
  } finally {
    await unlink(own).catch(() => {})
  }
}
