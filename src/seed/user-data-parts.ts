/**
 * user-data in every form that cloud-init takes: gzip, MIME, an archive, or one text, whose first line says
 * what it is (cloudinit/user_data.py and cloudinit/handlers/__init__.py). Pure.
 */
import { gunzipSync } from 'node:zlib'
import { isMap } from '../util/json.ts'
import { mimeParts } from './mime.ts'
import { parseSeedYaml, SeedYamlError } from './yaml.ts'

interface UserDataPart {
  readonly type: 'cloud-config' | 'jsonp' | 'other'
  readonly text: string
}

/** The parts, and what is wrong with one of them: the end of a sentence that starts with "user-data". */
export interface UserDataParts {
  readonly parts: readonly UserDataPart[]
  readonly fault: string | null
}

/** What a text is by its beginning; the longest that fits counts. Upper and lower case do not matter. */
const prefixes: readonly (readonly [string, string])[] = [
  ['#cloud-config-archive', 'text/cloud-config-archive'],
  ['#cloud-config-jsonp', 'text/cloud-config-jsonp'],
  ['#cloud-boothook', 'text/cloud-boothook'],
  ['## template: jinja', 'text/jinja2'],
  ['#include-once', 'text/x-include-once-url'],
  ['#part-handler', 'text/part-handler'],
  ['#cloud-config', 'text/cloud-config'],
  ['#include', 'text/x-include-url'],
  ['#!', 'text/x-shellscript'],
]

/** Types that say nothing, or not the truth: then the beginning of the text counts. */
const byContent = ['text/plain', 'text/x-not-multipart', 'text/x-shellscript']

/** Unpacked user-data that is larger is not looked into. */
const maxUnpacked = 4 * 2 ** 20

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

const gzipTypes = /^application\/(x-)?(gzip|gzip-compressed|gzipped|compress|compressed|gunzip)$/

/** @returns null for what is damaged or too large */
const unpack = (bytes: Uint8Array): Uint8Array | null => {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpacked })
  } catch {
    return null
  }
}

const typeOf = (text: string): string | null => {
  const start = text.trimStart().slice(0, 64).toLowerCase()
  // JavaScript trims a byte order mark, Python does not.
  if (text.startsWith('\ufeff')) return null
  return prefixes.find(([prefix]) => start.startsWith(prefix))?.[1] ?? null
}

const none = (fault: string | null): UserDataParts => ({ parts: [], fault })

const archived = (text: string, depth: number): UserDataParts => {
  let entries: unknown
  try {
    entries = parseSeedYaml(text)
  } catch (error) {
    return none(error instanceof SeedYamlError ? error.message : 'is not valid YAML')
  }
  if (!Array.isArray(entries)) return none('is an archive that is no list')
  return joined(
    entries.map((entry: unknown) => {
      const { content, type } = isMap(entry) ? entry : { content: entry, type: undefined }
      if (typeof content !== 'string') return none(null)
      const given = typeof type === 'string' ? type : (typeOf(content) ?? 'text/cloud-config')
      return partOf(given, Buffer.from(content), depth + 1)
    }),
  )
}

const joined = (all: readonly UserDataParts[]): UserDataParts => ({
  parts: all.flatMap(({ parts }) => parts),
  fault: all.find(({ fault }) => fault !== null)?.fault ?? null,
})

const decodeText = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const partOf = (given: string, bytes: Uint8Array, depth: number): UserDataParts => {
  if (depth > 4) return none(null)
  if (gzipTypes.test(given)) {
    const content = unpack(bytes)
    return content ? partOf('text/plain', content, depth + 1) : none('has a part that cannot be unpacked')
  }
  const text = decodeText(bytes)
  if (text === null) return none('is not UTF-8: cloud-init ignores all of it')
  const type = byContent.includes(given) ? (typeOf(text) ?? given) : given
  switch (type) {
    case 'text/cloud-config':
      return { parts: [{ type: 'cloud-config', text }], fault: null }
    case 'text/cloud-config-jsonp':
      return { parts: [{ type: 'jsonp', text }], fault: null }
    case 'text/cloud-config-archive':
      return archived(text, depth)
    case 'text/x-not-multipart':
      return none(
        text.startsWith('\ufeff')
          ? 'starts with a byte order mark, which hides its first line'
          : /^content-type: *multipart/im.test(text.slice(0, 4096))
            ? 'is MIME without MIME-Version: cloud-init ignores all of it'
            : 'does not start with #cloud-config',
      )
    default:
      return { parts: [{ type: 'other', text }], fault: null }
  }
}

/** Takes user-data apart. Nothing at all is valid: it asks for nothing. */
export const userDataParts = (bytes: Uint8Array): UserDataParts => {
  if (bytes.length === 0) return none(null)
  const content = isGzip(bytes) ? unpack(bytes) : bytes
  if (!content) return none('is gzip that cannot be unpacked')
  const start = Buffer.from(content.subarray(0, 4096)).toString('latin1').toLowerCase()
  if (!start.includes('mime-version:')) return partOf('text/x-not-multipart', content, 0)
  // As cloud-init does, which decodes the message as a whole.
  if (decodeText(content) === null) return none('is not UTF-8: cloud-init ignores all of it')
  return joined(mimeParts(content).map(({ type, content: part }) => partOf(type, part, 0)))
}
