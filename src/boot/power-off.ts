/** Ends a guest as gently as it lets itself be ended. */
import { call } from '../hypervisor/api.ts'
import type { Headless } from '../hypervisor/start.ts'
import type { PowerOff } from './outcome.ts'

/** How long each way may take. A guest that is in order needs 7 s for the first in an emulated host. */
export interface PowerOffTimeouts {
  readonly buttonMs: number
  readonly shutdownMs: number
  readonly termMs: number
}

export const timeouts: PowerOffTimeouts = { buttonMs: 60_000, shutdownMs: 10_000, termMs: 5000 }

/** Who gives a guest little time to come up does not want to wait longer for it to go down. */
export const timeoutsWithin = (limitMs: number): PowerOffTimeouts => ({
  ...timeouts,
  buttonMs: Math.min(timeouts.buttonMs, limitMs),
})

/** A call that failed may have been obeyed at once: its answer is lost then. */
const refusedMs = 500

/** Whether it ends within a time. */
const endsWithin = async (running: Headless, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const ended = running.ended.then(
    () => true as const,
    () => true as const,
  )
  return Promise.race([ended, late]).finally(() => clearTimeout(timer))
}

/**
 * The power button of the machine, then the end of the VMM, then signals.
 * @param socket the API of the running VMM
 * @param polite whether there is an operating system that could hear the power button
 */
export const powerOff = async (
  running: Headless,
  socket: string,
  polite: boolean,
  { buttonMs, shutdownMs, termMs }: PowerOffTimeouts,
): Promise<PowerOff> => {
  const start = performance.now()
  const by = (way: PowerOff['by']): PowerOff => ({ by: way, tookMs: performance.now() - start })
  if (await endsWithin(running, 0)) return by('itself')
  const ask = async (action: string, ms: number) =>
    endsWithin(running, (await call(socket, action)) ? ms : refusedMs)
  if (polite && (await ask('vm.power-button', buttonMs))) return by('power-button')
  if (await ask('vmm.shutdown', shutdownMs)) return by('shutdown-vmm')
  running.kill('SIGTERM')
  if (await endsWithin(running, termMs)) return by('SIGTERM')
  running.kill('SIGKILL')
  await running.ended.catch(() => {})
  return by('SIGKILL')
}
