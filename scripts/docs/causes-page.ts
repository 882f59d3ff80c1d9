/** docs/causes.md, made from the knowledge, so that the two cannot disagree. */
import { knowledge } from '../../src/explain/causes/registry.ts'
import { layers } from '../../src/explain/diagnosis.ts'
import { interpolate } from '../../src/explain/patterns.ts'

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

const cell = (text: string) => text.replaceAll('|', '\\|')

/** @returns the page, ending in a newline */
export const causesPage = (): string => {
  const count = knowledge.reduce((sum, [, causes]) => sum + causes.length, 0)
  const sections = layers.flatMap((layer) => {
    const causes = knowledge.filter(([name]) => name === layer).flatMap(([, list]) => list)
    if (causes.length === 0) return []
    const rows = causes.map(
      ({ id, what, hint, check, severity }) =>
        `| \`${id}\`${severity ? ` (${severity})` : ''} | ${cell(interpolate(what, {}))} | ${cell(interpolate(hint, {}))} | ${check ? `\`${check}\`` : ''} |`,
    )
    return [`## ${titles[layer]}`, '', '| id | what | do | check |', '|---|---|---|---|', ...rows, '']
  })
  return [
    '# Causes',
    '',
    `The ${count} causes that [\`chv-doctor explain\`](explain.md) knows, by their stable ids.`,
    'This page is made from the knowledge of the program by `npm run docs:update`.',
    '',
    ...sections,
  ].join('\n')
}
