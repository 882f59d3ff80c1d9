/** The report on one screen: a line for each group that is well and for each finding, and what to do next. */
import { isAdvice, type Report, type Result, type Status } from '../contract/report.ts'
import { columnsOf, padTo } from '../util/text-width.ts'
import { countsOf, forGuest } from './counts.ts'
import { beside, type Page, type Paint, wrap } from './layout.ts'
import { headLines } from './list-text.ts'
import { named } from './named.ts'
import { statusMarks, statusWords } from './status-words.ts'

/** A terminal has 24 lines; a healthy host needs less than half of them. */
const maxLines = { healthy: 10, broken: 24 } as const

interface Row {
  readonly status: Status
  /** The check of a finding; without one the line is about the whole group. */
  readonly id?: string
  readonly text: string
}

interface Group {
  readonly name: string
  readonly rows: readonly Row[]
}

/** Mark and name of a group stand before each text. */
const groupWidth = 12
const textColumn = 2 + groupWidth

const isFinding = ({ status }: Pick<Result, 'status'>) =>
  status === 'fail' || status === 'warn' || status === 'unknown'

/** Whole words of a text, as many as fit, then an ellipsis, and no half of a command; the list (`-v`) has all. */
const shortened = (text: string, room: number, page: Page): string => {
  const [first = '', ...rest] = page.lines(text, room)
  if (rest.length === 0) return first
  const [kept = ''] = page.lines(text, room - 2)
  const isCut = kept.split('`').length % 2 === 0
  return `${isCut ? kept.slice(0, kept.lastIndexOf('`')).trimEnd() : kept} …`
}

/** What waits for a finding, from the longest form to none: the finding comes first. */
const waitingTexts = (waiting: readonly string[]): readonly string[] => {
  const { length } = waiting
  if (length === 0) return ['']
  return length === 1
    ? [`; ${waiting[0]} waits for it`, '; 1 waits for it', '']
    : [`; ${length} wait for it`, '']
}

/** What was found, with the path that it is about and what waits for it, as far as they fit. */
const findingText = (
  { found, reason, path }: Result,
  waiting: readonly string[],
  room: number,
  page: Page,
) => {
  const text = page.say(found ?? reason ?? '')
  const texts = path === undefined ? [text] : [`${text}: ${page.say(path)}`, text]
  const forms = texts.flatMap((one) => waitingTexts(waiting).map((wait) => one + wait))
  return forms.find((one) => columnsOf(one) <= room) ?? shortened(text, room, page)
}

const rowsOf = (group: readonly Result[], all: readonly Result[], page: Page): readonly Row[] => {
  const room = page.width - textColumn
  const findings = group.filter(isFinding)
  if (findings.length > 0)
    return findings.map((result) => {
      const { id, status } = result
      const waiting = all.filter(({ blockedBy }) => blockedBy === id).map((one) => one.id)
      return { status, id, text: findingText(result, waiting, room - columnsOf(id) - 2, page) }
    })
  const blocked = group.filter(({ blockedBy }) => blockedBy !== undefined)
  if (blocked.length > 0) {
    const causes = [...new Set(blocked.map(({ blockedBy = '' }) => blockedBy))].join(', ')
    const verb = blocked.length === 1 ? 'waits' : 'wait'
    const end = ` ${verb} for ${causes}`
    return [
      {
        status: 'skip',
        text:
          named(
            blocked.map(({ id }) => id),
            room - end.length,
          ) + end,
      },
    ]
  }
  const advice = group.filter(isAdvice)
  if (advice.length > 0) {
    const start = 'to consider: '
    const text = named(
      advice.map(({ id }) => id),
      room - start.length,
    )
    return [{ status: 'ok', text: start + text }]
  }
  const healthy = group.filter(({ status }) => status === 'ok')
  if (healthy.length > 0)
    return [
      {
        status: 'ok',
        text: named(
          healthy.map(({ id }) => id),
          room,
        ),
      },
    ]
  const [only] = group
  return group.length === 1 && only
    ? [
        {
          status: 'skip',
          id: only.id,
          text: shortened(only.reason ?? '', room - columnsOf(only.id) - 2, page),
        },
      ]
    : [{ status: 'skip', text: `${group.length} skipped` }]
}

/** The group that takes most lines, in one. */
const folded = (groups: readonly Group[], page: Page): readonly Group[] => {
  const fullest = groups.reduce((one, group) => (group.rows.length > one.rows.length ? group : one))
  const worst = (['fail', 'unknown', 'warn'] as const).find((status) =>
    fullest.rows.some((row) => row.status === status),
  )
  const ids = fullest.rows.flatMap(({ id }) => id ?? [])
  const row: Row = { status: worst ?? 'fail', text: named(ids, page.width - textColumn) }
  return groups.map((group) => (group === fullest ? { ...group, rows: [row] } : group))
}

