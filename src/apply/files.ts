/** Files that fixes make: complete under a temporary name first, then under their own. */
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type DiskOrigin, type KnownDisk, originPath } from '../disk-origin.ts'
import type { Stamp, UndoAction } from '../engine/journal.ts'
import { keepAside } from '../engine/keep-aside.ts'
import { errnoOf } from '../errors.ts'

/** What identifies a file as the one that we made. */
export const stampOf = async (path: string): Promise<Stamp> => {
  const { ino, size, mtimeMs } = await stat(path)
  return { ino, size, mtimeMs }
}

const syncPath = async (path: string) => {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Writes content beside its final name. @returns the name it has for now */
const writePart = async (path: string, content: string, mode: number): Promise<string> => {
  const temporary = `${dirname(path)}/.${basename(path)}.part`
  await rm(temporary, { force: true })
  const file = await open(temporary, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  return temporary
}

/** Writes a file so that its name never stands for half of it; one that is there is replaced. Its folder must exist. */
export const writeWhole = async (path: string, content: string, mode: number): Promise<void> =>
  rename(await writePart(path, content, mode), path)

/** Writes a file that can be taken back, unless it says the same already; one that says something else is kept aside. */
export const writeAside = async (
  path: string,
  content: string,
  mode: number,
  record: (undo: UndoAction) => Promise<void>,
): Promise<void> => {
  if ((await readFile(path, 'utf8').catch(() => null)) === content) return
  await mkdir(dirname(path), { recursive: true })
  await publish(await writePart(path, content, mode), path, record)
}

/** Writes beside a disk that is about to get its name what it was made from, and what identifies it. */
export const writeOrigin = async (from: string, to: string, origin: DiskOrigin): Promise<void> => {
  const { ino, mtimeMs } = await stat(from)
  await mkdir(dirname(to), { recursive: true })
  const known: KnownDisk = { ...origin, inode: ino, mtime: Math.floor(mtimeMs / 1000) }
  // Private, because an address can carry credentials.
  await writeWhole(originPath(to), `${JSON.stringify(known)}\n`, 0o600)
}

/**
 * Moves a finished file to its final name. What stood there is kept beside it.
 * @param record called between the preparations and the rename, with the way back
 */
export const publish = async (
  from: string,
  to: string,
  record: (undo: UndoAction) => Promise<void>,
): Promise<void> => {
  await mkdir(dirname(to), { recursive: true })
  await syncPath(from)
  const kept = await keepAside(to)
  await record({ kind: 'restore', path: to, stamp: await stampOf(from), kept })
  await rename(from, to)
  await syncPath(dirname(to))
}

/**
 * Takes a published file back.
 * @returns why it was left alone, or null when it was taken back
 */
export const restore = async (action: Extract<UndoAction, { kind: 'restore' }>): Promise<string | null> => {
  let now: Stamp
  try {
    now = await stampOf(action.path)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    // Killed between keeping the old file aside and the rename: the old one goes back.
    if (action.kept === null) return 'it is gone already'
    await rename(action.kept, action.path)
    return null
  }
  const { ino, size, mtimeMs } = action.stamp
  if (now.ino !== ino || now.size !== size || now.mtimeMs !== mtimeMs) return 'it was changed since'
  if (action.kept === null) await rm(action.path)
  else await rename(action.kept, action.path)
  return null
}
