/**
 * One doctor at a time, where only one process can try something: a TAP has one guest. Whose turn it is listens at a
 * name in the kernel, an abstract socket (unix(7)). That leaves no file, belongs to the network namespace as a TAP
 * does, and ends with its process.
 */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { clock } from '../util/clock.ts'
import { errnoOf } from '../util/errors.ts'

/** Ends a turn. */
export type EndTurn = () => void

/** Longer than any proof may take: whoever keeps its turn so long is no doctor, or hangs. */
const turnLimitMs = 12_000

/** Any account can take the name: nobody waits for ever. */
const waitLimitMs = 60_000

/** Before a holder is asked again that does not listen. */
const pauseMs = 50

const notOurs: EndTurn = () => {}

/** Whole, because releases of Node.js differ in whether they fill the rest of the name with zeros themselves. */
const pathOf = (name: string): string => `\0${`chv-doctor/${name}`.padEnd(107, '\0')}`

/** @returns null when another process has the name */
const hold = async (name: string): Promise<EndTurn | null> => {
  const waiting = new Set<Socket>()
  const server = createServer((socket) => {
    waiting.add(socket.unref().on('error', () => {}))
  })
  // A check that hangs must not keep the doctor alive.
  server.unref()
  try {
    server.listen(pathOf(name))
    await once(server, 'listening')
  } catch (error) {
    return errnoOf(error) === 'EADDRINUSE' ? null : notOurs
  }
  return () => {
    server.close()
    for (const socket of waiting) socket.destroy()
  }
}

/** Waits until the holder hangs up, but no longer than a turn takes. @returns whether its turn has ended */
const turnEnds = (name: string, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(pathOf(name)).resume()
    const settle = (ended: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      socket.destroy()
      resolve(ended)
    }
    const giveUp = () => settle(false)
    const timer = setTimeout(giveUp, turnLimitMs)
    signal.addEventListener('abort', giveUp, { once: true })
    if (signal.aborted) giveUp()
    socket.on('error', () => {}).on('close', () => settle(true))
  })

/**
 * @param name what can be tried by one process alone: an interface
 * @param signal ends the wait
 * @returns once it is our turn; also when another process does not end its own, since what is tried then says so
 */
export const takeTurn = async (name: string, signal: AbortSignal): Promise<EndTurn> => {
  const start = clock()
  while (!signal.aborted && clock() - start < waitLimitMs) {
    const end = await hold(name)
    if (end) return end
    const asked = clock()
    if (!(await turnEnds(name, signal))) break
    if (clock() - asked < pauseMs) await sleep(pauseMs)
  }
  return notOurs
}

/** Whether another doctor tries something just now. */
export const isTurnTaken = async (name: string): Promise<boolean> => {
  const end = await hold(name)
  end?.()
  return end === null
}
