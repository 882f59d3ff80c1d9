/** The HTTP interface of a running Cloud Hypervisor, on its unix socket. */
import { request } from 'node:http'

/** Long enough for a busy host; a call that hangs must not keep a guest running. */
const callMs = 10_000

/**
 * Calls an action without a body, as `vm.power-button` or `vmm.shutdown`.
 * @returns whether it was accepted; false also when there is no listener, and when the VMM ended before it
 *   answered
 */
export const callApi = (socket: string, action: string): Promise<boolean> =>
  new Promise((resolve) => {
    const asking = request(
      { socketPath: socket, path: `/api/v1/${action}`, method: 'PUT', timeout: callMs },
      (answer) => {
        answer.resume()
        const code = answer.statusCode ?? 500
        answer.on('close', () => resolve(code >= 200 && code < 300))
      },
    )
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(false))
    asking.end()
  })
