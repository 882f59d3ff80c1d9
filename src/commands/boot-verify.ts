/** `chv-doctor boot --verify`: shows how far the guest comes, and says why when it does not come up. */
import type { BootPlan } from '../boot/composed.ts'
import { lastLines } from '../boot/console-text.ts'
import { wellKnownName } from '../boot/inside.ts'
import { findLogin } from '../boot/login-key.ts'
import { notesOn } from '../boot/notes.ts'
import type { Outcome } from '../boot/outcome.ts'
import { timeoutsWithin } from '../boot/power-off.ts'
import { timelineOf } from '../boot/timeline.ts'
import { stepsFor, verify } from '../boot/verify.ts'
import { why } from '../boot/why.ts'
import { neighbourMac } from '../host/neighbours.ts'
import { makePrivateDirectory } from '../host/private-directory.ts'
import { resolvesName } from '../host/resolve.ts'
import { timeGuard } from '../hypervisor/start.ts'
import { displayVersion } from '../hypervisor/version.ts'
import { renderOutcome, stepLine } from '../report/boot-text.ts'
import { addressOf } from '../util/address.ts'
import { DoctorError, exit, Interrupted } from '../util/errors.ts'
import { showSteps } from './boot-progress.ts'
import { type Context, withHost } from './context.ts'

/** @returns the MAC that answers for the guest's address on the TAP; null where none is known */
const neighbourOf =
  ({ config }: Context, ip: string | null) =>
  async (): Promise<string | null> =>
    ip === null || config.guest_address === 'dhcp'
      ? null
      : neighbourMac(ip, addressOf(config.guest_address), config.tap)

const asJson = (outcome: Outcome): string =>
  `${JSON.stringify(outcome, (key, value) => (key.endsWith('Ms') && value !== null ? Math.round(value) : value), 2)}\n`

/**
 * A guest that was not even started is a result, too: whoever reads JSON gets JSON.
 * @throws the same error, for people
 */
export const reportRefusal = (context: Context, error: unknown): number => {
  if (!context.call.json || !(error instanceof DoctorError) || error.exitCode !== exit.failed) throw error
  const hint = '`chv-doctor check` says more.'
  const outcome: Outcome = {
    ...{ schema: 'chv-doctor/boot/1', version: context.version, ok: false, command: [], hypervisor: null },
    ...{ timeline: [], powerOff: null, lastLines: [], notes: [], durationMs: 0 },
    cause: { id: 'not-started', what: error.message, why: '', hint },
    exitCode: exit.failed,
  }
  context.out.result(asJson(outcome))
  return outcome.exitCode
}

/** @returns the exit code: 0 when the guest came up, answered and switched itself off */
export const verifyBoot = async (context: Context, composed: BootPlan): Promise<number> => {
  const { config, signal, terminal, out } = context
  const limit = config.boot_timeout
  const { required, all } = stepsFor(config, composed.seed)
  const { arch, timeout, ping, ip, getent, login } = await withHost(context, async (host) => ({
    arch: host.arch,
    timeout: await host.which('timeout'),
    ping: await host.which('ping'),
    ip: await host.which('ip'),
    getent: await host.which('getent'),
    login: required.includes('user') ? await findLogin(host, config) : null,
  }))
  const key = login !== null && 'ssh' in login ? login : null
  const noLogin = login !== null && 'because' in login ? login : null
  const done = new AbortController()
  const resolves =
    key !== null && getent !== null && required.includes('name')
      ? resolvesName(getent, wellKnownName, done.signal)
      : Promise.resolve(false)
  const start = performance.now()
  const patience = timeoutsWithin(limit * 1000)
  const directory = await makePrivateDirectory(process.env, context.user.uid)
  const view = showSteps(all, terminal.live)
  try {
    const seen = await verify(
      {
        ...{
          command: composed.command,
          config,
          arch,
          directory: directory.path,
          ping,
          key,
          resolves,
          signal,
          patience,
        },
        limitMs: limit * 1000,
        guard: timeGuard(
          timeout,
          limit + (patience.buttonMs + patience.shutdownMs + patience.termMs) / 1000 + 30,
        ),
        neighbour: neighbourOf(context, ip),
        reached: (step, atMs) => {
          view.reached(step, atMs)
          if (!terminal.live) out.say(stepLine(step, atMs))
        },
        heard: view.heard,
        ending: () => {
          if (!terminal.live) out.say('switching it off')
        },
      },
      required,
      all,
    )
    await view.end()
    if (signal.aborted) throw new Interrupted()
    const cause = await why(seen, limit)
    const outcome: Outcome = {
      schema: 'chv-doctor/boot/1',
      version: context.version,
      ok: cause === null,
      command: composed.command,
      hypervisor: composed.version && displayVersion(composed.version),
      timeline: timelineOf(all, required, seen),
      powerOff: seen.powerOff,
      cause,
      lastLines: cause === null ? [] : lastLines(seen.evidence.text || seen.evidence.otherConsoleText, 15),
      notes: notesOn({ config, seedAttached: composed.seed, noLogin, ...seen }),
      durationMs: performance.now() - start,
      exitCode: cause === null ? exit.healthy : exit.failed,
    }
    out.result(context.call.json ? asJson(outcome) : renderOutcome(outcome, terminal))
    return outcome.exitCode
  } finally {
    done.abort()
    await view.end()
    await directory.remove()
  }
}
