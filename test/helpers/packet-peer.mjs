/**
 * Both ends of the packets that show what the kernel does with a guest.
 * node packet-peer.mjs server   answers at 9.9.9.9 and prints the sources that it saw, one a line
 * node packet-peer.mjs client   asks, and prints {"dns": [answered, asked], "https": …} as JSON
 */
import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'

const address = '9.9.9.9'
const count = 6

const server = () => {
  const saw = (source) => process.stdout.write(`${source.replace('::ffff:', '')}\n`)
  const udp = createSocket('udp4')
  udp.on('message', (message, { address: source, port }) => {
    saw(source)
    udp.send(message, port, source)
  })
  udp.bind(53, address, () => {
    const tcp = createServer((socket) => {
      saw(socket.remoteAddress ?? '?')
      socket.on('error', () => {})
      socket.end('x')
    })
    tcp.listen(443, '0.0.0.0', () => saw('ready'))
  })
}

const within = (ms, start) =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    start((answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
  })

const ask = () =>
  within(800, (done) => {
    const socket = createSocket('udp4')
    socket.on('message', () => {
      socket.close()
      done(true)
    })
    socket.on('error', () => done(false))
    const send = () => socket.send('?', 53, address, () => {})
    send()
    // One packet may be lost while neighbours are looked up.
    setTimeout(() => {
      try {
        send()
      } catch {
        // Answered, and closed.
      }
    }, 300)
  })

const open = () =>
  within(1500, (done) => {
    const socket = connect({ host: address, port: 443 })
    let got = false
    socket.on('data', () => {
      got = true
    })
    socket.on('close', () => done(got))
    socket.on('error', () => done(false))
  })

const client = async () => {
  const repeat = async (once) => {
    const answers = await Promise.all(Array.from({ length: count }, once))
    return [answers.filter(Boolean).length, count]
  }
  const [dns, https] = await Promise.all([repeat(ask), repeat(open)])
  process.stdout.write(`${JSON.stringify({ dns, https })}\n`)
  process.exit(0)
}

await (process.argv[2] === 'server' ? server() : client())
