/** Rules as `nft -j list ruleset` prints them (libnftables-json(5)). Pure. */
import { parseCidr } from '../units.ts'
import { addressValue } from './packet.ts'
import {
  type Action,
  type Answer,
  anyOf,
  both,
  type Chain,
  certainly,
  not,
  type Passage,
  type Rule,
} from './rules.ts'

type Value = unknown
type Obj = Readonly<Record<string, Value>>
/** The elements of the sets of one table, by name. */
type Sets = ReadonlyMap<string, readonly Value[]>

const isObj = (value: Value): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const obj = (value: Value): Obj => (isObj(value) ? value : {})
const list = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [])
const text = (value: Value): string => (typeof value === 'string' ? value : '')

/** What a packet has where a rule looks; undefined: not known or not understood, null: it has no such thing. */
type Known = string | number | null | undefined

const payload = ({ packet }: Passage, { protocol, field }: Obj): Known => {
  if (protocol === 'ip') {
    if (field === 'saddr') return packet.saddr
    if (field === 'daddr') return packet.daddr
    return field === 'protocol' ? packet.proto : undefined
  }
  if (protocol === packet.proto || protocol === 'th') {
    if (field === 'sport') return packet.sport
    return field === 'dport' ? packet.dport : undefined
  }
  // Rules that ask for a header of another protocol do not apply.
  return protocol === 'ether' || protocol === 'vlan' ? undefined : null
}

const meta = ({ packet, mark }: Passage, key: Value): Known => {
  switch (key) {
    case 'iif':
    case 'iifname':
      return packet.iif ?? undefined
    case 'oif':
    case 'oifname':
      return packet.oif ?? undefined
    case 'l4proto':
      return packet.proto
    case 'nfproto':
      return 'ipv4'
    case 'protocol':
      return 'ip'
    case 'pkttype':
      return 'unicast'
    case 'mark':
      return mark ?? undefined
    default:
      return undefined
  }
}

const conntrack = ({ packet, mark }: Passage, key: Value): Known => {
  if (key === 'state') return packet.state
  // Nothing redirects what a guest sends; the answers belong to a connection that is masqueraded.
  if (key === 'status') return packet.state === 'new' ? 'none' : 'snat'
  if (key === 'direction') return packet.state === 'new' ? 'original' : 'reply'
  return key === 'mark' ? (mark ?? undefined) : undefined
}

const fib = ({ result, flags }: Obj): Known => {
  if (result === 'type') return 'unicast'
  // The reverse path: there is one wherever the routes of the guest are in order (check subnet-conflict).
  return result === 'oif' && list(flags).includes('saddr') ? 'there' : undefined
}

const look = (passage: Passage, left: Value): Known => {
  const expression = obj(left)
  if (expression.payload) return payload(passage, obj(expression.payload))
  if (expression.meta) return meta(passage, obj(expression.meta).key)
  if (expression.ct) return conntrack(passage, obj(expression.ct).key)
  if (expression.fib) return fib(obj(expression.fib))
  const [operand, bits] = list(expression['&'])
  // Of a packet without a mark no bit of it is set either.
  return operand !== undefined && bits !== undefined && look(passage, operand) === 0 && isMark(operand)
    ? 0
    : undefined
}

const isMark = (operand: Value): boolean =>
  obj(obj(operand).meta).key === 'mark' || obj(obj(operand).ct).key === 'mark'

const asNumber = (value: Value): number | null =>
  typeof value === 'number' ? value : typeof value === 'string' ? addressValue(value) : null

const isElement = (known: string | number, element: Value, sets: Sets): Answer => {
  if (typeof element === 'string' && element.startsWith('@')) {
    const elements = sets.get(element.slice(1))
    return elements ? anyOf(elements.map((one) => isElement(known, one, sets))) : 'maybe'
  }
  if (typeof element === 'boolean') return certainly(element === (known === 'there'))
  if (Array.isArray(element)) return anyOf(element.map((one) => isElement(known, one, sets)))
  if (!isObj(element)) {
    if (typeof known === 'number') {
      const number = asNumber(element)
      return number === null ? 'maybe' : certainly(number === known)
    }
    const name = String(element)
    return certainly(name.endsWith('*') ? known.startsWith(name.slice(0, -1)) : known === name)
  }
  if (element.set) return anyOf(list(element.set).map((one) => isElement(known, one, sets)))
  if (element.elem) return isElement(known, obj(element.elem).val, sets)
  if (typeof known === 'string') return 'maybe'
  if (element.prefix) {
    const { addr, len } = obj(element.prefix)
    const cidr = parseCidr(`${addr}/${len}`)
    return cidr ? certainly(cidr.network <= known && known < cidr.network + cidr.size) : 'maybe'
  }
  const [low, high] = list(element.range).map(asNumber)
  return low === null || low === undefined || high === null || high === undefined
    ? 'maybe'
    : certainly(low <= known && known <= high)
}

