/** A Cloud Hypervisor that another process started: its end is watched, not waited for. */
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { listens } from './api.ts'
import type { RunningVmm } from './api-socket.ts'
import type { Ending } from './start.ts'

const pollMs = 100

/** Whether a process has the socket on its command line; a number may be given to another process, or be that of a container. */
const isOn = async (pid: number, socket: string): Promise<boolean> => {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return words.split('\0').some((word) => word === socket || word.endsWith(`=${socket}`))
}

/**
 * @param signal ends the watch; the guest then counts as ended
 * @returns it as `powerOff` takes it; signals reach it only where its process can be told for certain
 */
export const adopt = async ({ socket, pid }: RunningVmm, signal: AbortSignal): Promise<Ending> => {
  const isSeen = pid !== null && (await isOn(pid, socket))
  const runs = () => (pid !== null && isSeen ? isOn(pid, socket) : listens(socket))
  const watch = async () => {
    while (!signal.aborted && (await runs())) await sleep(pollMs, null, { signal }).catch(() => {})
  }
  return {
    ended: watch(),
    kill: (name) => {
      try {
        if (pid !== null && isSeen) process.kill(pid, name)
      } catch {
        // It has ended already.
      }
    },
  }
}
