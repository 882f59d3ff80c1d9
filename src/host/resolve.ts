import { execCapture } from './exec.ts'

/** Two name servers that do not answer take this long. */
const timeoutMs = 20_000

/**
 * Whether this host resolves a name, by every source that nsswitch.conf(5) names.
 * @param getent the path of the program
 */
export const resolvesName = async (getent: string, name: string, signal: AbortSignal): Promise<boolean> =>
  (await execCapture([getent, 'hosts', name], timeoutMs, signal)).code === 0
