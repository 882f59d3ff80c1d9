/** Searched after PATH: where mkdosfs, ip and setcap live, and what the PATH of an ordinary Debian user lacks. */
export const systemDirectories: readonly string[] = [
  ...['/usr/local/sbin', '/usr/sbin', '/sbin'],
  ...['/usr/bin', '/bin'],
]

/**
 * The directories in which programs are looked up and started, one list for both. Relative and empty entries
 * of PATH do not count: they would start programs of the directory that the user happens to stand in.
 * @param path the PATH of this process
 */
export const searchPath = (path: string | undefined): string =>
  [...new Set([...(path ?? '').split(':'), ...systemDirectories])]
    .filter((directory) => directory.startsWith('/'))
    .join(':')
