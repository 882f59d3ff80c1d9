/**
 * A merge as one HTML file that loads nothing: its policy allows the style and script that are in it, by their
 * digests, and nothing else. Whatever a report holds is text.
 */
import { createHash } from 'node:crypto'
import {
  type CodeOnHosts,
  type FoundStatus,
  hostStates,
  type Merge,
  type MergedFinding,
  type MergedFix,
} from '../../contract/merge.ts'
import { minute, plural, shortWords, someOf, versionsIn } from './counts.ts'
import { bar, chip, escaped, number } from './markup.ts'
import { hostsSection } from './page-hosts.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const policy = `default-src 'none'; style-src ${hashOf(pageStyle)}; script-src ${hashOf(pageScript)}; base-uri 'none'; form-action 'none'`

const words: Readonly<Record<FoundStatus, string>> = { fail: 'failed', unknown: 'unknown', warn: 'warning' }

/** The others are folded away. */
const maxFixes = 6

/** Names in a list that is opened. */
const maxNames = 200

/** Names behind a change. */
const maxChanged = 8

const tiles = ({ states, hosts }: Merge): string =>
  hostStates
    .map((state) => {
      const share = hosts.length === 0 ? 0 : Math.round((states[state] / hosts.length) * 100)
      const zero = states[state] === 0 ? ' zero' : ''
      return `<button type="button" class="tile${zero}" data-state="${state}" aria-pressed="false"><b class="num">${number(states[state])}</b><span class="dot ${state}"></span>${shortWords[state]} <span class="quiet small num">${share} %</span></button>`
    })
    .join('')

const fixRow = (
  { command, hosts, wholly, findings }: MergedFix,
  statusOf: (code: string) => string,
  total: number,
): string => {
  const parts = [
    { tone: 'fail', value: wholly.length },
    { tone: 'rest', value: hosts.length - wholly.length },
  ]
  return `<li class="fix"><div class="line"><code>${escaped(command)}</code><span class="num"><b>${number(hosts.length)}</b> ${hosts.length === 1 ? 'host' : 'hosts'}${wholly.length === 0 ? '' : `, <b>${number(wholly.length)}</b> then without a failure`}</span></div>${bar(parts, total)}<p class="codes">${findings.map((code) => chip(code, statusOf(code))).join('')}</p></li>`
}

const fixesCard = ({ fixes, findings }: Merge): string => {
  const [first] = fixes
  if (!first) return ''
  const statuses = new Map(findings.map(({ code, status }) => [code, status]))
  // The fix with most hosts has the whole width.
  const rows = fixes.map((fix) => fixRow(fix, (code) => statuses.get(code) ?? 'fail', first.hosts.length))
  const more = rows.slice(maxFixes)
  const folded =
    more.length === 0
      ? ''
      : `<details class="more"><summary>${plural(more.length, 'more fix', 'more fixes')}</summary><ul class="rows">${more.join('')}</ul></details>`
  return `<section class="card"><div class="head"><h2>What one fix mends</h2><p class="quiet small">run on the host</p></div><div class="rows"><ul class="rows">${rows.slice(0, maxFixes).join('')}</ul>${folded}</div></section>`
}

const changesCard = ({ changes }: Merge): string => {
  if (changes === null) return ''
  const { since, appeared, gone, newHosts, missingHosts } = changes
  const codes = (sign: string, tone: string, list: readonly CodeOnHosts[]) =>
    list.map(
      ({ code, hosts }) =>
        `<li><span class="sign ${tone}">${sign}</span>${chip(code, '')} ${plural(hosts.length, 'host')}<br><span class="quiet small">${escaped(someOf(hosts, maxChanged))}</span></li>`,
    )
  const names = (what: string, list: readonly string[]) =>
    list.length === 0
      ? []
      : [`<li>${what}: <span class="quiet">${escaped(someOf(list, maxChanged))}</span></li>`]
  const rows = [
    ...codes('new', 'fail', appeared),
    ...codes('gone', 'ok', gone),
    ...names('Hosts that are new', newHosts),
    ...names('Hosts without a report now', missingHosts),
  ]
  return `<section class="card changes"><div class="head"><h2>What changed</h2><p class="quiet small num">since ${minute(since)}</p></div><ul class="rows">${rows.length === 0 ? '<li class="quiet">Nothing.</li>' : rows.join('')}</ul></section>`
}

const term = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<dt>${name}</dt><dd>${value}</dd>`

const findingRow = (one: MergedFinding, total: number): string => {
  const { code, title, status, found, expected, hint, fix, hosts } = one
  const share = bar([{ tone: status, value: hosts.length }], total)
  const command = fix === undefined ? undefined : `<code>chv-doctor fix ${escaped(fix)}</code>`
  return `<details class="finding"><summary><span class="word ${status}">${words[status]}</span><div class="what"><code>${escaped(code)}</code><p class="quiet small">${escaped(found)}</p></div><span class="share">${share}</span><span class="count num">${number(hosts.length)} ${hosts.length === 1 ? 'host' : 'hosts'}</span></summary><div class="inside"><dl>${term('check', escaped(title))}${term('expected', expected && escaped(expected))}${term('to do', hint && escaped(hint))}${term('fix', command)}</dl>${chip(code, status, 'show the hosts')}<p class="names small quiet">${escaped(someOf(hosts, maxNames))}</p></div></details>`
}

const findingsCard = ({ findings, hosts }: Merge): string =>
  findings.length === 0
    ? ''
    : `<section class="card"><div class="head"><h2>Findings</h2><p class="quiet small">the text is that of most hosts</p></div><div class="rows">${findings.map((one) => findingRow(one, hosts.length)).join('\n')}</div></section>`

const footer = (merge: Merge): string => {
  const versions = versionsIn(merge)
  const { replaced } = merge
  return `<footer>${versions.length > 1 ? `<p>The reports are of several versions: ${escaped(versions.join(', '))}.</p>` : ''}${replaced.length > 0 ? `<p>Left out, because a later report is of the same host: ${escaped(someOf(replaced, maxNames))}.</p>` : ''}</footer>`
}

/** @returns the page, ending in a newline */
export const renderMergePage = (merge: Merge): string => {
  const { states, hosts, version, madeAt, changes, fixes } = merge
  const all = hostStates.map((state) => ({ tone: state, value: states[state] }))
  const isPair = changes !== null && fixes.length > 0
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>chv-doctor: ${plural(hosts.length, 'host')}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header><h1>${number(hosts.length)} ${hosts.length === 1 ? 'host' : 'hosts'}</h1><p class="quiet small num">chv-doctor ${escaped(version)}<br>${minute(madeAt)}</p></header>
${bar(all, hosts.length, 'whole')}
<div class="tiles">${tiles(merge)}</div>
<div class="pair${isPair ? ' two' : ''}">${fixesCard(merge)}${changesCard(merge)}</div>
${findingsCard(merge)}
${hostsSection(hosts)}
${footer(merge)}
</main>
<script>${pageScript}</script>
</body>
</html>
`
}
