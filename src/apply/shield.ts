/** Keeps a command out of the reach of what ends the doctor: Ctrl-C, a terminal that closes, a kill. */
import { realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { rootProgram } from '../host/root-program.ts'

/**
 * What gives a critical command a session of its own and waits for it. The setsid of BusyBox knows no `--wait`, and
 * returns at once where it leads a process group, as under a sudo with a terminal of its own: a background job of a
 * shell never leads one.
 */
export const shieldOf = async (): Promise<readonly string[]> => {
  const setsid = await realpath((await rootProgram('setsid')) ?? '/').catch(() => '')
  return basename(setsid) === 'busybox'
    ? ['sh', '-c', '"$@" & trap \'kill "$!"\' TERM; wait "$!"', 'sh', 'setsid']
    : ['setsid', '--wait']
}
