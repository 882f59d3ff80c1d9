/** Parts of a plan, with all that a test does not ask about. */
import type { Step } from '../../src/contract/step.ts'
import type { PlannedFix } from '../../src/engine/plan.ts'

export const plannedFix = (
  id: string,
  steps: readonly Step[],
  more: Partial<PlannedFix> = {},
): PlannedFix => ({ id, title: id, checks: [id], needed: true, steps, ...more })

/** @param bytes null: not known */
export const downloadStep = (why: string, bytes: number | null): Step => ({
  kind: 'download',
  url: 'u',
  path: 'p',
  proof: { by: 'nothing' },
  bytes,
  mode: 0,
  why,
})
