/** What changed since a merge that was made before. */
import type { CodeOnHosts, MergeChanges, MergedHost } from '../contract/merge.ts'
import { UsageError } from '../util/errors.ts'
import { isMap } from '../util/json.ts'

type Known = Pick<MergedHost, 'name'> & { readonly findings: readonly { readonly code: string }[] }

/** What is used of a merge that was made before. */
export interface FormerMerge {
  readonly madeAt: string
  readonly hosts: readonly Known[]
}

const isKnown = (host: unknown): boolean =>
  isMap(host) &&
  typeof host.name === 'string' &&
  Array.isArray(host.findings) &&
  host.findings.every((finding) => isMap(finding) && typeof finding.code === 'string')

/**
 * @param where begins the sentence about a fault: "--since FILE"
 * @throws UsageError for anything but a merge of this version
 */
export const parseMerge = (where: string, text: string): FormerMerge => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(
      `${where}: not valid JSON; \`chv-doctor report --merge --format json\` writes one.`,
      { cause: error },
    )
  }
  if (!isMap(value) || value.schema !== 'chv-doctor/merge/1')
    throw new UsageError(`${where}: not a merge of this version ("schema": "chv-doctor/merge/1" is missing).`)
  const { madeAt, hosts } = value
  if (typeof madeAt !== 'string' || Number.isNaN(Date.parse(madeAt)))
    throw new UsageError(`${where}: "madeAt" is missing or wrong.`)
  if (!Array.isArray(hosts) || !hosts.every(isKnown))
    throw new UsageError(`${where}: "hosts" is missing or wrong.`)
  return { madeAt, hosts: hosts as readonly Known[] }
}

const grouped = (pairs: readonly (readonly [code: string, host: string])[]): readonly CodeOnHosts[] => {
  const byCode = new Map<string, string[]>()
  for (const [code, host] of pairs) {
    const hosts = byCode.get(code)
    if (hosts) hosts.push(host)
    else byCode.set(code, [host])
  }
  return [...byCode]
    .map(([code, hosts]) => ({ code, hosts }))
    .sort((a, b) => b.hosts.length - a.hosts.length || (a.code < b.code ? -1 : 1))
}

/** @returns findings that hosts of both merges have in one alone, and hosts that are in one alone */
export const changesSince = (former: FormerMerge, hosts: readonly Known[]): MergeChanges => {
  const before = new Map(former.hosts.map((host) => [host.name, host]))
  const now = new Map(hosts.map((host) => [host.name, host]))
  const onlyIn = (some: ReadonlyMap<string, Known>, others: ReadonlyMap<string, Known>) =>
    [...some.values()].flatMap(({ name, findings }) => {
      const other = others.get(name)
      if (!other) return []
      const codes = new Set(other.findings.map(({ code }) => code))
      return findings.flatMap(({ code }) => (codes.has(code) ? [] : [[code, name] as const]))
    })
  return {
    since: new Date(former.madeAt).toISOString(),
    appeared: grouped(onlyIn(now, before)),
    gone: grouped(onlyIn(before, now)),
    newHosts: [...now.keys()].filter((name) => !before.has(name)),
    missingHosts: [...before.keys()].filter((name) => !now.has(name)),
  }
}
