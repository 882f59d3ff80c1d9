/** Plays the guest on a TAP until everything was answered, or it is not worth waiting any longer. */
import { randomInt } from 'node:crypto'
import type { TapLink, TapLinkEvents } from '../../host/tap-link.ts'
import { createDialogue, type Guest, type Heard } from './dialogue.ts'

/** ARP stays on this host. */
const localMs = 1000
/** So does the echo, which many hosts drop: nothing depends on it. */
const echoMs = 200
/** A name server may have to ask others; what a stub resolver waits for its first try is 5 s. */
const nameServerMs = 2500
const repeatMs = 250

export type Reach =
  | ({ readonly attached: true; readonly tookMs: number } & Heard)
  /** The errno name of TUNSETIFF, or why there was no attempt. */
  | { readonly attached: false; readonly error: string }

/** @param open attaches to the TAP; null where it cannot be tried */
export const playGuest = async (
  guest: Guest,
  open: (events: TapLinkEvents) => Promise<TapLink | null>,
): Promise<Reach> => {
  const dialogue = createDialogue(guest, randomInt(0x10000))
  const links: TapLink[] = []
  let start = 0
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Reach>((resolve, reject) => {
      const done = () => resolve({ attached: true, tookMs: performance.now() - start, ...dialogue.heard() })
      const ask = () => {
        const elapsed = performance.now() - start
        const { gatewayMac } = dialogue.heard()
        // No name server can answer before the gateway does.
        const limit = gatewayMac === null ? localMs : dialogue.isProved() ? echoMs : nameServerMs
        if (elapsed >= limit) return done()
        for (const frame of dialogue.questions()) links[0]?.send(frame)
      }
      open({
        ready: () => {
          start = performance.now()
          ask()
          timer = setInterval(ask, repeatMs)
        },
        frame: (bytes) => {
          for (const answer of dialogue.hear(bytes)) links[0]?.send(answer)
          if (dialogue.isProved() && dialogue.heard().echo) done()
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
