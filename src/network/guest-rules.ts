/** The rules that let the guest out through this host's firewall, and the steps that make them. */
import type { Config } from '../config/keys.ts'
import type { ManualStep, Step } from '../contract/step.ts'
import type { Host } from '../host/host.ts'
import { iptablesProgram, readFirewall } from './firewall.ts'
import {
  acceptByFirewalld,
  acceptByIptables,
  acceptByNft,
  acceptByUfw,
  type Guest,
  masqueradeByIptables,
  masqueradeByNft,
  removeStale,
} from './firewall-steps.ts'
import { readGuestPath } from './guest-path.ts'
import { type FirewallManager, managersOf } from './managers.ts'
import { markerOf } from './marker.ts'
import { type OwnRule, ownChain, ownRules, ownTable, subnetOf } from './own-rules.ts'
import type { BlockingRule } from './path.ts'
import type { Chain } from './rules.ts'
import { simulate } from './simulate.ts'

interface BlockingChain {
  readonly base: Chain
  readonly directions: readonly ('out' | 'back')[]
  readonly managers: readonly FirewallManager[]
  /** The program that changes it, for chains of iptables. */
  readonly program: string
}

/** What can be planned only where the firewall rules can be seen. */
export interface FirewallSurvey {
  readonly masqueraded: boolean
  readonly table: boolean
  /** The rules of our chain for this TAP, null when there is none. */
  readonly chain: readonly string[] | null
  readonly stale: readonly (OwnRule & { readonly program: string })[]
  readonly blockingChains: readonly BlockingChain[]
  /** The program to masquerade with where the host runs iptables, else null. */
  readonly iptables: string | null
  /** The zone of firewalld that the TAP is in, null for none. */
  readonly zone: string | null
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

/** What changes the rules of a manager; rules without it are left over, and nobody makes them anew. */
const programOf = { ufw: 'ufw', firewalld: 'firewall-cmd', Docker: null } as const

const presentManagers = async (host: Host, managers: readonly FirewallManager[]) => {
  const present = await Promise.all(
    managers.map(async (manager) => {
      const program = programOf[manager]
      return program === null || (await host.rootProgram(program)) !== null
    }),
  )
  return managers.filter((_, index) => present[index])
}

const blockingChainsOf = async (host: Host, chains: readonly Chain[], found: readonly BlockingRule[]) => {
  const bases = [...new Set(found.map(({ base }) => base))]
  return Promise.all(
    bases.map(
      async (base): Promise<BlockingChain> => ({
        base,
        directions: (['out', 'back'] as const).filter((direction) =>
          found.some((one) => one.base === base && one.direction === direction),
        ),
        managers: await presentManagers(host, managersOf(chains, base)),
        program: await programFor(host, base),
      }),
    ),
  )
}

/** @param fromNothing as if none of the doctor's rules were there */
export const surveyFirewall = async (
  host: Host,
  config: Config,
  fromNothing = false,
): Promise<FirewallSurvey | null> => {
  const firewall = await readFirewall(host)
  if ('unseen' in firewall) return null
  const rules = await ownRules(host, firewall.chains, config)
  const old = rules.filter(({ isCurrent }) => fromNothing || !isCurrent)
  // What will be removed counts for nothing.
  const chains = firewall.chains.map((chain) => ({
    ...chain,
    rules: chain.rules.filter((rule) => !old.some((one) => one.rule === rule)),
  }))
  const { path } = await readGuestPath(host, config, chains)
  const { blocking, translation } = simulate(chains, path)
  const [blockingChains, iptables] = await Promise.all([
    blockingChainsOf(host, chains, blocking),
    chooseIptables(host, chains),
  ])
  const isOurs = ({ origin, family, table }: Chain) =>
    origin === 'nft' && family === 'inet' && table === ownTable
  const isMine = (chain: Chain) => isOurs(chain) && chain.name === ownChain(config.tap)
  const mine = rules.filter(({ chain }) => isMine(chain))
  const stale = fromNothing ? [] : old.filter(({ chain }) => !isMine(chain))
  return {
    masqueraded: translation.masked === 'yes' && mine.every(({ isCurrent }) => isCurrent),
    // Taking back what is made from nothing must leave the chains of other guests in the table.
    table: fromNothing || chains.some(isOurs),
    chain: !fromNothing && chains.some(isMine) ? mine.map(({ text }) => text) : null,
    stale: await Promise.all(
      stale.map(async (rule) => ({ ...rule, program: await programFor(host, rule.chain) })),
    ),
    blockingChains,
    iptables,
    zone: blockingChains.some(({ managers }) => managers.includes('firewalld'))
      ? await zoneOf(host, config.tap)
      : null,
  }
}

export const byHand = (text: string): ManualStep => ({ kind: 'manual', text })

const allowThrough = (
  guest: Guest,
  { base, directions, managers, program }: BlockingChain,
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

export const firewallSteps = (guest: Guest, seen: FirewallSurvey | null): Step[] => {
  if (!seen) return [masqueradeByNft(guest, null, null)]
  const stale = seen.stale.map((rule) => removeStale(guest, rule, rule.program))
  const masquerade =
    seen.iptables && seen.chain === null
      ? masqueradeByIptables(guest, seen.iptables)
      : masqueradeByNft(guest, seen.table, seen.chain)
  return [
    ...stale,
    ...(seen.masqueraded ? [] : [masquerade]),
    ...seen.blockingChains.flatMap((chain) => allowThrough(guest, chain, seen.zone)),
  ]
}

/** The steps that make all rules as if none of ours were there; null where only root could tell. */
export const rulesFromNothing = async (host: Host, config: Config): Promise<readonly Step[] | null> => {
  const { tap } = config
  const seen = await surveyFirewall(host, config, true)
  return seen && firewallSteps({ tap, subnet: subnetOf(config.guest_address), marker: markerOf(tap) }, seen)
}
