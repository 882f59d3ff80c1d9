/** A merge as text: what one fix mends, which findings, what changed, which hosts. */
import { hostStates, type Merge, type MergedFinding } from '../../contract/merge.ts'
import { visibleLine } from '../../util/printable.ts'
import { type Paint, painter, wrap } from '../layout.ts'
import { statusWidth, statusWords } from '../status-words.ts'
import { minute, plural, someOf, stateWords, versionsIn } from './counts.ts'

/** A list of hosts in a sentence. */
const maxNames = 5

/** Whoever has more needs a page, or JSON. */
const maxHosts = 50

const tones = { fail: 'bad', unknown: 'unsure', warn: 'careful', ok: 'good' } as const

/** Below the word of a status. */
const indent = ' '.repeat(2 + statusWidth + 1)

const indented = (text: string, width: number, margin: string): readonly string[] =>
  wrap(text, width - margin.length).map((line) => margin + line)

const fixLines = ({ fixes }: Merge, width: number): readonly string[] =>
  fixes.flatMap(({ command, hosts, wholly, findings }) => [
    `${String(hosts.length).padStart(7)}  ${command}`,
    ...indented(
      `${findings.join(', ')}; ${wholly.length === 0 ? 'each has another failure, too' : `${plural(wholly.length, 'host')} with no other failure`}`,
      width,
      ' '.repeat(9),
    ),
  ])

const findingLines = (finding: MergedFinding, width: number, paint: Paint): readonly string[] => {
  const { status, code, found, hosts } = finding
  const [word, tone] = statusWords[status]
  return [
    `  ${paint(tone, word.padEnd(statusWidth))} ${visibleLine(code)}  ${paint('quiet', plural(hosts.length, 'host'))}`,
    ...indented(found, width, indent),
    ...indented(someOf(hosts, maxNames), width, indent).map((line) => paint('quiet', line)),
  ]
}

const changeLines = ({ changes }: Merge, width: number, paint: Paint): readonly string[] => {
  if (changes === null) return []
  const { since, appeared, gone, newHosts, missingHosts } = changes
  const list = (what: string, codes: typeof appeared) =>
    codes.flatMap(({ code, hosts }) =>
      indented(`${what} ${code}, ${plural(hosts.length, 'host')}: ${someOf(hosts, maxNames)}`, width, '  '),
    )
  const lines = [
    ...list('new ', appeared),
    ...list('gone', gone),
    ...(newHosts.length > 0
      ? indented(`hosts that are new: ${someOf(newHosts, maxNames)}`, width, '  ')
      : []),
    ...(missingHosts.length > 0
      ? indented(`hosts without a report now: ${someOf(missingHosts, maxNames)}`, width, '  ')
      : []),
  ]
  return [
    paint('strong', `Changed since ${minute(since)}`),
    ...(lines.length > 0 ? lines : ['  nothing']),
    '',
  ]
}

const hostLines = ({ hosts }: Merge, width: number, paint: Paint): readonly string[] => {
  const unwell = hosts.filter(({ state }) => state !== 'ok')
  const lines = unwell.slice(0, maxHosts).flatMap(({ name, state, findings }) => {
    const [word, tone] = statusWords[state]
    return [
      `  ${paint(tone, word.padEnd(statusWidth))} ${visibleLine(name)}`,
      ...indented(findings.map(({ code }) => code).join(', '), width, indent).map((line) =>
        paint('quiet', line),
      ),
    ]
  })
  const more = unwell.length - maxHosts
  return [...lines, ...(more > 0 ? [`  and ${more} more, which --format html or json lists`] : [])]
}

const section = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : [paint('strong', title), ...lines, '']

/** @returns the whole text, ending in a newline */
export const renderMergeText = (
  merge: Merge,
  { color, width }: { color: boolean; width: number },
): string => {
  const paint = painter(color)
  const { hosts, states, findings, version, replaced } = merge
  const counts = hostStates
    .filter((state) => states[state] > 0)
    .map((state) => paint(tones[state], `${states[state]} ${stateWords[state]}`))
  const versions = versionsIn(merge)
  const out = [
    `${paint('strong', `chv-doctor ${version}`)}: ${plural(hosts.length, 'host')}: ${counts.join(', ')}`,
    ...(versions.length > 1
      ? wrap(`The reports are of several versions: ${versions.join(', ')}.`, width)
      : []),
    ...(replaced.length > 0
      ? wrap(`Left out, because a later report is of the same host: ${someOf(replaced, maxNames)}.`, width)
      : []),
    '',
    ...section('What one fix mends (hosts)', fixLines(merge, width), paint),
    ...section(
      'Findings',
      findings.flatMap((finding) => findingLines(finding, width, paint)),
      paint,
    ),
    ...changeLines(merge, width, paint),
    ...section('Hosts', hostLines(merge, width, paint), paint),
  ]
  return `${out.join('\n').trimEnd()}\n`
}
