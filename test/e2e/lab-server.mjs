// "The internet": a name server that knows two names (at an IPv4 address; at an IPv6 address none), and a web server that says who asked.
// node lab-server.mjs ADDRESS
import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'

const [address] = process.argv.slice(2)
const names = ['www.chv.test', 'deb.debian.org']

/** The end of the question: labels up to an empty one, then type and class. */
const questionEnd = (message) => {
  let at = 12
  while (message[at] !== 0) at += message[at] + 1
  return at + 5
}

const asked = (message) => {
  const labels = []
  for (let at = 12; message[at] !== 0; at += message[at] + 1)
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]))
  return labels.join('.')
}

const dns = createSocket(address.includes(':') ? 'udp6' : 'udp4')
dns.on('message', (message, from) => {
  const end = questionEnd(message)
  const known =
    !address.includes(':') && names.includes(asked(message)) && message.readUInt16BE(end - 4) === 1
  const header = Buffer.from(message.subarray(0, 12))
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(known ? 1 : 0, 6)
  header.fill(0, 8, 12)
  const answer = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]
  dns.send(
    Buffer.concat([header, message.subarray(12, end), Buffer.from(known ? answer : [])]),
    from.port,
    from.address,
  )
})
dns.bind(53, address, () => {
  createServer((request, response) => response.end(`hello ${request.socket.remoteAddress}\n`)).listen(
    80,
    address,
  )
})
