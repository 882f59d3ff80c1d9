/**
 * Boots a guest without a terminal, waits until it is up and answers or until that is impossible, and
 * powers it off. Collects evidence only; causes.ts judges it.
 */
import type { LoginKey } from '../host/login.ts'
import type { ProcessEnd } from '../hypervisor/start.ts'
import type { Evidence } from './evidence.ts'
import { startWatched } from './headless.ts'
import type { Milestone } from './milestones.ts'
import type { PowerOff } from './outcome.ts'
import { type PowerOffTimeouts, powerOff } from './power-off.ts'
import { type Wait, waitForGuest } from './wait.ts'
import { newObservation, watchNetwork } from './watch-network.ts'

export interface Verification extends Wait {
  /** A private directory for the API socket and the output of the other console. */
  readonly directory: string
  /** A command prefix that limits the run time (see timeGuard); must outlast limit and power-off. */
  readonly guard: readonly string[]
  /** The path of ping; null where it is not installed. */
  readonly ping: string | null
  /** The key for a login; null where there is none. */
  readonly key: LoginKey | null
  /** Whether this host itself resolves the name that the guest is asked to resolve. */
  readonly resolves: Promise<boolean>
  /** Reads the MAC that the host's neighbour table has for the guest's address, or null. */
  readonly neighbour: () => Promise<string | null>
  readonly timeouts: PowerOffTimeouts
  /** Called with each new part of the console, without control codes. */
  readonly onOutput: (text: string) => void
  /** Called when the wait is over and the guest is about to be powered off. */
  readonly onPowerOff: () => void
}

export interface VerifyResult {
  readonly evidence: Evidence
  /** How Cloud Hypervisor ended before the power-off, or why it did not start; null otherwise. */
  readonly unexpectedEnd: ProcessEnd | Error | null
  readonly powerOff: PowerOff
  /** The milestones that there was no means to test for. */
  readonly notTried: ReadonlySet<Milestone>
}

/**
 * @param required the milestones without which the guest is not up
 * @param all every milestone that this guest can reach
 * @returns the evidence; failures of the guest or of Cloud Hypervisor are part of it and are not thrown
 */
export const verify = async (
  run: Verification,
  required: readonly Milestone[],
  all: readonly Milestone[],
): Promise<VerifyResult> => {
  const watched = startWatched(run.command, run.directory, run.guard, all, run.onOutput)
  const hasNetwork = run.config.network !== 'none'
  const network = newObservation(run.config, run.key !== null)
  const over = new AbortController()
  const probes = hasNetwork ? watchNetwork(run, required, watched, network, over.signal) : Promise.resolve()
  try {
    const evidence = await waitForGuest(run, watched, required, network)
    over.abort()
    const unexpectedEnd = watched.end()
    // Read while the guest still runs: the entry expires once the guest is gone.
    const neighbour = hasNetwork ? await run.neighbour() : null
    const { login, ssh } = evidence.reached
    const hasOs = (login ?? ssh ?? evidence.reached['cloud-init']) !== undefined && !run.signal.aborted
    if (unexpectedEnd === null) run.onPowerOff()
    const ended = await powerOff(watched.running, `${run.directory}/api`, hasOs, run.timeouts)
    await probes
    return {
      evidence: { ...evidence, neighbour },
      unexpectedEnd,
      powerOff: unexpectedEnd === null ? ended : { by: 'itself', tookMs: 0 },
      notTried: network.notTried,
    }
  } finally {
    over.abort()
    if (watched.end() === null) watched.running.kill('SIGKILL')
  }
}
