/** Defaults as the template and docs/config.md write them. */
import { exactSize } from '../util/units.ts'
import { type Values, withDefaults } from './defaults.ts'
import type { ConfigKey, ConfigValue, Key } from './keys.ts'

/** Placeholders for values that other defaults contain. */
const placeholders: readonly (readonly [ConfigKey, string])[] = [
  ['data_dir', '<data_dir>'],
  ['image', '<image>'],
]

const anyHost = { arch: 'x86_64', home: '~', dataHome: '~/.local/share' }

/** @returns YAML, with `<key>` for the value of another key */
export const defaultText = (key: Key): string => {
  const others: Values = new Map(placeholders.filter(([name]) => name !== key.name))
  const value: ConfigValue = withDefaults(others, anyHost)[key.name]
  if (key.kind === 'size' && typeof value === 'number') return exactSize(value)
  if (Array.isArray(value)) return `[${value.join(', ')}]`
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
