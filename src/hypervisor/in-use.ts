/** Detects a running VM that uses the TAP or disk of the guest. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { findInterface } from '../host/interfaces.ts'
import { isLocked } from '../host/proc-locks.ts'

/**
 * @returns "a VM is using vm-tap0", or null. Releases before 46 lock no disk: two machines on one
 *   disk destroy it, and nothing on the host shows the first of them.
 * @throws Undetermined when the interfaces or the disk cannot be read
 */
export const heldByVm = async (host: Host, config: Config): Promise<string | null> => {
  if (config.network !== 'none' && (await findInterface(host, config.tap))?.inUse)
    return `a VM is using ${config.tap}`
  const [info, locks] = await Promise.all([host.stat(config.disk), host.readText('/proc/locks')])
  if (info && locks !== null && isLocked(locks, info.device, info.inode))
    return `a VM is using ${config.disk}`
  return null
}
