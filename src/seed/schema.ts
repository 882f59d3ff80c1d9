/**
 * What of a #cloud-config is not in the schema of cloud-init, which then writes a warning, ends as "degraded" and
 * mostly passes over the setting (cloudinit/config/schema.py). Words name keys, never a value.
 */
import { isMap } from '../util/json.ts'
import { suggestion } from '../util/suggest.ts'
import { cloudConfigKeys } from './cloud-config-keys.ts'

/** What a value may be. */
interface Shape {
  /** Its types: s text, i integer, n number, b boolean, 0 null, o map, a list; `*` for any value at all. */
  readonly t: string
  /** The keys of a map; without them any is allowed. */
  readonly k?: Readonly<Record<string, Shape>>
  /** The shape of values below other keys; without it only those of `k` are allowed. */
  readonly x?: Shape
  /** The keys that a map must have. */
  readonly r?: readonly string[]
  /** The items of a list. */
  readonly i?: Shape
  /** The texts that are allowed. */
  readonly e?: readonly string[]
}

/** The end of a sentence that starts with "user-data". */
export interface SchemaFault {
  /** Whether cloud-init passes over the key, or does not take the value. */
  readonly kind: 'ignored' | 'mismatch'
  readonly what: string
}

const names: Readonly<Record<string, string>> = {
  s: 'text',
  i: 'an integer',
  n: 'a number',
  b: 'true or false',
  0: 'empty',
  o: 'a map',
  a: 'a list',
  d: 'a date',
}

/** The letters of a value's type, the first of which names it; of other types of YAML nothing is asked. */
const lettersOf = (value: unknown): string => {
  if (value === null || value === undefined) return '0'
  if (typeof value === 'string' || value instanceof Uint8Array) return 's'
  if (typeof value === 'boolean') return 'b'
  if (typeof value === 'bigint') return 'in'
  if (typeof value === 'number') return Number.isInteger(value) ? 'in' : 'n'
  if (Array.isArray(value)) return 'a'
  // PyYAML makes a date of it, which is no text.
  if (value instanceof Date) return 'd'
  return value instanceof Map || value instanceof Set ? '*' : 'o'
}

const shown = (key: string): string => (/^[\w.-]{1,40}$/.test(key) ? key : JSON.stringify(key.slice(0, 40)))

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

const wrong = (path: string, why: string): SchemaFault => ({
  kind: 'mismatch',
  what: `has ${path} ${why}`,
})

const wrongType = (path: string, type: string, wanted: string): SchemaFault => {
  // A value that is text with quotes around it.
  const unquoted = wanted.includes('s') && 'inbd'.includes(type) ? ', for want of quotes' : ''
  const types = wanted.includes('n') ? wanted.replace('i', '') : wanted
  const want = listed([...types].filter((letter) => letter !== '0').map((letter) => names[letter] ?? ''))
  return wrong(path, `that is ${names[type]} instead of ${want}${unquoted}`)
}

const unknownKey = (path: string, key: string, known: readonly string[]): SchemaFault => ({
  kind: 'ignored',
  what: `has ${path}${shown(key)}, which cloud-init does not know${suggestion(key, known)}`,
})

const faultOfMap = (value: Readonly<Record<string, unknown>>, shape: Shape, path: string) => {
  const missing = shape.r?.find((key) => value[key] === undefined)
  if (missing !== undefined) return wrong(path, `without ${missing}`)
  const { k: keys, x: others } = shape
  if (keys === undefined) return null
  for (const [key, child] of Object.entries(value)) {
    const known = Object.hasOwn(keys, key) ? keys[key] : others
    if (known === undefined) return unknownKey(`${path}.`, key, Object.keys(keys))
    const fault = faultOf(child, known, `${path}.${shown(key)}`)
    if (fault) return fault
  }
  return null
}

const faultOf = (value: unknown, shape: Shape, path: string): SchemaFault | null => {
  const letters = lettersOf(value)
  if (shape.t !== '*' && letters !== '*' && ![...letters].some((letter) => shape.t.includes(letter)))
    return wrongType(path, letters.charAt(0), shape.t)
  if (typeof value === 'string' && shape.e && !shape.e.includes(value))
    return wrong(path, `that is none of ${shape.e.join(', ')}`)
  if (Array.isArray(value) && shape.i) {
    for (const [at, item] of value.entries()) {
      const fault = faultOf(item, shape.i, `${path}[${at}]`)
      if (fault) return fault
    }
  }
  return letters === 'o' && isMap(value) ? faultOfMap(value, shape, path) : null
}

/** The first thing in a parsed #cloud-config that the schema does not allow, or null. */
export const faultOfSchema = (config: unknown): SchemaFault | null => {
  if (!isMap(config)) return null
  for (const [key, value] of Object.entries(config)) {
    // `network` has words of its own.
    if (key === 'network') continue
    const known = Object.hasOwn(cloudConfigKeys, key) ? cloudConfigKeys[key] : undefined
    if (known === undefined) return unknownKey('', key, Object.keys(cloudConfigKeys))
    const fault = faultOf(value, JSON.parse(known) as Shape, key)
    if (fault) return fault
  }
  return null
}
