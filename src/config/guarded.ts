/** Keys that start a program, weaken the verification of artifacts, or write outside the home directory. */
import type { Values } from './defaults.ts'
import type { ConfigFile } from './find-file.ts'
import { type Config, type ConfigValue, type Key, keys } from './keys.ts'

export interface GuardedKey {
  readonly name: Key['name']
  readonly value: ConfigValue
  /** What it does, as in "starts this program". */
  readonly effect: string
}

export interface Guarded extends ConfigFile {
  readonly keys: readonly GuardedKey[]
}

const isWithin = (path: string, directory: string) => path === directory || path.startsWith(`${directory}/`)

/** Whether a value has the effect that its key is guarded for; defaults have none. */
const hasEffect = (key: Key, value: ConfigValue, home: string): boolean => {
  if (key.name === 'data_dir') return typeof value === 'string' && !isWithin(value, home)
  if (value === null || value === false) return false
  if (typeof value === 'object') return Object.keys(value).length > 0
  return !('default' in key && key.default === value)
}

/** The guarded keys among values that are set. */
const guardedKeys = (values: Values, home: string): readonly GuardedKey[] =>
  keys.flatMap((key) => {
    const value = values.get(key.name)
    return key.guard !== undefined && value !== undefined && hasEffect(key, value, home)
      ? [{ name: key.name, value, effect: key.guard }]
      : []
  })

/** The guarded keys in force, from any source; a plan lists them before consent is asked. */
export const guardedInForce = (config: Config, home: string): readonly GuardedKey[] =>
  guardedKeys(new Map(keys.map(({ name }) => [name, config[name]])), home)

/** The keys for which a file found in the working directory needs consent; null when it needs none. */
export const guardedIn = (file: ConfigFile, values: Values, home: string): Guarded | null => {
  const found = file.isFromWorkingDirectory ? guardedKeys(values, home) : []
  return found.length > 0 ? { ...file, keys: found } : null
}

/** "hypervisor: ./x (starts this program)" */
export const guardedText = ({ name, value, effect }: GuardedKey): string =>
  `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)} (${effect})`
