/** Renders a verified boot as text: the timeline, and the cause where the guest did not come up. */
import type { Milestone } from '../boot/milestones.ts'
import type { Outcome, PowerOff, TimelineEntry } from '../boot/outcome.ts'
import { visibleLine } from '../util/printable.ts'
import { cutTo } from '../util/text-width.ts'
import { humanMs } from '../util/units.ts'
import { renderCause } from './failure-text.ts'
import { type Look, type Paint, pageFor } from './layout.ts'

export const milestoneNames: Readonly<Record<Milestone | 'off', string>> = {
  vmm: 'VMM started',
  firmware: 'firmware output',
  kernel: 'kernel runs',
  login: 'login prompt',
  'cloud-init': 'cloud-init finished',
  ping: 'answers ping',
  ssh: 'ssh server answers',
  user: 'user logs in by ssh',
  host: 'guest reaches host',
  name: 'guest resolves a name',
  off: 'powered off',
}

const row = (name: string, text: string): string => `${name.padEnd(22)}${text}`

/** @returns the line for a milestone that was just reached */
export const milestoneLine = (milestone: Milestone | 'off', atMs: number): string =>
  row(milestoneNames[milestone], humanMs(atMs).padStart(10))

const methodNames: Readonly<Record<PowerOff['by'], string>> = {
  'power-button': 'by its power button',
  'shutdown-vmm': 'by ending the VMM',
  SIGTERM: 'by SIGTERM',
  SIGKILL: 'by SIGKILL',
  itself: '',
}

const timelineRow = (
  { milestone, state, atMs, tookMs }: TimelineEntry,
  off: string,
  paint: Paint,
): string => {
  const name = milestoneNames[milestone]
  if (state === 'reached')
    return `  ${paint('good', 'ok')}   ${row(name, humanMs(atMs ?? 0).padStart(10))}${paint('quiet', `   +${humanMs(tookMs ?? 0)}`)}${milestone === 'off' && off ? `  ${off}` : ''}`
  if (state === 'missing') return `  ${paint('bad', 'FAIL')} ${row(name, 'not seen'.padStart(10))}`
  return `  ${paint('quiet', `skip ${row(name, (state === 'not-tried' ? 'not tried' : 'not seen').padStart(10))}`)}`
}

/** Console lines are cut to the width: a wrapped log is hard to read. */
const consoleLines = (lines: readonly string[], width: number, paint: Paint): string[] =>
  lines.map((line) => paint('quiet', `  | ${cutTo(visibleLine(line), width - 4)}`))

/** @returns the whole report, ending in a newline */
export const renderOutcome = (outcome: Outcome, look: Look): string => {
  const page = pageFor(look)
  const { paint, width } = page
  const release = outcome.hypervisor === null ? '' : ` under Cloud Hypervisor ${outcome.hypervisor}`
  const unchanged = outcome.disk === 'overlay' || outcome.disk === 'copy' ? ', disk unchanged' : ''
  const out = [`${paint('strong', `chv-doctor ${outcome.version}`)}: boot verified${release}${unchanged}`, '']
  // The power button is the expected method and is not mentioned.
  const by = outcome.powerOff?.by
  const off =
    by && by !== 'power-button' && outcome.cause?.id === 'ignores-power-button' ? methodNames[by] : ''
  out.push(...outcome.timeline.map((entry) => timelineRow(entry, off, paint)), '')
  if (outcome.lastLines.length > 0)
    out.push(paint('strong', 'The end of the console:'), ...consoleLines(outcome.lastLines, width, paint), '')
  // On a line of its own and not wrapped, so that the path can be copied.
  if (outcome.consoleLog !== null) out.push('The whole console:', `  ${page.say(outcome.consoleLog)}`, '')
  if (outcome.cause) out.push(...renderCause(outcome.cause, null, page))
  else out.push(paint('good', `The guest came up and answered in ${humanMs(upAt(outcome))}.`))
  for (const note of outcome.notes) out.push(...page.lines(`Note: ${note}.`))
  return `${out.join('\n')}\n`
}

/** When the last milestone was reached. */
const upAt = ({ timeline }: Outcome): number =>
  Math.max(0, ...timeline.filter(({ milestone }) => milestone !== 'off').map(({ atMs }) => atMs ?? 0))
