/**
 * Boots without a terminal and waits until the guest is up and answers, or until it is clear that it
 * will not; then ends it. What was seen is judged elsewhere (causes.ts): this only looks and waits.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config/keys.ts'
import type { LoginKey } from '../host/login.ts'
import type { ProcessEnd } from '../hypervisor/start.ts'
import type { Argv } from '../util/argv.ts'
import { isFinal } from './causes.ts'
import type { Evidence } from './evidence.ts'
import { shownConsole, startWatched, type Watched } from './headless.ts'
import type { Milestone } from './milestones.ts'
import type { PowerOff } from './outcome.ts'
import { type PowerOffTimeouts, powerOff } from './power-off.ts'
import { type NetworkObservation, openNet, watchNetwork } from './watch-network.ts'

export interface Verification {
  readonly command: Argv
  readonly config: Config
  readonly arch: string
  /** A private directory for the API socket and the other console. */
  readonly directory: string
  /** See timeGuard; must outlast limit and power-off. */
  readonly guard: readonly string[]
  readonly ping: string | null
  /** With what to log in; null where nobody can. */
  readonly key: LoginKey | null
  /** Whether this host itself resolves the name that the guest is asked for. */
  readonly resolves: Promise<boolean>
  /** The MAC that answers for an address on the TAP, or null. */
  readonly neighbour: () => Promise<string | null>
  readonly limitMs: number
  readonly patience: PowerOffTimeouts
  readonly signal: AbortSignal
  /** Called once for each step that is reached. */
  readonly reached: (step: Milestone, atMs: number) => void
  readonly heard: (text: string) => void
  /** The wait is over, and the guest is asked to switch itself off. */
  readonly ending: () => void
}

export interface VerifyResult {
  readonly evidence: Evidence
  /** How Cloud Hypervisor ended when nobody had asked it to, or why it did not start. */
  readonly unexpectedEnd: ProcessEnd | Error | null
  readonly powerOff: PowerOff
  /** What could not be tried at all. */
  readonly unasked: ReadonlySet<Milestone>
}

const tickMs = 100
/** What follows a panic or a menu is still worth reading. */
const lastWordsMs = 1500
/** An operating system that is up needs this long at the most for what is still missing. */
const graceMs = 45_000
/** What a final word is looked for in. */
const recentText = 16 * 1024
/** Firmware and kernel say something within seconds, also in an emulated host. */
const silenceMs = 60_000

/** A bridge leads past this host, which may have no address there. */
const networkSteps = (config: Config): readonly Milestone[] => {
  if (config.network === 'none') return []
  const behindHost = config.network === 'tap'
  const outside = !config.offline && config.nameservers.length > 0 && (config.nat || !behindHost)
  return [
    ...(['ping', 'ssh', 'user'] as const),
    ...(behindHost ? (['host'] as const) : []),
    ...(outside ? (['name'] as const) : []),
  ]
}

/** All steps of this guest, and those without which it is not up: a quiet kernel may not be seen. */
export const stepsFor = (
  config: Config,
  seed: boolean,
): { all: readonly Milestone[]; required: readonly Milestone[] } => {
  const required: readonly Milestone[] = [
    'vmm',
    'login',
    ...(seed ? (['cloud-init'] as const) : []),
    ...networkSteps(config),
  ]
  const early: readonly Milestone[] = config.boot === 'firmware' ? ['firmware', 'kernel'] : ['kernel']
  return { required, all: ['vmm', ...early, ...required.slice(1)] }
}

/** Waits as long as it makes sense. */
const wait = async (
  run: Verification,
  watched: Watched,
  required: readonly Milestone[],
  net: NetworkObservation,
): Promise<Evidence> => {
  const { progress, clock } = watched
  const told = new Set<Milestone>()
  let finalAt: number | null = null
  let judged = ''
  let lastStep = 0
  const asked = () => required.filter((step) => !net.unasked.has(step))
  const evidence = async (): Promise<Evidence> => {
    const { reached, text } = progress.now()
    return {
      ...{ config: run.config, arch: run.arch, expected: asked(), reached, text },
      otherConsoleText: await watched.elsewhere(),
      shown: shownConsole(run.command),
      resets: watched.resets(),
      ended: watched.end() !== null,
      quietMs: clock() - watched.lastWord(),
      waitedMs: clock(),
      neighbour: null,
      sshRefused: net.refused,
      login: net.login,
      inside: net.inside,
    }
  }
  for (;;) {
    const { reached, text } = progress.now()
    for (const [step, at] of Object.entries(reached) as [Milestone, number][]) {
      if (told.has(step)) continue
      told.add(step)
      lastStep = Math.max(lastStep, at)
      run.reached(step, at)
    }
    const missing = asked().filter((step) => reached[step] === undefined)
    const now = clock()
    if (missing.length === 0 || watched.end() !== null || run.signal.aborted || now >= run.limitMs) break
    // Judged again only when there is something new, and by its end: a boot prints megabytes.
    const news = `${watched.lastWord()} ${watched.resets()}`
    if (finalAt === null && news !== judged) {
      judged = news
      if (isFinal({ ...(await evidence()), text: text.slice(-recentText) })) finalAt = now
    }
    if (finalAt !== null && now - finalAt >= lastWordsMs) break
    const isUp =
      reached.login !== undefined || reached.ssh !== undefined || reached['cloud-init'] !== undefined
    // Who is just logging in may be about to bring what is missing, and gets to its end.
    net.lastLogin = isUp && !missing.includes('cloud-init') && now - lastStep >= graceMs
    if (net.lastLogin && !net.loggingIn) break
    if (text.trim() === '' && now >= silenceMs) break
    await pause(tickMs)
  }
  return evidence()
}

/**
 * @throws nothing that a guest or Cloud Hypervisor could cause: that is in what it returns
 */
export const verify = async (
  run: Verification,
  required: readonly Milestone[],
  all: readonly Milestone[],
): Promise<VerifyResult> => {
  const watched = startWatched(run.command, run.directory, run.guard, all, run.heard)
  const net = openNet(run.config, run.key !== null)
  const over = new AbortController()
  const asking =
    run.config.network === 'none' ? Promise.resolve() : watchNetwork(run, required, watched, net, over.signal)
  try {
    const seen = await wait(run, watched, required, net)
    over.abort()
    const early = watched.end()
    // Asked while the guest is still there: its entry fades once it is gone.
    const neighbour = run.config.network === 'none' ? null : await run.neighbour()
    const { login, ssh } = seen.reached
    const polite = (login ?? ssh ?? seen.reached['cloud-init']) !== undefined && !run.signal.aborted
    if (early === null) run.ending()
    const ended = await powerOff(watched.running, `${run.directory}/api`, polite, run.patience)
    await asking
    return {
      evidence: { ...seen, neighbour },
      unexpectedEnd: early,
      powerOff: early === null ? ended : { by: 'itself', tookMs: 0 },
      unasked: net.unasked,
    }
  } finally {
    over.abort()
    if (watched.end() === null) watched.running.kill('SIGKILL')
  }
}
