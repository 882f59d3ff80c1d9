/** Firewall rules of any origin in one form, and what they do with a packet. Pure. */
import type { Packet } from './packet.ts'

/** Whether something applies to a packet; `maybe` where that is not known or not understood. */
export type Ternary = 'yes' | 'no' | 'maybe'

export const and = (a: Ternary, b: Ternary): Ternary =>
  a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'maybe'
export const not = (a: Ternary): Ternary => (a === 'yes' ? 'no' : a === 'no' ? 'yes' : 'maybe')
export const fromBoolean = (applies: boolean): Ternary => (applies ? 'yes' : 'no')
/** Whether any of several alternatives applies. */
export const or = (answers: readonly Ternary[]): Ternary =>
  answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no'

export type Action =
  | { readonly do: 'continue' | 'accept' | 'drop' | 'return' | 'nat' }
  | { readonly do: 'jump' | 'goto'; readonly target: string }
  /** Sets a packet mark: what asks for marks later cannot be answered any more. */
  | { readonly do: 'mark' }
  | { readonly do: 'unknown' }

/** What is known of a packet on its way through the rules. */
export interface PacketState {
  readonly packet: Packet
  /** The packet mark: 0 until a rule sets one, null from then on. */
  mark: 0 | null
}

export interface Rule {
  /** What it may do, in order: the first that applies with certainty ends the rule. */
  readonly branches: (passage: PacketState) => readonly (readonly [Ternary, Action])[]
  /** As its owner would write it; null where only its handle is known. */
  readonly text: string | null
  readonly handle: number | null
  /** What its owner wrote beside it. */
  readonly comment: string | null
}

export interface Chain {
  /** "nft", "iptables-nft" or "iptables-legacy": which program looks after it. */
  readonly origin: Origin
  readonly family: string
  readonly table: string
  readonly name: string
  readonly rules: readonly Rule[]
  /** Where the kernel enters it; null for a chain that others jump to. */
  readonly base: {
    readonly type: string
    readonly hook: string
    readonly priority: number
    readonly policy: 'accept' | 'drop'
  } | null
}

export type Origin = 'nft' | 'iptables-nft' | 'iptables-legacy'

/** One way in which a chain may end for a packet. */
export interface Ending {
  readonly verdict: 'accept' | 'drop' | 'nat' | 'unknown'
  readonly chain: Chain
  /** Null: the policy of the chain. */
  readonly rule: Rule | null
  /** Whether it is certain that the packet gets there and ends so. */
  readonly certain: boolean
}

/** Rule sets have no loops (the kernel refuses them); this is for what was read while it changed. */
const maxJumpDepth = 64

const sameTable = (chains: readonly Chain[], { origin, family, table }: Chain, name: string) =>
  chains.find(
    (chain) =>
      chain.origin === origin && chain.family === family && chain.table === table && chain.name === name,
  )

interface Walked {
  readonly endings: readonly Ending[]
  /** Whether the packet may get past the end of the chain, and whether it does so with certainty. */
  readonly passes: Ternary
}

const walk = (
  chains: readonly Chain[],
  chain: Chain,
  passage: PacketState,
  sure: boolean,
  depth: number,
): Walked => {
  const endings: Ending[] = []
  let certain = sure
  let returns = false
  const past = (): Ternary => (certain ? 'yes' : 'maybe')
  for (const rule of chain.rules) {
    for (const [applies, action] of rule.branches(passage)) {
      if (applies === 'no') continue
      const surely = applies === 'yes'
      if (action.do === 'mark') passage.mark = null
      else if (action.do === 'return') {
        if (surely) return { endings, passes: past() }
        returns = true
        certain = false
      } else if (action.do === 'jump' || action.do === 'goto') {
        const target = depth < maxJumpDepth ? sameTable(chains, chain, action.target) : undefined
        const sub: Walked = target
          ? walk(chains, target, passage, certain && surely, depth + 1)
          : { endings: [{ verdict: 'unknown', chain, rule, certain: false }], passes: 'maybe' }
        endings.push(...sub.endings)
        if (surely && sub.passes === 'no') return { endings, passes: returns ? 'maybe' : 'no' }
        if (action.do === 'goto' && surely)
          return { endings, passes: sub.endings.length === 0 ? past() : 'maybe' }
        if (sub.endings.length > 0 || action.do === 'goto') certain = false
        if (action.do === 'goto') returns = true
      } else if (action.do !== 'continue') {
        endings.push({ verdict: action.do, chain, rule, certain: certain && surely })
        if (surely && action.do !== 'unknown') return { endings, passes: returns ? 'maybe' : 'no' }
        certain = false
      }
      if (surely) break
    }
  }
  return { endings, passes: past() }
}

/** All ways in which a base chain may end for a packet; one certain ending where everything is known. */
export const endingsOf = (chains: readonly Chain[], base: Chain, passage: PacketState): readonly Ending[] => {
  const { endings, passes } = walk(chains, base, passage, true, 0)
  if (passes === 'no') return endings
  const verdict = base.base?.policy ?? 'accept'
  return [...endings, { verdict, chain: base, rule: null, certain: passes === 'yes' }]
}

/** The base chains at a hook in the order in which the kernel asks them. */
export const chainsAt = (chains: readonly Chain[], hook: string, type: string): readonly Chain[] =>
  chains
    .filter(
      ({ base, family }) =>
        base?.hook === hook && base.type === type && (family === 'ip' || family === 'inet'),
    )
    .sort((a, b) => (a.base?.priority ?? 0) - (b.base?.priority ?? 0))
