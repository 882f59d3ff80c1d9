/** What waits for what in a plan, and that carrying it out in that order always comes to an end. */
import { array, assert, asyncProperty, boolean, constantFrom, nat, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixes } from '../../fixes/registry.ts'
import type { Step } from '../../src/contract/step.ts'
import { criticalPath } from '../../src/engine/critical-path.ts'
import type { PlannedFix } from '../../src/engine/plan.ts'
import { makeSchedule } from '../../src/engine/schedule.ts'
import { stepGraph } from '../../src/engine/step-graph.ts'
import { downloadStep, plannedFix } from '../helpers/planned-fix.ts'

const run = (more: object = {}): Step => ({ kind: 'run', argv: ['x'], root: false, why: 'run', ...more })
const download = downloadStep('download', 1)
const manual: Step = { kind: 'manual', text: 'by hand' }
const convert = run({ progress: 'qemu-img' })

/** "image/1" waits for ["image/0", "packages/0"]. */
const waits = (...plan: PlannedFix[]) => {
  const nodes = stepGraph(plan)
  const name = (index: number) => {
    const node = nodes[index]
    return `${plan[node?.fix ?? -1]?.id}/${node?.step}`
  }
  return Object.fromEntries(
    nodes.map((node, index) => [name(index), node.waits.map((wait) => name(wait.node))]),
  )
}

describe('the graph of a plan', () => {
  it('lets downloads wait for nothing, and a conversion for its own download and packages alone', () => {
    const plan = [
      plannedFix('packages', [run({ critical: true, root: true })]),
      plannedFix('firmware', [download]),
      plannedFix('image', [download, run(), convert], { needs: [{ fix: 'packages', step: 2 }] }),
      plannedFix('tap', [run({ root: true })]),
    ]
    expect(waits(...plan)).toEqual({
      'packages/0': [],
      'firmware/0': [],
      'image/0': [],
      'image/1': ['image/0'],
      'image/2': ['image/1', 'packages/0'],
      'tap/0': [],
    })
  })

  it('keeps a need that is not in the plan, or that only a person can meet, from holding anything up', () => {
    const needing = plannedFix('route', [run()], { needs: [{ fix: 'tap', step: 0 }] })
    expect(waits(needing)).toEqual({ 'route/0': [] })
    expect(waits(plannedFix('tap', [manual]), needing)).toEqual({ 'route/0': [] })
  })

  it('puts a fix of the user after everything, where it does not say what it needs', () => {
    const plan = [
      plannedFix('a', [run()]),
      plannedFix('b', [download]),
      plannedFix('own', [download, run()], { comesAfterAll: true }),
    ]
    expect(waits(...plan)['own/1']).toEqual(['own/0', 'a/0', 'b/0'])
    expect(waits(...plan)['own/0']).toEqual([])
    const nodes = stepGraph(plan)
    // Not what it needs: it is begun also where these failed.
    expect(nodes.at(-1)?.waits.map(({ needed }) => needed)).toEqual([true, false, false])
  })

  it('lets everything wait for what runs first', () => {
    const plan = [plannedFix('first', [run()], { runsFirst: true }), plannedFix('a', [download, run()])]
    expect(waits(...plan)).toEqual({ 'first/0': [], 'a/0': [], 'a/1': ['a/0', 'first/0'] })
  })

  it('names the lanes: one package manager, one command of root, one conversion or build at a time', () => {
    const write: Step = { kind: 'write', path: 'p', content: '', mode: 0, why: 'w', root: true }
    const steps = [run({ critical: true, root: true }), run({ root: true }), write, convert, run(), download]
    const lanes = stepGraph(steps.map((step, index) => plannedFix(`f${index}`, [step]))).map(
      ({ lane }) => lane,
    )
    expect(lanes).toEqual(['packages', 'root', 'root', 'processor', null, null])
  })
})

