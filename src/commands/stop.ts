/** `chv-doctor stop`: presses the power button of the running guest, and says what happened. */
import { defaultTimeouts, powerOff, pressUntilOff } from '../boot/power-off.ts'
import { adopt } from '../hypervisor/adopted.ts'
import { listens } from '../hypervisor/api.ts'
import { findVmm, type RunningVmm } from '../hypervisor/api-socket.ts'
import { heldByVm } from '../hypervisor/in-use.ts'
import { DoctorError, exit, Interrupted, UsageError } from '../util/errors.ts'
import { humanMs } from '../util/units.ts'
import type { Context } from './context.ts'
import { withHost } from './context.ts'
import { guestWord } from './guest-word.ts'
import { secondsOf } from './wait.ts'

/** Nothing that can be reached runs: that is what was asked for, unless a VM is there all the same. */
const reportNone = async (context: Context): Promise<number> => {
  const { config, out } = context
  const held = await withHost(context, (host) => heldByVm(host, config).catch(() => null))
  if (held !== null)
    throw new DoctorError(
      exit.failed,
      `${held}, but \`chv-doctor boot\` did not start it with an API socket of its own. End it where it was started.`,
    )
  out.text(`${guestWord(config)} is not running.\n`)
  return exit.healthy
}

/** What a guest that is ended by force may take beyond the time for its button, in milliseconds. */
const forceMs = defaultTimeouts.shutdownMs + defaultTimeouts.termMs + 10_000

const ways = {
  'power-button': 'powered off',
  itself: 'powered off',
  'shutdown-vmm': 'was ended through its API: a power cut for it',
  SIGTERM: 'was ended by SIGTERM: a power cut for it',
  SIGKILL: 'was ended by SIGKILL: a power cut for it',
} as const

const end = async (context: Context, vmm: RunningVmm, buttonMs: number): Promise<number> => {
  const { config, call, out, signal } = context
  const name = guestWord(config)
  const force = call.has('force')
  const over = new AbortController()
  const running = await adopt(vmm, AbortSignal.any([signal, over.signal]))
  const limit = setTimeout(() => over.abort(), buttonMs + forceMs)
  const start = performance.now()
  try {
    const { pressMs } = defaultTimeouts
    if (buttonMs > 0) out.say(`Pressing the power button of ${name.toLowerCase()}.`)
    const isOff = await pressUntilOff(running, vmm.socket, { buttonMs, pressMs })
    const by = isOff
      ? 'power-button'
      : force
        ? (await powerOff(running, vmm.socket, false, defaultTimeouts)).by
        : null
    if (signal.aborted) throw new Interrupted()
    if (by === null || (await listens(vmm.socket)))
      throw new DoctorError(
        exit.failed,
        force
          ? `${name} could not be ended: ${vmm.socket} still answers. End its Cloud Hypervisor yourself.`
          : `${name} did not power off within ${humanMs(buttonMs)}: it may still be booting, or ignore its power button. Try again, or cut its power with \`chv-doctor stop --force\`.`,
      )
    out.text(`${name} ${ways[by]}, after ${humanMs(performance.now() - start)}.\n`)
    return exit.healthy
  } finally {
    clearTimeout(limit)
    over.abort()
  }
}

/**
 * @returns the exit code: 0 when the guest does not run any more, or did not
 * @throws DoctorError (exit 1) when it still runs
 */
export const stop = async (context: Context): Promise<number> => {
  const { config, call, user } = context
  const wait = call.text('wait')
  const buttonMs = wait === null ? defaultTimeouts.buttonMs : secondsOf(wait) * 1000
  if (buttonMs === 0 && !call.has('force'))
    throw new UsageError('--wait 0 gives the guest no time to power off; add --force to cut its power.')
  const vmm = await findVmm(config, process.env, user.uid)
  return vmm === null ? reportNone(context) : end(context, vmm, buttonMs)
}
