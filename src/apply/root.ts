/** How a step gets root: it has it already, or through sudo or doas, asked for once and only where needed. */
import { spawn } from 'node:child_process'
import { basename } from 'node:path'
import { childEnvironment } from '../host/child-environment.ts'
import { execCapture } from '../host/exec.ts'
import type { Host } from '../host/host.ts'
import { DoctorError, exit, Interrupted } from '../util/errors.ts'

export interface Root {
  /** Puts what is needed before a command. */
  readonly prefix: readonly string[]
  /** Stops keeping the permission alive. */
  release(): void
}

/** Where both are there, sudo: doas forgets a password after each command unless it is told not to. */
const wayToRoot = async (host: Host): Promise<string | null> =>
  (await host.rootProgram('sudo')) ?? (await host.rootProgram('doas'))

/** The way to root that needs no question asked, or null: the user is root, or sudo or doas lets it pass. */
export const passwordlessRoot = async (host: Host): Promise<readonly string[] | null> => {
  if (host.user.uid === 0) return []
  const way = await wayToRoot(host)
  return way && (await execCapture([way, '-n', 'true'], 30_000)).code === 0 ? [way, '-n', '--'] : null
}

/** @returns the code of sudo or doas; null after a signal to it or to this process */
const askOnTerminal = (way: string, signal: AbortSignal): Promise<number | null> =>
  new Promise((resolve, reject) => {
    // doas has no call that only asks.
    const ask = basename(way) === 'sudo' ? '-v' : 'true'
    const child = spawn(way, [ask], { stdio: 'inherit', env: childEnvironment(process.env) })
    const stop = () => {
      // The kernel may refuse, because it belongs to root: it ends with its terminal then.
      child.kill('SIGTERM')
      resolve(null)
    }
    signal.addEventListener('abort', stop, { once: true })
    child
      .on('error', reject)
      .on('exit', resolve)
      .on('exit', () => signal.removeEventListener('abort', stop))
  })

/**
 * @param interactive whether sudo or doas may ask for a password on the terminal
 * @param signal ends the wait for the password
 * @throws DoctorError (exit 5) when root cannot be had; Interrupted
 */
export const obtainRoot = async (host: Host, interactive: boolean, signal: AbortSignal): Promise<Root> => {
  if (host.user.uid === 0) return { prefix: [], release: () => {} }
  const way = await wayToRoot(host)
  if (!way) {
    throw new DoctorError(
      exit.fixFailed,
      'Some steps need root and there is no sudo or doas here; run them as root from `chv-doctor fix --script`.',
    )
  }
  const name = basename(way)
  if ((await passwordlessRoot(host)) === null) {
    if (!interactive) {
      throw new DoctorError(
        exit.fixFailed,
        `Some steps need root and ${name} wants a password; run this on a terminal${name === 'sudo' ? ', or `sudo -v` first' : ''}.`,
      )
    }
    const code = await askOnTerminal(way, signal)
    if (code === null || code === 130) throw new Interrupted()
    if (code !== 0) throw new DoctorError(exit.fixFailed, `${name} did not grant root; nothing was changed.`)
    if (name === 'doas' && (await passwordlessRoot(host)) === null) {
      throw new DoctorError(
        exit.fixFailed,
        'doas asks for the password of every command; write `permit persist` in place of `permit` into /etc/doas.conf, or run this as root.',
      )
    }
  }
  // A long download must not outlast its memory (15 minutes for sudo by default, 5 for doas).
  const remember = name === 'sudo' ? ['-n', '-v'] : ['-n', 'true']
  const keepAlive = setInterval(() => void execCapture([way, ...remember], 30_000), 60_000)
  keepAlive.unref()
  return { prefix: [way, '-n', '--'], release: () => clearInterval(keepAlive) }
}
