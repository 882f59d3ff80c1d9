/** The hosts of a merge page: a line each, which opens. */
import type { HostFinding, MergedHost } from '../../contract/merge.ts'
import { minute, plural, shortWords } from './counts.ts'
import { escaped } from './markup.ts'

/** More would make the line of a host a list. */
const maxChips = 6

const chips = (findings: readonly HostFinding[]): string => {
  const shown = findings.slice(0, maxChips)
  const more = findings.length - shown.length
  return [
    ...shown.map(({ code, status }) => `<span class="chip ${status}">${escaped(code)}</span>`),
    ...(more > 0 ? [`<span class="chip">${more} more</span>`] : []),
  ].join('')
}

const finding = ({ code, status, found, expected, path }: HostFinding): string =>
  `<li><span class="chip ${status}">${escaped(code)}</span> ${escaped(found)}${
    path === undefined ? '' : ` <code>${escaped(path)}</code>`
  }${expected === undefined ? '' : `<br><span class="quiet">expected: ${escaped(expected)}</span>`}</li>`

const aboutHost = ({ summary, accepted, version, startedAt, file }: MergedHost): string => {
  const { ok, skip } = summary
  const parts = [
    `${ok} ok, ${skip} skipped`,
    ...(accepted > 0 ? [`${plural(accepted, 'finding')} accepted`] : []),
    `chv-doctor ${escaped(version)}`,
    ...(startedAt === null ? [] : [minute(startedAt)]),
    `<code>${escaped(file)}</code>`,
  ]
  return `<p class="quiet small">${parts.join(' · ')}</p>`
}

const hostRow = (host: MergedHost): string => {
  const { name, state, findings, startedAt } = host
  const when = startedAt === null ? '' : `<span class="when quiet small num">${minute(startedAt)}</span>`
  const list = findings.length === 0 ? '' : `<ul>${findings.map(finding).join('')}</ul>`
  return `<details class="host" data-state="${state}"><summary><span class="name">${escaped(name)}</span><span class="word ${state}">${shortWords[state]}</span><span class="chips">${chips(findings)}</span>${when}</summary><div class="inside">${list}${aboutHost(host)}</div></details>`
}

/** @param hosts in the order in which they are shown */
export const hostsSection = (hosts: readonly MergedHost[]): string =>
  `<section class="card" id="hosts"><div class="head"><h2>Hosts</h2></div>
<div class="tools"><input type="search" placeholder="Filter by host, finding or text" aria-label="Filter hosts"><output aria-live="polite"></output></div>
<div class="rows">${hosts.map(hostRow).join('\n')}</div><p class="none" hidden>No host fits.</p></section>`
