/** What the host does with IPv6 of a guest: switches of the kernel, the default route, the doctor's own rules. */
import { ipv6Pair } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { formatIPv6, parseCidr6 } from '../util/address.ts'
import type { Argv } from '../util/argv.ts'
import { hasNftables } from './firewall.ts'
import { askRoutes } from './routes.ts'

/** The table of nftables for IPv6 of guests; the one for IPv4 is of another family. */
const table = ['ip6', 'chv_doctor'] as const

/** The comment that marks a rule of the doctor: the TAP says for which guest it is. */
const comment = (tap: string): string => `chv-doctor6 ${tap}`

/** "fd00:0:0:1::/64" for the guest of this configuration, or null without IPv6. */
export const subnet6 = (config: Config): string | null => {
  const guest = ipv6Pair(config)?.guest
  const cidr = guest === undefined ? null : parseCidr6(guest)
  return cidr && `${formatIPv6([...cidr.groups.slice(0, 4), 0, 0, 0, 0])}/64`
}

/** Whether a range is a unique local one (RFC 4193), which the internet does not route. */
export const isLocal = (range: string): boolean => /^f[cd]/i.test(range)

export interface Ipv6 {
  /** Null: the kernel has no IPv6 at all. */
  readonly disabled: boolean | null
  /** Whether it is off on the TAP alone; facts of older versions do not say. */
  readonly disabledOnTap?: boolean
  readonly forwarding: boolean
  /** Interfaces that forward now, by name; turning the switch for all off would take it from them. */
  readonly forwarders: readonly string[]
  /** Where the default route leads; null without one. */
  readonly uplink: string | null
  /**
   * Interfaces whose routes the kernel learns from routers, but only while it does not forward: accept_ra
   * is 1, and 2 would be needed (Documentation/networking/ip-sysctl.rst).
   */
  readonly raIgnoredWhenForwarding: readonly string[]
  /** Interfaces whose routes the kernel itself learned from routers. */
  readonly raLearned: readonly string[]
  /** Whether a rule in the table masquerades the guest; null where only root could see. */
  readonly masked: boolean | null
  /** Whether the table is there; null where only root could see. */
  readonly table: boolean | null
  /** Chains of others that drop what is forwarded by their policy. */
  readonly dropPolicies: readonly string[]
}

interface RawRoute {
  readonly dst?: string
  readonly dev?: string
  readonly protocol?: string
}

const directory = '/proc/sys/net/ipv6/conf'

interface Ruleset {
  readonly nftables?: readonly {
    readonly table?: { family: string; name: string }
    readonly chain?: { family: string; table: string; name: string; hook?: string; policy?: string }
    readonly rule?: { family: string; table: string; chain: string; comment?: string; expr?: unknown }
  }[]
}

const isOurs = ({ family, table: name }: { family: string; table: string }) =>
  family === table[0] && name === table[1]

const readRules = async (
  host: Host,
  config: Config,
): Promise<Pick<Ipv6, 'masked' | 'table' | 'dropPolicies'>> => {
  if (!(await hasNftables(host))) return { masked: false, table: false, dropPolicies: [] }
  const nft = await host.which('nft')
  const answer = nft ? await host.runAsRoot([nft, '-j', 'list', 'ruleset']) : null
  if (answer?.code !== 0) return { masked: null, table: null, dropPolicies: [] }
  const items = (JSON.parse(answer.stdout) as Ruleset).nftables ?? []
  const prefix = subnet6(config)?.split('/')[0]
  const ours = items.flatMap(({ rule }) =>
    rule && isOurs(rule) && rule.comment === comment(config.tap) ? [rule] : [],
  )
  return {
    masked: ours.some(({ expr }) => JSON.stringify(expr).includes(`"addr":"${prefix}"`)),
    table: items.some((item) => item.table && isOurs({ family: item.table.family, table: item.table.name })),
    dropPolicies: items.flatMap(({ chain }) =>
      chain?.hook === 'forward' && chain.policy === 'drop' && ['ip6', 'inet'].includes(chain.family)
        ? [`${chain.family} ${chain.table} ${chain.name}`]
        : [],
    ),
  }
}

const setting = async (host: Host, name: string, key: string): Promise<string | null> =>
  (await host.readText(`${directory}/${name}/${key}`))?.trim() ?? null

/** Whether an interface can have an IPv6 address: one that does not exist yet gets the default. */
export const hasIpv6 = async (host: Host, name: string): Promise<boolean> =>
  ((await setting(host, name, 'disable_ipv6')) ?? (await setting(host, 'default', 'disable_ipv6'))) === '0'

/** @throws Undetermined when ip is missing or broken */
export const readIpv6 = async (host: Host, config: Config): Promise<Ipv6> => {
  const value = (name: string, key: string) => setting(host, name, key)
  const [routes, rules, disabled, disabledOnTap, forwarding, names] = await Promise.all([
    askRoutes<RawRoute>(host, ['ip', '-j', '-6', 'route', 'show']),
    readRules(host, config),
    value('all', 'disable_ipv6'),
    value(config.tap, 'disable_ipv6'),
    value('all', 'forwarding'),
    host.list(directory),
  ])
  const interfaces = (names ?? []).filter((name) => name !== 'all' && name !== config.tap)
  const raLearned = new Set(routes.flatMap(({ dev, protocol }) => (dev && protocol === 'ra' ? [dev] : [])))
  const on = await Promise.all(
    interfaces.map(async (name) => ((await value(name, 'forwarding')) === '1' ? [name] : [])),
  )
  // 0: another program, such as systemd-networkd, listens to the routers.
  const acceptRaSteps = await Promise.all(
    [...raLearned].map(async (name) => ({ name, accept: await value(name, 'accept_ra') })),
  )
  return {
    disabled: disabled === null ? null : disabled === '1',
    disabledOnTap: disabledOnTap === '1',
    forwarding: forwarding === '1',
    forwarders: on.flat(),
    uplink: routes.find(({ dst }) => dst === 'default')?.dev ?? null,
    raIgnoredWhenForwarding: acceptRaSteps.filter(({ accept }) => accept === '1').map(({ name }) => name),
    raLearned: acceptRaSteps.filter(({ accept }) => accept !== '0').map(({ name }) => name),
    ...rules,
  }
}

const chainOf = (tap: string): string => `${table.join(' ')} nat-${tap}`

/**
 * Masquerade in one transaction, and the way back. What stays in the subnet keeps its address.
 * @param alone whether no rules for other guests are in the table: it is then removed as a whole
 */
export const masquerade6 = (tap: string, subnet: string, alone: boolean): { make: Argv; back: Argv } => {
  const chain = chainOf(tap)
  const base = [
    `add table ${table.join(' ')};`,
    `add chain ${chain}`,
    '{ type nat hook postrouting priority srcnat; };',
    `flush chain ${chain};`,
  ] as const
  return {
    make: [
      'nft',
      ...base,
      `add rule ${chain}`,
      `ip6 saddr ${subnet} ip6 daddr != ${subnet}`,
      `masquerade comment "${comment(tap)}"`,
    ],
    back: alone
      ? ['nft', `add table ${table.join(' ')};`, `delete table ${table.join(' ')}`]
      : ['nft', ...base, `delete chain ${chain}`],
  }
}
