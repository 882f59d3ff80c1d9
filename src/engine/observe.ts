/** What a probe saw of a real host, or why it saw nothing. */
import type { Config } from '../config/keys.ts'
import type { AnyCheck } from '../contract/check.ts'
import type { UnknownCode } from '../contract/finding.ts'
import type { FixCall } from '../contract/fix-args.ts'
import { FixableUnknown } from '../contract/fixable.ts'
import { type Confinement, readConfinement } from '../host/confinement.ts'
import type { Host } from '../host/host.ts'
import { messageOf, TimedOut, Undetermined } from '../util/errors.ts'
import type { Json } from '../util/json.ts'

/** A probe that returned no facts. */
export interface NotObserved {
  readonly error: string
  /** Absent in facts files of earlier versions. */
  readonly code?: UnknownCode
  readonly fix?: FixCall
}

export type Observation = { readonly facts: Json } | NotObserved

export interface Observer {
  readonly observe: (check: AnyCheck) => Promise<Observation>
  /** Asked only where it matters to a result. Null: this is no container, or it is not known. */
  readonly confinement: () => Promise<Confinement | null>
}

/** The observation of a check that has a defect. */
export const checkFailed = (error: unknown): NotObserved => ({
  error: `the check itself failed: ${messageOf(error)}`,
  code: 'check-failed',
})

/** Probes a real host; an exception and a missed deadline become observations too. */
export const observeHost = (host: Host, config: Config): Observer => ({
  confinement: async () => {
    try {
      return await readConfinement(host)
    } catch (error) {
      if (error instanceof Undetermined) return null
      throw error
    }
  },
  observe: async (check) => {
    // Waiting for other doctors does not count.
    const endTurn = check.runsLast ? await host.takeTurn(config.tap) : null
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<NotObserved>((resolve) => {
      const late: NotObserved = { error: `no answer within ${config.check_timeout} s`, code: 'timed-out' }
      timer = setTimeout(resolve, config.check_timeout * 1000, late)
    })
    try {
      const probed = async (): Promise<Observation> => ({ facts: await check.probe(host, config) })
      return await Promise.race([probed(), deadline])
    } catch (error) {
      if (!(error instanceof Undetermined)) return checkFailed(error)
      return {
        error: error.message,
        code: error instanceof TimedOut ? 'timed-out' : 'not-readable',
        ...(error instanceof FixableUnknown ? { fix: error.fix } : {}),
      }
    } finally {
      clearTimeout(timer)
      endTurn?.()
    }
  },
})
