import { existsSync } from 'node:fs'
import find from 'which'

/** Searched after PATH: where mkdosfs, ip and setcap live, and what the PATH of an ordinary Debian user lacks. */
export const systemDirectories: readonly string[] = [
  ...['/usr/local/sbin', '/usr/sbin', '/sbin'],
  ...['/usr/bin', '/bin'],
]

const directoriesOf = (path: string | undefined): string[] =>
  [...new Set([...(path ?? '').split(':'), ...systemDirectories])].filter((directory) =>
    directory.startsWith('/'),
  )

/**
 * The directories in which programs are looked up and started, one list for both. Relative and empty entries
 * of PATH do not count: they would start programs of the directory that the user happens to stand in.
 * @param path the PATH of this process
 */
export const searchPath = (path: string | undefined): string => directoriesOf(path).join(':')

/**
 * Looks for a program. Synchronous: a dozen directories for a dozen programs are 1 ms so, and 20 ms through the
 * thread pool.
 * @param path the PATH of this process
 * @returns an absolute path that this process can execute, or null
 */
export const findProgram = (name: string, path: string | undefined): string | null => {
  // which makes an error of each directory that lacks it, and most do.
  const having = directoriesOf(path).filter((directory) => existsSync(`${directory}/${name}`))
  return having.length > 0 ? find.sync(name, { path: having.join(':'), nothrow: true }) : null
}
