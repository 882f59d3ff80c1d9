/** Rules as `iptables-save` prints them, both variants. Pure; options are those of iptables-extensions(8). */
import { contains, parseCidr } from '../util/address.ts'
import type { Packet } from './packet.ts'
import { type Action, and, type Chain, fromBoolean, not, or, type Rule, type Ternary } from './rules.ts'

/** Words of a line; quoted ones may hold spaces and escaped quotes. */
export const words = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  )

const isWithin = (value: number, text: string): Ternary => {
  const cidr = parseCidr(text.includes('/') ? text : `${text}/32`)
  return cidr ? fromBoolean(contains(cidr, value)) : 'maybe'
}

const isNamed = (name: string | null, pattern: string): Ternary => {
  if (pattern === '+') return 'yes'
  if (name === null) return 'maybe'
  return fromBoolean(pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : name === pattern)
}

const isPort = (port: number, ranges: string): Ternary =>
  or(
    ranges.split(',').map((range) => {
      const [from = '', to = from] = range.split(':')
      const [low, high] = [from || '0', to || '65535'].map(Number)
      if (low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)) return 'maybe'
      return fromBoolean(low <= port && port <= high)
    }),
  )

const numbers: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp' }

/** A mark of zero against VALUE[/MASK]. */
const isZeroMark = (text: string): Ternary => {
  const [value, mask = 0xffffffff] = text.split('/').map(Number)
  return value === undefined || Number.isNaN(value) || Number.isNaN(mask) ? 'maybe' : fromBoolean(value === 0)
}

type Test = (packet: Packet, values: readonly string[], mark: 0 | null) => Ternary

/** What an option asks. What is not listed here is not understood, and says so. */
const tests: Readonly<Record<string, Test>> = {
  '-s': ({ saddr }, [net = '']) => isWithin(saddr, net),
  '-d': ({ daddr }, [net = '']) => isWithin(daddr, net),
  '-i': ({ iif }, [name = '']) => isNamed(iif, name),
  '-o': ({ oif }, [name = '']) => isNamed(oif, name),
  '-p': ({ proto }, [name = '']) => fromBoolean(name === 'all' || (numbers[name] ?? name) === proto),
  '-f': () => 'no',
  '-m': () => 'yes',
  '--comment': () => 'yes',
  '--ctstate': ({ state }, [states = '']) => fromBoolean(states.split(',').includes(state.toUpperCase())),
  '--ctstatus': (_, [flags = '']) =>
    flags.split(',').every((flag) => flag === 'DNAT' || flag === 'EXPECTED') ? 'no' : 'maybe',
  '--state': ({ state }, [states = '']) => fromBoolean(states.split(',').includes(state.toUpperCase())),
  '--sport': ({ sport }, [ports = '']) => isPort(sport, ports),
  '--dport': ({ dport }, [ports = '']) => isPort(dport, ports),
  '--sports': ({ sport }, [ports = '']) => isPort(sport, ports),
  '--dports': ({ dport }, [ports = '']) => isPort(dport, ports),
  '--ports': ({ sport, dport }, [ports = '']) => or([isPort(sport, ports), isPort(dport, ports)]),
  '--src-type': (_, [types = '']) => fromBoolean(types.split(',').includes('UNICAST')),
  '--dst-type': (_, [types = '']) => fromBoolean(types.split(',').includes('UNICAST')),
  '--pkt-type': (_, [type = '']) => fromBoolean(type === 'unicast'),
  '--icmp-type': () => 'no',
  '--physdev-is-bridged': () => 'no',
  '--physdev-in': () => 'no',
  '--physdev-out': () => 'no',
  '--mark': (_packet, [mark = ''], own) => (own === null ? 'maybe' : isZeroMark(mark)),
  '--invert': () => 'no',
  '--loose': () => 'yes',
  '--validmark': () => 'yes',
  '--syn': ({ proto, state }) => fromBoolean(proto === 'tcp' && state === 'new'),
}

