/**
 * What a guest would say and hear on its TAP in one address family, as a pure state machine: it resolves
 * the gateway, sends an echo request to it and a question to each name server, and answers who asks for its
 * own MAC.
 */
import { wire4 } from './frames.ts'
import { wire6 } from './frames6.ts'
import type { Received } from './wire.ts'

export interface Guest {
  readonly mac: string
  /** IPv4 or IPv6, without prefix length, as the kernel spells it; all addresses are of one family. */
  readonly address: string
  readonly gateway: string
  readonly nameServers: readonly string[]
}

/** What came back; nothing here is concluded from silence alone. */
export interface Heard {
  /** The MAC of the gateway, null while it does not answer ARP or neighbour solicitations. */
  readonly gatewayMac: string | null
  readonly echo: boolean
  /** Name servers that answered, with any answer. */
  readonly answered: readonly string[]
  /** Name servers whose host answered that nothing listens there: the packets found their way and back. */
  readonly closed: readonly string[]
  /** An ICMP error of another host in return for what the guest sent, "TYPE/CODE from ADDRESS". */
  readonly rejected: string | null
  /** Another machine uses the guest's address: its MAC. */
  readonly duplicate: string | null
}

export interface Dialogue {
  /** Frames to send now, first and again: everything that was not answered yet. */
  questions(): readonly Uint8Array[]
  /** @returns frames to send in return */
  hear(frame: Uint8Array): readonly Uint8Array[]
  heard(): Heard
  /** One name server is enough: its answer came through everything that is in the way. */
  isProved(): boolean
}

/** "Which are the name servers of the root?", recursion desired (RFC 1035): every resolver knows. */
const dnsQuestion = (id: number): Uint8Array =>
  Uint8Array.of(id >>> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1)

const dnsPort = 53

/** @param random a number below 2 ** 16: identifies the answers, and varies the source port */
export const createDialogue = (guest: Guest, random: number): Dialogue => {
  const wire = guest.address.includes(':') ? wire6 : wire4
  const sourcePort = 49_152 + (random & 0x3fff)
  const answered = new Set<string>()
  const closed = new Set<string>()
  let gatewayMac: string | null = null
  let echo = false
  let rejected: string | null = null
  let duplicate: string | null = null

  const isSettled = (server: string) => answered.has(server) || closed.has(server)

  const link = (target: string, targetMac: string) => ({
    sourceMac: guest.mac,
    targetMac,
    source: guest.address,
    target,
  })
  const questions = (): readonly Uint8Array[] => {
    if (gatewayMac === null) return wire.resolve(guest, guest.gateway)
    const mac = gatewayMac
    const ports = { from: sourcePort, to: dnsPort }
    const open = guest.nameServers.filter((server) => !isSettled(server))
    return [
      ...(echo ? [] : [wire.echo(link(guest.gateway, mac), random)]),
      ...open.map((server) => wire.udp(link(server, mac), ports, dnsQuestion(random))),
    ]
  }

  const hearNeighbour = (message: Extract<Received, { type: 'neighbour' }>): readonly Uint8Array[] => {
    const { kind, senderMac, senderIp, targetIp } = message
    if (senderIp === guest.address && senderMac !== guest.mac) duplicate = senderMac
    if (kind === 'reply' && senderIp === guest.gateway && gatewayMac === null) {
      gatewayMac = senderMac
      return questions()
    }
    return kind === 'request' && targetIp === guest.address
      ? [wire.present(guest, { mac: senderMac, address: senderIp })]
      : []
  }

  const isDnsAnswer = (data: Uint8Array): boolean =>
    data.length >= 12 && ((data[0] ?? 0) << 8) + (data[1] ?? 0) === random && ((data[2] ?? 0) & 0x80) !== 0

  return {
    questions,
    hear: (frame) => {
      const message = wire.parse(frame)
      if (message === null) return []
      if (message.type === 'neighbour') return hearNeighbour(message)
      if (message.to !== guest.address) return []
      if (message.type === 'echo-reply') echo ||= message.from === guest.gateway && message.id === random
      else if (message.type === 'icmp-error') {
        if (message.code === wire.portUnreachable && guest.nameServers.includes(message.from))
          closed.add(message.from)
        else rejected ??= `${message.code} from ${message.from}`
      } else if (message.fromPort === dnsPort && message.toPort === sourcePort && isDnsAnswer(message.data)) {
        if (guest.nameServers.includes(message.from)) answered.add(message.from)
      }
      return []
    },
    heard: () => ({ gatewayMac, echo, answered: [...answered], closed: [...closed], rejected, duplicate }),
    isProved: () => answered.size + closed.size > 0,
  }
}
