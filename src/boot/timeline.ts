/** What was seen, step by step, with durations. */
import type { Step } from './milestones.ts'
import type { Moment } from './outcome.ts'
import type { Seen } from './verify.ts'

/**
 * In the order in which the steps were reached; those that were not stand where they belong.
 * @param all every step that this guest can show
 * @param required those without which it is not up
 */
export const timelineOf = (
  all: readonly Step[],
  required: readonly Step[],
  { evidence: { reached, waitedMs }, unasked, powerOff }: Seen,
): readonly Moment[] => {
  const at = (step: Step) => reached[step]
  const seen = all.filter((step) => at(step) !== undefined).sort((a, b) => (at(a) ?? 0) - (at(b) ?? 0))
  const moments: Moment[] = []
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
