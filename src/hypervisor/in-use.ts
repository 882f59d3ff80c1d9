/** Detects a running VM that uses the TAP or disk of the guest. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { findInterface, type Interface } from '../host/interfaces.ts'
import { isLocked } from '../host/proc-locks.ts'
import { clock } from '../util/clock.ts'

/** Between two looks, and all of them: the turns of doctors are shorter, and something is free in between. */
const lookAgainMs = 20
const lookLimitMs = 5000

/**
 * @param tap names the turn of doctors that try a start or play the guest
 * @param isHeld looks anew
 * @returns whether something is held, and not by another doctor that tries it
 */
export const isHeldForLong = async (
  host: Host,
  tap: string,
  isHeld: () => Promise<boolean>,
): Promise<boolean> => {
  for (const start = clock(); clock() - start < lookLimitMs; await sleep(lookAgainMs)) {
    const before = await host.isTurnTaken(tap)
    if (!(await isHeld())) return false
    if (!before && !(await host.isTurnTaken(tap))) return true
  }
  return true
}

/** @returns whether a process holds the TAP now, not when the interfaces were read: a doctor may have tried it then */
export const isTapHeld = async (host: Host, tap: Interface | null): Promise<boolean> =>
  tap?.inUse === true && (await host.askCarrier(tap.name)) !== false

/** The same for the disk. */
const isDiskHeld = async (host: Host, disk: string): Promise<boolean> => {
  const [info, before] = await Promise.all([host.stat(disk), host.readText('/proc/locks')])
  if (!info || before === null || !isLocked(before, info.device, info.inode)) return false
  const now = await host.readTextNow('/proc/locks')
  return now === null || isLocked(now, info.device, info.inode)
}

/**
 * @returns "a VM is using vm-tap0", or null. Releases before 46 lock no disk: two machines on one
 *   disk destroy it, and nothing on the host shows the first of them.
 * @throws Undetermined when the interfaces or the disk cannot be read
 */
export const heldByVm = async (host: Host, config: Config): Promise<string | null> => {
  if (config.network !== 'none' && (await isTapHeld(host, await findInterface(host, config.tap))))
    return `a VM is using ${config.tap}`
  if (await isDiskHeld(host, config.disk)) return `a VM is using ${config.disk}`
  return null
}
