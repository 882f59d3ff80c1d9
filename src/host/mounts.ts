/** Which file system a path is on, and how it is mounted, from /proc/self/mountinfo (proc_pid_mountinfo(5)). */
import { dirname } from 'node:path'
import { Undetermined } from '../util/errors.ts'
import type { Host } from './host.ts'

export interface Mount {
  /** Where it is mounted. */
  readonly point: string
  /** As "ext4". */
  readonly type: string
  readonly options: readonly string[]
}

/** A space, tab, line end or backslash in a path is written in octal. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))

const parseLine = (line: string): Mount | null => {
  const [before = '', after = ''] = line.split(' - ')
  const [, , , , point, options] = before.split(' ')
  const [type] = after.split(' ')
  return point && options && type ? { point: unescaped(point), type, options: options.split(',') } : null
}

const isBelow = (path: string, point: string): boolean =>
  point === '/' || path === point || path.startsWith(`${point}/`)

const nearestPath = async (host: Host, path: string): Promise<string> => {
  const real = await host.realPath(path)
  if (real !== null) return real
  return path === '/' ? path : nearestPath(host, dirname(path))
}

/** @returns the mount that a path without links is on: the deepest, and of several at one place the last */
export const mountIn = (mountinfo: string, path: string): Mount | null =>
  mountinfo.split('\n').reduce<Mount | null>((best, line) => {
    const mount = parseLine(line)
    if (!mount || !isBelow(path, mount.point)) return best
    return best !== null && best.point.length > mount.point.length ? best : mount
  }, null)

/**
 * @param path of a file that need not exist yet: then of the nearest directory that does
 * @throws Undetermined when the kernel does not say
 */
export const mountOf = async (host: Host, path: string): Promise<Mount> => {
  const [real, text] = await Promise.all([nearestPath(host, path), host.readText('/proc/self/mountinfo')])
  const found = mountIn(text ?? '', real)
  if (!found) throw new Undetermined(`/proc/self/mountinfo has no mount of ${real}`)
  return found
}

/**
 * @returns where the file system is mounted that starts no programs (noexec), or null where it does, or it is
 * not known
 */
export const noexecPoint = async (host: Host, path: string): Promise<string | null> => {
  try {
    const { point, options } = await mountOf(host, path)
    return options.includes('noexec') ? point : null
  } catch (error) {
    // Other checks say that a path cannot be looked at.
    if (error instanceof Undetermined) return null
    throw error
  }
}
