/** Reads what strace(1) writes with -f -y: which files, programs and addresses a run used. */
import { basename } from 'node:path'

const mutating = [
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir', 'link', 'linkat'],
  ...[
    'symlink',
    'symlinkat',
    'truncate',
    'ftruncate',
    'fallocate',
    'chmod',
    'fchmod',
    'fchmodat',
    'fchmodat2',
  ],
  ...['chown', 'fchown', 'lchown', 'fchownat', 'mknod', 'mknodat', 'setxattr', 'lsetxattr', 'fsetxattr'],
  ...['removexattr', 'lremovexattr', 'fremovexattr', 'utimensat', 'utime', 'utimes', 'futimesat'],
  ...['mount', 'umount2', 'move_mount', 'init_module', 'finit_module', 'delete_module', 'sethostname'],
  ...['swapon', 'swapoff', 'reboot', 'settimeofday', 'clock_settime', 'kexec_load'],
]

/** The calls to trace; "?" lets one pass that this strace or this architecture does not know. */
export const traced: string = [
  ...mutating,
  ...['open', 'openat', 'openat2', 'creat', 'execve', 'execveat', 'connect', 'sendto', 'sendmsg', 'sendmmsg'],
]
  .map((name) => `?${name}`)
  .join(',')

export interface Traced {
  /** Calls that change or may change a file, with the path. */
  readonly changes: readonly { readonly call: string; readonly path: string }[]
  readonly programs: readonly string[]
  /** AF_UNIX sockets. */
  readonly sockets: readonly string[]
  /** "ADDRESS PORT" of everything that packets went to. */
  readonly packets: readonly string[]
}

const call = /^(?:\d+ +)?(?:\d+\.\d+ )?([a-z0-9_]+)\((.*)$/

/** The paths among the arguments: strings that begin with a slash or follow a directory, and descriptors. */
const pathsOf = (args: string): string[] => {
  const quoted = [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path]) => path ?? '')
  const described = /^\d+<([^>]*)>/.exec(args)?.[1]
  const base = /^(?:AT_FDCWD|\d+)<([^>]*)>/.exec(args)?.[1] ?? ''
  const paths = quoted.map((path) => (path.startsWith('/') ? path : `${base}/${path}`))
  return paths.length > 0 ? paths : [described ?? args]
}

export const readTrace = (text: string): Traced => {
  const changes: { call: string; path: string }[] = []
  const programs = new Set<string>()
  const sockets = new Set<string>()
  const packets = new Set<string>()
  for (const line of text.split('\n')) {
    const [, name = '', args = ''] = call.exec(line) ?? []
    // A call that failed changed nothing; one that was cut off by another thread may have succeeded.
    const failed = / = -1 E/.test(args)
    if (name.startsWith('exec')) {
      const path = /"((?:[^"\\]|\\.)*)"/.exec(args)?.[1]
      if (path && !failed) programs.add(basename(path))
    } else if (name.startsWith('open') || name === 'creat') {
      if (!failed && (name === 'creat' || /O_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE)/.test(args)))
        for (const path of pathsOf(args)) changes.push({ call: name, path })
    } else if (name === 'connect' || name.startsWith('send')) {
      const unix = /sun_path=@?"([^"]*)"/.exec(args)?.[1]
      if (unix !== undefined && !failed) sockets.add(unix)
      const port = /sin6?_port=htons\((\d+)\)/.exec(args)?.[1]
      const address = /(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]*)"/.exec(args)?.[1]
      if (port !== undefined) packets.add(`${address} ${port}`)
    } else if (mutating.includes(name) && !failed) {
      for (const path of pathsOf(args)) changes.push({ call: name, path })
    }
  }
  return { changes, programs: [...programs].sort(), sockets: [...sockets], packets: [...packets] }
}
