/** The report check by check (`--verbose`): what was found, what was expected, a remedy, the time it took. */
import { isAdvice, type Report, type Result } from '../contract/report.ts'
import { columnsOf } from '../util/text-width.ts'
import { humanMs } from '../util/units.ts'
import { renderBootCommand } from './boot-command-text.ts'
import { countsOf, forGuest } from './counts.ts'
import { beside, type Page } from './layout.ts'
import { adviceWord, statusWidth, statusWords } from './status-words.ts'

const idWidth = 19
const textColumn = 2 + statusWidth + 1 + idWidth + 1
const labelWidth = 10

const detail = (label: string, text: string, page: Page): string[] => {
  const at = textColumn + labelWidth
  const head = ' '.repeat(textColumn) + page.paint('quiet', label.padEnd(labelWidth))
  return beside({ text: head, columns: at }, at, page.lines(text, page.width - at), page)
}

const renderResult = (result: Result, guest: number, page: Page): string[] => {
  const { width, paint } = page
  const [word, tone] = isAdvice(result) ? adviceWord : statusWords[result.status]
  const time = width >= 72 && result.durationMs >= 0.5 ? humanMs(result.durationMs) : ''
  const lines = page.lines(
    result.found ?? result.reason ?? '',
    width - textColumn - (time ? time.length + 2 : 0),
  )
  const quiet = result.status === 'skip' ? 'quiet' : undefined
  const head = `  ${paint(tone, word.padEnd(statusWidth))} ${result.id.padEnd(idWidth)} `
  const [first = '', ...rest] = beside({ text: head, columns: textColumn }, textColumn, lines, page, quiet)
  const gap = Math.max(2, width - textColumn - columnsOf(lines[0] ?? '') - time.length)
  const out = [time ? `${first}${' '.repeat(gap)}${paint('quiet', time)}` : first, ...rest]
  const add = (...lines: readonly string[]) => out.push(...lines)
  // Without a label, so that it can be copied whole.
  if (result.path)
    add(...beside({ text: '', columns: 0 }, textColumn, page.lines(result.path, width - textColumn), page))
  if (result.expected) add(...detail('expected', result.expected, page))
  // An unknown status is no finding, so no fix is offered.
  if (result.fix && result.status !== 'unknown')
    add(...detail('fix', `chv-doctor fix ${result.id}${forGuest(guest)}`, page))
  if (result.hint) add(...detail('do', result.hint, page))
  return out
}

const nextStep = (report: Report): string | null => {
  const broken = report.results.filter((result) => result.status === 'fail')
  const fixable = broken.filter((result) => result.fix)
  if (fixable.length > 0)
    return `Next: \`chv-doctor fix${forGuest(report.profile.guest ?? 1)}\` shows what it would change, and asks before it does.`
  if (broken.length > 0)
    return `Next: \`chv-doctor explain ${broken[0]?.id}\` says why it matters and what to do.`
  return null
}

/** What a report is about: the first lines of every form of it. */
export const headLines = ({ version, profile, configFile }: Report, page: Page): string[] => {
  const { boot, network, image, guest = 1 } = profile
  const about = `${boot} boot, network ${network}, image ${image}${guest > 1 ? `, guest ${guest}` : ''}`
  return [
    `${page.paint('strong', `chv-doctor ${version}`)}: ${about}`,
    ...(configFile ? page.lines(`configuration: ${configFile}`) : []),
  ]
}

/** @returns the lines */
export const renderList = (report: Report, page: Page, advice: boolean): string[] => {
  const { paint } = page
  const { guest = 1 } = report.profile
  const out = headLines(report, page)
  for (const group of new Set(report.results.map((result) => result.group))) {
    out.push('', paint('strong', group))
    for (const result of report.results) {
      if (result.group === group) out.push(...renderResult(result, guest, page))
    }
  }
  // A report on recorded facts has no durations.
  const took = report.durationMs === 0 ? '' : ` ${paint('quiet', `in ${humanMs(report.durationMs)}`)}`
  const { skip } = report.summary
  const counts = [...countsOf(report, paint), ...(skip > 0 ? [paint('quiet', `${skip} skipped`)] : [])]
  out.push('', `${counts.join(', ')}${took}`)
  const next = advice ? nextStep(report) : null
  if (next) out.push(...page.lines(next))
  if (advice && report.bootCommand) out.push('', ...renderBootCommand(report.bootCommand, page))
  return out
}
