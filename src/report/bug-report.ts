/** The file for a bug report: the fields of Cloud Hypervisor's issue form, what was found, and the facts. */
import type { Report } from '../contract/report.ts'
import { factsFence } from '../engine/facts-file.ts'
import { quoteArgv } from '../util/quote.ts'
import { humanBytes } from '../util/units.ts'
import { renderMarkdown } from './formats/markdown.ts'
import { wrap } from './layout.ts'

/** Everything in it is redacted already. */
export interface BugReport {
  readonly version: string
  /** ISO 8601, in UTC. */
  readonly madeAt: string
  /** What `cloud-hypervisor --version` printed; null without a binary that starts. */
  readonly hypervisor: string | null
  /** The command that starts the guest; null without a binary. */
  readonly command: readonly string[] | null
  /** "Debian GNU/Linux 12 (bookworm), kernel 6.1.0-40-amd64, x86_64" */
  readonly host: string
  /** "resolute, with firmware" */
  readonly guest: string
  readonly report: Report
  readonly log: BootLog | null
  /** A facts file. */
  readonly facts: string
}

/** The end of the log of a boot. */
export interface BootLog {
  readonly path: string
  readonly text: string
  /** What `explain` says about it, a sentence each with its id. */
  readonly causes: readonly { readonly id: string; readonly what: string }[]
}

/** A code block whose fence does not occur in the text. */
const block = (text: string): string => {
  const runs = text.match(/`{3,}/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)))
  return `${fence}text\n${text.trimEnd()}\n${fence}`
}

/** A comment that only the editor of the issue shows. */
const fillIn = (what: string): string => `<!-- ${what} -->`

const logSection = (log: BootLog | null): readonly string[] => {
  if (log === null) return [fillIn('Run it again with `-v`, and paste what it prints on standard error.')]
  const { path, text, causes } = log
  return [
    `The end of \`${path.replaceAll('`', "'")}\`:`,
    '',
    block(text),
    ...(causes.length === 0
      ? []
      : [
          '',
          '`chv-doctor explain` about it:',
          '',
          block(causes.map(({ id, what }) => `${id}: ${what}`).join('\n')),
        ]),
  ]
}

/** The headings and questions of .github/ISSUE_TEMPLATE/bug_report.md of Cloud Hypervisor. */
const issueForm = ({ hypervisor, command, guest, host, log }: BugReport): readonly string[] => [
  '**Describe the bug**',
  fillIn('What happened, and what you expected.'),
  '',
  '**To Reproduce**',
  fillIn('The steps, from the command below on.'),
  '',
  '**Version**',
  '',
  'Output of `cloud-hypervisor --version`:',
  '',
  hypervisor === null ? 'No Cloud Hypervisor was found that starts.' : block(hypervisor),
  '',
  'Did you build from source, if so build command line (e.g. features):',
  fillIn('No, or the command.'),
  '',
  '**VM configuration**',
  '',
  'What command line did you run (or JSON config data):',
  '',
  command === null ? fillIn('The command.') : block(quoteArgv(command)),
  '',
  `Guest OS version details: ${guest}`,
  '',
  `Host OS version details: ${host}`,
  '',
  '**Logs**',
  '',
  'Output of `cloud-hypervisor -v` from either standard error or via `--log-file`:',
  '',
  ...logSection(log),
  '',
  'Linux kernel output:',
  fillIn(
    'What the guest kernel printed, unless it is in the log above; of the host, `sudo dmesg` around that time.',
  ),
]

/** @returns Markdown, ending in a newline */
export const renderBugReport = (bug: BugReport): string =>
  [
    `<!-- Written by chv-doctor ${bug.version} at ${bug.madeAt}. Names of this user and host, passwords, keys and`,
    'addresses of downloads are left out; look through it before you publish it. The part down to the line is',
    "for Cloud Hypervisor's issue form, the rest shows the host. -->",
    '',
    ...issueForm(bug),
    '',
    '---',
    '',
    renderMarkdown(bug.report).trimEnd(),
    '',
    '<details><summary>Facts</summary>',
    '',
    factsFence.begin,
    bug.facts.trimEnd(),
    factsFence.end,
    '',
    '</details>',
    '',
  ].join('\n')

const labelWidth = 12

const row = (label: string, text: string, width: number): readonly string[] =>
  wrap(text, width - labelWidth - 2).map(
    (line, index) => `  ${(index === 0 ? label : '').padEnd(labelWidth)}${line}`,
  )

/** @returns what is in the report, a row for each part, ending in a newline */
export const outlineOf = (bug: BugReport, width: number): string => {
  const { version, hypervisor, host, guest, command, report, log, facts } = bug
  const { fail, unknown, warn, ok, skip } = report.summary
  const lines = log?.text.trimEnd().split('\n').length ?? 0
  return `${[
    ...wrap(
      'In the file, without names of this user and host, passwords, keys and addresses of downloads:',
      width,
    ),
    '',
    ...row('versions', `chv-doctor ${version}, ${hypervisor ?? 'no Cloud Hypervisor'}, ${host}`, width),
    ...row('guest', guest, width),
    ...row('command', command === null ? 'none' : quoteArgv(command), width),
    ...row(
      'verdicts',
      `failed ${fail}, unknown ${unknown}, warnings ${warn}, ok ${ok}, skipped ${skip}`,
      width,
    ),
    ...row(
      'boot log',
      log === null ? 'none was kept; --log FILE adds one' : `the last ${lines} lines of ${log.path}`,
      width,
    ),
    ...row(
      'facts',
      `what ${report.results.length} checks saw (${humanBytes(Buffer.byteLength(facts))})`,
      width,
    ),
    ...row(
      'for you',
      'what happened, how to repeat it, and whether you built Cloud Hypervisor yourself',
      width,
    ),
  ].join('\n')}\n`
}
