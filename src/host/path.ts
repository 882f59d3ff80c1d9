/** Where mkdosfs, ip and setcap live, and what the PATH of an ordinary Debian user lacks. */
export const sbin: readonly string[] = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** A PATH with these directories behind it, for commands that are started by their name. */
export const withSbin = (path: string | undefined): string => [path, ...sbin].filter(Boolean).join(':')
