/** One question to a name server, over UDP (RFC 1035): whether it answers at all, and as a resolver. */
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'

/** "silent" covers everything that brings no answer: no route, a closed port, a lost packet. */
export type DnsAnswer = 'answers' | 'refuses' | 'silent'

/** Asked a second time after this, since UDP may lose it; given up after twice as long. */
const timeoutMs = 600

/** "Which are the name servers of the root?", recursion desired: every resolver knows. */
const question = (id: number): Buffer => {
  const header = Buffer.alloc(12)
  header.writeUInt16BE(id, 0)
  header.writeUInt16BE(0x0100, 2)
  header.writeUInt16BE(1, 4)
  return Buffer.concat([header, Buffer.from([0, 0, 2, 0, 1])])
}

/** Codes of a server that works but not for us: SERVFAIL, NOTIMP, REFUSED. */
const refusals = new Set([2, 4, 5])

/**
 * @param address an IPv4 or IPv6 address
 * @param port where it listens; every name server of a guest does at 53
 */
export const askNameServer = (address: string, signal: AbortSignal, port = 53): Promise<DnsAnswer> =>
  new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    const id = randomInt(0x10000)
    let asked = 0
    let done = false
    const finish = (answer: DnsAnswer) => {
      if (done) return
      done = true
      clearInterval(timer)
      signal.removeEventListener('abort', abort)
      socket.close()
      resolve(answer)
    }
    const abort = () => finish('silent')
    const ask = () => {
      if (asked === 2) return finish('silent')
      asked++
      // An error here (no route) is heard again as the event.
      socket.send(question(id), (error) => void error)
    }
    const timer = setInterval(ask, timeoutMs)
    signal.addEventListener('abort', abort, { once: true })
    socket.on('error', () => {})
    socket.on('message', (message) => {
      // A connected socket receives from its peer only. Bit 15 marks a response.
      if (message.length < 12 || message.readUInt16BE(0) !== id || !(message.readUInt8(2) & 0x80)) return
      finish(refusals.has(message.readUInt8(3) & 15) ? 'refuses' : 'answers')
    })
    socket.connect(port, address, (error?: Error) => (error ? finish('silent') : ask()))
  })
