/** Packets, and firewall rules of any origin in one form. IPv4 only. */
import type { Bits } from './bits.ts'
import type { Ternary } from './ternary.ts'

export type TrackingState = 'new' | 'established' | 'untracked' | 'invalid'

/** A packet of the guest, as far as routing and firewall rules can ask about it. */
export interface Packet {
  /** The interfaces by name; null where it is not known which one it will be, "" where there is none (yet). */
  readonly iif: string | null
  readonly oif: string | null
  /** Addresses as numbers; null where they are not known. */
  readonly saddr: number | null
  readonly daddr: number | null
  /** Whether the destination is an address of this host. */
  readonly toHost: boolean
  readonly proto: 'tcp' | 'udp'
  readonly sport: number
  readonly dport: number
  /** Flags of TCP: a first packet has SYN alone, the answer SYN and ACK. */
  readonly flags: readonly string[]
  /** The source address of the Ethernet frame, lower case; null where it is not known. */
  readonly mac: string | null
  /** What connection tracking may call it; one entry where that is certain. */
  readonly states: readonly TrackingState[]
  readonly direction: 'original' | 'reply'
  /** What has been done to the addresses of the connection. */
  readonly status: readonly ('snat' | 'dnat')[]
  readonly mark: Bits
  readonly connectionMark: Bits
  /** The rule that took it from connection tracking; null while none did. */
  readonly untrackedBy: { readonly chain: Chain; readonly rule: Rule } | null
}

/** The address that a translation gives; null where that is not known. */
export interface Target {
  readonly address: number | null
  readonly port: number | null
}

export type Action =
  | { readonly do: 'accept' }
  | { readonly do: 'drop' }
  /** Back to the rule behind the jump. */
  | { readonly do: 'return' }
  /** On with the next rule. */
  | { readonly do: 'next' }
  | { readonly do: 'unknown' }
  | { readonly do: 'jump'; readonly target: string }
  | { readonly do: 'goto'; readonly target: string }
  /** Changes the packet, and goes on within the rule. */
  | { readonly do: 'change'; readonly change: (packet: Packet, chain: Chain, rule: Rule) => Packet }
  /** Gives the packet the address of the interface by which it leaves. */
  | { readonly do: 'masquerade' }
  | { readonly do: 'snat'; readonly to: Target }
  /** Sends the packet elsewhere; `to` is null for this host itself. */
  | { readonly do: 'dnat'; readonly to: Target | null }

export interface Rule {
  /** What it may do, in order: the first that applies with certainty ends the rule, unless it is a change. */
  readonly branches: (packet: Packet) => readonly (readonly [Ternary, Action])[]
  /** As its owner would write it; null where only its handle is known. */
  readonly text: string | null
  readonly handle: number | null
  /** What its owner wrote beside it. */
  readonly comment: string | null
}

export type Origin = 'nft' | 'iptables-nft' | 'iptables-legacy'

export interface Chain {
  /** The program that manages it. */
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
    /** The interfaces of an ingress or egress hook. */
    readonly devices: readonly string[]
  } | null
}

/** One way in which a chain may end for a packet. */
export interface Ending {
  readonly action: Extract<Action, { do: 'accept' | 'drop' | 'unknown' | 'masquerade' | 'snat' | 'dnat' }>
  readonly chain: Chain
  /** Null: the policy of the chain. */
  readonly rule: Rule | null
  /** Whether it is certain that the packet gets there and ends so. */
  readonly certain: boolean
}

/** Takes a packet from connection tracking. */
export const notrack: Action = {
  do: 'change',
  change: (packet, chain, rule) => ({
    ...packet,
    states: ['untracked'],
    untrackedBy: packet.untrackedBy ?? { chain, rule },
  }),
}
