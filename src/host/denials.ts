/**
 * What SELinux and AppArmor refused since this host was started, in the words of the audit subsystem: in its log
 * where auditd runs, else in the log of the kernel.
 */
import { Undetermined } from '../util/errors.ts'
import type { Host } from './host.ts'

/** A type literal, not an interface: it is among the values of a finding. */
export type Denial = {
  readonly module: 'SELinux' | 'AppArmor'
  /** The name of the thread, cut to 15 characters by the kernel. */
  readonly program: string
  /** As "read write", or "open". */
  readonly action: string
  /** The path or name of what it was refused; null where the record has none. */
  readonly object: string | null
  /** The domain or profile that the program runs in. */
  readonly domain: string
  /** How often, this very one. */
  readonly times: number
}

/** Of a log that grows for ever; a record has some 300 bytes. */
const tailBytes = 2 ** 18

/** A longer line is no record, and matching it could take long. */
const maxLine = 4096

const auditLog = '/var/log/audit/audit.log'
const kernelLog = '/var/log/kern.log'

const answerOf = (result: Awaited<ReturnType<Host['runAsRoot']>>): string | null =>
  result?.code === 0 ? result.stdout : null

/** @returns null where there is none, undefined where this user may not read it */
const ownTail = async (host: Host, path: string): Promise<string | null | undefined> => {
  try {
    const info = await host.stat(path)
    if (info === null) return null
    const bytes = await host.readBytes(path, Math.max(0, info.size - tailBytes), tailBytes)
    return bytes && new TextDecoder().decode(bytes)
  } catch (error) {
    if (error instanceof Undetermined) return undefined
    throw error
  }
}

const auditTail = async (host: Host): Promise<string | null> => {
  const own = await ownTail(host, auditLog)
  return own === undefined ? answerOf(await host.runAsRoot(['tail', '-c', String(tailBytes), auditLog])) : own
}

const kernelMessages = async (host: Host): Promise<string | null> => {
  const restricted = (await host.readText('/proc/sys/kernel/dmesg_restrict'))?.trim() !== '0'
  return answerOf(restricted ? await host.runAsRoot(['dmesg']) : await host.run(['dmesg']))
}

/** @returns the logs that can be read here, or null where none can */
const readLogs = async (host: Host): Promise<string | null> => {
  const logs = await Promise.all([auditTail(host), ownTail(host, kernelLog), kernelMessages(host)])
  const read = logs.filter((log) => typeof log === 'string')
  return read.length > 0 ? read.join('\n') : null
}

const quoted = (line: string, name: string): string | null =>
  new RegExp(` ${name}="([^"]{1,300})"`).exec(line)?.[1] ?? null

/** @returns the denial, counted once; null for a line that is none, or one that was let through (permissive) */
const parseLine = (line: string): Denial | null => {
  const program = quoted(line, 'comm')
  if (program === null) return null
  const object = quoted(line, 'path') ?? quoted(line, 'name')
  const denialBy = (module: Denial['module'], action: string, domain: string): Denial => ({
    module,
    program,
    action,
    object,
    domain,
    times: 1,
  })
  const classic = /\bavc: {1,4}denied {1,4}\{ ([a-z_ ]{1,100}) \}.* scontext=(\S{1,200})/.exec(line)
  if (classic && !/ permissive=1\b/.test(line)) return denialBy('SELinux', classic[1] ?? '', classic[2] ?? '')
  const action = / apparmor="DENIED" operation="([^"]{1,100})"/.exec(line)?.[1]
  return action === undefined ? null : denialBy('AppArmor', action, quoted(line, 'profile') ?? '')
}

const stamp = /audit\((\d{1,12})\.\d{1,9}:\d{1,12}\)/

const isSince = (line: string, started: number): boolean => Number(stamp.exec(line)?.[1] ?? -1) >= started

const idOf = (line: string): string => stamp.exec(line)?.[0] ?? line

const same = (a: Denial, b: Denial): boolean =>
  a.module === b.module && a.program === b.program && a.action === b.action && a.object === b.object

/**
 * @param isAbout whether a denial is about what is looked for
 * @returns the last such one since the start of the host; null: none; undefined: no log can be read
 */
export const lastDenial = async (
  host: Host,
  isAbout: (denial: Denial) => boolean,
): Promise<Denial | null | undefined> => {
  const [text, stat] = await Promise.all([readLogs(host), host.readText('/proc/stat')])
  if (text === null) return undefined
  const started = Number(/^btime (\d+)$/m.exec(stat ?? '')?.[1] ?? 0)
  const lines = text.split('\n').filter((line) => line.length <= maxLine && isSince(line, started))
  const denials = lines.flatMap((line) => {
    const denial = parseLine(line)
    return denial ? [[idOf(line), denial] as const] : []
  })
  // A record may stand in both logs.
  const found = [...new Map(denials).values()].filter(isAbout)
  const last = found.at(-1)
  return last ? { ...last, times: found.filter((one) => same(one, last)).length } : null
}
