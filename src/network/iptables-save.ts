/** Rules as `iptables-save` prints them, both variants. Pure, and linear in the number of lines. */
import { nothingAround, type Option, type Surroundings, testOption } from './iptables-match.ts'
import { actionOf } from './iptables-target.ts'
import type { Chain, Rule } from './rules.ts'
import { and, not, type Ternary } from './ternary.ts'

/** Words of a line; quoted ones may hold spaces and escaped quotes. */
export const words = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  )

interface Parsed {
  readonly options: readonly Option[]
  readonly target: string | null
  readonly goto: boolean
  /** The words after the target. */
  readonly rest: readonly string[]
}

const parseRule = (tokens: readonly string[]): Parsed => {
  const options: { name: string; values: string[]; inverted: boolean }[] = []
  let inverted = false
  for (const [index, token] of tokens.entries()) {
    if (token === '-j' || token === '-g')
      return {
        options,
        target: tokens[index + 1] ?? '',
        goto: token === '-g',
        rest: tokens.slice(index + 2),
      }
    if (token === '!') inverted = true
    // A comment may start with a dash.
    else if (token.startsWith('-') && tokens[index - 1] !== '--comment') {
      options.push({ name: token, values: [], inverted })
      inverted = false
    } else options.at(-1)?.values.push(token)
  }
  return { options, target: null, goto: false, rest: [] }
}

const ruleOf = (
  line: string,
  tokens: readonly string[],
  own: ReadonlySet<string>,
  around: Surroundings,
): Rule => {
  const { options, target, goto, rest } = parseRule(tokens)
  const action = actionOf(target, goto, rest, own)
  return {
    text: line,
    handle: null,
    comment: options.find(({ name }) => name === '--comment')?.values[0] ?? null,
    branches: (packet) => {
      if (!action) return []
      let applies: Ternary = 'yes'
      for (const option of options) {
        const answer = testOption(options, option, packet, around)
        applies = and(applies, option.inverted ? not(answer) : answer)
        if (applies === 'no') return []
      }
      return [[applies, action]]
    },
  }
}

/** Where the kernel enters the built-in chains (enum nf_ip_hook_priorities). */
const priorities: Readonly<Record<string, number>> = { raw: -300, mangle: -150, filter: 0, security: 50 }

const baseOf = (table: string, chain: string, policy: string): Chain['base'] => {
  if (policy === '-') return null
  const type = table === 'nat' ? 'nat' : 'filter'
  const priority =
    table === 'nat' ? (chain === 'POSTROUTING' || chain === 'INPUT' ? 100 : -100) : (priorities[table] ?? 0)
  const hook = chain.toLowerCase()
  return { type, hook, priority, policy: policy === 'DROP' ? 'drop' : 'accept', devices: [] }
}

interface Table {
  readonly name: string
  readonly chains: Map<string, { readonly policy: string; readonly lines: [string, string[]][] }>
}

/** Groups the lines of the output by table and chain, in one pass. */
const tablesIn = (text: string): readonly Table[] => {
  const tables: Table[] = []
  let table: Table | null = null
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) {
      table = { name: line.slice(1).trim(), chains: new Map() }
      tables.push(table)
    } else if (line === 'COMMIT') table = null
    else if (line.startsWith(':')) {
      const [, name, policy] = /^:(\S+) (\S+)/.exec(line) ?? []
      if (name && policy) table?.chains.set(name, { policy, lines: [] })
    } else if (line.startsWith('-A ')) {
      const [, name = '', ...rest] = words(line)
      table?.chains.get(name)?.lines.push([line, rest])
    }
  }
  return tables
}

/** Parses the output of `iptables-save`. */
export const parseSave = (
  text: string,
  origin: 'iptables-nft' | 'iptables-legacy',
  around: Surroundings = nothingAround,
): Chain[] =>
  tablesIn(text).flatMap(({ name: table, chains }) => {
    const own = new Set(chains.keys())
    return [...chains].map(([name, { policy, lines }]) => ({
      origin,
      family: 'ip',
      table,
      name,
      rules: lines.map(([line, tokens]) => ruleOf(line, tokens, own, around)),
      base: baseOf(table, name, policy),
    }))
  })
