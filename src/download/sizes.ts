import type { PlannedFix } from '../engine/plan.ts'
import { sizeOf } from './remote.ts'

/** Fills in the sizes of downloads that the catalogue does not know, as far as the servers tell. */
export const withSizes = (plan: readonly PlannedFix[], signal: AbortSignal): Promise<readonly PlannedFix[]> =>
  Promise.all(
    plan.map(async (fix) => ({
      ...fix,
      steps: await Promise.all(
        fix.steps.map(async (step) =>
          step.kind === 'download' && step.bytes === null && !step.here
            ? { ...step, bytes: await sizeOf(step.url, signal) }
            : step,
        ),
      ),
    })),
  )
