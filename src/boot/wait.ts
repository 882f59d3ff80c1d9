/** Waits for all milestones of a guest, a sign that it cannot reach them, or the time limit. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config/keys.ts'
import type { Argv } from '../util/argv.ts'
import { isFinal } from './causes.ts'
import type { Evidence } from './evidence.ts'
import { shownConsole, type Watched } from './headless.ts'
import type { Milestone } from './milestones.ts'
import type { NetworkObservation } from './watch-network.ts'

/** What is waited for, and how long. */
export interface Wait {
  readonly command: Argv
  readonly config: Config
  readonly arch: string
  readonly limitMs: number
  readonly signal: AbortSignal
  /** Called once for each milestone that is reached. */
  readonly onMilestone: (milestone: Milestone, atMs: number) => void
}

const pollMs = 100
/** The output after a panic or a menu is worth reading, too. */
const fatalGraceMs = 1500
/** An operating system that is up reaches what is still missing within this time. */
const graceMs = 45_000
/** How much of the console is searched for a fatal sign, in characters. */
const maxJudgedText = 16 * 1024
/** Firmware and kernel print something within seconds, also on an emulated host. */
const silenceMs = 60_000

/**
 * @param required the milestones without which the guest is not up
 * @param network what the network probes have observed; its `lastLogin` is set here
 * @returns the evidence at the end of the wait
 */
export const waitForGuest = async (
  run: Wait,
  watched: Watched,
  required: readonly Milestone[],
  network: NetworkObservation,
): Promise<Evidence> => {
  const { progress, elapsedMs } = watched
  const announced = new Set<Milestone>()
  let fatalAt: number | null = null
  let judgedState = ''
  let lastMilestoneAt = 0
  const expected = () => required.filter((milestone) => !network.notTried.has(milestone))
  const evidence = async (): Promise<Evidence> => {
    const { reached, text } = progress.now()
    return {
      config: run.config,
      arch: run.arch,
      expected: expected(),
      reached,
      text,
      otherConsoleText: await watched.otherConsoleText(),
      shown: shownConsole(run.command),
      resets: watched.resets(),
      ended: watched.end() !== null,
      quietMs: elapsedMs() - watched.lastOutputAt(),
      waitedMs: elapsedMs(),
      neighbour: null,
      sshRefused: network.refused,
      login: network.login,
      inside: network.inside,
    }
  }
  for (;;) {
    const { reached, text } = progress.now()
    for (const [milestone, atMs] of Object.entries(reached) as [Milestone, number][]) {
      if (announced.has(milestone)) continue
      announced.add(milestone)
      lastMilestoneAt = Math.max(lastMilestoneAt, atMs)
      run.onMilestone(milestone, atMs)
    }
    const missing = expected().filter((milestone) => reached[milestone] === undefined)
    const now = elapsedMs()
    if (missing.length === 0 || watched.end() !== null || run.signal.aborted || now >= run.limitMs) break
    // Only new output is judged, and only its end: a boot prints megabytes.
    const outputState = `${watched.lastOutputAt()} ${watched.resets()}`
    if (fatalAt === null && outputState !== judgedState) {
      judgedState = outputState
      if (isFinal({ ...(await evidence()), text: text.slice(-maxJudgedText) })) fatalAt = now
    }
    if (fatalAt !== null && now - fatalAt >= fatalGraceMs) break
    const isUp =
      reached.login !== undefined || reached.ssh !== undefined || reached['cloud-init'] !== undefined
    // A login in progress may still reach the missing milestones: it is allowed to finish.
    network.lastLogin = isUp && !missing.includes('cloud-init') && now - lastMilestoneAt >= graceMs
    if (network.lastLogin && !network.loggingIn) break
    if (text.trim() === '' && now >= silenceMs) break
    await pause(pollMs)
  }
  return evidence()
}
