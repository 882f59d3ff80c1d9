/** A real name server on 127.0.0.1, well-behaved and not. */
import { createSocket } from 'node:dgram'
import { describe, expect, it, onTestFinished } from 'vitest'
import { askNameServer } from '../../src/host/dns.ts'

/** @param answer makes the answers to a question, given how many came before */
const serve = async (answer: (question: Buffer, before: number) => readonly Buffer[]) => {
  const socket = createSocket('udp4')
  let before = 0
  socket.on('message', (question, from) => {
    for (const one of answer(question, before)) socket.send(one, from.port, from.address)
    before++
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())))
  return socket.address().port
}

const reply = (question: Buffer, code: number, id = question.readUInt16BE(0)) => {
  const answer = Buffer.from(question)
  answer.writeUInt16BE(id, 0)
  answer.writeUInt16BE(0x8180 | code, 2)
  return answer
}

const ask = (port: number, signal = new AbortController().signal) => askNameServer('127.0.0.1', signal, port)

describe('a name server', () => {
  it('is asked for the name servers of the root, with recursion', async () => {
    const port = await serve((question) => {
      // Flags with RD, one question; the root, NS, IN. What follows is EDNS (RFC 6891).
      expect(question.readUInt16BE(2) & 0x0100).toBe(0x0100)
      expect(question.readUInt16BE(4)).toBe(1)
      expect(question.subarray(12, 17)).toEqual(Buffer.from('0000020001', 'hex'))
      return [reply(question, 0)]
    })
    expect(await ask(port)).toBe('answers')
  })

  it.each([
    ['no such name, from a resolver that hides the root', 3, 'answers'],
    ['SERVFAIL', 2, 'refuses'],
    ['NOTIMP', 4, 'refuses'],
    ['REFUSED', 5, 'refuses'],
  ])('with %s', async (_, code, answer) => {
    expect(await ask(await serve((question) => [reply(question, code)]))).toBe(answer)
  })

  it('is asked again when the first question is lost', async () => {
    const port = await serve((question, before) => (before === 0 ? [] : [reply(question, 0)]))
    expect(await ask(port)).toBe('answers')
  })

  it('is silent without answer, with a closed port, with nonsense, or when nobody waits any more', async () => {
    expect(await ask(await serve(() => []))).toBe('silent')
    const nonsense = await serve((question) => [
      Buffer.from('x'),
      reply(question, 0, question.readUInt16BE(0) ^ 1),
      question,
    ])
    expect(await ask(nonsense)).toBe('silent')
    const closed = createSocket('udp4')
    await new Promise<void>((resolve) => closed.bind(0, '127.0.0.1', resolve))
    const { port } = closed.address()
    await new Promise<void>((resolve) => closed.close(() => resolve()))
    expect(await ask(port)).toBe('silent')
    const stop = new AbortController()
    const waiting = ask(await serve(() => []), stop.signal)
    stop.abort()
    expect(await waiting).toBe('silent')
  })
})
