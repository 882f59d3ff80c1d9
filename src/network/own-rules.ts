/** The rules that route-guest adds: what they look like, and how they are known again. */
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { formatIPv4, parseCidr } from '../util/address.ts'
import { ruleTexts } from './firewall.ts'
import type { Chain, Rule } from './rules.ts'

/** The table of nftables that holds the rules for all guests. */
export const ownTable = 'chv_doctor'

/** The chain in it that belongs to one TAP. */
export const ownChain = (tap: string): string => `nat-${tap}`

/** The comment that marks a rule of the doctor; the TAP says for which guest it is. */
export const ownComment = (tap: string): string => `chv-doctor ${tap}`

/** "192.168.249.0/24" for an address in it. @throws RangeError when it is no IPv4 address with prefix length */
export const subnetOf = (address: string): string => {
  const cidr = parseCidr(address)
  if (!cidr) throw new RangeError(`not an IPv4 subnet: ${address}`)
  return `${formatIPv4(cidr.network)}/${cidr.prefix}`
}

/** Whether firewall rules can name the interface: no quotes, and none of the wildcards of nft and iptables. */
export const isNameable = (tap: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(tap)

export interface OwnRule {
  readonly chain: Chain
  readonly rule: Rule
  /** The TAP that it was made for. */
  readonly tap: string
  /** As nft or iptables-save writes it. */
  readonly text: string
  readonly handle: number | null
  /** Its place in the chain, counted from one. */
  readonly position: number
  /** Whether the present configuration would make it. */
  readonly isCurrent: boolean
}

/** Whether a word stands in a rule by itself: "10.0.0.0/8" is not in "110.0.0.0/8". */
const mentions = (text: string, word: string) => text.split(/[\s"]+/).includes(word)

/**
 * The rules of the doctor that have to do with this guest. One for the same TAP with another subnet, or for the
 * same subnet with another TAP, is stale; other guests are left alone.
 */
export const ownRules = async (
  host: Host,
  chains: readonly Chain[],
  config: Config,
): Promise<readonly OwnRule[]> => {
  const subnet = subnetOf(config.guest_address)
  const found = chains.map(async (chain): Promise<OwnRule[]> => {
    const mine = chain.rules.flatMap((rule, index) =>
      rule.comment?.startsWith('chv-doctor ') ? [{ rule, position: index + 1 }] : [],
    )
    if (mine.length === 0) return []
    const texts = chain.origin === 'nft' ? await ruleTexts(host, chain) : null
    return mine.flatMap(({ rule, position }) => {
      const tap = rule.comment?.split(' ')[1] ?? ''
      const text = rule.text ?? texts?.get(rule.handle ?? -1) ?? ''
      const sameTap = tap === config.tap
      const sameSubnet = mentions(text, subnet)
      return sameTap || sameSubnet
        ? [{ chain, rule, tap, text, handle: rule.handle, position, isCurrent: sameTap && sameSubnet }]
        : []
    })
  })
  return (await Promise.all(found)).flat()
}
