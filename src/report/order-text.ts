/** What of a plan waits for what, its longest chain, and what its downloads take at a stated rate. */
import type { RunStep } from '../contract/step.ts'
import { bytesOf, criticalPath } from '../engine/critical-path.ts'
import { downloadOf, isAutomatic, type PlannedFix } from '../engine/plan.ts'
import { type StepNode, stepGraph } from '../engine/step-graph.ts'
import { humanBytes } from '../util/units.ts'
import { type Page, tableRow } from './layout.ts'

const list = (ids: readonly string[]): string => [...new Set(ids)].join(', ')

/** In Mbit/s: a slow line and a usual one. */
const rates = [20, 100]

/** "45 s", "3 min", "1.5 h": nothing more exact is known. */
const about = (seconds: number): string => {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** "131 MiB: about 55 s at 20 Mbit/s, 11 s at 100 Mbit/s"; null where nothing is downloaded. */
const downloadText = (plan: readonly PlannedFix[]): string | null => {
  const all = plan.map(downloadOf)
  const bytes = all.reduce((total, one) => total + one.bytes, 0)
  const times = rates.map((rate) => `${about((bytes * 8) / (rate * 1e6))} at ${rate} Mbit/s`)
  const open = plan.filter((_, index) => all[index]?.unknown).map(({ id }) => id)
  const parts = [
    ...(bytes > 0 ? [`${humanBytes(bytes)}: about ${times.join(', ')}`] : []),
    ...(open.length > 0 ? [`of a size that is not known, and so of no known time: in ${list(open)}`] : []),
  ]
  return parts.length > 0 ? parts.join('; ') : null
}

const whyOf = (plan: readonly PlannedFix[], { fix, step }: StepNode): string => {
  const it = plan[fix]?.steps[step]
  if (!it || it.kind === 'manual') return ''
  const bytes = bytesOf(it)
  if (bytes === null) return `${it.why} (size not known)`
  return bytes > 0 ? `${it.why} (${humanBytes(bytes)})` : it.why
}

/** "install-packages: install qemu-utils; fetch-image: convert the image to raw, give the raw disk its name" */
const pathText = (plan: readonly PlannedFix[]): string => {
  let text = ''
  let before = -1
  for (const node of criticalPath(plan)) {
    text += before === node.fix ? ', ' : `${text ? '; ' : ''}${plan[node.fix]?.id}: `
    text += whyOf(plan, node)
    before = node.fix
  }
  return text
}

/** What each fix waits for, in words; none for a fix that begins at once. */
const waitTexts = (plan: readonly PlannedFix[]): string[] =>
  plan.flatMap((fix, index): string[] => {
    if (!isAutomatic(fix)) return []
    if (fix.comesAfterAll && index > 0) return [`${fix.id} after all fixes before it`]
    const before = plan.slice(0, index)
    const needs = (fix.needs ?? []).filter(({ fix: id }) => before.some((other) => other.id === id))
    const isMixed =
      fix.steps.some(({ kind }) => kind === 'download') &&
      fix.steps.some(({ kind }) => kind !== 'download' && kind !== 'manual')
    return [
      ...(isMixed ? [`${fix.id} after its own download`] : []),
      ...needs.map((need) => {
        const step = fix.steps[need.step]
        const from = step && need.step > 0 && step.kind !== 'manual' ? `, from "${step.why}" on,` : ''
        return `${fix.id}${from} after ${need.fix}`
      }),
    ]
  })

/** What takes a time that no size tells. */
const unknownTimes = (plan: readonly PlannedFix[]): string[] => {
  const steps = plan.flatMap((fix) => fix.steps)
  const has = (test: (step: RunStep) => boolean) => steps.some((step) => step.kind === 'run' && test(step))
  return [
    ...(has((step) => step.critical === true) ? ['installing packages'] : []),
    ...(has((step) => step.progress === 'qemu-img') ? ['converting the image'] : []),
    ...(has((step) => step.progress === 'make') ? ['building the kernel'] : []),
  ]
}

/** @returns the lines below a plan; none where its steps follow one another anyway */
export const orderLines = (plan: readonly PlannedFix[], page: Page): string[] => {
  const nodes = stepGraph(plan)
  if (new Set(nodes.map(({ fix }) => fix)).size < 2) return []
  const stepOf = ({ fix, step }: StepNode) => plan[fix]?.steps[step]
  const first = nodes.filter((node) => node.waits.length === 0 && stepOf(node)?.kind !== 'download')
  const atOnce = [
    list(first.map(({ fix }) => plan[fix]?.id ?? '')),
    nodes.some((node) => stepOf(node)?.kind === 'download') ? 'all downloads' : '',
  ]
  const onPath = new Set(criticalPath(plan).map(({ fix }) => fix))
  const beside = nodes.flatMap(({ fix }) => (onPath.has(fix) ? [] : [plan[fix]?.id ?? '']))
  const unknown = unknownTimes(plan)
  const downloads = downloadText(plan)
  // A chain of steps that take no time is nothing that anybody waits for.
  const takesTime = downloads !== null || unknown.length > 0
  const waits = waitTexts(plan)
  const rows: readonly (readonly [string, string | null])[] = [
    ['at once', atOnce.filter(Boolean).join(' and ')],
    ['waiting', waits.join('; ')],
    ['longest', takesTime ? pathText(plan) : null],
    ['beside it', takesTime ? list(beside) : null],
    ['downloads', downloads],
    ['not known', unknown.length > 0 ? `what ${unknown.join(', ')} takes on this host` : null],
  ]
  return [
    '',
    page.paint('strong', 'Order'),
    ...rows.flatMap(([name, text]) => (text ? tableRow(name, 9, text, page) : [])),
  ]
}
