// Runs the doctor as the user of a job, and the bash of its scenario.
import { spawn, spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'

export const homes = { root: '/root', sky: '/home/sky' }

const plain = (user) => ({
  HOME: homes[user],
  USER: user,
  TERM: 'dumb',
  XDG_STATE_HOME: `${homes[user]}/state-fault`,
  PATH:
    user === 'root'
      ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
      : '/usr/local/bin:/usr/bin:/bin',
})

/** The argument vector and environment with which a job starts the doctor. */
export const doctorCall = ({ user = 'root', wrap = [], env = {} }, args) => {
  const variables = { ...plain(user), ...env }
  const own = ['/opt/node', '/opt/chv-doctor/dist/cli.js', ...args]
  const wrapped = [...wrap, ...own]
  const argv =
    user === 'root'
      ? wrapped
      : [
          '/sbin/runuser',
          '-u',
          user,
          '--',
          'env',
          '-i',
          ...Object.entries(variables).map(([k, v]) => `${k}=${v}`),
          ...wrapped,
        ]
  return { argv, env: variables, cwd: homes[user] }
}

/** @returns code, standard output and error; `code` is null after the limit */
export const doctor = (job, args, limitMs = 120_000) => {
  const { argv, env, cwd } = doctorCall(job, args)
  const { status, stdout, stderr, signal } = spawnSync(argv[0], argv.slice(1), {
    env,
    cwd,
    encoding: 'utf8',
    timeout: limitMs,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 26,
  })
  return { code: status, signal, stdout: stdout ?? '', stderr: stderr ?? '' }
}

/** Starts the doctor in a process group of its own, with its output in a file. */
export const startDoctor = (job, args, output) => {
  const { argv, env, cwd } = doctorCall(job, args)
  const file = openSync(output, 'w')
  return spawn(argv[0], argv.slice(1), { env, cwd, stdio: ['ignore', file, file], detached: true })
}

/** Runs bash with the functions of the scenario; what it starts in the background goes on. */
export const shell = (text, env = {}) => {
  const log = openSync('/tmp/shell.log', 'a')
  const { status } = spawnSync('bash', ['-c', `set -eu\nsource /opt/trust/functions\n${text}`], {
    stdio: ['ignore', log, log],
    cwd: '/root',
    env: { ...plain('root'), NODE: '/opt/node', REPO: '/opt/chv-doctor', ...env },
  })
  return status
}

/** The report of `check`: findings and the rest that is not plainly ok. */
export const check = (job, args = []) => {
  const { code, stdout, stderr } = doctor(job, ['check', '--format', 'json', ...args])
  let results
  try {
    results = JSON.parse(stdout).results
  } catch {
    return { code, results: null, error: `${stdout.slice(0, 400)}${stderr.slice(0, 400)}` }
  }
  return {
    code,
    results: results
      .filter(({ status }) => status !== 'ok')
      .map(({ id, status, code: finding, found, reason, hint, fix, blockedBy }) => ({
        id,
        status,
        ...(finding ? { finding } : {}),
        found: found ?? reason,
        ...(hint ? { hint } : {}),
        ...(fix ? { fix: fix.id } : {}),
        ...(blockedBy ? { blockedBy } : {}),
      })),
  }
}
