/** Draws the path from the guest to the internet, each hop with its checks. */
import { guestNetwork, ipv6Pair } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { AnyCheck, HopName } from '../contract/check.ts'
import type { Result } from '../contract/report.ts'
import { addressOf } from '../util/address.ts'
import { padTo } from '../util/text-width.ts'
import { type Look, type Page, pageFor, wrapCommand } from './layout.ts'
import { statusWidth, statusWords } from './status-words.ts'

interface Hop {
  readonly name: string
  /** Addresses and the like. */
  readonly detail: string
  /** What is known of the way through it, in the order of the way. */
  readonly checks: readonly Result[]
}

export interface NetworkPath {
  readonly hops: readonly Hop[]
  /** What is known of the network after a reboot. */
  readonly afterReboot: readonly Result[]
  /** The first check that failed on the way: everything behind it is not reached. */
  readonly broken: Result | null
}

interface HopSpec {
  /** Where checks place themselves; null for a station that no check looks at. */
  readonly hop: HopName | null
  readonly name: string
  readonly detail: string
}

/** @param uplink the device that leads away from the host, null where none does or none is known */
const plansFor = (config: Config, uplink: string | null): readonly HopSpec[] => {
  const { addresses } = guestNetwork(config)
  const guest: HopSpec = {
    hop: 'guest',
    name: 'guest',
    detail: [config.guest_mac, ...(addresses.length > 0 ? addresses : ['address by DHCP'])].join('  '),
  }
  const tap: HopSpec = { hop: 'tap', name: config.tap, detail: 'TAP' }
  if (config.network === 'bridge') {
    const dhcp = config.guest_address === 'dhcp'
    const router = dhcp ? 'by DHCP' : addressOf(config.gateway_address)
    return [
      guest,
      tap,
      { hop: 'bridge', name: config.bridge, detail: 'bridge' },
      { hop: null, name: 'router', detail: `${router}, not checked from here` },
    ]
  }
  const six = ipv6Pair(config)
  const host: HopSpec = {
    hop: 'host',
    name: 'host',
    detail: [config.gateway_address, ...(six ? [six.host] : [])].join('  '),
  }
  if (!config.nat) return [guest, tap, host, { hop: null, name: '(end)', detail: 'nat is false' }]
  return [
    guest,
    tap,
    host,
    { hop: 'uplink', name: uplink ?? 'uplink', detail: uplink ? 'uplink, NAT' : 'no default route' },
    { hop: 'name-servers', name: 'name servers', detail: config.nameservers.join('  ') },
  ]
}

/** A check as far as the drawing needs it. */
export type PlacedCheck = Pick<AnyCheck, 'id' | 'networkPlace' | 'skipReason'>

/** The checks with a place in the drawing under this configuration, and those about what follows a reboot. */
export const checksOnTheWay = <C extends PlacedCheck>(checks: readonly C[], config: Config): readonly C[] => {
  const drawn = new Set([...plansFor(config, null).map(({ hop }) => hop), 'after-reboot'])
  return checks.filter(
    (check) =>
      check.networkPlace &&
      drawn.has(check.networkPlace.hop) &&
      (check.skipReason?.(config) ?? null) === null,
  )
}

/** A check that the configuration makes pointless is not drawn; a blocked one is. */
const isDrawn = ({ status, blockedBy }: Result, { networkPlace }: PlacedCheck): boolean =>
  status === 'skip' ? blockedBy !== undefined : !(status === 'ok' && networkPlace?.onlyWhenWrong)

/**
 * @param results what the checks found; one that is not among them is left out
 * @param checks in the order in which they are drawn
 * @param uplink the device that leads away from the host
 */
