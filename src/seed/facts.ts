/** What a NoCloud seed says, without what it must not tell: passwords and keys stay out of the facts. */

import { isMap } from '../util/json.ts'
import { isStale, parseRecord, recordName } from './identity.ts'
import { type NetworkFacts, networkOf } from './network.ts'
import { doubtOfUserData, faultOfUserData } from './user-data.ts'
import { userDataParts } from './user-data-parts.ts'
import { instanceIdIn, parseSeedYaml, SeedYamlError } from './yaml.ts'

export interface SeedFacts {
  /** Per file why it is not valid; a missing file counts. */
  readonly faults: Readonly<Record<string, string>>
  /** The files that are not there; absent in facts of earlier versions. */
  readonly missing?: readonly string[]
  readonly network: NetworkFacts | null
  // The rest is absent in facts that were recorded before it was looked at.
  /** What cloud-init passes over: the end of a sentence that starts with "user-data". */
  readonly ignored?: string | null
  /** The same of what its schema does not allow. */
  readonly mismatch?: string | null
  /** The names of the users that a #cloud-config creates. */
  readonly users?: readonly string[]
  readonly instanceId?: string | null
  /** The instance-id stood for other content before. */
  readonly stale?: boolean
  /** The fix packed it from a directory. */
  readonly packed?: boolean
}

const usersOf = (value: unknown): string[] => {
  if (!isMap(value)) return []
  if (isMap(value.users)) return Object.keys(value.users)
  return Array.isArray(value.users)
    ? value.users.flatMap((user) => (isMap(user) && typeof user.name === 'string' ? [user.name] : []))
    : []
}

const messageOfFault = (error: unknown): string =>
  error instanceof SeedYamlError ? error.message : 'is not valid YAML'

interface Parsed {
  readonly value: unknown
  readonly fault: string | null
}

const parsed = (text: string): Parsed => {
  try {
    return { value: parseSeedYaml(text), fault: null }
  } catch (error) {
    return { value: null, fault: messageOfFault(error) }
  }
}

/** A list of changes in JSON (RFC 6902) below its first line. */
const faultOfPatch = (text: string): string | null => {
  try {
    const patch: unknown = JSON.parse(text.trimStart().replace(/^[^\n]*\n/, ''))
    return Array.isArray(patch) ? null : 'has a part of jsonp that is no list'
  } catch {
    return 'has a part of jsonp that is not valid JSON'
  }
}

const readUserData = (bytes: Uint8Array) => {
  const { parts, fault } = userDataParts(bytes)
  const each = parts.map(({ type, text }): Parsed => {
    if (type === 'jsonp') return { value: null, fault: faultOfPatch(text) }
    if (type === 'other') return { value: null, fault: null }
    const { value, fault: wrong } = parsed(text)
    return { value, fault: wrong ?? faultOfUserData(value) }
  })
  return {
    fault: fault ?? each.find((one) => one.fault !== null)?.fault ?? null,
    values: each.map(({ value }) => value),
  }
}

/** The content of a file: bytes, or text that was decoded already. */
type Content = string | Uint8Array | null

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

const textOf = (content: Content): string | null =>
  content === null || typeof content === 'string'
    ? content
    : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)

/** The mark of a decoder that met bytes which are no UTF-8. */
const isBroken = (content: Content): boolean => typeof content === 'string' && content.includes('\ufffd')

/**
 * Judges the files of a seed as cloud-init does.
 * @param read gives the content of one of the files, or null
 * @param mac of the guest: what its network-config says of other interfaces does not count; null for all
 */
export const parseSeed = (read: (name: string) => Content, mac: string | null = null): SeedFacts => {
  const faults: Record<string, string> = {}
  const missing: string[] = []
  const contents = new Map(['user-data', 'meta-data', 'network-config'].map((name) => [name, read(name)]))
  for (const [name, content] of contents) {
    if (content !== null) continue
    missing.push(name)
    faults[name] = 'is missing'
  }
  const userData = contents.get('user-data') ?? null
  const user = userData === null ? { fault: null, values: [] } : readUserData(bytesOf(userData))
  const broken = isBroken(userData) && user.values.length === 0
  const fault = broken ? 'is not UTF-8: cloud-init ignores all of it' : user.fault
  if (fault !== null) faults['user-data'] = fault
  const load = (name: string): unknown => {
    const text = textOf(contents.get(name) ?? null)
    if (text === null) return null
    const { value, fault: wrong } = parsed(text)
    if (wrong !== null) faults[name] = wrong
    return value
  }
  const meta = load('meta-data')
  // Nothing at all is valid: the instance-id is "nocloud" then.
  if (meta !== null && !isMap(meta)) faults['meta-data'] ??= 'is no map of settings'
  const config = load('network-config')
  const instanceId = instanceIdIn(meta)
  const network = faults['network-config'] ? null : networkOf(config, mac)
  if (typeof network === 'string') faults['network-config'] = network
  const text = (name: string) => textOf(read(name))
  const files = {
    'user-data': text('user-data') ?? '',
    'meta-data': text('meta-data') ?? '',
    'network-config': text('network-config'),
    'vendor-data': text('vendor-data'),
  }
  const record = parseRecord(text(recordName))
  const doubt = user.values.map(doubtOfUserData).find((what) => what !== null)
  return {
    faults,
    missing,
    network: typeof network === 'string' ? null : network,
    ignored: doubt?.kind === 'ignored' ? doubt.what : null,
    mismatch: doubt?.kind === 'mismatch' ? doubt.what : null,
    users: user.values.flatMap(usersOf),
    instanceId,
    stale: instanceId !== null && isStale(instanceId, files, record),
    packed: record !== null,
  }
}
