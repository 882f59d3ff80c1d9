/** Whether a guest answers on the network. */
import { connect } from 'node:net'
import { execCapture } from './exec.ts'

/** How long an answer from a guest on this very host may take. */
const answerMs = 2000

/** Whether one ICMP echo comes back; null when there is no ping, or it may not send any. */
export const answersPing = async (ping: string | null, address: string): Promise<boolean | null> => {
  if (ping === null) return null
  const { code } = await execCapture([ping, '-n', '-c', '1', '-W', '1', address], answerMs)
  // ping(8): 1 is "no answer"; 2 is a problem of ping itself, as in a container without the right to.
  return code === 0 ? true : code === 2 ? null : false
}

export interface PortAnswer {
  /** `refused` also proves that the guest's network works. */
  readonly answer: 'open' | 'refused' | 'none'
  /** The first line that the other side sends, as ssh servers do (RFC 4253, 4.2). */
  readonly banner: string | null
}

/** Connects to a TCP port and waits for the first line of the other side. */
export const askPort = (address: string, port: number): Promise<PortAnswer> =>
  new Promise((resolve) => {
    let open = false
    let text = ''
    const socket = connect({ host: address, port })
    const finish = (answer: PortAnswer) => {
      socket.destroy()
      clearTimeout(timer)
      resolve(answer)
    }
    const result = (): PortAnswer => ({ answer: open ? 'open' : 'none', banner: null })
    const timer = setTimeout(() => finish(result()), answerMs)
    socket.on('connect', () => {
      open = true
    })
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const [line = ''] = text.split('\n')
      if (text.includes('\n') || text.length > 255) finish({ answer: 'open', banner: line.trim() })
    })
    socket.on('close', () => finish(result()))
    socket.on('error', (error) =>
      finish({
        answer: 'code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'none',
        banner: null,
      }),
    )
  })
