/** What the rules of a host mean for a guest: whether its packets get through, and with which address. Pure. */
import { type GuestRoute, incoming, outgoing, type Packet } from './packet.ts'
import { type Chain, chainsAt, type Ending, endingsOf, type PacketState } from './rules.ts'

/** A base chain that does not let a packet of the guest through, or may not. */
export interface Obstacle {
  readonly direction: 'out' | 'back'
  /** Whether it drops with certainty; otherwise part of the rules is not understood. */
  readonly certain: boolean
  /** The base chain that the kernel entered. */
  readonly base: Chain
  /** The rule or policy that drops, or that is not understood. */
  readonly ending: Ending
}

const filterHooks = ['prerouting', 'forward', 'postrouting'] as const

const obstaclesFor = (chains: readonly Chain[], packet: Packet, direction: 'out' | 'back'): Obstacle[] => {
  const passage: PacketState = { packet, mark: 0 }
  return filterHooks.flatMap((hook) =>
    chainsAt(chains, hook, 'filter').flatMap((base) => {
      const endings = endingsOf(chains, base, passage)
      const bad = endings.filter(({ verdict }) => verdict !== 'accept')
      const worst = bad.find(({ certain }) => certain) ?? bad[0]
      if (!worst) return []
      const certain = endings.every(({ verdict }) => verdict === 'drop')
      return [{ direction, certain, base, ending: worst }]
    }),
  )
}

/** What stops the guest's first packets or the answers to them: one obstacle for each base chain and direction. */
export const blockingRules = (chains: readonly Chain[], way: GuestRoute): readonly Obstacle[] => {
  const all = [
    ...outgoing(way).flatMap((packet) => obstaclesFor(chains, packet, 'out')),
    ...incoming(way).flatMap((packet) => obstaclesFor(chains, packet, 'back')),
  ].sort((a, b) => Number(b.certain) - Number(a.certain))
  return all.filter(
    (one, index) =>
      all.findIndex((other) => other.base === one.base && other.direction === one.direction) === index,
  )
}

export interface Translation {
  /** Whether the guest's packets leave with an address of this host. */
  readonly masked: 'yes' | 'no' | 'unclear'
  /** The ending that does it, or may. */
  readonly by: Ending | null
}

const rank = { yes: 0, unclear: 1, no: 2 } as const

const translate = (chains: readonly Chain[], packet: Packet): Translation => {
  const passage: PacketState = { packet, mark: 0 }
  // The kernel asks one chain after another until one translates; accepting does not end that.
  const all = chainsAt(chains, 'postrouting', 'nat').map((base) => endingsOf(chains, base, passage))
  const whole = all.find((endings) => endings.every(({ verdict }) => verdict === 'nat'))
  if (whole) return { masked: 'yes', by: whole[0] ?? null }
  const part = all.flat().find(({ verdict }) => verdict === 'nat' || verdict === 'unknown')
  return { masked: part ? 'unclear' : 'no', by: part ?? null }
}

/** Whether the source address of everything that the guest sends is translated. */
export const translation = (chains: readonly Chain[], way: GuestRoute): Translation =>
  outgoing(way)
    .map((packet) => translate(chains, packet))
    .sort((a, b) => rank[b.masked] - rank[a.masked])[0] ?? { masked: 'no', by: null }
