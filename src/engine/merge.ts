/** Puts reports of many hosts together: pure, and linear in what they hold. */
import {
  type FoundStatus,
  type HostFinding,
  type HostState,
  hostStates,
  type Merge,
  type MergedFinding,
  type MergedFix,
  type MergedHost,
} from '../contract/merge.ts'
import type { Result, Status } from '../contract/report.ts'
import { changesSince, type FormerMerge } from './merge-changes.ts'
import type { ReadReport } from './report-file.ts'

export interface NamedReport {
  readonly file: string
  readonly report: ReadReport
}

/** Longer texts are cut: a page is no place for a file that somebody put into a finding. */
const maxText = 500
const maxName = 120

const cut = (text: string, most = maxText): string => (text.length > most ? `${text.slice(0, most)}…` : text)

const isFound = (status: Status): status is FoundStatus =>
  status === 'fail' || status === 'unknown' || status === 'warn'

const rank = (state: HostState): number => hostStates.indexOf(state)

/** web-2 before web-10. */
const { compare: byName } = new Intl.Collator('en', { numeric: true })

const nameOf = ({ file, report: { host, guest } }: NamedReport): string => {
  const name = host ?? (file.split('/').at(-1) ?? file).replace(/\.json$/, '')
  return cut(guest > 1 ? `${name} (guest ${guest})` : name, maxName)
}

type FoundResult = Result & { readonly status: FoundStatus }

const foundIn = ({ results }: ReadReport): readonly FoundResult[] =>
  results
    .filter((result): result is FoundResult => isFound(result.status))
    .sort((a, b) => rank(a.status) - rank(b.status))

const codeOf = ({ code, id }: Result): string => code ?? id

const hostFinding = (result: FoundResult): HostFinding => ({
  code: codeOf(result),
  status: result.status,
  found: cut(result.found ?? result.reason ?? ''),
  ...(result.expected === undefined ? {} : { expected: cut(result.expected) }),
  ...(result.path === undefined ? {} : { path: cut(result.path) }),
})

const mergedHost = (named: NamedReport, name: string): MergedHost => {
  const { file, report } = named
  const findings = foundIn(report).map(hostFinding)
  return {
    name,
    file,
    version: cut(report.version, maxName),
    startedAt: report.startedAt,
    state: findings[0]?.status ?? 'ok',
    summary: report.summary,
    findings,
    accepted: report.results.filter(({ status, ownStatus }) => status === 'skip' && ownStatus !== undefined)
      .length,
  }
}

/** Of several reports of one host the one that was started last. */
const latestOfEach = (reports: readonly NamedReport[]) => {
  const latest = new Map<string, NamedReport>()
  const replaced: string[] = []
  for (const named of reports) {
    const name = nameOf(named)
    const other = latest.get(name)
    const isNewer = other === undefined || (named.report.startedAt ?? '') >= (other.report.startedAt ?? '')
    if (other) replaced.push(isNewer ? other.file : named.file)
    if (isNewer) latest.set(name, named)
  }
  return { latest: [...latest].sort(([a], [b]) => byName(a, b)), replaced }
}

const withPath = (text: string, path: string | undefined): string =>
  path === undefined ? text : `${text} (${path})`

/** The text that most hosts have. */
const commonest = (texts: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as const)[0]
}

type Latest = readonly (readonly [name: string, NamedReport])[]

interface Occurrence {
  readonly host: string
  readonly result: FoundResult
}

const occurrencesByCode = (latest: Latest): ReadonlyMap<string, readonly Occurrence[]> => {
  const byCode = new Map<string, Occurrence[]>()
  for (const [host, { report }] of latest)
    for (const result of foundIn(report)) {
      const code = codeOf(result)
      const list = byCode.get(code)
      if (list) list.push({ host, result })
      else byCode.set(code, [{ host, result }])
    }
  return byCode
}

const optional = <Name extends string>(name: Name, texts: readonly (string | undefined)[]) => {
  const given = texts.filter((text) => text !== undefined)
  return (given.length === 0 ? {} : { [name]: cut(commonest(given)) }) as { readonly [N in Name]?: string }
}

const mergedFindings = (latest: Latest): readonly MergedFinding[] =>
  [...occurrencesByCode(latest)]
    .map(([code, list]): MergedFinding => {
      const results = list.map(({ result }) => result)
      const [worst] = results.map(({ status }) => status).sort((a, b) => rank(a) - rank(b))
      return {
        code,
        check: results[0]?.id ?? '',
        title: cut(results[0]?.title ?? ''),
        status: worst ?? 'fail',
        found: cut(commonest(results.map(({ found, reason = '', path }) => withPath(found ?? reason, path)))),
        ...optional(
          'expected',
          results.map(({ expected }) => expected),
        ),
        ...optional(
          'hint',
          results.map(({ hint }) => hint),
        ),
        ...optional(
          'fix',
          results.map(({ fix, status }) => (status === 'unknown' ? undefined : fix?.id)),
        ),
        hosts: list.map(({ host }) => host),
      }
    })
    .sort(
      (a, b) => rank(a.status) - rank(b.status) || b.hosts.length - a.hosts.length || byName(a.code, b.code),
    )

const mergedFixes = (latest: Latest): readonly MergedFix[] => {
  const fixes = new Map<string, { hosts: Set<string>; wholly: string[]; findings: Set<string> }>()
  for (const [host, { report }] of latest) {
    const failed = report.results.filter(({ status }) => status === 'fail')
    for (const result of failed) {
      if (!result.fix) continue
      const known = fixes.get(result.fix.id)
      const fix = known ?? { hosts: new Set(), wholly: [], findings: new Set() }
      if (!known) fixes.set(result.fix.id, fix)
      fix.hosts.add(host)
      fix.findings.add(codeOf(result))
    }
    const [first] = failed
    if (first?.fix && failed.every(({ fix }) => fix?.id === first.fix?.id))
      fixes.get(first.fix.id)?.wholly.push(host)
  }
  return [...fixes]
    .map(([id, { hosts, wholly, findings }]) => ({
      id,
      command: `chv-doctor fix ${id}`,
      findings: [...findings].sort(),
      hosts: [...hosts],
      wholly,
    }))
    .sort(
      (a, b) => b.hosts.length - a.hosts.length || b.wholly.length - a.wholly.length || byName(a.id, b.id),
    )
}

/**
 * @param reports in any order
 * @param former a merge that was made before, or null
 */
export const mergeReports = (
  reports: readonly NamedReport[],
  former: FormerMerge | null,
  { version, madeAt }: Pick<Merge, 'version' | 'madeAt'>,
): Merge => {
  const { latest, replaced } = latestOfEach(reports)
  const hosts = latest
    .map(([name, named]) => mergedHost(named, name))
    .sort((a, b) => rank(a.state) - rank(b.state))
  const states = { fail: 0, unknown: 0, warn: 0, ok: 0 }
  for (const { state } of hosts) states[state]++
  return {
    schema: 'chv-doctor/merge/1',
    version,
    madeAt,
    states,
    hosts,
    findings: mergedFindings(latest),
    fixes: mergedFixes(latest),
    changes: former && changesSince(former, hosts),
    replaced,
  }
}
