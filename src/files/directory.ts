/** Directories that the doctor writes in: made where they are missing, and judged in any case. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DoctorError, errnoOf, exit } from '../util/errors.ts'
import { pathFault } from '../util/trusted-path.ts'
import { syncDirectory } from './sync.ts'

const failed = (message: string, cause?: unknown) => new DoctorError(exit.fixFailed, message, { cause })

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  )

/**
 * Node's own recursive mkdir never returns where a file system answers ENOENT although the parent is there,
 * as /proc does.
 * @returns the directories that were made, the innermost first
 */
const makeAll = async (path: string, mode: number): Promise<string[]> => {
  if (await isDirectory(path)) return []
  const above = dirname(path) === path ? [] : await makeAll(dirname(path), mode)
  try {
    await mkdir(path, mode)
    await syncDirectory(dirname(path))
    return [path, ...above]
  } catch (error) {
    // Another doctor was faster.
    if (errnoOf(error) === 'EEXIST' && (await isDirectory(path))) return above
    throw failed(
      `${path} cannot be made a directory (${errnoOf(error)}); set \`data_dir\` or XDG_STATE_HOME to another one.`,
      error,
    )
  }
}

/**
 * Makes a directory with all above it, so that only the user and root can change what is in it.
 * @param path absolute
 * @param mode of the directories that are made, before the umask
 * @returns the directories that were made, the innermost first
 * @throws DoctorError (exit 5) when it cannot be made, or when others can exchange what it holds
 */
export const ensureDirectory = async (path: string, mode = 0o777): Promise<readonly string[]> => {
  const made = await makeAll(path, mode)
  const fault = await pathFault(path, process.getuid?.() ?? 0)
  if (fault !== null) throw failed(`${path} is not a safe place to write: ${fault}.`)
  return made
}
