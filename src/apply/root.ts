/** How a step gets root: it has it already, or through sudo, asked for once and only where needed. */
import { spawn } from 'node:child_process'
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

/** The way to root that needs no question asked, or null: the user is root, or sudo lets it pass. */
export const passwordlessSudo = async (host: Host): Promise<readonly string[] | null> => {
  if (host.user.uid === 0) return []
  const sudo = await host.rootProgram('sudo')
  return sudo && (await execCapture([sudo, '-n', 'true'], 30_000)).code === 0 ? [sudo, '-n', '--'] : null
}

/** @returns the code of sudo; null after a signal to it or to this process */
const askOnTerminal = (sudo: string, signal: AbortSignal): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(sudo, ['-v'], { stdio: 'inherit', env: childEnvironment(process.env) })
    const stop = () => {
      // The kernel may refuse, because sudo belongs to root: it ends with its terminal then.
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
 * @param interactive whether sudo may ask for a password on the terminal
 * @param signal ends the wait for the password
 * @throws DoctorError (exit 5) when root cannot be had; Interrupted
 */
export const obtainRoot = async (host: Host, interactive: boolean, signal: AbortSignal): Promise<Root> => {
  if (host.user.uid === 0) return { prefix: [], release: () => {} }
  const sudo = await host.rootProgram('sudo')
  if (!sudo) {
    throw new DoctorError(
      exit.fixFailed,
      'Some steps need root and there is no sudo here; run them as root from `chv-doctor fix --script`.',
    )
  }
  if ((await passwordlessSudo(host)) === null) {
    if (!interactive) {
      throw new DoctorError(
        exit.fixFailed,
        'Some steps need root and sudo wants a password; run this on a terminal, or `sudo -v` first.',
      )
    }
    const code = await askOnTerminal(sudo, signal)
    if (code === null || code === 130) throw new Interrupted()
    if (code !== 0) throw new DoctorError(exit.fixFailed, 'sudo did not grant root; nothing was changed.')
  }
  // A long download must not outlast sudo's memory (15 minutes by default).
  const keepAlive = setInterval(() => void execCapture([sudo, '-n', '-v'], 30_000), 60_000)
  keepAlive.unref()
  return { prefix: [sudo, '-n', '--'], release: () => clearInterval(keepAlive) }
}
