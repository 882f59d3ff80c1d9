/**
 * Rules of iptables-nft have two readings: nft knows nothing of iptables' own matches, and iptables-save leaves
 * out what it has no words for (sets, and whole tables whose chains it did not make). Pure.
 */

import type { NftChain } from './nft-json.ts'
import type { NftRule } from './nft-rule.ts'
import { list, obj } from './nft-values.ts'
import type { Chain, Rule } from './rules.ts'

/** Whether a value is one that iptables writes: a single one, a network, a range, a masked one. */
const isSimple = (right: unknown): boolean =>
  typeof right === 'number' ||
  (typeof right === 'string' && !right.startsWith('@')) ||
  // Flags of TCP.
  (Array.isArray(right) && right.every((one) => typeof one === 'string')) ||
  obj(right).prefix !== undefined ||
  obj(right).range !== undefined

const isHeader = (left: unknown): boolean => {
  const { payload, meta, '&': masked } = obj(left)
  return payload !== undefined || meta !== undefined || (masked !== undefined && isHeader(list(masked)[0]))
}

const iptablesWrites = new Set(
  'xt counter accept drop return jump goto reject limit log masquerade snat dnat redirect notrack mangle'.split(
    ' ',
  ),
)

const isOfIptables = (statement: unknown): boolean => {
  const { match } = obj(statement)
  if (match !== undefined) return isHeader(obj(match).left) && isSimple(obj(match).right)
  return Object.keys(obj(statement)).every((key) => iptablesWrites.has(key))
}

/** A rule with a match of iptables has no other reading; one with anything that iptables does not write has none there. */
const better = (rule: NftRule, saved: Rule): Rule => {
  const isForeign = rule.statements.some((statement) => obj(statement).xt !== undefined)
  return isForeign || rule.statements.every(isOfIptables) ? { ...saved, handle: rule.handle } : rule
}

/**
 * Takes the better reading of every rule.
 * @param saved the chains that iptables-save printed; a chain with another number of rules is not believed
 */
export const mergeReadings = (chains: readonly NftChain[], saved: readonly Chain[]): readonly Chain[] => {
  const key = ({ table, name }: Chain) => `${table} ${name}`
  const known = new Map(saved.map((chain) => [key(chain), chain]))
  return chains.map((chain): Chain => {
    const other = chain.family === 'ip' ? known.get(key(chain)) : undefined
    if (!other || other.rules.length !== chain.rules.length) return chain
    const rules = chain.rules.map((rule, at) => {
      const twin = other.rules[at]
      return twin ? better(rule, twin) : rule
    })
    return { ...chain, origin: other.origin, rules }
  })
}
