/** Repairs that end before they are done: killed, without power, and beside another doctor. */
import type { FrozenHost } from '../host/frozen-host.ts'
import type { Random } from '../parsers/random.ts'

interface Round {
  /** When, as a share of the time that an undisturbed repair takes. */
  readonly at: number
  readonly victim: 'doctor' | 'child'
  /** Which of the doctor's descendants, as a share of their number. */
  readonly pick: number
}

export interface KillPlan {
  readonly repair: string
  /** The number of its first round. */
  readonly from: number
  readonly rounds: readonly Round[]
}

export interface Killed {
  readonly repair: string
  readonly at: number
  /** What was killed: "doctor", a command's name, or "nothing" where it had ended. */
  readonly hit: string
  readonly problems: readonly string[]
}

export interface Cut {
  readonly at: number
  readonly problems: readonly string[]
}

/** Together these use every fix but load-kvm: test/trust/inside/repairs.mjs. */
const repairs = ['files', 'network', 'access', 'kernel', 'build', 'packages'] as const

/** Rounds that share a host: making one ready costs as much as a round. */
const roundsPerHost = 10

/** @returns so many kills, spread over all repairs; few of them go to the quickest repair alone */
export const killPlan = (count: number, random: Random): readonly KillPlan[] => {
  const kinds = count < repairs.length ? (['network'] as const) : repairs
  const each = Math.ceil(count / kinds.length)
  const plans = kinds.flatMap((repair) =>
    Array.from({ length: Math.ceil(each / roundsPerHost) }, (_, index) => ({
      repair,
      from: index * roundsPerHost,
      rounds: Array.from({ length: Math.min(roundsPerHost, each - index * roundsPerHost) }, () => ({
        at: 0.05 + random.below(900) / 1000,
        victim: random.below(2) === 0 ? ('doctor' as const) : ('child' as const),
        pick: random.below(1000) / 1000,
      })),
    })),
  )
  // The repairs by turns: a run that is ended early has tried each.
  return plans.sort((one, other) => one.from - other.from)
}

const ask = async <T>(host: FrozenHost, script: string, job: object): Promise<T> => {
  const { stdout, stderr, code } = await host.use(['/opt/node', `/opt/trust/${script}.mjs`], {
    input: JSON.stringify(job),
    limitMs: 3_000_000,
  })
  const line = stdout.trim().split('\n').pop() ?? ''
  try {
    const answer = JSON.parse(line) as T & { broken?: string }
    if (answer.broken === undefined) return answer
    throw new Error(answer.broken)
  } catch (error) {
    throw new Error(`${script}, code ${code}: ${stdout.slice(-500)}${stderr.slice(-1500)}`, { cause: error })
  }
}

export const kill = async (host: FrozenHost, plan: KillPlan): Promise<readonly Killed[]> => {
  const { outcomes } = await ask<{ outcomes: readonly Omit<Killed, 'repair'>[] }>(host, 'kill', plan)
  return outcomes.map((outcome) => ({ ...outcome, repair: plan.repair }))
}

export const cutPower = async (host: FrozenHost, moments: readonly number[]): Promise<readonly Cut[]> =>
  (await ask<{ outcomes: readonly Cut[] }>(host, 'power', { moments })).outcomes

/** @param gaps milliseconds between the starts of two doctors, one for each round */
export const together = async (
  host: FrozenHost,
  gaps: readonly number[],
): Promise<readonly { readonly codes: readonly number[]; readonly problems: readonly string[] }[]> =>
  (
    await ask<{ rounds: readonly { codes: readonly number[]; problems: readonly string[] }[] }>(
      host,
      'together',
      {
        doctors: 2,
        gaps,
      },
    )
  ).rounds