const anyStep = constantFrom(
  run(),
  run({ root: true }),
  run({ root: true, critical: true }),
  convert,
  download,
  manual,
)
const anyPlan = array(
  record({
    steps: array(anyStep, { minLength: 1, maxLength: 5 }),
    needs: array(record({ fix: nat(8), step: nat(4) }), { maxLength: 3 }),
    comesAfterAll: boolean(),
    runsFirst: boolean(),
  }),
  { maxLength: 8 },
).map((parts): PlannedFix[] =>
  parts.map(({ steps, needs, comesAfterAll, runsFirst }, index) =>
    plannedFix(`f${index}`, steps, {
      needs: needs.map(({ fix: other, step }) => ({ fix: `f${other}`, step })),
      ...(comesAfterAll ? { comesAfterAll } : {}),
      ...(runsFirst ? { runsFirst } : {}),
    }),
  ),
)

describe('every plan', () => {
  it('has each step once, after all that it waits for', () => {
    assert(
      property(anyPlan, (plan) => {
        const nodes = stepGraph(plan)
        const steps = plan.flatMap(({ steps }, at) =>
          steps.flatMap((step, index) => (step.kind === 'manual' ? [] : [`${at}/${index}`])),
        )
        expect(nodes.map(({ fix: at, step }) => `${at}/${step}`).sort()).toEqual(steps.sort())
        for (const [index, node] of nodes.entries())
          for (const wait of node.waits) expect(wait.node).toBeLessThan(index)
      }),
    )
  })

  it('waits for every fix that it needs and that stands before it', () => {
    assert(
      property(anyPlan, (plan) => {
        const nodes = stepGraph(plan)
        const reaches = (from: number, to: number): boolean =>
          (nodes[from]?.waits ?? []).some(({ node }) => node === to || reaches(node, to))
        for (const [index, node] of nodes.entries()) {
          const own = plan[node.fix]
          if (!own || own.steps[node.step]?.kind === 'download') continue
          for (const need of own.needs ?? []) {
            const last = nodes.findLastIndex(({ fix: at }) => plan[at]?.id === need.fix && at < node.fix)
            const first = own.needs?.find(({ fix: id }) => id === need.fix)?.step ?? 0
            if (last >= 0 && first <= node.step) expect(reaches(index, last)).toBe(true)
          }
        }
      }),
    )
  })

  it('has a longest chain: from a step that waits for nothing, each waiting for the one before, to an end', () => {
    assert(
      property(anyPlan, (plan) => {
        const nodes = stepGraph(plan)
        const at = (node: { fix: number; step: number }) =>
          nodes.findIndex(({ fix: of, step }) => of === node.fix && step === node.step)
        const path = criticalPath(plan).map(at)
        expect(path.length > 0).toBe(nodes.length > 0)
        for (const [index, node] of path.entries()) {
          const others = nodes[node]?.waits.map((wait) => wait.node) ?? []
          if (index === 0) expect(others).toEqual([])
          else expect(others).toContain(path[index - 1])
        }
        const last = path.at(-1)
        expect(nodes.some(({ waits: others }) => others.some(({ node }) => node === last))).toBe(false)
      }),
    )
  })

  it('is carried out to its end, never early, never two of a lane', async () => {
    await assert(
      asyncProperty(anyPlan, array(nat(5), { minLength: 1, maxLength: 20 }), async (plan, durations) => {
        const nodes = stepGraph(plan)
        const schedule = makeSchedule(nodes)
        const ended = new Set<number>()
        const running = new Set<number>()
        await Promise.all(
          nodes.map(async ({ waits: others, lane }, index) => {
            await schedule.begin(index)
            for (const { node } of others) expect(ended.has(node)).toBe(true)
            for (const other of running) expect(lane === null || nodes[other]?.lane !== lane).toBe(true)
            running.add(index)
            for (let n = durations[index % durations.length] ?? 0; n > 0; n--) await Promise.resolve()
            running.delete(index)
            ended.add(index)
            schedule.end(index)
          }),
        )
        expect(ended.size).toBe(nodes.length)
      }),
    )
  })
})

it('the built-in fixes need only what stands before them in the registry', () => {
  const all = Object.values(fixes)
  for (const [index, { id, ...planned }] of all.entries()) {
    const before = all.slice(0, index).map((other) => other.id)
    for (const need of 'needs' in planned ? planned.needs : []) expect(before, id).toContain(need)
  }
})
