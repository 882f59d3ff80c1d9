/** Renders a systemd unit that runs commands once at boot. */
import type { Argv } from '../util/argv.ts'

/** Escapes of C, and specifiers doubled (systemd.service(5), "COMMAND LINES"). */
const escaped = (word: string): string =>
  word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('%', '%%')

/** The program of ExecStart=, in which no variable is replaced. @param path absolute */
export const quoteProgram = (path: string): string =>
  /^[\w@+=:,./%$-]+$/.test(path) ? escaped(path) : `"${escaped(path)}"`

/** A word in ExecStart= (systemd.service(5), "COMMAND LINES"): C escapes, and % and $ doubled. */
export const quoteForUnit = (word: string): string => {
  const text = escaped(word).replaceAll('$', '$$$$')
  // Other words are quoted: a lone semicolon separates commands, and an empty word would be dropped.
  return /^[\w@+=:,./%$-]+$/.test(word) ? text : `"${text}"`
}

export interface Unit {
  readonly description: string
  /** Units that start before this one. */
  readonly after: readonly string[]
  /** Units whose restart restarts this one. */
  readonly partOf: readonly string[]
  /** Absolute programs; one that begins with "-" may fail. */
  readonly start: readonly Argv[]
  readonly stop: readonly Argv[]
}

const line = (key: string, [program, ...args]: Argv): string =>
  `${key}=${[program, ...args.map(quoteForUnit)].join(' ')}`

/** @returns the text of the unit file */
export const renderUnit = ({ description, after, partOf, start, stop }: Unit): string =>
  [
    '# Written by chv-doctor for `persist_network: true`; `chv-doctor undo` removes it.',
    '',
    '[Unit]',
    `Description=${description}`,
    ...(after.length > 0 ? [`After=${after.join(' ')}`] : []),
    ...(partOf.length > 0 ? [`PartOf=${partOf.join(' ')}`] : []),
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    ...start.map((argv) => line('ExecStart', argv)),
    ...stop.map((argv) => line('ExecStop', argv)),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
