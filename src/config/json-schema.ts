/** The JSON Schema of the configuration file, for editors: made from the table of keys. */
import { type Key, type Kind, keys } from './keys.ts'

const shapes: Record<Exclude<Kind, 'enum' | 'integer'>, object> = {
  string: { type: 'string' },
  path: { type: 'string', minLength: 1 },
  program: { type: 'string', minLength: 1 },
  interface: { type: 'string', pattern: '^[^\\s/:%]{1,15}$' },
  user: { type: 'string', pattern: '^[a-z_][a-z0-9_-]{0,31}$' },
  url: { type: 'string', pattern: '^(https?://|file:///)' },
  sha256: { type: 'string', pattern: '^[0-9a-fA-F]{64}$' },
  mac: { type: 'string', pattern: '^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$' },
  cidr: { type: 'string', pattern: '^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$' },
  'cidr-or-dhcp': { type: 'string', pattern: '^(dhcp|(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2})$' },
  range6: { type: 'string', pattern: '^[0-9a-fA-F:]+/\\d{2}$' },
  size: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d+\\s*[KMGTkmgt]?(i?B)?$' }] },
  boolean: { type: 'boolean' },
  addresses: { type: 'array', items: { type: 'string' } },
  paths: { type: 'array', items: { type: 'string' } },
  mirrors: { type: 'object', additionalProperties: { type: 'string', pattern: '^(https?://|file:///)' } },
  reasons: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
}

const shapeOf = (key: Key): object => {
  if (key.kind === 'enum') return { enum: key.values }
  if (key.kind === 'integer') return { type: 'integer', minimum: key.min, maximum: key.max }
  return shapes[key.kind]
}

/** @returns a JSON Schema (draft 2020-12) */
export const configSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Configuration of chv-doctor',
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    keys.map((key) => [
      key.name,
      {
        description: key.about,
        ...(key.optional ? { anyOf: [shapeOf(key), { type: 'null' }] } : shapeOf(key)),
      },
    ]),
  ),
})
