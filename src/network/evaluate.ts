/** What a chain of rules does with a packet. Pure; the work is linear in the number of rules. */
import { keyOf, mergePackets } from './packet.ts'
import type { Action, Chain, Ending, Packet, Rule } from './rules.ts'
import type { Ternary } from './ternary.ts'

/** What may become of a packet in a base chain. */
export interface Outcome {
  /** At most one ending of each kind; a certain one alone where everything is known. */
  readonly endings: readonly Ending[]
  /** The packet behind the chain, as far as it may be let through; null where it is certainly not. */
  readonly packet: Packet | null
}

interface Walked {
  readonly endings: readonly Ending[]
  /** Whether the packet may get past the end of the chain, and whether it does so with certainty. */
  readonly passes: Ternary
  /** The packet where it gets past the end. */
  readonly passed: Packet
  /** The packet where a rule lets it through; null where none may. */
  readonly accepted: Packet | null
}

/** The kernel refuses deeper jumps (NFT_JUMP_STACK_SIZE); a cycle can be read only while rules change. */
const maxJumpDepth = 16

/** Rules that are evaluated for one packet in one base chain; what is beyond counts as not understood. */
const maxSteps = 1_000_000

/** The chains of one table, by name. */
export type TableOf = (chain: Chain) => ReadonlyMap<string, Chain>

/** Indexes chains once, so that a jump does not search. */
export const tablesOf = (chains: readonly Chain[]): TableOf => {
  const tables = new Map<string, Map<string, Chain>>()
  const key = ({ origin, family, table }: Chain) => `${origin} ${family} ${table}`
  for (const chain of chains) {
    const table = tables.get(key(chain)) ?? new Map<string, Chain>()
    if (!table.has(chain.name)) table.set(chain.name, chain)
    tables.set(key(chain), table)
  }
  return (chain) => tables.get(key(chain)) ?? new Map()
}

const kindOf = ({ action, certain }: Ending): string => `${action.do} ${certain}`

/** Keeps the first ending of each kind: what is reported, and what decides, needs no more. */
const addEndings = (endings: Ending[], more: readonly Ending[], certain: boolean): void => {
  for (const one of more) {
    const ending = { ...one, certain: certain && one.certain }
    if (!endings.some((other) => kindOf(other) === kindOf(ending))) endings.push(ending)
  }
}

class Walk {
  readonly #table: ReadonlyMap<string, Chain>
  /** What is known of chains that other rules jump to as well; null while one is being evaluated. */
  readonly #known = new Map<Chain, Map<string, Walked | null>>()
  #steps = 0

  constructor(table: ReadonlyMap<string, Chain>) {
    this.#table = table
  }

  /** A jump, evaluated once for each packet that differs; null for one that leads nowhere, or in a circle. */
  #jump(name: string, packet: Packet, depth: number): Walked | null {
    const target = depth < maxJumpDepth ? this.#table.get(name) : undefined
    if (!target) return null
    const known = this.#known.get(target) ?? new Map<string, Walked | null>()
    this.#known.set(target, known)
    const key = `${depth} ${keyOf(packet)}`
    const before = known.get(key)
    if (before !== undefined) return before
    known.set(key, null)
    const walked = this.walk(target, packet, depth)
    known.set(key, walked)
    return walked
  }

  walk(chain: Chain, entering: Packet, depth: number): Walked {
    const endings: Ending[] = []
    let packet = entering
    let accepted: Packet | null = null
    // Where rules may have returned: these packets pass, too.
    let returned: Packet | null = null
    let certain = true
    const end = (passes: Ternary): Walked => ({
      endings,
      passes: passes === 'no' && returned ? 'maybe' : passes,
      passed: passes === 'no' ? (returned ?? packet) : mergePackets(packet, returned),
      accepted,
    })
    const past = (): Ternary => (certain ? 'yes' : 'maybe')
    for (const rule of chain.rules) {
      if (++this.#steps > maxSteps) {
        addEndings(endings, [{ action: { do: 'unknown' }, chain, rule, certain: false }], false)
        return end('maybe')
      }
      for (const [applies, action] of rule.branches(packet)) {
        if (applies === 'no') continue
        const surely = applies === 'yes'
        if (action.do === 'change') {
          const changed = action.change(packet, chain, rule)
          packet = surely ? changed : mergePackets(packet, changed)
          continue
        }
        if (action.do === 'return') {
          if (surely) return end(past())
          returned = mergePackets(packet, returned)
          certain = false
        } else if (action.do === 'jump' || action.do === 'goto') {
          const sub = this.#jump(action.target, packet, depth + 1) ?? unknownWalk(chain, rule, packet)
          addEndings(endings, sub.endings, certain && surely)
          if (sub.accepted) accepted = mergePackets(sub.accepted, accepted)
          if (surely && sub.passes === 'no') return end('no')
          if (sub.passes !== 'yes') certain = false
          if (action.do === 'goto') {
            returned = sub.passes === 'no' ? returned : mergePackets(sub.passed, returned)
            if (surely) return { ...end('no'), passes: certain ? 'yes' : 'maybe' }
            certain = false
          } else packet = surely ? sub.passed : mergePackets(packet, sub.passed)
        } else if (action.do !== 'next') {
          addEndings(endings, [{ action, chain, rule, certain: surely }], certain)
          if (action.do !== 'drop') accepted = mergePackets(packet, accepted)
          if (surely && action.do !== 'unknown') return end('no')
          certain = false
        }
        if (surely) break
      }
    }
    return end(past())
  }
}

const unknownWalk = (chain: Chain, rule: Rule, packet: Packet): Walked => ({
  endings: [{ action: { do: 'unknown' }, chain, rule, certain: false }],
  passes: 'maybe',
  passed: packet,
  accepted: packet,
})

/** @param base a base chain; it has a policy for what gets past its end */
export const evaluate = (tables: TableOf, base: Chain, packet: Packet): Outcome => {
  const { endings, passes, passed, accepted } = new Walk(tables(base)).walk(base, packet, 0)
  if (passes === 'no') return { endings, packet: accepted }
  const action: Extract<Action, { do: 'accept' | 'drop' }> = { do: base.base?.policy ?? 'accept' }
  const all = [...endings]
  addEndings(all, [{ action, chain: base, rule: null, certain: passes === 'yes' }], true)
  return { endings: all, packet: action.do === 'drop' ? accepted : mergePackets(passed, accepted) }
}