/** Compares several values at once with elements that are as many. */
const isConcat = (passage: Passage, lefts: readonly Value[], right: Value, sets: Sets): Answer => {
  const named = typeof right === 'string' && right.startsWith('@') ? sets.get(right.slice(1)) : undefined
  const elements = named ?? (isObj(right) && right.set ? list(right.set) : [right])
  return anyOf(
    elements.map((element) => {
      const rights = list(obj(obj(obj(element).elem).val ?? element).concat)
      if (rights.length !== lefts.length) return 'maybe'
      return lefts.map((left, index) => compare(passage, '==', left, rights[index], sets)).reduce(both, 'yes')
    }),
  )
}

const compare = (passage: Passage, op: Value, left: Value, right: Value, sets: Sets): Answer => {
  const concat = obj(left).concat
  if (concat) {
    const answer = isConcat(passage, list(concat), right, sets)
    return op === '!=' ? not(answer) : answer
  }
  const known = look(passage, left)
  if (known === null) return 'no'
  if (known === undefined) return 'maybe'
  if (op === '==' || op === 'in') return isElement(known, right, sets)
  if (op === '!=') return not(isElement(known, right, sets))
  const other = asNumber(right)
  if (typeof known !== 'number' || other === null) return 'maybe'
  const order = { '<': known < other, '>': known > other, '<=': known <= other, '>=': known >= other }
  return typeof op === 'string' && op in order ? certainly(order[op as keyof typeof order]) : 'maybe'
}

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
const foreign = ({ type, name }: Obj): Answer | Action => {
  if (type === 'match') return name === 'comment' ? 'yes' : 'maybe'
  if (name === 'MASQUERADE' || name === 'SNAT') return { do: 'nat' }
  if (name === 'LOG' || name === 'NFLOG') return { do: 'continue' }
  return name === 'REJECT' ? { do: 'drop' } : { do: 'unknown' }
}

const setsMark = (statement: Obj): boolean => isMark(obj(statement.mangle).key)

type Branch = readonly [Answer, Action]

const mapped = (passage: Passage, { key, data }: Obj, so: Answer, sets: Sets): Branch[] => {
  const entries = list(obj(data).set)
  if (entries.length === 0) return [[both(so, 'maybe'), { do: 'unknown' }]]
  return entries.map((entry) => {
    const [right, verdict] = list(entry)
    return [both(so, compare(passage, '==', key, right, sets)), verdictOf(obj(verdict)) ?? { do: 'unknown' }]
  })
}

const branchesOf = (passage: Passage, statements: readonly Value[], sets: Sets): Branch[] => {
  let so: Answer = 'yes'
  const out: Branch[] = []
  for (const entry of statements) {
    const statement = obj(entry)
    const verdict = verdictOf(statement)
    if (verdict) out.push([so, verdict])
    else if (statement.match) {
      const { op, left, right } = obj(statement.match)
      so = both(so, compare(passage, op, left, right, sets))
    } else if (statement.vmap) out.push(...mapped(passage, obj(statement.vmap), so, sets))
    else if (statement.xt) {
      const meaning = foreign(obj(statement.xt))
      if (typeof meaning === 'string') so = both(so, meaning)
      else out.push([so, meaning])
    } else if (statement.mangle) {
      if (setsMark(statement)) out.push([so, { do: 'mark' }])
    } else if ('queue' in statement || 'synproxy' in statement || 'tproxy' in statement)
      out.push([so, { do: 'unknown' }])
    else if (!Object.keys(statement).every((key) => passing.has(key))) so = both(so, 'maybe')
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
