/** Explanations for people: what happened, why, what to do, what this host says, and where it is written. */
import type { Weighed } from '../explain/on-this-host.ts'
import type { Confidence, Line } from '../explain/types.ts'
import { humanBytes } from '../units.ts'
import type { Explanation } from './explain-json.ts'
import { type Paint, painter, type Tone, wrap } from './layout.ts'

const indent = '  '
const labelWidth = 6

const field = (label: string, text: string, width: number, paint: Paint): string[] =>
  wrap(text, width - indent.length - labelWidth).map(
    (line, index) => indent + paint('quiet', (index === 0 ? label : '').padEnd(labelWidth)) + line,
  )

/** The line that says most: of a chain its innermost words, else the first. */
const telling = (lines: readonly Line[]): Line | undefined =>
  lines.findLast(({ text }) => /^\s*\d+: (?!.{0,60}\(os error \d+\)$)/.test(text)) ?? lines[0]

const shortened = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text

const where = ({ lines, times }: Weighed, width: number): string => {
  const [first, last] = [lines[0]?.number, lines.at(-1)?.number]
  const range = first === last ? `line ${first}` : `lines ${first} to ${last}`
  const often = times > 1 ? `, the last of ${times} times` : ''
  const line = telling(lines)?.text.trim() ?? ''
  const head = `${range}${often}: `
  return head + shortened(line, Math.max(20, width - head.length - indent.length - labelWidth))
}

const words: Readonly<Record<string, readonly [string, Tone]>> = {
  ok: ['ok', 'good'],
  warn: ['warn', 'careful'],
  fail: ['FAIL', 'bad'],
  skip: ['skip', 'quiet'],
  unknown: ['????', 'careful'],
}

/** What the check finds here, and the command that repairs it. */
const here = ({ host, agrees, severity }: Weighed, width: number, paint: Paint): string[] => {
  if (!host) return []
  const [word, tone] = words[host.status] ?? ['', 'quiet']
  const said = host.found ?? host.reason ?? ''
  const at = host.at ? ` (${host.at})` : ''
  const [first = '', ...rest] = wrap(`${word} ${host.id}: ${said}${at}`, width - indent.length - labelWidth)
  const lines = [
    indent + paint('quiet', 'here'.padEnd(labelWidth)) + paint(tone, word) + first.slice(word.length),
    ...rest.map((line) => indent + ' '.repeat(labelWidth) + line),
  ]
  const more =
    host.fix && agrees
      ? `Repair it: \`chv-doctor fix ${host.id}\`.`
      : host.hint && agrees
        ? host.hint
        : agrees === false && host.status === 'ok' && severity === 'error'
          ? 'On this host that is in order now: try again, or look at the next reading.'
          : null
  return more ? [...lines, ...field('', more, width, paint)] : lines
}

const sure: Readonly<Record<Confidence, string>> = {
  certain: 'certain',
  likely: 'likely',
  possible: 'possible',
}

const renderOne = (one: Weighed, lead: string, width: number, paint: Paint): string[] => {
  const tone: Tone = one.severity === 'error' ? 'bad' : one.severity === 'warning' ? 'careful' : 'strong'
  const out = wrap(`${lead}${one.what}`, width).map((line) => paint(tone, line))
  out.push(...field('why', one.why, width, paint))
  out.push(...field('do', one.hint, width, paint))
  out.push(...here(one, width, paint))
  if (one.severity !== 'advice') out.push(...field('from', where(one, width), width, paint))
  out.push(...field('see', one.reference, width, paint))
  out.push(...field('id', `${one.cause} (${sure[one.confidence]})`, width, paint))
  return out
}

const nothing = ({ source }: Explanation, width: number): string[] => [
  ...wrap(
    `Nothing in ${source === '-' ? 'this text' : source} is an error, a warning or a command line of Cloud Hypervisor that chv-doctor knows.`,
    width,
  ),
  ...wrap(
    'Give it all that was printed, standard error included: `COMMAND 2>&1 | chv-doctor explain -`. If the program ended in silence, add how: a line such as "exit code 135".',
    width,
  ),
]

const cut = ({ bytes, firstLine }: Explanation, width: number, paint: Paint): string[] =>
  firstLine > 1
    ? wrap(`Of ${humanBytes(bytes)} only the end was read, from line ${firstLine} on.`, width).map((line) =>
        paint('quiet', line),
      )
    : []

/** @returns the whole text, ending in a newline; no line of ours is wider than the terminal (addresses may be) */
export const renderExplanation = (
  explanation: Explanation,
  { color, columns }: { color: boolean; columns: number },
): string => {
  const paint = painter(color)
  const width = Math.min(columns, 100)
  const { diagnoses } = explanation
  if (diagnoses.length === 0)
    return `${[...cut(explanation, width, paint), ...nothing(explanation, width)].join('\n')}\n`
  const blocks = diagnoses.map((one, index) => {
    const previous = diagnoses[index - 1]
    const heading: string[] = []
    if (one.severity !== previous?.severity && index > 0) {
      heading.push(
        paint('strong', one.severity === 'advice' ? 'About the command line:' : 'It also warned:'),
        '',
      )
    } else if (index === 0 && one.severity === 'advice') {
      heading.push(paint('strong', 'About the command line:'), '')
    }
    const again =
      one.severity === 'error' && previous?.severity === 'error'
        ? previous.lines[0]?.number === one.lines[0]?.number
          ? 'Or: '
          : 'Before that: '
        : ''
    return [...heading, ...renderOne(one, again, width, paint)].join('\n')
  })
  return `${[...cut(explanation, width, paint), blocks.join('\n\n')].join('\n')}\n`
}
