/** `chv-doctor boot --verify`: boots a guest without a terminal and reports how far it comes, and why no further. */
import type { BootPlan } from '../boot/boot-plan.ts'
import { lastLines } from '../boot/console-text.ts'
import { milestonesFor } from '../boot/expected-milestones.ts'
import { findCause } from '../boot/find-cause.ts'
import { wellKnownName } from '../boot/inside.ts'
import { findLogin } from '../boot/login-key.ts'
import { cutNote, notesOn } from '../boot/notes.ts'
import type { Outcome } from '../boot/outcome.ts'
import { type PowerOffTimeouts, timeoutsWithin } from '../boot/power-off.ts'
import { makeThrowawayDisk } from '../boot/throwaway-disk.ts'
import { timelineOf } from '../boot/timeline.ts'
import { type VerifyResult, verify } from '../boot/verify.ts'
import type { Config } from '../config/keys.ts'
import { type ConsoleLog, openConsoleLog } from '../files/console-log.ts'
import type { Host } from '../host/host.ts'
import { neighbourMac } from '../host/neighbours.ts'
import { makePrivateDirectory } from '../host/private-directory.ts'
import { resolvesName } from '../host/resolve.ts'
import { timeGuard } from '../hypervisor/start.ts'
import { displayVersion } from '../hypervisor/version.ts'
import { type Outlet, readOutlet } from '../network/mtu.ts'
import { milestoneLine, renderOutcome } from '../report/boot-text.ts'
import { renderOutcomeJson } from '../report/outcome-json.ts'
import { addressOf } from '../util/address.ts'
import { exit, Interrupted, Undetermined } from '../util/errors.ts'
import { showMilestones } from './boot-progress.ts'
import { type Context, withHost } from './context.ts'

/** @returns a function that reads the MAC of the guest's address on the TAP; its result is null where unknown */
const neighbourReader =
  ({ config }: Context, ip: string | null) =>
  async (): Promise<string | null> =>
    ip === null || config.guest_address === 'dhcp'
      ? null
      : neighbourMac(ip, addressOf(config.guest_address), config.tap)

/** Null also where ip is missing or broken: only a note depends on it. */
const outletOf = (host: Host, config: Config): Promise<Outlet | null> =>
  readOutlet(host, config).catch((error: unknown) => {
    if (error instanceof Undetermined) return null
    throw error
  })

/** Says what an interrupted boot left behind. */
const reportCut = async (
  { config, out }: Context,
  { evidence, powerOff }: VerifyResult,
  disk: NonNullable<Outcome['disk']>,
  log: ConsoleLog,
) => {
  const path = await log.keep(evidence.otherConsoleText)
  if (path !== null) out.say(`The console of the guest: ${path}`)
  const note = cutNote(config, evidence, powerOff, disk)
  if (note !== null) out.say(`Note: ${note}.`)
}

/** Seconds after which the guard ends the guest, should chv-doctor be killed. */
const guardSeconds = (limit: number, { buttonMs, shutdownMs, termMs }: PowerOffTimeouts): number =>
  limit + (buttonMs + shutdownMs + termMs) / 1000 + 30

/**
 * @returns the exit code: 0 when the guest came up, answered and powered off on request, else 1
 * @throws Interrupted after a signal
 */
export const verifyBoot = async (context: Context, plan: BootPlan): Promise<number> => {
  const { config, signal, terminal, out } = context
  const limit = config.boot_timeout
  const { required, all } = milestonesFor(config, plan.seed)
  const { arch, timeout, ping, ip, getent, login, outlet } = await withHost(context, async (host) => ({
    arch: host.arch,
    timeout: await host.which('timeout'),
    ping: await host.which('ping'),
    ip: await host.which('ip'),
    getent: await host.which('getent'),
    login: required.includes('user') ? await findLogin(host, config) : null,
    outlet: await outletOf(host, config),
  }))
  const key = login !== null && 'ssh' in login ? login : null
  const noLogin = login !== null && 'reason' in login ? login : null
  const done = new AbortController()
  const resolves =
    key !== null && getent !== null && required.includes('name')
      ? resolvesName(getent, wellKnownName, done.signal)
      : Promise.resolve(false)
  const start = performance.now()
  const timeouts = timeoutsWithin(limit * 1000)
  const throwaway = context.call.has('on-disk')
    ? null
    : await withHost(context, (host) => makeThrowawayDisk(host, config, plan.command, plan.version, signal))
  const disk = throwaway?.kind ?? 'on-disk'
  const log = await openConsoleLog(`${context.stateDir}/log`)
  const directory = await makePrivateDirectory(process.env, context.user.uid)
  const view = showMilestones(all, terminal.live)
  try {
    const result = await verify(
      {
        command: throwaway?.command ?? plan.command,
        config,
        arch,
        directory: directory.path,
        ping,
        key,
        resolves,
        signal,
        timeouts,
        limitMs: limit * 1000,
        guard: timeGuard(timeout, guardSeconds(limit, timeouts)),
        neighbour: neighbourReader(context, ip),
        onMilestone: (milestone, atMs) => {
          view.onMilestone(milestone, atMs)
          if (!terminal.live) out.say(milestoneLine(milestone, atMs))
        },
        onOutput: (text) => {
          log.append(text)
          view.onOutput(text)
        },
        onPowerOff: () => {
          if (!terminal.live) out.say('powering the guest off')
        },
      },
      required,
      all,
    )
    await view.end()
    if (signal.aborted) {
      await reportCut(context, result, disk, log)
      throw new Interrupted()
    }
    const cause = await findCause(result, limit)
    const { evidence, notTried, powerOff } = result
    const outcome: Outcome = {
      schema: 'chv-doctor/boot/2',
      version: context.version,
      ok: cause === null,
      command: plan.command,
      hypervisor: plan.version && displayVersion(plan.version),
      timeline: timelineOf(all, required, result),
      powerOff,
      cause,
      disk,
      consoleLog: cause === null ? null : await log.keep(evidence.otherConsoleText),
      lastLines: cause === null ? [] : lastLines(evidence.text || evidence.otherConsoleText, 15),
      notes: notesOn({
        config,
        command: plan.command,
        seedAttached: plan.seed,
        noLogin,
        evidence,
        powerOff,
        disk,
        notTried,
        outlet,
      }),
      durationMs: performance.now() - start,
      exitCode: cause === null ? exit.healthy : exit.failed,
    }
    if (context.call.json) out.result(renderOutcomeJson(outcome))
    else out.text(renderOutcome(outcome, context.look))
    return outcome.exitCode
  } finally {
    done.abort()
    await view.end()
    await log.discard()
    await Promise.all([directory.remove(), throwaway?.remove()])
  }
}
