/** The chain of steps of a plan that takes longest, as far as that can be known before. */
import type { Step } from '../contract/step.ts'
import type { PlannedFix } from './plan.ts'
import { type StepNode, stepGraph } from './step-graph.ts'

/** Downloads of unknown size, known bytes to download, conversions and builds, steps: what comes first decides. */
type Weight = readonly [number, number, number, number]

/** Bytes that a step downloads; null where that is not known. */
export const bytesOf = (step: Step): number | null => {
  if (step.kind === 'download') return step.here ? 0 : step.bytes
  // The size of a clone is not known beforehand.
  if (step.kind === 'run') return step.progress === 'git' ? null : (step.bytes ?? 0)
  return 0
}

const weightOf = (step: Step, { lane }: StepNode): Weight => {
  const bytes = bytesOf(step)
  return [bytes === null ? 1 : 0, bytes ?? 0, lane === 'processor' ? 1 : 0, 1]
}

const sum = (a: Weight, b: Weight): Weight => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]

const compare = (a: Weight, b: Weight): number =>
  a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0

interface Chain {
  readonly weight: Weight
  readonly nodes: readonly StepNode[]
}

const none: Chain = { weight: [0, 0, 0, 0], nodes: [] }

const heaviest = (chains: readonly Chain[]): Chain =>
  chains.reduce((best, chain) => (compare(chain.weight, best.weight) > 0 ? chain : best), none)

/**
 * Seconds are not known before: a chain is longer where it downloads more, and a download of unknown size counts
 * as the largest.
 * @returns steps of which each waits for the one before it
 */
export const criticalPath = (plan: readonly PlannedFix[]): readonly StepNode[] => {
  const chains: Chain[] = []
  for (const node of stepGraph(plan)) {
    const step = plan[node.fix]?.steps[node.step]
    if (!step) continue
    const before = heaviest(node.waits.map((wait) => chains[wait.node] ?? none))
    chains.push({ weight: sum(before.weight, weightOf(step, node)), nodes: [...before.nodes, node] })
  }
  return heaviest(chains).nodes
}
