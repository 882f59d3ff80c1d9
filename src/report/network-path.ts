/** The way from the guest into the internet as a small drawing, each hop with the checks that look at it. */
import { guestNetwork, ipv6Pair } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { Result } from '../contract/report.ts'
import { addressOf } from '../util/address.ts'
import { type Paint, painter, type Tone, wrap, wrapCommand } from './layout.ts'

interface Hop {
  readonly name: string
  /** Addresses and the like. */
  readonly detail: string
  /** What is known of the way through it, in the order of the way. */
  readonly checks: readonly Result[]
}

export interface NetworkPath {
  readonly hops: readonly Hop[]
  /** The first check that failed on the way: everything behind it is not reached. */
  readonly broken: Result | null
}

interface HopSpec {
  readonly name: string
  readonly detail: string
  readonly checks: readonly string[]
}

/** @param uplink the device that leads away from the host, null where none does or none is known */
const plansFor = (config: Config, uplink: string | null): readonly HopSpec[] => {
  const { addresses } = guestNetwork(config)
  const guest = {
    name: 'guest',
    detail: [config.guest_mac, ...(addresses.length > 0 ? addresses : ['address by DHCP'])].join('  '),
    checks: ['cloud-init'],
  }
  const tap = { name: config.tap, detail: 'TAP', checks: ['iproute2', 'tun', 'tap-device'] }
  if (config.network === 'bridge') {
    const dhcp = config.guest_address === 'dhcp'
    const router = dhcp ? 'by DHCP' : addressOf(config.gateway_address)
    return [
      guest,
      tap,
      { name: config.bridge, detail: 'bridge', checks: ['bridge'] },
      { name: 'router', detail: `${router}, not looked at from here`, checks: [] },
    ]
  }
  const six = ipv6Pair(config)
  const host = {
    name: 'host',
    detail: [config.gateway_address, ...(six ? [six.host] : [])].join('  '),
    checks: ['subnet-conflict', 'tap-address', ...(config.nat ? ['ip-forward', 'forward-policy'] : [])],
  }
  if (!config.nat) return [guest, tap, host, { name: '(end)', detail: 'nat is false', checks: [] }]
  return [
    guest,
    tap,
    host,
    {
      name: uplink ?? 'uplink',
      detail: uplink ? 'uplink, NAT' : 'no default route',
      checks: ['nat', 'guest-ipv6'],
    },
    { name: 'name servers', detail: config.nameservers.join('  '), checks: ['guest-dns'] },
  ]
}

/** The ids of all checks that have a place on the way. */
export const checksOnTheWay = (config: Config): readonly string[] => [
  ...plansFor(config, null).flatMap(({ checks }) => checks),
  'network-persistence',
]

/** Means to look and to make: they are no place on the way, and worth a line only where they are missing. */
const means = new Set(['iproute2', 'tun'])

/** What the configuration makes pointless is no part of the way; what is blocked is. */
const isWorthALine = ({ id, status, blockedBy }: Result): boolean =>
  status === 'skip' ? blockedBy !== undefined : !(status === 'ok' && means.has(id))

/**
 * @param results what the checks found; one that is not among them is left out
 * @param uplink the device that leads away from the host
 */
export const networkPath = (
  results: readonly Result[],
  config: Config,
  uplink: string | null,
): NetworkPath => {
  const byId = new Map(results.map((result) => [result.id, result]))
  const hops = plansFor(config, uplink).map(({ name, detail, checks }) => ({
    name,
    detail,
    checks: checks.flatMap((id) => byId.get(id) ?? []).filter(isWorthALine),
  }))
  const all = hops.flatMap(({ checks }) => checks)
  return { hops, broken: all.find(({ status }) => status === 'fail') ?? null }
}

const words: Readonly<Record<Result['status'], readonly [string, Tone]>> = {
  ok: ['ok', 'good'],
  warn: ['warn', 'careful'],
  fail: ['FAIL', 'bad'],
  skip: ['', 'quiet'],
  unknown: ['????', 'careful'],
}

