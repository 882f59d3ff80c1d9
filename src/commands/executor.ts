/** Acquires the lock and root for a run that changes the host. */

import { obtainRoot, passwordlessRoot } from '../apply/root.ts'
import type { Executor } from '../apply/run-step.ts'
import { tryLock } from '../files/lock.ts'
import { DoctorError, exit } from '../util/errors.ts'
import { type Context, withHost } from './context.ts'

/**
 * @param root whether any step needs root
 * @throws DoctorError (exit 5) when another doctor is at work or root cannot be had
 */
export const withExecutor = async <T>(
  context: Context,
  root: boolean,
  work: (executor: Executor) => Promise<T>,
): Promise<T> => {
  const host = context.lookAtHost()
  try {
    const bash = await host.which('bash')
    if (!bash)
      throw new DoctorError(
        exit.fixFailed,
        'Fixes run their commands through bash, which is not installed; install its package, bash, first.',
      )
    const release = await tryLock(`${context.stateDir}/lock`)
    if (typeof release === 'number') {
      throw new DoctorError(
        exit.fixFailed,
        `Another chv-doctor is changing this host (process ${release}); wait for it.`,
      )
    }
    try {
      const granted = root ? await obtainRoot(host, context.terminal.interactive, context.signal) : null
      if (granted) context.grantRoot(granted.prefix)
      try {
        const { stateDir, signal } = context
        return await work({ rootPrefix: granted?.prefix ?? [], bash, logDir: `${stateDir}/log`, signal })
      } finally {
        granted?.release()
      }
    } finally {
      await release()
    }
  } finally {
    host.close()
  }
}

/** `--yes` is consent to root: where sudo needs no password, checks read as root. */
export const readAsRootIfConsented = async (context: Context): Promise<void> => {
  if (!context.call.has('yes')) return
  const prefix = await withHost(context, passwordlessRoot)
  if (prefix) context.grantRoot(prefix)
}
