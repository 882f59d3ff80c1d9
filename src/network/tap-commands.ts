/** The commands that create and configure a TAP, for the fix that runs them and the unit that runs them at boot. */
import { ipv6Pair } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { Argv } from '../util/argv.ts'

export interface TapOptions {
  /** A name or number; null: any user may attach. */
  readonly owner: string | null
  readonly group: string | null
  readonly multiQueue: boolean
}

/** @returns the command that creates a TAP (ip-tuntap(8)) */
export const addTap = (name: string, { owner, group, multiQueue }: TapOptions): Argv => [
  'ip',
  'tuntap',
  'add',
  'dev',
  name,
  'mode',
  'tap',
  ...(owner ? ['user', owner] : []),
  ...(group ? ['group', group] : []),
  ...(multiQueue ? ['multi_queue'] : []),
]

/** IPv6 without duplicate detection, which waits for a carrier: a TAP has none before its VM starts. */
export const setAddress = (address: string, name: string): Argv => [
  'ip',
  'addr',
  'replace',
  address,
  'dev',
  name,
  ...(address.includes(':') ? ['nodad'] : []),
]

/**
 * Also right where the address is not there, as after a kill before it was set: `ip addr del` alone would
 * fail, and `flush` takes the same address with another prefix length, too.
 */
export const removeAddress = (address: string, name: string): readonly Argv[] => [
  setAddress(address, name),
  ['ip', 'addr', 'del', address, 'dev', name],
]

/** @param change the arguments of ip-link(8), such as "up" */
export const setLink = (name: string, ...change: readonly string[]): Argv => [
  'ip',
  'link',
  'set',
  'dev',
  name,
  ...change,
]

/** @param master the bridge; null: none */
export const setMaster = (name: string, master: string | null): Argv =>
  master ? setLink(name, 'master', master) : setLink(name, 'nomaster')

/** @returns the command that deletes an interface */
export const deleteLink = (name: string): Argv => ['ip', 'link', 'delete', 'dev', name]

/** @returns the addresses that the host needs on the TAP; with a bridge the bridge has them */
export const tapAddresses = (config: Config): readonly string[] => {
  if (config.network === 'bridge') return []
  const six = ipv6Pair(config)
  return [config.gateway_address, ...(six ? [six.host] : [])]
}
