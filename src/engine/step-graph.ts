/**
 * What waits for what in a plan. Downloads wait for nothing; the other steps of a fix wait for its downloads and
 * for each other, in order; and from one step on for the fixes that it needs. Everything else may go on beside.
 */
import type { Step } from '../contract/step.ts'
import { isAutomatic, needsRoot, type PlannedFix } from './plan.ts'

/** Only one step of each kind is carried out at a time. */
type Lane = 'packages' | 'root' | 'processor'

interface Wait {
  /** A position in the graph, before that of the step that waits. */
  readonly node: number
  /** Whether the step is left out where the other one failed, and not only begun after it. */
  readonly needed: boolean
}

export interface StepNode {
  /** Positions in the plan and in the steps of the fix. */
  readonly fix: number
  readonly step: number
  readonly waits: readonly Wait[]
  readonly lane: Lane | null
}

/** Two package managers would wait for each other's lock; a conversion or a build uses all processors. */
const laneOf = (step: Step): Lane | null => {
  if (step.kind === 'run' && step.critical) return 'packages'
  // What belongs together in the network is made in the order of the plan, and one command at a time.
  if (needsRoot(step)) return 'root'
  const isHeavy = step.kind === 'run' && (step.progress === 'qemu-img' || step.progress === 'make')
  return isHeavy ? 'processor' : null
}

/** How the steps of a fix from `step` on wait for a fix before it in the plan. */
interface FixWait {
  readonly fix: number
  readonly step: number
  readonly needed: boolean
}

const fixWaits = (plan: readonly PlannedFix[], index: number): readonly FixWait[] => {
  const own = plan[index]
  return plan.slice(0, index).flatMap((other, fix): FixWait[] => {
    const need = own?.needs?.find(({ fix: id }) => id === other.id)
    if (need) return [{ fix, step: need.step, needed: true }]
    if (other.runsFirst && !own?.runsFirst)
      return [{ fix, step: 0, needed: other.checks.some((check) => own?.checks.includes(check)) }]
    return own?.comesAfterAll ? [{ fix, step: 0, needed: false }] : []
  })
}

/**
 * @param plan in an order in which it can be carried out
 * @returns a node for each step that the doctor carries out, each after all that it waits for
 */
export const stepGraph = (plan: readonly PlannedFix[]): readonly StepNode[] => {
  const nodes: StepNode[] = []
  /** Of each fix: the nodes that end it. */
  const ends: (readonly number[])[] = []
  for (const [fix, planned] of plan.entries()) {
    const others = isAutomatic(planned) ? fixWaits(plan, fix) : []
    const downloads: number[] = []
    const add = (step: number, kind: Step, waits: readonly Wait[]) =>
      nodes.push({ fix, step, waits, lane: laneOf(kind) }) - 1
    for (const [step, kind] of planned.steps.entries())
      if (kind.kind === 'download') downloads.push(add(step, kind, []))
    let before: readonly number[] = downloads
    for (const [step, kind] of planned.steps.entries()) {
      if (kind.kind === 'download' || kind.kind === 'manual') continue
      const waits = others
        .filter((other) => other.step <= step)
        .flatMap((other) => (ends[other.fix] ?? []).map((node) => ({ node, needed: other.needed })))
      before = [add(step, kind, [...before.map((node) => ({ node, needed: true })), ...waits])]
    }
    ends.push(before)
  }
  return nodes
}
