/** Plays the guest on a TAP until everything was answered, or it is not worth waiting any longer. */
import { randomInt } from 'node:crypto'
import type { TapLink, TapLinkEvents } from '../../host/tap-link.ts'
import { clock } from '../../util/clock.ts'
import { createDialogue, type Dialogue, type Guest, type Heard } from './dialogue.ts'

/** ARP stays on this host. */
const localMs = 1000
/**
 * So do neighbour solicitations; but the address of the host, where it was added without `nodad`, gets
 * usable when the TAP gets its carrier, and up to 2 s later (RFC 4862, section 5.4; linux net/ipv6/addrconf.c).
 */
const local6Ms = 2500
/** The echo stays here, too; many hosts drop it: nothing depends on it. */
const echoMs = 200
/** A name server may have to ask others; what a stub resolver waits for its first try is 5 s. */
const nameServerMs = 2500
const repeatMs = 250

export type Reach =
  | ({
      readonly attached: true
      readonly tookMs: number
      /** What came back over IPv6; null where it was not asked for, absent in facts of earlier versions. */
      readonly six?: Heard | null
    } & Heard)
  /** The errno name of TUNSETIFF, or why there was no attempt. */
  | { readonly attached: false; readonly error: string }

interface Half {
  readonly dialogue: Dialogue
  /** Nothing more is worth waiting for. */
  isOver(elapsed: number): boolean
}

const playHalf = (guest: Guest): Half => {
  const dialogue = createDialogue(guest, randomInt(0x10000))
  const gatewayLimit = guest.address.includes(':') ? local6Ms : localMs
  let resolvedAt: number | null = null
  return {
    dialogue,
    isOver: (elapsed) => {
      const { gatewayMac, echo } = dialogue.heard()
      // No name server can answer before the gateway does.
      if (gatewayMac === null) return elapsed >= gatewayLimit
      resolvedAt ??= elapsed
      const isSettled = dialogue.isProved() || guest.nameServers.length === 0
      return (isSettled && echo) || elapsed - resolvedAt >= (isSettled ? echoMs : nameServerMs)
    },
  }
}

/**
 * @param guest its IPv4 side
 * @param open attaches to the TAP; null where it cannot be tried
 * @param guest6 its IPv6 side, played at the same time; null without
 */
export const playGuest = async (
  guest: Guest,
  open: (events: TapLinkEvents) => Promise<TapLink | null>,
  guest6: Guest | null = null,
): Promise<Reach> => {
  const four = playHalf(guest)
  const six = guest6 && playHalf(guest6)
  const halves = six ? [four, six] : [four]
  const links: TapLink[] = []
  let start = 0
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Reach>((resolve, reject) => {
      const running = () => {
        const elapsed = clock() - start
        const open = halves.filter(({ isOver }) => !isOver(elapsed))
        if (open.length === 0)
          resolve({
            attached: true,
            tookMs: elapsed,
            ...four.dialogue.heard(),
            six: six?.dialogue.heard() ?? null,
          })
        return open
      }
      const ask = () => {
        for (const { dialogue } of running()) for (const frame of dialogue.questions()) links[0]?.send(frame)
      }
      open({
        ready: () => {
          start = clock()
          ask()
          timer = setInterval(ask, repeatMs)
        },
        frame: (bytes) => {
          for (const { dialogue } of halves) for (const answer of dialogue.hear(bytes)) links[0]?.send(answer)
          running()
        },
        failed: (error) => resolve({ attached: false, error }),
      }).then((link) => {
        if (link) links.push(link)
        else resolve({ attached: false, error: 'perl is not installed' })
      }, reject)
    })
  } finally {
    clearInterval(timer)
    for (const link of links) link.close()
  }
}
