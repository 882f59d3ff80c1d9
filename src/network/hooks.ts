/** The chains that the kernel enters at one hook, and what they do with a packet together. Pure. */
import { evaluate, type Outcome, type TableOf } from './evaluate.ts'
import type { Chain, Ending, Packet, TrackingState } from './rules.ts'

/** A base chain that does not let a packet through, or may not. */
export interface Blocking {
  /** Whether it drops with certainty; otherwise part of the rules is not understood. */
  readonly certain: boolean
  /** The base chain that the kernel entered. */
  readonly base: Chain
  /** The rule or policy that drops, or that is not understood. */
  readonly ending: Ending
}

export interface Translated {
  /** Whether rules translate an address of the packet. */
  readonly done: 'yes' | 'no' | 'unclear'
  /** The ending that does it, or may. */
  readonly by: Ending | null
}

export interface Passage {
  /** The packet behind the hook; as it came in where a chain certainly drops it, so that the others are seen too. */
  readonly packet: Packet
  readonly blocking: readonly Blocking[]
  readonly translated: Translated
}

/** enum nf_ip_hook_priorities: connection tracking, and the translation of either address. */
const trackingPriority = -200
const natPriority: Readonly<Record<string, number>> = { prerouting: -100, input: 100, postrouting: 100 }

/** The kernel translates at one place of each hook, whatever the priority of a chain of type nat is. */
const placeOf = (hook: string, { base }: Chain): number =>
  base?.type === 'nat' ? (natPriority[hook] ?? 0) : (base?.priority ?? 0)

/** The base chains at a hook in the order in which the kernel enters them. */
const chainsAt = (chains: readonly Chain[], hook: string, device: string | null): readonly Chain[] =>
  chains
    .filter(
      ({ base, family }) =>
        base?.hook === hook &&
        (hook === 'ingress' || hook === 'egress'
          ? device !== null && base.devices.includes(device)
          : family === 'ip' || family === 'inet'),
    )
    .sort((a, b) => placeOf(hook, a) - placeOf(hook, b) || (a.base?.priority ?? 0) - (b.base?.priority ?? 0))

const blockingIn = (base: Chain, { endings }: Outcome): Blocking[] => {
  const bad = endings.filter(({ action }) => action.do === 'drop' || action.do === 'unknown')
  const ending = bad.find(({ certain }) => certain) ?? bad[0]
  return ending ? [{ base, ending, certain: endings.every(({ action }) => action.do === 'drop') }] : []
}

/** Gives a packet its state where connection tracking looks at it; untracked ones keep theirs. */
export const track = (packet: Packet, state: TrackingState): Packet => ({
  ...packet,
  states: [...new Set(packet.states.map((own) => (own === 'untracked' ? own : state)))],
})

export interface HookOptions {
  /** The interface of an ingress or egress hook. */
  readonly device?: string | null
  /** The state that connection tracking gives the packet at this hook. */
  readonly state?: TrackingState
  /** What translation does to the packet at this hook without asking rules: the way back of what was translated. */
  readonly untranslate?: (packet: Packet) => Packet
  /** Applies the translation that rules decide on. */
  readonly translate?: (packet: Packet, by: Ending) => Packet
}

/** Leads a packet through all chains of a hook. */
export const passHook = (
  chains: readonly Chain[],
  tables: TableOf,
  hook: string,
  entering: Packet,
  { device = null, state, untranslate, translate }: HookOptions = {},
): Passage => {
  let packet = entering
  let pending = untranslate
  const blocking: Blocking[] = []
  let translated: Translated = { done: 'no', by: null }
  for (const base of chainsAt(chains, hook, device)) {
    const place = placeOf(hook, base)
    if (state && place >= trackingPriority) packet = track(packet, state)
    if (pending && place >= (natPriority[hook] ?? 0)) {
      packet = pending(packet)
      pending = undefined
    }
    if (base.base?.type !== 'nat') {
      const outcome = evaluate(tables, base, packet)
      blocking.push(...blockingIn(base, outcome))
      packet = outcome.packet ?? packet
      continue
    }
    // Only the first packet of a connection is asked about, and one translation is enough.
    const asks = translate && translated.done !== 'yes' && packet.states.includes('new')
    if (!asks) continue
    const outcome = evaluate(tables, base, packet)
    const { endings } = outcome
    blocking.push(
      ...blockingIn(base, { ...outcome, endings: endings.filter(({ action }) => action.do === 'drop') }),
    )
    const whole = endings.every(({ action }) => ['masquerade', 'snat', 'dnat'].includes(action.do))
    const by = endings.find(({ action }) => !['accept', 'drop'].includes(action.do)) ?? null
    packet = outcome.packet ?? packet
    if (!by) continue
    const isSure = whole && packet.states.length === 1
    translated = { done: isSure ? 'yes' : 'unclear', by }
    if (isSure) packet = translate(packet, by)
  }
  if (state) packet = track(packet, state)
  return { packet: pending ? pending(packet) : packet, blocking, translated }
}
