/** Plays the guest on a TAP until everything was answered, or it is not worth waiting any longer. */
import { randomInt } from 'node:crypto'
import type { TapLink, TapLinkEvents } from '../../host/tap-link.ts'
import { createDialogue, type Guest, type Heard } from './dialogue.ts'

/** ARP and the echo stay on this host. */
const localMs = 1000
/** A name server may have to ask others; what a stub resolver waits for its first try is 5 s. */
const nameServerMs = 2500
const repeatMs = 250

export type Reach =
  | ({ readonly attached: true; readonly tookMs: number } & Heard)
  /** The errno name of TUNSETIFF, or why there was no attempt. */
  | { readonly attached: false; readonly error: string }

/**
 * @param open opens the TAP
 * @param signal ends it early; what was heard until then is returned
 */
export const playGuest = (
  guest: Guest,
  open: (events: TapLinkEvents) => TapLink,
  signal: AbortSignal,
): Promise<Reach> =>
  new Promise((resolve) => {
    const dialogue = createDialogue(guest, randomInt(0x10000))
    let start = performance.now()
    let attached = false
    let timer: NodeJS.Timeout | undefined
    const finish = (result: Reach) => {
      clearInterval(timer)
      signal.removeEventListener('abort', stop)
      link.close()
      resolve(result)
    }
    const done = () => finish({ attached: true, tookMs: performance.now() - start, ...dialogue.heard() })
    const stop = () => (attached ? done() : finish({ attached: false, error: 'interrupted' }))
    const ask = () => {
      const elapsed = performance.now() - start
      const { gatewayMac } = dialogue.heard()
      // Nothing that a name server says can come without the gateway.
      if (elapsed >= nameServerMs || (gatewayMac === null && elapsed >= localMs)) return done()
      for (const frame of dialogue.questions()) link.send(frame)
    }
    const link = open({
      ready: () => {
        attached = true
        start = performance.now()
        ask()
        timer = setInterval(ask, repeatMs)
      },
      frame: (bytes) => {
        for (const answer of dialogue.hear(bytes)) link.send(answer)
        if (dialogue.isComplete()) done()
      },
      failed: (error) => finish({ attached: false, error }),
    })
    signal.addEventListener('abort', stop, { once: true })
  })