/** Where the name of a check starts, and where what it found does. */
const idColumn = 14
const textColumn = idColumn + 20

/** What could not be seen need not be wrong. */
const fixOf = ({ id, fix, status }: Result, guest: number): string | null =>
  fix && status !== 'unknown' ? `chv-doctor fix ${id}${guest > 1 ? ` --guest ${guest}` : ''}` : null

const checkLines = (
  result: Result,
  line: string,
  { columns, guest, paint }: { columns: number; guest: number; paint: Paint },
): string[] => {
  const [word, tone] = words[result.status]
  const narrow = columns < 60
  const indent = narrow ? idColumn : textColumn
  const width = columns - indent
  const head = `    ${paint(tone, line)}    ${paint(tone, word.padEnd(4))} ${narrow ? result.id : result.id.padEnd(textColumn - idColumn)}`
  // The line goes on beside what does not fit into one.
  const beside = `    ${line === 'X' ? ':' : line}${' '.repeat(indent - 5)}`
  const [first = '', ...parts] = wrap(result.found ?? result.reason ?? '', width)
  const fix = fixOf(result, guest)
  const advice = fix ? wrap(`fix: ${fix}`, width) : result.hint ? wrap(result.hint, width) : []
  return narrow
    ? [head, ...[first, ...parts, ...advice].map((part) => beside + part)]
    : [head + first, ...[...parts, ...advice].map((part) => beside + part)]
}

/** @returns the drawing and what follows from it, ending in a newline */
export const renderNetworkPath = (
  { hops, broken }: NetworkPath,
  persistence: Result | null,
  options: { color: boolean; columns: number; guest: number },
): string => {
  const paint = painter(options.color)
  const columns = Math.min(options.columns, 100)
  const out: string[] = [paint('strong', `The network of guest ${options.guest}`), '']
  let cut = false
  for (const [index, { name, detail, checks }] of hops.entries()) {
    // Two addresses do not fit beside a name on every terminal.
    const [first = '', ...others] = wrap(detail, columns - idColumn - 1)
    out.push(`  ${paint('strong', name.padEnd(idColumn - 2))} ${paint('quiet', first)}`)
    for (const other of others) out.push(`${' '.repeat(idColumn + 1)}${paint('quiet', other)}`)
    for (const result of checks) {
      const here = result === broken
      const line = here ? 'X' : cut ? ':' : result.status === 'unknown' ? '?' : '|'
      out.push(...checkLines(result, line, { columns, guest: options.guest, paint }))
      cut ||= here
    }
    if (index < hops.length - 1) out.push(`    ${cut ? ':' : '|'}`)
  }
  if (persistence)
    out.push(
      '',
      '  after a reboot',
      ...checkLines(persistence, ' ', { columns, guest: options.guest, paint }),
    )
  out.push('')
  const unseen = hops.flatMap(({ checks }) => checks).filter(({ status }) => status === 'unknown')
  const repairable = hops
    .flatMap(({ checks }) => checks)
    .filter(({ status, fix }) => status === 'fail' && fix !== undefined)
  const ending = broken
    ? `The way ends at ${broken.id}: ${broken.found}.`
    : unseen.length > 0
      ? `Nothing broken was found; ${unseen.map(({ id }) => id).join(', ')} could not be determined.`
      : 'Nothing is in the way.'
  const tone = broken ? 'bad' : unseen.length > 0 ? 'careful' : 'good'
  out.push(...wrap(ending, columns).map((text) => paint(tone, text)))
  if (repairable.length > 0) {
    const ids = repairable.map(({ id }) => id)
    const which = options.guest > 1 ? ['--guest', String(options.guest)] : []
    out.push('Repair it:', ...wrapCommand(['chv-doctor', 'fix', ...ids, ...which], columns, '  '))
  }
  return `${out.join('\n')}\n`
}
