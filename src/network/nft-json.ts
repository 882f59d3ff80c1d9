/** Rules as `nft -j list ruleset` prints them (libnftables-json(5)). Pure, and linear in their number. */
import { elementsOf, type Sets } from './nft-match.ts'
import { mapKey, type NftRule, ruleOf } from './nft-rule.ts'
import { list, type Obj, obj, text, word } from './nft-values.ts'
import type { Chain } from './rules.ts'

const baseOf = ({ type, hook, prio, policy, dev }: Obj): Chain['base'] =>
  typeof hook === 'string'
    ? {
        type: text(type),
        hook,
        priority: typeof prio === 'number' ? prio : 0,
        policy: policy === 'drop' ? 'drop' : 'accept',
        devices: typeof dev === 'string' ? [dev] : list(dev).map(text),
      }
    : null

export interface NftChain extends Chain {
  readonly rules: readonly NftRule[]
}

const groupBy = (objects: readonly Obj[], keyOf: (object: Obj) => string): Map<string, Obj[]> => {
  const groups = new Map<string, Obj[]>()
  for (const object of objects) {
    const group = groups.get(keyOf(object))
    if (group) group.push(object)
    else groups.set(keyOf(object), [object])
  }
  return groups
}

const tableKey = ({ family, table }: Obj) => `${word(family)} ${word(table)}`

const isAtDevice = ({ family, hook }: Obj) =>
  typeof hook === 'string' && (family === 'netdev' || hook === 'ingress' || hook === 'egress')

/** What nft lists, as objects of one kind each. */
export interface Ruleset {
  readonly of: (kind: string) => readonly Obj[]
  /**
   * Tables of which the JSON does not say everything: nft 1.0.6 garbles the flags of tables, and leaves out the
   * device of a chain.
   */
  readonly doubtful: readonly { readonly family: string; readonly name: string }[]
}

/** @throws SyntaxError when it is not JSON */
export const parseJson = (json: string): Ruleset => {
  const kinds = new Map<string, Obj[]>()
  for (const object of list(obj(JSON.parse(json)).nftables)) {
    const [kind, content] = Object.entries(obj(object))[0] ?? []
    if (kind === undefined) continue
    const group = kinds.get(kind)
    if (group) group.push(obj(content))
    else kinds.set(kind, [obj(content)])
  }
  const of = (kind: string) => kinds.get(kind) ?? []
  const incomplete = new Set(
    of('chain')
      .filter((chain) => isAtDevice(chain) && chain.dev === undefined)
      .map(tableKey),
  )
  const doubtful = of('table')
    .map(({ family, name, flags }) => ({ family: text(family), name: text(name), flags }))
    .filter(
      ({ family, name, flags }) => flags !== undefined || incomplete.has(`${word(family)} ${word(name)}`),
    )
  return { of, doubtful }
}

/** The devices of a chain in the text of its table: `device "eth0"`, `devices = { "eth0", "eth1" }`. */
const devicesIn = (table: string, chain: string): readonly string[] => {
  const lines = table.split('\n')
  const at = lines.findIndex((line) => line.trim() === `chain ${chain} {`)
  const [, devices = ''] =
    /\bdevices? (?:= )?(\{[^}]*\}|"[^"]*"|\S+) priority/.exec(lines[at + 1] ?? '') ?? []
  return at < 0 ? [] : devices.split(/[\s{},"]+/).filter((name) => name !== '')
}

/**
 * The chains of a ruleset. Chains of iptables-nft are among them; what nft does not understand of them is
 * "maybe". Tables that are dormant are left out: the kernel asks none of their chains.
 * @param texts what `nft list table` prints of the doubtful tables, by "family name"
 */
export const chainsOf = ({ of }: Ruleset, texts: ReadonlyMap<string, string> = new Map()): NftChain[] => {
  const isDormant = ({ flags }: Obj, listed: string | undefined) =>
    listed === undefined
      ? flags === 'dormant' || list(flags).includes('dormant')
      : /^\tflags [^\n]*\bdormant\b/m.test(listed)
  const dormant = new Set(
    of('table')
      .map((table) => ({ table, key: `${word(table.family)} ${word(table.name)}` }))
      .filter(({ table, key }) => isDormant(table, texts.get(key)))
      .map(({ key }) => key),
  )
  const sets = groupBy(of('set'), tableKey)
  const maps = groupBy(of('map'), tableKey)
  const rules = groupBy(of('rule'), (rule) => `${tableKey(rule)} ${word(rule.chain)}`)
  const tables = new Map<string, Sets>()
  const setsOf = (key: string): Sets => {
    const known = tables.get(key)
    if (known) return known
    const named = new Map([
      ...(sets.get(key) ?? []).map(({ name, elem }) => [text(name), elementsOf(list(elem))] as const),
      ...(maps.get(key) ?? []).map(({ name, elem }) => [text(name), elementsOf(list(elem), mapKey)] as const),
    ])
    tables.set(key, named)
    return named
  }
  return of('chain')
    .filter((chain) => !dormant.has(tableKey(chain)))
    .map((chain) => {
      const own = setsOf(tableKey(chain))
      const name = text(chain.name)
      const base = baseOf(chain)
      const listed = isAtDevice(chain) && chain.dev === undefined ? texts.get(tableKey(chain)) : undefined
      return {
        origin: 'nft',
        family: text(chain.family),
        table: text(chain.table),
        name,
        rules: (rules.get(`${tableKey(chain)} ${name}`) ?? []).map((rule) => ruleOf(rule, own)),
        base: base && listed !== undefined ? { ...base, devices: devicesIn(listed, name) } : base,
      }
    })
}

/** Parses the output of `nft -j list ruleset` alone. @throws SyntaxError when it is not JSON */
export const parseRuleset = (json: string): NftChain[] => chainsOf(parseJson(json))
