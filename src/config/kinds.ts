/** The kinds of values that configuration keys have, and how a key is described. */
import type { Exception, Severity } from './policy.ts'

/** The type of a value of each kind. */
export interface KindValue {
  readonly string: string
  /** An absolute path. */
  readonly path: string
  /** A name that is searched in PATH, or an absolute path. */
  readonly program: string
  readonly integer: number
  /** Bytes. */
  readonly size: number
  readonly boolean: boolean
  readonly enum: string
  /** An IPv4 address with its prefix length. */
  readonly cidr: string
  readonly 'cidr-or-dhcp': string
  /** An IPv6 range with its prefix length. */
  readonly range6: string
  /** In lower case. */
  readonly mac: string
  readonly addresses: readonly string[]
  readonly paths: readonly string[]
  /** Whole, in lower case. */
  readonly 'pci-addresses': readonly string[]
  /** By check id or finding code. */
  readonly 'ignore-map': Readonly<Record<string, Exception>>
  /** By finding code. */
  readonly 'severity-map': Readonly<Record<string, Severity>>
  /** Replacements by the beginning of an address. */
  readonly mirrors: Readonly<Record<string, string>>
  readonly interface: string
  /** In lower case. */
  readonly sha256: string
  readonly url: string
  readonly user: string
}

export type Kind = keyof KindValue

/** What only some kinds have. */
interface KindOptions {
  readonly enum: { readonly values: readonly string[] }
  readonly integer: { readonly min: number; readonly max: number }
  /** Bytes. */
  readonly size: { readonly min: number }
}

/** What the description of a key of this kind has beside the others. */
export type OptionsOf<K extends Kind> = K extends keyof KindOptions ? KindOptions[K] : unknown

/** The default of an optional key is null; computed defaults are in defaults.ts. */
type DefaultOf<K extends Kind> =
  | { readonly optional: true }
  | { readonly default: KindValue[K] }
  | { readonly computed: true }

/** The description of a key of one kind. */
type ShapeOf<K extends Kind> = {
  readonly kind: K
  /** One or two sentences: help, template, JSON Schema and docs/config.md print them. */
  readonly about: string
  /** A name from before a renaming, which is still accepted. */
  readonly formerly?: string
  /** The effect for which the key needs consent in a file found in the working directory (guarded.ts). */
  readonly guard?: string
} & OptionsOf<K> &
  DefaultOf<K>

export type Shape = { [K in Kind]: ShapeOf<K> }[Kind]

export type Shapes = Readonly<Record<string, Shape>>

/** The type of the value that a key with this shape has. */
export type ValueOf<S extends Shape> =
  | (S extends { readonly values: readonly (infer Value)[] } ? Value : KindValue[S['kind']])
  | (S extends { readonly optional: true } ? null : never)

/** Kinds that are one word with a pattern, and the advice when it does not match. */
export const patterns = {
  mac: {
    pattern: /^(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/,
    advice: 'give six hex pairs such as 12:34:56:78:90:ab',
  },
  // The domain, of four digits and more where there are many, may be left out in what a user writes.
  'pci-addresses': {
    pattern: /^(?:[0-9a-fA-F]{4,8}:)?[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-7]$/,
    advice: 'give addresses such as 0000:01:00.0, which `lspci -D` shows',
  },
  sha256: { pattern: /^[0-9a-fA-F]{64}$/, advice: 'give the 64 hex digits of a SHA-256' },
  // The kernel's own limit: IFNAMSIZ is 16 with the final NUL; dev_valid_name() refuses "/", ":" and blanks.
  interface: {
    pattern: /^(?!\.{1,2}$)[^\s/:%]{1,15}$/,
    advice: 'give an interface name of 1 to 15 characters',
  },
  user: {
    pattern: /^[a-z_][a-z0-9_-]{0,31}$/,
    advice: 'give a user name of lower-case letters, digits, "-" and "_"',
  },
  url: {
    pattern: /^(?:https?:\/\/[^\s/]+\/?|file:\/\/\/)\S*$/,
    advice: 'give an https:, http: or file: URL',
  },
  cidr: {
    pattern: /^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/,
    advice: 'give an IPv4 address with a prefix length of 8 to 30, such as 192.168.249.1/24',
  },
  range6: {
    pattern: /^[0-9a-fA-F:.]+\/\d{2}$/,
    advice: 'give an IPv6 range with a prefix length of 48 to 64, such as fd12:3456:789a::/48',
  },
} as const satisfies Partial<Record<Kind, { pattern: RegExp; advice: string }>>

/** The beginning of a catalogue address, and what a mirror may put there. */
export const mirrorPatterns = {
  from: /^https:\/\/\S*$/,
  to: /^(?:https?:\/\/[^\s/]|file:\/\/\/)\S*$/,
} as const

/** "512M", "2G", "20 GiB" or a number of bytes. */
export const sizePattern = /^\d+\s*[KMGTkmgt]?(?:[iI]?[bB])?$/