export const networkPath = (
  results: readonly Result[],
  checks: readonly PlacedCheck[],
  config: Config,
  uplink: string | null,
): NetworkPath => {
  const byId = new Map(results.map((result) => [result.id, result]))
  const resultsAt = (hop: HopName | null): readonly Result[] =>
    checks.flatMap((check) => {
      const result = check.networkPlace?.hop === hop ? byId.get(check.id) : undefined
      return result && isDrawn(result, check) ? [result] : []
    })
  const hops = plansFor(config, uplink).map(({ hop, name, detail }) => ({
    name,
    detail,
    checks: resultsAt(hop),
  }))
  const all = hops.flatMap(({ checks }) => checks)
  return {
    hops,
    afterReboot: resultsAt('after-reboot'),
    broken: all.find(({ status }) => status === 'fail') ?? null,
  }
}

/** Where the name of a check starts, and where what it found does. */
const idColumn = 10 + statusWidth
const textColumn = idColumn + 20

/** An unknown status is no finding, so no fix is offered. */
const fixOf = ({ id, fix, status }: Result, guest: number): string | null =>
  fix && status !== 'unknown' ? `chv-doctor fix ${id}${guest > 1 ? ` --guest ${guest}` : ''}` : null

const checkLines = (result: Result, line: string, guest: number, page: Page): string[] => {
  const { width, paint } = page
  const [statusWord, tone] = statusWords[result.status]
  // Only what another check blocks is drawn of what was skipped.
  const word = result.status === 'skip' ? 'waits' : statusWord
  const narrow = width < 60
  const indent = narrow ? idColumn : textColumn
  const rest = width - indent
  const head = `    ${paint(tone, line)}    ${paint(tone, word.padEnd(statusWidth))} ${narrow ? result.id : result.id.padEnd(textColumn - idColumn)}`
  // The line goes on beside what does not fit into one.
  const beside = `    ${line === 'X' ? ':' : line}${' '.repeat(indent - 5)}`
  const [first = '', ...parts] = page.lines(result.found ?? result.reason ?? '', rest)
  const fix = fixOf(result, guest)
  const advice = fix ? page.lines(`fix: ${fix}`, rest) : result.hint ? page.lines(result.hint, rest) : []
  return narrow
    ? [head, ...[first, ...parts, ...advice].map((part) => beside + part)]
    : [head + first, ...[...parts, ...advice].map((part) => beside + part)]
}

/** @returns the drawing and what follows from it, ending in a newline */
export const renderNetworkPath = (
  { hops, afterReboot, broken }: NetworkPath,
  { guest, ...look }: Look & { readonly guest: number },
): string => {
  const page = pageFor(look)
  const { width, paint } = page
  const out: string[] = [paint('strong', `The network of guest ${guest}`), '']
  let cut = false
  for (const [index, { name, detail, checks }] of hops.entries()) {
    // Two addresses do not fit beside a name on every terminal.
    const [first = '', ...others] = page.lines(detail, width - idColumn - 1)
    out.push(`  ${paint('strong', padTo(name, idColumn - 2))} ${paint('quiet', first)}`)
    for (const other of others) out.push(`${' '.repeat(idColumn + 1)}${paint('quiet', other)}`)
    for (const result of checks) {
      const here = result === broken
      const line = here ? 'X' : cut ? ':' : result.status === 'unknown' ? '?' : '|'
      out.push(...checkLines(result, line, guest, page))
      cut ||= here
    }
    if (index < hops.length - 1) out.push(`    ${cut ? ':' : '|'}`)
  }
  if (afterReboot.length > 0) out.push('', '  after a reboot')
  for (const result of afterReboot) out.push(...checkLines(result, ' ', guest, page))
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
  out.push(...page.lines(ending).map((text) => paint(tone, text)))
  if (repairable.length > 0) {
    const ids = repairable.map(({ id }) => id)
    const which = guest > 1 ? ['--guest', String(guest)] : []
    out.push('Repair it:', ...wrapCommand([page.say('chv-doctor fix'), ...ids, ...which], width, '  '))
  }
  return `${out.join('\n')}\n`
}
