/**
 * The environment of every program that the doctor starts: an allow-list, because no list of dangerous
 * variables is ever complete (PERL5OPT, PYTHONSTARTUP, BASH_ENV, GIT_SSH_COMMAND, LD_PRELOAD, …).
 */
import { searchPath } from './path.ts'

/** Who runs it, where it may write, what terminal it has, and how it gets to the network. */
const passed = new Set([
  ...['HOME', 'USER', 'LOGNAME', 'TERM', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR', 'SSH_AUTH_SOCK'],
  ...['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy', 'ftp_proxy'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  // So that sudo's own timeouts and a policy that looks at it know the terminal's client.
  ...['SSH_CONNECTION', 'SSH_TTY'],
])

/**
 * @param env of this process
 * @returns what a child gets: allowed variables, the C locale, and a PATH of absolute directories
 */
export const childEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      passed.has(name) && value !== undefined ? [[name, value]] : [],
    ),
  ),
  LC_ALL: 'C',
  PATH: searchPath(env.PATH),
})
