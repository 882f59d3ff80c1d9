/**
 * What the doctor does on hosts that are broken, cut off, and short of something. `npm test` tries a few of
 * each; `npm run test:trust` all of it, and writes the figures down.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { repository, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { faults, pairs } from './faults/registry.ts'
import { type Baseline, baselineOf, type Outcome, runFault } from './faults/run-fault.ts'
import type { FrozenHost } from './host/frozen-host.ts'
import { gossFiles } from './host/goss.ts'
import { freezeHealthyHost } from './host/scenario.ts'
import { type Cut, cutPower, type Killed, kill, killPlan, together } from './interrupted/run-cut.ts'
import { randomFrom } from './parsers/random.ts'
import { runWant, type WantOutcome } from './scarce/run-want.ts'
import { wants } from './scarce/wants.ts'
import { choose, full, record, seed } from './settings.ts'

/** The clock that another library shows: built where there is a compiler, else those cases are left out. */
const clockLibrary = (): readonly string[] => {
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-trust-`)
  const path = `${directory}/clock.so`
  const { status } = spawnSync('gcc', [
    '-shared',
    '-fPIC',
    '-o',
    path,
    `${repository}/test/trust/inside/clock.c`,
    '-ldl',
  ])
  if (status !== 0) rmSync(directory, { recursive: true })
  return status === 0 ? [path] : []
}

const title = `a host that is broken on purpose, seed ${seed}`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  let host: FrozenHost
  let close = async () => {}
  let baselines: Record<'root' | 'sky', Baseline>
  const clock = clockLibrary()
  const outcomes: Outcome[] = []
  const cuts: Killed[] = []
  const wanted: WantOutcome[] = []

  beforeAll(async () => {
    host = await freezeHealthyHost([...(full ? gossFiles() : []), ...clock])
    close = host.close
    baselines = { root: await baselineOf(host, 'root'), sky: await baselineOf(host, 'sky') }
  }, 600_000)

  afterAll(async () => {
    await close()
    for (const path of clock) rmSync(dirname(path), { recursive: true })
  })

  const byId = new Map(faults.map((fault) => [fault.id, fault]))
  const planted = [
    ...choose(faults, 2, ['tap-down', 'seed-other-mac']).map((fault) => ({ id: fault.id, list: [fault] })),
    ...choose(pairs, 1).map(({ id, faults: ids }) => ({
      id,
      list: ids.flatMap((one) => byId.get(one) ?? []),
    })),
  ]

  it.concurrent.for(planted)('planted: $id', async ({ id, list }, { expect }) => {
    const outcome = await runFault(host, id, list, baselines[list[0]?.user ?? 'root'])
    outcomes.push(outcome)
    // After each: a run that is ended early has measured something, too.
    record('faults', { outcomes, baselines })
    expect(outcome.broken).toBeNull()
    expect(outcome.problems).toEqual([])
  })

  it.concurrent.for(killPlan(full ? 300 : 2, randomFrom(seed)))(
    'killed: $repair, round $from',
    async (plan, { expect }) => {
      const killed = await kill(host, plan)
      cuts.push(...killed)
      record('kills', { outcomes: cuts })
      expect(killed).toHaveLength(plan.rounds.length)
      expect(killed.flatMap(({ problems }) => problems)).toEqual([])
    },
  )

  it.concurrent('power cut: what was not synced is lost, and nothing is half-made', async ({ expect }) => {
    const random = randomFrom(seed)
    const moments = Array.from({ length: full ? 60 : 2 }, () => 0.2 + random.below(1000) / 1000)
    const outcome: readonly Cut[] = await cutPower(host, moments)
    record('power', { outcomes: outcome })
    expect(outcome).toHaveLength(moments.length)
    expect(outcome.flatMap(({ problems }) => problems)).toEqual([])
  })

  it.concurrent('two at once end as one does', async ({ expect }) => {
    const rounds = await together(
      host,
      full ? [0, 0, 0, 20, 50, 100, 150, 200, 300, 400, 600, 800, 1000, 1500] : [100],
    )
    record('together', { rounds })
    expect(rounds.flatMap(({ problems }) => problems)).toEqual([])
  })

  const missing = choose(wants, 2, ['disk-full-4600-kib-free', 'stdout-full', 'home-dev-null-fix']).filter(
    ({ env }) => env?.CLOCK_TO === undefined || clock.length > 0,
  )
  it.concurrent.for(missing)('scarce: $id', async (want, { expect }) => {
    const outcome = await runWant(host, want)
    wanted.push(outcome)
    record('scarce', { outcomes: wanted })
    expect(outcome.broken).toBeNull()
    expect(outcome.problems).toEqual([])
  })
})
