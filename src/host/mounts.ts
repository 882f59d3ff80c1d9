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

/**
 * @param path of a file that need not exist yet: then of the nearest directory that does
 * @throws Undetermined when the kernel does not say
 */
export const mountOf = async (host: Host, path: string): Promise<Mount> => {
  const [real, text] = await Promise.all([nearestPath(host, path), host.readText('/proc/self/mountinfo')])
  const around = (text ?? '').split('\n').flatMap((line) => {
    const mount = parseLine(line)
    return mount && isBelow(real, mount.point) ? [mount] : []
  })
  // The deepest counts, and of several at one place the last.
  const found = around.reduce<Mount | null>(
    (best, mount) => (best !== null && best.point.length > mount.point.length ? best : mount),
    null,
  )
  if (!found) throw new Undetermined(`/proc/self/mountinfo has no mount of ${real}`)
  return found
}
