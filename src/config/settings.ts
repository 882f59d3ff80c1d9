/** One source of the configuration: named raw values become typed values. */
import { UsageError } from '../util/errors.ts'
import type { ConfigKey, ConfigValue, Key } from './keys.ts'
import { keyNamed } from './names.ts'
import { parseValue } from './parse-value.ts'

export interface Setting {
  /** A key, or its former name. */
  readonly name: string
  readonly raw: unknown
  /** The directory that a relative path starts at. */
  readonly base: string
  /** Begins the sentence about a wrong value. */
  readonly where: string
  /** Writes the name of a key as this source does. */
  readonly spell: (name: string) => string
  /** Where the names stand, for sentences about them: " in FILE" or an empty string. */
  readonly inSource?: string
  /** The whole message when there is no such key. */
  readonly unknown: () => string
}

export interface Layer {
  readonly values: ReadonlyMap<ConfigKey, ConfigValue>
  /** One sentence for each former name in use. */
  readonly deprecations: readonly string[]
}

const parsed = (key: Key, { raw, base, where }: Setting, home: string): ConfigValue => {
  const result = parseValue(key, raw, { base, home })
  if ('value' in result) return result.value
  throw new UsageError(`${where} ${result.wrong}${/[.?]$/.test(result.wrong) ? '' : '.'}`)
}

/**
 * Of several settings of one key the last one counts.
 * @throws UsageError for an unknown key, a wrong value, or a key that is set under both of its names
 */
export const readLayer = (settings: Iterable<Setting>, home: string): Layer => {
  const values = new Map<ConfigKey, ConfigValue>()
  const usedNames = new Map<ConfigKey, string>()
  const deprecations = new Set<string>()
  for (const setting of settings) {
    const { name, spell, inSource = '' } = setting
    const key = keyNamed(name)
    if (key === null) throw new UsageError(setting.unknown())
    const used = usedNames.get(key.name)
    if (used !== undefined && used !== name)
      throw new UsageError(
        `${spell(used)} and ${spell(name)}${inSource} are two names of one key; give ${spell(key.name)} alone.`,
      )
    usedNames.set(key.name, name)
    if (name !== key.name) deprecations.add(`${spell(name)}${inSource} is now called ${spell(key.name)}.`)
    values.set(key.name, parsed(key, setting, home))
  }
  return { values, deprecations: [...deprecations] }
}
