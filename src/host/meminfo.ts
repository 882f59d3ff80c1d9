/** Memory of the host, from /proc/meminfo. */
import { Undetermined } from '../util/errors.ts'
import type { Host } from './host.ts'

export interface MemoryInfo {
  /** Bytes, as the other. */
  readonly total: number
  readonly available: number
}

const field = (text: string, name: string): number | null => {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)
  return match?.[1] ? Number(match[1]) * 1024 : null
}

/** @throws Undetermined when the kernel does not say how much there is */
export const readMemory = async (host: Host): Promise<MemoryInfo> => {
  const text = (await host.readText('/proc/meminfo')) ?? ''
  const total = field(text, 'MemTotal')
  const available = field(text, 'MemAvailable')
  if (!total || available === null)
    throw new Undetermined('/proc/meminfo does not contain MemTotal and MemAvailable')
  return { total, available }
}
