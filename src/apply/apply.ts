/**
 * Carries a plan out: each step as soon as what it waits for has ended, others beside it.
 * The only path on which the doctor changes a host.
 */
import type { Live } from '../cli/terminal.ts'
import type { PlannedFix } from '../engine/plan.ts'
import { makeSchedule } from '../engine/schedule.ts'
import { type StepNode, stepGraph } from '../engine/step-graph.ts'
import { runTasks, type Task, type TaskView } from '../engine/tasks.ts'
import { Interrupted, messageOf } from '../util/errors.ts'
import { humanMs } from '../util/units.ts'
import { type AutomaticStep, executeStep, removeMade, removeTempFiles } from './execute.ts'
import type { Journal } from './journal.ts'
import type { Executor } from './run-step.ts'

export interface Failure {
  readonly fix: string
  readonly message: string
}

export interface ApplyOptions {
  readonly executor: Executor
  readonly journal: Journal
  /** Draw a live list; otherwise `say` gets one line per step, unless `quiet`. */
  readonly live: Live | false
  readonly quiet?: boolean
  readonly say: (line: string) => void
}

/** What the outcome of a step adds to its line. */
const notes: ReadonlyMap<unknown, string> = new Map([
  ['already there', 'it was here'],
  ['made before', 'done while it arrived'],
])

/** @returns one failure for each fix that failed or was left out, in the order of the plan */
export const applyPlan = async (
  plan: readonly PlannedFix[],
  options: ApplyOptions,
): Promise<readonly Failure[]> => {
  const { executor, journal } = options
  const graph = stepGraph(plan)
  const schedule = makeSchedule(graph)
  const failures = new Map<PlannedFix, string>()
  const succeeded = new Set<StepNode>()
  const made = new Set<string>()
  let interrupted = false
  /** Steps that an interruption left no time for. */
  let leftOut = 0
  const say = (line: string) => {
    if (!options.live && !options.quiet) options.say(line)
  }

  /** @returns the fix that a step needs and that failed or was left out itself */
  const failedNeed = ({ waits }: StepNode): PlannedFix | undefined => {
    const missing = waits.find(({ node, needed }) => needed && !succeeded.has(graph[node] as StepNode))
    return missing && plan[graph[missing.node]?.fix ?? 0]
  }

  const carryOut = async (fix: PlannedFix, step: AutomaticStep, node: StepNode, view: TaskView) => {
    if (interrupted || executor.signal.aborted) {
      leftOut++
      view.hide()
      return
    }
    const need = failedNeed(node)
    if (failures.has(fix) || need) {
      if (!failures.has(fix)) {
        failures.set(fix, `left out: it needs ${need?.id}, which failed`)
        say(`${fix.id}: left out, because ${need?.id} failed`)
      }
      view.mark('skip', `${fix.id}, left out: ${step.why}`)
      return
    }
    const start = performance.now()
    say(`${fix.id}: ${step.why}`)
    let outcome: unknown
    try {
      outcome = await executeStep(fix.id, step, view, { executor, journal, made })
    } catch (error) {
      interrupted ||= executor.signal.aborted
      failures.set(fix, messageOf(error))
      await removeTempFiles(fix, journal)
      say(`${fix.id}: failed`)
      throw error
    }
    succeeded.add(node)
    const elapsed = performance.now() - start
    const note = notes.get(outcome)
    if (note !== undefined) say(`${fix.id}: ${note}`)
    const why = note === undefined ? step.why : `${step.why} (${note})`
    // The time first: a narrow terminal cuts the end of a line off.
    view.title(`${fix.id}${elapsed >= 1000 ? `, ${humanMs(elapsed)}` : ''}: ${why}`)
  }

  const tasks = graph.flatMap((node, index): Task[] => {
    const fix = plan[node.fix]
    const step = fix?.steps[node.step]
    if (!fix || !step || step.kind === 'manual') return []
    const run = async (view: TaskView) => {
      await view.wait(schedule.begin(index))
      try {
        await carryOut(fix, step, node, view)
      } finally {
        schedule.end(index)
      }
    }
    return [{ title: `${fix.id}: ${step.why}`, run }]
  })
  await runTasks({ tasks, concurrent: true, live: options.live, transient: false })
  await removeMade(made, journal)
  if (executor.signal.aborted) {
    if (leftOut > 0) options.say(`${leftOut} ${leftOut === 1 ? 'step was' : 'steps were'} not begun.`)
    throw new Interrupted()
  }
  return plan.flatMap((fix) => {
    const message = failures.get(fix)
    return message === undefined ? [] : [{ fix: fix.id, message }]
  })
}
