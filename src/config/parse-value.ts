/** One value of the configuration, from whatever wrote it, to its typed form, or a sentence why not. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseCidr, parseCidr6 } from '../util/address.ts'
import { suggestion } from '../util/suggest.ts'
import { humanBytes, parseSize } from '../util/units.ts'
import type { Key } from './keys.ts'

export type Parsed = { readonly value: unknown } | { readonly wrong: string }

const wrong = (text: string): Parsed => ({ wrong: text })

const absolutePath = (text: string, base: string, home: string): Parsed => {
  if (text === '') return wrong('is empty; give a path')
  // Cloud Hypervisor does not expand "~" and neither does a quoted shell word: resolve it here, once.
  if (text === '~' || text.startsWith('~/')) return absolutePath(`${home}/${text.slice(2)}`, base, home)
  if (text.startsWith('~')) return wrong(`"${text}" names another user's home; write it out`)
  // Cloud Hypervisor ends a value at a comma (`--disk path=A,readonly=on`), and a NUL ends it for the kernel.
  if (/[,"\0]/.test(text))
    return wrong(`${show(text)} has a comma, quote or NUL, which Cloud Hypervisor cannot take in a path`)
  return { value: resolve(base, text) }
}

const integer = (key: Key, raw: unknown): Parsed => {
  const value = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw
  if (typeof value !== 'number' || !Number.isInteger(value))
    return wrong(`is ${show(raw)}; give a whole number`)
  if (value < (key.min ?? 0) || value > (key.max ?? Number.MAX_SAFE_INTEGER)) {
    return wrong(`is ${value}; give a number from ${key.min} to ${key.max}`)
  }
  return { value }
}

const size = (key: Key, raw: unknown): Parsed => {
  const value = typeof raw === 'number' ? raw : parseSize(String(raw))
  if (value === null || !Number.isInteger(value))
    return wrong(`is ${show(raw)}; give a size such as 512M or 2G`)
  // Cloud Hypervisor wants whole pages; whole MiB are that for every page size but huge ones.
  if (value % 2 ** 20 !== 0) return wrong(`is ${show(raw)}; give whole MiB, such as 512M`)
  return value < (key.min ?? 0)
    ? wrong(`is ${humanBytes(value)}; give at least ${humanBytes(key.min ?? 0)}`)
    : { value }
}

/** A value as it should appear in a sentence. */
const show = (raw: unknown): string =>
  typeof raw === 'string' ? `"${raw}"` : (JSON.stringify(raw) ?? 'nothing')

const list = (raw: unknown): unknown[] =>
  typeof raw === 'string'
    ? raw
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
    : Array.isArray(raw)
      ? raw
      : [raw]

/** Rules of the kinds that are one word: a pattern and what to write instead. */
const words: Partial<Record<Key['kind'], readonly [RegExp, string]>> = {
  mac: [/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i, 'give six hex pairs such as 12:34:56:78:90:ab'],
  sha256: [/^[0-9a-f]{64}$/i, 'give the 64 hex digits of a SHA-256'],
  // The kernel's own limit: IFNAMSIZ is 16 with the final NUL, and "/" and blanks are refused.
  interface: [/^(?!\.{1,2}$)[^\s/:%]{1,15}$/, 'give an interface name of 1 to 15 characters'],
  user: [/^[a-z_][a-z0-9_-]{0,31}$/, 'give a user name of lower-case letters, digits, "-" and "_"'],
  url: [/^(https?:\/\/[^\s/]+\/?|file:\/\/\/)\S*$/, 'give an https:, http: or file: URL'],
}

/**
 * @param base directory against which a relative path is meant (of the file, or the working directory)
 * @returns the typed value, or the end of a sentence that starts with the name of the key
 */
