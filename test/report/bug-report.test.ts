/** The file for a bug report: whole, in the form of Cloud Hypervisor's issue template, whatever a log holds. */
import { describe, expect, it } from 'vitest'
import { parseFacts, recordFacts } from '../../src/engine/facts-file.ts'
import { type BugReport, outlineOf, renderBugReport } from '../../src/report/bug-report.ts'
import { configWith } from '../helpers/config.ts'
import { sky } from '../helpers/fake-host.ts'
import { reportOf } from '../helpers/report.ts'

const facts = recordFacts(
  '1.2.3',
  configWith(),
  { observations: { kvm: { facts: { text: '```\n```json' } } } },
  sky,
)

const bug: BugReport = {
  version: '1.2.3',
  madeAt: '2026-11-26T12:00:00.500Z',
  hypervisor: 'cloud-hypervisor v53.0',
  command: ['/opt/cloud-hypervisor', '--disk', 'path=/home/user/my disk.raw'],
  host: 'Debian GNU/Linux 12 (bookworm), kernel 6.1.0, x86_64',
  guest: 'resolute, booted by firmware',
  report: reportOf([], { host: null }),
  log: {
    path: '/x/a.log',
    text: 'Error: `a`\n````\n# no heading\n',
    causes: [{ id: 'a', what: 'It broke.' }],
  },
  facts,
}

/** Of .github/ISSUE_TEMPLATE/bug_report.md of Cloud Hypervisor 53.0. */
const form = [
  '**Describe the bug**',
  '**To Reproduce**',
  '**Version**',
  'Output of `cloud-hypervisor --version`:',
  'Did you build from source, if so build command line (e.g. features):',
  '**VM configuration**',
  'What command line did you run (or JSON config data):',
  'Guest OS version details:',
  'Host OS version details:',
  '**Logs**',
  'Output of `cloud-hypervisor -v` from either standard error or via `--log-file`:',
  'Linux kernel output:',
]

describe('a bug report', () => {
  const text = renderBugReport(bug)

  it('has the fields of the issue form of Cloud Hypervisor, in their order', () => {
    const places = form.map((field) => text.indexOf(`\n${field}`))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('fills in what it knows', () => {
    expect(text).toContain("```text\n/opt/cloud-hypervisor --disk 'path=/home/user/my disk.raw'\n```")
    expect(text).toContain('Guest OS version details: resolute, booted by firmware')
    expect(text).toContain('a: It broke.')
  })

  it('encloses a log in a fence that the log cannot end', () => {
    expect(text).toContain('`````text\nError: `a`\n````\n# no heading\n`````\n')
  })

  it('can be judged again', () => {
    expect(parseFacts('x.md', text).observations).toEqual({ kvm: { facts: { text: '```\n```json' } } })
  })

  it('without hypervisor, command and log leaves these to the reader', () => {
    const bare = renderBugReport({ ...bug, hypervisor: null, command: null, log: null })
    expect(bare).toContain('No Cloud Hypervisor was found')
    expect(bare).not.toMatch(/undefined|null\n/)
    expect(outlineOf({ ...bug, hypervisor: null, command: null, log: null }, 80)).toContain('none was kept')
  })

  it('says what is in it, within the width', () => {
    const outline = outlineOf(bug, 60)
    expect(Math.max(...outline.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
    for (const part of ['versions', 'command', 'verdicts', 'boot log', 'facts'])
      expect(outline).toContain(part)
  })
})

it('a report whose facts were cut off is refused in one sentence', () => {
  const text = renderBugReport(bug)
  const cut = text.slice(0, text.indexOf('"observations"') + 20)
  expect(() => parseFacts('x.md', cut)).toThrow(/^--facts-in x\.md: not valid JSON/)
})
