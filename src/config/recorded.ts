/** The configuration in a record of facts, which another version on another host wrote. */
import { UsageError } from '../util/errors.ts'
import { withDefaults } from './defaults.ts'
import { type Config, type ConfigKey, type ConfigValue, keys } from './keys.ts'
import { parseValue } from './parse-value.ts'

/** Every home directory has this name in a record. */
export const recordedHome = '/home/user'

/** Records are made on any host; their own keys hold everything that matters. */
const anyHost = { arch: 'x86_64', home: recordedHome, dataHome: `${recordedHome}/.local/share` }

/**
 * Keys that later versions added are missing and get their defaults; keys of a newer version are ignored.
 * @param where begins the sentence about a wrong value: "--facts-in FILE"
 * @throws UsageError for a value that no configuration may have
 */
export const configFromRecord = (record: Readonly<Record<string, unknown>>, where: string): Config => {
  const values = new Map<ConfigKey, ConfigValue>()
  for (const key of keys) {
    const name = [key.name, key.formerly].find((one) => one !== undefined && Object.hasOwn(record, one))
    if (name === undefined) continue
    const parsed = parseValue(key, record[name], { base: recordedHome, home: recordedHome })
    if ('wrong' in parsed) throw new UsageError(`${where}: "${name}" in its "config" ${parsed.wrong}.`)
    values.set(key.name, parsed.value)
  }
  return withDefaults(values, anyHost)
}