const simple: Readonly<Record<string, Action>> = {
  ACCEPT: { do: 'accept' },
  DROP: { do: 'drop' },
  REJECT: { do: 'drop' },
  RETURN: { do: 'return' },
  MASQUERADE: { do: 'nat' },
  SNAT: { do: 'nat' },
  NETMAP: { do: 'nat' },
  MARK: { do: 'mark' },
}
const passing = new Set(
  [
    'AUDIT CHECKSUM CLASSIFY CONNMARK CONNSECMARK CT DSCP HL HMARK IDLETIMER LED LOG NFLOG NOTRACK RATEEST',
    'SECMARK SET TCPMSS TCPOPTSTRIP TEE TOS TRACE TTL ULOG',
  ].flatMap((line) => line.split(' ')),
)

interface Parsed {
  readonly options: readonly {
    readonly name: string
    readonly values: readonly string[]
    readonly inverted: boolean
  }[]
  readonly target: { readonly name: string; readonly goto: boolean } | null
}

/** What stands after the target belongs to the target. */
const parseRule = (tokens: readonly string[]): Parsed => {
  const options: { name: string; values: string[]; inverted: boolean }[] = []
  let inverted = false
  for (const [index, token] of tokens.entries()) {
    if (token === '-j' || token === '-g')
      return { options, target: { name: tokens[index + 1] ?? '', goto: token === '-g' } }
    if (token === '!') inverted = true
    // A comment may start with a dash.
    else if (token.startsWith('-') && tokens[index - 1] !== '--comment') {
      options.push({ name: token, values: [], inverted })
      inverted = false
    } else options.at(-1)?.values.push(token)
  }
  return { options, target: null }
}

const actionOf = (target: Parsed['target'], own: ReadonlySet<string>): Action => {
  if (!target || passing.has(target.name)) return { do: 'continue' }
  if (own.has(target.name)) return { do: target.goto ? 'goto' : 'jump', target: target.name }
  return simple[target.name] ?? { do: 'unknown' }
}

const ruleOf = (line: string, tokens: readonly string[], own: ReadonlySet<string>): Rule => {
  const { options, target } = parseRule(tokens)
  const action = actionOf(target, own)
  return {
    text: line,
    handle: null,
    comment: options.find(({ name }) => name === '--comment')?.values[0] ?? null,
    branches: ({ packet, mark }) => {
      const applies = options.reduce<Ternary>((sum, { name, values, inverted }) => {
        const answer = tests[name]?.(packet, values, mark) ?? 'maybe'
        return and(sum, inverted ? not(answer) : answer)
      }, 'yes')
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
  return { type, hook: chain.toLowerCase(), priority, policy: policy === 'DROP' ? 'drop' : 'accept' }
}

/** Parses the output of `iptables-save`. */
export const parseSave = (text: string, origin: 'iptables-nft' | 'iptables-legacy'): Chain[] => {
  const chains: Chain[] = []
  const lines = text.split('\n')
  for (const [start, head] of lines.entries()) {
    if (!head.startsWith('*')) continue
    const table = head.slice(1).trim()
    const end = lines.indexOf('COMMIT', start)
    const part = lines.slice(start + 1, end < 0 ? undefined : end)
    const named = part.flatMap((line) => {
      const [, name, policy] = /^:(\S+) (\S+)/.exec(line) ?? []
      return name && policy ? [{ name, policy }] : []
    })
    const own = new Set(named.map(({ name }) => name))
    for (const { name, policy } of named) {
      const rules = part.flatMap((line) => {
        const [verb, chain, ...rest] = words(line)
        return verb === '-A' && chain === name ? [ruleOf(line, rest, own)] : []
      })
      chains.push({ origin, family: 'ip', table, name, rules, base: baseOf(table, name, policy) })
    }
  }
  return chains
}