export const parseValue = (key: Key, raw: unknown, base: string, home: string): Parsed => {
  if (raw === null || raw === undefined) return key.optional ? { value: null } : wrong('has no value')
  switch (key.kind) {
    case 'boolean':
      if (raw === true || raw === 'true') return { value: true }
      if (raw === false || raw === 'false') return { value: false }
      return wrong(`is ${show(raw)}; give true or false`)
    case 'integer':
      return integer(key, raw)
    case 'size':
      return size(key, raw)
    case 'addresses': {
      const items = list(raw)
      const bad = items.find((item) => typeof item !== 'string' || isIP(item) === 0)
      return bad === undefined ? { value: items } : wrong(`has ${show(bad)}, which is not an IP address`)
    }
    case 'paths': {
      const parsed = list(raw).map((item) =>
        typeof item === 'string'
          ? absolutePath(item, base, home)
          : wrong(`has ${show(item)}, which is not a path`),
      )
      return (
        parsed.find((item) => 'wrong' in item) ?? {
          value: parsed.flatMap((item) => ('value' in item ? [item.value] : [])),
        }
      )
    }
    case 'reasons':
      return reasons(raw)
    case 'mirrors':
      return mirrors(raw)
  }
  if (typeof raw === 'object') return wrong(`is ${show(raw)}; give one value`)
  const text = String(raw)
  switch (key.kind) {
    case 'enum':
      return key.values?.includes(text)
        ? { value: text }
        : wrong(`is "${text}"; give one of ${key.values?.join(', ')}${suggestion(text, key.values ?? [])}`)
    case 'path':
      return absolutePath(text, base, home)
    case 'program':
      return /[/~]/.test(text)
        ? absolutePath(text, base, home)
        : text === ''
          ? wrong('is empty; give a name or a path')
          : { value: text }
    case 'range6': {
      const range = parseCidr6(text)
      return range && range.prefix >= 48 && range.prefix <= 64
        ? { value: text }
        : wrong(
            `is "${text}"; give an IPv6 range with a prefix length of 48 to 64, such as fd12:3456:789a::/48`,
          )
    }
    case 'cidr-or-dhcp':
    case 'cidr': {
      if (key.kind === 'cidr-or-dhcp' && text === 'dhcp') return { value: text }
      const cidr = parseCidr(text)
      return cidr && cidr.prefix >= 8 && cidr.prefix <= 30
        ? { value: text }
        : wrong(
            `is "${text}"; give an IPv4 address with a prefix length of 8 to 30, such as 192.168.249.1/24`,
          )
    }
    case 'mac':
      // A multicast or all-zero MAC is refused by the guest's kernel: the lowest bit of the first octet.
      if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text) && (Number.parseInt(text.slice(0, 2), 16) & 1) === 1) {
        return wrong(`is "${text}", a multicast address; the first pair must be even`)
      }
  }
  const rule = words[key.kind]
  if (rule && !rule[0].test(text)) return wrong(`is "${text}"; ${rule[1]}`)
  return { value: key.kind === 'mac' || key.kind === 'sha256' ? text.toLowerCase() : text }
}

const reasons = (raw: unknown): Parsed => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return wrong(`is ${show(raw)}; give a map of check ids to reasons`)
  const bad = Object.entries(raw).find(([, reason]) => typeof reason !== 'string' || reason.trim() === '')
  return bad
    ? wrong(`gives no reason for "${bad[0]}"; write one, so that it is not forgotten`)
    : { value: raw }
}

/** What an address of the catalogue may begin with, and what a mirror of it may. */
const beginning = /^https:\/\/\S*$/
const mirror = /^(https?:\/\/[^\s/]|file:\/\/\/)\S*$/

/** A map that stands in a flag or an environment variable. */
const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const mirrors = (given: unknown): Parsed => {
  const raw = typeof given === 'string' ? fromJson(given) : given
  const example = '{ "https://cloud-images.ubuntu.com/": "https://mirror.example/ubuntu/" }'
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return wrong(`is ${show(raw)}; give a map such as ${example}`)
  for (const [from, to] of Object.entries(raw)) {
    if (!beginning.test(from))
      return wrong(`has "${from}", with which no address of the catalogue begins; give https://…`)
    if (typeof to !== 'string' || !mirror.test(to))
      return wrong(`has ${show(to)} for "${from}"; give an https:, http: or file: address`)
    if (from.endsWith('/') !== to.endsWith('/'))
      return wrong(`has "${from}" with ${show(to)}; end both with a slash or neither`)
  }
  return { value: raw }
}
