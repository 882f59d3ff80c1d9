/** The text of a signed catalogue. It is read as hostile: a signature says who wrote it, not that it is well made. */
import { isMap } from '../util/json.ts'
import { hasHidden } from '../util/printable.ts'
import { type Arch, archs } from './artifact.ts'
import { imageIds } from './images.ts'

/** What an entry is of: the names that each kind has, as `list artifacts --json` writes both. */
const namesOf = {
  hypervisor: ['cloud-hypervisor', 'ch-remote'],
  firmware: ['CLOUDHV', 'hypervisor-fw'],
  kernel: ['vmlinux', 'bzImage', 'Image'],
  image: imageIds,
} as const satisfies Record<string, readonly string[]>

export interface SignedEntry {
  readonly kind: keyof typeof namesOf
  readonly name: string
  readonly arch: Arch
  readonly version: string
  readonly url: string
  /** Lower case. */
  readonly sha256: string
  readonly bytes: number | null
}

export interface SignedText {
  /** 1 or more; each published text has a greater one. */
  readonly version: number
  /** YYYY-MM-DD. */
  readonly date: string
  /** Of one kind and name the best one first. */
  readonly artifacts: readonly SignedEntry[]
}

const signedSchema = 'chv-doctor/catalogue/1'

const maxEntries = 1000
/** Larger than any of them: images have about 600 MB. */
const maxBytes = 2 ** 40

/** Why a text is none, as the end of a sentence that begins with its name. */
class Wrong extends Error {}

const keysOf = (value: unknown, at: string, needed: readonly string[], optional: readonly string[] = []) => {
  if (!isMap(value)) throw new Wrong(`${at} is not an object`)
  const known = [...needed, ...optional]
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined)
    throw new Wrong(`${at} has the unknown key ${JSON.stringify(unknown.slice(0, 40))}`)
  const missing = needed.find((key) => !Object.hasOwn(value, key))
  if (missing !== undefined) throw new Wrong(`${at} has no ${missing}`)
  return value
}

const text = (value: unknown, at: string, accepts: (text: string) => boolean, advice: string): string => {
  if (typeof value !== 'string' || hasHidden(value) || !accepts(value))
    throw new Wrong(`${at} is not ${advice}`)
  return value
}

const integer = (value: unknown, at: string, max: number): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > max)
    throw new Wrong(`${at} is not a whole number from 1 to ${max}`)
  return value
}

const oneOf = <T extends string>(value: unknown, at: string, known: readonly T[]): T => {
  const found = known.find((one) => one === value)
  if (found === undefined) throw new Wrong(`${at} is not one of ${known.join(', ')}`)
  return found
}

/** Whether a text is an https: address that reads the same to everyone: without a user, in its normal form. */
const isAddress = (value: string): boolean => {
  if (value.length > 2000 || !value.startsWith('https://') || !URL.canParse(value)) return false
  const { href, username, password, hash } = new URL(value)
  return href === value && username === '' && password === '' && hash === ''
}

const isDay = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

const versions = {
  hypervisor: /^\d{1,4}\.\d{1,4}(?:\.\d{1,4})?$/,
  other: /^[\w.+-]{1,64}$/,
} as const

const entryOf = (raw: unknown, at: string): SignedEntry => {
  const entry = keysOf(raw, at, ['kind', 'name', 'arch', 'version', 'url', 'sha256'], ['bytes'])
  const kind = oneOf(entry.kind, `the kind of ${at}`, Object.keys(namesOf) as (keyof typeof namesOf)[])
  const arch = oneOf(entry.arch, `the arch of ${at}`, archs)
  const name = oneOf<string>(entry.name, `the name of ${at}`, namesOf[kind])
  if (kind === 'kernel' && (name === 'Image') !== (arch === 'aarch64'))
    throw new Wrong(`${at} is a kernel ${name} for ${arch}, which that cannot start`)
  const pattern = kind === 'hypervisor' ? versions.hypervisor : versions.other
  return {
    kind,
    name,
    arch,
    version: text(
      entry.version,
      `the version of ${at}`,
      (value) => pattern.test(value),
      kind === 'hypervisor' ? 'a version such as 53.0' : 'a word of 64 characters at most',
    ),
    url: text(entry.url, `the url of ${at}`, isAddress, 'a plain https: address'),
    sha256: text(
      entry.sha256,
      `the sha256 of ${at}`,
      (value) => /^[0-9a-f]{64}$/.test(value),
      '64 digits of 0-9a-f',
    ),
    bytes: entry.bytes === undefined ? null : integer(entry.bytes, `the bytes of ${at}`, maxBytes),
  }
}

/** What one entry cannot tell. */
const agree = (entries: readonly SignedEntry[]): void => {
  const seen = new Set<string>()
  for (const { kind, name, arch, version } of entries) {
    // Of an image there is one pinned build.
    const id = [kind, name, arch, ...(kind === 'image' ? [] : [version])].join(' ')
    if (seen.has(id)) throw new Wrong(`it has two entries for ${id}`)
    seen.add(id)
  }
  for (const arch of archs) {
    const [binary, remote] = namesOf.hypervisor.map((name) =>
      entries.find((entry) => entry.name === name && entry.arch === arch),
    )
    // ch-remote speaks to the API of its own release.
    if (binary?.version !== remote?.version)
      throw new Wrong(
        `its first cloud-hypervisor for ${arch} is ${binary?.version ?? 'missing'}, its first ch-remote ${remote?.version ?? 'missing'}: both must be of one release`,
      )
  }
}

/** @returns the catalogue, or why it is none, as the end of a sentence that begins with its name */
export const parseSignedText = (json: string): SignedText | { readonly wrong: string } => {
  try {
    let raw: unknown
    try {
      raw = JSON.parse(json)
    } catch {
      return { wrong: 'it is not JSON' }
    }
    const top = keysOf(raw, 'it', ['schema', 'version', 'date', 'artifacts'])
    oneOf(top.schema, 'its schema', [signedSchema])
    const version = integer(top.version, 'its version', Number.MAX_SAFE_INTEGER)
    const date = text(top.date, 'its date', isDay, 'a day such as 2026-12-01')
    if (!Array.isArray(top.artifacts) || top.artifacts.length === 0 || top.artifacts.length > maxEntries)
      return { wrong: `its artifacts are not a list of 1 to ${maxEntries}` }
    const artifacts = top.artifacts.map((entry, index) => entryOf(entry, `entry ${index + 1}`))
    agree(artifacts)
    return { version, date, artifacts }
  } catch (error) {
    if (error instanceof Wrong) return { wrong: error.message }
    throw error
  }
}
