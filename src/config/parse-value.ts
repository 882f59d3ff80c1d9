/** Parses one configuration value; returns the typed value or an error message. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseCidr, parseCidr6 } from '../util/address.ts'
import { isMap } from '../util/json.ts'
import { suggestion } from '../util/suggest.ts'
import { humanBytes, parseSize } from '../util/units.ts'
import type { ConfigValue } from './keys.ts'
import { type Kind, type KindValue, mirrorPatterns, type OptionsOf, patterns, type Shape } from './kinds.ts'
import { parseExceptions, parseSeverities } from './policy.ts'

export type Parsed<T = ConfigValue> = { readonly value: T } | { readonly wrong: string }

/** Where a value was set. */
export interface Place {
  /** The directory that a relative path starts at: of the file, or the working directory. */
  readonly base: string
  readonly home: string
}

/** @param options what the key says beside its kind */
type Read<T, Options = unknown> = (raw: unknown, options: Options, place: Place) => Parsed<T>

type Parser<K extends Kind> = Read<KindValue[K], OptionsOf<K>>

const wrong = (text: string) => ({ wrong: text })

/** Whether a string in a raw value would move a cursor, end a line or reorder text where it is printed. */
const hasControl = (raw: unknown): boolean => {
  // Controls, separators of lines, and marks that turn the direction of text around. Here, so that it is made on use.
  if (typeof raw === 'string')
    return /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(raw)
  return typeof raw === 'object' && raw !== null && Object.entries(raw).flat().some(hasControl)
}

/** A value as it should appear in a sentence. */
const show = (raw: unknown): string =>
  typeof raw === 'string' ? `"${raw}"` : (JSON.stringify(raw) ?? 'nothing')

/** @param parse reads a value that is one word or number */
const scalar =
  <T, Options = unknown>(
    parse: (text: string, options: Options, place: Place) => Parsed<T>,
  ): Read<T, Options> =>
  (raw, options, place) =>
    typeof raw === 'object' ? wrong(`is ${show(raw)}; give one value`) : parse(String(raw), options, place)

type Word = keyof typeof patterns

/** @param accept what the pattern alone does not tell */
const word = (kind: Word, accept: (text: string) => boolean = () => true) =>
  scalar<string>((text) =>
    patterns[kind].pattern.test(text) && accept(text)
      ? { value: text }
      : wrong(`is "${text}"; ${patterns[kind].advice}`),
  )

