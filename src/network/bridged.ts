/** What the firewall does with packets between the ports of a bridge, where br_netfilter hands them to it. Pure. */
import { tablesOf } from './evaluate.ts'
import { passHook } from './hooks.ts'
import { firstPackets } from './packet.ts'
import type { BlockingRule } from './path.ts'
import type { Chain, Packet } from './rules.ts'

const established = (sent: Packet): Packet => ({
  ...sent,
  saddr: sent.daddr,
  daddr: sent.saddr,
  sport: sent.dport,
  dport: sent.sport,
  flags: sent.proto === 'tcp' ? ['syn', 'ack'] : [],
  mac: null,
  states: ['established'],
  direction: 'reply',
})

/**
 * Both interfaces are the bridge for the rules of iptables and nftables; its ports are what the match physdev
 * sees, which counts as not understood.
 * @param guest its address, with or without prefix length; null where a DHCP server gives one
 * @returns one for each base chain and direction, certain ones first
 */
export const blockingOnBridge = (
  chains: readonly Chain[],
  bridge: string,
  guest: string | null,
  mac: string,
): readonly BlockingRule[] => {
  const tables = tablesOf(chains)
  const first = firstPackets(bridge, guest ?? '0.0.0.0', mac).map((packet) => ({
    ...packet,
    oif: bridge,
    saddr: guest === null ? null : packet.saddr,
    states: ['new' as const],
  }))
  const through = (direction: BlockingRule['direction'], packet: Packet) =>
    passHook(chains, tables, 'forward', packet).blocking.map((one) => ({ ...one, direction }))
  const all = first
    .flatMap((packet) => [...through('out', packet), ...through('back', established(packet))])
    .sort((a, b) => Number(b.certain) - Number(a.certain))
  return all.filter(
    (one, at) =>
      all.findIndex((other) => other.base === one.base && other.direction === one.direction) === at,
  )
}
