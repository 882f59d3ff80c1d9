/**
 * Files of root, made by its own small commands: the doctor itself stays the user. Their content goes
 * through a pipe, never through a shell or a file that another account could exchange.
 */
import { basename, dirname } from 'node:path'
import type { WriteStep } from '../contract/step.ts'
import type { Stamp, UndoAction } from '../contract/undo.ts'
import { partName } from '../files/write.ts'
import type { Argv } from '../util/argv.ts'
import { DoctorError, exit } from '../util/errors.ts'
import { pathFault } from '../util/trusted-path.ts'
import { type Executor, runCommand } from './run-step.ts'

type Restore = Extract<UndoAction, { kind: 'restore' }>

const asRoot = (argv: Argv, executor: Executor, input?: string): Promise<string> =>
  runCommand({ argv, root: true }, executor, () => {}, input)

/** Identifies a file also in a directory that the user may not look into; null when there is none. */
const stampAsRoot = async (path: string, executor: Executor): Promise<Stamp | null> => {
  const text = await asRoot(['stat', '-c', '%i %s %Y', '--', path], executor).catch(() => null)
  const [ino, size, seconds] = (text ?? '').trim().split(' ').map(Number)
  return ino === undefined || size === undefined || seconds === undefined
    ? null
    : { ino, size, mtimeMs: seconds * 1000 }
}

/** Hidden: many directories of /etc take whatever is in them and has no dot in front. */
const freeName = async (path: string, executor: Executor): Promise<string> => {
  for (let n = 1; ; n++) {
    const name = `${dirname(path)}/.${basename(path)}.old-${n}`
    if ((await stampAsRoot(name, executor)) === null) return name
  }
}

/** What root writes in a directory of others could be exchanged before it is read. */
const assertRootDirectory = async (directory: string): Promise<void> => {
  const fault = await pathFault(directory, 0).catch(() => null)
  if (fault !== null)
    throw new DoctorError(exit.fixFailed, `${directory} is not a safe place for a file of root: ${fault}.`)
}

const same = (a: Stamp, b: Stamp): boolean => a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs

/**
 * Writes a file of root that can be taken back, unless it says the same already; one that says something
 * else is kept beside it, hidden.
 * @param record called with the way back before the file has its name
 * @param beforePart called with the temporary name before it exists
 * @returns the temporary name, which is free again; null when nothing was written
 * @throws DoctorError when a command of root fails, or when other accounts can write the directory
 */
export const writeAsRoot = async (
  { path, content, mode, afterUndo }: WriteStep,
  executor: Executor,
  record: (undo: UndoAction) => Promise<void>,
  beforePart: (part: string) => Promise<void> = async () => {},
): Promise<string | null> => {
  await assertRootDirectory(dirname(path))
  const before = await stampAsRoot(path, executor)
  const isThere = before
    ? await asRoot(['cmp', '-s', '--', path, '-'], executor, content).then(
        () => true,
        () => false,
      )
    : false
  if (isThere) return null
  const part = partName(path)
  await beforePart(part)
  await asRoot(['mkdir', '-p', '--', dirname(path)], executor)
  await asRoot(['rm', '-f', '--', part], executor)
  try {
    // /dev/stdin would be opened anew, which a socket, as Node's pipes are, does not allow; dd just reads.
    await asRoot(['dd', `of=${part}`, 'conv=fsync', 'status=none'], executor, content)
    await asRoot(['chmod', mode.toString(8).padStart(4, '0'), '--', part], executor)
    const stamp = await stampAsRoot(part, executor)
    if (!stamp) throw new Error(`${part} is gone`)
    const kept = before && (await freeName(path, executor))
    await record({
      kind: 'restore',
      path,
      stamp,
      kept,
      root: true,
      ...(afterUndo ? { after: afterUndo } : {}),
    })
    // A link first, so that there is no moment without the file.
    if (kept) await asRoot(['ln', '--', path, kept], executor)
    await asRoot(['mv', '-T', '--', part, path], executor)
  } catch (error) {
    await asRoot(['rm', '-f', '--', part], executor).catch(() => {})
    throw error
  }
  return part
}

/**
 * Takes a file of root back.
 * @returns why it was left alone, or null when it was taken back
 */
export const restoreAsRoot = async (
  { path, stamp, kept, after }: Restore,
  executor: Executor,
): Promise<string | null> => {
  const now = await stampAsRoot(path, executor)
  const keptNow = kept === null ? null : await stampAsRoot(kept, executor)
  if (now && !same(now, stamp)) {
    if (kept === null || !keptNow || !same(now, keptNow)) return 'it was changed since'
    // Killed between the link and the change of the name: both are the old file.
    await asRoot(['rm', '--', kept], executor)
    return 'it had not happened'
  }
  if (kept !== null && keptNow) await asRoot(['mv', '-T', '--', kept, path], executor)
  else if (!now) {
    // An undo that was killed, or whose command failed, may have come no further than the file.
    if (after) await asRoot(after, executor).catch(() => {})
    return 'it is gone already'
  } else await asRoot(['rm', '--', path], executor)
  if (after) await asRoot(after, executor)
  return null
}