const absolutePath = (text: string, { base, home }: Place): Parsed<string> => {
  if (text === '') return wrong('is empty; give a path')
  // Cloud Hypervisor does not expand "~" and neither does a quoted shell word: resolve it here, once.
  if (text === '~' || text.startsWith('~/')) return absolutePath(`${home}/${text.slice(2)}`, { base, home })
  if (text.startsWith('~')) return wrong(`"${text}" names another user's home; write it out`)
  // Cloud Hypervisor ends a value at a comma (`--disk path=A,readonly=on`), and a NUL ends it for the kernel.
  if (/[,"\0]/.test(text))
    return wrong(`${show(text)} has a comma, quote or NUL, which Cloud Hypervisor cannot take in a path`)
  return { value: resolve(base, text) }
}

const integer: Parser<'integer'> = (raw, { min, max }) => {
  const value = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw
  if (typeof value !== 'number' || !Number.isInteger(value))
    return wrong(`is ${show(raw)}; give a whole number`)
  return value < min || value > max ? wrong(`is ${value}; give a number from ${min} to ${max}`) : { value }
}

const size: Parser<'size'> = (raw, { min }) => {
  const value = typeof raw === 'number' ? raw : parseSize(String(raw))
  if (value === null || !Number.isInteger(value))
    return wrong(`is ${show(raw)}; give a size such as 512M or 2G`)
  // Cloud Hypervisor requires whole pages; whole MiB are that for every page size but huge ones.
  if (value % 2 ** 20 !== 0) return wrong(`is ${show(raw)}; give whole MiB, such as 512M`)
  return value < min ? wrong(`is ${humanBytes(value)}; give at least ${humanBytes(min)}`) : { value }
}

const boolean: Parser<'boolean'> = (raw) => {
  if (raw === true || raw === 'true') return { value: true }
  if (raw === false || raw === 'false') return { value: false }
  return wrong(`is ${show(raw)}; give true or false`)
}

const list = (raw: unknown): unknown[] =>
  typeof raw === 'string'
    ? raw
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
    : Array.isArray(raw)
      ? raw
      : [raw]

/** @param parse reads one item */
const listOf =
  (what: string, parse: (item: string, place: Place) => Parsed<string>): Read<readonly string[]> =>
  (raw, _key, place) => {
    const values: string[] = []
    for (const item of list(raw)) {
      const parsed =
        typeof item === 'string' ? parse(item, place) : wrong(`has ${show(item)}, which is not ${what}`)
      if ('wrong' in parsed) return parsed
      values.push(parsed.value)
    }
    return { value: values }
  }

/** A map in a flag or an environment variable is JSON. */
const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const mirrors: Parser<'mirrors'> = (given) => {
  const raw = typeof given === 'string' ? fromJson(given) : given
  const example = '{ "https://cloud-images.ubuntu.com/": "https://mirror.example/ubuntu/" }'
  if (!isMap(raw)) return wrong(`is ${show(raw)}; give a map such as ${example}`)
  const found: [string, string][] = []
  for (const [from, to] of Object.entries(raw)) {
    if (!mirrorPatterns.from.test(from))
      return wrong(`has "${from}", with which no address of the catalogue begins; give https://…`)
    if (typeof to !== 'string' || !mirrorPatterns.to.test(to))
      return wrong(`has ${show(to)} for "${from}"; give an https:, http: or file: address`)
    if (from.endsWith('/') !== to.endsWith('/'))
      return wrong(`has "${from}" with ${show(to)}; end both with a slash or neither`)
    found.push([from, to])
  }
  return { value: Object.fromEntries(found) }
}

const cidr = word('cidr', (text) => {
  const parsed = parseCidr(text)
  return parsed !== null && parsed.prefix >= 8 && parsed.prefix <= 30
})

const range6 = word('range6', (text) => {
  const parsed = parseCidr6(text)
  return parsed !== null && parsed.prefix >= 48 && parsed.prefix <= 64
})

const mac: Parser<'mac'> = (raw, key, place) => {
  const parsed = word('mac')(raw, key, place)
  if ('wrong' in parsed) return parsed
  // A multicast MAC is refused by the guest's kernel: the lowest bit of the first octet.
  return (Number.parseInt(parsed.value.slice(0, 2), 16) & 1) === 1
    ? wrong(`is "${parsed.value}", a multicast address; the first pair must be even`)
    : { value: parsed.value.toLowerCase() }
}

const sha256: Parser<'sha256'> = (raw, key, place) => {
  const parsed = word('sha256')(raw, key, place)
  return 'wrong' in parsed ? parsed : { value: parsed.value.toLowerCase() }
}

const program = scalar<string>((text, _key, place) => {
  if (/[/~]/.test(text)) return absolutePath(text, place)
  return text === '' ? wrong('is empty; give a name or a path') : { value: text }
})

const choice = scalar<string, OptionsOf<'enum'>>((text, { values }) =>
  values.includes(text)
    ? { value: text }
    : wrong(`is "${text}"; give one of ${values.join(', ')}${suggestion(text, values)}`),
)

const parsers: { readonly [K in Kind]: Parser<K> } = {
  string: scalar<string>((text) => ({ value: text })),
  path: scalar<string>((text, _key, place) => absolutePath(text, place)),
  program,
  integer,
  size,
  boolean,
  enum: choice,
  cidr,
  'cidr-or-dhcp': (raw, key, place) => (raw === 'dhcp' ? { value: raw } : cidr(raw, key, place)),
  range6,
  mac,
  addresses: listOf('an IP address', (text) =>
    isIP(text) === 0 ? wrong(`has "${text}", which is not an IP address`) : { value: text },
  ),
  paths: listOf('a path', absolutePath),
  'pci-addresses': listOf('a PCI address', (text) => {
    const { pattern, advice } = patterns['pci-addresses']
    if (!pattern.test(text)) return wrong(`has "${text}", which is not a PCI address; ${advice}`)
    return { value: (text.length > 7 ? text : `0000:${text}`).toLowerCase() }
  }),
  'ignore-map': parseExceptions,
  'severity-map': (raw) => parseSeverities(typeof raw === 'string' ? fromJson(raw) : raw),
  mirrors,
  interface: word('interface'),
  sha256,
  url: word('url'),
  user: word('user'),
}

/** @returns the typed value, or the end of a sentence that starts with the name of the key */
export const parseValue = (key: Shape, raw: unknown, place: Place): Parsed => {
  if (raw === null || raw === undefined) return 'optional' in key ? { value: null } : wrong('has no value')
  if (hasControl(raw)) return wrong('has a control character, which no key takes; remove it')
  // The parser of a kind takes keys of that kind; TypeScript does not relate the two.
  return (parsers[key.kind] as (raw: unknown, key: Shape, place: Place) => Parsed)(raw, key, place)
}
