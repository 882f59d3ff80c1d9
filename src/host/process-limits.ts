/** Limits of processes (getrlimit(2)), from /proc/PID/limits. A limit that is null is none. */
import { Undetermined } from '../util/errors.ts'
import { hasCapability } from './capabilities.ts'
import type { Host } from './host.ts'
import { statusField } from './process-status.ts'

export interface ProcessLimits {
  readonly files: number | null
  /** Processes and threads of the user. */
  readonly processes: number | null
  /** Bytes of one file. */
  readonly fileSize: number | null
  /** Bytes. */
  readonly addressSpace: number | null
  /** Bytes that cannot be swapped; null also with CAP_IPC_LOCK. Absent in what was recorded before. */
  readonly lockedMemory?: number | null
}

/** CAP_IPC_LOCK in linux/capability.h. */
const ipcLock = 14

/** The soft limit, which is the one in force. */
const soft = (text: string, name: string): number | null => {
  const value = new RegExp(`^${name} +(\\d+|unlimited) `, 'm').exec(text)?.[1]
  if (value === undefined) throw new Undetermined(`the limits of the process do not contain "${name}"`)
  return value === 'unlimited' ? null : Number(value)
}

/**
 * The limits of this process, which a guest inherits that it starts. Node.js has raised the number of files
 * from the soft to the hard limit.
 * @throws Undetermined when they cannot be read
 */
export const readLimits = async (host: Host): Promise<ProcessLimits> => {
  const text = await host.readText('/proc/self/limits')
  if (text === null) throw new Undetermined('/proc/self/limits is not there')
  const status = await host.readText('/proc/self/status')
  const effective = statusField(status, 'CapEff') ?? ''
  return {
    files: soft(text, 'Max open files'),
    processes: soft(text, 'Max processes'),
    fileSize: soft(text, 'Max file size'),
    addressSpace: soft(text, 'Max address space'),
    lockedMemory: hasCapability(effective, ipcLock) ? null : soft(text, 'Max locked memory'),
  }
}

/** @returns how many files a program may open that is started from the shell instead; undefined: not known */
export const readShellFiles = async (host: Host): Promise<number | null | undefined> => {
  try {
    const parent = /^PPid:\t(\d+)$/m.exec((await host.readText('/proc/self/status')) ?? '')?.[1]
    const text = parent === undefined ? null : await host.readText(`/proc/${parent}/limits`)
    return text === null ? undefined : soft(text, 'Max open files')
  } catch (error) {
    // Of another user, or hidden: this is a second look, not the one that decides.
    if (error instanceof Undetermined) return undefined
    throw error
  }
}

const threadsIn = (status: string, uid: number): number =>
  Number(/^Uid:\t(\d+)/m.exec(status)?.[1] ?? -1) === uid
    ? Number(/^Threads:\t(\d+)$/m.exec(status)?.[1] ?? 0)
    : 0

/** @returns how many processes and threads a user has: reads a file of every process */
export const countThreads = async (host: Host, uid: number): Promise<number> => {
  const names = ((await host.list('/proc')) ?? []).filter((name) => /^\d+$/.test(name))
  const counts = await Promise.all(
    names.map(async (name) => {
      const status = await host.readText(`/proc/${name}/status`).catch(() => null)
      return status === null ? 0 : threadsIn(status, uid)
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
