/** The question which fixes to apply, in one line for each. */
import { downloadOf, needsRoot, type PlannedFix, undoOf } from '../engine/plan.ts'
import { columnsOf, padTo } from '../util/text-width.ts'
import type { Page } from './layout.ts'
import { named } from './named.ts'
import { amountOf, undoWords } from './plan-text.ts'

/** Cursor and box stand before a line, root and size after it. */
const boxColumns = 6
const rootColumns = 6
const sizeColumns = 18

/** "Give the user access to /dev/kvm (kvm)  root": what it does, what for, what it costs. */
const lineOf = (fix: PlannedFix, page: Page): string => {
  const room = page.width - boxColumns - rootColumns - sizeColumns
  const [short = ''] = page.lines(fix.title, room)
  const whole = `${short} (${named(fix.checks, room - columnsOf(short) - 3)})`
  const title = columnsOf(whole) <= room ? whole : short
  const root = fix.steps.some(needsRoot) ? 'root' : ''
  return `${padTo(title, room)}  ${root.padEnd(rootColumns - 2)}  ${amountOf(downloadOf(fix)) ?? ''}`.trimEnd()
}

/** "Which fixes should be applied? 3 of 7 need root, 12.0 MiB or more to download" */
export const questionText = (plan: readonly PlannedFix[]): string => {
  const root = plan.filter((fix) => fix.steps.some(needsRoot)).length
  const downloads = plan.map(downloadOf)
  const amount = amountOf({
    bytes: downloads.reduce((sum, { bytes }) => sum + bytes, 0),
    unknown: downloads.some(({ unknown }) => unknown),
  })
  const costs = [
    ...(root > 0 ? [`${root} of ${plan.length} ${root === 1 ? 'needs' : 'need'} root`] : []),
    ...(amount === null ? [] : [`download: ${amount}`]),
  ]
  return `Which fixes should be applied?${costs.length > 0 ? ` (${costs.join('; ')})` : ''}`
}

/** The texts of one choice. */
export const choiceTexts = (
  fix: PlannedFix,
  page: Page,
): { readonly name: string; readonly short: string; readonly description: string } => ({
  name: lineOf(fix, page),
  short: fix.id,
  description: page.lines(`${fix.id} for ${fix.checks.join(', ')} · ${undoWords[undoOf(fix)]}`)[0] ?? '',
})
