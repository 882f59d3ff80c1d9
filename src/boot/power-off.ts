/** Shuts a guest down, escalating from the ACPI power button to SIGKILL. */
import { callApi } from '../hypervisor/api.ts'
import type { Ending } from '../hypervisor/start.ts'
import type { PowerOff } from './outcome.ts'

/** How long each method may take, in milliseconds. */
export interface PowerOffTimeouts {
  readonly buttonMs: number
  /** The button is pressed again after this time. */
  readonly pressMs: number
  readonly shutdownMs: number
  readonly termMs: number
}

/**
 * A healthy guest powers off within 7 s of the button on an emulated host. Presses before its handler runs
 * (systemd-logind, acpid) are lost; further presses during a shutdown have no effect.
 */
export const defaultTimeouts: PowerOffTimeouts = {
  buttonMs: 60_000,
  pressMs: 5000,
  shutdownMs: 10_000,
  termMs: 5000,
}

/**
 * A short limit for the boot also limits the wait for the power button.
 * @param limitMs the limit of the whole boot, in milliseconds
 */
export const timeoutsWithin = (limitMs: number): PowerOffTimeouts => ({
  ...defaultTimeouts,
  buttonMs: Math.min(defaultTimeouts.buttonMs, limitMs),
})

/** A failed call may have taken effect all the same: a VMM that exits at once does not answer. */
const failedCallMs = 500

/** @returns whether the process ends within a time, in milliseconds */
const endsWithin = async (running: Ending, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const ended = running.ended.then(
    () => true as const,
    () => true as const,
  )
  return Promise.race([ended, timeout]).finally(() => clearTimeout(timer))
}

/**
 * Presses the power button until the guest reacts.
 * @param socket the path of the API socket of the running VMM
 * @returns whether the guest ended in time
 */
export const pressUntilOff = async (
  running: Ending,
  socket: string,
  { buttonMs, pressMs }: Pick<PowerOffTimeouts, 'buttonMs' | 'pressMs'>,
): Promise<boolean> => {
  // Counted down, not read from the clock: a timer may fire early, and would allow one press more.
  for (let leftMs = buttonMs; leftMs > 0; leftMs -= pressMs) {
    const accepted = await callApi(socket, 'vm.power-button')
    const waitMs = accepted ? Math.min(pressMs, leftMs) : failedCallMs
    if (await endsWithin(running, waitMs)) return true
    if (!accepted) break
  }
  return false
}

/**
 * Presses the power button until the guest reacts, then ends the VMM through its API, then sends SIGTERM and
 * SIGKILL.
 * @param socket the path of the API socket of the running VMM
 * @param hasOs whether an operating system runs that can react to the power button
 * @returns the method that ended the guest
 */
export const powerOff = async (
  running: Ending,
  socket: string,
  hasOs: boolean,
  { buttonMs, pressMs, shutdownMs, termMs }: PowerOffTimeouts,
): Promise<PowerOff> => {
  const start = performance.now()
  const result = (by: PowerOff['by']): PowerOff => ({ by, tookMs: performance.now() - start })
  if (await endsWithin(running, 0)) return result('itself')
  if (hasOs && (await pressUntilOff(running, socket, { buttonMs, pressMs }))) return result('power-button')
  const accepted = await callApi(socket, 'vmm.shutdown')
  if (await endsWithin(running, accepted ? shutdownMs : failedCallMs)) return result('shutdown-vmm')
  running.kill('SIGTERM')
  if (await endsWithin(running, termMs)) return result('SIGTERM')
  running.kill('SIGKILL')
  await running.ended.catch(() => {})
  return result('SIGKILL')
}
