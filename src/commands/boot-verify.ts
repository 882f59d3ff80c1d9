/** `chv-doctor boot --verify`: shows how far the guest comes, and says why when it does not come up. */
import { rm } from 'node:fs/promises'
import { causeOf } from '../boot/causes.ts'
import type { Composed } from '../boot/composed.ts'
import { lastLines } from '../boot/console-text.ts'
import type { Step } from '../boot/milestones.ts'
import type { Cause, Outcome } from '../boot/outcome.ts'
import { patienceWithin } from '../boot/power-off.ts'
import { timelineOf } from '../boot/timeline.ts'
import { type Seen, stepsFor, verify } from '../boot/verify.ts'
import type { Config } from '../config/keys.ts'
import { runTasks, type Task, type TaskView } from '../engine/tasks.ts'
import { DoctorError, exit, Interrupted, UsageError } from '../errors.ts'
import { runQuietly } from '../host/exec.ts'
import { privateFolder } from '../host/trial.ts'
import { timeGuard } from '../hypervisor/start.ts'
import { displayVersion } from '../hypervisor/version.ts'
import { didYouMean } from '../nearest.ts'
import { renderOutcome, stepLine, stepNames } from '../report/boot-text.ts'
import { withoutPrefix } from '../units.ts'
import { causeFrom, errorsIn, howItEnded } from './boot-failure.ts'
import { type Context, withHost } from './context.ts'

const formats = ['text', 'json'] as const
type Format = (typeof formats)[number]

/** @throws UsageError for a format that there is not */
export const checkedFormat = (text: string | null): Format => {
  const format = formats.find((known) => known === (text ?? 'text'))
  if (format) return format
  throw new UsageError(
    `--format: there is no format "${text}"${didYouMean(text ?? '', formats) || '; give text or json.'}`,
  )
}

/** Seconds to wait: the flag, or the configuration. @throws UsageError when it is no number of seconds */
export const checkedLimit = (text: string | null, config: Config): number => {
  if (text === null) return config.boot_timeout
  const seconds = /^\d+$/.test(text) ? Number(text) : 0
  if (seconds >= 1 && seconds <= 86_400) return seconds
  throw new UsageError(`--limit is "${text}"; give seconds, from 1 to 86400.`)
}

/** A boot prints faster than anybody reads, and each drawing costs. */
const drawMs = 100

/**
 * One line of work per step; each ends when its step is reached, or fails when the wait is over. The
 * last word of the guest stands below the first that is still waited for.
 */
const showSteps = (expected: readonly Step[], live: boolean) => {
  const steps: readonly (Step | 'off')[] = [...expected, 'off']
  const waiting = new Map<Step | 'off', (atMs: number | null) => void>()
  const views = new Map<Step | 'off', TaskView>()
  let drawnAt = 0
  const tasks = steps.map((step): Task => {
    const reached = new Promise<number | null>((resolve) => {
      waiting.set(step, resolve)
    })
    return {
      title: stepNames[step],
      run: async (view) => {
        if (waiting.has(step)) views.set(step, view)
        const atMs = await reached
        if (atMs === null) throw new Error('not seen')
        view.title(stepLine(step, atMs))
      },
    }
  })
  const shown = runTasks({ tasks, concurrent: true, live, transient: true })
  /** A finished line takes no more output. */
  const settle = (step: Step | 'off', atMs: number | null) => {
    views.delete(step)
    waiting.get(step)?.(atMs)
    waiting.delete(step)
  }
  return {
    reached: settle,
    heard: (text: string) => {
      const [line] = lastLines(text, 1)
      const now = performance.now()
      if (line === undefined || now - drawnAt < drawMs) return
      drawnAt = now
      const first = steps.find((step) => views.has(step))
      if (first) views.get(first)?.output(line)
    },
    end: async () => {
      for (const step of steps) settle(step, null)
      await shown
    },
  }
}

