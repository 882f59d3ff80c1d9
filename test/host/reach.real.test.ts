import { createServer, type Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { answersPing, askPort } from '../../src/host/ping.ts'
import { because, missing } from '../helpers/needs.ts'

const listening = async (greet: string): Promise<number> => {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    if (greet) socket.write(greet)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('askPort', () => {
  it('gives the first line of an ssh server', async () => {
    expect(await askPort('127.0.0.1', await listening('SSH-2.0-OpenSSH_9.2p1\r\n'))).toEqual({
      answer: 'open',
      banner: 'SSH-2.0-OpenSSH_9.2p1',
    })
  })
  it('tells a refusal from silence', async () => {
    const port = await listening('')
    expect(await askPort('127.0.0.1', port)).toEqual({ answer: 'open', banner: null })
    // Port 1 (tcpmux) is served nowhere.
    expect(await askPort('127.0.0.1', 1)).toEqual({ answer: 'refused', banner: null })
  })
  it('does not take what never ends for a line', async () => {
    expect((await askPort('127.0.0.1', await listening('x'.repeat(1000)))).banner).toHaveLength(1000)
  })
})

describe('answersPing', () => {
  it.skipIf(missing('ls', 'false'))(
    `cannot tell without ping, or when ping itself fails${because(missing('ls', 'false'))}`,
    async () => {
      expect(await answersPing(null, '127.0.0.1')).toBeNull()
      expect(await answersPing('/bin/false', '127.0.0.1')).toBe(false)
      expect(await answersPing('/bin/ls', '127.0.0.1')).toBeNull()
    },
  )
  it.skipIf(missing('ping'))(`asks${because(missing('ping'))}`, async () =>
    expect(await answersPing('/usr/bin/ping', '127.0.0.1')).toBe(true),
  )
})
