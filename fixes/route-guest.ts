import type { Config } from '../src/config/keys.ts'
import { defineFix, type ManualStep, type RunStep, type Step } from '../src/contract.ts'
import type { Host } from '../src/host/host.ts'
import { iptablesProgram, readFirewall } from '../src/network/firewall.ts'
import { type Forwarding, readForwarding } from '../src/network/forwarding.ts'
import { type Manager, managersOf } from '../src/network/managers.ts'
import { markerOf } from '../src/network/marker.ts'
import { isNameable, type OwnRule, ownChain, ownRules, ownTable, subnetOf } from '../src/network/own-rules.ts'
import { readUplink } from '../src/network/routes.ts'
import type { Chain } from '../src/network/rules.ts'
import { obstacles, translation } from '../src/network/verdicts.ts'
import {
  acceptByFirewalld,
  acceptByIptables,
  acceptByNft,
  acceptByUfw,
  type Guest,
  masqueradeByIptables,
  masqueradeByNft,
  removeStale,
} from './shared/firewall-steps.ts'
import { markStep, sysctl } from './shared/until-reboot.ts'

interface Barrier {
  readonly base: Chain
  readonly directions: readonly ('out' | 'back')[]
  readonly managers: readonly Manager[]
  /** The program that changes it, for chains of iptables. */
  readonly program: string
}

/** What can be planned only where the firewall rules can be seen. */
interface Seen {
  readonly masked: boolean
  readonly table: boolean
  /** The rules of our chain for this TAP, null when there is none. */
  readonly chain: readonly string[] | null
  readonly stale: readonly (OwnRule & { readonly program: string })[]
  readonly barriers: readonly Barrier[]
  /** The program to masquerade with where the host runs iptables, else null. */
  readonly iptables: string | null
  /** The zone of firewalld that the TAP is in, null for none. */
  readonly zone: string | null
}

interface Survey {
  readonly forwarding: Forwarding
  readonly uplink: string | null
  readonly marked: boolean
  /** Null where only root could see the rules: our own table is safe to make again all the same. */
  readonly seen: Seen | null
}

const programFor = (host: Host, { origin }: Chain) =>
  origin === 'nft' ? Promise.resolve('nft') : iptablesProgram(host, origin)

/** iptables where the host runs the older one, or has no nft and would need it for this alone. */
const chooseIptables = async (host: Host, chains: readonly Chain[]): Promise<string | null> => {
  if (chains.some(({ origin, rules }) => origin === 'iptables-legacy' && rules.length > 0))
    return iptablesProgram(host, 'iptables-legacy')
  return (await host.which('nft')) === null && (await host.which('iptables')) !== null ? 'iptables' : null
}

const zoneOf = async (host: Host, tap: string): Promise<string | null> => {
  const answer = await host.runAsRoot(['firewall-cmd', `--get-zone-of-interface=${tap}`])
  return answer?.code === 0 ? answer.stdout.trim() : null
}

const barriersOf = async (host: Host, chains: readonly Chain[], config: Config, uplink: string | null) => {
  const way = { tap: config.tap, guest: config.guest_address, uplink }
  const found = obstacles(chains, way)
  const bases = [...new Set(found.map(({ base }) => base))]
  return Promise.all(
    bases.map(
      async (base): Promise<Barrier> => ({
        base,
        directions: (['out', 'back'] as const).filter((direction) =>
          found.some((one) => one.base === base && one.direction === direction),
        ),
        managers: managersOf(chains, base),
        program: await programFor(host, base),
      }),
    ),
  )
}

/** @param fromNothing as if no rule of ours were there */
const see = async (
  host: Host,
  config: Config,
  uplink: string | null,
  fromNothing = false,
): Promise<Seen | null> => {
  const firewall = await readFirewall(host)
  if ('unseen' in firewall) return null
  const rules = await ownRules(host, firewall.chains, config)
  const old = rules.filter(({ fresh }) => fromNothing || !fresh)
  // What will be removed counts for nothing.
  const chains = firewall.chains.map((chain) => ({
    ...chain,
    rules: chain.rules.filter((rule) => !old.some((one) => one.rule === rule)),
  }))
  const [barriers, iptables] = await Promise.all([
    barriersOf(host, chains, config, uplink),
    chooseIptables(host, chains),
  ])
  const isOurs = ({ origin, family, table }: Chain) =>
    origin === 'nft' && family === 'inet' && table === ownTable
  const isMine = (chain: Chain) => isOurs(chain) && chain.name === ownChain(config.tap)
  const mine = rules.filter(({ chain }) => isMine(chain))
  const stale = fromNothing ? [] : old.filter(({ chain }) => !isMine(chain))
  const way = { tap: config.tap, guest: config.guest_address, uplink }
  return {
    masked: translation(chains, way).masked === 'yes' && mine.every(({ fresh }) => fresh),
    // Taking back what is made from nothing must leave the chains of other guests in the table.
    table: fromNothing || chains.some(isOurs),
    chain: !fromNothing && chains.some(isMine) ? mine.map(({ text }) => text) : null,
    stale: await Promise.all(
      stale.map(async (rule) => ({ ...rule, program: await programFor(host, rule.chain) })),
    ),
    barriers,
    iptables,
    zone: barriers.some(({ managers }) => managers.includes('firewalld'))
      ? await zoneOf(host, config.tap)
      : null,
  }
}

