/** Renders explanations as text: what happened, why, what to do, what the check on this host found, and the reference. */

import type { Line, Severity } from '../explain/diagnosis.ts'
import { type Ranked, sameFailure } from '../explain/rank-by-host.ts'
import { visibleLine } from '../util/printable.ts'
import { quoteArgv } from '../util/quote.ts'
import { columnsOf, cutTo } from '../util/text-width.ts'
import { humanBytes } from '../util/units.ts'
import type { Explanation } from './explain-json.ts'
import { beside, type Look, type Page, pageFor, type Tone } from './layout.ts'
import { statusWords } from './status-words.ts'

const indent = '  '
const labelWidth = 6

const textColumn = indent.length + labelWidth

const field = (label: string, text: string, page: Page): string[] => {
  const head = { text: indent + page.paint('quiet', label.padEnd(labelWidth)), columns: textColumn }
  return beside(head, textColumn, page.lines(text, page.width - textColumn), page)
}

/** The line that says most: of a chain its innermost words, of a panic its message, else the first. */
const telling = (lines: readonly Line[]): Line | undefined => {
  const panic = lines.findIndex(({ text }) => text.startsWith('thread '))
  if (panic >= 0) return lines[panic + 1] ?? lines[panic]
  return lines.findLast(({ text }) => /^\s*\d+: (?!.{0,60}\(os error \d+\)$)/.test(text)) ?? lines[0]
}

const shortened = (text: string, width: number) =>
  columnsOf(text) > width ? `${cutTo(text, width - 1)}…` : text

const where = ({ lines, times }: Ranked, { width }: Page): string => {
  if (lines.length === 0) return 'how the program ended'
  const [first, last] = [lines[0]?.number, lines.at(-1)?.number]
  const range = first === last ? `line ${first}` : `lines ${first} to ${last}`
  const head = `${range}${times > 1 ? `, the last of ${times} times` : ''}: `
  const text = telling(lines)?.text.trim() ?? ''
  return head + shortened(visibleLine(text), Math.max(20, width - head.length - indent.length - labelWidth))
}

const next = ({ host, agrees, severity, repair }: Ranked): string | null => {
  if (repair) return `Repair it: \`${quoteArgv(repair)}\``
  if (host?.hint && agrees) return host.hint
  return agrees === false && host?.status === 'ok' && severity === 'error'
    ? 'That is in order on this host now: try again.'
    : null
}

/** What the check finds here, and the command that repairs it. */
const here = (one: Ranked, page: Page): string[] => {
  const { host } = one
  if (!host) return []
  const [word, tone] = statusWords[host.status] ?? ['', 'quiet']
  const [first = '', ...rest] = page.lines(
    `${word} ${host.id}: ${host.found ?? host.reason ?? ''}`,
    page.width - textColumn,
  )
  const more = next(one)
  return [
    indent +
      page.paint('quiet', 'here'.padEnd(labelWidth)) +
      page.paint(tone, word) +
      first.slice(word.length),
    ...beside(
      { text: '', columns: 0 },
      textColumn,
      [...rest, ...(host.path ? [page.say(host.path)] : [])],
      page,
    ),
    ...(more ? field('', more, page) : []),
  ]
}

const tones: Readonly<Record<Severity, Tone>> = {
  error: 'bad',
  warning: 'careful',
  note: 'quiet',
  advice: 'strong',
}

/** A consequence in one sentence: what to do is said with its cause. */
const renderConsequence = (one: Ranked, page: Page): string[] => [
  ...page.lines(`What followed: ${one.what}`),
  ...field('from', where(one, page), page),
  ...field('id', `${one.cause}, after ${one.follows}`, page),
]

const renderOne = (one: Ranked, lead: string, checked: Set<string>, page: Page): string[] => {
  if (one.follows !== null) return renderConsequence(one, page)
  const out = page.lines(`${lead}${one.what}`).map((line) => page.paint(tones[one.severity], line))
  out.push(...field('why', one.why, page), ...field('do', one.hint, page))
  // What a check finds is said once, with the first that it is about.
  if (one.host && !checked.has(one.host.id)) out.push(...here(one, page))
  if (one.host) checked.add(one.host.id)
  if (one.severity !== 'advice') out.push(...field('from', where(one, page), page))
  out.push(...field('see', one.reference, page), ...field('id', `${one.cause} (${one.confidence})`, page))
  return out
}

const headings: Readonly<Record<Severity, string>> = {
  error: '',
  warning: 'It also warned:',
  note: 'Harmless:',
  advice: 'About the command line:',
}

/** Once the host has confirmed one reading of a failure, the others need no more than their names. */
const isBeaten = (one: Ranked, others: readonly Ranked[]): boolean =>
  !one.agrees && others.some((other) => other !== one && other.agrees === true && sameFailure(one, other))

const leadOf = (one: Ranked, previous: Ranked | undefined): string => {
  if (one.severity !== 'error' || !previous) return ''
  return sameFailure(one, previous) ? 'Or: ' : 'Before that: '
}

/** A line that was not recognised is a remark by its severity, and need not be harmless. */
const headingOf = ({ severity, cause }: Ranked): string =>
  cause === 'unknown' && severity === 'note' ? 'Not recognised:' : headings[severity]

const renderAll = (diagnoses: readonly Ranked[], page: Page): string => {
  const beaten = diagnoses.filter((one) => isBeaten(one, diagnoses))
  const shown = diagnoses.filter((one) => !beaten.includes(one))
  const checked = new Set<string>()
  const blocks = shown.map((one, index) => {
    const previous = shown[index - 1]
    const changed = one.severity !== previous?.severity && (previous || one.severity === 'advice')
    const heading = changed && headingOf(one) ? [page.paint('strong', headingOf(one)), ''] : []
    const others = beaten.filter((other) => sameFailure(one, other)).map(({ cause }) => cause)
    const note =
      others.length > 0 ? field('not', `${others.join(', ')}, which this host does not confirm`, page) : []
    return [...heading, ...renderOne(one, leadOf(one, previous), checked, page), ...note].join('\n')
  })
  return blocks.join('\n\n')
}

const nothing = ({ source }: Explanation, page: Page): string[] => [
  ...page.lines(
    `${source === '-' ? 'This text' : source} holds no error, warning or command line of Cloud Hypervisor that chv-doctor knows.`,
  ),
  ...page.lines(
    'Give it all that was printed, standard error included: `COMMAND 2>&1 | chv-doctor explain -`. If the program ended in silence, add how it ended, as in "exit code 135".',
  ),
]

/** @returns the whole text, ending in a newline */
export const renderExplanation = (explanation: Explanation, look: Look): string => {
  const page = pageFor(look)
  const { diagnoses, bytes, firstLine } = explanation
  const cut = `Of ${humanBytes(bytes)} only the end was read, from line ${firstLine} on.`
  const out = [
    ...(firstLine > 1 ? [...page.lines(cut).map((line) => page.paint('quiet', line)), ''] : []),
    ...(diagnoses.length === 0 ? nothing(explanation, page) : [renderAll(diagnoses, page)]),
  ]
  return `${out.join('\n')}\n`
}
