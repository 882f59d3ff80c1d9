/** A Cloud Hypervisor that another process started: its end is watched, not waited for. */
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { listens } from './api.ts'
import type { RunningVmm } from './api-socket.ts'
import type { Ending } from './start.ts'

const pollMs = 100

/** Whether a process has the socket on its command line; a number may be given to another process, or be that of a container. */
const hasSocket = (commandLine: string, socket: string): boolean =>
  commandLine.split('\0').some((word) => word === socket || word.endsWith(`=${socket}`))

const readProc = (pid: number, name: string): Promise<string> =>
  readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')

/**
 * Whether the process on a socket has not ended. One that is ending loses its command line before the kernel
 * closes its socket, and is a zombie (Z, X in proc_pid_stat(5)) only after that.
 */
const isOn = async (pid: number, socket: string): Promise<boolean> => {
  const commandLine = await readProc(pid, 'cmdline')
  if (commandLine !== '') return hasSocket(commandLine, socket)
  return /\) [^ZX] /.test(await readProc(pid, 'stat'))
}

/**
 * @param signal ends the watch; the guest then counts as ended
 * @returns it as `powerOff` takes it; signals reach it only where its process can be told for certain
 */
export const adopt = async ({ socket, pid }: RunningVmm, signal: AbortSignal): Promise<Ending> => {
  const isSeen = pid !== null && hasSocket(await readProc(pid, 'cmdline'), socket)
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
