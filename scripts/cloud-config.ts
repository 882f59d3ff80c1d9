// tsx scripts/cloud-config.ts REPOSITORY RELEASE...: writes src/seed/cloud-config-keys.ts, against which the check
// `cloud-init` holds user-data. REPOSITORY is a git clone of cloud-init, RELEASE a tag; what one of them allows is allowed.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { isMap } from '../src/util/json.ts'
import { anything, both, either, type Shape, shortened } from './cloud-config/shape.ts'

const [repository, ...releases] = process.argv.slice(2)
if (repository === undefined || releases.length === 0)
  throw new Error('usage: cloud-config.ts REPOSITORY RELEASE...')

type Schema = Readonly<Record<string, unknown>>

const schemaOf = (release: string): Schema => {
  const path = `refs/tags/${release}:cloudinit/config/schemas/schema-cloud-config-v1.json`
  return JSON.parse(
    execFileSync('git', ['-C', repository, 'show', path], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
  ) as Schema
}

const letters: Readonly<Record<string, string>> = {
  string: 's',
  integer: 'i',
  number: 'in',
  boolean: 'b',
  null: '0',
  object: 'o',
  array: 'a',
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value]

const typesOf = ({ type, enum: values }: Schema): string => {
  const names = listOf(type).map(String)
  if (names.length > 0) return names.map((name) => letters[name] ?? '').join('')
  if (values === undefined) return anything.t
  return listOf(values)
    .map((value) => letters[value === null ? 'null' : typeof value] ?? '')
    .join('')
}

/** The own words of a node, without references and alternatives. */
const ownShape = (node: Schema, read: (child: unknown) => Shape): Shape => {
  const shape: Shape = { t: typesOf(node) }
  const { properties, patternProperties, additionalProperties, required, items } = node
  if (properties !== undefined || patternProperties !== undefined || additionalProperties !== undefined) {
    shape.k = Object.fromEntries(
      Object.entries((properties ?? {}) as Schema).map(([key, child]) => [key, read(child)]),
    )
    const others = Object.values((patternProperties ?? {}) as Schema).map(read)
    if (isMap(additionalProperties)) others.push(read(additionalProperties))
    else if (additionalProperties !== false) others.push(anything)
    const [first, ...rest] = others
    if (first) shape.x = rest.reduce(either, first)
  }
  if (Array.isArray(required)) shape.r = required.map(String)
  if (isMap(items)) shape.i = read(items)
  const words = listOf(node.enum).filter((value) => typeof value === 'string')
  if (words.length > 0) shape.e = words
  return shape
}

const reader = (schema: Schema) => {
  const read = (node: unknown): Shape => {
    if (!isMap(node)) return anything
    // As in draft 4, what stands beside a reference does not count.
    if (typeof node.$ref === 'string')
      return read((schema.$defs as Schema)[node.$ref.replace('#/$defs/', '')])
    let shape = ownShape(node, read)
    for (const part of listOf(node.allOf)) shape = both(shape, read(part))
    for (const key of ['oneOf', 'anyOf']) {
      const [first, ...rest] = listOf(node[key]).map(read)
      if (first) shape = both(shape, rest.reduce(either, first))
    }
    return shape
  }
  return read
}

const keysOf = (release: string): Record<string, Shape> => {
  const schema = schemaOf(release)
  const read = reader(schema)
  const keys: Record<string, Shape> = {}
  // Keys that only the list of allowed ones names (base_config) may have any value.
  for (const name of Object.keys((schema.properties ?? {}) as Schema)) keys[name] = anything
  for (const part of listOf(schema.allOf))
    for (const [name, shape] of Object.entries(read(part).k ?? {})) keys[name] = shape
  return keys
}

const all: Record<string, Shape> = {}
for (const release of releases)
  for (const [name, shape] of Object.entries(keysOf(release))) {
    const known = all[name]
    all[name] = known ? either(known, shape) : shape
  }

const file = new URL('../src/seed/cloud-config-keys.ts', import.meta.url).pathname
const lines = Object.keys(all)
  .sort()
  .map(
    (name) =>
      `  ${JSON.stringify(name)}: ${JSON.stringify(JSON.stringify(shortened(all[name] ?? anything)))},`,
  )
writeFileSync(
  file,
  `/**
 * Written by scripts/cloud-config.ts from the schemas of cloud-init ${releases.join(', ')}: the keys of a
 * #cloud-config, each with the shape of its value (\`Shape\` in schema.ts) as JSON.
 */
export const cloudConfigKeys: Readonly<Record<string, string>> = {
${lines.join('\n')}
}
`,
)
execFileSync('npx', ['biome', 'check', '--write', file], { stdio: 'inherit' })