const groupsOf = (report: Report, page: Page, room: number): readonly Group[] => {
  const names = [...new Set(report.results.map(({ group }) => group))]
  let groups: readonly Group[] = names.map((name) => ({
    name,
    rows: rowsOf(
      report.results.filter(({ group }) => group === name),
      report.results,
      page,
    ),
  }))
  const lines = () => groups.reduce((sum, { rows }) => sum + rows.length, 0)
  while (lines() > room && groups.some(({ rows }) => rows.length > 1)) groups = folded(groups, page)
  return groups
}

const groupLines = ({ name, rows }: Group, { paint }: Page): string[] =>
  rows.map(({ status, id, text }, index) => {
    const mark = paint(statusWords[status][1], statusMarks[status])
    const label = padTo(index === 0 ? name : '', groupWidth)
    const what = id === undefined ? '' : `${paint('strong', id)}: `
    const quiet = status === 'skip' || status === 'ok'
    return `${mark} ${paint(quiet ? 'quiet' : 'strong', label)}${what}${quiet ? paint('quiet', text) : text}`
  })

type Command = readonly [command: string, about: string]

const nextCommands = ({ results, profile }: Report): readonly Command[] => {
  const guest = forGuest(profile.guest ?? 1)
  const broken = results.filter(({ status }) => status === 'fail')
  const first = broken[0] ?? results.find(({ status }) => status === 'unknown')
  if (!first) return []
  return [
    broken.some(({ fix }) => fix)
      ? [`chv-doctor fix${guest}`, 'shows the repairs, asks before it does them']
      : [`chv-doctor explain ${first.id}`, 'why it matters, and what to do'],
    [`chv-doctor check -v${guest}`, 'every check, with what was expected'],
  ]
}

const commandLines = (commands: readonly Command[], page: Page): string[] => {
  const spoken = commands.map(([command, about]) => [page.say(command), about] as const)
  const column = 4 + Math.max(...spoken.map(([command]) => columnsOf(command)))
  return spoken.flatMap(([command, about]) =>
    beside(
      { text: `  ${page.paint('strong', padTo(command, column - 2))}`, columns: column },
      column,
      page.lines(about, page.width - column),
      page,
    ),
  )
}

/** What a person does with a host that is well. */
const healthyAdvice = ({ bootCommand, profile }: Report): string => {
  const guest = forGuest(profile.guest ?? 1)
  const all = `all checks: \`chv-doctor check -v${guest}\`.`
  return bootCommand ? `Next: \`chv-doctor boot${guest}\`; ${all}` : `A${all.slice(1)}`
}

const endLines = (report: Report, page: Page, advice: boolean): string[] => {
  const blocked = report.results.filter(({ blockedBy }) => blockedBy !== undefined).length
  const ignored = report.results.filter(({ status, code }) => status === 'skip' && code !== undefined).length
  const counts = (paint: Paint) =>
    [
      ...countsOf(report, paint),
      ...(blocked > 0 ? [paint('quiet', `${blocked} blocked`)] : []),
      ...(ignored > 0 ? [paint('quiet', `${ignored} ignored`)] : []),
    ].join(', ')
  const shown = counts(page.paint)
  if (!advice) return [shown]
  const commands = nextCommands(report)
  if (commands.length > 0) return [shown, ...commandLines(commands, page)]
  const rest = page.say(healthyAdvice(report))
  const columns = columnsOf(counts((_, text) => text)) + 2 + columnsOf(rest)
  return columns <= page.width ? [`${shown}. ${rest}`] : [shown, ...wrap(rest, page.width)]
}

/** @returns at most 24 lines, at most 10 where nothing is wrong */
export const renderSummary = (report: Report, page: Page, advice: boolean): string[] => {
  const head = headLines(report, page)
  const end = endLines(report, page, advice)
  const isHealthy = nextCommands(report).length === 0
  const limit = isHealthy ? maxLines.healthy : maxLines.broken
  const groups = groupsOf(report, page, limit - head.length - end.length)
  const body = groups.flatMap((group) => groupLines(group, page))
  // Blank lines are the first that a full screen goes without.
  const spare = limit - head.length - body.length - end.length
  return [...head, ...(spare > 1 ? [''] : []), ...body, ...(spare > 0 ? [''] : []), ...end]
}
