/** What a NoCloud seed says, without what it must not tell: passwords and keys stay out of the facts. */

import { isMap } from '../util/json.ts'
import { isStale, parseRecord, recordName } from './identity.ts'
import { type NetworkFacts, networkOf } from './network.ts'
import { faultOfUserData, ignoredInUserData } from './user-data.ts'
import { instanceIdIn, parseSeedYaml } from './yaml.ts'

export interface SeedFacts {
  /** Per file why it is not valid; a missing file counts. */
  readonly faults: Readonly<Record<string, string>>
  /** The files that are not there; absent in facts of earlier versions. */
  readonly missing?: readonly string[]
  readonly network: NetworkFacts | null
  // The rest is absent in facts that were recorded before it was looked at.
  /** What cloud-init passes over in silence: the end of a sentence that starts with "user-data". */
  readonly ignored?: string | null
  /** The names of the users that a #cloud-config creates. */
  readonly users?: readonly string[]
  readonly instanceId?: string | null
  /** The instance-id stood for other content before. */
  readonly stale?: boolean
  /** The fix packed it from a directory. */
  readonly packed?: boolean
}

/** The first line of user-data decides what cloud-init takes it for. */
const headers =
  /^(#cloud-config|#!|#include|#cloud-boothook|#part-handler|## template:|Content-Type:|MIME-Version:)/

/** cloud-init unpacks gzip first. 0x8b is no UTF-8, so the text has a replacement for it. */
const packed = '\u001f\ufffd'

const faultOfHeader = (text: string): string | null =>
  text.startsWith('\ufeff')
    ? 'starts with a byte order mark, which hides its first line'
    : headers.test(text) || text.startsWith(packed)
      ? null
      : 'does not start with #cloud-config'

const yamlFault = (error: unknown): string => {
  const line =
    isMap(error) && Array.isArray(error.linePos) ? (error.linePos[0] as { line: number }).line : null
  const where = line === null ? '' : ` (line ${line})`
  return isMap(error) && error.code === 'TAB_AS_INDENT'
    ? `is not valid YAML: a tab cannot indent${where}`
    : `is not valid YAML${where}`
}

const usersOf = (value: unknown): string[] =>
  isMap(value) && Array.isArray(value.users)
    ? value.users.flatMap((user) => (isMap(user) && typeof user.name === 'string' ? [user.name] : []))
    : []

/** @param read gives the text of one of the files, or null */
export const parseSeed = (read: (name: string) => string | null): SeedFacts => {
  const faults: Record<string, string> = {}
  const missing: string[] = []
  const add = (name: string, fault: string | null) => {
    if (fault !== null) faults[name] ??= fault
  }
  const load = (name: string): unknown => {
    const text = read(name)
    if (text === null) {
      missing.push(name)
      faults[name] = 'is missing'
      return null
    }
    if (name === 'user-data') add(name, faultOfHeader(text))
    if (name === 'user-data' && !text.startsWith('#cloud-config')) return null
    try {
      return parseSeedYaml(text)
    } catch (error) {
      faults[name] = yamlFault(error)
      return null
    }
  }
  const user = load('user-data')
  const meta = load('meta-data')
  const config = load('network-config')
  add('user-data', faultOfUserData(user))
  const instanceId = instanceIdIn(meta)
  if (instanceId === null) add('meta-data', 'has no instance-id')
  const network = faults['network-config'] ? null : networkOf(config)
  if (typeof network === 'string') add('network-config', network)
  const files = {
    'user-data': read('user-data') ?? '',
    'meta-data': read('meta-data') ?? '',
    'network-config': read('network-config'),
    'vendor-data': read('vendor-data'),
  }
  const record = parseRecord(read(recordName))
  return {
    faults,
    missing,
    network: typeof network === 'string' ? null : network,
    ignored: ignoredInUserData(user),
    users: usersOf(user),
    instanceId,
    stale: instanceId !== null && isStale(instanceId, files, record),
    packed: record !== null,
  }
}
