/** Rules as `nft -j list ruleset` prints them (libnftables-json(5)). Pure. */
import { compare, isMark, list, type Obj, obj, type Sets, text, type Value } from './nft-match.ts'
import { type Action, and, type Chain, type PacketState, type Rule, type Ternary } from './rules.ts'

/** Statements that change nothing about where a packet goes. */
const passing = new Set(
  'counter log set notrack flow ct helper timeout secmark meter last continue'.split(' '),
)

const verdictOf = (statement: Obj): Action | null => {
  for (const kind of ['accept', 'drop', 'return', 'continue'] as const)
    if (kind in statement) return { do: kind }
  if ('reject' in statement) return { do: 'drop' }
  for (const kind of ['jump', 'goto'] as const)
    if (kind in statement) return { do: kind, target: text(obj(statement[kind]).target) }
  if ('masquerade' in statement || 'snat' in statement) return { do: 'nat' }
  return null
}

/** What iptables-nft leaves as it is: the match or target by name, without its options. */
const foreign = ({ type, name }: Obj): Ternary | Action => {
  if (type === 'match') return name === 'comment' ? 'yes' : 'maybe'
  if (name === 'MASQUERADE' || name === 'SNAT') return { do: 'nat' }
  if (name === 'LOG' || name === 'NFLOG') return { do: 'continue' }
  return name === 'REJECT' ? { do: 'drop' } : { do: 'unknown' }
}

const setsMark = (statement: Obj): boolean => isMark(obj(statement.mangle).key)

type Branch = readonly [Ternary, Action]

const mapped = (passage: PacketState, { key, data }: Obj, so: Ternary, sets: Sets): Branch[] => {
  const entries = list(obj(data).set)
  if (entries.length === 0) return [[and(so, 'maybe'), { do: 'unknown' }]]
  return entries.map((entry) => {
    const [right, verdict] = list(entry)
    return [and(so, compare(passage, '==', key, right, sets)), verdictOf(obj(verdict)) ?? { do: 'unknown' }]
  })
}

const branchesOf = (passage: PacketState, statements: readonly Value[], sets: Sets): Branch[] => {
  let so: Ternary = 'yes'
  const out: Branch[] = []
  for (const entry of statements) {
    const statement = obj(entry)
    const verdict = verdictOf(statement)
    if (verdict) out.push([so, verdict])
    else if (statement.match) {
      const { op, left, right } = obj(statement.match)
      so = and(so, compare(passage, op, left, right, sets))
    } else if (statement.vmap) out.push(...mapped(passage, obj(statement.vmap), so, sets))
    else if (statement.xt) {
      const meaning = foreign(obj(statement.xt))
      if (typeof meaning === 'string') so = and(so, meaning)
      else out.push([so, meaning])
    } else if (statement.mangle) {
      if (setsMark(statement)) out.push([so, { do: 'mark' }])
    } else if ('queue' in statement || 'synproxy' in statement || 'tproxy' in statement)
      out.push([so, { do: 'unknown' }])
    else if (!Object.keys(statement).every((key) => passing.has(key))) so = and(so, 'maybe')
    if (so === 'no') return out
  }
  return out
}

const ruleOf = ({ expr, handle, comment }: Obj, sets: Sets): Rule => ({
  text: null,
  comment: typeof comment === 'string' ? comment : null,
  handle: typeof handle === 'number' ? handle : null,
  branches: (passage) => branchesOf(passage, list(expr), sets),
})

const baseOf = ({ type, hook, prio, policy }: Obj): Chain['base'] =>
  typeof hook === 'string'
    ? {
        type: text(type),
        hook,
        priority: typeof prio === 'number' ? prio : 0,
        policy: policy === 'drop' ? 'drop' : 'accept',
      }
    : null

/**
 * Parses the output of `nft -j list ruleset`. Chains of iptables-nft are among them; what nft does
 * not understand of them is "maybe".
 * @throws SyntaxError when it is not JSON
 */
export const parseRuleset = (json: string): Chain[] => {
  const objects = list(obj(JSON.parse(json) as Value).nftables).map(obj)
  const of = (kind: string) => objects.filter((one) => one[kind]).map((one) => obj(one[kind]))
  const key = ({ family, table }: Obj) => `${family} ${table}`
  const rules = of('rule')
  const sets = of('set')
  return of('chain').map((chain) => {
    const own = new Map(
      sets.filter((set) => key(set) === key(chain)).map((set) => [text(set.name), list(set.elem)] as const),
    )
    return {
      origin: 'nft',
      family: text(chain.family),
      table: text(chain.table),
      name: text(chain.name),
      rules: rules
        .filter((rule) => key(rule) === key(chain) && rule.chain === chain.name)
        .map((rule) => ruleOf(rule, own)),
      base: baseOf(chain),
    }
  })
}
