/** A merge as GitHub-flavoured Markdown, for a step summary or an issue. */
import { type CodeOnHosts, hostStates, type Merge } from '../../contract/merge.ts'
import { code, escaped, table } from '../markdown-text.ts'
import { minute, plural, someOf, stateWords } from './counts.ts'

const maxNames = 5

/** A step summary of GitHub takes 1 MiB; the table of hosts is cut long before. */
const maxHosts = 500

const hostList = (hosts: readonly string[]): string => escaped(someOf(hosts, maxNames))

const fixes = ({ fixes: list }: Merge): readonly string[] =>
  list.length === 0
    ? []
    : [
        '### What one fix mends',
        '',
        ...table(
          ['fix', 'hosts', 'no other failure', 'findings'],
          list.map(({ command, hosts, wholly, findings }) => [
            code(command),
            String(hosts.length),
            String(wholly.length),
            findings.map(code).join(' '),
          ]),
        ),
        '',
      ]

const findings = ({ findings: list }: Merge): readonly string[] =>
  list.length === 0
    ? []
    : [
        '### Findings',
        '',
        ...table(
          ['finding', 'status', 'hosts', 'found', 'on'],
          list.map(({ code: name, status, hosts, found }) => [
            code(name),
            status === 'fail' ? '**failed**' : status,
            String(hosts.length),
            escaped(found),
            hostList(hosts),
          ]),
        ),
        '',
      ]

const changes = ({ changes: all }: Merge): readonly string[] => {
  if (all === null) return []
  const list = (what: string, codes: readonly CodeOnHosts[]) =>
    codes.map(
      ({ code: name, hosts }) =>
        `- ${what} ${code(name)}, ${plural(hosts.length, 'host')}: ${hostList(hosts)}`,
    )
  const lines = [
    ...list('new', all.appeared),
    ...list('gone', all.gone),
    ...(all.newHosts.length > 0 ? [`- hosts that are new: ${hostList(all.newHosts)}`] : []),
    ...(all.missingHosts.length > 0 ? [`- hosts without a report now: ${hostList(all.missingHosts)}`] : []),
  ]
  return [`### Changed since ${minute(all.since)}`, '', ...(lines.length > 0 ? lines : ['- nothing']), '']
}

const hosts = ({ hosts: list }: Merge): readonly string[] => {
  const more = list.length - maxHosts
  return [
    `<details><summary>${plural(list.length, 'host')}</summary>`,
    '',
    ...table(
      ['host', 'state', 'findings', 'checked'],
      list
        .slice(0, maxHosts)
        .map(({ name, state, findings: found, startedAt }) => [
          escaped(name),
          stateWords[state],
          found.map((one) => code(one.code)).join(' '),
          startedAt === null ? '' : minute(startedAt),
        ]),
    ),
    ...(more > 0 ? ['', `and ${more} more, which the HTML and JSON forms list.`] : []),
    '',
    '</details>',
  ]
}

/** @returns the page, ending in a newline */
export const renderMergeMarkdown = (merge: Merge): string => {
  const { states, version, madeAt } = merge
  const counts = hostStates.filter((state) => states[state] > 0)
  return `${[
    `## chv-doctor: ${plural(merge.hosts.length, 'host')}`,
    '',
    `${counts.map((state) => `${states[state]} ${stateWords[state]}`).join(', ')}. Version ${escaped(version)}, ${minute(madeAt)}.`,
    '',
    ...fixes(merge),
    ...findings(merge),
    ...changes(merge),
    ...hosts(merge),
  ].join('\n')}\n`
}
