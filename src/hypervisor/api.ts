/** The HTTP interface of a running Cloud Hypervisor, on its unix socket. */
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { isMap } from '../util/json.ts'

/** Long enough for a busy host; a call that hangs must not keep a guest running. */
const callMs = 10_000

/** The description of a guest has some KiB. */
const maxAnswer = 2 ** 20

const isSuccess = ({ statusCode = 500 }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300

const call = <T>(
  socketPath: string,
  method: 'GET' | 'PUT',
  action: string,
  read: (answer: IncomingMessage, done: (result: T) => void) => void,
  without: T,
): Promise<T> =>
  new Promise((resolve) => {
    const path = `/api/v1/${action}`
    const asking = request({ socketPath, path, method, timeout: callMs }, (answer) => read(answer, resolve))
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(without))
    asking.end()
  })

/**
 * Calls an action without a body, as `vm.power-button` or `vmm.shutdown`.
 * @returns whether it was accepted; false also when there is no listener, and when the VMM ended before it
 *   answered
 */
export const callApi = (socket: string, action: string): Promise<boolean> =>
  call(
    socket,
    'PUT',
    action,
    (answer, done) => {
      answer.resume()
      answer.on('close', () => done(isSuccess(answer)))
    },
    false,
  )

const mapIn = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isMap(value) ? value : null
  } catch {
    return null
  }
}

/** @returns the JSON object that a question such as `vmm.ping` is answered with; null without an answer */
export const askApi = (socket: string, question: string): Promise<Readonly<Record<string, unknown>> | null> =>
  call<Readonly<Record<string, unknown>> | null>(
    socket,
    'GET',
    question,
    (answer, done) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
        if (text.length > maxAnswer) answer.destroy()
      })
      answer.on('close', () => done(isSuccess(answer) ? mapIn(text) : null))
    },
    null,
  )

/** @returns whether a process listens on a unix socket */
export const listens = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const trial = connect({ path: socket, timeout: callMs })
    const end = (result: boolean) => () => {
      trial.destroy()
      resolve(result)
    }
    trial.on('connect', end(true)).on('timeout', end(true)).on('error', end(false))
  })
