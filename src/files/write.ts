/** Files that fixes make: complete under a temporary name first, then under their own. */
import { open, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type DiskOrigin, type KnownDisk, originPath } from '../catalogue/disk-origin.ts'
import type { Stamp, UndoAction } from '../contract/undo.ts'
import { errnoOf } from '../util/errors.ts'
import { tempPath } from '../util/temp-path.ts'
import { backUp } from './backup.ts'
import { ensureDirectory } from './directory.ts'
import { syncDirectory, syncPath } from './sync.ts'

type Restore = Extract<UndoAction, { kind: 'restore' }>

/** What identifies a file as the one that we made. */
export const stampOf = async (path: string): Promise<Stamp> => {
  const { ino, size, mtimeMs } = await stat(path)
  return { ino, size, mtimeMs }
}

/** The name of a file that is not finished. */
export const partName = (path: string): string => tempPath(path, 'part')

/** Writes content beside its final name. @returns the name it has for now */
const writePart = async (path: string, content: string, mode: number): Promise<string> => {
  const temporary = partName(path)
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

/** Writes a file so that its name never stands for half of it; one that is there is replaced. Its directory must exist. */
export const writeFileAtomic = async (path: string, content: string, mode: number): Promise<void> =>
  rename(await writePart(path, content, mode), path)

/**
 * Writes a file that can be taken back, unless it says the same already; one that says something else is kept
 * aside.
 * @param record called with the way back before the file has its name
 * @param beforePart called with the temporary name before it exists
 * @returns the temporary name, which is free again; null when nothing was written
 */
export const writeWithBackup = async (
  path: string,
  content: string,
  mode: number,
  record: (undo: UndoAction) => Promise<void>,
  beforePart: (part: string) => Promise<void> = async () => {},
): Promise<string | null> => {
  if ((await readFile(path, 'utf8').catch(() => null)) === content) return null
  const directories = await ensureDirectory(dirname(path))
  const part = partName(path)
  await beforePart(part)
  try {
    await moveTo(await writePart(path, content, mode), path, directories, record)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return part
}

/** Writes beside a disk that is about to get its name what it was made from, and what identifies it. */
export const writeOrigin = async (from: string, to: string, origin: DiskOrigin): Promise<void> => {
  const { ino, mtimeMs } = await stat(from)
  await ensureDirectory(dirname(to))
  const known: KnownDisk = { ...origin, inode: ino, mtime: Math.floor(mtimeMs / 1000) }
  // Private, because an address can carry credentials.
  await writeFileAtomic(originPath(to), `${JSON.stringify(known)}\n`, 0o600)
}

/** @param directories those that were made for it */
const moveTo = async (
  from: string,
  to: string,
  directories: readonly string[],
  record: (undo: UndoAction) => Promise<void>,
): Promise<void> => {
  await syncPath(from)
  const kept = await backUp(to)
  const undo: Restore = { kind: 'restore', path: to, stamp: await stampOf(from), kept }
  await record(directories.length > 0 ? { ...undo, directories } : undo)
  await rename(from, to)
  await syncDirectory(dirname(to))
}

/**
 * Moves a finished file to its final name. What stood there is kept beside it.
 * @param record called between the preparations and the rename, with the way back
 */
export const publish = async (
  from: string,
  to: string,
  record: (undo: UndoAction) => Promise<void>,
): Promise<void> => moveTo(from, to, await ensureDirectory(dirname(to)), record)

/** Removes what is empty, from the innermost outwards. */
const removeEmpty = async (directories: readonly string[]) => {
  for (const directory of directories) {
    const isGone = await rmdir(directory).then(
      () => true,
      () => false,
    )
    if (!isGone) return
  }
}

/**
 * Takes a published file back.
 * @returns why it was left alone, or null when it was taken back
 */
export const restore = async (action: Restore): Promise<string | null> => {
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
  if (action.kept !== null) await rename(action.kept, action.path)
  else {
    await rm(action.path)
    await removeEmpty(action.directories ?? [])
  }
  return null
}
