/** The firewall as the network checks and the fix see it. */
import type { Config } from '../../src/config/keys.ts'
import type { Verdict } from '../../src/contract/check.ts'
import { FixableUnknown } from '../../src/contract/fixable.ts'
import type { Host } from '../../src/host/host.ts'
import { readFirewall, ruleTexts } from '../../src/network/firewall.ts'
import { type GuestView, readGuestPath } from '../../src/network/guest-path.ts'
import { markerOf } from '../../src/network/marker.ts'
import type { Chain, Ending } from '../../src/network/rules.ts'
import { Undetermined } from '../../src/util/errors.ts'

/** @throws Undetermined where the rules cannot be seen; the fix is safe to carry out all the same */
const seeChains = async (host: Host): Promise<readonly Chain[]> => {
  const firewall = await readFirewall(host)
  if ('unseen' in firewall) throw new FixableUnknown(firewall.unseen, { id: 'route-guest', args: {} })
  return firewall.chains
}

/** For rules that only root can read, and that route-guest created since this boot. */
export const notReadableVerdict = {
  status: 'skip',
  reason: 'rules were created since boot; run `sudo chv-doctor check` to verify them',
} as const satisfies Verdict

interface FirewallView extends GuestView {
  readonly chains: readonly Chain[]
}

/**
 * The rules, and the path of the configured guest through them.
 * @returns null where the rules cannot be seen, but the fix made them since this boot
 * @throws Undetermined where it did not, or ip is missing or broken
 */
export const readFirewallFor = async (host: Host, config: Config): Promise<FirewallView | null> => {
  const rules = seeChains(host).catch(async (error) => {
    if (error instanceof Undetermined && (await host.stat(markerOf(config.tap)))) return null
    throw error
  })
  const chains = await rules
  return chains && { chains, ...(await readGuestPath(host, config, chains)) }
}

/** Where a rule stands, as its owner would say it: "ip filter FORWARD". */
export const placeOf = ({ origin, family, table, name }: Chain): string =>
  origin === 'nft' ? `${family} ${table} ${name}` : `${origin} ${table} ${name}`

/** The rule of an ending in the words of its owner; null for a policy. */
export const textOf = async (
  host: Host,
  { rule, chain }: Pick<Ending, 'rule' | 'chain'>,
): Promise<string | null> => {
  if (!rule) return null
  if (rule.text !== null) return rule.text
  const texts = await ruleTexts(host, chain)
  return texts.get(rule.handle ?? -1) ?? `rule ${rule.handle}`
}
