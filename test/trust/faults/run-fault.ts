/** Plants a fault on a fresh copy of the frozen host and judges what the doctor made of it. */
import type { FrozenHost } from '../host/frozen-host.ts'
import type { Fault, Peer } from './fault.ts'

interface Finding {
  readonly id: string
  readonly status: string
  readonly finding?: string
  readonly found?: string
  readonly hint?: string
  readonly fix?: string
  readonly blockedBy?: string
}

interface Look {
  readonly code: number | null
  readonly results: readonly Finding[] | null
  readonly error?: string
}

interface Complaints {
  readonly code: number | null
  readonly lines: readonly string[]
}

type Peers = Readonly<Record<Peer, Complaints | null>>

interface Raw {
  readonly broken?: string
  readonly seen: Look
  readonly afterCheck: readonly string[]
  readonly peers: Peers
  readonly fix: { readonly code: number | null; readonly output: string }
  readonly repaired: Look
  readonly undo: { readonly code: number | null; readonly output: string }
  readonly notBack: readonly string[]
}

export interface Baseline {
  readonly findings: readonly string[]
  readonly peers: Peers
}

/** What one fault came to; empty lists are good. */
export interface Outcome {
  readonly id: string
  /** Why this run says nothing about the doctor: the fault could not be planted. */
  readonly broken: string | null
  readonly problems: readonly string[]
  readonly code: string | null
  readonly found: string | null
  /** Per peer in whose scope it is: whether that said anything else than on the healthy host. */
  readonly peers: Readonly<Partial<Record<Peer, boolean>>>
}

const findingsOf = (look: Look): readonly Finding[] =>
  (look.results ?? []).filter(({ status }) => status !== 'skip')
const keyOf = ({ id, status }: Finding) => `${id} ${status}`

const ask = async <T>(host: FrozenHost, job: unknown): Promise<T & { broken?: string }> => {
  const { stdout, stderr, code } = await host.use(['/opt/node', '/opt/trust/fault.mjs'], {
    input: JSON.stringify(job),
    limitMs: 1_500_000,
  })
  const line = stdout.trim().split('\n').pop() ?? ''
  try {
    return JSON.parse(line) as T & { broken?: string }
  } catch {
    return { broken: `code ${code}: ${stdout.slice(-500)}${stderr.slice(-1000)}` } as T & { broken?: string }
  }
}

/** What the doctor and its peers say of the healthy host: whatever they say more is about the fault. */
export const baselineOf = async (host: FrozenHost, user: 'root' | 'sky'): Promise<Baseline> => {
  const { healthy, peers, broken } = await ask<{ healthy: Look; peers: Peers }>(host, {
    id: 'healthy',
    user,
    baseline: true,
  })
  if (broken) throw new Error(`the healthy host: ${broken}`)
  if (healthy.results === null) throw new Error(`the healthy host: ${healthy.error}`)
  const findings = findingsOf(healthy)
  const bad = findings.filter(({ status }) => status !== 'warn')
  if (bad.length > 0) throw new Error(`the healthy host is not: ${JSON.stringify(bad)}`)
  return { findings: findings.map(keyOf), peers }
}

/** A check that is now in another state than the baseline counts, whatever the baseline said of it. */
const news = (look: Look, baseline: Baseline) =>
  findingsOf(look).filter((finding) => !baseline.findings.includes(keyOf(finding)))

const judgeDetection = (raw: Raw, expected: readonly Fault[], baseline: Baseline): string[] => {
  const problems: string[] = []
  if (raw.seen.results === null) return [`check gave no report: code ${raw.seen.code}, ${raw.seen.error}`]
  const found = news(raw.seen, baseline)
  for (const { check, status = 'fail', code } of expected) {
    const hit = found.find(({ id }) => id === check)
    if (!hit) problems.push(`not detected: ${check} is as on the healthy host`)
    else if (hit.status !== status) problems.push(`${check} is ${hit.status}, not ${status}: ${hit.found}`)
    else if (code && hit.finding !== `${check}/${code}`)
      problems.push(`the code is ${hit.finding}, not ${check}/${code}`)
  }
  for (const { id, status, found: text } of found)
    if (!expected.some(({ check }) => check === id)) problems.push(`cascade: ${id} ${status}: ${text}`)
  if (raw.afterCheck.length > 0) problems.push(`check changed the host: ${raw.afterCheck.join('; ')}`)
  return problems
}

const judgeRepair = (raw: Raw, expected: readonly Fault[], baseline: Baseline): string[] => {
  const problems: string[] = []
  const left = news(raw.repaired, baseline)
  for (const { check, mends } of expected) {
    const now = left.find(({ id }) => id === check)
    if (mends && now) problems.push(`not mended: ${now.found}; fix said ${raw.fix.output.slice(-600)}`)
    if (!mends && !now)
      problems.push(`${check} is well after all: this fault is to be marked as one that is mended`)
  }
  const allMend = expected.every(({ mends }) => mends)
  if (allMend && raw.fix.code !== 0)
    problems.push(`fix ended with ${raw.fix.code}: ${raw.fix.output.slice(-600)}`)
  for (const { id, status, found } of left)
    if (!expected.some(({ check }) => check === id))
      problems.push(`new after the repair: ${id} ${status}: ${found}`)
  if (raw.undo.code !== 0) problems.push(`undo ended with ${raw.undo.code}: ${raw.undo.output.slice(-600)}`)
  if (raw.notBack.length > 0) problems.push(`not taken back: ${raw.notBack.slice(0, 8).join('; ')}`)
  return problems
}

/** A finding that no fix mends offers none, and says what to do. */
const judgeAdvice = (raw: Raw, expected: readonly Fault[], baseline: Baseline): string[] =>
  news(raw.seen, baseline).flatMap(({ id, hint, fix, status }) => {
    if (status !== 'fail' || !expected.some(({ check, mends }) => check === id && !mends)) return []
    if (fix) return [`${id} offers ${fix}, which does not mend it`]
    return hint ? [] : [`${id} says not what to do`]
  })

const complains = (now: Complaints | null, before: Complaints | null): boolean =>
  now !== null &&
  before !== null &&
  (now.code !== before.code || now.lines.some((line) => !before.lines.includes(line)))

/** @param expected one fault, or two that are planted together */
export const runFault = async (
  host: FrozenHost,
  id: string,
  expected: readonly Fault[],
  baseline: Baseline,
): Promise<Outcome> => {
  const job = {
    id,
    user: expected[0]?.user ?? 'root',
    wrap: expected.flatMap(({ wrap = [] }) => wrap),
    ready: expected.map(({ ready = '' }) => ready).join('\n'),
    plant: expected.map(({ plant }) => `( : ); ${plant}`).join('\n'),
  }
  const raw = await ask<Raw>(host, job)
  const nothing = { id, problems: [], code: null, found: null, peers: {} }
  if (raw.broken) return { ...nothing, broken: raw.broken }
  const hit = news(raw.seen, baseline).find(({ id: check }) => check === expected[0]?.check)
  const scope = new Set(expected.flatMap(({ peers = [] }) => peers))
  const peers = Object.fromEntries(
    [...scope]
      .filter((name) => raw.peers[name] !== null)
      .map((name) => [name, complains(raw.peers[name], baseline.peers[name])]),
  )
  return {
    id,
    broken: null,
    problems: [
      ...judgeDetection(raw, expected, baseline),
      ...judgeAdvice(raw, expected, baseline),
      ...judgeRepair(raw, expected, baseline),
    ],
    code: hit?.finding ?? null,
    found: hit?.found ?? null,
    peers,
  }
}
