/** docs/causes.md, made from the knowledge, so that the two cannot disagree. */
import { type ListedCause, listCauses } from '../../src/explain/catalogue.ts'
import { layers } from '../../src/explain/diagnosis.ts'

const titles: Readonly<Record<(typeof layers)[number], string>> = {
  start: 'Starting the program, and how it ends',
  usage: 'The command line',
  hypervisor: 'KVM',
  payload: 'Firmware, kernel, initramfs',
  disk: 'Disks',
  network: 'Network',
  memory: 'Memory',
  cpu: 'Virtual CPUs',
  console: 'Consoles',
  socket: 'Sockets',
  device: 'Devices',
  confinement: 'Landlock and seccomp',
  guest: 'The guest',
  other: 'Everything else',
}

/** Elements of XML are text outside of backticks, where they would be markup. */
const cell = (text: string) =>
  text
    .replaceAll('|', '\\|')
    .split('`')
    .map((part, at) => (at % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`')

const rowOf = ({ id, what, hint, check, severity }: ListedCause): string =>
  `| \`${id}\`${['warning', 'note'].includes(severity) ? ` (${severity})` : ''} | ${cell(what)} | ${cell(hint)} | ${check ? `\`${check}\`` : ''} |`

const table = (rows: readonly ListedCause[]): readonly string[] => [
  '| id | what | do | check |',
  '|---|---|---|---|',
  ...rows.map(rowOf),
  '',
]

/** @returns the page, ending in a newline */
export const causesPage = (): string => {
  const all = listCauses()
  const doubts = all.filter(({ severity }) => severity === 'advice')
  const causes = all.filter(({ severity }) => severity !== 'advice')
  const sections = layers.flatMap((layer) => {
    const rows = causes.filter((one) => one.layer === layer)
    return rows.length === 0 ? [] : [`## ${titles[layer]}`, '', ...table(rows)]
  })
  return [
    '# Causes',
    '',
    `The ${causes.length} causes that [\`chv-doctor explain\`](explain.md) knows, by their stable ids,`,
    `and ${doubts.length} doubts about commands and requests. This page is made from the knowledge of the`,
    'program by `npm run docs:update`.',
    '',
    ...sections,
    '## Doubts about a command',
    '',
    ...table(doubts),
  ].join('\n')
}