/** A setting as `sysctl -w` takes it; slashes, since names of interfaces may have dots. */
const setting = (name: string, on: boolean) => `net/ipv4/${name}=${on ? 1 : 0}`

/**
 * Forwarding on, and back to what every interface had: the kernel sets all of them with ip_forward, and
 * accept_redirects to its opposite (inet_forward_change in net/ipv4/devinet.c).
 */
const forwardingStep = ({ forwarding, uplink }: Survey, tap: string, marker: string): RunStep[] => {
  const { all, preset, redirects, interfaces } = forwarding
  const common = { kind: 'run', root: true, undoWhile: marker } as const
  const off = [tap, ...(uplink ? [uplink] : [])].filter((name) => !(interfaces[name] ?? preset))
  if (off.length === 0) return []
  if (all) {
    const settings = (on: boolean) => off.map((name) => setting(`conf/${name}/forwarding`, on))
    const why = `forward what comes in by ${off.join(' and ')}`
    return [{ ...common, argv: sysctl(...settings(true)), why, undo: [sysctl(...settings(false))] }]
  }
  const former = [
    setting('ip_forward', false),
    ...Object.keys(interfaces)
      .filter((name) => interfaces[name])
      .map((name) => setting(`conf/${name}/forwarding`, true)),
    ...(preset ? [setting('conf/default/forwarding', true)] : []),
    setting('conf/all/accept_redirects', redirects),
  ]
  const why = 'let this host forward packets of the guest'
  return [{ ...common, argv: sysctl(setting('ip_forward', true)), why, undo: [sysctl(...former)] }]
}

const byHand = (text: string): ManualStep => ({ kind: 'manual', text })

const passBarrier = (
  guest: Guest,
  { base, directions, managers, program }: Barrier,
  zone: string | null,
): Step[] => {
  const place =
    base.origin === 'nft' ? `${base.family} ${base.table} ${base.name}` : `${base.table} ${base.name}`
  if (base.base?.hook !== 'forward')
    return [
      byHand(`A rule in ${place} drops packets of the guest before or after forwarding: change it yourself.`),
    ]
  if (managers.includes('firewalld'))
    return zone === null
      ? [acceptByFirewalld(guest)]
      : [
          byHand(
            `${guest.tap} is in firewalld's zone ${zone}, which does not forward: change that zone yourself.`,
          ),
        ]
  if (base.origin === 'nft') return [acceptByNft(guest, base, directions)]
  // Docker asks DOCKER-USER first and leaves alone what is in it; ufw knows only what it was told.
  if (managers[0] === 'ufw' && directions.includes('out')) return [acceptByUfw(guest)]
  const chain = managers[0] === 'Docker' ? 'DOCKER-USER' : base.name
  // Each goes to the head of the chain: the last one added is asked first.
  return [...directions]
    .reverse()
    .map((direction) => acceptByIptables(guest, program, base.table, chain, direction))
}

const firewallSteps = (guest: Guest, seen: Seen | null): Step[] => {
  if (!seen) return [masqueradeByNft(guest, null, null)]
  const stale = seen.stale.map((rule) => removeStale(guest, rule, rule.program))
  const masquerade =
    seen.iptables && seen.chain === null
      ? masqueradeByIptables(guest, seen.iptables)
      : masqueradeByNft(guest, seen.table, seen.chain)
  return [
    ...stale,
    ...(seen.masked ? [] : [masquerade]),
    ...seen.barriers.flatMap((barrier) => passBarrier(guest, barrier, seen.zone)),
  ]
}

/** The steps that make all rules as if none of ours were there; null where only root could tell. */
export const rulesFromNothing = async (host: Host, config: Config): Promise<readonly Step[] | null> => {
  const { tap } = config
  const seen = await see(host, config, (await readUplink(host)).device, true)
  return seen && firewallSteps({ tap, subnet: subnetOf(config.guest_address), marker: markerOf(tap) }, seen)
}

export const routeGuest = defineFix<'route-guest', Record<string, never>, Survey>({
  id: 'route-guest',
  title: 'Let the guest into the internet through this host',
  programs: { nft: 'nftables', sysctl: 'procps', iptables: 'iptables' },
  survey: async (host, _args, config) => {
    const [forwarding, uplink, marker] = await Promise.all([
      readForwarding(host),
      readUplink(host),
      host.stat(markerOf(config.tap)),
    ])
    const { device } = uplink
    return { forwarding, uplink: device, marked: marker !== null, seen: await see(host, config, device) }
  },
  plan: (_args, config, survey) => {
    const { tap } = config
    if (!isNameable(tap))
      return [byHand(`Firewall rules cannot name the interface ${tap}: set \`tap\` to a plain name.`)]
    const marker = markerOf(tap)
    const guest = { tap, subnet: subnetOf(config.guest_address), marker }
    const steps = [...forwardingStep(survey, tap, marker), ...firewallSteps(guest, survey.seen)]
    const changes = steps.some(({ kind }) => kind === 'run')
    return changes && !survey.marked ? [markStep(marker), ...steps] : steps
  },
})
