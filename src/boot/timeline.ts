/** Builds the timeline of a verified boot. Pure. */
import type { Milestone } from './milestones.ts'
import type { TimelineEntry } from './outcome.ts'
import type { VerifyResult } from './verify.ts'

/**
 * @param all every milestone that this guest can reach, in the expected order
 * @param required the milestones without which the guest is not up
 * @returns the reached milestones in the order in which they were reached, then the others in the
 *   expected order, then the power-off unless the guest ended by itself
 */
export const timelineOf = (
  all: readonly Milestone[],
  required: readonly Milestone[],
  { evidence: { reached, waitedMs }, notTried, powerOff }: VerifyResult,
): readonly TimelineEntry[] => {
  const at = (milestone: Milestone) => reached[milestone]
  const inOrder = all
    .filter((milestone) => at(milestone) !== undefined)
    .sort((a, b) => (at(a) ?? 0) - (at(b) ?? 0))
  const entries: TimelineEntry[] = []
  let previousMs = 0
  for (const milestone of inOrder) {
    const atMs = at(milestone) ?? 0
    entries.push({ milestone, state: 'reached', atMs, tookMs: atMs - previousMs })
    previousMs = atMs
  }
  for (const milestone of all) {
    if (at(milestone) !== undefined) continue
    const laterReached = all.slice(all.indexOf(milestone) + 1).some((other) => at(other) !== undefined)
    const implied = laterReached && !required.includes(milestone)
    const state = notTried.has(milestone) ? 'not-tried' : implied ? 'implied' : 'missing'
    entries.push({ milestone, state, atMs: null, tookMs: null })
  }
  if (powerOff.by !== 'itself')
    entries.push({
      milestone: 'off',
      state: 'reached',
      atMs: waitedMs + powerOff.tookMs,
      tookMs: powerOff.tookMs,
    })
  return entries
}
