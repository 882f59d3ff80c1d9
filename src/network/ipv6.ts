/** What the host does with IPv6 of a guest: switches of the kernel, the way out, rules of ours. */
import { ipv6Pair } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { formatIPv6, parseCidr6 } from '../util/address.ts'
import type { Argv } from '../util/argv.ts'
import { hasNftables } from './firewall.ts'
import { askRoutes } from './routes.ts'

/** The table of nftables that is ours alone; the one for IPv4 is of another family. */
const table = ['ip6', 'chv_doctor'] as const

/** The comment that marks our rule: the TAP says for which guest it is. */
const comment = (tap: string): string => `chv-doctor6 ${tap}`

/** "fd00:0:0:1::/64" for the guest of this configuration, or null without IPv6. */
export const subnet6 = (config: Config): string | null => {
  const guest = ipv6Pair(config)?.guest
  const cidr = guest === undefined ? null : parseCidr6(guest)
  return cidr && `${formatIPv6([...cidr.groups.slice(0, 4), 0, 0, 0, 0])}/64`
}

/** Whether a range is for one's own use (RFC 4193): nobody in the internet answers it. */
export const isLocal = (range: string): boolean => /^f[cd]/i.test(range)

export interface Ipv6 {
  /** Null: the kernel has no IPv6 at all. */
  readonly disabled: boolean | null
  readonly forwarding: boolean
  /** Interfaces that forward now, by name; turning the switch for all off would take it from them. */
  readonly forwarders: readonly string[]
  /** Where the default route leads; null without one. */
  readonly uplink: string | null
  /**
   * Interfaces whose routes the kernel learns from routers, but only while it does not forward: accept_ra
   * is 1, and 2 would be needed (Documentation/networking/ip-sysctl.rst).
   */
  readonly deaf: readonly string[]
  /** Interfaces whose routes the kernel itself learned from routers. */
  readonly taught: readonly string[]
  /** Whether a rule of ours masquerades the guest; null where only root could see. */
  readonly masked: boolean | null
  /** Whether our table is there; null where only root could see. */
  readonly table: boolean | null
  /** Chains of others that drop what is forwarded by their policy. */
  readonly barriers: readonly string[]
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
): Promise<Pick<Ipv6, 'masked' | 'table' | 'barriers'>> => {
  if (!(await hasNftables(host))) return { masked: false, table: false, barriers: [] }
  const nft = await host.which('nft')
  const answer = nft ? await host.runAsRoot([nft, '-j', 'list', 'ruleset']) : null
  if (answer?.code !== 0) return { masked: null, table: null, barriers: [] }
  const items = (JSON.parse(answer.stdout) as Ruleset).nftables ?? []
  const prefix = subnet6(config)?.split('/')[0]
  const ours = items.flatMap(({ rule }) =>
    rule && isOurs(rule) && rule.comment === comment(config.tap) ? [rule] : [],
  )
  return {
    masked: ours.some(({ expr }) => JSON.stringify(expr).includes(`"addr":"${prefix}"`)),
    table: items.some((item) => item.table && isOurs({ family: item.table.family, table: item.table.name })),
    barriers: items.flatMap(({ chain }) =>
      chain?.hook === 'forward' && chain.policy === 'drop' && ['ip6', 'inet'].includes(chain.family)
        ? [`${chain.family} ${chain.table} ${chain.name}`]
        : [],
    ),
  }
}

/** @throws Undetermined when ip is missing or broken */
export const readIpv6 = async (host: Host, config: Config): Promise<Ipv6> => {
  const value = async (name: string, key: string) =>
    (await host.readText(`${directory}/${name}/${key}`))?.trim() ?? null
  const [routes, rules, disabled, forwarding, names] = await Promise.all([
    askRoutes<RawRoute>(host, ['ip', '-j', '-6', 'route', 'show']),
    readRules(host, config),
    value('all', 'disable_ipv6'),
    value('all', 'forwarding'),
    host.list(directory),
  ])
  const interfaces = (names ?? []).filter((name) => name !== 'all' && name !== config.tap)
  const taught = new Set(routes.flatMap(({ dev, protocol }) => (dev && protocol === 'ra' ? [dev] : [])))
  const on = await Promise.all(
    interfaces.map(async (name) => ((await value(name, 'forwarding')) === '1' ? [name] : [])),
  )
  // 0: somebody else, such as systemd-networkd, listens to the routers.
  const acceptRaSteps = await Promise.all(
    [...taught].map(async (name) => ({ name, accept: await value(name, 'accept_ra') })),
  )
  return {
    disabled: disabled === null ? null : disabled === '1',
    forwarding: forwarding === '1',
    forwarders: on.flat(),
    uplink: routes.find(({ dst }) => dst === 'default')?.dev ?? null,
    deaf: acceptRaSteps.filter(({ accept }) => accept === '1').map(({ name }) => name),
    taught: acceptRaSteps.filter(({ accept }) => accept !== '0').map(({ name }) => name),
    ...rules,
  }
}

const chainOf = (tap: string): string => `${table.join(' ')} nat-${tap}`

/**
 * Masquerade in one transaction, and the way back. What stays in the subnet keeps its address.
 * @param alone whether nothing else of ours may be in the table: it then goes as a whole
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