/** The MAC in the kernel's neighbour table, for an address on an interface. */
const neighbourOf =
  ({ config }: Context, ip: string | null) =>
  async (): Promise<string | null> => {
    if (ip === null) return null
    const address = withoutPrefix(config.guest_address)
    const { stdout } = await runQuietly([ip, '-j', 'neigh', 'show', address, 'dev', config.tap], 5000)
    try {
      const [entry] = JSON.parse(stdout || '[]') as { lladdr?: string; state?: string[] }[]
      return entry?.state?.includes('FAILED') ? null : (entry?.lladdr?.toLowerCase() ?? null)
    } catch {
      return null
    }
  }

/** What Cloud Hypervisor itself said wins over what the guest printed. */
const why = async ({ evidence, early, powerOff }: Seen, limit: number): Promise<Cause | null> => {
  if (early instanceof Error)
    return {
      id: 'not-started',
      what: early.message,
      why: '',
      hint: 'Check `hypervisor`.',
      check: 'cloud-hypervisor',
    }
  const [error] = early === null ? [] : await errorsIn(early)
  if (error) return causeFrom(error)
  if (early !== null && early.code !== 0)
    return {
      id: 'vmm-failed',
      what: `Cloud Hypervisor failed (${howItEnded(early)}) without a message that could be explained.`,
      why: lastLines(early.stderr, 1)[0] ?? '',
      hint: '`chv-doctor check boot-probe` tells whether any guest runs here.',
      check: 'boot-probe',
    }
  const cause = causeOf(evidence)
  if (cause || powerOff.by === 'power-button') return cause
  return {
    id: 'ignores-power-button',
    what: `The guest was up, but did not switch itself off within ${Math.round(patienceWithin(limit * 1000).buttonMs / 1000)} s.`,
    why: 'Nothing in it reacts to the power button (systemd-logind or acpid do), or a service takes long to stop.',
    hint: 'Power it off from within: `sudo poweroff`.',
  }
}

const notesOn = (composed: Composed, seen: Seen, context: Context): readonly string[] => [
  ...(composed.seed ? [] : ['without the seed: cloud-init has carried it out, see attach_seed']),
  ...(seen.canPing || context.config.network === 'none'
    ? []
    : ['ping was not tried: it is not here, or may not be used']),
]

const asJson = (outcome: Outcome): string =>
  `${JSON.stringify(outcome, (key, value) => (key.endsWith('Ms') && value !== null ? Math.round(value) : value), 2)}\n`

/**
 * A guest that was not even started is a result, too: whoever reads JSON gets JSON.
 * @throws the same error, for people
 */
export const reportRefusal = (context: Context, format: Format, error: unknown): number => {
  if (format !== 'json' || !(error instanceof DoctorError) || error.exitCode !== exit.failed) throw error
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
export const verifyBoot = async (
  context: Context,
  composed: Composed,
  format: Format,
  limit: number,
): Promise<number> => {
  const { config, signal, terminal, out } = context
  const { arch, timeout, ping, ip } = await withHost(context, async (host) => ({
    arch: host.arch,
    timeout: await host.which('timeout'),
    ping: await host.which('ping'),
    ip: await host.which('ip'),
  }))
  const { required, all } = stepsFor(config, composed.seed)
  const start = performance.now()
  const patience = patienceWithin(limit * 1000)
  const folder = await privateFolder(process.env)
  const view = showSteps(all, terminal.live)
  try {
    const seen = await verify(
      {
        ...{ command: composed.command, config, arch, folder, ping, signal, patience },
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
      lastLines: cause === null ? [] : lastLines(seen.evidence.text || seen.evidence.elsewhere, 15),
      notes: notesOn(composed, seen, context),
      durationMs: performance.now() - start,
      exitCode: cause === null ? exit.healthy : exit.failed,
    }
    out.result(format === 'json' ? asJson(outcome) : renderOutcome(outcome, terminal))
    return outcome.exitCode
  } finally {
    await view.end()
    await rm(folder, { recursive: true, force: true })
  }
}
