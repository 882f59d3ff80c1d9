/** Renders a report as text: one line per check, with the expectation and a remedy where it matters. */

import type { Report, Result } from '../contract/report.ts'
import { visibleLine } from '../util/printable.ts'
import { humanMs } from '../util/units.ts'
import { type Paint, painter, wrap, wrapCommand } from './layout.ts'
import { quoteWord } from './quote.ts'
import { statusWords } from './status-words.ts'

const idWidth = 19
const textColumn = 2 + 4 + 1 + idWidth + 1

const detail = (label: string, text: string, width: number, paint: Paint): string[] =>
  wrap(text, width - textColumn - 10).map(
    (line, index) =>
      `${' '.repeat(textColumn)}${paint('quiet', (index === 0 ? label : '').padEnd(10))}${line}`,
  )

/** The flag that selects the same guest in a suggested command. */
const forGuest = (guest: number): string => (guest > 1 ? ` --guest ${guest}` : '')

const renderResult = (result: Result, guest: number, width: number, paint: Paint): string[] => {
  const [word, tone] = statusWords[result.status]
  const time = width >= 72 && result.durationMs >= 0.5 ? humanMs(result.durationMs) : ''
  const text = result.found ?? result.reason ?? ''
  const lines = wrap(text, width - textColumn - (time ? time.length + 2 : 0))
  const first = lines[0] ?? ''
  const gap = ' '.repeat(Math.max(1, width - textColumn - first.length - time.length))
  const head = `  ${paint(tone, word.padEnd(4))} ${result.id.padEnd(idWidth)} `
  const quiet = result.status === 'skip'
  const out = [`${head}${quiet ? paint('quiet', first) : first}${time ? gap + paint('quiet', time) : ''}`]
  for (const line of lines.slice(1))
    out.push(`${' '.repeat(textColumn)}${quiet ? paint('quiet', line) : line}`)
  // Without a label: a path of the usual length just fits into 80 columns, and can be copied whole.
  if (result.path) out.push(`${' '.repeat(textColumn)}${visibleLine(result.path)}`)
  if (result.expected) out.push(...detail('expected', result.expected, width, paint))
  // An unknown status is no finding, so no fix is offered.
  if (result.fix && result.status !== 'unknown')
    out.push(...detail('fix', `chv-doctor fix ${result.id}${forGuest(guest)}`, width, paint))
  if (result.hint) out.push(...detail('do', result.hint, width, paint))
  return out
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const summaryLine = ({ summary }: Report, paint: Paint): string =>
  [
    summary.fail > 0 && paint('bad', `${summary.fail} failed`),
    summary.unknown > 0 && paint('careful', `${summary.unknown} unknown`),
    summary.warn > 0 && paint('careful', plural(summary.warn, 'warning', 'warnings')),
    summary.ok > 0 && paint('good', `${summary.ok} ok`),
    summary.skip > 0 && paint('quiet', `${summary.skip} skipped`),
  ]
    .filter(Boolean)
    .join(', ')

/** Words of a command with each flag kept beside its first value, so that lines break before flags. */
const flagUnits = (command: readonly string[]): string[] => {
  const units: string[] = []
  for (const [index, word] of command.entries()) {
    const previous = command[index - 1]
    if (previous?.startsWith('--') && !word.startsWith('--')) units.push(`${units.pop()} ${quoteWord(word)}`)
    else units.push(quoteWord(word))
  }
  return units
}

/** A command over several lines that break before flags, in a form that can be pasted. */
export const pasteable = (command: readonly string[], width: number, indent: string): string[] =>
  wrapCommand(flagUnits(command), width, indent)

/** The command that starts the guest. */
export const renderBootCommand = (command: readonly string[], width: number, paint: Paint): string[] => [
  `${paint('strong', 'Start the guest:')} chv-doctor boot, or paste`,
  ...pasteable(command, width, '  '),
]

const nextStep = (report: Report): string | null => {
  const broken = report.results.filter((result) => result.status === 'fail')
  const fixable = broken.filter((result) => result.fix)
  if (fixable.length > 0)
    return `Next: \`chv-doctor fix${forGuest(report.profile.guest ?? 1)}\` shows what it would change, and asks before it does.`
  if (broken.length > 0)
    return `Next: \`chv-doctor explain ${broken[0]?.id}\` says why it matters and what to do.`
  return null
}

export interface TextOptions {
  readonly color: boolean
  readonly width: number
  /** Whether to end with what to do next (left out where the caller goes on by itself). */
  readonly advice: boolean
}

/** @returns the whole report, ending in a newline */
export const renderText = (report: Report, { color, width, advice }: TextOptions): string => {
  const paint = painter(color)
  const { boot, network, image, guest = 1 } = report.profile
  const out = [
    `${paint('strong', `chv-doctor ${report.version}`)}: ${boot} boot, network ${network}, image ${image}${guest > 1 ? `, guest ${guest}` : ''}`,
    ...(report.configFile ? wrap(`configuration: ${report.configFile}`, width) : []),
  ]
  for (const group of new Set(report.results.map((result) => result.group))) {
    out.push('', paint('strong', group))
    for (const result of report.results) {
      if (result.group === group) out.push(...renderResult(result, guest, width, paint))
    }
  }
  // A report on recorded facts has no durations.
  const took = report.durationMs === 0 ? '' : ` ${paint('quiet', `in ${humanMs(report.durationMs)}`)}`
  out.push('', `${summaryLine(report, paint)}${took}`)
  const next = advice ? nextStep(report) : null
  if (next) out.push(...wrap(next, width))
  if (advice && report.bootCommand) out.push('', ...renderBootCommand(report.bootCommand, width, paint))
  return `${out.join('\n')}\n`
}
