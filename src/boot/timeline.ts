/** What was seen, step by step, with durations. */
import type { Milestone } from './milestones.ts'
import type { TimelineEntry } from './outcome.ts'
import type { VerifyResult } from './verify.ts'

/**
 * In the order in which the steps were reached; those that were not stand where they belong.
 * @param all every step that this guest can show
 * @param required those without which it is not up
 */
export const timelineOf = (
  all: readonly Milestone[],
  required: readonly Milestone[],
  { evidence: { reached, waitedMs }, unasked, powerOff }: VerifyResult,
): readonly TimelineEntry[] => {
  const at = (step: Milestone) => reached[step]
  const seen = all.filter((step) => at(step) !== undefined).sort((a, b) => (at(a) ?? 0) - (at(b) ?? 0))
  const moments: TimelineEntry[] = []
  let before = 0
  for (const step of seen) {
    const atMs = at(step) ?? 0
    moments.push({ step, state: 'reached', atMs, tookMs: atMs - before })
    before = atMs
  }
  for (const step of all) {
    if (at(step) !== undefined) continue
    const later = all.slice(all.indexOf(step) + 1).some((other) => at(other) !== undefined)
    const state = unasked.has(step) ? 'unasked' : later && !required.includes(step) ? 'passed' : 'missing'
    moments.push({ step, state, atMs: null, tookMs: null })
  }
  if (powerOff.by !== 'itself')
    moments.push({ step: 'off', state: 'reached', atMs: waitedMs + powerOff.tookMs, tookMs: powerOff.tookMs })
  return moments
}
