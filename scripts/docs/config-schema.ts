/** The JSON Schema of the configuration file, for editors: made from the table of keys. */
import { type Key, keys } from '../../src/config/keys.ts'
import { type Kind, mirrorPatterns, patterns, sizePattern } from '../../src/config/kinds.ts'
import { severities } from '../../src/config/policy.ts'

const matching = (...all: readonly RegExp[]) => ({
  type: 'string',
  pattern: all.map(({ source }) => source).join('|'),
})

const reason = { type: 'string', minLength: 1 }

const schemas: Record<Exclude<Kind, 'enum' | 'integer'>, object> = {
  string: { type: 'string' },
  path: { type: 'string', minLength: 1 },
  program: { type: 'string', minLength: 1 },
  interface: matching(patterns.interface.pattern),
  user: matching(patterns.user.pattern),
  url: matching(patterns.url.pattern),
  sha256: matching(patterns.sha256.pattern),
  mac: matching(patterns.mac.pattern),
  cidr: matching(patterns.cidr.pattern),
  'cidr-or-dhcp': matching(/^dhcp$/, patterns.cidr.pattern),
  range6: matching(patterns.range6.pattern),
  size: { anyOf: [{ type: 'integer' }, matching(sizePattern)] },
  boolean: { type: 'boolean' },
  addresses: { type: 'array', items: { type: 'string' } },
  paths: { type: 'array', items: { type: 'string' } },
  'pci-addresses': { type: 'array', items: matching(patterns['pci-addresses'].pattern) },
  mirrors: {
    type: 'object',
    propertyNames: matching(mirrorPatterns.from),
    additionalProperties: matching(mirrorPatterns.to),
  },
  'ignore-map': {
    type: 'object',
    additionalProperties: {
      anyOf: [
        reason,
        {
          type: 'object',
          additionalProperties: false,
          required: ['reason'],
          properties: { reason, until: matching(/^\d{4}-\d{2}-\d{2}$/) },
        },
      ],
    },
  },
  'severity-map': { type: 'object', additionalProperties: { enum: severities } },
}

const schemaOf = (key: Key): object => {
  if (key.kind === 'enum') return { enum: key.values }
  if (key.kind === 'integer') return { type: 'integer', minimum: key.min, maximum: key.max }
  return schemas[key.kind]
}

/** @returns a JSON Schema (draft 2020-12) */
export const configSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Configuration of chv-doctor',
  // A file in which every key is commented out holds nothing: null.
  type: ['object', 'null'],
  additionalProperties: false,
  properties: Object.fromEntries(
    keys.map((key) => [
      key.name,
      {
        description: key.about,
        ...('optional' in key ? { anyOf: [schemaOf(key), { type: 'null' }] } : schemaOf(key)),
      },
    ]),
  ),
})
